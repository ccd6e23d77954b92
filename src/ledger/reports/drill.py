"""What stands behind a figure of a period's report: one task and one entry for each that it counts.

Both come from the same condition (`store.counts`), so that there are always as many as the figure says. A rate opens to
what it is a share of, each with whether it counts (销号率: what was to be struck off, with what was).
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.base.errors import BadValue
from ledger.base.text import quote
from ledger.dates.period import Period
from ledger.model.rules import Rules
from ledger.model.task import Task
from ledger.reports.columns import BRIEF, TaskColumns
from ledger.reports.figures import TOTALS
from ledger.reports.periods import carried_times
from ledger.reports.present import moment_of
from ledger.reports.rate import Rate
from ledger.reports.report import Column, Report, Section
from ledger.reports.standing import Standing, standing_at
from ledger.store import counts
from ledger.store.counts import Scope
from ledger.store.lookup import tasks_numbered
from ledger.store.reader import Reader

Pair = tuple[int, int | None]
"""What counts once: a task and the entry behind it."""


class Opens(NamedTuple):
    """Of which counts (`store.counts`) a figure consists; of a rate those that are not counted too."""

    counted: tuple[str, ...]
    rest: tuple[str, ...] = ()
    rate: bool = False


_RATES = {
    "completion_rate": Opens(("met_carried", "met_due"), ("carried", "due"), rate=True),
    "on_time_rate": Opens(("on_time",), ("late",), rate=True),
    "on_time_rate_original": Opens(("on_time_original",), ("late_original",), rate=True),
}
KEYS = {"completion": "completion_rate", "timeliness": "on_time_rate", "timeliness_original": "on_time_rate_original"}
LABELS = {KEYS.get(name, name): label for label, name, _ in TOTALS}
"""The figures that open, by the contract's keys, with the office's words."""

FIGURES = {name: Opens((name,)) for name in LABELS} | {
    "obligation": Opens(("carried", "due")),
    "met": Opens(("met_carried", "met_due")),
    **_RATES,
}


class Element(NamedTuple):
    """One that is counted, or of a rate one that might have been: the task, as it stood, and the entry behind it."""

    task: Task
    seq: int | None
    counted: bool


class Drill(NamedTuple):
    """A figure of a period opened."""

    ledger: str
    figure: str
    period: Period
    as_of: str | None
    elements: Sequence[Element]
    standing: Standing

    @property
    def value(self) -> int | Rate:
        """The figure itself."""
        number = sum(element.counted for element in self.elements)
        return Rate(number, len(self.elements)) if FIGURES[self.figure].rate else number

    def as_json(self, rules: Rules) -> dict[str, Any]:
        """The contract's object."""
        value = self.value
        return {
            "figure": self.figure,
            "value": value.share if isinstance(value, Rate) else value,
            "period": self.period.as_json(),
            "tasks": [
                self.standing.object_of(one.task, rules.thresholds, carried_times(self.period, one.task))
                | {"entry": one.seq, "counted": one.counted}
                for one in self.elements
            ],
        }


def figure_named(text: str) -> str:
    """The figure that is called so, by its key or the office's word. Raises `BadValue`."""
    named = {label.removeprefix("本期").removesuffix("在办"): name for name, label in LABELS.items()}
    named |= {label: name for name, label in LABELS.items()} | {name: name for name in FIGURES}
    word = text.strip()
    if word in named:
        return named[word]
    raise BadValue(f"没有数字{quote(text, 30)}", f"可用的有 {'、'.join(LABELS.values())}")


def drill(
    reader: Reader, period: Period, today: date, scope: Scope, figure: str, ledger: str, as_of: str | None
) -> Drill:
    """Open a figure (a key of `FIGURES`) of a period's report."""
    days = counts.days_of(period, today)
    pairs = pairs_of(figure, lambda name: counts.behind(reader, days, scope, name))
    tasks = tasks_numbered(reader, {task for (task, _), _ in pairs})
    standing = standing_at(reader, period, today, tasks.values())
    then = {task.id: task for task in standing.of(tasks.values())}
    elements = [Element(then[task], seq, so) for (task, seq), so in pairs]
    return Drill(ledger, figure, period, as_of, elements, standing)


def pairs_of(figure: str, listed: Callable[[str], Sequence[Pair]]) -> list[tuple[Pair, bool]]:
    """What a figure opens to, each with whether it counts; `listed` gives what stands behind a count."""
    opens = FIGURES[figure]
    counted = [pair for name in opens.counted for pair in listed(name)]
    others = {pair for name in opens.rest for pair in listed(name)} - set(counted)
    rest = sorted(others, key=lambda pair: (pair[0], pair[1] or 0))
    return [*((pair, True) for pair in counted), *((pair, False) for pair in rest)]


def drill_report(found: Drill, rules: Rules, shown: TaskColumns = BRIEF) -> Report:
    """The figure with its tasks, of a rate those that count and those that do not apart."""
    label, day = LABELS[found.figure], found.standing.day
    columns = (*shown.columns, Column("记录", "number", "entry"))

    def section(title: str, elements: Sequence[Element]) -> Section:
        rows = [
            (
                *shown.row(
                    one.task, day, rules, carried_times(found.period, one.task), found.standing.later.get(one.task.id)
                ),
                one.seq,
            )
            for one in elements
        ]
        return Section(title, columns, rows, count=len(rows) if title else None)

    parts = [section("", found.elements)]
    if FIGURES[found.figure].rate:
        parts = [
            section(title, [one for one in found.elements if one.counted is so])
            for title, so in (("计入", True), ("未计入", False))
        ]
    said = (((label, found.value),),)
    return Report(f"{label}明细", found.ledger, moment_of(day, found.as_of), day, found.period.chinese, said, parts)
