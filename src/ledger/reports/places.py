"""Units in order, with their places, and the red and the black list (红黑榜)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ledger.model.rules import GroupSet
from ledger.reports.figures import Figures

if TYPE_CHECKING:
    from ledger.model.scoring import Score

SHOWN = 5
"""How many places the red and the black list have (前五、后五), fewer where half of the units are fewer; there are none
where no more units than that have a place."""

Merit = Callable[[str, Figures], Any]
"""What the order of units goes by, the best first; None where a unit has no place."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit with its place, None where nothing was due; where units are ranked within their groups also its group,
    where they are ranked by a scoring rule its score (None where it takes no part)."""

    place: int | None
    name: str
    figures: Figures
    group: str | None = None
    score: "Score | None" = None


def by_rates(name: str, figures: Figures) -> tuple[Fraction, Fraction, int, int] | None:
    """销号率, then 按期率, then 超期销号, then 逾期在办."""
    if not figures.obligation:
        return None
    judged = figures.on_time + figures.late
    timely = Fraction(figures.on_time, judged) if judged else Fraction(1)
    return -Fraction(figures.met, figures.obligation), -timely, figures.late, figures.overdue


def in_order(
    by_unit: Sequence[tuple[str, Figures]],
    within: GroupSet | None,
    merit: Merit = by_rates,
    shown: int = SHOWN,
    *,
    deserved: bool = True,
) -> tuple[list[Placed], list[Placed], list[Placed]]:
    """The units in order, the red and the black list; group by group where they are ranked `within` a set."""
    parts = [placed(by_unit, merit)] if within is None else placed_within(within, by_unit, merit)
    lists = [praised_and_blamed(part, shown, deserved=deserved) for part in parts]
    red, black = ([one for part in lists for one in part[side]] for side in (0, 1))
    return [one for part in parts for one in part], red, black


def placed_within(
    within: GroupSet, by_unit: Sequence[tuple[str, Figures]], merit: Merit = by_rates
) -> list[list[Placed]]:
    """The units in order within each group."""
    from ledger.reports.groups import divided

    figures = dict(by_unit)
    return [
        [replace(one, group=group.name) for one in placed([(unit, figures[unit]) for unit in group.units], merit)]
        for group in divided(within, figures)
    ]


def placed(by_unit: Sequence[tuple[str, Figures]], merit: Merit = by_rates) -> list[Placed]:
    """The units in order; those alike share the place of the first of them, and the next is as far on."""
    merits = {name: merit(name, figures) for name, figures in by_unit}
    ranked = sorted((one for one in by_unit if merits[one[0]] is not None), key=lambda one: merits[one[0]])
    found: list[Placed] = []
    for at, (name, figures) in enumerate(ranked, start=1):
        alike = found and merits[found[-1].name] == merits[name]
        found.append(Placed(found[-1].place if alike else at, name, figures))
    return found + [Placed(None, name, figures) for name, figures in by_unit if merits[name] is None]


def praised_and_blamed(
    units: Sequence[Placed], shown: int = SHOWN, *, deserved: bool = True
) -> tuple[list[Placed], list[Placed]]:
    """The red and the black list (红黑榜). Units alike are named together or, where they would be on both lists, only
    praised. Where it must be `deserved`, who has struck off nothing is not praised, who has struck off everything not
    blamed: a score says so itself."""
    ranked = [one for one in units if one.place is not None]
    if len(ranked) <= shown:
        return [], []
    places = min(shown, len(ranked) // 2)
    edge = ranked[-places].place or 0
    red = [one for one in ranked if (one.place or 0) <= places]
    last = [one for one in ranked if (one.place or 0) >= edge]
    if deserved:
        red = [one for one in red if one.figures.met]
        last = [one for one in last if one.figures.met < one.figures.obligation]
    return red, [one for one in reversed(last) if one not in red]
