"""Evaluations (满意度): of units and of how tasks were handled, each held against the floor that the office has set.

An evaluation names a unit by the name of its day; told is the unit that it is now. What is to be rectified is a task
that came from the unit or the task rated (`Task.origin`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.base.nearness import folded
from ledger.model.actions import RATE
from ledger.model.entry import Entry
from ledger.model.rating import COUNTS, Rating, rating_of
from ledger.model.rules import Rules
from ledger.model.task import CANCELLED, Task
from ledger.reports.columns import column
from ledger.reports.report import Column, Row, Section
from ledger.store import lookup, naming, queries
from ledger.store.conditions import RATED
from ledger.store.counts import Scope
from ledger.store.reader import Reader
from ledger.store.renames import name_now
from ledger.store.unit_names import by_folded, names

TITLE = "满意度"


class Rated(NamedTuple):
    """An evaluation of a `task`, or of the unit itself where that is None; `unit` is the one rated, or the lead unit.
    `rectifying` is the task that puts right what was found, if there is one."""

    seq: int
    on: date
    unit: str
    task: Task | None
    rating: Rating
    note: str | None
    actor: str
    floor: int
    rectifying: Task | None = None

    @property
    def is_below(self) -> bool:
        return self.rating.is_below(self.floor)

    @property
    def origin(self) -> str:
        """What a task to rectify it names as its origin."""
        return self.unit if self.task is None else self.task.code

    @property
    def leader(self) -> str | None:
        return None if self.task is None else self.task.leader

    @property
    def words(self) -> str:
        """「86.5%(样本200),低于底线90%」."""
        return f"{self.rating},低于底线{self.floor}%" if self.is_below else str(self.rating)


def ratings(reader: Reader, rules: Rules, first: date, last: date, scope: Scope) -> list[Rated]:
    """Those from `first` to `last` in a scope: units in display order, of each its own before its tasks'."""
    entries = list(queries.entries(reader, f"{RATED} AND {queries.IN_FORCE}", {"first": first, "last": last}))
    return _rated(reader, rules, entries, scope) if entries else []


def ratings_of(reader: Reader, rules: Rules, unit: str, task: Task | None) -> list[Rated]:
    """All of one task, or of one unit itself, in the order of their days."""
    if task is None:
        found = ratings(reader, rules, date.min, date.max, Scope(units=(unit,)))
        return [one for one in found if one.task is None]
    where = f"e.task = :task AND e.action = '{RATE}' AND {queries.IN_FORCE}"
    return _rated(reader, rules, list(queries.entries(reader, where, {"task": task.id})), Scope())


def called(reader: Reader, rules: Rules, name: str | None, today: date) -> tuple[Scope, int | None, str | None]:
    """Whose evaluations a name asks for: a unit's and its tasks', or those of one task, by its number; and what it is.

    Raises `NotFound`, `BadValue`."""
    if name is None:
        return Scope(), None, None
    unit = by_folded(names(reader, rules)).get(folded(name))
    if unit is not None:
        return Scope(units=(unit,)), None, unit
    task = naming.find(reader, name, today, naming.ANY)
    return Scope(units=(task.unit,)), task.id, f"{task.code} {task.title}"


def _rated(reader: Reader, rules: Rules, entries: Sequence[Entry], scope: Scope) -> list[Rated]:
    numbers = {entry.task for entry in entries if entry.task}
    tasks = lookup.tasks_numbered(reader, numbers, scope.sql, scope.parameters)
    known = {*rules.units, *(unit for one in rules.groups for group in one.groups for unit in group.units)}
    found = []
    for entry in entries:
        task = tasks.get(entry.task or 0)
        unit = task.unit if task else "" if entry.task else str(entry.changes["unit"][1])
        if task is None and unit not in known:  # looked for among all corrections where it leads nothing any more
            unit = unit and name_now(reader, unit, entry.seq)
        if task is not None or (unit and _has_unit(scope, unit)):
            rating = rating_of(entry.changes)
            floor = rules.satisfaction_floor
            found.append(Rated(entry.seq, entry.on, unit, task, rating, entry.note, entry.actor, floor))
    place = {name: at for at, name in enumerate(queries.units(reader, rules.units))}
    found.sort(key=lambda one: (place.get(one.unit, len(place)), one.unit, one.task is not None, one.on, one.seq))
    return _with_rectifying(reader, found)


def _has_unit(scope: Scope, unit: str) -> bool:
    """A unit itself is of no activity; a leader has those that he looks after."""
    led = not scope.leaders or unit in scope.led
    return not scope.activities and led and (not scope.units or unit in scope.units)


def _with_rectifying(reader: Reader, found: Sequence[Rated]) -> list[Rated]:
    by_origin: dict[str, list[Task]] = {}
    for task in queries.tasks_from(reader, [one.origin for one in found if one.is_below]):
        by_origin.setdefault(task.origin or "", []).append(task)
    return [one._replace(rectifying=_rectifying(one, by_origin.get(one.origin, ()))) for one in found]


def _rectifying(one: Rated, tasks: Sequence[Task]) -> Task | None:
    """The last that was given out by the day of the evaluation and not finished before it, else the next one."""
    if not one.is_below:
        return None
    running = [
        task
        for task in tasks
        if task.assigned_on <= one.on and (task.closed_on or one.on) >= one.on and task.status != CANCELLED
    ]
    later = [task for task in tasks if task.assigned_on > one.on]
    return running[-1] if running else later[0] if later else None


def ratings_section(found: Sequence[Rated], *, alone: bool = False) -> Section:
    """Who was rated, how, of how many, whether that is below the floor, and what rectifies it; where the section stands
    `alone` also the unit and what was noted, each for itself."""
    columns = (
        Column("评价对象", name="rated"),
        *((column("unit", "name"),) if alone else ()),
        Column("满意度", "code", "percent"),
        Column("评价日期", "date", "on"),
        Column("是否达标", "code", "below"),
        Column("整改事项", "code", "rectifying"),
        Column("整改时限", "date", "rectify_by"),
        *((Column("说明", name="note", spare=True),) if alone else ()),
    )
    rows: list[Row] = [
        (_subject(one, alone), *((one.unit,) if alone else ()), *_cells(one), *((one.note,) if alone else ()))
        for one in found
    ]
    if alone:
        return Section("", columns, rows, name="satisfaction", figures=True)
    return Section(TITLE, columns, rows, name="satisfaction", count=len(rows), figures=True)


def _subject(one: Rated, alone: bool) -> str:
    if one.task is None:
        return one.unit
    return f"{one.task.code} {one.task.title}" + ("" if alone else f"({one.unit})")


def _cells(one: Rated) -> Row:
    rectified = (None, None) if one.rectifying is None else (one.rectifying.code, one.rectifying.due_on)
    return (str(one.rating), one.on, _verdict(one), *rectified)


def _verdict(one: Rated) -> str:
    return f"低于{one.floor}%" if one.is_below else "达标"


def rating_object(one: Rated) -> dict[str, Any]:
    """An evaluation for programs: `percent` as a number of at most two decimals, the counts as they were told."""
    task = None if one.task is None else {"id": one.task.id, "code": one.task.code, "title": one.task.title}
    return {
        "seq": one.seq,
        "on": one.on,
        "unit": one.unit,
        "task": task,
        "percent": one.rating.hundredths / 100,
        "sample": one.rating.asked,
        **{name: getattr(one.rating, name) for name in COUNTS},
        "floor": one.floor,
        "below": one.is_below,
        "rectifying": None if one.rectifying is None else one.rectifying.code,
        "note": one.note,
        "actor": one.actor,
    }
