"""A whole journal written at once: its entries as they were sealed, and every projection posted from them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from ledger.model.entry import Entry
from ledger.model.occurrences import occurrences
from ledger.model.replay import rebuild
from ledger.model.rules import STAGE, Rules
from ledger.model.series import PREFIX, number_of, series_of
from ledger.model.task import Task
from ledger.store import past, queries, rows
from ledger.store.reader import Reader, Writer

RANGE = 5000
"""Tasks posted at a time: what keeps the memory flat."""

Sealed = tuple[Entry, str]
"""An entry and the text of its changes as sealed."""


def write_entries(writer: Writer, entries: Sequence[Sealed]) -> None:
    """Append entries that are sealed already, and register the codes that they gave."""
    rows.insert(writer, "entry", [entry._asdict() | {"changes": text} for entry, text in entries])
    given = (entry.changes["code"][1] for entry, _ in entries if entry.task is not None and "code" in entry.changes)
    rows.insert(writer, "code", list(map(rows.code_row, given)))


def settings_left(reader: Reader) -> Mapping[str, Any]:
    """The settings and series (name → value) that the journal leaves."""
    return past.replay_settings(queries.entries(reader, f"e.task IS NULL AND {queries.IN_FORCE}"))


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


def post_settings(writer: Writer, settings: Mapping[str, Any], rules: Rules) -> None:
    """Post the settings and, after the tasks, the series.

    What of a series has yet to be opened begins after the latest of its tasks and the latest day on which it was
    settled: every command opens what its horizon reaches, and what a change left out had begun by its day.
    """
    for name, value in settings.items():
        if number_of(name) is None:
            rows.post_setting(writer, name, value)
    settled = _settled(writer)
    opened = writer.rows("SELECT t.series, max(t.occurrence_on) FROM task t WHERE t.series IS NOT NULL GROUP BY 1")
    latest = {f"{PREFIX}{number}": queries.day_of(day) for number, day in opened}
    for name, definition in settings.items():
        if (number := number_of(name)) is not None:
            rows.post_series(writer, number, definition)
            series = series_of(number, definition)
            named = (latest.get(name), settled.get(name), settled.get(f"{STAGE}{series.fields.get('stage')}"))
            since = max(day for day in (date.min, *named) if day is not None)
            found = occurrences(series, rules)
            rows.open_from(writer, number, next((one.start_on for one in found if one.start_on > since), None))


def _settled(reader: Reader) -> dict[str, date]:
    """Setting or series → the latest day on which it was changed, or a change of it taken back."""
    found = reader.rows(
        'SELECT e."on", coalesce(v.changes, e.changes) FROM entry e LEFT JOIN entry v ON v.seq = e.voids '
        "WHERE e.task IS NULL"
    )
    days: dict[str, date] = {}
    for on, changes in found:
        for name in json.loads(changes):
            days[name] = max(days.get(name, date.min), queries.day_of(on))
    return days
