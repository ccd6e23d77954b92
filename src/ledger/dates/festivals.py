"""Holidays as deadlines: 春节前, "五一"期间, 国庆节后, 两节期间, 节前. Grammar in `grammar.py`.

前 is the last working day before the time off, of a day of commemoration the day before it; 期间 the time off; and what
is counted from 后 begins after it (节后一周内).
"""

from collections.abc import Callable

from ledger.dates.cursor import Cursor
from ledger.dates.durations import Duration, counted_from, duration
from ledger.dates.expression import Moment, Setting
from ledger.dates.holidays import STATUTORY, statutory_in_order
from ledger.dates.holidays import festival as day_of_festival
from ledger.dates.spans import Days, later, single
from ledger.dates.words import FESTIVALS, PAIRS


def festival(cursor: Cursor, year: Moment | None) -> Moment:
    """The holiday here: the next, or that of the `year` written."""
    text = cursor.text
    if cursor.take("pair"):
        first, last = PAIRS[text]
        cursor.setting.note(f"“{text}”按{first}、{last}")
    elif cursor.take("festival"):
        first = last = FESTIVALS[text]
        while cursor.sees("festival") and FESTIVALS[cursor.text] == first:  # “八一”建军节
            cursor.take("festival")
        if cursor.sees("festival", "期间") or cursor.sees("和", "festival", "期间"):
            cursor.take("和")
            last = FESTIVALS[cursor.expect("festival").text]
    else:
        cursor.expect("节")
        return _next_of_all(cursor)
    return named(cursor, first, last, year)


def named(cursor: Cursor, first: str, last: str, year: Moment | None = None) -> Moment:
    """From the holiday of the one name to that of the other, with what follows."""
    if year:
        found = year.narrow(lambda whole: _days_of(first, last, whole.first.year))
    else:
        start = cursor.setting.reference.year
        found = Moment(lambda n: _days_of(first, last, n), "next", start, lambda n: f"未写年份,按{n}年{first}")
    return _edge_of(cursor, found, lambda n: first)


def _next_of_all(cursor: Cursor) -> Moment:
    """The next statutory holiday, 节 by itself."""

    def days(n: int) -> Days:
        name, year = _in_order(n)
        return _days_of(name, name, year)

    start = cursor.setting.reference.year * len(STATUTORY)
    found = Moment(days, "next", start, lambda n: "“节”按{1}年{0}".format(*_in_order(n)))
    return _edge_of(cursor, found, lambda n: _in_order(n)[0])


def _in_order(n: int) -> tuple[str, int]:
    """The n-th statutory holiday, counted from the year 0, with its year."""
    year, place = divmod(n, len(STATUTORY))
    return statutory_in_order(year)[place], year


def _days_of(name: str, last: str, year: int) -> Days:
    first = day_of_festival(name, year)
    end = day_of_festival(last, year)
    return Days(first, end if end >= first else day_of_festival(last, year + 1))


def _edge_of(cursor: Cursor, found: Moment, name: Callable[[int], str]) -> Moment:
    """What the words after the holiday make of it."""
    off = bool(cursor.take("节", "放假"))
    off = bool(cursor.take("放假")) or off
    days, setting = found.days, cursor.setting
    if cursor.take("前"):
        ahead = duration(cursor)
        cursor.take("内")
        return found._replace(days=lambda n: _eve(setting, days(n), name(n), ahead))
    if off or cursor.sees("后|期间"):
        cursor.take("期间")
        return found._replace(days=lambda n: _time_off(setting, days(n), name(n)))
    return found


def _eve(setting: Setting, days: Days, name: str, ahead: Duration | None) -> Days:
    if ahead is None and name not in STATUTORY:
        return single(later(days.first, -1))
    back = Duration(workdays=-1) if ahead is None else Duration(*(-n for n in ahead))  # 春节前一周
    day, certain = counted_from(setting, days.first, back)
    if not certain or (ahead is None and not setting.workdays.is_workday(days.first)[1]):
        setting.doubts.append(day)
    return single(day)


def _time_off(setting: Setting, days: Days, name: str) -> Days:
    if name not in STATUTORY:
        return days
    if not setting.workdays.is_workday(days.first)[1]:
        setting.doubts.append(days.first)
    off = setting.workdays.time_off
    if days.first != days.last:  # of two holidays the first by itself: 元旦 may touch the old year
        return Days(days.first, off(days.last)[1])
    return Days(*off(days.first))
