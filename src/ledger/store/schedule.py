"""What is read of recurring duties: their definitions, and the tasks that stand for their periods."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ledger.base.errors import NotFound
from ledger.model.occurrences import occurrences
from ledger.model.rules import STAGE, Rules
from ledger.model.series import Series, number_of, series_of
from ledger.model.task import Task
from ledger.store import queries
from ledger.store.conditions import UNFINISHED
from ledger.store.reader import Reader

CHAINED = date.min
"""The `next_on` of a chained series: no day opens its periods."""


def all_series(reader: Reader) -> list[Series]:
    found = reader.rows("SELECT id, definition FROM series ORDER BY id")
    return [series_of(number, json.loads(text)) for number, text in found]


def codes(reader: Reader) -> set[str]:
    """The codes that series were ever given as their own."""
    founded = reader.rows("SELECT e.changes FROM entry e WHERE e.task IS NULL AND e.action = 'series'")
    definitions = (pair[1] or {} for (text,) in founded for pair in json.loads(text).values())
    return {code for definition in definitions if (code := definition.get("code")) is not None}


def first_code(reader: Reader, number: int) -> str | None:
    """The code of the task of a series' first period; None without any."""
    where = "WHERE t.series = :series ORDER BY t.occurrence_on LIMIT 1"
    found = reader.rows(f"SELECT t.code FROM task t {where}", {"series": number})
    return found[0][0] if found else None


def find(reader: Reader, number: int) -> Series:
    """The series of this number. Raises `NotFound`."""
    found = reader.rows("SELECT definition FROM series WHERE id = :id", {"id": number}) if 0 < number < 10**9 else []
    if not found:
        raise NotFound(f"没有循环任务{str(number)[:30]}", "用 ledger series list 查看全部循环任务")
    return series_of(number, json.loads(found[0][0]))


def last_number(reader: Reader) -> int:
    """The highest number that any series ever had, those taken back too; 0 without one."""
    ((standing,),) = reader.rows("SELECT max(id) FROM series")
    taken_back = reader.rows(
        "SELECT e.changes FROM entry v JOIN entry e ON e.seq = v.voids "
        "WHERE v.voids IS NOT NULL AND e.action = 'series'"
    )
    return max(standing or 0, *(number_of(name) or 0 for (text,) in taken_back for name in json.loads(text)), 0)


def reached(reader: Reader, horizon: date) -> Iterator[tuple[Series, date]]:
    """The series with periods to open that begin by the horizon, each with the day from which to open."""
    found = reader.rows(
        "SELECT id, definition, next_on FROM series WHERE next_on > :chained AND next_on <= :horizon ORDER BY id",
        {"horizon": horizon, "chained": CHAINED},
    )
    for number, text, next_on in found:
        yield series_of(number, json.loads(text)), queries.day_of(next_on) or date.min


def idle(reader: Reader) -> Iterator[Series]:
    """The chained series of which no task is in hand."""
    found = reader.rows(
        "SELECT s.id, s.definition FROM series s WHERE s.next_on = :chained AND NOT EXISTS "
        f"(SELECT 1 FROM task t WHERE t.series = s.id AND t.status IN {UNFINISHED}) ORDER BY s.id",
        {"chained": CHAINED},
    )
    return (series_of(number, json.loads(text)) for number, text in found)


def opened_counts(reader: Reader) -> dict[int, tuple[int, date | None]]:
    """Series → how many tasks stand for its periods, and the first day of the latest of these."""
    found = reader.rows(
        "SELECT t.series, count(*), max(t.occurrence_on) FROM task t WHERE t.series IS NOT NULL GROUP BY t.series"
    )
    return {number: (count, queries.day_of(latest)) for number, count, latest in found}


def following(reader: Reader, settings: Mapping[str, Any], rules: Rules) -> dict[int, date | None]:
    """Series → the first day from which its periods have yet to be opened, by the settings that the journal leaves.

    It begins after the latest of its tasks and the latest day on which it was settled: every command opens what its
    horizon reaches, and what a change left out had begun by its day. A chained one is told by its tasks alone.
    """
    found: dict[int, date | None] = {}
    opened, days = opened_counts(reader), _settled(reader)
    for name, definition in settings.items():
        if (number := number_of(name)) is not None:
            series = series_of(number, definition)
            if series.chained:
                found[number] = CHAINED
                continue
            named = (opened.get(number, (0, None))[1], days.get(name), days.get(f"{STAGE}{series.fields.get('stage')}"))
            since = max((day for day in named if day is not None), default=date.min)
            coming = (one.start_on for one in occurrences(series, rules) if one.start_on > since)
            found[number] = next(coming, None)
    return found


def _settled(reader: Reader) -> dict[str, date]:
    """Setting or series → the latest day on which it was changed, or a change of it taken back."""
    days: dict[str, date] = {}
    for on, changes in reader.rows(
        'SELECT e."on", coalesce(v.changes, e.changes) FROM entry e LEFT JOIN entry v ON v.seq = e.voids '
        "WHERE e.task IS NULL"
    ):
        for name in json.loads(changes):
            days[name] = max(days.get(name, date.min), queries.day_of(on))
    return days


def latest(reader: Reader, number: int, day: date) -> Task | None:
    """The task of the last period of a series to begin by this day, if there is one."""
    where = "WHERE t.series = :series AND t.occurrence_on <= :day ORDER BY t.occurrence_on DESC LIMIT 1"
    return next(iter(queries.tasks(reader, where, {"series": number, "day": day})), None)


def opened(reader: Reader, number: int) -> list[Task]:
    """All tasks of a series, in the order of its periods."""
    return queries.tasks(reader, "WHERE t.series = :series ORDER BY t.occurrence_on", {"series": number})
