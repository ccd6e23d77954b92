"""The span of days that a list is asked for: a period, or from one day to another.

span = PERIOD                  2013-03, 本周, 一季度, 3月20日: what `period.parse_any_period` reads
     | deadline                5月1日至5月15日, 5.1-5.15, 5月上旬: a span, as `grammar.py` has it, firm and once
     | SIDE 至 SIDE            2013-W12至2013-W14, 昨天至今天; 今天至月底 on the last day of the month too
     | SIDE 至今, SIDE 以来    until today
     | 周一至周五, 下周一至周三  of the week that is named, else of this one until its last day is over

Periods without a year are of this one. Days without a year go as those of deadlines do: by the ledger's, else this or,
long past, the next. What was assumed is told, and an end before its beginning is refused: it is taken for one of the
year after only where that is said or the span stays within half a year (12月20日至1月10日). What is to be left out
(除5月1日至15日) is no span, nor are digits that only look like a year (0501-0515).
"""

import re
from datetime import date

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote
from ledger.dates.day import long_day, month_day
from ledger.dates.deadline import Unreadable, parse_day
from ledger.dates.meaning import Deadline
from ledger.dates.period import Kind, parse_any_period
from ledger.dates.spans import Days, single

_HALF_A_YEAR = 184  # days
_JOINT = re.compile("至|到|~|—+|–")
_FROM_TO = re.compile("[-至到~—–]")
_UNTIL_NOW = re.compile("起?至今$|以来$")
_NO_SPAN = re.compile("除(?!夕)|以外|之外|不含|不包括|不在|(?<![0-9])0[0-9]{3}(?![0-9])")
_DAYS_OF_WEEK = re.compile(
    "((?:[上下]{1,2}|[本这])个?)?(周|星期|礼拜)([一二三四五六日天])(至|到|[-~—–]+)(?:周|星期|礼拜)?([一二三四五六日天])"
)
_NEAR = re.compile("[上本这当下次]个?[周月季]")
_YEAR = re.compile("[0-9]{4}|[0-9〇○零一二三四五六七八九]{2,4}年|[今明去前后本当次上]年")


def parse_within(text: str, today: date, year: int | None = None) -> tuple[Days, tuple[str, ...]]:
    """The days that `text` means on the day `today` in the ledger of `year`, both ends included, and what was assumed.

    Raises `Unreadable` or `BadValue` (both exit 2) for what is no span, and for one that ends before it begins."""
    asked = _in_one_week(_UNTIL_NOW.sub("至今天", fold_width(text).strip()), today)
    hint = "请写要的时段,月和日分开写"
    if not _NO_SPAN.search(asked):
        try:
            return _period(asked, today, year)
        except Unreadable as error:
            hint = error.hint or ""
        if found := _written(asked, today, year) or _joined(asked, today, year):
            return found
    raise Unreadable(f"时段{quote(text)}读不懂", f"{hint};起止写作 5月1日至5月15日")


def words(days: Days) -> str:
    """2013年5月1日—5月15日, or the one day."""
    if days.first == days.last:
        return long_day(days.first)
    end = month_day(days.last) if days.last.year == days.first.year else long_day(days.last)
    return f"{long_day(days.first)}—{end}"


def _in_one_week(text: str, today: date) -> str:
    """周一至周五 with the week that each day of it is of."""
    found = _DAYS_OF_WEEK.fullmatch(text)
    if found is None:
        return text
    week, word, first, to, last = found.groups()
    if week is None and today.weekday() > "一二三四五六日".index(last.replace("天", "日")):
        return text
    return f"{week or '本'}{word}{first}{to}{week or '本'}{word}{last}"


def _period(text: str, today: date, year: int | None) -> tuple[Days, tuple[str, ...]]:
    found = parse_any_period(text, today)
    if found.kind is not Kind.DAY:
        return Days(found.start, found.end), ()
    day = parse_day(text, today, year)
    guessed = day.year != today.year and day != parse_day(text, today, today.year)
    return single(day), (f"没有写明年份,按{day.year}年",) if guessed else ()


def _written(text: str, today: date, year: int | None) -> tuple[Days, tuple[str, ...]] | None:
    """The span that the grammar of deadlines reads; None where it reads anything else."""
    found, notes = _read(text, today, year)
    if found is None or found.start_on is None or found.due_on is None:
        return None
    days = Days(found.start_on, found.due_on)
    years = len(_YEAR.findall(text)) if _FROM_TO.search(text) else 2
    if days.last.year > days.first.year and years < 2:
        if (days.last - days.first).days > _HALF_A_YEAR:
            raise _reversed(text)
        if not years and len(_NEAR.findall(text)) < 2:  # with one year the grammar tells it
            notes = (*notes, f"止期早于起期的月日,按{days.last.year}年")
    elif year not in (None, today.year) and not notes and _read(text, today, today.year)[0] != found:
        notes = (f"没有写明年份,按{days.first.year}年",)
    return days, notes


def _read(text: str, today: date, year: int | None) -> tuple[Deadline | None, tuple[str, ...]]:
    """The one deadline that the grammar reads, if it is firm and once, and what was assumed."""
    from ledger.dates.cursor import Cursor, Stumble
    from ledger.dates.expression import Setting
    from ledger.dates.grammar import deadlines
    from ledger.dates.workdays import Workdays

    setting = Setting(today, today, year, Workdays(), [], [])
    try:
        readings = deadlines(Cursor(text, setting))
    except Stumble:
        return None, ()
    found = readings[0]
    firm = len(readings) == 1 and found.kind in ("range", "date") and not (found.grace_days or found.quota)
    return (found if firm else None), tuple(setting.notes)


def _joined(text: str, today: date, year: int | None) -> tuple[Days, tuple[str, ...]] | None:
    sides = _JOINT.split(text)
    if len(sides) != 2:
        return None
    found = [_side(side, today, year) for side in sides]
    if found[0] is None or found[1] is None:
        return None
    (first, noted), (last, told) = found[0], found[1]
    if last.last < first.first:
        raise _reversed(text)
    return Days(first.first, last.last), tuple(dict.fromkeys((*noted, *told)))


def _side(text: str, today: date, year: int | None) -> tuple[Days, tuple[str, ...]] | None:
    """What stands before or behind 至: a period, or what the grammar of deadlines has for one (月底, 年底)."""
    try:
        return _period(text, today, year)
    except Unreadable:
        found, notes = _read(text, today, year)
        if found is None or found.due_on is None:
            return None
        return Days(found.start_on or found.due_on, found.due_on), notes


def _reversed(text: str) -> BadValue:
    return BadValue(f"时段{quote(text)}的止期早于起期", "请把先后写对;跨年的请写明两头的年份")
