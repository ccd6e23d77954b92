"""The circular (通报): units in the order of how well they strike off what is due, and what is overdue.

Order: 销号率, then 按期率, then 超期销号, then 逾期在办. A unit that struck off nothing in the period was late with
nothing: its 按期率 counts as whole. Units alike in all four share a place and stand in the office's own order; a unit
with nothing due has no place and stands after the others. A task given out after today is left out of it all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ledger.dates.period import Period
from ledger.model.rules import GroupSet, Rules
from ledger.model.task import Task, Thresholds
from ledger.reports.columns import BRIEF, TaskColumns, column, figure_cells, figure_columns
from ledger.reports.figures import Figures, PeriodFigures, figures_of, summed, unmet_word
from ledger.reports.present import moment_of
from ledger.reports.report import GAP, Alarm, Column, Line, Report, Row, Section, Total
from ledger.reports.standing import Standing, standing_at
from ledger.store import counts, queries
from ledger.store.conditions import overdue, stands
from ledger.store.counts import Scope
from ledger.store.reader import Reader

if TYPE_CHECKING:
    from ledger.reports.groups import GroupFigures

SHOWN = 5
"""How many places the red and the black list have (前五、后五), fewer where half of the units are fewer; there are none
where no more units than that have a place."""

_EVERYTHING = Scope()
_OVERDUE = (
    f"JOIN span n ON n.task = t.id WHERE {stands('n', ':c')} AND "
    + overdue("<= :v", status="n.status", judged="n.judged_on")
    + "{scope} ORDER BY t.last_day, t.id"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit with its place, None where nothing was due; where units are ranked within their groups also its group."""

    place: int | None
    name: str
    figures: Figures
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """A period's circular.

    `red` are the units in the first places, `black` those in the last, the last first; `overdue` the tasks overdue at
    the end of the period as counted, by unit in the order of `units`, worst first. Where the ledger has groups of
    units, `groups` are what these come to; where units are ranked `within` those of one set, `units` stand in the order
    of the groups, and each group has its own red and black list.
    """

    ledger: str
    period: Period
    today: date
    as_of: str | None
    thresholds: Thresholds
    totals: Figures
    units: list[Placed]
    red: list[Placed]
    black: list[Placed]
    overdue: list[Task]
    standing: Standing
    groups: Sequence["GroupFigures"] = ()
    within: str | None = None

    def _by_group(self) -> dict[str, Any]:
        if not self.groups:
            return {}
        from ledger.reports.groups import as_json

        return {"by_group": as_json(self.groups)}

    def as_json(self) -> dict[str, Any]:
        """The object for programs, days still `date`."""
        return {
            "ledger": self.ledger,
            "period": self.period.as_json(),
            "today": self.today,
            "as_of": self.as_of,
            "totals": self.totals.as_json(),
            "ranking": [
                {
                    "place": one.place,
                    "name": one.name,
                    **({"group": one.group} if self.within else {}),
                    **one.figures.as_json(),
                    "extended_tasks": one.figures.extended_tasks,
                }
                for one in self.units
            ],
            "red": [one.name for one in self.red],
            "black": [one.name for one in self.black],
            **self._by_group(),
            "overdue": [self.standing.object_of(task, self.thresholds) for task in self.overdue],
        }


def ranking_of(
    reader: Reader,
    period: Period,
    today: date,
    rules: Rules,
    scope: Scope = _EVERYTHING,
    as_of: str | None = None,
    within: GroupSet | None = None,
) -> Ranking:
    """The circular of a period as of `today`, of the part in `scope`, its units ranked `within` the groups of a set."""
    scope = scope._replace(given_out_by=today)
    figures = figures_of(reader, period, today, scope, rules.units, trend=False)
    ranked = [placed(figures.by_unit)] if within is None else placed_within(within, figures.by_unit)
    units = [one for part in ranked for one in part]
    days = counts.days_of(period, today)
    found = queries.tasks(reader, _OVERDUE.format(scope=scope.sql), {"c": days.c, "v": days.v, **scope.parameters})
    order = {one.name: at for at, one in enumerate(units)}
    found.sort(key=lambda task: order[task.unit])
    lists = [praised_and_blamed(part) for part in ranked]
    red, black = ([one for part in lists for one in part[side]] for side in (0, 1))
    standing = standing_at(reader, period, today, found)
    overdue_then = standing.of(found)
    return Ranking(
        rules.name,
        period,
        today,
        as_of,
        rules.thresholds,
        figures.totals,
        units,
        red,
        black,
        overdue_then,
        standing,
        _group_figures(rules, figures),
        within and within.name,
    )


def _group_figures(rules: Rules, figures: PeriodFigures) -> list["GroupFigures"]:
    if not rules.groups:
        return []
    from ledger.reports.groups import by_group

    return by_group(rules.groups, figures.by_unit)


def placed_within(within: GroupSet, by_unit: Sequence[tuple[str, Figures]]) -> list[list[Placed]]:
    """The units in order within each group."""
    from ledger.reports.groups import divided

    figures = dict(by_unit)
    return [
        [replace(one, group=group.name) for one in placed([(unit, figures[unit]) for unit in group.units])]
        for group in divided(within, figures)
    ]


def placed(by_unit: Sequence[tuple[str, Figures]]) -> list[Placed]:
    """The units in order; those alike share the place of the first of them, and the next is as far on."""
    due = sorted((one for one in by_unit if one[1].obligation), key=lambda one: _merit(one[1]))
    found: list[Placed] = []
    for at, (name, figures) in enumerate(due, start=1):
        alike = found and _merit(found[-1].figures) == _merit(figures)
        found.append(Placed(found[-1].place if alike else at, name, figures))
    return found + [Placed(None, name, figures) for name, figures in by_unit if not figures.obligation]


def _merit(figures: Figures) -> tuple[Fraction, Fraction, int, int]:
    """What the order goes by, the best first."""
    judged = figures.on_time + figures.late
    timely = Fraction(figures.on_time, judged) if judged else Fraction(1)
    return -Fraction(figures.met, figures.obligation), -timely, figures.late, figures.overdue


def praised_and_blamed(units: Sequence[Placed]) -> tuple[list[Placed], list[Placed]]:
    """The red and the black list (红黑榜). Who has struck off nothing is not praised, who has struck off everything
    not blamed; units alike are named together or, where they would be on both lists, only praised."""
    ranked = [one for one in units if one.place is not None]
    if len(ranked) <= SHOWN:
        return [], []
    places = min(SHOWN, len(ranked) // 2)
    red = [one for one in ranked if (one.place or 0) <= places and one.figures.met]
    edge = ranked[-places].place or 0
    last = [one for one in ranked if (one.place or 0) >= edge and one.figures.met < one.figures.obligation]
    return red, [one for one in reversed(last) if one not in red]


_FIGURES = {
    "obligation": "应销号", "met": "已销号", "completion": "销号率", "timeliness": "按期率", "late": "超期",
    "overdue": "逾期", "extended_tasks": "延期件数",
}  # fmt: skip
_COLUMNS = (Column("名次", "number", "place"), column("unit", "name"), *figure_columns(_FIGURES))


def ranking_report(ranking: Ranking, rules: Rules, shown: TaskColumns = BRIEF) -> Report:
    """The circular laid out: the ranking with its total, the two lists where there are any, the overdue tasks."""
    totals = ranking.totals
    columns = (*_group_columns(ranking), *_COLUMNS)
    sections = [Section("单位名次", columns, _rows(ranking), name="ranking")]
    if ranking.red or ranking.black:
        sections.append(Section("红榜", columns, [_row(one) for one in ranking.red], name="red"))
        sections.append(Section("黑榜", columns, [_row(one) for one in ranking.black], name="black"))
    if ranking.groups:
        from ledger.reports.groups import group_sections

        tables = group_sections(ranking.groups, totals, _FIGURES)
        sections += (replace(one, figures=False) for one in tables)  # each on a sheet of its own, as the ranking
    tasks = [
        shown.row(task, ranking.standing.day, rules, 0, ranking.standing.later.get(task.id)) for task in ranking.overdue
    ]
    sections.append(Section("逾期事项", shown.columns, tasks, name="overdue", count=len(tasks)))
    summary: Line = (
        ("应销号", totals.obligation, "件"),
        ("已销号", totals.met, "件 销号率", totals.completion),
        (unmet_word(ranking.period, ranking.today), totals.obligation - totals.met, "件"),
        (Alarm("逾期", totals.overdue),),
    )
    return Report(
        "销号情况通报",
        ranking.ledger,
        moment_of(ranking.standing.day, ranking.as_of),
        ranking.standing.day,
        ranking.period.chinese,
        (summary,),
        sections,
        "rank",
        PeriodFigures(totals, [(one.name, one.figures) for one in ranking.units], [], []),
        span=ranking.period,
    )


def _group_columns(ranking: Ranking) -> list[Column]:
    if ranking.within is None:
        return []
    from ledger.reports.groups import group_column

    return [group_column(ranking.within)]


def _rows(ranking: Ranking) -> list[Row]:
    """The units in order, each group of them with its subtotal, and the total."""
    rows: list[Row] = []
    for group, units in groupby(ranking.units, key=lambda one: one.group):
        found = list(units)
        rows += map(_row, found)
        if group is not None:
            subtotal = summed(one.figures for one in found)
            rows.append(Total((group, None, "小计", *figure_cells(subtotal, _FIGURES))))
    if len(ranking.units) > 1:
        label = ("合计", None) if ranking.within is None else ("合计", None, None)
        rows.append(Total((*label, *figure_cells(ranking.totals, _FIGURES))))
    return rows


def _row(one: Placed) -> Row:
    group = () if one.group is None else (one.group,)
    return (*group, GAP if one.place is None else one.place, one.name, *figure_cells(one.figures, _FIGURES))
