"""Months, quarters and weeks, and what narrows them: 3月底, 4-5月, 首月10日, 第二个周五. Grammar in `grammar.py`."""

from ledger.base.errors import BadValue
from ledger.dates.cursor import Cursor
from ledger.dates.durations import ordinal, placed
from ledger.dates.expression import Moment
from ledger.dates.spans import Days, day_of_month, days_of_month, last_day, later, months_within, single
from ledger.dates.words import PARTS

_NARROWING = "number|weekday|part|首月|末月|第|最后|倒数"
_EDGES = {"底": (25, 31), "初": (1, 5), "中": (11, 20)}


def months_or_quarters(cursor: Cursor, year: Moment) -> Moment:
    """Months or quarters by number, with what narrows them."""
    most = {"月": 12, "季度": 4}.get(cursor.shared_unit())
    if most is None:
        raise cursor.stumble()
    length = 12 // most
    runs = _runs(cursor, most)
    cursor.expect("月", "季度")
    mark = cursor.at
    found = []
    for first, last in runs:
        cursor.at = mark
        end = (in_month if length == 1 else in_block)(cursor, year.narrow(months_within((last - 1) * length, length)))
        if first != last:
            end = cursor.setting.through(year.narrow(months_within((first - 1) * length, length)), end)
        found.append(end)
    cursor.others += found[1:]
    return found[0]


def place(cursor: Cursor, most: int) -> int:
    """A number by which a month (`most` 12), a quarter (4) or a day (31) goes."""
    mark, text = cursor.at, cursor.text
    n = cursor.number(2 if text.isascii() else 3)
    if most < 31 and not 0 < n <= most:  # a day is looked up in its month
        raise BadValue(f"没有{n}月" if most == 12 else f"没有第{n}季度")
    if most == 12 and text == "两":  # 两月 is a duration
        raise cursor.stumble(mark)
    return n


def _runs(cursor: Cursor, most: int) -> list[tuple[int, int]]:
    """Numbers sharing a unit: spans (4-5) as they are, a list (2、3) as one span where it leaves nothing out."""
    first = place(cursor, most)
    runs = [(first, first)]
    while cursor.kind(1) == "number" and (joint := cursor.take("至", "和")):
        n = place(cursor, most)
        first, last = runs[-1]
        if joint.kind == "至" or n == last + 1:
            runs[-1] = (first, n)
        else:
            runs.append((n, n))
    return runs


def days_in(cursor: Cursor, month: Moment) -> Moment:
    """Days by number in a month: 20日, 20-25日, 10、25日."""
    runs = _runs(cursor, 31)
    cursor.expect("日")
    found = [cursor.setting.through(*(month.narrow(day_of_month(day)) for day in run)) for run in runs]
    cursor.others += found[1:]
    return found[0]


def in_month(cursor: Cursor, moment: Moment) -> Moment:
    """What may follow a month: 底, 初, 中, a 旬, a day, an ordinal."""
    cursor.link(_NARROWING)
    if cursor.sees("月", "底|初|中"):
        cursor.at += 1  # 3月月底
    if edge := cursor.take("底", "初", "中"):
        return moment.narrow(days_of_month(*_EDGES[edge.kind]))
    if part := cursor.take("part"):
        return moment.narrow(days_of_month(*PARTS[part.text]))
    if cursor.sees("number") and cursor.shared_unit() == "日":
        return days_in(cursor, moment)
    return _by_ordinal(cursor, moment)


def in_block(cursor: Cursor, moment: Moment) -> Moment:
    """What may follow a quarter or a half: 底, 初, one of its months, an ordinal."""
    cursor.link(_NARROWING)
    if cursor.take("底"):
        return moment.narrow(last_day)
    if cursor.take("初"):
        return moment.narrow(lambda whole: Days(whole.first, whole.first.replace(day=10)))
    if edge := cursor.take("首月", "末月"):
        return in_month(cursor, moment.narrow(months_within(0 if edge.kind == "首月" else -1, 1)))
    return _by_ordinal(cursor, moment)


def in_week(cursor: Cursor, moment: Moment) -> Moment:
    """What may follow a week: 末, a weekday, an ordinal."""
    cursor.link(_NARROWING)
    if cursor.take("底"):
        return moment.narrow(lambda whole: Days(later(whole.first, 5), whole.last))
    if weekday := cursor.take("weekday"):
        return moment.narrow(lambda whole: single(later(whole.first, weekday.value)))
    return _by_ordinal(cursor, moment)


def _by_ordinal(cursor: Cursor, moment: Moment) -> Moment:
    which = ordinal(cursor)
    if which is None:
        return moment
    if which.kind == "月":
        return in_month(cursor, moment.narrow(months_within(which.n - 1 if which.n > 0 else which.n, 1)))
    return moment.narrow(lambda whole: placed(cursor.setting, whole, which))
