"""What scores and causes are counted from is the same on PostgreSQL as on SQLite."""

from datetime import date

from ledger.dates.period import parse_any_period
from ledger.model.rules import Rules
from ledger.model.scoring import EVENTS
from ledger.reports.ranking import ranking_of
from ledger.store.counts import Scope, days_of
from ledger.store.events import Happening, happenings, owed
from ledger.store.location import Location
from tests.conftest import Book
from tests.reports.test_scoring import TODAY, fill

MARCH = parse_any_period("2013-03", TODAY)


def told(book: Book) -> tuple[list[Happening], list[tuple[str, str, int]], object]:
    with book.reading() as reader:
        days = days_of(MARCH, TODAY)
        found = list(happenings(reader, days, TODAY, Scope(), EVENTS.keys()))
        causes = ranking_of(reader, MARCH, TODAY, Rules()).as_json()["causes"]
        return found, sorted(owed(reader, days, Scope())), causes


def test_events_are_alike_on_a_server(book: Book, database: Location) -> None:
    found, due, causes = told(fill(book))
    assert (found, due, causes) == told(fill(Book(database).found()))
    names = {"done", "early", "late", "overdue", "returned", "extended", "reopened", "urged", "flagged"}
    assert {one.event for one in found} == names and due and causes


def test_only_what_is_wanted_is_looked_for(book: Book) -> None:
    fill(book)
    with book.reading() as reader:
        days = days_of(MARCH, TODAY)
        for wanted in ("returned", "urged", "overdue"):
            assert {one.event for one in happenings(reader, days, TODAY, Scope(), {wanted})} == {wanted}
        assert list(happenings(reader, days, TODAY, Scope(), ())) == []


def test_what_is_listed_by_name_counts_once_whatever_day_it_is_until(book: Book) -> None:
    book.post("add", title="甲", unit="甲局", on="2013-03-01")
    for options in ({"until": "4月10日"}, {"until": "4月20日"}, {"note": "再次点名"}):
        book.post("flag", task=1, **options)
    book.post("unflag", task=1)
    book.post("flag", task=1)
    with book.reading() as reader:
        found = list(happenings(reader, days_of(MARCH, TODAY), TODAY, Scope(), {"flagged"}))
    assert [one.seq for one in found] == [3, 7]


def test_reports_missed_and_what_leaders_say_are_events(book: Book) -> None:
    for unit, cycle in (("甲局", "每周五"), ("乙局", "每月15日前")):
        book.post("add", title="甲", unit=unit, on="2013-03-01", feedback=cycle)
    book.post("note", task=1, text="过半", report=True, on="2013-03-12")
    for praise, criticism in ((True, False), (False, True), (False, True), (False, False)):
        book.post("note", task=2, text="好", remark="张某", praise=praise, criticism=criticism)
    wanted = {"report_late", "report_missing", "praised", "criticized"}
    today = date(2013, 3, 19)
    with book.reading() as reader:
        found = list(happenings(reader, days_of(MARCH, today), today, Scope(), wanted))
        later = list(happenings(reader, days_of(MARCH, date(2013, 4, 16)), date(2013, 4, 16), Scope(), wanted))
    assert [(one.event, one.task, one.seq) for one in found] == [
        ("praised", 2, 5),
        ("criticized", 2, 6),
        ("criticized", 2, 7),
        ("report_late", 1, 4),  # by the report itself
        ("report_late", 2, 3),  # what may still come, by the registration
    ]
    assert {(one.event, one.task, one.on.day) for one in later if one.task == 2} >= {("report_missing", 2, 15)}
    assert (found[3].days, found[4].days) == (4, 0)
