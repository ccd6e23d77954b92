"""Spans of days, both ends included: units of the calendar by number, and what is picked out of a span.

Months are numbered through, year * 12 + month - 1, as are days, weeks and the pieces of months. Whatever leaves the
calendar (0001-01-01 to 9999-12-31) is a BadValue; its last week ends with it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from ledger.base.errors import BadValue

DAY, WEEK, TEN_DAYS, HALF_MONTH, MONTH = "day", "week", "ten days", "half month", "month"
_CUTS = {TEN_DAYS: (1, 11, 21), HALF_MONTH: (1, 16), MONTH: (1,)}  # the days on which a month's pieces begin
_OUTSIDE = "超出了公元1年至9999年"


class Days(NamedTuple):
    first: date
    last: date


def single(day: date) -> Days:
    return Days(day, day)


def day_of(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValue(f"没有{year}年{month}月{day}日这一天") from None


def later(day: date, days: int = 0, months: int = 0) -> date:
    """So many months and then days later; of months the same day, or the last of that month (Civil Code 202)."""
    try:
        if months:
            from dateutil.relativedelta import relativedelta  # few expressions count months

            day += relativedelta(months=months)
        return day + timedelta(days=days)
    except (OverflowError, ValueError):
        raise BadValue(f"时限{_OUTSIDE}") from None


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def month(number: int) -> Days:
    found = Stretch(MONTH).span(number)
    if found is None:
        raise BadValue(f"{number // 12}年{_OUTSIDE}")
    return found


def months(number: int, length: int) -> Days:
    return Days(month(number).first, month(number + length - 1).last)


def year_days(year: int) -> Days:
    return months(year * 12, 12)


def week(day: date) -> Days:
    """Monday to Sunday around the day; the last week ends with the calendar."""
    monday = day.toordinal() - day.weekday()
    return Days(date.fromordinal(monday), date.fromordinal(min(monday + 6, date.max.toordinal())))


def days_of_month(first: int, last: int) -> Callable[[Days], Days]:
    """A part of a month; days beyond its end stand for its last."""
    return lambda whole: Days(whole.first.replace(day=first), whole.first.replace(day=min(last, whole.last.day)))


def day_of_month(day: int) -> Callable[[Days], Days]:
    """The day of a month, which must exist."""
    return lambda whole: single(day_of(whole.first.year, whole.first.month, day))


def months_within(place: int, length: int) -> Callable[[Days], Days]:
    """`length` months from the month `place` of a year, quarter or half, counted from 0; -1 is its last."""

    def part(whole: Days) -> Days:
        first = month_of(whole.first) + place if place >= 0 else month_of(whole.last) + 1 + place
        return months(first, length)

    return part


def last_day(whole: Days) -> Days:
    return single(whole.last)


def nth_weekday(whole: Days, weekday: int, n: int) -> date | None:
    """The n-th such weekday of a span, from its end where `n` is negative; None when it has fewer."""
    edge, step = (whole.first, 7) if n > 0 else (whole.last, -7)
    away = (weekday - edge.weekday()) % 7 if n > 0 else -((edge.weekday() - weekday) % 7)
    ordinal = edge.toordinal() + away + step * (abs(n) - 1)
    return date.fromordinal(ordinal) if whole.first.toordinal() <= ordinal <= whole.last.toordinal() else None


class Stretch(NamedTuple):
    """Time cut into spans of `every` units without gaps; `anchor` is the number of a unit in which one begins."""

    unit: str
    every: int = 1
    anchor: int = 0

    def number(self, day: date) -> int:
        """Which span holds the day."""
        if self.unit == DAY:
            unit = day.toordinal()
        elif self.unit == WEEK:
            unit = (day.toordinal() - 1) // 7  # 0001-01-01 was a Monday
        else:
            cuts = _CUTS[self.unit]
            unit = month_of(day) * len(cuts) + sum(day.day >= cut for cut in cuts) - 1
        return (unit - self.anchor) // self.every

    def span(self, number: int) -> Days | None:
        """The days of the span, cut at the calendar's end; None out of the calendar."""
        unit = self.anchor + number * self.every
        first, after = self._first(unit), self._first(unit + self.every)
        return Days(first, after - timedelta(days=1) if after else date.max) if first else None

    def _first(self, unit: int) -> date | None:
        if self.unit in (DAY, WEEK):
            day = unit if self.unit == DAY else unit * 7 + 1
            return date.fromordinal(day) if 1 <= day <= date.max.toordinal() else None
        place, piece = divmod(unit, len(_CUTS[self.unit]))
        year, month = divmod(place, 12)
        return date(year, month + 1, _CUTS[self.unit][piece]) if 1 <= year <= 9999 else None
