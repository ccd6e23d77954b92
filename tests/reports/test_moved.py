"""Which figures moved, and by which tasks."""

from datetime import date

from ledger.dates.period import Kind, period_of
from ledger.reports.moved import Element, Moved, Opened, moved, opened
from ledger.reports.rate import Rate
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 19)


def figures(book: Book, today: date = TODAY) -> Opened:
    with book.reading() as reader:
        return opened(reader, period_of(Kind.WEEK, TODAY), today, Scope())


def what_moved(was: Opened, now: Opened) -> dict[str, Moved]:
    return {name: one for name, one in moved(was, now).items() if not one.is_still}


def test_a_closing_moves_what_it_counts_in(filled: Book) -> None:
    before = figures(filled)
    filled.post("close", task="4", on="2013-03-19")
    found = what_moved(before, figures(filled))
    assert found["closed"] == Moved(1, 2, [Element(4, 15, True)], [])
    assert found["closing"].lost == [Element(4, 5, True)] and found["closing"].gained == []
    assert found["completion_rate"] == Moved(Rate(1, 3), Rate(2, 3), [Element(4, 15, True)], [Element(4, 5, False)])
    assert "opening" not in found and "overdue" not in found


def test_what_counts_as_before_by_another_entry_moved_nothing(filled: Book) -> None:
    before = figures(filled)
    filled.post("submit", task="4", by="李四", on="2013-03-19")
    assert what_moved(before, figures(filled)) == {}


def test_the_day_alone_moves_figures(filled: Book) -> None:
    found = what_moved(figures(filled), figures(filled, date(2013, 3, 22)))
    assert found["overdue"].gained == [Element(4, 5, True)] and found["overdue"].after == 2


def test_a_closing_struck_off_twice_in_a_week_counts_twice(filled: Book) -> None:
    before = figures(filled)
    filled.post("reopen", task="3", on="2013-03-19", reason="没有办好")
    filled.post("close", task="3", on="2013-03-19")
    found = what_moved(before, figures(filled))
    assert [one.task for one in found["closed"].gained] == [3] and found["closed"].after == 2
    assert "closing" not in found
