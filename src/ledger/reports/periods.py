"""A period's report: its figures and the tasks behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ledger.dates.period import Period, period_of
from ledger.model.rules import GroupSet, Rules
from ledger.model.task import UNFINISHED as IN_HAND
from ledger.model.task import Task, Thresholds
from ledger.reports.combings import Combing, combings
from ledger.reports.figures import PeriodFigures, figures_of, named_figures
from ledger.reports.lists import tell_parts
from ledger.reports.remarks import Remark, remark_object, remarks_of
from ledger.reports.standing import Standing, standing_at
from ledger.store import counts, queries
from ledger.store.conditions import (
    BEGUN,
    FLAGGED_FIRST,
    RATED,
    RUNNING,
    TO_BE_GIVEN_OUT,
    UNFINISHED,
    carried,
    due,
    fate,
    overdue,
    owed,
    stands,
    unmet,
)
from ledger.store.counts import Scope
from ledger.store.reader import Reader

if TYPE_CHECKING:
    from ledger.model.feedback import Owing
    from ledger.reports.compared import Comparison
    from ledger.reports.ratings import Rated

SECTIONS = ("closed_before", "carried", "due", "added", "reopened", "closed", "cancelled", "next", "undated")
"""The sections of tasks, beside `problems` and `nil`."""

_FULL_ONLY = ("closed_before", "added", "closed", "cancelled")
STAGES = ("quarter", "half", "year")
"""The longer periods name what is unfinished; what was done only on demand."""

_AT_END = fate("t.id", ":c")
_SPANS = f"JOIN span n ON n.task = t.id WHERE n.status IN {UNFINISHED}"
_CARRIED = f"{_SPANS} AND {carried('n', 't.due_on', ':')}"
_DUE = f"WHERE {due(':s', ':e')}"
_AS_GIVEN_OUT = f"ORDER BY {FLAGGED_FIRST}t.assigned_on, t.id"
_BY_DEADLINE = f"ORDER BY {FLAGGED_FIRST}t.due_on, t.id"


def _stepped(flow: str, first: str, last: str) -> str:
    return (
        "JOIN (SELECT n.task, max(n.since) AS day FROM span n "
        f"WHERE {BEGUN[flow].format(span='n')} AND n.since BETWEEN :{first} AND :{last} GROUP BY n.task) x "
        "ON x.task = t.id "
        f"WHERE 1 = 1{{scope}} ORDER BY {FLAGGED_FIRST}x.day, t.id"
    )


_SELECTIONS: Mapping[str, str] = {
    "closed_before": _stepped("closed", "ps", "pc"),
    "carried": f"{_CARRIED} AND {owed(_AT_END)}{{scope}} {_BY_DEADLINE}",
    "due": f"{_DUE} AND {owed(_AT_END)}{{scope}} {_BY_DEADLINE}",
    "added": f"WHERE t.assigned_on BETWEEN :s AND :c{{scope}} {_AS_GIVEN_OUT}",
    "reopened": _stepped("reopened", "s", "c"),
    "closed": _stepped("closed", "s", "c"),
    "cancelled": _stepped("cancelled", "s", "c"),
    "next": f"WHERE {due(':ns', ':ne')} AND ({_AT_END} IN {UNFINISHED} OR {TO_BE_GIVEN_OUT}){{scope}} {_BY_DEADLINE}",
    "undated": f"{_SPANS} AND t.last_day IS NULL AND {stands('n', ':c')}{{scope}} {_AS_GIVEN_OUT}",
}
_UNFINISHED_ONLY = {
    "carried": f"{_CARRIED} AND {unmet(_AT_END)}{{scope}} {_BY_DEADLINE}",
    "due": f"{_DUE} AND {unmet(_AT_END)}{{scope}} {_BY_DEADLINE}",
}
_NIL = (
    f"{_DUE} AND t.quota IS NOT NULL AND {_AT_END} IN {RUNNING} AND (t.tally = 0 "
    "OR NOT EXISTS (SELECT 1 FROM entry e WHERE e.task = t.id AND e.action = 'tally' AND e.\"on\" <= :c AND "
    f"{queries.IN_FORCE})){{scope}} {_BY_DEADLINE}"
)
"""In hand at the end of c with a quota due in the period, of which nothing was counted up to c."""

_OVERDUE = (
    f"JOIN span n ON n.task = t.id WHERE {stands('n', ':c')} AND "
    + overdue("<= :v", status="n.status", judged="n.judged_on")
    + "{scope} ORDER BY t.last_day, t.id"
)
_PROBLEMS = f"WHERE t.problems <> '[]' AND {_AT_END} IN {UNFINISHED}{{scope}} ORDER BY t.key DESC, t.id"
"""Some of them may be open at the end of c."""


@dataclass(slots=True)
class PeriodReport:
    """Everything that a report of a period says, for people and for programs.

    `sections` maps the names of `SECTIONS` to tasks, and `nil` to those that reported nothing of their quota (未报送),
    by unit in display order; `owed` has those on which a report was owed at its end (未报送), with what; `remarks` are
    what leaders said in it; `troubled` are the tasks with open problems, key tasks first; `undone` what was carried
    over or due and not struck off by the end of the period as counted (the weekly list has no need of it).
    `combings` says who combed the whole list, and when; `compared` what the period is held against, if it is;
    `ratings` are the evaluations (满意度) of its days.
    `as_of` is the moment of recording that the report is cut at, None for now. Tasks are as they stood at the end of a
    period that is over (`standing`).
    """

    ledger: str
    period: Period
    today: date
    as_of: str | None
    thresholds: Thresholds
    figures: PeriodFigures
    sections: dict[str, list[Task]]
    troubled: list[Task]
    undone: list[Task]
    standing: Standing
    combings: Sequence[Combing] = ()
    compared: "Comparison | None" = None
    groups: Sequence[GroupSet] = ()
    ratings: "Sequence[Rated]" = ()
    owed: "Sequence[tuple[Task, Owing]]" = ()
    remarks: Sequence[Remark] = ()

    def carried_times(self, task: Task) -> int:
        return carried_times(self.period, task)

    def _object(self, task: Task) -> dict[str, Any]:
        return self.standing.object_of(task, self.thresholds, self.carried_times(task))

    def _owed_objects(self) -> list[dict[str, Any]]:
        if not self.owed:
            return []
        from ledger.reports.feedback import owing_object

        return [self._object(task) | owing_object(owing) for task, owing in self.owed]

    def _by_group(self) -> dict[str, Any]:
        if not self.groups:
            return {}
        from ledger.reports.groups import as_json, by_group

        return {"by_group": as_json(by_group(self.groups, self.figures.by_unit))}

    def as_json(self) -> dict[str, Any]:
        """The contract's report object, days still `date`."""
        figures = self.figures
        sections: dict[str, list[Any]] = {
            name: [self._object(task) for task in self.sections.get(name, [])] for name in SECTIONS
        }
        sections["problems"] = [
            {"task": self._object(task), "text": problem.text, "since": problem.since}
            for task in self.troubled
            for problem in task.open_problems
        ]
        sections["nil"] = [self._object(task) for task in self.sections.get("nil", [])]
        if self.ratings:
            from ledger.reports.ratings import rating_object

            sections["satisfaction"] = [rating_object(one) for one in self.ratings]
        sections["owed"] = self._owed_objects()
        sections["remarks"] = [remark_object(one, self._object) for one in self.remarks]
        combed = {"combed": [one._asdict() for one in self.combings]} if self.period.kind == "week" else {}
        return {
            "ledger": self.ledger,
            "period": self.period.as_json(),
            "today": self.today,
            "as_of": self.as_of,
            "totals": figures.totals.as_json(),
            "by_unit": named_figures(figures.by_unit),
            "by_activity": named_figures(figures.by_activity),
            **self._by_group(),
            "trend": [
                {"label": part.label, "start": part.start, "end": part.end, **counted.as_json()}
                for part, counted in figures.trend
            ],
            "sections": sections,
            **combed,
            **({"compare": self.compared.as_json(figures.totals)} if self.compared else {}),
        }


def carried_times(period: Period, task: Task) -> int:
    """How many lists have carried the task over (结转次数): by how many periods the report comes after that of the
    deadline or of the giving out, whichever is later."""
    if task.due_on is None or task.due_on >= period.start:
        return 0
    since = period_of(period.kind, max(task.due_on, task.assigned_on))
    return max(0, period.index - since.index)


def period_report(
    reader: Reader,
    period: Period,
    today: date,
    rules: Rules,
    scope: Scope,
    *,
    full: bool = False,
    trend: bool = True,
    as_of: str | None = None,
    compare: bool = False,
) -> PeriodReport:
    """The report of a period as of `today`. Without `full` the longer periods leave out what was finished; with
    `compare` it is held against others."""
    brief = period.kind in STAGES and not full
    parameters = _parameters(period, today)
    unmet = {} if period.kind == "week" else _UNFINISHED_ONLY
    undone = {name: _select(reader, sql, parameters, scope) for name, sql in unmet.items()}
    left_out = (*_FULL_ONLY, *undone) if brief else ()
    wanted = {name: sql for name, sql in _SELECTIONS.items() if name not in left_out}
    sections = {name: _select(reader, sql, parameters, scope) for name, sql in wanted.items()}
    if brief:
        sections |= undone
    place = {unit: at for at, unit in enumerate(rules.units)}
    nil = _select(reader, _NIL, parameters, scope)
    sections["nil"] = sorted(nil, key=lambda task: place.get(task.unit, len(place)))
    owed = _owed(reader, period, today, rules, scope)
    figures = figures_of(reader, period, today, scope, rules.units, trend=trend)
    raised = _select(reader, _PROBLEMS, parameters, scope)
    unfinished = [task for tasks in undone.values() for task in tasks]
    remarks = remarks_of(reader, period.start, min(period.end, today), scope)
    shown = [
        *raised,
        *unfinished,
        *(task for task, _ in owed),
        *(one.task for one in remarks),
        *(task for tasks in sections.values() for task in tasks),
    ]
    tell_parts(reader, shown, today, period.end if period.end < today else None)
    standing = standing_at(reader, period, today, shown)
    sections = {name: standing.of(tasks) for name, tasks in sections.items()}
    troubled = [task for task in standing.of(raised) if task.open_problems and task.status in IN_HAND]
    undone_then = standing.of(unfinished)
    combed = combings(reader, period.start, period.end) if period.kind == "week" and scope == Scope() else []
    compared = None
    if compare:
        from ledger.reports.compared import comparison

        compared = comparison(reader, period, today, scope, rules.units)
    return PeriodReport(
        rules.name,
        period,
        today,
        as_of,
        rules.thresholds,
        figures,
        sections,
        troubled,
        undone_then,
        standing,
        combed,
        compared,
        rules.groups,
        _ratings(reader, rules, period, today, scope),
        list(zip(standing.of(task for task, _ in owed), (owing for _, owing in owed), strict=True)),
        [one._replace(task=standing.tasks.get(one.task.id, one.task)) for one in remarks],
    )


_CYCLES = "SELECT 1 FROM task t WHERE t.feedback IS NOT NULL LIMIT 1"


def _owed(reader: Reader, period: Period, today: date, rules: Rules, scope: Scope) -> "list[tuple[Task, Owing]]":
    """The tasks on which a report was owed at the end of the period, or is today; of a period to come none."""
    days = counts.days_of(period, today)
    if days.c < days.s or not reader.rows(_CYCLES):
        return []
    from ledger.store.feedback import owed_by  # few ledgers ask for reports

    now = min(days.v + timedelta(days=1), today)
    return [(one.task, one.owing) for one in owed_by(reader, rules, days.c, now, scope)]


def overdue_tasks(reader: Reader, period: Period, today: date, scope: Scope) -> list[Task]:
    """The tasks overdue at the end of the period as counted, worst first, as they are now."""
    days = counts.days_of(period, today)
    return queries.tasks(reader, _OVERDUE.format(scope=scope.sql), {"c": days.c, "v": days.v, **scope.parameters})


def _ratings(reader: Reader, rules: Rules, period: Period, today: date, scope: Scope) -> "Sequence[Rated]":
    days = counts.days_of(period, today)
    if not reader.rows(f"SELECT 1 FROM entry e WHERE {RATED} LIMIT 1", {"first": days.s, "last": days.c}):
        return ()
    from ledger.reports.ratings import ratings  # few offices evaluate

    return ratings(reader, rules, days.s, days.c, scope)


def _parameters(period: Period, today: date) -> dict[str, Any]:
    """The days that the selections name: those of `counts.Days`, and the periods before and after."""
    days = counts.days_of(period, today)
    before, after = _neighbours(period)
    return {
        "s": days.s,
        "e": days.e,
        "c": days.c,
        "b": days.b,
        "today": today,
        "ns": after[0],
        "ne": after[1],
        "ps": before[0],
        "pc": min(before[1], today),
    }


def _neighbours(period: Period) -> tuple[tuple[date, date], tuple[date, date]]:
    """First and last day of the period before and the one after; at the ends of the calendar an empty stretch."""
    nothing = (date.max, date.min)
    before = (period.previous.start, period.previous.end) if period.start.year > 1 else nothing
    after = (period.next.start, period.next.end) if period.end.year < date.max.year else nothing
    return before, after


def _select(reader: Reader, sql: str, parameters: Mapping[str, Any], scope: Scope) -> list[Task]:
    named = {name: value for name, value in parameters.items() if f":{name}" in sql}
    return queries.tasks(reader, sql.format(scope=scope.sql), {**named, **scope.parameters})
