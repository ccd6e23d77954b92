"""What is read of recurring duties."""

from datetime import date

import pytest

from ledger.base.errors import NotFound
from ledger.store import schedule
from tests.conftest import Book


@pytest.fixture
def duties(book: Book) -> Book:
    book.post("add", title="例会", unit="综合组", due="每月", until="2013-05-31")
    book.post("add", title="简报", unit="宣传组", due="每季度")
    book.post("add", title="方案", unit="综合组", due="2013-03-29")
    return book


def test_series_in_the_order_of_their_numbers(duties: Book) -> None:
    with duties.reading() as reader:
        assert [(one.id, one.fields["title"]) for one in schedule.all_series(reader)] == [(1, "例会"), (2, "简报")]
        assert schedule.find(reader, 2).due_text == "每季度"


@pytest.mark.parametrize("number", [0, -1, 3, 2**70])
def test_a_series_that_is_not_there(duties: Book, number: int) -> None:
    with duties.reading() as reader, pytest.raises(NotFound):
        schedule.find(reader, number)


def test_the_last_number_counts_those_taken_back(duties: Book) -> None:
    with duties.reading() as reader:
        assert schedule.last_number(reader) == 2
    duties.post("add", title="专报", unit="综合组", due="每月")
    with duties.journal() as journal:
        from ledger.services.undo import undo

        undo(journal, None, None)
    with duties.reading() as reader:
        assert schedule.last_number(reader) == 3


def test_a_new_ledger_has_no_number_yet(book: Book) -> None:
    with book.reading() as reader:
        assert schedule.last_number(reader) == 0


@pytest.mark.parametrize(("horizon", "found"), [("2014-06-30", []), ("2014-07-01", [(2, date(2014, 7, 1))])])
def test_the_series_with_periods_to_open(duties: Book, horizon: str, found: list[tuple[int, date]]) -> None:
    with duties.reading() as reader:
        reached = schedule.reached(reader, date.fromisoformat(horizon))
        assert [(series.id, day) for series, day in reached] == found


def test_reaching_for_series_is_a_search_of_one_index(duties: Book) -> None:
    ((*_, plan),) = duties.rows("EXPLAIN QUERY PLAN SELECT id FROM series WHERE next_on <= '2014-01-01'")
    assert "ix_series_next_on" in plan


def test_what_was_opened(duties: Book) -> None:
    with duties.reading() as reader:
        assert schedule.opened_counts(reader) == {1: (3, date(2013, 5, 1)), 2: (6, date(2014, 4, 1))}
        assert [str(task.due_on) for task in schedule.opened(reader, 1)] == ["2013-03-31", "2013-04-30", "2013-05-31"]


@pytest.mark.parametrize(
    ("day", "start"), [("2013-04-30", "2013-04-01"), ("2013-03-18", None), ("2999-01-01", "2013-05-01")]
)
def test_the_task_of_the_last_period_by_a_day(duties: Book, day: str, start: str | None) -> None:
    with duties.reading() as reader:
        task = schedule.latest(reader, 1, date.fromisoformat(day))
    assert (task and str(task.occurrence_on)) == start
