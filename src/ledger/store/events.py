"""What scores are counted from (`model.scoring`): each event of a period with its task, its day and its entry."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ledger.model.actions import CRITICISM, PRAISE
from ledger.store import queries
from ledger.store.conditions import IS_EVENT, UNFINISHED, among, carried, due, fate, met, overdue, stands
from ledger.store.conditions import owed as owed_by
from ledger.store.counts import Days, Scope
from ledger.store.queries import IN_FORCE, day_of
from ledger.store.reader import Reader


class Happening(NamedTuple):
    """`event` is a name of `model.scoring.EVENTS`, without its `_assist`: whether it counts for the units that assist
    is another matter. `seq` is the entry behind it; `days` says how early (negative) or late it was, `note` why."""

    event: str
    task: int
    unit: str
    with_units: str
    seq: int
    on: date
    days: int = 0
    note: str | None = None


_CLOSED = f"""
SELECT n.task, t.unit, t."with", n.seq, n.since, n.judged_on, t.due_on, t.binding_last_day
FROM span n JOIN task t ON t.id = n.task
WHERE {met("n.status")} AND n.since BETWEEN :s AND :c AND n.until > :c{{scope}}
ORDER BY n.since, n.seq
"""
_OVERDUE = (
    f"""SELECT n.task, t.unit, t."with", n.seq, t.last_day FROM span n JOIN task t ON t.id = n.task """
    f"WHERE {stands('n', ':c')} AND {overdue('<= :v', status='n.status', judged='n.judged_on')}"
    "{scope} ORDER BY t.last_day, n.seq"
)
_ENTRIES = f"""
SELECT e.action, e.task, t.unit, t."with", e.seq, e."on", e.note,
    CASE WHEN e.action IN ('flag', 'remark') THEN e.changes END
FROM entry e JOIN task t ON t.id = e.task
WHERE e.{IS_EVENT} AND e.action IN {{actions}} AND e."on" BETWEEN :s AND :c AND {IN_FORCE}{{scope}}
ORDER BY e."on", e.seq
"""
_OWED = f"""
SELECT t.unit, t."with", t.id FROM task t WHERE {due(":s", ":e")} AND {owed_by(fate("t.id", ":c"))}{{scope}}
UNION ALL
SELECT t.unit, t."with", t.id FROM span n JOIN task t ON t.id = n.task
WHERE n.status IN {UNFINISHED} AND {carried("n", "t.due_on", ":")} AND {owed_by(fate("t.id", ":c"))}{{scope}}
"""
_ACTIONS = {
    "returned": "return",
    "extended": "extend",
    "reopened": "reopen",
    "urged": "urge",
    "flagged": "flag",
}
"""Event → the action of the entries that are one each."""
_TONES = {"praised": PRAISE, "criticized": CRITICISM}
"""Event → the tone of the remarks (批示) that are one each."""
_REPORTS = {"report_late": "late", "report_missing": "missing"}
"""Event → what became of a due day, in the words of `model.feedback`."""


def happenings(
    reader: Reader,
    days: Days,
    today: date,
    scope: Scope,
    wanted: Collection[str],
    marks: Iterable[Happening] | None = None,
) -> Iterator[Happening]:
    """The `wanted` events of a period as known today; those of single days may be brought along (`marks_of` it)."""
    given = {"s": days.s, "c": days.c, **scope.parameters}
    if any(name.startswith(("lead", "assist", "early", "late")) for name in wanted):
        yield from _closings(reader, given, scope)
    if any(name.startswith("overdue") for name in wanted):
        found = reader.stream(_OVERDUE.format(scope=scope.sql), {"c": days.c, "v": days.v, **scope.parameters})
        for task, unit, others, seq, last_day in found:
            late = (days.c - day_of(last_day)).days
            yield Happening("overdue", task, unit, others, seq, day_of(last_day), late)
    yield from marks_of(reader, days.s, days.c, today, scope, wanted) if marks is None else marks


def marks_of(
    reader: Reader, first: date, last: date, today: date, scope: Scope, wanted: Collection[str]
) -> Iterator[Happening]:
    """The `wanted` events that are of a single one of these days: those that are an entry each, and reports missed."""
    events = {action: name for name, action in _ACTIONS.items() if name in wanted}
    tones = {tone: name for name, tone in _TONES.items() if name in wanted}
    actions = (*events, *(("remark",) if tones else ()))
    if actions:
        sql = _ENTRIES.format(actions=among(actions), scope=scope.sql)
        found = reader.stream(sql, {"s": first, "c": last, **scope.parameters})
        for action, task, unit, others, seq, on, note, changes in found:
            name = _called(action, changes, events, tones)
            if name is not None:
                yield Happening(name, task, unit, others, seq, day_of(on), 0, note)
    if missing := {kind: name for name, kind in _REPORTS.items() if name in wanted}:
        yield from _missed(reader, first, last, today, scope, missing)


def _called(action: str, changes: str | None, events: Mapping[str, str], tones: Mapping[str, str]) -> str | None:
    """The event that an entry is, if it is one: a remark by its tone; no flag where only the day was moved until when
    the task is listed."""
    if changes is None:
        return events[action]
    said = json.loads(changes)
    if action == "remark":
        return tones.get(said.get("tone", (None, ""))[1])
    return events[action] if "flagged" in said else None


def _missed(
    reader: Reader, first: date, last: date, today: date, scope: Scope, names: Mapping[str, str]
) -> Iterator[Happening]:
    from ledger.store.feedback import missed  # few rules count reports

    for task, unit, others, fault, seq in missed(reader, queries.rules(reader), first, last, today, scope):
        if fault.kind in names:
            late = 0 if fault.came is None else (fault.came - fault.due).days
            yield Happening(names[fault.kind], task, unit, others, seq, fault.due, late)


def _closings(reader: Reader, given: dict[str, object], scope: Scope) -> Iterator[Happening]:
    """What is done, and whether early or late: early goes by the deadline, without its days of grace, as far as that
    binds; late by the last day that binds."""
    for task, unit, others, seq, on, judged, deadline, binding in reader.stream(_CLOSED.format(scope=scope.sql), given):
        judged_on, last_day = day_of(judged), day_of(binding)
        yield Happening("done", task, unit, others, seq, day_of(on))
        if last_day is None:
            continue
        if judged_on > last_day:
            yield Happening("late", task, unit, others, seq, day_of(on), (judged_on - last_day).days)
        elif judged_on < (limit := min(day_of(deadline) or last_day, last_day)):
            yield Happening("early", task, unit, others, seq, day_of(on), (judged_on - limit).days)


def owed(reader: Reader, days: Days, scope: Scope) -> Iterator[tuple[str, str, int]]:
    """What is owed in the period (应销号): the unit that leads it, those that assist it, and the task."""
    given = {"s": days.s, "e": days.e, "c": days.c, "b": days.b, **scope.parameters}
    yield from reader.stream(_OWED.format(scope=scope.sql), given)
