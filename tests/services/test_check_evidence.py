"""Files of evidence against the journal: each hashed anew, what is missing, altered or foreign named."""

import tracemalloc
from pathlib import Path

import pytest

from ledger.services.check_evidence import named, of_files, strangers, told
from ledger.services.undo import undo
from ledger.store.blobs import Blob
from ledger.store.vault import vault_of
from tests.conftest import Book


@pytest.fixture
def kept(book: Book, tmp_path: Path) -> Path:
    """A ledger with three files, one of them taken back and one twice; the folder."""
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    for name in ("一.txt", "二.txt", "三.txt"):
        (tmp_path / name).write_text(name, "utf-8")
    paths = [str(tmp_path / name) for name in ("一.txt", "二.txt", "三.txt")]
    book.post("evidence", task=1, evidence=paths[:2])
    book.post("note", task=1, text="补", evidence=paths[2:])
    with book.journal() as journal:
        undo(journal, None, None)
    (tmp_path / "又一.txt").write_text("一.txt", "utf-8")
    book.post("evidence", task=1, evidence=[str(tmp_path / "又一.txt")])
    return tmp_path / "ledger.evidence"


def checked(book: Book) -> tuple[list[str], list[str], list[int]]:
    advanced: list[int] = []
    with book.reading() as reader:
        files = named(reader)
    vault = vault_of(book.location)
    return list(of_files(vault, files, advanced.append)), strangers(vault, files), advanced


def test_a_file_is_looked_at_once_taken_back_or_not(book: Book, kept: Path) -> None:
    assert checked(book) == ([], [], [1, 1, 1])


def test_what_became_of_files_is_told_by_entry_and_name(book: Book, kept: Path) -> None:
    with book.reading() as reader:
        first, second, third = (kept / one.blob.sha256[:2] / one.blob.sha256 for one in named(reader))
    first.unlink()
    second.chmod(0o600)
    second.write_text("改", "utf-8")
    (kept / "杂.doc").write_text("杂", "utf-8")
    third.rename(third.with_name("00" * 32))
    findings, foreign, _ = checked(book)
    assert [one.partition("(")[0] for one in findings] == [
        "第3号记录的佐证“一.txt”找不到",
        "第4号记录的佐证“二.txt”内容被改动过",
        "第5号记录的佐证“三.txt”找不到",
    ]
    assert foreign == [f"{third.parent.name}/{'00' * 32}", "杂.doc"]
    assert "杂.doc" in told(foreign)


def test_many_are_checked_in_little_memory(book: Book, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each file a line is kept, not what it holds."""
    with book.reading() as reader:
        one = named(reader)[0]
    files = [one._replace(blob=Blob(one.blob.sha256, one.blob.size), seq=seq) for seq in range(3000)]
    tracemalloc.start()
    assert not any(of_files(vault_of(book.location), files, lambda _: None))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000
