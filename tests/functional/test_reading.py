"""No reading command opens a period or writes anything else: the file is the same to the byte, whatever day it is."""

import re
from pathlib import Path

import pytest

from ledger.cli.app import command
from ledger.cli.reference import command_reference
from ledger.model.lifecycle import STEPS
from tests.conftest import Book, Clerk

READING: dict[str, list[tuple[str, ...]]] = {
    "ledger": [()],
    "list": [(), ("--ahead", "--all-periods"), ("--status", "all", "-f", "json"), ("-f", "xlsx", "-o", "清单.xlsx")],
    "show": [("id:1",), ("例会", "-f", "json")],
    "overdue": [(), ("--within", "30")],
    "week": [(), ("+1",), ("-o", "周.docx")],
    "month": [()],
    "quarter": [("--full",)],
    "half": [()],
    "year": [()],
    "rank": [()],
    "when": [("上一期销号后10日内",), ("每周五",)],
    "log": [()],
    "export": [(), ("-f", "csv"), ("--template", "--split", "-o", "填报")],
    "series list": [()],
    "series show": [("1",)],
    "series preview": [("1",), ("2", "--count", "500")],
    "check": [()],
    "backup": [("-o", "备份.db")],
    "config show": [()],
    "config get": [("name",)],
    "config template": [("-o", "模板.docx")],
    "config units": [()],
    "config units show": [()],
    "config holidays": [()],
    "config holidays list": [()],
    "config view": [()],
    "config mappings": [()],
    "config mappings list": [()],
}
WRITING = {
    *("add", "edit", "note", "extend", "tally", "undo", "comb", *STEPS),
    *("import", "batch", "init", "restore", "upgrade", "config set", "config stage"),
    *(f"series {name}" for name in ("edit", "pause", "end", "skip")),
}
_LATER = "2015-07-01"
"""Far beyond the horizon of the day on which the series were begun."""


@pytest.fixture
def neglected(book: Book) -> Book:
    """A ledger whose series have long since had periods to open."""
    book.post("add", title="方案", unit="综合组", due="2013-03-29")
    book.post("add", title="例会", unit="综合组", due="每周五")
    book.post("add", title="走访", unit="综合组", due="上一期销号后10日内")
    return book


def commands() -> list[str]:
    """Every command of the program that is one, by its words."""
    words = re.findall("^## ledger ?(.*)$", command_reference(command()), re.MULTILINE)
    return [one or "ledger" for one in words]


def test_each_command_is_known_to_read_or_to_write() -> None:
    groups = {one.rpartition(" ")[0] for one in commands()} - {""}
    known = {*READING, *WRITING, *groups}
    assert [one for one in commands() if one not in known and not one.startswith("config ")] == []
    assert {*READING} | WRITING <= {*commands()}


@pytest.mark.parametrize(("name", "words"), [(name, words) for name, ways in READING.items() for words in ways])
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
