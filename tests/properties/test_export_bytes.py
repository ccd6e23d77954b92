"""Every byte of an export, changed one at a time, is found: by the verifier, by `verify` and by `import`."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from ledger.base import verifier
from ledger.base.errors import BadValue
from ledger.base.verifier import Broken
from ledger.importers.journal_lines import Lines, is_whole_ledger, read_entries, read_evidence, read_header
from ledger.services.publishing import publish
from ledger.services.settings import Founding, begin
from ledger.store.location import Location
from tests.base.test_verifier import alone
from tests.conftest import Book, Clerk

STRIDE = 611
"""Of how many bytes one is tried through the command line, and by the verifier run by itself."""


@pytest.fixture(params=["sha256", "sm3"])
def export(request: pytest.FixtureRequest, tmp_path: Path, clerk: Clerk) -> Path:
    """A ledger with evidence (of two parts in the file, one of them gone) and an issued report, exported."""
    book = Book(Location(tmp_path / "a.db"))
    with book.journal("2013-02-01", create=True, must_be_new=True) as journal:
        begin(journal, Founding("学创台账", hash=request.param))
    (tmp_path / "纪要.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "照片.jpg").write_bytes(b"\xff\xd8")
    book.post("add", title="说“二”\u200d\\", unit="综合组", due="3月底", on="2013-03-01")
    paths = [str(tmp_path / name) for name in ("纪要.pdf", "照片.jpg")]
    book.post("close", task=1, evidence=paths, on="2013-03-05")
    with book.journal() as journal:
        publish(journal, "week", "2013-W12", {"value": {}}, None, None)
    gone = next(path for path in (tmp_path / "a.evidence").rglob("*") if path.is_file() and path.stat().st_size == 2)
    gone.unlink()
    target = tmp_path / "a.jsonl"
    assert clerk("--db", str(tmp_path / "a.db"), "export", "-o", str(target)).code == 0
    return target


def changed(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each byte another, and those at the end, which nothing sums up, each of all others."""
    for at, byte in enumerate(content):
        masks = range(1, 256) if at >= len(content) - 80 else ((0x01, 0x20, 0x80)[at % 3],)
        for mask in masks:
            yield at, content[:at] + bytes([byte ^ mask]) + content[at + 1 :]


def read(content: bytes) -> None:
    """As `import` reads a whole ledger before it is one. Raises `BadValue`, also for what is none by its first line,
    as which it is told from a sheet."""
    if not is_whole_ledger(BytesIO(content)):
        raise BadValue("no ledger")
    lines = Lines(BytesIO(content))
    header = read_header(lines)
    sizes: dict[str, int] = {}
    for entry, _ in read_entries(lines, header):
        if entry.action == "evidence":
            sizes[entry.changes["sha256"][1]] = entry.changes["size"][1]
    for _, chunks in read_evidence(lines, header, sizes):
        list(chunks or ())


def test_every_byte_is_found(export: Path, tmp_path: Path, clerk: Clerk) -> None:
    sound = export.read_bytes()
    read(sound)
    found = verifier.check_file(BytesIO(sound))
    assert (found.evidence, found.missing) == (2, 1)
    assert alone(str(export), folder=tmp_path)[0] == 0
    for at, content in changed(sound):
        with pytest.raises(Broken):
            verifier.check_file(BytesIO(content))
        with pytest.raises(BadValue):
            read(content)
        if at % STRIDE == 0 and at < len(sound) - 80:
            export.write_bytes(content)
            assert alone(str(export), folder=tmp_path)[0] == clerk("verify", str(export)).code == 6, at
            assert clerk("--db", str(tmp_path / "新.db"), "import", str(export)).code == 2, at
            assert not (tmp_path / "新.db").exists()


def test_what_is_cut_off_or_added_is_found(export: Path) -> None:
    sound = export.read_bytes()
    lines = sound.splitlines(keepends=True)
    for content in (
        *(b"".join(lines[:end]) for end in range(len(lines))),
        *(b"".join([*lines[:at], *lines[at + 1 :]]) for at in range(len(lines))),
        *(b"".join([*lines[:at], lines[at], *lines[at:]]) for at in range(len(lines))),
        *(b"".join([*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]) for at in range(len(lines) - 1)),
        *(sound[:end] for end in range(len(sound) - 100, len(sound))),
        *(sound + more for more in (b"\n", b" ", b"{}\n", b"\0", lines[-1])),
        b"\xef\xbb\xbf" + sound,
    ):
        with pytest.raises(Broken):
            verifier.check_file(BytesIO(content))
        with pytest.raises(BadValue):
            read(content)
