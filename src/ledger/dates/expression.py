"""What the parts of a deadline mean: moments whose year may still be open, and the setting they are read in."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.spans import Days, year_days
from ledger.dates.workdays import UNCERTAIN, Workdays

LONG_PAST = 90  # days: a deadline without a year that is longer past is next year's


class Moment(NamedTuple):
    """A span of days, given by a number that may have to be chosen: the year, or the month of a bare 月初.

    `choose` says how: "fixed": `days(at)`, whatever the number means; "written": `at` is the year as written; "year":
    the ledger's year, or this or next by the 90 days; "next": the first from `at` on that is not over on the setting's
    reference day; "coming": likewise by today. `say` tells the user which one was taken, where it
    is not the ledger's own year or, without one, the current.
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

    def unnote(self, *notes: str) -> None:
        """Take back what need not be told after all."""
        self.notes[:] = [note for note in self.notes if note not in notes]

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
        if moment.say and moment.choose in ("year", "next", "coming") and number != (self.year or self.today.year):
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
        if (first.choose, second.choose) == ("written", "year"):
            day = first.days(first.at).first
            if second.days(first.at).last < day:
                self.note(f"止期未写年份,早于起期的月日,按{day.year + 1}年")
        alike = (first.choose, first.at) == (second.choose, second.at) and first.choose != "fixed"
        if alike or (first.choose == "written" and second.choose == "year"):
            return first._replace(days=lambda n: _joined(first.days(n), second.days, n, 1))
        if first.choose == "year" and second.choose == "written":
            return second._replace(days=lambda n: _preceded(first.days, second.days(n), n))
        of_years = second.choose == "year" or (second.choose, second.at) == ("next", self.reference.year)
        if (first.choose, first.at) == ("next", self.reference.year) and of_years:  # over when its end is: 年初至年底
            return first._replace(days=lambda n: _joined(first.days(n), second.days, n, 1))
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
