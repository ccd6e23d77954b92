"""The ledger as it was recorded at a moment."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import StoreUnusable
from ledger.model.entry import encode
from ledger.services.moving import take_over
from ledger.services.undo import undo
from ledger.store import queries
from ledger.store.head import head_of
from ledger.store.location import Location
from ledger.store.opening import open_reader
from ledger.store.past import recall, recall_to
from ledger.store.posting import replay_settings
from ledger.store.reader import Reader
from ledger.store.server import SqlReader
from tests.conftest import Book, Clerk, examples
from tests.properties.histories import Command, histories
from tests.properties.pair import living, new_ledger
from tests.properties.test_past import WAYS, contents, rebuilt, recalled

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
    with told.reading() as reader, closing(recall(reader, NINE + timedelta(hours=hour))) as past:
        assert past.rows("SELECT count(*) FROM entry") == [(entries,)]
        found = queries.tasks(past, "")
        assert [(task.status, len(task.open_problems)) for task in found] == (
            [] if status is None else [(status, problems)]
        )
        assert queries.rules(past).name == name


def test_before_it_was_begun_there_is_none(told: Book) -> None:
    with told.reading() as reader, pytest.raises(StoreUnusable, match="那时还没有台账"):
        recall(reader, datetime(2013, 1, 31, tzinfo=UTC))


def test_of_now_it_is_the_ledger_itself(told: Book) -> None:
    with told.reading() as reader:
        assert recall(reader, NINE + timedelta(days=1)) is reader
        assert recall_to(reader, 6) is reader


def _compared(reader: Reader) -> None:
    """Each entry's past, both ways, against a ledger made of the entries up to it."""
    count = head_of(reader).seq
    for seq in range(1, count):
        with rebuilt(reader, seq) as should:
            for way in WAYS:
                with recalled(reader, seq, way) as found:
                    assert contents(found) == contents(should), (seq, way)


def test_every_action_is_taken_back(every_action: Book) -> None:
    with every_action.reading() as reader:
        _compared(reader)


def test_a_code_that_was_free_again_and_is_given_twice_was_given_once(book: Book) -> None:
    book.post("add", title="甲", unit="综合组")
    for _ in range(2):
        book.post("add", title="乙", unit="综合组")
        with book.journal() as journal:
            undo(journal, None, "多记")
    book.post("edit", task=1, code="办-1")
    with book.journal() as journal:
        undo(journal, None, "多记")
    assert book.post("add", title="丙", unit="综合组").code == "2013-002"
    with book.reading() as reader:
        _compared(reader)


def test_a_setting_taken_back_is_not_set(told: Book) -> None:
    with told.reading() as reader:
        entry = next(queries.entries(reader))
    taken = entry._replace(changes={"name": ["学创台账", None]})
    assert replay_settings([entry]) == {"name": "学创台账"}
    assert replay_settings([entry, taken]) == {}


@pytest.mark.parametrize("way", WAYS)
def test_without_room_for_it_that_is_what_is_told(told: Book, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    connect = sqlite3.connect

    def cramped(*given: Any, **how: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **how)
        connection.execute("PRAGMA max_page_count = 4")
        return connection

    with told.reading() as reader:
        monkeypatch.setattr(sqlite3, "connect", cramped)
        with pytest.raises(StoreUnusable, match="磁盘已满,台账 临时目录里的副本 写不进去"), recalled(reader, 4, way):
            pass
        monkeypatch.undo()
        assert len(queries.tasks(reader, "")) == 1


def test_the_past_cannot_be_written(told: Book) -> None:
    for way in WAYS:
        with told.reading() as reader, recalled(reader, 4, way) as past, pytest.raises(StoreUnusable, match="只读"):
            past.rows("DELETE FROM task")


def test_what_is_read_of_the_past_holds_off_nobody(told: Book, clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody writes while a past report is made."""
    made = queries.units

    def meanwhile(reader: Reader, order: tuple[str, ...]) -> list[str]:
        told.post("note", task=1, text="进展")
        return made(reader, order)

    monkeypatch.setattr(queries, "units", meanwhile)
    answer = clerk("--db", str(told.location.path), "week", "--as-of", "2013-03-19T18:30:00+08:00", "-f", "json")
    assert answer.code == 0 and json.loads(answer.out)["totals"]["opening"] == 1
    assert len(told.rows("SELECT 1 FROM entry")) == 7


@contextmanager
def fresh_database(server: str) -> Iterator[Location]:
    name = f"ledger_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield Location(
            None, server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")
        )
        connection.execute(f'DROP DATABASE "{name}"'.encode())


@given(history=histories, data=st.data())
@examples(15)
def test_on_a_server_it_is_the_same(
    server: str, tmp_path_factory: pytest.TempPathFactory, history: tuple[Any, list[Command]], data: st.DataObject
) -> None:
    template = tmp_path_factory.mktemp("template") / "ledger.db"
    new_ledger(template)
    with living(template, *history) as pair, pair.reading() as reader, fresh_database(server) as database:
        entries = [(entry, encode(entry.changes)) for entry in queries.entries(reader)]
        take_over(database, entries, lambda _: None)
        seq = data.draw(st.integers(2, len(entries)), "seq")
        way = data.draw(st.sampled_from(sorted(WAYS)), "way")
        with (
            closing(open_reader(database)) as present,
            rebuilt(reader, seq) as should,
            recalled(present, seq, way) as found,
        ):
            assert isinstance(found, SqlReader) == (way == "taken back" or seq == len(entries))
            assert contents(found) == contents(should)


def test_a_role_that_may_make_no_tables_has_the_journal_replayed(every_action: Book, database: Location) -> None:
    with every_action.reading() as reader:
        take_over(database, [(entry, encode(entry.changes)) for entry in queries.entries(reader)], lambda _: None)
        assert database.url is not None
        with psycopg.connect(database.url.replace("+psycopg", ""), autocommit=True) as connection:
            name = f"clerk_{uuid4().hex}"
            connection.execute(f"CREATE ROLE {name} LOGIN".encode())
            connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}".encode())
            connection.execute(b"REVOKE TEMPORARY ON DATABASE " + connection.info.dbname.encode() + b" FROM PUBLIC")
        theirs = Location(None, database.url.replace("postgres:@", f"{name}:@"))
        with closing(open_reader(theirs)) as present, recalled(present, 30, "taken back") as found:
            assert not isinstance(found, SqlReader)
            with rebuilt(reader, 30) as should:
                assert contents(found) == contents(should)


def test_what_stands_in_a_log_beside_the_file_is_seen(told: Book) -> None:
    """The file was switched to a WAL, by another program that has it open."""
    with closing(sqlite3.connect(str(told.location.path), isolation_level=None)) as other:
        assert other.execute("PRAGMA journal_mode=WAL").fetchall() == [("wal",)]
        other.execute("PRAGMA wal_autocheckpoint=0")
        told.post("note", task=1, text="进展", now=NINE + timedelta(hours=9))
        told.post("close", task=1, now=NINE + timedelta(hours=10))
        with told.reading() as reader, closing(recall(reader, NINE + timedelta(hours=9))) as past:
            assert len(past.rows("SELECT 1 FROM entry")) == 7
            assert [(task.status, task.note) for task in queries.tasks(past, "")] == [("open", "进展")]


def test_a_file_that_may_not_be_written_has_a_past(told: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anything
    before = told.location.path and told.location.path.read_bytes()
    with told.reading() as reader, closing(recall(reader, NINE)) as past:
        assert len(past.rows("SELECT 1 FROM entry")) == 2
        with pytest.raises(StoreUnusable, match="只读"):
            reader.rows("DELETE FROM task")
    assert told.location.path and told.location.path.read_bytes() == before


def test_on_a_server_it_is_of_what_the_reader_sees(every_action: Book, database: Location) -> None:
    """Somebody writes between the two connections."""
    with every_action.reading() as reader:
        entries = [(entry, encode(entry.changes)) for entry in queries.entries(reader)]
        take_over(database, entries, lambda _: None)
        with closing(open_reader(database)) as present:
            Book(database).post("note", task=2, text="进展", progress=70)
            with (
                recalled(present, len(entries) - 1, "taken back") as found,
                rebuilt(reader, len(entries) - 1) as should,
            ):
                assert contents(found) == contents(should)
