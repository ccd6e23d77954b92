"""Moments: the days, weeks, months, quarters, halves and years that a deadline names. Grammar in `grammar.py`."""

from ledger.dates.cursor import Cursor
from ledger.dates.expression import Moment, fixed
from ledger.dates.festivals import festival
from ledger.dates.months import days_in, in_block, in_month, in_week
from ledger.dates.spans import day_of, later, month, month_of, months, single, week
from ledger.dates.words import DAYS_AHEAD
from ledger.dates.years import ASSUMED, bare_year, in_assumed_year, plan, this_block, written_year, year_word, years

_MARKS = ("-", "/", ".")


def moment(cursor: Cursor, within: Moment | None = None) -> Moment:
    """The moment that begins here; `within` is the one before 至: a bare 20日 or 次年 goes by its month or year."""
    today = cursor.setting.today
    match cursor.kind():
        case "relative" | "now":
            return fixed(later(today, DAYS_AHEAD.get(cursor.expect("relative", "now").text, 0)))
        case "weekday":
            return fixed(later(today, (cursor.expect("weekday").value - today.weekday()) % 7))
        case "number":
            return _numbered(cursor, within)
        case "上" | "本" | "下" | "次月" | "周":
            return _near(cursor)
        case "festival" | "pair" | "节":
            return festival(cursor, None)
    return _larger(cursor, within)


def _larger(cursor: Cursor, within: Moment | None) -> Moment:
    match cursor.kind():
        case "月" | "part":
            cursor.take("月")
            if not cursor.sees("底|初|中|part|内"):
                raise cursor.stumble()
            return in_month(cursor, _month_of(cursor, within))
        case "季度" | "半":
            return this_block(cursor)
        case "年":
            return bare_year(cursor)
        case "years" | "次年":
            return year_word(cursor, within)
        case "plan":
            return plan(cursor)
    return in_assumed_year(cursor)


def _numbered(cursor: Cursor, within: Moment | None) -> Moment:
    token, mark = cursor.tokens[cursor.at : cursor.at + 2]
    digits = len(token.text)
    if digits == 8 and token.text.isascii():
        cursor.at += 1
        return fixed(day_of(token.value // 10000, token.value // 100 % 100, token.value % 100))
    if digits == 4 and cursor.sees("number", "至", "number") and _is_year(cursor):
        return years(cursor)
    if (
        mark.text in _MARKS
        and cursor.kind(2) == "number"
        and not cursor.sees("number", "至", "number", "月|日|季度|年")
    ):
        return _marked(cursor, mark.text, digits == 4)
    if mark.kind == "年" and digits == 4:
        cursor.at += 2
        return written_year(cursor, token.value)
    if cursor.shared_unit() == "日":
        return days_in(cursor, _month_of(cursor, within))
    return in_assumed_year(cursor)


def _is_year(cursor: Cursor) -> bool:
    """Whether the third token is a year as the first is: 2024-2026年, 2024-2026."""
    return cursor.kind(3) == "年" or (len(cursor.tokens[cursor.at + 2].text) == 4 and not cursor.kind(3))


def _marked(cursor: Cursor, mark: str, with_year: bool) -> Moment:
    """2013-03-20, 2013-03; 3.20 and 3/20, but not 3-20."""
    start = cursor.at
    first = cursor.number()
    cursor.at += 1
    second = cursor.number(2)
    if not with_year:
        if mark == "-" or first > 99:
            raise cursor.stumble(start)
        return ASSUMED.narrow(lambda whole: single(day_of(whole.first.year, first, second)))
    if cursor.text == mark and cursor.kind(1) == "number" and len(cursor.tokens[cursor.at + 1].text) < 3:
        cursor.at += 1
        day = fixed(day_of(first, second, cursor.number(2)))
        cursor.take("日")  # 2013.3.20日前
        return day
    return in_month(cursor, fixed(*month(month_of(day_of(first, second, 1)))))


def _near(cursor: Cursor) -> Moment:
    """上, 本, 下 or 下下 before 周, 月 or 季度; 次月; 周末 and 周内 of this week."""
    today = cursor.setting.today
    if cursor.take("次月"):
        return in_month(cursor, fixed(*month(month_of(today) + 1)))
    steps = _steps(cursor)
    unit = cursor.expect("周", "weekday", "月", "季度")
    if unit.kind == "月":
        return in_month(cursor, fixed(*month(month_of(today) + steps)))
    if unit.kind == "季度":
        return in_block(cursor, fixed(*months((month_of(today) // 3 + steps) * 3, 3)))
    days = week(later(today, 7 * steps))
    return fixed(later(days.first, unit.value)) if unit.kind == "weekday" else in_week(cursor, fixed(*days))


def _steps(cursor: Cursor) -> int:
    """How far 上, 本 and 下 go, each word one step; none before 周末 and 周内."""
    token = cursor.take("上", "本", "下")
    if token is None:
        if not cursor.sees("周", "底|内"):
            raise cursor.stumble()
        return 0
    way = steps = {"上": -1, "本": 0, "下": 1}[token.kind]
    while way and cursor.take(token.kind):
        steps += way
    cursor.take("个")
    return steps


def _month_of(cursor: Cursor, within: Moment | None) -> Moment:
    """The month that a bare 20日 or 下旬 lies in: where the span begins, else this or the next."""
    if within:
        return within.narrow(lambda whole: month(month_of(whole.last)))
    now = month_of(cursor.setting.today)
    return Moment(month, "coming", now, lambda n: f"未写月份,按{n // 12}年{n % 12 + 1}月" if n != now else "")
