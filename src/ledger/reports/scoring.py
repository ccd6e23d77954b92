"""Scores of units by an office's rule (`model.scoring`): the events of a period for each unit, what they come to, and
how many periods in a row a unit has stood on a list.

A report of fewer units (`--group`) counts what those do with tasks of any lead, so that nobody's score depends on who
is shown. Earlier periods are counted anew, by what is known now: a correction tells in them too.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.period import Period
from ledger.model.rules import GroupSet
from ledger.model.scoring import Rule, Score, scored
from ledger.reports.figures import Figures
from ledger.reports.places import Merit, Placed, in_order
from ledger.store import counts
from ledger.store.counts import Scope
from ledger.store.events import Happening, happenings, marks_of, owed
from ledger.store.reader import Reader

PERIODS = 12
"""How many periods in a row are counted at most, that of the report among them."""

_ROLES = {
    "done": ("lead", "assist"),
    "late": ("late", "late_assist"),
    "overdue": ("overdue", "overdue_assist"),
}
"""What an event is called for the unit that leads, and for those that assist."""
_ASSISTING = {assisting for _, assisting in _ROLES.values()}


class Account(NamedTuple):
    """What a unit's score is made of: the tasks of its `items`, and its events that have points, under their names."""

    items: set[int]
    events: list[Happening]


_NOTHING = Account(set(), [])


def accounts_of(
    reader: Reader,
    period: Period,
    today: date,
    rule: Rule,
    scope: Scope,
    marks: Iterable[Happening] | None = None,
) -> dict[str, Account]:
    """Unit → its account; who has neither items nor events is absent. The `marks` of the period if they are known."""
    days, whole = counts.days_of(period, today), _of_all_units(scope)
    found: dict[str, Account] = {}
    helping = not _ASSISTING.isdisjoint(rule.points)
    for leading, others, task in owed(reader, days, whole):
        for unit in (leading, *(_helpers(leading, others) if helping else ())):
            found.setdefault(unit, Account(set(), [])).items.add(task)
    for one in happenings(reader, days, today, whole, rule.points.keys(), marks):
        if one.event == "early" and -one.days < rule.early_days:
            continue
        for unit, name in _concerned(one):
            if name in rule.points:
                account = found.setdefault(unit, Account(set(), []))
                account.items.add(one.task)
                account.events.append(one._replace(event=name))
    named = set(scope.units)
    return {unit: account for unit, account in found.items() if not named or unit in named}


def _of_all_units(scope: Scope) -> Scope:
    return scope._replace(units=(), called=())


def _concerned(one: Happening) -> Iterator[tuple[str, str]]:
    """The units that an event counts for, each with what it is called for it."""
    leading, assisting = _ROLES.get(one.event, (one.event, None))
    yield one.unit, leading
    if assisting is not None:
        for unit in _helpers(one.unit, one.with_units):
            yield unit, assisting


def _helpers(leading: str, others: str) -> list[str]:
    """The units that assist a task, of the JSON text of their names."""
    return [] if others == "[]" else [unit for unit in dict.fromkeys(json.loads(others)) if unit != leading]


def scores_of(accounts: Mapping[str, Account], rule: Rule, units: Iterable[str]) -> dict[str, Score]:
    """The scores of these units; who takes no part has none."""
    found = {}
    for unit in units:
        if unit not in rule.exclude:
            account = accounts.get(unit, _NOTHING)
            found[unit] = scored(rule, len(account.items), (one.event for one in account.events))
    return found


def by_score(scores: Mapping[str, Score]) -> Merit:
    """The highest score first."""

    def merit(name: str, _: Figures) -> object:
        total = scores[name].total if name in scores else None
        return None if total is None else -total

    return merit


class Streaks(NamedTuple):
    """For how many periods in a row each unit of the red and of the black list has stood there, at most `PERIODS`."""

    red: dict[str, int]
    black: dict[str, int]


def streaks_of(
    period: Period, red: list[Placed], black: list[Placed], lists_of: Callable[[Period], tuple[set[str], set[str]]]
) -> Streaks:
    """The streaks up to this period, by the lists of those before it: each is asked for only while one goes on."""
    found = Streaks({one.name: 1 for one in red}, {one.name: 1 for one in black})
    going = [set(one) for one in found]
    for _ in range(PERIODS - 1):
        if not any(going) or (before := _before(period)) is None:
            break
        period = before
        for side, names, listed in zip(found, going, lists_of(period), strict=True):
            names &= listed
            for name in names:
                side[name] += 1
    return found


def _before(period: Period) -> Period | None:
    try:
        return period.previous
    except BadValue:
        return None


class _Marks:
    """The events that are an entry each of the periods before one that a streak may go back to, read at once when the
    first of them is asked for."""

    def __init__(self, reader: Reader, period: Period, today: date, scope: Scope, rule: Rule) -> None:
        self._reader, self._period, self._today, self._scope, self._rule = reader, period, today, scope, rule

    @cached_property
    def _all(self) -> list[Happening]:
        first = self._period
        for _ in range(PERIODS - 1):
            first = _before(first) or first
        wanted = self._rule.points.keys()
        return list(marks_of(self._reader, first.start, self._period.start, self._today, self._scope, wanted))

    def of(self, period: Period, today: date) -> list[Happening]:
        last = min(period.end, today)
        return [one for one in self._all if period.start <= one.on <= last]


class Scoring(NamedTuple):
    """What a rule makes of a period: the units in order, each with its score, the two lists, and their streaks."""

    rule: Rule
    units: list[Placed]
    red: list[Placed]
    black: list[Placed]
    streaks: Streaks


def scoring_of(
    reader: Reader,
    period: Period,
    today: date,
    rule: Rule,
    scope: Scope,
    by_unit: list[tuple[str, Figures]],
    within: GroupSet | None,
) -> Scoring:
    """The scores of the units with figures, and of those that only assist."""
    accounts = accounts_of(reader, period, today, rule, scope)
    known = dict(by_unit)
    by_unit = by_unit + [(unit, Figures()) for unit in sorted(accounts) if unit not in known]
    names = [unit for unit, _ in by_unit]
    scores = scores_of(accounts, rule, names)
    units, red, black = in_order(by_unit, within, by_score(scores), rule.listed, deserved=False)

    marks = _Marks(reader, period, today, _of_all_units(scope), rule)

    def lists_of(earlier: Period) -> tuple[set[str], set[str]]:
        found = accounts_of(reader, earlier, today, rule, scope, marks.of(earlier, today))
        before = scores_of(found, rule, names)
        _, *lists = in_order(by_unit, within, by_score(before), rule.listed, deserved=False)
        first, last = ({one.name for one in listed} for listed in lists)
        return first, last

    def scored_ones(placed: list[Placed]) -> list[Placed]:
        return [replace(one, score=scores.get(one.name)) for one in placed]

    streaks = streaks_of(period, red, black, lists_of)
    return Scoring(rule, scored_ones(units), scored_ones(red), scored_ones(black), streaks)


def unplaced(scoring: Scoring) -> list[str]:
    """Who has no place, and why."""
    without = [one for one in scoring.units if one.place is None]
    apart = [one.name for one in without if one.score is None]
    idle = [one.name for one in without if one.score is not None and not one.score.items]
    few = [one.name for one in without if one.score is not None and one.score.items]
    told = ((apart, "不参加排名"), (idle, "无任务"), (few, f"不足{scoring.rule.min_items}件,不排名次"))
    return [f"{'、'.join(names)}{why}" for names, why in told if names]
