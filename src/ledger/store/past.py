"""The ledger as it was recorded at a moment: its journal up to there, replayed into a store of its own in memory.

Every query then runs on that store unchanged, so that a past report is shown as it was, voids not yet made included.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from ledger.model.actions import ACTIONS
from ledger.model.entry import Entry
from ledger.model.replay import Span, rebuild
from ledger.model.series import number_of
from ledger.model.task import COLUMNS
from ledger.store import faults, queries, rows
from ledger.store.location import Location
from ledger.store.reader import Reader
from ledger.store.revision import REVISION, revision_of
from ledger.store.sqlite import SqliteWriter

_INDEXES = (
    "CREATE UNIQUE INDEX entry_seq ON entry(seq)",
    "CREATE INDEX entry_task ON entry(task)",
    "CREATE INDEX entry_extended ON entry(\"on\") WHERE action = 'extend'",
    "CREATE INDEX entry_voids ON entry(voids)",
    "CREATE UNIQUE INDEX task_id ON task(id)",
    "CREATE INDEX task_code ON task(code)",
    "CREATE INDEX task_unit ON task(unit)",
    "CREATE INDEX task_activity ON task(activity)",
    "CREATE INDEX task_due ON task(due_on)",
    "CREATE INDEX span_task ON span(task)",
    "CREATE INDEX span_since ON span(since, status)",
)


def recall(reader: Reader, moment: datetime) -> Reader:
    """A reader over the ledger as recorded at `moment` (aware; entries recorded at it are included)."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for table, columns in (
        ("entry", Entry._fields),
        ("task", COLUMNS),
        ("span", Span._fields),
        ("setting", ("name", "value")),
    ):
        names = ", ".join(f'"{column}"' for column in columns)
        connection.execute(f"CREATE TABLE {table} ({names})")
    connection.execute("BEGIN")
    past = SqliteWriter(Location(None, f"{reader.location} @ {moment.isoformat()}"), connection)
    _copy_journal(reader, past, moment)
    if not past.rows("SELECT 1 FROM entry LIMIT 1"):
        raise faults.not_yet(reader.location)
    for index in _INDEXES:
        connection.execute(index)
    _replay(past)
    return past


def by_journal(reader: Reader) -> Reader:
    """The ledger as it is, even where its other tables are of an older revision: by its journal alone."""
    return reader if revision_of(reader) == REVISION else recall(reader, datetime.max.replace(tzinfo=UTC))


def _copy_journal(reader: Reader, past: SqliteWriter, moment: datetime) -> None:
    until = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    found = reader.stream(
        f"SELECT {queries.ENTRY_COLUMNS} FROM entry e WHERE e.recorded_at <= :until ORDER BY e.seq", {"until": until}
    )
    marks = ", ".join("?" for _ in Entry._fields)
    plain = ((*row[:3], str(row[3]), *row[4:]) for row in found)
    past.connection.executemany(f"INSERT INTO entry VALUES ({marks})", plain)


def _replay(past: SqliteWriter) -> None:
    found = past.rows(f"SELECT {queries.ENTRY_COLUMNS} FROM entry e WHERE {queries.IN_FORCE} ORDER BY e.task, e.seq")
    for task_id, group in groupby(map(queries.entry_of, found), lambda entry: entry.task):
        if task_id is not None:
            rows.insert_tasks(past, [rebuild(group)])
            continue
        for name, value in replay_settings(group).items():
            if number_of(name) is None:
                rows.post_setting(past, name, value)


def replay_settings(entries: Iterable[Entry]) -> Mapping[str, Any]:
    """The settings that these entries, in force and in order, leave."""
    settings: dict[str, Any] = {}
    for entry in entries:
        if ACTIONS[entry.action].settles:
            settings |= {name: after for name, (_, after) in entry.changes.items()}
    return {name: value for name, value in settings.items() if value is not None}
