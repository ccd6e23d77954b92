"""A whole journal written at once: its entries as they were sealed, and every projection posted from them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from ledger.model.actions import ACTIONS
from ledger.model.entry import Entry
from ledger.model.replay import rebuild
from ledger.model.rules import Rules
from ledger.model.series import number_of
from ledger.model.task import Task
from ledger.store import queries, rows, schedule
from ledger.store.reader import Parameters, Reader, Writer

RANGE = 5000
"""Tasks posted at a time: what keeps the memory flat."""

PROJECTIONS = ("task", "span", "setting", "series", "code")
"""The tables that follow from the journal."""

Sealed = tuple[Entry, str]
"""An entry and the text of its changes as sealed."""


def write_entries(writer: Writer, entries: Sequence[Sealed]) -> None:
    """Append entries that are sealed already, and register the codes that they gave."""
    rows.insert(writer, "entry", [entry._asdict() | {"changes": text} for entry, text in entries])
    given = (entry.changes["code"][1] for entry, _ in entries if entry.task is not None and "code" in entry.changes)
    rows.insert(writer, "code", list(map(rows.code_row, given)), keep=True)


def clear(writer: Writer) -> None:
    """Empty what follows from the journal."""
    for table in PROJECTIONS:
        writer.execute(f"DELETE FROM {table}")


def post_codes(writer: Writer) -> None:
    """Register all codes that were ever given, those of entries that were taken back too."""
    rows.insert(writer, "code", [rows.code_row(code) for code in codes_given(writer)], keep=True)


def codes_given(reader: Reader, where: str = "1 = 1", parameters: Parameters = {}) -> list[str]:
    """The codes that entries gave, in the order of recording; those taken back too."""
    giving = ", ".join(f"'{name}'" for name, action in ACTIONS.items() if action.fields and "code" in action.fields)
    sql = f"SELECT e.changes FROM entry e WHERE e.action IN ({giving}) AND {where} ORDER BY e.seq"
    changes = (json.loads(text) for (text,) in reader.rows(sql, parameters))
    return [one["code"][1] for one in changes if "code" in one]


def replay_settings(entries: Iterable[Entry]) -> Mapping[str, Any]:
    """The settings and series (name → value) that these entries, in force and in order, leave."""
    settings: dict[str, Any] = {}
    for entry in entries:
        if ACTIONS[entry.action].settles:
            settings |= {name: after for name, (_, after) in entry.changes.items()}
    return {name: value for name, value in settings.items() if value is not None}


def settings_left(reader: Reader) -> Mapping[str, Any]:
    """The settings and series (name → value) that the journal leaves."""
    return replay_settings(queries.entries(reader, f"e.task IS NULL AND {queries.IN_FORCE}"))


def post_tasks(writer: Writer, require_sound: Callable[[Task], None], advance: Callable[[int], None]) -> int:
    """Post every task and its spans: how many there are. `require_sound` raises for a task that makes no sense."""
    posted = 0
    parts = f"SELECT DISTINCT (e.task - 1) / {RANGE} FROM entry e WHERE e.task IS NOT NULL ORDER BY 1"
    for (part,) in writer.rows(parts):
        found = queries.rows_in_force(writer, part * RANGE + 1, (part + 1) * RANGE)
        posted += _post(writer, found, require_sound)
        advance(len(found))
    return posted


def _post(writer: Writer, entries: Iterable[Any], require_sound: Callable[[Task], None]) -> int:
    rebuilt = [rebuild(map(queries.entry_of, group)) for _, group in groupby(entries, key=lambda row: row[1])]
    for task, _ in rebuilt:
        require_sound(task)
    rows.insert_tasks(writer, rebuilt)
    return len(rebuilt)


def post_definitions(writer: Writer, settings: Mapping[str, Any]) -> None:
    """Post the settings and the series, whatever has been opened of these."""
    for name, value in settings.items():
        number = number_of(name)
        if number is None:
            rows.post_setting(writer, name, value)
        else:
            rows.post_series(writer, number, value)


def post_settings(writer: Writer, settings: Mapping[str, Any], rules: Rules) -> None:
    """Post the settings and, after the tasks, the series, with where each goes on opening its periods."""
    post_definitions(writer, settings)
    for number, day in schedule.following(writer, settings, rules).items():
        rows.open_from(writer, number, day)
