"""The ledger as it was recorded at a moment: its journal up to there, replayed into a store of its own in memory.

Every query then runs on that store unchanged, so that a past report is shown as it was, voids not yet made included.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from ledger.model.actions import ACTIONS
from ledger.model.entry import SEALED, Entry, encode
from ledger.model.replay import Span, rebuild
from ledger.model.series import number_of
from ledger.model.task import COLUMNS, Task
from ledger.store import faults, queries
from ledger.store.location import Location
from ledger.store.reader import Reader
from ledger.store.sqlite import SqliteReader

_ENTRY = (*SEALED, "hash")
_SPAN = Span._fields
_INDEXES = (
    "CREATE UNIQUE INDEX entry_seq ON entry(seq)",
    "CREATE INDEX entry_task ON entry(task)",
    "CREATE INDEX entry_voids ON entry(voids)",
    "CREATE UNIQUE INDEX task_id ON task(id)",
    "CREATE INDEX task_code ON task(code)",
    "CREATE INDEX task_unit ON task(unit)",
    "CREATE INDEX task_activity ON task(activity)",
    "CREATE INDEX task_due ON task(due_on)",
    "CREATE INDEX span_task ON span(task)",
    "CREATE INDEX span_since ON span(since, action)",
)


def recall(reader: Reader, moment: datetime) -> Reader:
    """A reader over the ledger as recorded at `moment` (aware; entries recorded at it are included)."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for table, columns in (("entry", _ENTRY), ("task", COLUMNS), ("span", _SPAN), ("setting", ("name", "value"))):
        names = ", ".join(f'"{column}"' for column in columns)
        connection.execute(f"CREATE TABLE {table} ({names})")
    connection.execute("BEGIN")
    past = SqliteReader(Location(None, f"{reader.location} @ {moment.isoformat()}"), connection)
    _copy_journal(reader, past, moment)
    if not past.rows("SELECT 1 FROM entry LIMIT 1"):
        raise faults.not_yet(reader.location)
    for index in _INDEXES:
        connection.execute(index)
    _replay(past)
    return past


def _copy_journal(reader: Reader, past: SqliteReader, moment: datetime) -> None:
    until = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    rows = reader.stream(
        f"SELECT {queries.ENTRY_COLUMNS} FROM entry e WHERE e.recorded_at <= :until ORDER BY e.seq", {"until": until}
    )
    past.connection.executemany(_insert("entry", _ENTRY), ((*row[:3], str(row[3]), *row[4:]) for row in rows))


def _replay(past: SqliteReader) -> None:
    rows = past.rows(f"SELECT {queries.ENTRY_COLUMNS} FROM entry e WHERE {queries.IN_FORCE} ORDER BY e.task, e.seq")
    for task_id, group in groupby(map(queries.entry_of, rows), lambda entry: entry.task):
        if task_id is None:
            settings = replay_settings(group)
            past.connection.executemany(
                _insert("setting", ("name", "value")),
                ((name, encode(value)) for name, value in settings.items() if number_of(name) is None),
            )
            continue
        task, spans = rebuild(group)
        past.connection.execute(_insert("task", COLUMNS), _values(task))
        past.connection.executemany(
            _insert("span", _SPAN), ((*span[:4], span.since.isoformat(), span.until.isoformat()) for span in spans)
        )


def _insert(table: str, columns: Iterable[str]) -> str:
    marks = ", ".join("?" for _ in columns)
    return f"INSERT INTO {table} VALUES ({marks})"


def _values(task: Task) -> list[Any]:
    row = queries.task_row(task)
    return [str(value) if name.endswith(("_on", "last_day")) and value else value for name, value in row.items()]


def replay_settings(entries: Iterable[Entry]) -> Mapping[str, Any]:
    """The settings that these entries, in force and in order, leave."""
    settings: dict[str, Any] = {}
    for entry in entries:
        if ACTIONS[entry.action].settles:
            settings |= {name: after for name, (_, after) in entry.changes.items()}
    return {name: value for name, value in settings.items() if value is not None}
