"""What is asked of a report, and what comes of it."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ledger.dates.period import Period
from ledger.reports.report import Report
from ledger.store.counts import Scope

if TYPE_CHECKING:
    from ledger.model.scoring import Rule
    from ledger.reports.figures import Part


class Asked(NamedTuple):
    """What was asked for: the period as typed, the scope, whether in full, in which format, compared or not, whether as
    a short text, what it is to be taken apart by, within which set of groups, by which scoring rule, of which
    unit each point is wanted, and which figure is to be opened."""

    period: str | None
    scope: Scope
    full: bool
    format: str
    compare: bool
    brief: bool
    by: "Part | None"
    by_group: str | None
    rule: "Rule | None"
    why: str | None
    drill: str | None


class Made(NamedTuple):
    """What came of it: the report for people and the object for programs, neither laid out before it is needed; of a
    part with the name of its unit or leader. It is of a `period`, or of the day that it is made on."""

    report: Callable[[], Report]
    value: Callable[[], object]
    part: str = ""
    period: Period | None = None

    def label(self, today: date) -> str:
        """What it is of, as the contract's JSON says it."""
        return today.isoformat() if self.period is None else self.period.label
