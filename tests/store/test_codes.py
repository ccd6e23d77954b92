"""Codes: given once, in order; what bears one has a counter of its own."""

from datetime import date

import pytest

from ledger.base.errors import Refused
from ledger.services.occurrences import open_due
from ledger.services.undo import undo
from tests.conftest import Book

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
