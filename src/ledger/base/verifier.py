"""核验 ledger 台账的导出文件、单项证明和锚点:只用 Python(3.9 起)标准库,不需要 ledger 程序。

    python3 verifier.py 台账.jsonl [--anchor 序号:封印[:树根]]... [--anchors 锚点文件]
    python3 verifier.py 证明.json  [--anchor ...]

以 0 退出:相符;以 6 退出:不符;以 2 退出:用法不对或读不了。

This one file is the auditor's: it may be run, read or rewritten without the program that made what it checks. The forms
are described in docs/format.md. Nothing here imports the rest of the program, which itself checks files by it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

GENESIS = "0" * 64
_TEXT = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_TEXTS = re.compile(b"(%b)" % _TEXT)
_SHAPE = (
    rb'\{"seq": ([1-9]\d{0,17}), "task": (null|\d+), "action": (T), "on": (T), "recorded_at": (T), '
    rb'"actor": (T), "account": (T), "note": (null|T), '
    rb'"changes": (\{.*\}), "voids": (null|\d+), "command": (\d+), "hash": "([0-9a-f]{64})"\}\n'
)
_ENTRY = re.compile(_SHAPE.replace(b"T", _TEXT))
"""The line of an entry. What is sealed of it, in this order, is the JSON array of all but the hash, without blanks, the
changes in it as a text of their own."""

HASHES = ("sha256", "sm3")
FORMAT = 2
PROOF = "proof"
EVIDENCE = b'"evidence"'
_TASK = b'{"id": '
_HEADER = (("format", int), ("ledger", str), ("entries", int), ("tasks", int))
_PROOF_HEADER = ((PROOF, int), ("ledger", str), ("hash", str), ("entries", int), ("task", str))
_ANCHOR = re.compile("([1-9][0-9]{0,9}):([0-9a-f]{64})(?::([0-9a-f]{64}))?")
_NODE = re.compile("[0-9a-f]{64}")
_LINE = 8 << 20

Digest = Callable[[bytes], Any]
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Broken(Exception):
    """What is checked is not what was written."""


class Anchor(NamedTuple):
    """How many entries there were, the seal of the last one, and perhaps the root of the tree over all."""

    seq: int
    hash: str
    root: str | None = None

    def __str__(self) -> str:
        return ":".join(filter(None, (str(self.seq), self.hash, self.root)))


class Found(NamedTuple):
    """What was checked and is sound: how many entries of which ledger, or of which task of it; of an export the number
    of its files of evidence, and how many of them were missing when it was written."""

    ledger: str
    hash: str
    entries: int
    anchor: Anchor
    task: str | None = None
    evidence: int | None = None
    missing: int | None = None

    def __str__(self) -> str:
        what = f"事项 {self.task} 的 {self.entries} 条记录" if self.task else f"{self.entries} 条记录"
        root = f",树根 {self.anchor.root}" if self.anchor.root else ""
        return (
            f"{self.ledger}:{what}封印完好({self.hash}),末条 {self.anchor.seq}:{self.anchor.hash}{root}{self._files()}"
        )

    def _files(self) -> str:
        if not self.evidence:
            return ""
        return f",{self.evidence} 份佐证" + (f"中有 {self.missing} 份导出时就缺" if self.missing else "与记录相符")

    def held_against(self, anchors: int) -> str:
        """What is to be said of the anchors that it was held against."""
        if anchors:
            return "与锚点相符"
        return "只证明通向这个树根,请用 --anchor 与另处保存的锚点核对" if self.task else ""


def anchor_of(text: str) -> Anchor:
    """An anchor as it is printed: SEQ:HASH or SEQ:HASH:ROOT. Raises `ValueError`."""
    found = _ANCHOR.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"锚点写得不对:{text[:40]}")
    return Anchor(int(found[1]), found[2], found[3])


def anchors_in(lines: Sequence[str]) -> list[Anchor]:
    """The anchors that stand at the beginning of lines; what follows a blank is for people, as are empty lines and
    those behind #. Raises `ValueError`."""
    words = (line.split(maxsplit=1) for line in lines if line.strip() and not line.lstrip().startswith("#"))
    return [anchor_of(first[0]) for first in words]


def digest_named(name: str) -> Digest:
    """Raises `Broken` where this Python has it not."""
    if name not in HASHES or name not in hashlib.algorithms_available:
        raise Broken(f"本机的 Python 没有杂凑算法 {name}")
    return hashlib.sha256 if name == HASHES[0] else lambda data: hashlib.new(name, data)


class Tree:
    """The Merkle tree of RFC 6962 over the hashes of entries (as 32 bytes), one after the other: only the roots of its
    full subtrees are kept, a few for any number of leaves."""

    def __init__(self, digest: Digest) -> None:
        self._digest, self.size = digest, 0
        self._peaks: list[bytes] = []

    def append(self, leaf: str) -> None:
        digest, peaks, size = self._digest, self._peaks, self.size
        node = digest(b"\0" + bytes.fromhex(leaf)).digest()
        while size & 1:
            node = digest(b"\1" + peaks.pop() + node).digest()
            size >>= 1
        peaks.append(node)
        self.size += 1

    def root(self) -> str:
        peaks = self._peaks[:]
        if not peaks:
            return str(self._digest(b"").hexdigest())
        node = peaks.pop()
        while peaks:
            node = self._digest(b"\x01" + peaks.pop() + node).digest()
        return node.hex()


def leaf_of(digest: Digest, hash: str) -> bytes:
    """The leaf of the tree that an entry's hash makes."""
    return bytes(digest(b"\x00" + bytes.fromhex(hash)).digest())


def root_by(digest: Digest, leaf: bytes, index: int, size: int, path: Sequence[str]) -> str:
    """The root that an audit path leads to from the leaf of this index, of a tree of this size (RFC 9162, 2.1.3.2).

    Raises `Broken` for a path that fits no such tree.
    """
    node, last = leaf, size - 1
    if not 0 <= index <= last:
        raise Broken("证明里的序号不在树内")
    for step in path:
        other = bytes.fromhex(step)
        if not last:
            raise Broken("证明里的路径太长")
        if index & 1 or index == last:
            node = digest(b"\x01" + other + node).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = digest(b"\x01" + node + other).digest()
        index, last = index >> 1, last >> 1
    if last:
        raise Broken("证明里的路径太短")
    return node.hex()


class Chain:
    """Entries told one by one from the first, as lines of an export; `wanted` anchors are held against what there was
    then."""

    def __init__(self, wanted: Iterable[Anchor] = ()) -> None:
        self._wanted: dict[int, list[Anchor]] = {}
        for anchor in wanted:
            self._wanted.setdefault(anchor.seq, []).append(anchor)
        self.seq, self.head, self.hash = 0, GENESIS, HASHES[0]
        self._digest: Digest = hashlib.sha256
        self.tree = Tree(self._digest)

    def add(self, line: bytes) -> EntryLine:
        """Raises `Broken`."""
        entry = read_entry(line)
        if self.seq == 0:
            self.begin(hash_named(entry.changes))
        self.take(entry.form, entry.seq, entry.hash)
        return entry

    def begin(self, hash: str) -> None:
        """All is sealed with the hash of this name. Raises `Broken`."""
        self.hash, self._digest = hash, digest_named(hash)
        self.tree = Tree(self._digest)

    def take(self, form: bytes, seq: int, sealed: str) -> None:
        """An entry as its canonical form. Raises `Broken`."""
        self.seq += 1
        if seq != self.seq:
            raise Broken(f"应为第{self.seq}号记录,现为第{seq}号,有缺少或错乱")
        if self._digest(self.head.encode() + form).hexdigest() != sealed:
            raise Broken(f"第{seq}号记录的内容与封印不符")
        self.head = sealed
        self.tree.append(sealed)
        if seq in self._wanted:
            for anchor in self._wanted.pop(seq):
                require(anchor, self.anchor)

    @property
    def anchor(self) -> Anchor:
        return Anchor(self.seq, self.head, self.tree.root())

    def finish(self) -> Anchor:
        """Raises `Broken` where an anchor is of an entry that never came."""
        for seq in sorted(self._wanted):
            raise Broken(f"锚点记到第{seq}号记录,现在只有{self.seq}条:末尾被截去了,或锚点不是这本台账的")
        return self.anchor


def require(wanted: Anchor, found: Anchor) -> None:
    """Raises `Broken` where an anchor is not what there is at its place."""
    if wanted.hash != found.hash:
        raise Broken(f"第{found.seq}号记录的封印不是锚点所记的:此前的记录被改动过,或锚点不是这本台账的")
    if wanted.root is not None and wanted.root != found.root:
        raise Broken(f"到第{found.seq}号记录为止的树根不是锚点所记的")


class EntryLine(NamedTuple):
    """An entry as a line of an export: its canonical form, and of its text what is asked for here."""

    seq: int
    task: bytes
    action: bytes
    form: bytes
    changes: bytes
    hash: str


def read_entry(line: bytes) -> EntryLine:
    """The texts are taken as they stand, so that no other line can mean the same. Raises `Broken`."""
    found = _ENTRY.fullmatch(line)
    if found is None:
        raise Broken("不是记录")
    *values, changes, voids, command, sealed = found.groups()
    if b"\\" in line:
        changes = b"".join(_packed(_TEXTS.split(changes)))
        if b"\\u" in line:
            values, changes = [_as_sealed(value) for value in values], _as_sealed(changes)
        text = b'"%b"' % changes.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    else:
        parts = _packed(changes.split(b'"'))
        changes, text = b'"'.join(parts), b'"%b"' % b'\\"'.join(parts)
    form = b"[%b]" % b",".join((*values, text, voids, command))
    return EntryLine(int(values[0]), values[1], values[2], form, changes, sealed.decode())


def _packed(parts: list[bytes]) -> list[bytes]:
    """What stands outside of texts, which is every other part, without blanks (and without line ends anyway)."""
    parts[::2] = b"\n".join(parts[::2]).replace(b" ", b"").split(b"\n")
    return parts


def _as_sealed(text: bytes) -> bytes:
    """A value with the characters that an export escapes for the sake of terminals, and no seal does. Raises `Broken`,
    also for an object that says a thing twice."""
    try:
        return encode(json.loads(text, object_pairs_hook=_once)).encode()
    except (ValueError, RecursionError):
        raise Broken("不是记录") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("said twice")
    return found


def hash_named(founding: bytes) -> str:
    """The hash that the changes of the first entry say their ledger is sealed with. Raises `Broken`."""
    try:
        return str(json.loads(founding).get("hash", [None, HASHES[0]])[1])
    except (ValueError, LookupError, AttributeError, RecursionError):
        raise Broken("第1号记录不是建账") from None


# --- files -----------------------------------------------------------------------------------------------------------


class Lines:
    """The lines of a file, one by one, with the SHA-256 of all before the one read last. Errors are of their line."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.number = file, 0
        self._sum, self._last = hashlib.sha256(), b""

    def next(self, missing: str = "文件不完整") -> bytes:
        """Raises `Broken` at the end of the file."""
        self._sum.update(self._last)
        self._last = self._file.readline(_LINE)
        self.number += 1
        if not self._last.endswith(b"\n"):
            raise Broken(missing)
        return self._last

    def object(self, missing: str = "文件不完整") -> dict[str, Any]:
        """Raises `Broken`."""
        try:
            found = json.loads(self.next(missing), object_pairs_hook=_once)
        except (ValueError, RecursionError):
            raise Broken("不是 JSON 对象") from None
        if not isinstance(found, dict):
            raise Broken("不是 JSON 对象")
        return found

    def finish(self) -> None:
        """The last line gives the sum of all before it, to the byte. Raises `Broken`."""
        if self.next("文件不完整:没有校验和") != b'{"sha256": "%b"}\n' % self._sum.hexdigest().encode():
            raise Broken("与文件末尾的校验和不符,文件被改动过")

    def require_end(self) -> None:
        """Raises `Broken`."""
        if self._file.read(1):
            raise Broken("末行之后还有内容")


def check_file(file: IO[bytes], wanted: Sequence[Anchor] = (), advance: Callable[[int], object] = int) -> Found:
    """Check an export of a whole ledger, or the proof of one task, and hold it against anchors kept elsewhere.

    `advance` is told of each entry. Raises `Broken`, its line in the message.
    """
    lines = Lines(file)
    try:
        header = lines.object()
        return _check_proof(lines, header, wanted) if PROOF in header else _check_export(lines, header, wanted, advance)
    except Broken as error:
        raise Broken(f"第{lines.number}行:{error}") from None


def _check_export(
    lines: Lines, header: dict[str, Any], wanted: Sequence[Anchor], advance: Callable[[int], object]
) -> Found:
    form, ledger, entries, tasks = (_value(header, name, kind) for name, kind in _HEADER)
    if entries < 1:
        raise Broken("没有任何记录")
    if not 1 <= form <= FORMAT:
        raise Broken(f"文件的格式({form})本核验程序不知道,所知的是 1 至 {FORMAT}")
    chain = Chain(wanted)
    files = _check_entries(lines, entries, chain, advance)
    if chain.head != header.get("head"):
        raise Broken("末条记录的封印与首行所记的不符")
    for number in range(tasks):
        if not lines.next(f"文件不完整:应有 {tasks} 件事项,只有 {number} 件").startswith(_TASK):
            raise Broken("不是事项")
    if len(files) != (_value(header, "evidence", int) if "evidence" in header else 0):
        raise Broken(f"记录里说到 {len(files)} 份佐证,首行所记的不是这个数")
    found, missing = len(files), 0
    while files:
        missing += not _check_evidence(lines, files)
    if form > 1:
        lines.finish()
    lines.require_end()
    return Found(ledger, chain.hash, entries, chain.finish(), evidence=found, missing=missing)


def _check_entries(lines: Lines, count: int, chain: Chain, advance: Callable[[int], object]) -> dict[str, int]:
    """The files of evidence that the entries name, with their bytes, by SHA-256. Raises `Broken`."""
    files: dict[str, int] = {}
    for number in range(count):
        entry = chain.add(lines.next(f"文件不完整:应有 {count} 条记录,只有 {number} 条"))
        if entry.action == EVIDENCE:
            files.update([_file_named(entry)])
        advance(1)
    return files


def _file_named(entry: EntryLine) -> tuple[str, int]:
    """The SHA-256 and the bytes of the file that an entry names. Raises `Broken`."""
    try:
        told = json.loads(entry.changes)
        digest, size = told["sha256"][1], told["size"][1]
    except (ValueError, LookupError, TypeError, RecursionError):
        digest, size = None, None
    if not isinstance(digest, str) or type(size) is not int or size < 1:
        raise Broken(f"第{entry.seq}号记录没有说清是哪一份佐证")
    return digest, size


def _check_evidence(lines: Lines, files: dict[str, int]) -> bool:
    """A file of evidence, in lines of base64, is one of those that the entries name, and holds what they say; it is
    taken out of these. Whether it was there when the export was written. Raises `Broken`."""
    line = lines.object("文件不完整:缺少佐证")
    digest = _value(line, "evidence", str)
    if digest not in files:
        raise Broken("不是记录所说的佐证,或重复了")
    left, part, found = files.pop(digest), 1, hashlib.sha256()
    if line.get("missing") is True:
        return False
    while True:
        if (line.get("evidence"), _value(line, "part", int)) != (digest, part):
            raise Broken("佐证有缺少或错乱")
        try:
            data = _plain(_value(line, "data", str))
        except ValueError:
            raise Broken("佐证的内容读不懂") from None
        found.update(data)
        left, part = left - len(data), part + 1
        if not data or left < 0 or (left == 0 and found.hexdigest() != digest):
            raise Broken("佐证的内容与记录所封的不符")
        if left == 0:
            return True
        line = lines.object("文件不完整:佐证没有写完")


def _plain(text: str) -> bytes:
    """What a text of base64 says, if it is the only one that says it. Raises `ValueError`. (Pythons before 3.11 know no
    strict reading.)"""
    data = a2b_base64(text)
    if b2a_base64(data, newline=False).decode() != text:
        raise ValueError(text)
    return data


def _check_proof(lines: Lines, header: dict[str, Any], wanted: Sequence[Anchor]) -> Found:
    """Each entry follows its predecessor's hash, and its own is a leaf of the tree."""
    version, ledger, hash, entries, task = (_value(header, name, kind) for name, kind in _PROOF_HEADER)
    if version != 1:
        raise Broken(f"证明的格式({version})本核验程序不知道,所知的是 1")
    if entries < 1:
        raise Broken("没有任何记录")
    anchor, digest = _anchor_with_root(_value(header, "anchor", str)), digest_named(hash)
    last, of_task, codes = 0, b"", set[str]()
    for _ in range(entries):
        entry, place = read_entry(lines.next()), lines.object()
        if entry.seq <= last or entry.task != (of_task or entry.task) or entry.task == b"null":
            raise Broken(f"第{entry.seq}号记录重复、错乱,或不是这件事项的")
        last, of_task = entry.seq, entry.task
        codes |= _codes_named(entry)
        if digest(_value(place, "previous", str).encode("utf-8", "replace") + entry.form).hexdigest() != entry.hash:
            raise Broken(f"第{entry.seq}号记录的内容与封印不符")
        if root_by(digest, leaf_of(digest, entry.hash), entry.seq - 1, anchor.seq, _path(place)) != anchor.root:
            raise Broken(f"第{entry.seq}号记录不在树根所证明的记录之中")
    lines.finish()
    lines.require_end()
    if codes and task not in codes:
        raise Broken("记录里没有首行所写的编号,是另一件事项的")
    _require_root(anchor, wanted)
    return Found(ledger, hash, entries, anchor, task)


def _codes_named(entry: EntryLine) -> set[str]:
    """The codes that an entry says its task had, or got. Raises `Broken`."""
    try:
        return {code for code in json.loads(entry.changes).get("code", ()) if isinstance(code, str)}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Broken(f"第{entry.seq}号记录读不懂") from None


def _anchor_with_root(text: str) -> Anchor:
    """Raises `Broken`."""
    try:
        anchor = anchor_of(text)
    except ValueError:
        raise Broken("锚点的写法不对") from None
    if anchor.root is None:
        raise Broken("锚点没有树根")
    return anchor


def _path(place: dict[str, Any]) -> list[str]:
    """The nodes of an audit path. Raises `Broken`."""
    path: list[str] = _value(place, "path", list)
    if not all(isinstance(step, str) and _NODE.fullmatch(step) for step in path):
        raise Broken("路径的写法不对")
    return path


def _require_root(anchor: Anchor, wanted: Sequence[Anchor]) -> None:
    """A proof says for itself only which root it leads to: what was kept elsewhere must have that one."""
    fitting = [one for one in wanted if one.seq == anchor.seq and one.root]
    if wanted and not fitting:
        raise Broken(f"证明要用第{anchor.seq}号记录的、带树根的锚点核对,给出的锚点里没有")
    for one in fitting:
        require(one, anchor)


def _value(found: dict[str, Any], name: str, kind: type) -> Any:
    if type(found.get(name)) is not kind:
        raise Broken(f"缺少 {name},或写法不对")
    return found[name]


def _shown(text: str) -> str:
    """What a file says, without what could steer the terminal on which it is read, or break off a line."""
    return "".join(one if one.isprintable() or one in "\u3000\xa0" else f"\\u{ord(one):04x}" for one in text)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="核验 ledger 的导出文件或单项证明")
    parser.add_argument("file", metavar="文件", type=Path)
    parser.add_argument("--anchor", action="append", default=[], metavar="序号:封印[:树根]", help="印发件上的锚点")
    parser.add_argument("--anchors", metavar="锚点文件", type=Path, help="一行一个锚点")
    given = parser.parse_args(arguments)
    for stream in sys.stdout, sys.stderr:
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # of a terminal that knows not all
    try:
        wanted = [anchor_of(text) for text in given.anchor]
        if given.anchors:
            with given.anchors.open("rb") as file:
                wanted += anchors_in(file.read(2 * _LINE).decode("utf-8-sig").splitlines())
        with given.file.open("rb") as file:
            found = check_file(file, wanted)
    except Broken as error:
        print(_shown(f"不符:{error}"), file=sys.stderr)
        return 6
    except UnicodeError:
        print("读不了:锚点文件不是 UTF-8 编码的文字", file=sys.stderr)
        return 2
    except (OSError, ValueError) as error:
        print(_shown(f"读不了:{error}"), file=sys.stderr)
        return 2
    print("\n".join(filter(None, (_shown(str(found)), found.held_against(len(wanted))))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
