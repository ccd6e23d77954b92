"""A whole ledger as JSON Lines, as `reports.whole` writes it: read, and every seal verified.

Nothing in such a file is taken on trust: what is not to the letter what was written stops at its line.
"""

import re
from binascii import Error, a2b_base64
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import IO, Any, NamedTuple

from ledger.base import strict_json
from ledger.base.errors import BadValue
from ledger.base.text import clip, quote
from ledger.model.actions import ACTION_WORDS
from ledger.model.entry import GENESIS, HASHES, Entry, canonical_form, digest_of, encode, hash_named, seal
from ledger.model.entry_order import Sequence
from ledger.model.entry_rules import nonsense
from ledger.model.soundness import LARGEST, is_text
from ledger.reports.whole import FORMAT
from ledger.store.blobs import Blob

_LINE = 8 << 20
"""The longest line, in bytes: far above what an entry can hold."""

_KEYS = {*Entry._fields}
_HASH = re.compile("[0-9a-f]{64}")


class Header(NamedTuple):
    """What the first line says of the rest: how many entries, tasks and files of evidence, and the hash of the last
    entry."""

    ledger: str
    entries: int
    tasks: int
    head: str
    evidence: int = 0


class Line(NamedTuple):
    """An entry, with its `changes` as the text that is sealed."""

    entry: Entry
    changes: str


def is_whole_ledger(file: IO[bytes]) -> bool:
    """Whether a file begins as a whole ledger does, whatever its name."""
    first = file.readline(_LINE)
    if not first.removeprefix(b"\xef\xbb\xbf").startswith(b"{"):
        return False
    try:
        return {"ledger", "format"} <= _object(first).keys()
    except BadValue:
        return False


class Lines:
    """The lines of a file, with the sum of all before the one read last; `summed` is whether a sum ends them, which the
    header says."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.summed = file, False
        self._sum, self._last = sha256(), b""

    def next(self) -> bytes:
        self._sum.update(self._last)
        self._last = self._file.readline(_LINE)
        return self._last

    def require_end(self, number: int) -> None:
        """What comes next, line `number`, is the sum of all before, where there is to be one, and nothing else. Raises
        `BadValue`."""
        with _Line(number):
            if self.summed:
                ending = _next(self, "文件不完整:没有校验和")
                if ending != b'{"sha256": "%b"}\n' % self._sum.hexdigest().encode():
                    raise BadValue("与文件末尾的校验和不符,文件被改动过", "请重新导出")
        with _Line(number + self.summed):
            if self.next().strip() or (self.summed and self._last):
                raise BadValue("首行所记的件数之外还有内容", "请重新导出")


def read_header(file: Lines) -> Header:
    """The first line. Raises `BadValue`, also for a form that is newer than this program."""
    with _Line(1):
        found = _object(file.next())
        form = found.get("format")
        if type(form) is not int or form < 1:
            raise BadValue("首行不是整本台账的说明", "请用 ledger export 导出的文件")
        if form > FORMAT:
            raise BadValue(f"文件的格式({clip(str(form), 12)})比本程序所知的({FORMAT})新", "请升级 ledger 程序后再导入")
        entries, tasks, evidence = (found.get(name, 0) for name in ("entries", "tasks", "evidence"))
        header = Header(found.get("ledger", ""), entries, tasks, found.get("head", ""), evidence)
        counts = (entries, tasks, evidence)
        fits = all(type(count) is int and 0 <= count <= LARGEST for count in counts)
        if not (fits and entries and is_text(header.ledger) and _matches(_HASH, header.head)):
            raise BadValue("首行的件数或封印不对", "请重新导出")
        file.summed = form > 1
        return header


def read_entries(file: Lines, header: Header) -> Iterator[Line]:
    """The entries, from the second line on, then the tasks; `read_evidence` reads what follows, to the sum at the end
    of the file (one of the first form ends here), where all that the header promises must have come. Raises `BadValue`,
    the line in its `where`."""
    previous, order, digest = GENESIS, Sequence(), digest_of(HASHES[0])
    for seq in range(1, header.entries + 1):
        with _Line(seq + 1):
            line = _entry(_next(file, f"文件不完整:应有 {header.entries} 条记录,只有 {seq - 1} 条"), seq)
            if seq == 1:
                digest = digest_of(hash_named(line.changes))
            if seal(previous, canonical_form(line.entry, line.changes), digest) != line.entry.hash:
                raise BadValue(f"第{seq}号记录的内容与封印不符,文件被改动过", "请重新导出")
            one = line.entry
            if wrong := order.wrong(seq, one.task, one.action, one.recorded_at, one.voids, one.command):
                raise BadValue(f"第{seq}号记录不合情理:{wrong}", "请向导出的一方核对")
        previous = line.entry.hash
        yield line
    if previous != header.head:
        with _Line(1):
            raise BadValue("末条记录与首行所记的封印不符,文件被改动过", "请重新导出")
    _read_tasks(file, header)


def _read_tasks(file: Lines, header: Header) -> None:
    """The tasks are not read but counted: what is missing of them was cut off."""
    for number in range(header.tasks):
        with _Line(header.entries + number + 2):
            if "id" not in _object(_next(file, f"文件不完整:应有 {header.tasks} 件事项,只有 {number} 件")):
                raise BadValue("不是事项", "请重新导出")
    if not file.summed:
        file.require_end(header.entries + header.tasks + 2)


def read_evidence(
    file: Lines, header: Header, sizes: Mapping[str, int]
) -> Iterator[tuple[Blob, Iterator[bytes] | None]]:
    """The files of evidence after `read_entries`, up to the sum of all lines: each to be read before the next one, None
    for one that was not there any more.

    `sizes` are the bytes of those that the entries name, by their SHA-256. Raises `BadValue`.
    """
    number, left = header.entries + header.tasks + 1, dict(sizes)
    for count in range(header.evidence):
        number += 1
        with _Line(number):
            first = _object(_next(file, f"文件不完整:应有 {header.evidence} 份佐证,只有 {count} 份"))
            digest = first.get("evidence")
            if not isinstance(digest, str) or digest not in left:
                raise BadValue("不是记录所说的佐证,或重复了", "请重新导出")
        blob = Blob(digest, left.pop(digest))
        if first.get("missing") is True:
            yield blob, None
            continue
        parts = _Parts(file, blob, number, first)
        yield blob, parts.read()
        number = parts.number
    if left:
        with _Line(1):
            raise BadValue(f"记录里的佐证缺 {len(left)} 份", "请重新导出或重新传送")
    if file.summed:
        file.require_end(number + 1)


class _Parts:
    """The lines of one file of evidence: the `number` of the one read last."""

    def __init__(self, file: Lines, blob: Blob, number: int, first: dict[str, Any]) -> None:
        self._file, self._blob, self.number, self._first = file, blob, number, first

    def read(self) -> Iterator[bytes]:
        found, size, part, line = sha256(), 0, 1, self._first
        while True:
            with _Line(self.number):
                data = _data(line, self._blob.sha256, part)
                found.update(data)
                size += len(data)
                if size > self._blob.size or (size == self._blob.size and found.hexdigest() != self._blob.sha256):
                    raise BadValue("佐证的内容与记录所封的不符,文件被改动过", "请重新导出")
            yield data
            if size == self._blob.size:
                return
            self.number, part = self.number + 1, part + 1
            with _Line(self.number):
                line = _object(_next(self._file, "文件不完整:佐证没有写完"))


def _data(line: dict[str, Any], digest: str, part: int) -> bytes:
    data = line.get("data")
    if (
        line.keys() != {"evidence", "part", "data"}
        or line["part"] is True
        or (line["evidence"], line["part"]) != (digest, part)
    ):
        raise BadValue("佐证有缺少或错乱", "请重新导出")
    try:
        found = a2b_base64(data if isinstance(data, str) else "", strict_mode=True)
    except (Error, ValueError):
        found = b""
    if not found:
        raise BadValue("佐证的内容读不懂", "请重新导出")
    return found


class _Line:  # a third of the cost of a @contextmanager: every line passes through one
    """An error raised inside is of this line."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, BadValue):
            error.where = f"第{self.number}行"


def _next(file: Lines, missing: str) -> bytes:
    line = file.next()
    if not line:
        raise BadValue(missing, "请重新导出或重新传送")
    return line


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = strict_json.loads(line.decode("utf-8-sig"), _no_number)
    except strict_json.RepeatedKey as error:
        raise BadValue(f"JSON 对象里的{error}", "请重新导出") from None
    except (ValueError, RecursionError):
        raise BadValue("不是一个完整的 JSON 对象", "请重新导出或重新传送") from None
    if not isinstance(found, dict):
        raise BadValue("不是 JSON 对象", "请重新导出")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _entry(line: bytes, seq: int) -> Line:
    found = _object(line)
    if found.keys() != _KEYS:
        raise BadValue(f"不是第{seq}号记录", "请重新导出")
    if found["seq"] != seq or type(found["seq"]) is not int:
        raise BadValue(f"应为第{seq}号记录,现为{quote(str(found['seq']))},有缺少或错乱", "请重新导出")
    if not isinstance(found["action"], str) or found["action"] not in ACTION_WORDS:
        raise BadValue(
            f"操作{quote(str(found['action']))}不认识,文件可能由更新的程序导出", "请升级 ledger 程序后再导入"
        )
    try:
        changes = encode(found["changes"])
        changes.encode()
        encode((found["note"], found["actor"], found["account"])).encode()
        entry = Entry(**{**found, "on": date.fromisoformat(found["on"])})
        wrong = nonsense(entry) if entry.on.isoformat() == found["on"] else "日期写得不对"
    except (ValueError, TypeError, RecursionError):
        wrong = "有读不懂的值"
    if wrong:
        raise BadValue(f"第{seq}号记录不合情理:{wrong}", "请向导出的一方核对")
    return Line(entry, changes)


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
