"""What the parts of a deadline mean: days, and moments whose year may still be open.

Spans of days are inclusive. Months are numbered through, year * 12 + month - 1. Whatever leaves the calendar
(0001-01-01 to 9999-12-31) is a BadValue.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.workdays import UNCERTAIN, Workdays

LONG_PAST = 90  # days: a deadline without a year that is longer past is next year's
_OUTSIDE = "超出了公元1年至9999年"


class Days(NamedTuple):
    first: date
    last: date


class Moment(NamedTuple):
    """A span of days, given by a number that may have to be chosen: the year, or the month of a bare 月初.

    `choose` says how: "fixed": `days(at)`, whatever the number means; "written": `at` is the year as written; "year":
    the ledger's year, or this or next by the 90 days; "next": the first from `at` on that is not over on the setting's
    reference day; "coming": likewise by today. `say` tells the user which one was taken.
    """

    days: Callable[[int], Days]
    choose: str = "fixed"
    at: int = 0
    say: Callable[[int], str] | None = None

    def narrow(self, part: Callable[[Days], Days]) -> "Moment":
        """The part of it, whatever the number."""
        whole = self.days
        return self._replace(days=lambda n: part(whole(n)))


def fixed(first: date, last: date | None = None) -> Moment:
    return Moment(lambda _: Days(first, last or first))


def day_of(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValue(f"没有{year}年{month}月{day}日这一天") from None


def later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise BadValue(f"时限{_OUTSIDE}") from None


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def month(number: int) -> Days:
    year, place = divmod(number, 12)
    if not 1 <= year <= 9999:
        raise BadValue(f"{year}年{_OUTSIDE}")
    first = date(year, place + 1, 1)
    length = (date(year, place + 2, 1) - first).days if place < 11 else 31
    return Days(first, first.replace(day=length))


def months(number: int, length: int) -> Days:
    return Days(month(number).first, month(number + length - 1).last)


def months_later(day: date, n: int) -> date:
    """The same day `n` months later, or the last of that month (Civil Code 202)."""
    there = month(month_of(day) + n)
    return min(later(there.first, day.day - 1), there.last) if day.day > 28 else there.first.replace(day=day.day)


def year_days(year: int) -> Days:
    if not 1 <= year <= 9999:
        raise BadValue(f"{year}年{_OUTSIDE}")
    return Days(date(year, 1, 1), date(year, 12, 31))


def week(day: date) -> Days:
    """Monday to Sunday around the day; the last week ends with the calendar."""
    monday = day.toordinal() - day.weekday()
    return Days(date.fromordinal(monday), date.fromordinal(min(monday + 6, date.max.toordinal())))


def days_of_month(first: int, last: int) -> Callable[[Days], Days]:
    """A part of a month; days beyond its end stand for its last."""
    return lambda whole: Days(whole.first.replace(day=first), whole.first.replace(day=min(last, whole.last.day)))


def day_of_month(day: int) -> Callable[[Days], Days]:
    """The day of a month, which must exist."""

    def part(whole: Days) -> Days:
        found = day_of(whole.first.year, whole.first.month, day)
        return Days(found, found)

    return part


def months_within(place: int, length: int) -> Callable[[Days], Days]:
    """`length` months from the month `place` of a year, quarter or half, counted from 0; -1 is its last."""

    def part(whole: Days) -> Days:
        first = month_of(whole.first) + place if place >= 0 else month_of(whole.last) + 1 + place
        return months(first, length)

    return part


def last_day(whole: Days) -> Days:
    return Days(whole.last, whole.last)


def nth_weekday(whole: Days, weekday: int, n: int) -> date | None:
    """The n-th such weekday of a span, from its end where `n` is negative; None when it has fewer."""
    edge, step = (whole.first, 7) if n > 0 else (whole.last, -7)
    away = (weekday - edge.weekday()) % 7 if n > 0 else -((edge.weekday() - weekday) % 7)
    ordinal = edge.toordinal() + away + step * (abs(n) - 1)
    return date.fromordinal(ordinal) if whole.first.toordinal() <= ordinal <= whole.last.toordinal() else None


class Setting(NamedTuple):
    """What an expression is read against: the day, the day that N日内 counts from, the ledger's year, working days."""

    today: date
    base: date
    year: int | None
    workdays: Workdays
    notes: list[str]  # what has to be told, collected on the way
    doubts: list[date]  # the days whose working was uncertain, of the moment settled last

    @property
    def reference(self) -> date:
        """From which day on a holiday or a bare 年初 is looked for: today, or where the ledger is of another year its
        first day."""
        return self.today if self.year in (None, self.today.year) else year_days(self.year or 0).first

    def note(self, *notes: str) -> None:
        self.notes.extend(note for note in notes if note and note not in self.notes)

    def settle(self, moment: Moment) -> Days:
        """The days of the moment, its number chosen; the choice is noted."""
        number = moment.at
        if moment.choose == "year":
            number = self._assumed_year(moment)
        elif moment.choose in ("next", "coming"):
            reference = self.reference if moment.choose == "next" else self.today
            while moment.days(number).last < reference:
                number += 1
        self.doubts.clear()
        days = moment.days(number)
        if moment.say and moment.choose in ("year", "next", "coming"):
            self.note(moment.say(number))
        if self.doubts:
            self.note(UNCERTAIN)
        return days

    def _assumed_year(self, moment: Moment) -> int:
        if self.year is not None:
            return self.year
        year = self.today.year
        try:
            last = moment.days(year).last
        except BadValue:
            if year == 9999:
                raise
            last = date(year, 3, 1)  # 29 February is the only day that some years lack
        return year + (self.today.toordinal() - last.toordinal() > LONG_PAST)

    def through(self, first: Moment, second: Moment) -> Moment:
        """From the beginning of one moment to the end of another, which follows it: 12月至2月 ends next year."""
        alike = (first.choose, first.at) == (second.choose, second.at) and first.choose != "fixed"
        if alike or (first.choose == "written" and second.choose == "year"):
            return first._replace(days=lambda n: _joined(first.days(n), second.days, n, 1))
        if first.choose == "year" and second.choose == "written":
            return second._replace(days=lambda n: _preceded(first.days, second.days(n), n))
        begin = self.settle(first)
        step = 1 if second.choose in ("year", "next", "coming") else 0
        return second._replace(days=lambda n: _joined(begin, second.days, n, step))


def _joined(first: Days, second: Callable[[int], Days], n: int, step: int) -> Days:
    end = second(n)
    if end.last < first.first and step:
        end = second(n + step)
    return _ordered(first, end)


def _preceded(first: Callable[[int], Days], second: Days, n: int) -> Days:
    begin = first(n)
    return _ordered(begin if begin.first <= second.last else first(n - 1), second)


def _ordered(first: Days, second: Days) -> Days:
    if second.last < first.first:
        raise BadValue(f"止期{second.last}早于起期{first.first}", "请把先后顺序写对")
    return Days(first.first, second.last)
