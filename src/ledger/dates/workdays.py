"""Working days: the published holidays and 调休, under the office's own table of days.

A day is answered by the office's table first, then by chinesecalendar (2004–2026; loaded when first asked), and beyond
both by Monday to Friday less the statutory days off, which is uncertain and printed with the mark `UNCERTAIN`. A year
beyond chinesecalendar counts as known once the table holds one of its 班 days: there is no year's notice without one.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from ledger.base.errors import BadValue
from ledger.dates.holidays import statutory_days

UNCERTAIN = "未含调休"


class Workdays:
    """`table` holds the office's own days: True 班, False 休. Spans are inclusive; BadValue out of the calendar."""

    __slots__ = ("_known", "_table")

    def __init__(self, table: Mapping[date, bool] = {}) -> None:
        self._table = table
        self._known = {day.year for day, works in table.items() if works}

    def is_workday(self, day: date) -> tuple[bool, bool]:
        """Whether `day` is a working day, and whether that is certain."""
        if day in self._table:
            return self._table[day], True
        holidays, workdays, first, last = _published()
        if first <= day.year <= last:
            return day in workdays or (day.weekday() < 5 and day not in holidays), True
        return day.weekday() < 5 and day not in statutory_days(day.year), self.knows(day.year)

    def knows(self, year: int) -> bool:
        """Whether the holidays and 调休 of `year` are known."""
        _, _, first, last = _published()
        return first <= year <= last or year in self._known

    def add(self, day: date, n: int) -> tuple[date, bool]:
        """The n-th working day after `day` (before it where `n` is negative), and whether it is certain."""
        step = timedelta(days=1 if n > 0 else -1)
        certain = True
        for _ in range(abs(n)):
            works = False
            while not works:
                day = _step(day, step)
                works, sure = self.is_workday(day)
                certain = certain and sure
        return day, certain

    def neighbours(self, day: date) -> tuple[date, date]:
        """The working days next before and next after `day`."""
        return self.add(day, -1)[0], self.add(day, 1)[0]

    def nth(self, first: date, last: date, n: int) -> tuple[date | None, bool]:
        """The n-th working day of a span, from its end where `n` is negative; None when it has fewer."""
        try:
            outside = first - timedelta(days=1) if n > 0 else last + timedelta(days=1)
        except OverflowError:
            return None, False
        day, certain = self.add(outside, n)
        return (day if first <= day <= last else None), certain

    def time_off(self, day: date) -> tuple[date, date]:
        """The rest days in a row around `day`, which is taken as one itself."""
        before, after = self.neighbours(day)
        return before + timedelta(days=1), after - timedelta(days=1)

    def moved(self, day: date, rest_day: str) -> date:
        """`day`, or when it is a rest day the working day `before` or `after` it, as `rest_day` says; `keep` keeps."""
        if rest_day == "keep" or self.is_workday(day)[0]:
            return day
        return self.add(day, -1 if rest_day == "before" else 1)[0]


def _step(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError:
        raise BadValue("工作日超出了公元1年至9999年") from None


@cache
def _published() -> tuple[frozenset[date], frozenset[date], int, int]:
    """Days off and make-up days of chinesecalendar, with its first and last year."""
    from chinese_calendar import holidays, workdays  # type: ignore[import-untyped]

    return frozenset(holidays), frozenset(workdays), min(holidays).year, max(holidays).year
