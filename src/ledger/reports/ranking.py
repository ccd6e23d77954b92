"""The circular (通报): units in the order of how well they strike off what is due, and what is overdue.

Order: 销号率, then 按期率, then 超期销号, then 逾期在办. A unit that struck off nothing in the period was late with
nothing: its 按期率 counts as whole. Units alike in all four share a place and stand in the office's own order; a unit
with nothing due has no place and stands after the others. A task given out after today is left out of it all.

By a scoring rule the order is that of the scores, and who takes no part or has too few items has no place. Beside what
is overdue and who is on the black list stands the cause, if any is recorded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.dates.period import Period
from ledger.model.rules import GroupSet, Rules
from ledger.model.task import Task, Thresholds
from ledger.reports.causes import Cause, causes_of, causes_of_units
from ledger.reports.figures import Figures, PeriodFigures, figures_of
from ledger.reports.periods import overdue_tasks
from ledger.reports.places import Placed, in_order
from ledger.reports.standing import Standing, standing_at
from ledger.store import counts
from ledger.store.counts import Scope
from ledger.store.reader import Reader

if TYPE_CHECKING:
    from ledger.model.scoring import Rule
    from ledger.reports.groups import GroupFigures
    from ledger.reports.scoring import Scoring

_EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Ranking:
    """A period's circular.

    `red` are the units in the first places, `black` those in the last, the last first; `overdue` the tasks overdue at
    the end of the period as counted, by unit in the order of `units`, worst first. Where the ledger has groups of
    units, `groups` are what these come to; where units are ranked `within` those of one set, `units` stand in the order
    of the groups, and each group has its own red and black list. Where they are ranked by a rule, `scoring` has that
    and for how long each has stood on its list. `causes` are those of the overdue tasks, `blamed` of the units that are
    on the black list, each with its task.
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
    scoring: "Scoring | None" = None
    causes: Mapping[int, Cause] = field(default_factory=dict)
    blamed: Mapping[str, tuple[Task, Cause]] = field(default_factory=dict)

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
                    **self._score(one),
                    **one.figures.as_json(),
                    "extended_tasks": one.figures.extended_tasks,
                }
                for one in self.units
            ],
            "red": [one.name for one in self.red],
            "black": [one.name for one in self.black],
            **self._by_rule(),
            **self._by_group(),
            "overdue": [self.standing.object_of(task, self.thresholds) for task in self.overdue],
            "causes": [
                {"code": task.code, "unit": task.unit, **self.causes[task.id].as_json()}
                for task in self.overdue
                if task.id in self.causes
            ],
        }

    def _score(self, one: Placed) -> dict[str, Any]:
        if self.scoring is None:
            return {}
        from ledger.model.scoring import score_json

        return score_json(one.score, self.scoring.rule)

    def _by_rule(self) -> dict[str, Any]:
        if self.scoring is None:
            return {}
        from ledger.model.scoring import as_json

        return {"rule": as_json(self.scoring.rule), "streaks": self.scoring.streaks._asdict()}


def ranking_of(
    reader: Reader,
    period: Period,
    today: date,
    rules: Rules,
    scope: Scope = _EVERYTHING,
    as_of: str | None = None,
    within: GroupSet | None = None,
    rule: "Rule | None" = None,
) -> Ranking:
    """The circular of a period as of `today`, of the part in `scope`, its units ranked `within` the groups of a set, by
    a scoring `rule` where there is one."""
    scope = scope._replace(given_out_by=today)
    figures = figures_of(reader, period, today, scope, rules.units, trend=False)
    scoring = None
    if rule is None:
        units, red, black = in_order(figures.by_unit, within)
    else:
        from ledger.reports.scoring import scoring_of

        scoring = scoring_of(reader, period, today, rule, scope, figures.by_unit, within)
        _, units, red, black, _ = scoring
    found = overdue_tasks(reader, period, today, scope)
    order = {one.name: at for at, one in enumerate(units)}
    found.sort(key=lambda task: order[task.unit])
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
        scoring,
        causes_of(reader, overdue_then, counts.days_of(period, today).c),
        causes_of_units(reader, [one.name for one in black], period, today),
    )


def _group_figures(rules: Rules, figures: PeriodFigures) -> list["GroupFigures"]:
    if not rules.groups:
        return []
    from ledger.reports.groups import by_group

    return by_group(rules.groups, figures.by_unit)
