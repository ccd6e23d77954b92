"""Recurring duties: 每周, 每月25日前, 每季度末月20日, 每月最后一个工作日, 每周二、周四, 每年春节前.

Time is cut into periods of `every` units without gaps; each period has one occurrence, due at the period's end unless a
day is named, or one for each of several days named. A day that a month lacks is its last: the 31st, 29 February.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.day import long_day
from ledger.dates.holidays import STATUTORY, festival
from ledger.dates.numerals import chinese
from ledger.dates.spans import DAY, MONTH, TEN_DAYS, WEEK, Days, Stretch, later, month, month_of, nth_weekday
from ledger.dates.workdays import Workdays

_MONTHS = {1: "月", 3: "季度", 6: "半年", 12: "年"}
TERM = 7
"""The anchor of 每学期: terms begin in February and August, as no other half-year is counted."""


class Due(NamedTuple):
    """Which day of a period an occurrence is due on; nothing named is its last.

    `month` is one of the period's months from 0, -1 the last of them; the first beyond the period is 次月. In it `day`;
    or the `nth` (-1 the last) `weekday`, Monday 0; or the `nth` working day, which is sought in the whole period unless
    a month is `named`. In a week `weekday` alone. Or the eve of a `festival` in a year.
    """

    month: int = -1
    day: int = 0
    weekday: int = -1
    nth: int = 0
    named: bool = False
    festival: str = ""


class Occurrence(NamedTuple):
    start_on: date
    due_on: date


class Recurrence(NamedTuple):
    """`every` so many `unit`s; `anchor` is the number of a unit in which a period begins. `dues` are the days named in
    a period; `since` and `until` bound what the expression itself bounds (2013年3月起每月, 每周五前至年底)."""

    unit: str
    every: int = 1
    anchor: int = 0
    dues: tuple[Due, ...] = (Due(),)
    since: date | None = None
    until: date | None = None

    @property
    def follows(self) -> bool:
        """Its periods are the calendar's; those of `Following` are not."""
        return False

    def occurrences(
        self, first: date, last: date, workdays: Workdays | None = None, rest_day: str = "keep"
    ) -> Iterator[Occurrence]:
        """The occurrences in the span from `first` to `last`, by their day; the span cuts the periods at its ends.

        What would be due after `last` in a period that begins within the span is due on `last`; what was due before
        `first` is left out. `rest_day` moves a due day as `Workdays.moved` does, within the span.
        """
        workdays = workdays or Workdays()
        first, last = max(first, self.since or first), min(last, self.until or last)
        number = self.periods.number(first)
        while period := self.periods.span(number):
            if period.first > last:
                return
            number += 1
            for start, due in self._within(period, workdays):
                if start <= last and due >= first:
                    moved = workdays.moved(due, rest_day)
                    yield Occurrence(max(start, first), max(min(moved, last), first))

    def current(self, today: date, workdays: Workdays | None = None) -> Occurrence:
        """The first occurrence that is not due before `today`, its period whole; of a duty that is over its last.
        BadValue when there is none."""
        workdays = workdays or Workdays()
        if self.until is not None:
            return self._bounded(today, self.until, workdays)
        today = max(today, self.since or today)
        number = self.periods.number(today) - 1  # 次月10日 falls due in the period after its own
        for _ in range(1000):
            for start, due in self._within(self.periods.span(number), workdays):
                if due >= today:
                    return Occurrence(start, due)
            number += 1
        raise BadValue(f"“{self.words}”没有下一期")

    def _bounded(self, today: date, until: date, workdays: Workdays) -> Occurrence:
        before = self.periods.span(self.periods.number(min(today, until)) - 1)
        found = None
        for found in self.occurrences(self.since or (before.first if before else date.min), until, workdays):
            if found.due_on >= today:
                break
        if found is None:
            raise BadValue(f"“{self.words}”没有一期")
        return found

    @property
    def periods(self) -> Stretch:
        return Stretch(self.unit, self.every, self.anchor)

    def _within(self, period: Days | None, workdays: Workdays) -> list[Occurrence]:
        """The occurrences of a period: each begins after the day of the one before."""
        found: list[Occurrence] = []
        if period is None:
            return found
        start = period.first
        for due in sorted({day for one in self.dues if (day := self._day(period, one, workdays))}):
            found.append(Occurrence(start, due))
            if due == date.max:
                break
            start = due + timedelta(days=1)
        return found

    def _day(self, period: Days, due: Due, workdays: Workdays) -> date | None:
        if due.festival:
            return _eve(due.festival, period, workdays)
        if self.unit == DAY and due.nth:
            return period.first if workdays.is_workday(period.first)[0] else None
        if self.unit != MONTH or (due.nth and due.weekday < 0 and not due.named):
            if due.nth:
                return workdays.nth(*period, due.nth)[0]
            return nth_weekday(period, due.weekday, -1) if due.weekday >= 0 else period.last
        number = month_of(period.last) if due.month < 0 else month_of(period.first) + due.month
        if number >= 10_000 * 12:
            return None
        whole = month(number)
        if due.weekday >= 0:
            return nth_weekday(whole, due.weekday, due.nth)
        if due.nth:
            return workdays.nth(*whole, due.nth)[0]
        return whole.first.replace(day=min(due.day or 31, whole.last.day))

    @property
    def words(self) -> str:
        """每周五前, 每月1日、11日前, 每季度末月20日前: what the language reads as this recurrence again."""
        since = f"{long_day(self.since)}起" if self.since else ""
        return f"{since}{self._each}{f'至{long_day(self.until)}' if self.until else ''}"

    @property
    def _each(self) -> str:
        first = self.dues[0]
        if self.unit == DAY:
            return "每个工作日" if first.nth else "每日" if self.every == 1 else f"每{chinese(self.every)}天"
        if self.unit in (WEEK, MONTH):
            bound = "" if first.nth and first.weekday < 0 else "前"
            named = (
                self._days_of_weeks if self.unit == WEEK else [self._month(due) + _day_words(due) for due in self.dues]
            )
            return f"{self._unit}{'、'.join(named).replace('、底', '、月底')}{bound}"
        return "每旬末前" if self.unit == TEN_DAYS else "每半月末前"

    @property
    def _days_of_weeks(self) -> list[str]:
        if self.dues[0].nth:
            return [f"{_place(due.nth)}个工作日" for due in self.dues]
        week = "" if self.every == 1 else "周"  # 每周五, 每两周周五
        return [f"{week}{'一二三四五六日'[self.dues[0].weekday]}"] + [
            f"周{'一二三四五六日'[due.weekday]}" for due in self.dues[1:]
        ]

    @property
    def _unit(self) -> str:
        if self.unit == WEEK:
            return "每周" if self.every == 1 else f"每{chinese(self.every)}周"
        if self.every in _MONTHS and not self.anchor:
            return f"每{_MONTHS[self.every]}"
        if (self.every, self.anchor) == (6, TERM):
            return "每学期"
        if self.every % 12 == 0:
            return f"每{chinese(self.every // 12)}年"
        return f"每{chinese(self.every)}个月"

    def _month(self, due: Due) -> str:
        if due.festival or (self.every == 1 and due.month < 1):
            return ""
        if due.month >= self.every:
            return "次月"
        if self.every % 12 == 0 and due.month >= 0:
            return f"{due.month % 12 + 1}月"
        if due.month >= 0:
            return "首月" if due.month == 0 else f"第{due.month + 1}个月"
        bare = self.every < 3 and not due.named  # a day of a month, or of the last of two
        return "末月" if not bare and (due.day or due.weekday >= 0 or due.named) else ""


def _eve(name: str, period: Days, workdays: Workdays) -> date | None:
    """The last day before a festival, a working day before a statutory one, that lies in the period; None where the
    day of the festival is not known. 元旦前 lies in the year before."""
    for year in (period.first.year, period.first.year + 1):
        try:
            day = festival(name, year)
            due = workdays.add(day, -1)[0] if name in STATUTORY else later(day, -1)
        except BadValue:
            return None
        if period.first <= due <= period.last:
            return due
    return None


def _day_words(due: Due) -> str:
    if due.festival:
        return due.festival
    if due.weekday >= 0:
        return f"{_place(due.nth)}个周{'一二三四五六日'[due.weekday]}"
    if due.nth:
        return f"{_place(due.nth)}个工作日"
    return f"{due.day}日" if due.day else "底"


def _place(nth: int) -> str:
    return "最后一" if nth == -1 else f"倒数第{-nth}" if nth < 0 else f"第{nth}"
