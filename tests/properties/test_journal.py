"""The journal over random histories: sealed, in order, tampering found, the past as it was."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.model.entry import SEALED, broken_seals, canonical_form, encode
from ledger.services.check import check
from ledger.store import head, past, queries
from ledger.store.location import Location
from ledger.store.opening import open_reader
from ledger.store.reader import Reader
from ledger.store.spans import span_rows
from tests.conftest import examples
from tests.properties.histories import BASES, Command, Op, Question, histories
from tests.properties.naive_report import comparable, report
from tests.properties.pair import Pair, living

History = tuple[date, list[Command]]
COLUMNS = (*SEALED, "hash")
BUSY = [
    Command(0, (Op("add", due=3, activity=1), Op("add", due=9, number=5, flags=frozenset({"with"})), Op("add"))),
    Command(2, (Op("note", 0, flags=frozenset({"problem"}), number=40), Op("close", 2))),
    Command(3, (Op("extend", 0, due=9), Op("edit", 1, flags=frozenset({"unit"}), unit=2)), actor=1),
    Command(1, (Op("close", 0, back=1),)),
    Command(0, (Op("reopen", 0), Op("cancel", 1))),
    Command(5, (Op("undo", number=-1),)),
    Command(1, (Op("add", due=-2, unit=1), Op("close", 2)), actor=1),
    Command(0, (Op("note", 3, number=-1),)),
]
"""Commands of every kind, all allowed."""


@given(history=histories)
@examples(60)
def test_any_history_is_sealed_in_order_and_checks_out(template: Path, history: History) -> None:
    with living(template, *history) as pair, pair.reading() as reader:
        assert list(check(reader)) == []
        entries = list(queries.entries(reader))
        assert [entry.seq for entry in entries] == list(range(1, pair.naive.head + 1))
        moments = [entry.recorded_at for entry in entries]
        assert moments == sorted(moments)
        rows = [(canonical_form(entry, encode(entry.changes)).encode(), entry.seq, entry.hash) for entry in entries]
        assert list(broken_seals(rows)) == []
        assert rows == list(head.sealed(reader))


_anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(texts=st.lists(st.none() | _anything, min_size=1, max_size=8), number=st.integers(-(2**63), 2**63 - 1))
@examples(500)
def test_sqlite_and_python_write_the_same_canonical_form(texts: list[str | None], number: int) -> None:
    values = [number, *texts]
    marks = ", ".join("?" for _ in values)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE TABLE kept ({', '.join(f'c{i}' for i in range(len(values)))})")
        connection.execute(f"INSERT INTO kept VALUES ({marks})", values)
        columns = ", ".join(f"c{i}" for i in range(len(values)))
        ((written,),) = connection.execute(f"SELECT json_array({columns}) FROM kept").fetchall()
    assert written == encode(values)


@pytest.fixture(scope="module")
def busy(template: Path) -> Iterator[Path]:
    """A ledger with entries of every kind, sound, its triggers gone."""
    with living(template, BASES[0], BUSY) as pair:
        assert {entry.action for entry in _entries(pair)} >= {"add", "note", "extend", "close", "reopen", "void"}
        yield _path(pair)


def _entries(pair: Pair) -> list[Any]:
    with pair.reading() as reader:
        return list(queries.entries(reader))


def _path(pair: Pair) -> Path:
    assert pair.location.path is not None
    return pair.location.path


@contextmanager
def tampered(sound: Path) -> Iterator[sqlite3.Connection]:
    """A copy of a ledger, open to whoever goes round the program; its triggers are back when the block ends, and
    then `check` must find what was done."""
    with TemporaryDirectory(dir=sound.parent) as room:
        path = Path(room) / "ledger.db"
        shutil.copy(sound, path)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            yield connection
            for _, sql in triggers:
                connection.execute(sql)
        with closing(open_reader(Location(path))) as reader:
            assert list(check(reader))


def change_byte(connection: sqlite3.Connection, seq: int, column: str, place: int, mask: int) -> None:
    """Flip bits in one byte of a text; add to a number; put a byte or a number where nothing was."""
    where = "FROM entry WHERE seq = ?"
    ((kind, value),) = connection.execute(f'SELECT typeof("{column}"), CAST("{column}" AS BLOB) {where}', (seq,))
    kept: object
    if kind == "text":
        flipped = bytearray(value)
        flipped[place % len(flipped)] ^= mask
        kept, mark = bytes(flipped), "CAST(? AS TEXT)"
    elif kind == "null":
        kept, mark = (mask if column in ("task", "voids") else chr(mask)), "?"
    else:
        kept, mark = int(value) + (mask if column != "seq" else mask + 1000), "?"
    connection.execute(f'UPDATE entry SET "{column}" = {mark} WHERE seq = ?', (kept, seq))


@given(data=st.data())
@examples(150)
def test_any_byte_changed_in_the_journal_is_found(busy: Path, data: st.DataObject) -> None:
    with tampered(busy) as connection:
        ((last,),) = connection.execute("SELECT max(seq) FROM entry").fetchall()
        seq = data.draw(st.integers(1, last), "seq")
        column = data.draw(st.sampled_from(COLUMNS), "column")
        change_byte(connection, seq, column, data.draw(st.integers(0, 300), "place"), data.draw(st.integers(1, 255)))


@pytest.mark.faults
def test_every_byte_changed_in_the_journal_is_found(busy: Path) -> None:
    with closing(sqlite3.connect(busy)) as connection:
        sizes = ", ".join(f'coalesce(length(CAST("{column}" AS BLOB)), 1)' for column in COLUMNS)
        rows = connection.execute(f"SELECT seq, {sizes} FROM entry").fetchall()
    for seq, *lengths in rows:
        for column, length in zip(COLUMNS, lengths, strict=True):
            for place in range(length):
                with tampered(busy) as connection:
                    change_byte(connection, seq, column, place, 1 << place % 8)


@given(data=st.data())
@examples(40)
def test_a_deleted_entry_is_found(busy: Path, data: st.DataObject) -> None:
    """Save a last one that changed nothing (here a note said twice): only a head kept elsewhere tells of that."""
    with tampered(busy) as connection:
        ((last,),) = connection.execute("SELECT max(seq) FROM entry").fetchall()
        connection.execute("DELETE FROM entry WHERE seq = ?", (data.draw(st.integers(1, last - 1), "seq"),))


@given(data=st.data())
@examples(40)
def test_reordered_entries_are_found(busy: Path, data: st.DataObject) -> None:
    with tampered(busy) as connection:
        ((last,),) = connection.execute("SELECT max(seq) FROM entry").fetchall()
        one = data.draw(st.integers(1, last - 1), "one")
        other = data.draw(st.integers(one + 1, last), "other")
        for old, new in ((one, -1), (other, one), (-1, other)):
            connection.execute("UPDATE entry SET seq = ? WHERE seq = ?", (new, old))


@given(data=st.data())
@examples(60)
def test_any_projection_changed_is_found(busy: Path, data: st.DataObject) -> None:
    table, key = data.draw(st.sampled_from((("task", "id"), ("span", "seq"))), "table")
    with tampered(busy) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        rows = [row[0] for row in connection.execute(f"SELECT {key} FROM {table}")]
        column, row = data.draw(st.sampled_from(columns), "column"), data.draw(st.sampled_from(rows), "row")
        ((value,),) = connection.execute(f'SELECT "{column}" FROM {table} WHERE {key} = ?', (row,)).fetchall()
        days = ("since", "until") if table == "span" else [name for name in columns if name.endswith(("_on", "_day"))]
        other: object = "1999-12-31" if column in days else '["别处"]' if column == "with" else "9"
        if column == "problems":
            other = '[[1,"x","1999-12-31"]]'
        elif isinstance(value, int):
            other = 1 - value if column in ("key", "flagged", "extended_late") else value + 1000
        connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE {key} = ?', (other, row))


def contents(reader: Reader) -> tuple[object, ...]:
    tasks = queries.tasks(reader, "ORDER BY t.id")
    return tasks, list(span_rows(reader, "1 = 1", {})), queries.settings(reader), list(queries.entries(reader))


@given(history=histories, cut=st.integers(0, 30), late=st.integers(0, 59), kind=st.sampled_from(("week", "quarter")))
@examples(40)
def test_the_past_is_recalled_as_it_was(template: Path, history: History, cut: int, late: int, kind: str) -> None:
    """A copy kept at a moment tells what was; the clock moves on by a minute with each command."""
    base, commands = history
    commands = [command._replace(tick=60) for command in commands]
    with living(template, base, commands[:cut]) as pair:
        then, naive, moment = pair.today, pair.naive, pair.now
        kept = _path(pair).with_name("kept.db")
        shutil.copy(_path(pair), kept)
        pair.live(commands[cut:])
        pair.today = then
        moment = (moment + timedelta(seconds=late)).astimezone(timezone(timedelta(hours=8)))
        with (
            pair.reading() as present,
            closing(open_reader(Location(kept))) as copy,
            closing(past.recall(present, moment)) as recalled,
        ):
            assert contents(recalled) == contents(copy)
            found, arguments = pair.ask(recalled, Question(kind, 0, 0))
            assert found == pair.ask(copy, Question(kind, 0, 0))[0]
            assert comparable(found) == report(naive, **arguments)
