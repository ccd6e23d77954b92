"""Rows as they are written."""

from datetime import date
from typing import Any

import pytest

from ledger.base.errors import LedgerError
from ledger.store import queries, rows
from tests.conftest import Book

DEFINITION: dict[str, Any] = {"fields": {"title": "例会", "unit": "综合组"}, "due_text": "每月", "anchor": "2013-03-19"}


def test_no_rows_are_no_statement(book: Book) -> None:
    with book.journal() as journal:
        rows.insert(journal.writer, "setting", [])
        rows.insert(journal.writer, "setting", [{"value": "1", "name": "甲"}, {"name": "乙", "value": "2"}])
    assert book.rows("SELECT name, value FROM setting WHERE name <> 'name' ORDER BY value") == [
        ("甲", "1"),
        ("乙", "2"),
    ]


def test_of_a_task_only_what_changed_is_written(book: Book) -> None:
    book.post("add", title="甲", unit="综合组")
    with book.journal() as journal:
        task = journal.task(1)
        before = {1: {**queries.task_row(task), "owner": "别人"}}
        journal.writer.execute("UPDATE task SET title = '旁人所改', owner = '别人'")
        rows.update_tasks(journal.writer, before, {1: task})
    assert book.rows("SELECT title, owner FROM task") == [("旁人所改", None)]


def test_a_balance_without_entries_is_gone(book: Book) -> None:
    book.post("add", title="甲", unit="综合组")
    book.post("add", title="乙", unit="综合组")
    with book.journal() as journal:
        kept = dict(journal.entries_in_force([1, 2]))
        (task,) = rows.restate(journal.writer, {1: [], 2: kept[2]})
    assert (task.id, task.title) == (2, "乙")
    assert book.rows("SELECT id FROM task") == book.rows("SELECT task FROM span") == [(2,)]


def test_series_are_posted_changed_and_removed(book: Book) -> None:
    def post(definition: dict[str, Any] | None) -> None:
        with book.journal() as journal:
            rows.post_series(journal.writer, 4, definition)

    post(DEFINITION)
    assert book.rows("SELECT id, next_on FROM series") == [(4, "0001-01-01")]
    with book.journal() as journal:
        rows.open_from(journal.writer, 4, date(2014, 5, 1))
    post(DEFINITION | {"due_text": "每周"})
    assert book.rows("SELECT next_on FROM series WHERE definition LIKE '%每周%'") == [("2014-05-01",)]
    post(None)
    assert book.rows("SELECT * FROM series") == []


def test_no_period_has_two_tasks(book: Book) -> None:
    book.post("add", title="例会", unit="综合组", due="每月", until="2013-05-31")
    with pytest.raises(LedgerError), book.journal() as journal:
        journal.writer.execute("UPDATE task SET occurrence_on = '2013-04-01'")
