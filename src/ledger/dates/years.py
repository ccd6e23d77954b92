"""Years, and what stands within one, written or assumed: 2013年三季度, 明年初, 年底. Grammar in `grammar.py`."""

from datetime import date

from ledger.base.errors import BadValue
from ledger.dates.cursor import Cursor
from ledger.dates.expression import Moment, fixed
from ledger.dates.festivals import festival, named
from ledger.dates.months import in_block, in_week, months_or_quarters, place
from ledger.dates.spans import Days, last_day, month_of, months, months_within, week, year_days
from ledger.dates.words import HALVES, PLANS, QUARTERS, YEARS_AHEAD

ASSUMED = Moment(year_days, "year", say=lambda year: f"未写年份,按{year}年")


def written_year(cursor: Cursor, year: int) -> Moment:
    return _in_named_year(cursor, Moment(year_days, "written", year))


def years(cursor: Cursor) -> Moment:
    """2024-2026年, 2024-26年, 2024-2026: from the one to the end of the other."""
    first = cursor.number()
    cursor.expect("至")
    text, last = cursor.text, cursor.number()
    if len(text) < 4:
        last += first // 100 * 100
    cursor.take("年")
    return cursor.setting.through(Moment(year_days, "written", first), written_year(cursor, last))


def plan(cursor: Cursor) -> Moment:
    """十四五期间, 十五期内, 十四五末: a five-year plan goes by the last day of its last year."""
    mark = cursor.at
    last = 1955 + 5 * PLANS[cursor.expect("plan").text]
    cursor.skip("规划", "counter", "期间")
    if cursor.text.startswith(("初", "中")):  # “十四五”初期
        raise cursor.stumble(mark)
    cursor.skip("底", "counter", "内")
    return Moment(year_days, "written", last).narrow(last_day)


def year_word(cursor: Cursor, within: Moment | None) -> Moment:
    """今年, 明年 …; 次年 after 至 is the year after the one that the span begins in."""
    today = cursor.setting.today
    if token := cursor.take("years"):
        return written_year(cursor, today.year + YEARS_AHEAD[token.text])
    cursor.expect("次年")
    if within is None:
        return written_year(cursor, today.year + 1)
    after = within._replace(days=lambda n: year_days(within.days(n).first.year + 1))
    return _in_named_year(cursor, after)


def bare_year(cursor: Cursor) -> Moment:
    """年 by itself: 年底, 年初 (the next), 年中, 年内; 年前 is before 春节."""
    word = cursor.expect("年").text
    if word == "年度" and not cursor.sees("初|底|中|内|前|后"):
        return ASSUMED
    if cursor.sees("后") and cursor.text[0] in "结终":  # 年度终了后
        return ASSUMED
    if cursor.sees("前|后"):
        return named(cursor, "春节", "春节")
    if cursor.take("初"):
        return ASSUMED._replace(choose="next", at=cursor.setting.reference.year).narrow(months_within(0, 1))
    if cursor.take("内"):
        return ASSUMED.narrow(last_day)
    if not cursor.sees("底|中"):
        raise cursor.stumble()
    return _edge(cursor, ASSUMED)


def _in_named_year(cursor: Cursor, year: Moment) -> Moment:
    """What may follow a year written."""
    cursor.take("年")  # 2013年年底
    cursor.link("number|half|quarter|第|最后")
    if cursor.sees("number") and cursor.shared_unit() not in ("月", "季度"):
        return _edge(cursor, year)
    return _part(cursor, year) or _edge(cursor, year)


def in_assumed_year(cursor: Cursor) -> Moment:
    """What may stand without a year."""
    found = _part(cursor, ASSUMED)
    if found is None:
        raise cursor.stumble()
    return found


def _part(cursor: Cursor, year: Moment) -> Moment | None:
    """Months, quarters, halves, weeks and holidays of the year, and all of it."""
    if cursor.sees("number") or (cursor.sees("第", "number") and cursor.shared_unit() == "季度"):
        cursor.take("第")
        return months_or_quarters(cursor, year)
    if half := cursor.take("half"):
        return in_block(cursor, year.narrow(months_within(HALVES[half.text] * 6, 6)))
    if quarter := cursor.take("quarter"):
        return in_block(cursor, year.narrow(months_within(QUARTERS[quarter.text] * 3 - 3, 3)))
    if cursor.sees("第", "number", "周"):
        return _week_by_number(cursor, year)
    if cursor.sees("前", "number", "季度") or cursor.sees("前", "number", "个", "季度"):
        return _first_quarters(cursor, year)
    if cursor.sees("festival"):
        return festival(cursor, year)
    return year if cursor.take("全年") else None


def _edge(cursor: Cursor, year: Moment) -> Moment:
    if cursor.take("底"):
        return year.narrow(last_day)
    if cursor.take("初"):
        return year.narrow(months_within(0, 1))
    if cursor.take("中"):
        return year.narrow(months_within(5, 1))
    return in_block(cursor, year) if cursor.sees("首月|末月|第|最后|倒数") else year


def _week_by_number(cursor: Cursor, year: Moment) -> Moment:
    cursor.expect("第")
    number = cursor.number(2)
    cursor.expect("周")
    return in_week(cursor, year.narrow(lambda whole: _iso_week(whole.first.year, number)))


def _iso_week(year: int, number: int) -> Days:
    try:
        return week(date.fromisocalendar(year, number, 1))
    except ValueError:
        raise BadValue(f"没有{year}年第{number}周") from None


def _first_quarters(cursor: Cursor, year: Moment) -> Moment:
    """前三季度: from the year's first day."""
    cursor.expect("前")
    number = place(cursor, 4)
    cursor.take("个")
    cursor.expect("季度")
    return in_block(cursor, year.narrow(months_within(0, number * 3)))


def this_block(cursor: Cursor) -> Moment:
    """季度 or 半年 by itself, this one: 季度末, 季度内, 半年末."""
    length = 6 if cursor.take("半") else 3
    cursor.expect("年" if length == 6 else "季度")
    if not cursor.sees("底|初|内|首月|末月"):
        raise cursor.stumble()
    return in_block(cursor, fixed(*months(month_of(cursor.setting.today) // length * length, length)))
