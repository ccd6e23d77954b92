"""Recurring duties: 每周, 每月25日前, 每季度末月20日, 每月最后一个工作日.

Time is cut into periods of `every` units without gaps; each period has one occurrence, due at the period's end unless a
day is named. A day that a month lacks is its last: the 31st, 29 February.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.numerals import chinese
from ledger.dates.spans import DAY, MONTH, TEN_DAYS, WEEK, Days, Stretch, month, month_of, nth_weekday
from ledger.dates.workdays import Workdays

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKING = "BYDAY=MO,TU,WE,TH,FR"
_MONTHS = {1: "月", 3: "季度", 6: "半年", 12: "年"}


class Due(NamedTuple):
    """Which day of a period an occurrence is due on; nothing named is its last.

    `month` is one of the period's months from 0, -1 the last of them; the first beyond the period is 次月. In it `day`;
    or the `nth` (-1 the last) `weekday`, Monday 0; or the `nth` working day, which is sought in the whole period unless
    a month is `named`. In a week `weekday` alone.
    """

    month: int = -1
    day: int = 0
    weekday: int = -1
    nth: int = 0
    named: bool = False


class Occurrence(NamedTuple):
    start_on: date
    due_on: date


class Recurrence(NamedTuple):
    """`every` so many `unit`s; `anchor` is the number of a unit in which a period begins."""

    unit: str
    every: int = 1
    anchor: int = 0
    due: Due = Due()

    def occurrences(
        self, first: date, last: date, workdays: Workdays | None = None, rest_day: str = "keep"
    ) -> Iterator[Occurrence]:
        """The occurrences in the span from `first` to `last`, by their day; the span cuts the periods at its ends.

        What would be due after `last` in a period that begins within the span is due on `last`; what was due before
        `first` is left out. `rest_day` moves a due day as `Workdays.moved` does, within the span.
        """
        workdays = workdays or Workdays()
        number = self._periods.number(first)
        while period := self._periods.span(number):
            if period.first > last:
                return
            number += 1
            due = self._due(period, workdays)
            if due and due >= first:
                due = workdays.moved(due, rest_day)
                yield Occurrence(max(period.first, first), max(min(due, last), first))

    def current(self, today: date, workdays: Workdays | None = None) -> Occurrence:
        """The first occurrence that is not due before `today`, its period whole. BadValue when there is none."""
        workdays = workdays or Workdays()
        number = self._periods.number(today) - 1  # 次月10日 falls due in the period after its own
        for _ in range(1000):
            period = self._periods.span(number)
            due = period and self._due(period, workdays)
            if period and due and due >= today:
                return Occurrence(period.first, due)
            number += 1
        raise BadValue(f"“{self.words}”没有下一期")

    @property
    def _periods(self) -> Stretch:
        return Stretch(self.unit, self.every, self.anchor)

    def _due(self, period: Days, workdays: Workdays) -> date | None:
        due = self.due
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
    def rrule(self) -> str:
        """RFC 5545, for the due days; with an INTERVAL, counted from an occurrence as DTSTART. Working days are the
        weekdays there, for it knows no holidays."""
        interval = f";INTERVAL={self.every}" if self.every > 1 else ""
        if self.unit == DAY:
            return f"FREQ=WEEKLY;{_WORKING}" if self.due.nth else f"FREQ=DAILY{interval}"
        if self.unit == WEEK:
            day = f"BYDAY={_WEEKDAYS[self.due.weekday]}"
            return f"FREQ=WEEKLY{interval};{f'{_WORKING};BYSETPOS={self.due.nth}' if self.due.nth else day}"
        if self.unit != MONTH:
            return "FREQ=MONTHLY;BYMONTHDAY=" + ("10,20,-1" if self.unit == TEN_DAYS else "15,-1")
        if self.every == 1:
            months = "FREQ=MONTHLY"
        elif 12 % self.every:
            months = f"FREQ=MONTHLY{interval}"
        else:
            place = (self.anchor + (self.due.month if self.due.month >= 0 else self.every - 1)) % self.every
            names = ",".join(str(n + 1) for n in range(place, 12, self.every))
            months = f"FREQ={'YEARLY' if self.every == 12 else 'MONTHLY'};BYMONTH={names}"
        return f"{months};{self._day_rule}"

    @property
    def _day_rule(self) -> str:
        due = self.due
        if due.weekday >= 0:
            return f"BYDAY={due.nth}{_WEEKDAYS[due.weekday]}"
        if due.nth:
            return f"{_WORKING};BYSETPOS={due.nth}"
        if due.day > 28:
            return f"BYMONTHDAY={','.join(map(str, range(28, due.day + 1)))};BYSETPOS=-1"
        return f"BYMONTHDAY={due.day or -1}"

    @property
    def words(self) -> str:
        """每周五前, 每月底前, 每季度末月20日前: what the language reads as this recurrence again."""
        due = self.due
        if self.unit == DAY:
            return "每个工作日" if due.nth else "每日" if self.every == 1 else f"每{chinese(self.every)}天"
        if self.unit == WEEK:
            each = "每周" if self.every == 1 else f"每{chinese(self.every)}周"
            if due.nth:
                return f"{each}{_place(due.nth)}个工作日"
            return f"{each if self.every == 1 else each + '周'}{'一二三四五六日'[due.weekday]}前"
        if self.unit != MONTH:
            return "每旬末前" if self.unit == TEN_DAYS else "每半月末前"
        return f"{self._months}{self._day_words}"

    @property
    def _months(self) -> str:
        if self.every in _MONTHS and not self.anchor:
            each = f"每{_MONTHS[self.every]}"
        elif self.every % 12 == 0:
            each = f"每{chinese(self.every // 12)}年"
        else:
            each = f"每{chinese(self.every)}个月"
        due = self.due
        if self.every == 1 and due.month < 1:
            return each
        if due.month >= self.every:
            return f"{each}次月"
        if self.every % 12 == 0 and due.month >= 0:
            return f"{each}{due.month % 12 + 1}月"
        if due.month >= 0:
            return f"{each}{'首月' if due.month == 0 else f'第{due.month + 1}个月'}"
        bare = self.every < 3 and not due.named  # a day of a month, or of the last of two
        return f"{each}末月" if not bare and (due.day or due.weekday >= 0 or due.named) else each

    @property
    def _day_words(self) -> str:
        due = self.due
        if due.weekday >= 0:
            return f"{_place(due.nth)}个周{'一二三四五六日'[due.weekday]}前"
        if due.nth:
            return f"{_place(due.nth)}个工作日"
        return f"{due.day}日前" if due.day else "底前"


def _place(nth: int) -> str:
    return "最后一" if nth == -1 else f"倒数第{-nth}" if nth < 0 else f"第{nth}"
