"""What scores and causes are counted from is the same on PostgreSQL as on SQLite."""

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
        found = list(happenings(reader, days, Scope(), EVENTS.keys()))
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
            assert {one.event for one in happenings(reader, days, Scope(), {wanted})} == {wanted}
        assert list(happenings(reader, days, Scope(), ())) == []
