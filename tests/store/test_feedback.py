"""Who owes a report, and what was missed, is the same on PostgreSQL as on SQLite."""

from datetime import date

from ledger.model.feedback import LATE, MISSING, Owing
from ledger.store import queries
from ledger.store.counts import Scope
from ledger.store.feedback import Missed, Owed, missed, owed_by
from ledger.store.location import Location
from tests.conftest import Book

TODAY = date(2013, 3, 19)


def fill(book: Book) -> Book:
    cycles = ("每周五", "每月15日前", "一次性", "每周五", "每周五")
    for number, cycle in enumerate(cycles):
        unit = ("综合组", "宣传组")[number % 2]
        book.post("add", title=f"甲{number}", unit=unit, with_=["督导组"], on="2013-03-01", feedback=cycle)
    book.post("note", task=1, text="无", report=True, on="2013-03-11")
    book.post("pause", task=4, reason="等批复", on="2013-03-05")
    book.post("close", task=5, on="2013-03-15")
    book.post("flag", task=3)
    return book


def told(book: Book) -> tuple[list[Owed], list[Owed], list[Missed]]:
    with book.reading() as reader:
        rules = queries.rules(reader)
        now = owed_by(reader, rules, TODAY, TODAY, Scope())
        then = owed_by(reader, rules, date(2013, 3, 10), date(2013, 3, 11), Scope())
        return now, then, list(missed(reader, rules, date(2013, 3, 1), TODAY, TODAY, Scope()))


def test_it_is_alike_on_a_server(book: Book, database: Location) -> None:
    found = told(fill(book))
    assert found == told(fill(Book(database).found()))
    now, then, faults = found
    assert [(one.task.id, one.owing) for one in now] == [
        (3, Owing(date(2013, 3, 16), 1, 0)),  # flagged first
        (2, Owing(date(2013, 3, 15), 1, 0)),
    ]
    assert [(one.task.id, one.owing.since.day) for one in then] == [(1, 8), (5, 8)]
    assert [(one.task, one.fault.due.day, one.fault.kind) for one in faults] == [
        (1, 8, LATE),
        (2, 15, LATE),
        (3, 16, LATE),
        (5, 8, MISSING),
    ]
    assert faults[0].seq == 7 and (faults[0].unit, faults[0].with_units) == ("综合组", '["督导组"]')


def test_of_some_units_and_of_days_to_come(book: Book) -> None:
    fill(book)
    with book.reading() as reader:
        rules = queries.rules(reader)
        scope = Scope(("宣传组",))
        assert [one.task.id for one in owed_by(reader, rules, TODAY, TODAY, scope)] == [2]
        until = date(2013, 3, 23)
        assert {one.task.id for one in owed_by(reader, rules, TODAY, TODAY, Scope(), until)} == {1, 2, 3}
        assert owed_by(reader, rules, date(2013, 2, 1), date(2013, 2, 2), Scope()) == []
