"""Durations, ordinals and times of day: 三日内, 一个半月内, 最后一个工作日, 下午5点半. Grammar in `grammar.py`."""

from datetime import date
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.cursor import Cursor
from ledger.dates.day import WEEKDAYS
from ledger.dates.expression import Setting
from ledger.dates.lexer import Token
from ledger.dates.spans import Days, later, nth_weekday, single
from ledger.dates.workdays import UNCERTAIN

_UNITS = "个|天|日|周|月|季度|年|工作日|小时|分钟"


class Duration(NamedTuple):
    months: int = 0
    days: int = 0
    workdays: int = 0


class Ordinal(NamedTuple):
    """The n-th (from the end where negative) of its `kind`: "工作日", "天", "月", or "weekday"."""

    n: int
    kind: str
    weekday: int = 0


def duration(cursor: Cursor) -> Duration | None:
    """A duration if the next tokens are one; 3日 is one only before 内 or 后, and 3月 never, but 两月."""
    mark = cursor.at
    length = _half_unit(cursor) if cursor.take("半") else _counted(cursor)
    if length is None:
        cursor.at = mark
    return length


def _half_unit(cursor: Cursor) -> Duration | None:
    if cursor.take("年"):
        return None if cursor.sees("底|初") else Duration(months=6)  # 半年末 is a day
    cursor.take("个")
    if cursor.take("月"):
        return Duration(days=15)
    return Duration() if cursor.take("小时", "天", "日") else None


def _counted(cursor: Cursor) -> Duration | None:
    if cursor.sees("number", "至", "number", _UNITS):
        cursor.at += 2  # 3至5个工作日: the longest of them
    text = cursor.text
    if not cursor.sees("number") or len(text) > 4 or not (n := cursor.number()):
        return None
    measured = cursor.take("个")
    if measured and cursor.sees("半", "月"):
        cursor.at += 2
        return Duration(months=n, days=15)
    unit = cursor.take("天", "周", "工作日", "小时", "分钟", "日", "月", "季度", "年")
    kind = unit.kind if unit else ""
    bounded = cursor.sees("内|后")
    if kind == "工作日":
        return Duration(workdays=n)
    if kind == "分钟":
        return Duration()
    if kind in ("天", "周", "小时") or (kind == "日" and bounded):
        return Duration(days=n // 24 if kind == "小时" else n * 7 if kind == "周" else n)
    if kind == "年" and n < 100 and (bounded or not cursor.kind() or cursor.sees("左右") or cursor.text == "时间"):
        return Duration(months=12 * n)
    if (kind == "月" and (measured or text == "两")) or (kind == "季度" and measured):
        return Duration(months=n if kind == "月" else 3 * n)
    return None


def counted_from(setting: Setting, day: date, length: Duration) -> tuple[date, bool]:
    """The last day of a duration counted from the day after `day` (backwards where negative); whether it is certain."""
    return setting.workdays.add(later(day, length.days, length.months), length.workdays)


def ends(cursor: Cursor, base: date, length: Duration) -> date:
    """The last day of a duration counted from the day after `base`, noted when it is uncertain."""
    day, certain = counted_from(cursor.setting, base, length)
    if not certain:
        cursor.setting.note(UNCERTAIN)
    return day


def ordinal(cursor: Cursor) -> Ordinal | None:
    """第N个, 最后N个, 倒数第N个 with 工作日, 周X, 天 or 月; stumbles on the whole of it for another unit."""
    mark = cursor.at
    way = cursor.take("第", "最后", "倒数")
    if way is None:
        return None
    if way.kind == "倒数":
        cursor.take("第")
    if not cursor.sees("number"):
        raise cursor.stumble(mark)
    n = cursor.number(2) * (1 if way.kind == "第" else -1)
    cursor.take("个")
    unit = cursor.take("工作日", "weekday", "天", "日", "月") or _unit_of_the_next(cursor)
    if unit is None or n == 0 or (unit.kind in ("天", "日") and n > 0):
        raise cursor.stumble(mark)
    kind = "天" if unit.kind == "日" else unit.kind
    return Ordinal(n, kind, unit.value)


def _unit_of_the_next(cursor: Cursor) -> Token | None:
    """The unit that ordinals share: 周五 of 第一、第三个周五."""
    if not cursor.sees("和", "第", "number"):
        return None
    token = cursor.tokens[cursor.at + (4 if cursor.kind(3) == "个" else 3)]
    return token if token.kind in ("工作日", "weekday") else None


def placed(setting: Setting, whole: Days, ordinal: Ordinal) -> Days:
    """The day that the ordinal names in a span."""
    day: date | None
    if ordinal.kind == "工作日":
        day, certain = setting.workdays.nth(*whole, ordinal.n)
        if day and not certain:
            setting.doubts.append(day)
    elif ordinal.kind == "weekday":
        day = nth_weekday(whole, ordinal.weekday, ordinal.n)
    else:
        day = later(whole.last, ordinal.n + 1)
    if day is None or day < whole.first:
        unit = f"周{WEEKDAYS[ordinal.weekday]}" if ordinal.kind == "weekday" else ordinal.kind
        which = f"第{ordinal.n}" if ordinal.n > 0 else f"倒数第{-ordinal.n}"
        raise BadValue(f"{whole.first}至{whole.last}没有{which}个{unit}")
    return single(day)


def clock(cursor: Cursor) -> bool:
    """Takes a time of day, which must be one, or one to another: 下班, 上午10时, 17:30:00, 9:00-11:30."""
    if not _time_of_day(cursor):
        return False
    if cursor.sees("至", "clock") or cursor.sees("至", "number", ":|点"):
        cursor.at += 1
        _time_of_day(cursor)
    return True


def _time_of_day(cursor: Cursor) -> bool:
    if cursor.sees("T", "number", ":"):  # 2013-03-20T10:00
        cursor.at += 1
    named = bool(cursor.take("clock"))
    cursor.take("clock")  # 下午下班
    if not cursor.sees("number", ":|点"):
        return named
    mark = cursor.at
    hour, minute, second = cursor.number(2), 0, 0
    if cursor.expect(":", "点").kind == ":":
        minute = cursor.number(2)
        if cursor.sees(":", "number"):
            cursor.at += 1
            second = cursor.number(2)
        cursor.take("点")
    elif cursor.take("半"):
        minute = 30
    elif cursor.sees("number"):
        minute = cursor.number(2)
        cursor.take("分")
    if hour * 60 + minute > 24 * 60 or max(minute, second) > 59:
        raise cursor.stumble(mark)
    return True
