"""The figures of a period: in total, by unit, by activity and as a trend.

期初在办 + 新增 + 恢复 − 销号 − 撤销 = 期末在办 holds for each of them, and the closing of one period is the opening of
the next. What each figure means is in `LABELS`' order the table of the interface contract.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from ledger.dates.period import Period
from ledger.reports.rate import Rate
from ledger.store import counts, queries
from ledger.store.counts import Counts, Scope
from ledger.store.reader import Reader

Part = Literal["unit", "leader"]
"""What a report may be taken apart by."""


@dataclass(slots=True)
class Figures:
    """Counts of tasks (of entries for the flows) of one period; `extended_tasks` are those that `extended` counts the
    extensions of."""

    opening: int = 0
    added: int = 0
    reopened: int = 0
    closed: int = 0
    cancelled: int = 0
    closing: int = 0
    carried: int = 0
    due: int = 0
    met: int = 0
    on_time: int = 0
    late: int = 0
    on_time_original: int = 0
    late_original: int = 0
    overdue: int = 0
    extended: int = 0
    extended_tasks: int = 0

    @property
    def obligation(self) -> int:
        """应销号: carried over plus due."""
        return self.carried + self.due

    @property
    def completion(self) -> Rate:
        """销号率."""
        return Rate(self.met, self.obligation)

    @property
    def timeliness(self) -> Rate:
        """按期率."""
        return Rate(self.on_time, self.on_time + self.late)

    @property
    def timeliness_original(self) -> Rate:
        """按期率 by the deadlines first set."""
        return Rate(self.on_time_original, self.on_time_original + self.late_original)

    @property
    def equation(self) -> tuple[tuple[str, str, int], ...]:
        """What balances, each with the sign before it and its name."""
        return (
            ("", "期初在办", self.opening),
            ("+", "新增", self.added),
            ("+", "恢复", self.reopened),
            ("−", "销号", self.closed),
            ("−", "撤销", self.cancelled),
            ("=", "期末在办", self.closing),
        )

    @property
    def idle(self) -> bool:
        """Whether nothing at all was counted."""
        return not any(getattr(self, name) for name in NAMES)

    def as_json(self) -> dict[str, Any]:
        """The contract's keys in the contract's order; rates are fractions of 1, null when nothing was due."""
        return {
            "opening": self.opening,
            "added": self.added,
            "reopened": self.reopened,
            "closed": self.closed,
            "cancelled": self.cancelled,
            "closing": self.closing,
            "carried": self.carried,
            "due": self.due,
            "obligation": self.obligation,
            "met": self.met,
            "completion_rate": self.completion.share,
            "on_time": self.on_time,
            "late": self.late,
            "on_time_rate": self.timeliness.share,
            "on_time_rate_original": self.timeliness_original.share,
            "overdue": self.overdue,
            "extended": self.extended,
        }


NAMES = tuple(field.name for field in fields(Figures))

FLOWS = (
    ("期初在办", "opening", ""),
    ("本期新增", "added", ""),
    ("本期恢复", "reopened", ""),
    ("本期销号", "closed", ""),
    ("本期撤销", "cancelled", ""),
    ("期末在办", "closing", ""),
)
DUTY = (
    ("结转", "carried", "期初以前到期、未销号"),
    ("本期到期", "due", "含提前销号的"),
    ("应销号", "obligation", "结转 + 本期到期"),
    ("应销已销", "met", ""),
    ("销号率", "completion", "应销已销 ÷ 应销号"),
    ("按期销号", "on_time", ""),
    ("超期销号", "late", ""),
    ("按期率", "timeliness", "按期 ÷(按期 + 超期)"),
    ("按期率(原定时限)", "timeliness_original", "不计延期"),
    ("逾期在办", "overdue", "按期申请销号、等待审核的不算"),
    ("延期", "extended", "本期延长时限的次数"),
)
"""The figures of a summary: what each is called, its attribute, and what is to be known of it."""
TOTALS = (*FLOWS, *DUTY)


def unmet_word(period: Period, today: date) -> str:
    """What is not struck off of what was to be; until the period is over some of it is not yet due. It is never called
    在办: that is all that is in hand, whenever it is due."""
    return "到期未销号" if period.end <= today else "尚未销号"


def _figures(found: Counts) -> Figures:
    counted = dict(found)
    counted["met"] = counted.pop("met_carried", 0) + counted.pop("met_due", 0)
    return Figures(**counted)


def summed(parts: Iterable[Figures]) -> Figures:
    """All of them together."""
    total = Figures()
    for part in parts:
        for name in NAMES:
            setattr(total, name, getattr(total, name) + getattr(part, name))
    return total


@dataclass(slots=True)
class PeriodFigures:
    """`by_unit` has every unit that leads any task, in display order; `by_activity` has None for tasks without one;
    `trend` the sub-periods of the period."""

    totals: Figures
    by_unit: list[tuple[str, Figures]]
    by_activity: list[tuple[str | None, Figures]]
    trend: list[tuple[Period, Figures]]


def figures_of(
    reader: Reader, period: Period, today: date, scope: Scope, unit_order: tuple[str, ...], *, trend: bool = True
) -> PeriodFigures:
    """Count a period as of `today`; without `trend` the sub-periods are left out. Of a leader only the units are told
    that there is something of."""
    parts = _counted(reader, period, today, scope, "unit, activity")
    units, activities = _names(reader, scope, unit_order)
    return _whole(
        parts,
        _led(parts, units) if scope.leaders else units,
        activities,
        _trends(reader, period, today, scope, "i")() if trend else [],
    )


def figures_by(
    reader: Reader,
    period: Period,
    today: date,
    scope: Scope,
    unit_order: tuple[str, ...],
    by: Part,
    named: Iterable[str | None],
    *,
    trend: bool = True,
) -> dict[str | None, PeriodFigures]:
    """The same for each unit, or each leader, that is `named` or has something counted, all of them counted at once.

    Units come in display order, leaders as they are named; None, what has no leader, last."""
    found: dict[str | None, dict[Any, Figures]] = {}
    for (name, *key), part in _counted(reader, period, today, scope, f"{by}, unit, activity").items():
        if not part.idle:
            found.setdefault(name, {})[tuple(key)] = part
    trends = _trends(reader, period, today, scope, f"{by}, i") if trend else lambda name: []
    units, activities = _names(reader, scope, unit_order)
    names = {name: found.get(name, {}) for name in (*named, *found)}
    order = {name: place for place, name in enumerate(units)} if by == "unit" else {}
    last = len(order)
    return {
        name: _whole(names[name], [name] if name in order else _led(names[name], units), activities, trends(name))
        for name in sorted(names, key=lambda name: (name is None, order.get(name or "", last)))
    }


def _counted(reader: Reader, period: Period, today: date, scope: Scope, key: str) -> dict[Any, Figures]:
    found = counts.count(reader, [counts.days_of(period, today)], scope, key)
    return {names: _figures(figures) for names, figures in found.items()}


def _names(reader: Reader, scope: Scope, order: tuple[str, ...]) -> tuple[list[str], list[str | None]]:
    """The units and activities that are told."""
    return (
        [*_in_order(scope.units, order)] or queries.units(reader, order),
        [*scope.activities] or queries.activities(reader),
    )


def _led(parts: dict[Any, Figures], units: Iterable[str]) -> list[str]:
    """The units that there is something of in the `parts`."""
    led = {unit for (unit, _), part in parts.items() if not part.idle}
    return [unit for unit in units if unit in led]


def _whole(
    parts: dict[Any, Figures],
    units: Iterable[str],
    activities: Iterable[str | None],
    trend: list[tuple[Period, Figures]],
) -> PeriodFigures:
    """The figures of a period out of its `parts` by unit and activity."""
    return PeriodFigures(
        summed(parts.values()),
        [(unit, _where(parts, 0, unit)) for unit in units],
        [(name, _where(parts, 1, name)) for name in activities],
        trend,
    )


def named_figures(parts: Iterable[tuple[str | None, Figures]]) -> list[dict[str, Any]]:
    """The contract's rows of units or activities."""
    return [{"name": name, **figures.as_json()} for name, figures in parts]


def _where(parts: dict[Any, Figures], place: int, name: str | None) -> Figures:
    return summed(figures for key, figures in parts.items() if key[place] == name)


def _in_order(units: Sequence[str], order: tuple[str, ...]) -> list[str]:
    """Units in the office's display order, the rest as they were named."""
    return [unit for unit in order if unit in units] + [unit for unit in units if unit not in order]


def _trends(
    reader: Reader, period: Period, today: date, scope: Scope, key: str
) -> Callable[..., list[tuple[Period, Figures]]]:
    """The trend of what stands before "i" in the `key`."""
    parts = period.sub_periods()
    found = counts.count(reader, [counts.days_of(part, today) for part in parts], scope, key)
    return lambda *names: [(part, _figures(found.get((*names, i), {}))) for i, part in enumerate(parts)]
