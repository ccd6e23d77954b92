"""Lists of tasks: the ledger's open lines, the overdue ones, and today at a glance."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.period import Kind, Period, period_of
from ledger.dates.spans import Days
from ledger.model.rules import Rules
from ledger.model.task import STATUS_WORDS, UNFINISHED, Task, is_overdue
from ledger.reports.figures import Figures, figures_of
from ledger.store import conditions, queries
from ledger.store.conditions import FLAGGED_FIRST, GIVEN_OUT, OVERDUE_OR_SOON, answered_by, one_of, overdue, silent
from ledger.store.counts import Scope
from ledger.store.reader import Reader

ALL = "all"
STATUSES = {name: name for name in (*STATUS_WORDS, ALL)} | {word: name for name, word in STATUS_WORDS.items()}
STATUSES |= {"全部": ALL}
"""What a list may be of, by every name."""

SORTS: Mapping[str, str] = {
    "due": "t.due_on IS NULL, t.due_on, t.id",
    "code": "t.code, t.id",
    "assigned": "t.assigned_on, t.id",
    "closed": "t.closed_on IS NULL, t.closed_on, t.id",
    "unit": "t.unit, t.due_on IS NULL, t.due_on, t.id",
    "owner": "t.owner IS NULL, t.owner, t.due_on IS NULL, t.due_on, t.id",
    "title": "t.title, t.id",
    "id": "t.id",
}
"""Orders of a list by their names; those without a value come last."""


class Filter(NamedTuple):
    """Which tasks a list shows: of several that are named any will do; what is not named restricts nothing.

    `stale` is the day since which nothing was told. What a `leader` looks after are the tasks that he answers for, and
    all that the units lead whose group he leads (`led`). `group` is for units what `unit` is, until they are known.
    `own` are own columns, each with the values of which a task has one."""

    status: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    assisting: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    activity: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    own: Mapping[str, tuple[str, ...]] = {}
    leader: tuple[str, ...] = ()
    led: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    key: bool = False
    flagged: bool = False
    overdue: bool = False
    undated: bool = False
    ahead: bool = False
    due: Days | None = None
    stale: date | None = None
    grep: str | None = None
    sort: str = "due"
    limit: int | None = None


_SIMPLE = ("unit", "owner", "activity", "stage")
_FLAGS = {
    "key": "t.key",
    "flagged": "t.flagged",
    "undated": "t.due_on IS NULL",
    "assisting": """t."with" <> '[]'""",
    "tags": "t.tags <> '[]'",
}
_GREP = ("title", "code", "measure", "source")
LONGEST_GREP = 500
"""Characters: databases take no pattern of any length."""
_LIKE = "LIKE :grep ESCAPE '!'"
_SAID = f"EXISTS (SELECT 1 FROM entry e WHERE e.task = t.id AND lower(e.note) {_LIKE} AND {queries.IN_FORCE})"
"""A text is looked for in all that was ever said of a task."""


def list_tasks(reader: Reader, chosen: Filter, today: date, rules: Rules) -> list[Task]:
    """The tasks that fit; without a status those in hand, without `ahead` those given out by today."""
    where, parameters = _conditions(chosen, today)
    order = _by_unit(rules.units, parameters) + SORTS["unit"] if chosen.sort == "unit" else SORTS[chosen.sort]
    looks = bool(chosen.assisting or chosen.tags or chosen.own)  # at lists and own columns, which SQL only narrows down
    limit = "" if chosen.limit is None or looks else f" LIMIT {min(chosen.limit, 10**9)}"
    found = queries.tasks(reader, f"WHERE {' AND '.join(where)} ORDER BY {FLAGGED_FIRST}{order}{limit}", parameters)
    found = [task for task in found if _holds(task, chosen)][: chosen.limit] if looks else found
    tell_parts(reader, found, today)
    return found


def tell_parts(reader: Reader, tasks: Sequence[Task], today: date, until: date | None = None) -> None:
    """Tell the wholes among these tasks how their parts stand (分解), at the end of a business day `until` or now."""
    if tasks and queries.are_divided(reader):
        from ledger.store.families import fill  # few ledgers have any

        fill(reader, tasks, today, until)


def _holds(task: Task, chosen: Filter) -> bool:
    """Whether a task has one of the names that are looked for in each of its lists, and in each own column."""
    lists = ((chosen.assisting, task.with_units), (chosen.tags, task.tags))
    return all(not wanted or not set(wanted).isdisjoint(held) for wanted, held in lists) and all(
        (task.own.get(column) or "") in wanted for column, wanted in chosen.own.items()
    )


def lines_of(
    tasks: Sequence[Task], today: date, *, periods: bool = False, parts: bool = False
) -> Sequence[Sequence[Task]]:
    """The tasks as a list shows them to be read, in their order, a line each; with `periods` those of a series, with
    `parts` those of a whole have lines of their own.

    What is unfinished of one series shares a line, that of its earliest period that has begun, first in it. Nothing
    that presses is out of sight: those that are overdue as that one is not, or due sooner (it was put off), share a
    line of their own. What is listed by name (挂牌) stands by itself. The parts of a whole share its line where it is
    listed, save those that are overdue as it is not.
    """
    lines: Sequence[Sequence[Task]] = [[task] for task in tasks] if periods else _series_lines(tasks, today)
    return lines if parts else _with_parts(lines, today)


def _with_parts(lines: Sequence[Sequence[Task]], today: date) -> Sequence[Sequence[Task]]:
    at = {task.id: place for place, line in enumerate(lines) for task in line}
    behind: dict[int, list[Task]] = {}
    for line in lines:
        (first, *_) = line
        above = at.get(first.part_of or 0)
        if (
            above is not None
            and not first.flagged
            and not (is_overdue(first, today) > is_overdue(lines[above][0], today))
        ):
            behind.setdefault(above, []).append(first)
    hidden = {at[task.id] for parts in behind.values() for task in parts}
    return [[*line, *behind.get(place, ())] for place, line in enumerate(lines) if place not in hidden]


def _series_lines(tasks: Sequence[Task], today: date) -> list[list[Task]]:
    """What is unfinished of one series in one line."""
    of_series: dict[int, list[Task]] = {}
    for task in tasks:
        if task.series is not None and task.status in UNFINISHED and not task.flagged:
            of_series.setdefault(task.series, []).append(task)
    lines: dict[int, list[Task]] = {}
    for some in of_series.values():
        some.sort(key=lambda task: (task.assigned_on > today, task.occurrence_on or date.min))
        pressing = [] if is_overdue(some[0], today) else [task for task in some if _presses(task, some[0], today)]
        for line in ([task for task in some if task not in pressing], pressing):
            lines |= {task.id: line for task in line[:1]}
    behind = {task.id for line in lines.values() for task in line[1:]}
    return [lines.get(task.id, [task]) for task in tasks if task.id not in behind]


def _presses(task: Task, first: Task, today: date) -> bool:
    """Whether a task is overdue, or in hand and due sooner than the first one."""
    sooner = (task.last_day or date.max) < (first.last_day or date.max)
    return is_overdue(task, today) or (sooner and task.assigned_on <= today)


def _conditions(chosen: Filter, today: date) -> tuple[list[str], dict[str, Any]]:
    where = ["1 = 1"]
    parameters: dict[str, Any] = {}
    if not chosen.status:
        where.append(f"t.status IN {conditions.UNFINISHED}")
    if not chosen.ahead:
        where.append(GIVEN_OUT)
        parameters["today"] = today
    for name in _SIMPLE if ALL in chosen.status else (*_SIMPLE, "status"):
        if values := getattr(chosen, name):
            condition, named = one_of(name, f"{name}_", values)
            where.append(condition)
            parameters |= named
    if chosen.leader:
        condition, named = answered_by(chosen.leader, chosen.led)
        where.append(condition)
        parameters |= named
    where += [condition for name, condition in _FLAGS.items() if getattr(chosen, name)]
    if chosen.overdue:
        where.append(overdue("< :late"))
        parameters["late"] = today
    if chosen.due is not None:
        where.append("t.due_on BETWEEN :due_from AND :due_to")
        parameters |= {"due_from": chosen.due.first, "due_to": chosen.due.last}
    if chosen.stale is not None:
        where.append(silent(":since"))
        parameters["since"] = chosen.stale
    if chosen.grep is not None:
        where.append("(" + " OR ".join((*(f"lower(t.{name}) {_LIKE}" for name in _GREP), _SAID)) + ")")
        folded = "".join(letter.lower() if letter.isascii() else letter for letter in chosen.grep)  # as databases do
        parameters["grep"] = queries.like(folded)
    return where, parameters


def _by_unit(order: tuple[str, ...], parameters: dict[str, Any]) -> str:
    """Units sort in the office's display order, the rest after."""
    if not order:
        return ""
    parameters |= {f"unit{place}": unit for place, unit in enumerate(order)}
    cases = " ".join(f"WHEN :unit{place} THEN {place}" for place in range(len(order)))
    return f"CASE t.unit {cases} ELSE {len(order)} END, "


def overdue_tasks(reader: Reader, today: date, scope: Scope, within: int) -> list[Task]:
    """Open tasks past their last day, worst first; with `within` also those due in the next so many days."""
    until = days_on(today, within)
    chosen = OVERDUE_OR_SOON if within else overdue("< :today")
    found = queries.tasks(
        reader,
        f"WHERE {conditions.IN_HAND} AND {chosen}{scope.sql} ORDER BY {FLAGGED_FIRST}t.last_day, t.id",
        {"today": today, **({"until": until} if within else {}), **scope.parameters},
    )
    tell_parts(reader, found, today)
    return found


def days_on(today: date, days: int) -> date:
    """The day so many days on. Raises `BadValue` where the calendar has none."""
    try:
        return today + timedelta(days=days)
    except OverflowError:
        raise BadValue(f"天数 {days} 太大", "请写一个较小的天数") from None


class Glance(NamedTuple):
    """Today at a glance: this week's figures, what is overdue and what falls due within a week."""

    week: Period
    figures: Figures
    overdue: list[Task]
    soon: list[Task]


def glance(reader: Reader, today: date, rules: Rules) -> Glance:
    week = period_of(Kind.WEEK, today)
    figures = figures_of(reader, week, today, Scope(), rules.units, trend=False)
    found = overdue_tasks(reader, today, Scope(), rules.blue_days)
    late = [task for task in found if task.last_day is not None and task.last_day < today]
    return Glance(week, figures.totals, late, found[len(late) :])
