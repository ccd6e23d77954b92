"""How a deadline is bounded: 3月底前, 3月20日(周三)下午5点前, 5月左右, 8月前. Grammar in `grammar.py`."""

from datetime import date
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.cursor import Cursor
from ledger.dates.day import WEEKDAYS, long_day, month_day
from ledger.dates.durations import clock
from ledger.dates.expression import Moment, fixed
from ledger.dates.meaning import Deadline
from ledger.dates.moments import moment
from ledger.dates.spans import Days, later, single
from ledger.dates.words import YEARS_AHEAD

_LONG = 28  # days: from here on a span is a month or more
_GRACE_LONG, _GRACE_SHORT = 10, 5
_BARE = ("周", "月", "季度", "年", "years", "次年", "次月", "half", "quarter", "plan", "number")


class Limit(NamedTuple):
    """A moment, whether 前 stands behind it and whether 左右 does."""

    moment: Moment
    before: bool
    soft: bool


def limit(cursor: Cursor, within: Moment | None = None) -> Limit:
    """The moment here and what bounds it; `within` as of `moment`."""
    cursor.skip("lead")
    mark = cursor.at
    if clock(cursor):  # 下班前, 下午5点前
        found = fixed(cursor.setting.today)
    else:
        found = moment(cursor, within)
        found = _checked(cursor, found, cursor.tokens[cursor.at - 1].kind)
    clock(cursor)
    _inclusive(cursor)
    soft = bool(cursor.take("左右"))
    cursor.take("内")
    if cursor.sees("前"):
        found = _before(cursor, found, mark)
    ends = cursor.tokens[cursor.at - 1].kind
    before = bool(cursor.take("前"))
    if before:
        _inclusive(cursor)
    if before and cursor.sees("("):
        found = _checked(cursor, found, ends)
    soft = bool(cursor.take("左右")) or soft
    clock(cursor)
    return Limit(found, before, soft)


def _before(cursor: Cursor, found: Moment, mark: int) -> Moment:
    """Before a bare month, quarter or year: the day before it begins. The present one and 上半年 cannot be meant so."""
    if cursor.sees("前", "(", "含"):
        return found
    written = cursor.tokens[mark : cursor.at]
    days = cursor.setting.settle(found)
    if written[-1].kind not in _BARE or days.first == days.last or (days.last - days.first).days < 6:
        return found
    text = "".join(token.text for token in written)
    if written[0].kind == "本" or written[-1].text == "上半年" or YEARS_AHEAD.get(text) == 0:
        cursor.setting.note(f"“{text}前”按含当期计,至{month_day(days.last)}")
        return found
    found = found.narrow(lambda whole: single(later(whole.first, -1)))
    day = cursor.setting.settle(found).last
    cursor.setting.note(f"“{text}前”按{text}开始以前计,至{month_day(day)};如含{text},请写“{text}底前”")
    return found


def _inclusive(cursor: Cursor) -> None:
    """Takes what says that the day itself is meant, as it is: 6月30日(含)前, 6月30日前(含30日)."""
    if cursor.sees("(", "含"):
        cursor.at += 2
        cursor.skip("number", "月", "日", "relative", "本")
        cursor.expect(")")


def _checked(cursor: Cursor, found: Moment, ends: str) -> Moment:
    """The moment, with the weekday written after a day held against it: 3月20日(周三). `ends`: the kind of its last
    word."""
    if ends not in ("日", "number", "relative"):
        return found
    bracket = cursor.sees("(", "weekday")
    if not bracket and not cursor.sees("weekday") and not (cursor.text == "," and cursor.sees("和", "weekday")):
        return found
    cursor.take("(", "和")
    weekday = cursor.expect("weekday").value
    if bracket:
        clock(cursor)
        cursor.expect(")")

    def check(days: Days) -> Days:
        if days.last.weekday() != weekday:
            right = WEEKDAYS[days.last.weekday()]
            raise BadValue(f"{long_day(days.last)}是周{right},不是周{WEEKDAYS[weekday]}", "请改日期或星期")
        return days

    return found.narrow(check)


def bounded(cursor: Cursor, found: Limit) -> Deadline:
    """The deadline: of a span its last day, and its first unless there is only 前."""
    days = cursor.setting.settle(found.moment)
    length = (days.last - days.first).days + 1
    due = due_on(days.last, grace(found.soft, length >= _LONG))
    return due if found.before or length == 1 else due._replace(start_on=days.first, kind="range")


def grace(soft: object, long: object) -> int:
    """The days of grace that 左右 gives."""
    return 0 if not soft else _GRACE_LONG if long else _GRACE_SHORT


def due_on(day: date, grace_days: int = 0) -> Deadline:
    """A deadline of one day."""
    return Deadline("", None, day, grace_days)
