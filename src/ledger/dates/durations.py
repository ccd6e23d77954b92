"""Durations, ordinals and times of day: 三日内, 一个半月内, 最后一个工作日, 下午5点半. Grammar in `grammar.py`."""

from datetime import date
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.cursor import Cursor
from ledger.dates.day import WEEKDAYS
from ledger.dates.expression import Days, later, months_later, nth_weekday
from ledger.dates.workdays import UNCERTAIN


class Duration(NamedTuple):
    months: int = 0
    days: int = 0
    workdays: int = 0


class Ordinal(NamedTuple):
    """The n-th (from the end where negative) of its `kind`: "工作日", "天", "月", or "weekday"."""

    n: int
    kind: str
    weekday: int = 0


class Durations(Cursor):
    def duration(self) -> Duration | None:
        """A duration if the next tokens are one; 3日 is one only before 内 or 后, and 3月 never, but 两月."""
        mark = self.at
        if self.take("半"):
            length = self._half_unit()
        elif self.sees("number"):
            length = self._counted()
        else:
            return None
        if length is None:
            self.at = mark
            return None
        return length

    def _half_unit(self) -> Duration | None:
        if self.take("年"):
            return None if self.sees("底|初") else Duration(months=6)  # 半年末 is a day
        self.take("个")
        return Duration(days=15) if self.take("月") else None

    def _counted(self) -> Duration | None:
        text = self.tokens[self.at].text
        if len(text) > 4:
            return None
        n = self.number()
        if n == 0:
            return None
        measured = self.take("个")
        if measured and self.sees("半", "月"):
            self.at += 2
            return Duration(months=n, days=15)
        unit = self.take("天", "周", "工作日", "小时", "日", "月", "季度", "年")
        kind = unit.kind if unit else ""
        bounded = self.sees("内|后")
        if kind in ("天", "周", "工作日", "小时") or (kind == "日" and bounded):
            return _plain(kind, n)
        if kind == "月" and (measured or text == "两"):
            return Duration(months=n)
        if kind == "季度" and measured:
            return Duration(months=3 * n)
        return Duration(months=12 * n) if kind == "年" and n < 100 and (bounded or not self.kind()) else None

    def ends(self, base: date, length: Duration) -> date:
        """The last day of a duration counted from the day after `base`."""
        day = later(months_later(base, length.months), length.days)
        if length.workdays:
            day, certain = self.setting.workdays.add(day, length.workdays)
            if not certain:
                self.setting.note(UNCERTAIN)
        return day

    def ordinal(self) -> Ordinal | None:
        """第N个, 最后N个, 倒数第N个 with 工作日, 周X, 天 or 月; stumbles on the whole of it for another unit."""
        mark = self.at
        if self.take("第"):
            sign = 1
        elif self.take("最后"):
            sign = -1
        elif self.take("倒数"):
            sign = -1
            self.take("第")
        else:
            return None
        if not self.sees("number"):
            raise self.stumble(mark)
        n = self.number(2)
        self.take("个")
        unit = self.take("工作日", "weekday", "天", "月")
        if unit is None or n == 0 or (unit.kind == "天" and sign > 0):
            raise self.stumble(mark)
        return Ordinal(sign * n, unit.kind, unit.value)

    def placed(self, whole: Days, ordinal: Ordinal) -> Days:
        """The day that the ordinal names in a span."""
        day: date | None
        if ordinal.kind == "工作日":
            day, certain = self.setting.workdays.nth(*whole, ordinal.n)
            if day and not certain:
                self.setting.doubts.append(day)
        elif ordinal.kind == "weekday":
            day = nth_weekday(whole, ordinal.weekday, ordinal.n)
        else:
            day = later(whole.last, ordinal.n + 1)
        if day is None or day < whole.first:
            unit = f"周{WEEKDAYS[ordinal.weekday]}" if ordinal.kind == "weekday" else ordinal.kind
            which = f"第{ordinal.n}" if ordinal.n > 0 else f"倒数第{-ordinal.n}"
            raise BadValue(f"{whole.first}至{whole.last}没有{which}个{unit}")
        return Days(day, day)

    def clock(self) -> bool:
        """Takes a time of day, which must be one: 下班, 上午10时, 17:30, 下午5点半. A deadline is by the day."""
        named = bool(self.take("clock"))
        if not self.sees("number", ":|点"):
            return named
        mark = self.at
        hour, minute = self.number(2), 0
        if self.expect(":", "点").kind == ":":
            minute = self.number(2)
        elif self.take("半"):
            minute = 30
        elif self.sees("number"):
            minute = self.number(2)
            self.take("分")
        if hour * 60 + minute > 24 * 60 or minute > 59:
            raise self.stumble(mark)
        return True


def _plain(kind: str, n: int) -> Duration:
    if kind == "工作日":
        return Duration(workdays=n)
    return Duration(days=n // 24 if kind == "小时" else n * 7 if kind == "周" else n)
