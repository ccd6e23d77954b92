"""The ledger as it was recorded at a moment, in a private store of its own that is gone when it is closed.

Every query then runs on that store unchanged, so that a past report is shown as it was, voids not yet made included.
There are two ways to it, which leave the same tables. The short one copies the ledger out of the reader's snapshot, on
SQLite page by page, on a server its tables beside them, and *takes back* what was recorded since: only the tasks that
this concerns are replayed. The long one *replays* the whole journal up to the moment into SQLite: of a ledger of an
older revision, and where so much came later that it is the shorter. What SQLite cannot hold in its cache it keeps in a
file of its own that has no name.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ledger.base.errors import StoreUnusable
from ledger.model.entry import Entry
from ledger.store import expected, faults, posting, queries, rows
from ledger.store.head import head_of
from ledger.store.location import Location
from ledger.store.reader import Reader, Row, Writer
from ledger.store.revision import REVISION, TABLE, revision_of
from ledger.store.sqlite import SqliteReader, SqliteWriter, copy

_AT_ONCE = 20_000
"""Entries copied at a time, and a multiple of the tasks restated: what keeps the memory flat."""

_APART = Location(Path("临时目录里的副本"))
"""What errors name while a past is made: it wants room where SQLite keeps what is temporary."""

_DEARER = 3
"""So many entries are taken back at the cost of replaying one."""


def recall(reader: Reader, moment: datetime) -> Reader:
    """A reader over the ledger as recorded at `moment` (aware; entries recorded at it are included).

    It is `reader` itself when nothing was recorded since. Raises `StoreUnusable` when the ledger had not been begun.
    """
    return recall_to(reader, seq_at(reader, moment))


def seq_at(reader: Reader, moment: datetime) -> int:
    """The last entry recorded by `moment` (aware). Raises `StoreUnusable` when the ledger had not been begun."""
    until = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    by_then = "SELECT e.seq FROM entry e WHERE e.recorded_at <= :until ORDER BY e.seq DESC LIMIT 1"
    found = reader.rows(by_then, {"until": until})  # from the end: it passes over what was recorded since
    if not found:
        raise faults.not_yet(reader.location)
    return int(found[0][0])


def recall_to(reader: Reader, seq: int) -> Reader:
    """A reader over the ledger as its entry `seq` left it; `reader` itself when that is the last."""
    last = head_of(reader).seq
    if seq >= last:
        return reader
    past = None
    if last - seq <= seq * _DEARER:
        past = _taken_back(reader, seq) if isinstance(reader, SqliteReader) else _taken_back_beside(reader, seq)
    return past or _replayed(reader, seq)


def further(past: Reader, present: Reader, seq: int) -> Reader:
    """The ledger as an entry before left it, out of a `past` of it that nobody needs any more as it is: where that is
    this program's own, it is taken back itself, which saves the copy."""
    if not isinstance(past, _Past):
        return recall_to(present, seq)
    if seq < head_of(past).seq:
        with _changing(past):
            _cut(past, seq)
    return past


def by_journal(reader: Reader) -> Reader:
    """The ledger as it is, even where its other tables are of an older revision: by its journal alone."""
    if revision_of(reader) == REVISION:
        return reader
    return _replayed(reader, head_of(reader).seq)


# --- the short way ---------------------------------------------------------------------------------------------------


def _taken_back(reader: SqliteReader, seq: int) -> Reader:
    with _private(reader.location) as past:
        copy(reader, past.connection, _APART)
        for (trigger,) in past.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            past.execute(f'DROP TRIGGER "{trigger}"')
        _cut(past, seq)
    return past


def _cut(past: SqliteWriter, seq: int) -> None:
    since = _since(past, seq)
    past.execute("BEGIN")
    past.execute("DELETE FROM entry WHERE seq > :seq", {"seq": seq})
    _take_back(past, since)
    past.execute("COMMIT")


def _taken_back_beside(reader: Reader, seq: int) -> Reader | None:
    """The same on a server, in tables of a connection's own there; None where it has no room for any, as a copy that
    follows another server."""
    from ledger.store import server

    assert isinstance(reader, server.SqlReader)
    try:
        past = server.beside(reader, seq, posting.PROJECTIONS)
    except StoreUnusable:
        return None
    try:
        _take_back(past, _since(reader, seq))
    except BaseException:
        past.close()
        raise
    return past


class _Since(NamedTuple):
    """What entries concern: the tasks (None among them: the ledger's settings or series), and the codes that they gave
    first."""

    tasks: Sequence[int | None]
    codes: set[str]


def _since(present: Reader, seq: int) -> _Since:
    """Of the entries after `seq`."""
    since = {"seq": seq}
    touched = present.rows("SELECT DISTINCT e.task FROM entry e WHERE e.seq > :seq", since)
    before = posting.codes_given(
        present, "e.seq <= :seq AND e.seq IN (SELECT v.voids FROM entry v WHERE v.voids IS NOT NULL)", since
    )  # what was free again is given twice
    given = posting.codes_given(present, "e.seq > :seq", since)
    return _Since([task for (task,) in touched], set(given) - set(before))


def _take_back(past: Writer, since: _Since) -> None:
    """Bring all that follows from the journal to what it was: `past` has the journal without those entries, all else as
    they left it."""
    past.execute_many("DELETE FROM code WHERE code = :code", [{"code": code} for code in since.codes])
    _restate(past, [task for task in since.tasks if task is not None])
    if None in since.tasks:
        past.execute("DELETE FROM setting")
        past.execute("DELETE FROM series")
        posting.post_definitions(past, posting.settings_left(past))


def _restate(past: Writer, tasks: Sequence[int]) -> None:
    step = posting.RANGE
    for some in (tasks[start : start + step] for start in range(0, len(tasks), step)):
        balances: dict[int, Sequence[Entry]] = dict.fromkeys(some, ())
        rows.restate(past, balances | dict(queries.entries_by_task(past, some)))


# --- the long way ----------------------------------------------------------------------------------------------------


def _replayed(reader: Reader, seq: int) -> Reader:
    here = reader.location
    with _private(here if here.path is not None else Location(None, str(here))) as past:
        past.execute("BEGIN")
        _create(past, "TABLE")
        marks = ", ".join("?" for _ in Entry._fields)
        with faults.told(_APART):
            past.connection.executemany(f"INSERT INTO entry VALUES ({marks})", _journal(reader, seq))
        _create(past, "INDEX", "UNIQUE")
        past.execute(f"INSERT INTO {TABLE} VALUES (:revision)", {"revision": REVISION})
        posting.post_tasks(past, lambda _: None, lambda _: None)
        posting.post_definitions(past, posting.settings_left(past))
        posting.post_codes(past)
        past.execute("COMMIT")
    return past


def _create(past: SqliteWriter, *kinds: str) -> None:
    """What a ledger consists of, of these kinds: indexes are made when the journal is there, triggers never."""
    for sql in expected.expected().values():
        if sql.split()[1] in kinds:
            past.execute(sql)


def _journal(reader: Reader, seq: int) -> Iterator[Row]:
    sql = f"SELECT {queries.ENTRY_COLUMNS} FROM entry e WHERE e.seq > :after AND e.seq <= :last ORDER BY e.seq"
    for after in range(0, seq, _AT_ONCE):
        for row in reader.stream(sql, {"after": after, "last": min(after + _AT_ONCE, seq)}):
            yield (*row[:3], str(row[3]), *row[4:])


# --- where it is kept ------------------------------------------------------------------------------------------------


class _Past(SqliteWriter):
    """A private store, called as the ledger is that it is of."""


@contextmanager
def _private(called: Location) -> Iterator[_Past]:
    """An empty store that nobody else can see, to be filled; then it is only read."""
    past = _Past(called, sqlite3.connect("", isolation_level=None))
    past.execute("PRAGMA journal_mode=OFF")  # what becomes of it when it breaks is all the same
    with _changing(past):
        yield past


@contextmanager
def _changing(past: _Past) -> Iterator[None]:
    """What is done to it; errors name it by what it is, and end it."""
    called, past.location = past.location, _APART
    try:
        past.execute("PRAGMA query_only=OFF")
        yield
        past.execute("PRAGMA query_only=ON")
    except BaseException:
        past.close()
        raise
    past.location = called
