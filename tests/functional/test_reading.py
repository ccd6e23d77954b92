"""No reading command opens a period or writes anything else: the file is the same to the byte, whatever day it is."""

import re
from pathlib import Path

import pytest

from ledger.cli.app import command
from ledger.cli.reference import command_reference
from tests.conftest import Book, Clerk

READING: dict[str, list[tuple[str, ...]]] = {
    "ledger": [()],
    "list": [(), ("--ahead", "--all-periods"), ("--status", "all", "-f", "json"), ("-f", "xlsx", "-o", "清单.xlsx")],
    "show": [("id:1",), ("例会", "-f", "json")],
    "overdue": [(), ("--within", "30")],
    "week": [(), ("+1",), ("-o", "周.docx")],
    "quarter": [("--full",)],
    "evidence list": [("id:1",)],
    "evidence get": [("id:1", "1", "-o", "回.txt")],
    "when": [("上一期销号后10日内",), ("每周五",)],
    "slip": [("--list",), ("--unreceived", "-f", "json"), ("id:1", "--kind", "交办", "--draft", "-o", "单.docx")],
    "export": [(), ("-f", "csv"), ("--template", "--split", "-o", "填报")],
    "series show": [("1",)],
    "series preview": [("1",), ("2", "--count", "500")],
    "check": [()],
    "backup": [("-o", "备份.db")],
    "archive": [("走访完", "-o", "案卷.zip")],
    "diff": [("2013-03-18",), ("1", "now", "-f", "json")],
    "reprint": [("1",), ("1", "-o", "印.docx")],
    "config get": [("name",)],
    "config template": [("-o", "模板.docx")],
    "config units": [()],
    "config holidays": [()],
    "config mappings": [()],
}
_WRITING = ("publish",)
"""What prints a report and records that it did."""

_LATER = "2015-07-01"
"""Far beyond the horizon of the day on which the series were begun."""


@pytest.fixture
def neglected(book: Book, clerk: Clerk) -> Book:
    """A ledger whose series have long since had periods to open; a list of it was issued."""
    book.post("add", title="方案", unit="综合组", due="2013-03-29")
    book.post("add", title="例会", unit="综合组", due="每周五")
    book.post("add", title="走访", unit="综合组", due="上一期销号后10日内")
    book.post("add", title="走访完", unit="综合组")
    book.post("close", task="走访完")
    assert clerk("--db", str(book.location), "--today", "2013-03-19", "publish", "week").code == 0
    paper = Path(str(book.location.path)).with_name("纪要.txt")
    paper.write_text("纪要", "utf-8")
    book.post("evidence", task=1, evidence=[str(paper)])
    return book


def ways() -> list[tuple[str, tuple[str, ...]]]:
    """Every command that has a `--format`, for that is what reading commands take, and the others that read; with no
    arguments where nothing is said of them above."""
    pages = re.split("^## ledger ?", command_reference(command()), flags=re.MULTILINE)[1:]
    formatted = [page.partition("\n")[0] for page in pages if re.search("^ .*--format", page, re.MULTILINE)]
    return [
        (name, words)
        for name in dict.fromkeys((*READING, *formatted))
        if name not in _WRITING
        for words in READING.get(name, [()])
    ]


@pytest.mark.parametrize(("name", "words"), ways())
def test_reading_leaves_the_ledger_as_it_is(
    neglected: Book, clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = neglected.location.path
    assert path is not None
    before = path.read_bytes()
    named = [] if name == "ledger" else name.split()
    answer = clerk("--db", str(path), "--today", _LATER, *named, *words)
    assert (answer.code, "Traceback" in answer.err) == (0, False), answer.err
    assert path.read_bytes() == before


def test_writing_is_what_opens_them(neglected: Book, clerk: Clerk) -> None:
    (before,) = neglected.rows("SELECT max(occurrence_on) FROM task")
    assert clerk("--db", str(neglected.location.path), "--today", _LATER, "note", "id:1", "进展").code == 0
    (after,) = neglected.rows("SELECT max(occurrence_on) FROM task")
    assert before < after
