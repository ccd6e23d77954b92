"""Deadlines and single days as offices write them: what an expression becomes.

The language is written down in `grammar.py`; it is loaded when the first expression is read, not with this module,
which every command imports. Full-width forms and Chinese numerals mean the same as ASCII; blanks mean nothing.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ledger.base.errors import BadValue
from ledger.base.text import quote
from ledger.dates.day import iso_day
from ledger.dates.meaning import Deadline

if TYPE_CHECKING:
    from ledger.dates.expression import Setting
    from ledger.dates.workdays import Workdays

__all__ = ["Deadline", "Unreadable", "parse_day", "parse_deadline"]

_SPELLINGS = "可写 {0}-03-20、{0}0320、{0}/3/20、{0}.3.20、{0}年3月20日、3月20日、今天、明天、后天、昨天、上周五"
# Two suggestions by what the expression seems to be about, the first that fits; {} is the ledger's year.
_SUGGESTIONS = (
    ("每逐", "每月25日前", "每季度末月20日"),
    ("销", "上一期销号后10日内", "每月25日前"),
    ("工", "5个工作日内", "本月最后一个工作日"),
    ("季", "三季度末", "下季度首月10日前"),
    ("年", "{}年3月底前", "上半年"),
    ("月", "3月下旬", "3月第二个周五"),
    ("周星礼", "下周三前", "本周五"),
    ("天日", "3月20日前", "15日内"),
    ("", "3月底前", "{}-03-20"),
)
_SHOWN = 5
"""How many deadlines of an expression of several are named."""


class Unreadable(BadValue):
    """A text that the grammar does not take; an impossible day such as 2月30日 is a plain BadValue."""


def parse_deadline(
    text: str,
    today: date,
    year: int | None = None,
    *,
    assigned_on: date | None = None,
    workdays: "Workdays | None" = None,
    rest_day: str = "keep",
) -> Deadline:
    """The deadline that `text` means on the day `today`, in the ledger of `year`.

    N日内 counts from `assigned_on`, else from today. With `workdays` given, a due day that is a rest day is noted with
    the working days around it; `rest_day` ("keep", "before", "after") moves it. Without, working days are those
    published, and asked for only where the expression speaks of them. Unreadable or BadValue (both exit 2) when `text`
    means no deadline or several.
    """
    from ledger.dates.cursor import Cursor, Stumble
    from ledger.dates.grammar import deadlines

    setting = _setting(today, year, assigned_on, workdays)
    try:
        readings = deadlines(Cursor(text, setting))
    except Stumble as stumble:
        raise _unreadable(text, stumble.at, year or today.year) from None
    known = setting.workdays if workdays is not None or rest_day != "keep" else None
    held = [_held(reading, today, known, rest_day) for reading in readings]
    if len(held) > 1:
        raise _several(text, held)
    found = held[0]
    return found._replace(text=text.strip(), notes=_merged(setting.notes, found.notes))


def parse_day(text: str, today: date, year: int | None = None) -> date:
    """The single day that `text` means; errors as of `parse_deadline`."""
    if (plain := iso_day(text)) is not None:
        return plain
    from ledger.dates.cursor import Cursor, Stumble
    from ledger.dates.single_day import single_day

    try:
        return single_day(Cursor(text, _setting(today, year, None, None)))
    except Stumble:
        raise Unreadable(f"日期{quote(text)}读不懂", _SPELLINGS.format(year or today.year)) from None


def _setting(today: date, year: int | None, assigned_on: date | None, workdays: "Workdays | None") -> "Setting":
    from ledger.dates.expression import Setting
    from ledger.dates.workdays import Workdays

    return Setting(today, assigned_on or today, year, Workdays() if workdays is None else workdays, [], [])


def _merged(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for group in groups for note in group))


def _unreadable(text: str, at: int, year: int) -> Unreadable:
    text = text.strip()
    stuck = text[at:]
    where = f",卡在{quote(stuck, 20)}" if stuck else ",没有写完" if text else ""
    one, other = next((one, other) for about, one, other in _SUGGESTIONS if not about or set(about) & set(text))
    return Unreadable(f"完成时限{quote(text, 36)}读不懂{where}", f"可写“{one}”或“{other}”".format(year))


def _several(text: str, readings: "list[Deadline]") -> BadValue:
    from ledger.dates.day import long_day, weekday

    shown = readings[:_SHOWN]
    days = [f"{long_day(one.due_on)} {weekday(one.due_on)}" if one.due_on else "无期限" for one in shown]
    named = "、".join(f"“{one.text}”({day})" for one, day in zip(shown, days, strict=True))
    count, more = len(readings), "等" if len(readings) > _SHOWN else ""
    return BadValue(f"时限{quote(text.strip())}里有{count}个时限", f"请分{count}件登记:{named}{more}")


def _held(reading: Deadline, today: date, workdays: "Workdays | None", rest_day: str) -> Deadline:
    """The deadline as read, held against the working days and today."""
    due, start = reading.due_on, reading.start_on
    if due is None:
        return reading
    notes: list[str] = []
    if workdays:
        due, notes = _rested(due, workdays, rest_day)
    if due < today:
        notes.insert(0, f"时限已过{(today - due).days}天")
    return reading._replace(start_on=start and min(start, due), due_on=due, notes=tuple(notes))


def _rested(due: date, workdays: "Workdays", rest_day: str) -> tuple[date, list[str]]:
    """The due day, moved off a rest day where `rest_day` says so, and what to tell of it."""
    from ledger.dates.day import month_day, weekday
    from ledger.dates.workdays import UNCERTAIN

    works, certain = workdays.is_workday(due)
    notes = [] if certain else [UNCERTAIN]
    if works:
        return due, notes
    before, after = workdays.neighbours(due)
    named = f"{month_day(due)} {weekday(due)}是休息日"
    if rest_day != "keep":
        moved = before if rest_day == "before" else after
        way = "提前" if rest_day == "before" else "顺延"
        return moved, [*notes, f"{named},{way}到{month_day(moved)} {weekday(moved)}"]
    around = f"前一工作日{month_day(before)} {weekday(before)},后一工作日{month_day(after)} {weekday(after)}"
    return due, [*notes, f"{named},{around}"]
