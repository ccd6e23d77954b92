"""The trend as a chart: where everything stands in it; the template draws it.

Across, all is in percent of the width, so that the chart takes any width while its letters keep their size; down, in
pixels. Above runs the line of what was in hand at the end of each sub-period, below stand the bars of what was added
and struck off, each on a scale of its own from zero. A sub-period to come is a gap.
"""

from dataclasses import dataclass

from ledger.dates.day import month_day
from ledger.dates.period import Kind, Period
from ledger.reports.report import Report

_BASE, _BARS = 208, 72  # where the bars stand, and how high the highest is
_LINE_BASE, _LINE = 100, 68  # where zero of the line is, and how far it rises


@dataclass(frozen=True, slots=True)
class Bar:
    """`left`, `wide` and `middle` in percent, `top` and `high` in pixels."""

    style: str
    value: int
    left: float
    wide: float
    middle: float
    top: float
    high: float


@dataclass(frozen=True, slots=True)
class Point:
    """What was in hand at the end of a sub-period: percent across, pixels down."""

    value: int
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Trend:
    """`names` are the sub-periods with their places across; `bars` and `points` those of them that have begun."""

    names: list[tuple[str, float]]
    bars: list[Bar]
    points: list[Point]
    base: int = _BASE
    height: int = _BASE + 28

    @property
    def lines(self) -> list[tuple[Point, Point]]:
        """From each point to the next."""
        return list(zip(self.points, self.points[1:], strict=False))


def trend_of(report: Report) -> Trend | None:
    """The chart of `report.figures.trend`; None without figures."""
    parts = report.figures.trend if report.figures else []
    if not parts:
        return None
    step = 100 / len(parts)
    year = parts[0][0].start.year
    names = [(_name(part, year), step * (at + 0.5)) for at, (part, _) in enumerate(parts)]
    begun = [figures for part, figures in parts if part.start <= report.today]
    most = max((max(figures.added, figures.closed) for figures in begun), default=0)
    highest = max((figures.closing for figures in begun), default=0)
    wide = min(step / 4, 6.0)
    bars, points = [], []
    for (_, across), figures in zip(names, begun, strict=False):
        bars += [
            _bar("added", figures.added, most, across - wide * 1.1, wide),
            _bar("closed", figures.closed, most, across + wide * 0.1, wide),
        ]
        points.append(Point(figures.closing, across, _LINE_BASE - _LINE * figures.closing / (highest or 1)))
    return Trend(names, bars, points)


def _name(part: Period, year: int) -> str:
    """A sub-period as short as can be: a day without its weekday."""
    return month_day(part.start) if part.kind is Kind.DAY else part.short(year)


def _bar(style: str, value: int, most: int, left: float, wide: float) -> Bar:
    high = _BARS * value / (most or 1)
    return Bar(style, value, left, wide, left + wide / 2, _BASE - high, high)
