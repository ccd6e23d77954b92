"""A report taken apart: for each lead unit, or each leader, what it would say of that one alone.

All of it is read and counted once, however many there are, so that the parts add up to the whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ledger.dates.period import Period
from ledger.model.rules import Rules
from ledger.model.task import Task
from ledger.reports.figures import Part, figures_by
from ledger.reports.periods import PeriodReport, period_report
from ledger.store.counts import Scope
from ledger.store.reader import Reader

if TYPE_CHECKING:
    from ledger.reports.ratings import Rated

PARTS: Mapping[str, Part] = {
    "unit": "unit", "单位": "unit", "牵头单位": "unit", "leader": "leader", "领导": "leader", "责任领导": "leader"
}  # fmt: skip
"""What a report may be taken apart by, by every name."""

WITHOUT = "未定领导"
"""What the part is called of the tasks that have no leader."""


def grouped(tasks: Iterable[Task], by: Part) -> dict[str | None, list[Task]]:
    """Tasks by their unit or their leader, each in the order in which they come."""
    found: dict[str | None, list[Task]] = {}
    for task in tasks:
        found.setdefault(getattr(task, by), []).append(task)
    return found


def in_order(parts: Mapping[str | None, list[Task]], order: Iterable[str]) -> dict[str | None, list[Task]]:
    """The parts in the office's display order of units, the rest as they come; None, what has no leader, last."""
    place = {name: place for place, name in enumerate(order)}
    names = sorted(parts, key=lambda name: (name is None, place.get(name or "", len(place))))
    return {name: parts[name] for name in names}


def period_parts(
    reader: Reader,
    period: Period,
    today: date,
    rules: Rules,
    scope: Scope,
    by: Part,
    *,
    full: bool = False,
    trend: bool = True,
    as_of: str | None = None,
) -> Iterator[tuple[str | None, PeriodReport]]:
    """The report for each unit, or each leader, that has a task in it or something counted, as if it alone had been
    asked for; under None, last, what has no leader."""
    whole = period_report(reader, period, today, rules, scope, full=full, trend=False, as_of=as_of)
    sections = {section: grouped(tasks, by) for section, tasks in whole.sections.items()}
    owing = grouped((task for task, _ in whole.owed), by)
    said = grouped((one.task for one in whole.remarks), by)
    troubled, undone = grouped(whole.troubled, by), grouped(whole.undone, by)
    ratings: dict[str | None, list[Rated]] = {}
    for one in whole.ratings:
        ratings.setdefault(one.unit if by == "unit" else one.leader, []).append(one)
    lists = (*sections.values(), troubled, undone, owing, said)
    named = [name for parts in lists for name in parts] + [*ratings]
    for name, figures in figures_by(reader, period, today, scope, rules.units, by, named, trend=trend).items():
        yield (
            name,
            replace(
                whole,
                figures=figures,
                sections={section: parts.get(name, []) for section, parts in sections.items()},
                troubled=troubled.get(name, []),
                undone=undone.get(name, []),
                ratings=ratings.get(name, []),
                owed=[one for one in whole.owed if getattr(one[0], by) == name],
                remarks=[one for one in whole.remarks if getattr(one.task, by) == name],
                combings=(),
            ),
        )
