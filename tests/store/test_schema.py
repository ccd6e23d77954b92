"""The tables hold by themselves to what the program promises of them."""

import sqlite3
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from ledger.model.entry import Entry
from ledger.model.replay import Span
from ledger.model.task import COLUMNS
from ledger.store import schema
from tests.conftest import Book


@pytest.fixture
def connection(book: Book) -> Iterator[sqlite3.Connection]:
    book.post("add", title="甲", unit="综合组", due="2013-03-20")
    path = book.location.path
    assert path is not None
    found = sqlite3.connect(path, isolation_level=None)
    yield found
    found.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET note = 'x' WHERE seq = 1",
        "DELETE FROM entry",
        "DELETE FROM entry WHERE seq = 2",
    ],
)
def test_the_journal_is_appended_only(connection: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="appended only"):
        connection.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        "status = 'done'",
        "progress = 101",
        "progress = -1",
        "grace_days = -1",
        "extensions = -1",
        "title = NULL",
        "due_on = '2013-3-20'",
        "due_on = '明天'",
        "assigned_on = '20130301'",
        "last_day = 20130301",
    ],
)
def test_a_task_takes_no_value_out_of_its_domain(connection: sqlite3.Connection, change: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"UPDATE task SET {change}")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO task SELECT * FROM task",
        "INSERT INTO code VALUES ('2013-001', 2013, 1)",
        "INSERT INTO span SELECT * FROM span",
        "INSERT INTO entry SELECT * FROM entry",
        "UPDATE span SET since = '2013-3-1'",
    ],
)
def test_numbers_codes_and_days_hold(connection: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def test_the_columns_are_those_of_the_model() -> None:
    assert tuple(schema.task.c.keys()) == COLUMNS
    assert tuple(schema.entry.c.keys()) == Entry._fields
    assert tuple(schema.span.c.keys()) == Span._fields


def test_the_columns_are_named_as_the_contract_s_keys(connection: sqlite3.Connection) -> None:
    for table, keys in (
        ("task", "id code title unit with owner leader activity stage source measure key flagged status assigned_on "
                 "start_on due_on due_text grace_days original_due_on extensions submitted_on closed_on progress note "
                 "series quota"),
        ("entry", "seq task action on recorded_at actor account note changes voids hash"),
    ):  # fmt: skip
        columns = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
        assert set(keys.split()) <= columns


def test_texts_sort_by_code_point_on_postgresql_too() -> None:
    from sqlalchemy.dialects import postgresql

    ddl = str(sa.schema.CreateTable(schema.task).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert 'title TEXT COLLATE "C"' in ddl
    assert "GLOB" not in ddl
