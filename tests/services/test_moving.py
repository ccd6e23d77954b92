"""A whole ledger brought in: only where there is none, by the command line as well."""

import json
from pathlib import Path

import pytest

from tests.conftest import Book, Clerk
from tests.importers.test_journal_lines import FOUNDED, added, sealed, write


@pytest.fixture
def filled(book: Book) -> Book:
    book.post("add", title="甲", unit="综合组", due="2013-03-20", on="2013-03-01")
    book.post("submit", task="1", on="2013-03-05")
    book.post("add", title="例会", unit="宣传组", due="每月", today="2013-03-19")
    return book


def test_there_and_back_is_the_same_to_the_letter(filled: Book, clerk: Clerk, tmp_path: Path) -> None:
    one, moved, two = (str(tmp_path / name) for name in ("一.jsonl", "moved.db", "二.jsonl"))
    assert clerk("--db", str(filled.location), "export", "-o", one) == (0, "", f"已写出 {one}\n")
    brought = clerk("--db", moved, "import", one)
    assert (brought.code, brought.out) == (0, "已导入整本台账:18 条记录,15 件事项\n")
    assert clerk("--db", moved, "export", "-o", two).code == 0
    assert Path(two).read_bytes() == Path(one).read_bytes()
    assert clerk("--db", moved, "check") == (0, "", "")
    for words in (("week",), ("year", "--full"), ("list", "--status", "all"), ("log",), ("config", "show")):
        asked = [clerk("--db", db, *words, "--format", "json") for db in (str(filled.location), moved)]
        assert asked[0] == asked[1]


def test_whatever_the_program_records_it_brings_in(every_action: Book, clerk: Clerk, tmp_path: Path) -> None:
    whole, moved = str(tmp_path / "一.jsonl"), str(tmp_path / "moved.db")
    assert every_action.faults() == []
    assert clerk("--db", str(every_action.location), "export", "-o", whole).code == 0
    assert clerk("--db", moved, "import", whole).code == 0
    assert clerk("--db", moved, "check") == (0, "", "")


def test_a_ledger_with_entries_is_not_overwritten(filled: Book, clerk: Clerk, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", sealed(FOUNDED, added()))
    before = filled.rows("SELECT hash FROM entry")
    refused = clerk("--db", str(filled.location), "import", str(path))
    assert refused.code == 5
    assert "已有记录" in refused.err
    assert filled.rows("SELECT hash FROM entry") == before


def test_it_is_brought_in_alone_and_not_tried(clerk: Clerk, tmp_path: Path) -> None:
    path, db = str(write(tmp_path / "a.jsonl", sealed(FOUNDED, added()))), tmp_path / "b.db"
    for words in ((path, path), (path, "--dry-run")):
        refused = clerk("--db", str(db), "import", *words)
        assert (refused.code, refused.err.count("\n")) == (2, 1)
        assert not db.exists()


def test_a_damaged_ledger_is_not_handed_out(filled: Book, clerk: Clerk, tmp_path: Path) -> None:
    from tests.services.test_check import tamper

    tamper(filled, "UPDATE entry SET note = 'x' WHERE seq = 3")
    out = tmp_path / "a.jsonl"
    refused = clerk("--db", str(filled.location), "export", "-o", str(out))
    assert refused.code == 7
    assert "第3号记录与封印不符" in refused.err
    assert not out.exists()


def test_the_lines_are_for_programs(filled: Book, clerk: Clerk) -> None:
    printed = clerk("--db", str(filled.location), "export").out.splitlines()
    header, *rest, total = map(json.loads, printed)
    assert total.keys() == {"sha256"}
    assert header["entries"] + header["tasks"] == len(rest)
    assert rest[header["entries"] - 1]["hash"] == header["head"]
    assert (rest[-1]["id"], rest[header["entries"]]["status"]) == (header["tasks"], "submitted")
