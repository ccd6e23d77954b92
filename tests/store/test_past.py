"""The ledger as it was recorded at a moment."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ledger.services.undo import undo
from ledger.store import queries
from ledger.store.past import recall, replay_settings
from tests.conftest import Book

NINE = datetime(2013, 3, 19, 9, tzinfo=UTC)


@pytest.fixture
def told(book: Book) -> Book:
    """At nine a task is registered, then each hour: a note, a closing, a setting, the voiding of the closing."""
    hours = [NINE + timedelta(hours=hour) for hour in range(5)]
    book.post("add", now=hours[0], title="甲", unit="综合组", due="2013-03-20", on="2013-03-01", with_=["宣传组"])
    book.post("note", now=hours[1], task="1", text="经费", problem=True)
    book.post("close", now=hours[2], task="1", on="2013-03-15")
    with book.journal(now=hours[3]) as journal:
        journal.configure({"name": ["学创台账", "新名"]})
    with book.journal(now=hours[4]) as journal:
        undo(journal, 4, None)
    return book


@pytest.mark.parametrize(
    ("hour", "entries", "status", "problems", "name"),
    [
        (-1, 1, None, None, "学创台账"),
        (0, 2, "open", 0, "学创台账"),
        (1.5, 3, "open", 1, "学创台账"),
        (2, 4, "closed", 0, "学创台账"),
        (3, 5, "closed", 0, "新名"),
        (4, 6, "open", 1, "新名"),
        (1000, 6, "open", 1, "新名"),
    ],
)
def test_what_was_recorded_by_then(
    told: Book, hour: float, entries: int, status: str | None, problems: int | None, name: str
) -> None:
    with told.reading() as reader:
        past = recall(reader, NINE + timedelta(hours=hour))
    assert past.rows("SELECT count(*) FROM entry") == [(entries,)]
    found = queries.tasks(past, "")
    assert [(task.status, len(task.open_problems)) for task in found] == (
        [] if status is None else [(status, problems)]
    )
    assert queries.rules(past).name == name
    past.close()


def test_of_now_it_is_what_stands_in_the_store(told: Book) -> None:
    with told.reading() as reader:
        past = recall(reader, NINE + timedelta(days=1))
        for table in ("task", "span", "setting", "entry"):
            sql = f"SELECT * FROM {table} ORDER BY 1"
            assert past.rows(sql) == reader.rows(sql), table
        assert queries.task_numbered(past, 1) == queries.task_numbered(reader, 1)
    assert queries.task_numbered(past, 1).assigned_on == date(2013, 3, 1)
    past.close()


def test_a_setting_taken_back_is_not_set(told: Book) -> None:
    with told.reading() as reader:
        entry = next(queries.entries(reader))
    taken = entry._replace(changes={"name": ["学创台账", None]})
    assert replay_settings([entry]) == {"name": "学创台账"}
    assert replay_settings([entry, taken]) == {}
