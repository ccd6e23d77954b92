"""A duty whose periods follow one another: 上一期销号后10日内.

Each is given out on the day on which the one before it was struck off, the first when the duty is; no calendar has its
days.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ledger.dates.recurrence import Occurrence
from ledger.dates.spans import later
from ledger.dates.workdays import Workdays


class Following(NamedTuple):
    """How long after its day a period is due, counted from the next one; with nothing named on that very day.

    It answers as a `Recurrence` does, of the first period alone.
    """

    months: int = 0
    days: int = 0
    workdays: int = 0

    @property
    def follows(self) -> bool:
        """Whether the end of one period begins the next."""
        return True

    def due(self, day: date, workdays: Workdays, rest_day: str = "keep") -> date:
        """When the period is due that was given out on this day."""
        counted, _ = workdays.add(later(day, self.days, self.months), self.workdays)
        return workdays.moved(counted, rest_day)

    def occurrences(
        self, first: date, last: date, workdays: Workdays | None = None, rest_day: str = "keep"
    ) -> Iterator[Occurrence]:
        """The period that begins on `first`, due by `last` at the latest."""
        if first <= last:
            yield Occurrence(first, max(min(self.due(first, workdays or Workdays(), rest_day), last), first))

    def current(self, today: date, workdays: Workdays | None = None) -> Occurrence:
        return Occurrence(today, self.due(today, workdays or Workdays()))

    @property
    def words(self) -> str:
        """上一期销号后1个月内: what the language reads as this again."""
        if self.workdays:
            return f"上一期销号后{self.workdays}个工作日内"
        half = "半" if self.months and self.days == _HALF_A_MONTH else ""
        if self.months and (half or not self.days):
            return f"上一期销号后{self.months}个{half}月内"
        return f"上一期销号后{self.days}日内" if self.days else "上一期销号后当天"


_HALF_A_MONTH = 15
