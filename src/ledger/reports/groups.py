"""Figures by group of units (片区, 类别): the subtotals of each set, which add up to the total.

A group sums its units; those that no group of the set has stand under 未分组, last. What none of the units is in
is left out. Only a ledger that groups its units has any of this.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ledger.model.rules import UNGROUPED, Group, GroupSet
from ledger.reports.columns import figure_cells, figure_columns
from ledger.reports.figures import Figures, summed
from ledger.reports.report import Column, Row, Section, Total


class GroupFigures(NamedTuple):
    """A group of the set `of`, with those of its units that are counted, and what they come to."""

    of: str
    group: Group
    figures: Figures


def divided(chosen: GroupSet, units: Iterable[str]) -> list[Group]:
    """The units in their groups, each in the order in which they come."""
    found: dict[str, list[str]] = {}
    place = {unit: group.name for group in chosen.groups for unit in group.units}
    for unit in units:
        found.setdefault(place.get(unit, UNGROUPED), []).append(unit)
    known = (*chosen.groups, Group(UNGROUPED))
    return [group._replace(units=tuple(found[group.name])) for group in known if group.name in found]


def by_group(sets: Iterable[GroupSet], by_unit: Sequence[tuple[str, Figures]]) -> list[GroupFigures]:
    """The subtotals of every set, its groups in order."""
    figures = dict(by_unit)
    return [
        GroupFigures(one.name, group, summed(figures[unit] for unit in group.units))
        for one in sets
        for group in divided(one, figures)
    ]


def as_json(found: Iterable[GroupFigures]) -> list[dict[str, Any]]:
    """The rows `by_group` of a report's object."""
    return [
        {"set": of, "name": group.name, "leader": group.leader, "units": list(group.units), **figures.as_json()}
        for of, group, figures in found
    ]


def group_column(of: str) -> Column:
    """The column of the groups of a set, under the set's name."""
    return Column(of, "name", "group")


def group_sections(found: Iterable[GroupFigures], totals: Figures, shown: Mapping[str, str]) -> list[Section]:
    """A table for each set of which there is more than one group: their figures (name → title), the total."""
    sections = []
    for of, groups in groupby(found, key=lambda one: one.of):
        rows: list[Row] = [(one.group.name, *figure_cells(one.figures, shown)) for one in groups]
        if len(rows) < 2:
            continue
        rows.append(Total(("合计", *figure_cells(totals, shown))))
        title = f"分{of.removeprefix('按').removeprefix('分')}情况"
        columns = (group_column(of), *figure_columns(shown))
        sections.append(Section(title, columns, rows, name="by_group", figures=True))
    return sections
