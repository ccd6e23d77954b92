"""Codes: given once, in order; what bears one has a counter of its own."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ledger.base.errors import Refused
from ledger.services.occurrences import open_due
from ledger.services.tasks import add, edit, note
from ledger.services.undo import undo
from ledger.store.journal import Journal
from tests.conftest import Book, Clerk

WEEKLY = {"title": "例会", "unit": "综合组", "on": "2013-03-01", "due": "每周五"}
MONTHLY = {"title": "月报", "unit": "综合组", "on": "2013-03-01", "due": "每月25日前"}


def codes(book: Book, series: int) -> list[str]:
    sql = f"SELECT code FROM task WHERE series = {series} ORDER BY occurrence_on"
    return [code for (code,) in book.rows(sql)]


def test_a_series_takes_one_number_of_the_year_and_its_periods_none(book: Book) -> None:
    assert book.post("add", title="甲", unit="综合组", on="2013-03-01").code == "2013-001"
    book.post("add", **WEEKLY)
    book.post("add", **MONTHLY)
    assert codes(book, 1)[:3] == ["2013-002-01", "2013-002-02", "2013-002-03"]
    assert codes(book, 2)[:2] == ["2013-003-01", "2013-003-02"]
    assert book.post("add", title="乙", unit="综合组", on="2013-03-01").code == "2013-004"
    assert book.faults() == []


def test_the_code_of_a_series_is_nothing_elses(book: Book) -> None:
    book.post("add", **WEEKLY, code="LH")
    book.post("add", **MONTHLY)
    assert codes(book, 1)[:2] == ["LH-01", "LH-02"]
    for given in ("LH", "LH-01", "2013-001"):
        with pytest.raises(Refused, match="已经用过"):
            book.post("add", title="乙", unit="综合组", code=given)
        with pytest.raises(Refused, match="已经用过"):
            book.post("add", **MONTHLY, code=given)


def test_later_periods_go_on_counting(book: Book) -> None:
    book.post("add", **MONTHLY)
    opened = codes(book, 1)
    with book.journal("2014-03-19") as journal:
        open_due(journal)
    found = codes(book, 1)
    assert found[: len(opened)] == opened
    assert len(found) > len(opened)
    assert found == [f"2013-001-{number:02d}" for number in range(1, len(found) + 1)]


def test_a_series_taken_back_keeps_its_number(book: Book) -> None:
    book.post("add", **MONTHLY)
    with book.journal() as journal:
        undo(journal, None, None)
    assert book.post("add", title="甲", unit="综合组", on="2013-03-01").code == "2013-002"
    assert book.faults() == []


def test_a_series_begun_without_a_code_has_its_first_periods_for_it(book: Book) -> None:
    """As 0.1.0 began them: each period by a number of the year."""
    with book.journal("2013-03-01") as journal:
        definition = {"fields": {"title": "月报", "unit": "综合组"}, "due_text": "每月25日前", "anchor": "2013-03-01"}
        journal.configure({"series:1": [None, definition]}, action="series")
        for month in (3, 4):
            begin, due = date(2013, month, 1), date(2013, month, 25)
            days = {"assigned_on": begin, "due_on": due, "original_due_on": due, "occurrence_on": begin}
            fields = {"title": "月报", "unit": "综合组", "due_text": "每月25日前", "series": 1, **days}
            journal.add({**fields, "code": journal.codes.next(2013)}, None)
        journal.flush()
        journal.writer.execute("UPDATE series SET next_on = '2013-05-01'")
    with book.journal() as journal:
        open_due(journal)
    assert codes(book, 1)[:4] == ["2013-001", "2013-002", "2013-001-02", "2013-001-03"]
    assert book.faults() == []


class Clock:
    """Commands at moments of 19 and 20 March 2013, in China."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def at(self, day: int, hour: int, work: Callable[[Journal], object]) -> None:
        zone = ZoneInfo("Asia/Shanghai")
        with self.book.journal(now=datetime(2013, 3, day, hour, tzinfo=zone)) as journal:
            work(journal)

    def add(self, day: int, hour: int, *titles: str, **options: object) -> None:
        def work(journal: Journal) -> None:
            for title in titles:
                add(journal, {"title": title, "unit": "综合组", **options})

        self.at(day, hour, work)

    def undo(self, day: int, hour: int, seq: int | None = None) -> None:
        self.at(day, hour, lambda journal: undo(journal, seq, None))

    def codes(self) -> list[str]:
        assert self.book.faults() == []
        return [code for (code,) in self.book.rows("SELECT code FROM task ORDER BY id")]


@pytest.fixture
def clock(book: Book) -> Clock:
    found = Clock(book)
    found.add(19, 9, "先有的")
    return found


def test_the_last_number_taken_back_on_its_day_is_given_again(clock: Clock) -> None:
    clock.add(19, 10, "误登")
    clock.undo(19, 23)
    clock.add(20, 9, "重登")
    assert clock.codes() == ["2013-001", "2013-002"]
    clock.undo(20, 10)
    clock.add(20, 11, "再登", "又一件")
    assert clock.codes() == ["2013-001", "2013-002", "2013-003"]
    assert clock.book.rows("SELECT max(id) FROM task") == [(5,)], "numbers of tasks stay used"


def test_a_whole_command_of_several_frees_them_all(clock: Clock) -> None:
    clock.add(19, 10, "甲", "乙", "丙")
    clock.undo(19, 11)
    clock.add(19, 12, "丁")
    assert clock.codes() == ["2013-001", "2013-002"]


def test_the_day_is_that_of_the_ledger_s_zone(clock: Clock) -> None:
    clock.add(19, 23, "误登")  # the 19th in UTC until 8 on the 20th
    clock.undo(20, 1)
    clock.add(20, 9, "重登")
    assert clock.codes() == ["2013-001", "2013-003"]


def test_what_was_not_the_last_when_it_was_taken_back_stays_used(clock: Clock) -> None:
    clock.add(19, 10, "甲")
    clock.add(19, 11, "乙")
    clock.undo(19, 12, seq=3)
    clock.add(19, 13, "丙")
    assert clock.codes() == ["2013-001", "2013-003", "2013-004"]
    clock.undo(19, 14)
    clock.undo(19, 15)
    clock.add(19, 16, "丁")
    assert clock.codes() == ["2013-001", "2013-003"], "the one below was not the last of the year"


@pytest.mark.parametrize(
    "naming",
    [
        lambda journal: note(journal, {"task": 1, "text": "与2013-002合并办理"}),
        lambda journal: edit(journal, {"task": 1, "measure": "参照 2013-002"}),
        lambda journal: add(journal, {"title": "分项", "unit": "综合组", "code": "2013-002-01"}),
    ],
    ids=["note", "field", "part"],
)
def test_what_something_in_force_names_stays_used(clock: Clock, naming: Callable[[Journal], object]) -> None:
    clock.add(19, 10, "误登")
    clock.at(19, 11, naming)
    clock.undo(19, 12, seq=3)
    clock.add(19, 13, "重登")
    assert clock.codes()[-1] == "2013-003"


def test_a_code_of_its_own_stays_used(clock: Clock) -> None:
    clock.add(19, 10, "误登", code="办-7")
    clock.undo(19, 11)
    with pytest.raises(Refused, match="已经用过"):
        clock.add(19, 12, "重登", code="办-7")


def test_a_number_that_is_free_again_may_be_given_by_hand_and_moves_with_the_ledger(
    clock: Clock, clerk: Clerk, tmp_path: Path
) -> None:
    clock.add(19, 10, "误登")
    clock.undo(19, 11)
    clock.add(19, 12, "重登", code="2013-002")
    assert clock.codes() == ["2013-001", "2013-002"]
    whole, moved = str(tmp_path / "整本.jsonl"), str(tmp_path / "moved.db")
    assert clerk("--db", str(clock.book.location), "export", "-o", whole).code == 0
    assert clerk("--db", moved, "import", whole).code == 0
    assert clerk("--db", moved, "check").code == 0
