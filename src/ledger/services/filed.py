"""An archive (案卷) read back anywhere: each file is what its sum says, none is missing or foreign, each record is
proven and names the evidence beside it.

Nothing is unpacked; files are read in parts. Raises `BadValue` for what is no ZIP file, `CheckFailed` for what is one
but not as it was written.
"""

import json
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ledger.base.errors import BadValue, CheckFailed, opening
from ledger.base.files import folded_name
from ledger.base.formats import DOCX, PDF
from ledger.base.text import quote, visible
from ledger.base.verifier import Anchor, Broken, Found, check_file
from ledger.model.task import CLOSED
from ledger.reports.case import CONTENTS, CONTENTS_FILE, COVER, FILE, LAST, PROOF, SUMS, TASK, VERIFIER
from ledger.store.blobs import CHUNK, blob_of

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_LARGEST_LIST = 16 << 20
_ENCRYPTED, _UTF_8 = 0x1, 0x800
"""Flags of a part of a ZIP file."""
_SUM = re.compile("([0-9a-f]{64})  ([^\n]+)")
_OWN = {CONTENTS_FILE, VERIFIER} | {
    f"{name}.{end}" for name in (COVER, CONTENTS, LAST) for end in (DOCX.name, PDF.name)
}
"""What a file has beside the documents that its contents name."""
_UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_ADVICE = "请向给出文件的一方核对,或重新归档"


class Filed(NamedTuple):
    """A sound archive: its tasks' records, how many files it has, the SHA-256 of their sums."""

    cases: Sequence[Found]
    files: int
    sums: str


def is_archive(path: Path) -> bool:
    """Whether a file is, or by its name should be, an archive."""
    with opening(path), path.open("rb") as file:
        return file.read(4) in _SIGNATURES or path.suffix.lower() == ".zip"


def check(path: Path, wanted: Sequence[Anchor] = (), advance: Callable[[int], object] = int) -> Filed:
    """Check an archive, its records also against anchors; `advance` is told of each file."""
    called = visible(str(path))
    with opening(path), path.open("rb") as file:
        try:
            with _readable():
                archive = ZipFile(file)
        except Broken:
            raise BadValue(f"{called} 不是 ZIP 文件,或已损坏", "请核对路径,或重新取一份") from None
        try:
            with archive, _readable():
                return _checked(archive, wanted, advance)
        except Broken as error:
            raise CheckFailed(f"{called} {error}", _ADVICE) from None


@contextmanager
def _readable() -> Iterator[None]:
    """What the reader of ZIP files raises is an archive that is broken."""
    try:
        yield
    except _UNREADABLE as error:
        raise Broken(f"读不了({visible(str(error))[:60]}),文件损坏了") from None


def _checked(archive: ZipFile, wanted: Sequence[Anchor], advance: Callable[[int], object]) -> Filed:
    parts = _parts(archive)
    listed = _small(archive, parts, SUMS)
    sums = _sums(listed)
    for name in sums.keys() - parts.keys():
        raise Broken(f"缺少文件{quote(name)}")
    for name in parts.keys() - sums.keys() - {SUMS}:
        raise Broken(f"多出文件{quote(name)},{SUMS} 里没有它")
    for name, wanted_sum in sums.items():
        with archive.open(parts[name]) as file:
            if _sum(file) != wanted_sum:
                raise Broken(f"文件{quote(name)}被改动过")
        advance(1)
    folders: dict[str, dict[str, str]] = {}
    for name, digest in sums.items():
        folder, _, own = name.rpartition("/")
        folders.setdefault(folder, {})[own] = digest
    if not folders:
        raise Broken("里面没有案卷")
    cases = [_case(archive, parts, folder, within, wanted) for folder, within in folders.items()]
    return Filed(cases, len(sums), sha256(listed).hexdigest())


def _parts(archive: ZipFile) -> dict[str, ZipInfo]:
    """The files of an archive by their names, none of which leads elsewhere or is another's. Raises `Broken`."""
    found: dict[str, ZipInfo] = {}
    seen: set[str] = set()
    for part in archive.infolist():
        name = _name(part)
        if part.is_dir() and not part.file_size:
            continue
        if _is_unsafe(name) or part.flag_bits & _ENCRYPTED:
            raise Broken(f"里面的文件名{quote(name)}不安全,不是本程序写的案卷")
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Broken(f"文件{quote(name)}的压缩方法案卷不用")
        if folded_name(name) in seen:
            raise Broken(f"里面有两个文件同名:{quote(name)}")
        seen.add(folded_name(name))
        found[name] = part
    return found


def _name(part: ZipInfo) -> str:
    """Of what was packed anew by a program that does not say that its names are UTF-8, what they most likely are."""
    if part.flag_bits & _UTF_8:
        return part.filename
    try:
        return part.filename.encode("cp437").decode()
    except UnicodeError:
        return part.filename


def _is_unsafe(name: str) -> bool:
    steps = name.split("/")
    return (
        len(steps) > 2
        or visible(name) != name
        or "\\" in name
        or ":" in name
        or any(step in ("", ".", "..") for step in steps)
    )


def _small(archive: ZipFile, parts: dict[str, ZipInfo], name: str) -> bytes:
    """A list that is read whole. Raises `Broken`."""
    if name not in parts:
        raise Broken(f"缺少文件{quote(name)}:不是本程序写的案卷,或不完整")
    with archive.open(parts[name]) as file:
        content = file.read(_LARGEST_LIST + 1)
    if len(content) > _LARGEST_LIST:
        raise Broken(f"文件{quote(name)}大得反常")
    return content


def _sums(content: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in content.decode().splitlines():
        told = _SUM.fullmatch(line)
        if told is None or told[2] in found:
            raise Broken(f"{SUMS} 的写法不对")
        found[told[2]] = told[1]
    return found


def _sum(file: IO[bytes]) -> str:
    return blob_of(iter(lambda: file.read(CHUNK), b"")).sha256


def _case(
    archive: ZipFile, parts: dict[str, ZipInfo], folder: str, within: dict[str, str], wanted: Sequence[Anchor]
) -> Found:
    """One folder, of files `within` it by their names: its contents name what lies in it, its proof holds and is of a
    task from its registration to its closing, the evidence that it names is there."""
    try:
        if not folder or PROOF not in within:
            raise Broken(f"缺少 {PROOF}")
        code, named = _contents(_small(archive, parts, f"{folder}/{CONTENTS_FILE}"))
        if missing := sorted(named - within.keys()):
            raise Broken(f"{CONTENTS}里的{quote(missing[0])}不在其中")
        if foreign := sorted(within.keys() - named - _OWN):
            raise Broken(f"{CONTENTS}里没有{quote(foreign[0])}")
        with archive.open(parts[f"{folder}/{PROOF}"]) as file:
            found = check_file(file, wanted)
        if found.task is None or visible(found.task) != code:
            raise Broken(f"{PROOF} 不是{CONTENTS}所说的事项的证明")
        with archive.open(parts[f"{folder}/{PROOF}"]) as file:
            lost = _evidence(file) - set(within.values())
        if lost:
            raise Broken(f"记录里的佐证 {min(lost)[:12]}… 不在其中")
    except Broken as error:
        raise Broken(f"{quote(folder)}:{error}" if folder else str(error)) from None
    return found


def _contents(content: bytes) -> tuple[str | None, set[str]]:
    """The code of the task, and the files that the contents name. They are read as UTF-8, whatever they say that they
    are, so that nothing hides in another encoding. Raises `Broken`."""
    try:
        text = content.decode()
        if "<!" in text:
            raise Broken(f"{CONTENTS_FILE} 的写法不对")
        root = ElementTree.fromstring(text)  # noqa: S314  # without a DTD
    except (UnicodeError, ElementTree.ParseError):
        raise Broken(f"{CONTENTS_FILE} 的写法不对") from None
    return root.get(TASK), {one.text or "" for one in root.iter(FILE)}


def _evidence(proof: IO[bytes]) -> set[str]:
    """The SHA-256 of the files that a proven record names, those that were taken back aside. Raises `Broken` for a
    record that does not begin with the registration and leave the task closed."""
    entries: dict[int, tuple[str, str | None, str | None]] = {}
    taken_back: set[int] = set()
    for line in proof:
        entry = json.loads(line)
        if "action" not in entry:
            continue
        try:
            told = {name: after for name, (_, after) in entry["changes"].items()}
            digest = told["sha256"] if entry["action"] == "evidence" else None
        except (LookupError, TypeError, ValueError, AttributeError):  # sealed, but without sense
            raise Broken(f"第{entry['seq']}号记录读不懂") from None
        entries[entry["seq"]] = entry["action"], digest, told.get("status")
        taken_back.add(entry["voids"])
    in_force = [told for seq, told in entries.items() if seq not in taken_back]
    states = [status for _, _, status in in_force if status]
    if not in_force or in_force[0][0] != "add" or states[-1:] != [CLOSED]:
        raise Broken("证明里的记录不是从登记到销号,有缺少")
    return {digest for _, digest, _ in in_force if digest}
