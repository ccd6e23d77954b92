"""Reports that units owe (未报送), and those that came late or not at all (迟报, 漏报): see `model.feedback`.

Tasks without a cycle are never visited: an index has those that have one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ledger.model.feedback import Calendar, Fault, Owing, Stay, faults, owed_from, owing, recurrence_of
from ledger.model.rules import Rules
from ledger.model.task import Task
from ledger.store import lookup, queries
from ledger.store.conditions import IS_EVENT, doing, given_out, stands
from ledger.store.counts import Scope
from ledger.store.queries import IN_FORCE, day_of
from ledger.store.reader import Reader

_HAS_CYCLE = "t.feedback IS NOT NULL"
_FACTS = "t.id, t.feedback, t.assigned_on, t.last_day, t.reported_on"
_OPEN_NOW = f"SELECT {_FACTS} FROM task t WHERE {_HAS_CYCLE} AND {doing('t.status')} AND {given_out(':c')}{{scope}}"
_OPEN_THEN = (
    f"SELECT {_FACTS} FROM task t JOIN span n ON n.task = t.id "
    f"WHERE {_HAS_CYCLE} AND {doing('n.status')} AND {stands('n', ':c')}{{scope}}"
)
_STAYS = (
    f"SELECT n.task, n.since, n.until, n.seq FROM span n WHERE {doing('n.status')} AND {{of}} ORDER BY n.task, n.seq"
)
_REPORTS = (
    f"""SELECT e.task, e."on" FROM entry e WHERE e.action = 'report' AND e."on" <= :c AND {IN_FORCE} AND {{of}} """
    'ORDER BY e.task, e."on"'
)
_STAYS_IN = f"""
SELECT t.id, t.unit, t."with", t.feedback, t.assigned_on, t.last_day, n.since, n.until, n.seq
FROM task t JOIN span n ON n.task = t.id
WHERE {_HAS_CYCLE} AND {doing("n.status")} AND n.since <= :last AND n.until > :first{{scope}}
ORDER BY t.id, n.seq
"""
_REPORTS_IN = f"""
SELECT e.task, e."on", e.seq FROM entry e
WHERE e.{IS_EVENT} AND e.action = 'report' AND e."on" BETWEEN :lowest AND :today AND {IN_FORCE}
ORDER BY e.task, e."on", e.seq
"""


class Owed(NamedTuple):
    """A task whose unit owes a report."""

    task: Task
    owing: Owing


class Missed(NamedTuple):
    """A due day that was missed: of which task and units, and the entry behind it: the report that came late, else the
    one by which the task was open."""

    task: int
    unit: str
    with_units: str
    fault: Fault
    seq: int


def owed_by(reader: Reader, rules: Rules, day: date, now: date, scope: Scope, until: date | None = None) -> list[Owed]:
    """The tasks open at the end of `day` that owe a report for a due day before `now`, or before `until`: what is
    listed by name first, then who owes longest. `day` is before `now`, or both are today."""
    until = now if until is None else max(now, until)
    with queries.readable(reader):
        is_past = day < now
        sql = (_OPEN_THEN if is_past else _OPEN_NOW).format(scope=scope.sql)
        found = [
            (task, cycle, day_of(given), day_of(last_day), day_of(reported))
            for task, cycle, given, last_day, reported in reader.stream(sql, {"c": day, **scope.parameters})
        ]
        if not found:
            return []
        calendar = Calendar(rules, min(given for _, _, given, _, _ in found), until)
        asked: dict[int, tuple[Sequence[date], int]] = {}
        for task, cycle, given, last_day, reported in found:
            days, begin = calendar.of(cycle, given, last_day)
            first = owed_from(days, begin, None if is_past and reported and reported > day else reported)
            if first < len(days) and days[first] < until:
                asked[task] = days, begin
        told = _owing(reader, asked, day, now, until)
    owed = [Owed(task, told[number]) for number, task in lookup.tasks_numbered(reader, told).items()]
    return sorted(owed, key=lambda one: (not one.task.flagged, one.owing.since, one.task.id))


def _owing(
    reader: Reader, asked: dict[int, tuple[Sequence[date], int]], day: date, now: date, until: date
) -> dict[int, Owing]:
    told: dict[int, Owing] = {}
    for numbers in (list(asked)[start : start + 5000] for start in range(0, len(asked), 5000)):
        ((of, named),) = lookup.among("n.task", numbers)
        stays = {
            task: [Stay(day_of(since), day_of(end), seq) for _, since, end, seq in some]
            for task, some in groupby(reader.stream(_STAYS.format(of=of), named), itemgetter(0))
        }
        ((of, named),) = lookup.among("e.task", numbers)
        reports = {
            task: [day_of(on) for _, on in some]
            for task, some in groupby(reader.stream(_REPORTS.format(of=of), {**named, "c": day}), itemgetter(0))
        }
        for task in numbers:
            days, begin = asked[task]
            found = owing(days, begin, stays.get(task, []), reports.get(task, []), now, until)
            if found is not None:
                told[task] = found
    return told


def missed(reader: Reader, rules: Rules, first: date, last: date, today: date, scope: Scope) -> Iterator[Missed]:
    """The due days from `first` to `last` that were missed, as known today, by task."""
    with queries.readable(reader):
        rows = reader.rows(_STAYS_IN.format(scope=scope.sql), {"first": first, "last": last, **scope.parameters})
        if not rows:
            return
        calendar = Calendar(rules, min(day_of(row[4]) for row in rows), max(last, today))
        reports = _reports_for(reader, calendar, {row[3] for row in rows}, first, today)
        for task, some in groupby(rows, itemgetter(0)):
            stays = list(some)
            _, unit, others, cycle, given, last_day, *_ = stays[0]
            days, begin = calendar.of(cycle, day_of(given), day_of(last_day))
            came = reports.get(task, {})
            spans = [Stay(day_of(since), day_of(until), seq) for *_, since, until, seq in stays]
            for fault in faults(days, begin, spans, list(came), today, first, last):
                yield Missed(task, unit, others, fault, came[fault.came] if fault.came else fault.seq)


def _reports_for(
    reader: Reader, calendar: Calendar, cycles: Iterable[str], first: date, today: date
) -> dict[int, dict[date, int]]:
    """Task → the days of its reports, in order, with the first entry of each: those that may be for a due day from
    `first` on."""
    lowest = first
    for cycle in cycles:
        if recurrence_of(cycle) is None:
            lowest = date.min
        else:
            days, _ = calendar.of(cycle, date.min, None)
            before = days[: bisect_left(days, first)]
            lowest = min(lowest, before[-1]) if before else date.min
    found: dict[int, dict[date, int]] = {}
    for task, on, seq in reader.stream(_REPORTS_IN, {"lowest": lowest, "today": today}):
        found.setdefault(task, {}).setdefault(day_of(on), seq)
    return found
