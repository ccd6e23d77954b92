"""The grammar of deadlines, by recursive descent over the tokens of `lexer.py`; rules take tokens from the left.

    deadline  = {LEAD} (限期 [once] | cycle | open | once) [quota] {TAIL}
    once      = term {和 term} | quota
    open      = OPEN {[和] OPEN}                     适时, 长期坚持: no deadline
    term      = EVENT [起] [duration [内]]           会后三日内: open, asks for the date
              | duration (内 | 后 | )                counted from the day after the task was given out
              | [截至 | 至] limit [至 limit | limit]  3月初至11月底; 3月底4月初
              | limit 后 [duration | ordinal]        a day; by itself open
              | limit 起 [duration | 至 limit]       likewise
    limit     = moment [weekday] [clock] [左右] [内] [前] [clock]
    moment    = day | week | month | block | year | holiday
    day       = 今天 | 明天 | … | 20130320 | 2013-03-20 | 2013/3/20 | 3.20 | numbers 日 | weekday
    week      = (上 | 本 | 下 {下}) 周 [底 | weekday | ordinal] | [year] 第 NUMBER 周 | 周 (底 | 内)
    month     = [year] numbers 月 [edge] | 2013-03 | (上 | 本 | 下 {下}) [个] 月 [edge] | 月 edge | 旬
    edge      = 底 | 初 | 中 | 旬 | numbers 日 | ordinal
    旬        = 上旬 | 中旬 | 下旬 | 上中旬 | 中下旬 | 上半月 | 下半月
    block     = [year] ([第] numbers 季度 | 前 NUMBER 季度 | 上半年 | 下半年) [part]
              | (上 | 本 | 下 {下}) 季度 [part] | (季度 | 半年) part
    part      = 底 | 初 | (首月 | 末月) [edge] | ordinal [edge]
    year      = (NUMBER 年 | 今年 | 明年 | 次年 | …) [底 | 初 | 中] | 全年 | 年 (底 | 初 | 中 | 内 | 前 | 后)
    holiday   = [year] (HOLIDAY [[和] HOLIDAY 期间] | 两节 | 双节 | 节) [放假] [前 [duration] | 期间]
    numbers   = NUMBER {(至 | 和) NUMBER}            4-5月 is a span, so is 2、3月; 5、9月 are two moments
    duration  = 半 年 | 半 [个] 月 | NUMBER 日
              | NUMBER [个] [半] (天 | 周 | 月 | 季度 | 年 | 工作日 | 小时)
    ordinal   = (第 | 最后 | 倒数 [第]) NUMBER [个] (工作日 | weekday | 天 | 月)
    clock     = 下班 | [上午 | 下午 | 晚上 …] NUMBER (: | 点) [NUMBER [分] | 半]
    cycle     = (每 | 隔) [NUMBER] [个] unit [due {和 due}] [clock] [左右] [内] [前]
              | NUMBER [个] unit quota
    unit      = 日 | 工作日 | 周 | 双周 | 旬 | 半月 | 月 | 双月 | 季度 | 半年 | 年
    due       = weekday | ordinal | 后 NUMBER 日 内
              | [首月 | 末月 | 次月 | NUMBER 月] (底 | 初 | 中 | 旬 | NUMBER 日 | ordinal)
    quota     = [分] [至少] NUMBER [至 NUMBER] COUNTER [以上]

NUMBER is in ASCII or Chinese digits. Synonyms stand under one kind in `words.py`. TAIL words (完成, 报送, 召开) may
follow a term or stand in a quota and mean nothing. A span is due on its last day, 前 includes the day itself,
左右 gives grace, a missing year is chosen by `expression.Setting`. Each rule is a function over a `Cursor`, in modules
by subject: durations, festivals, months, years, moments, cycles (with due and quota), and here deadlines as a whole.

Conventions of this module where practice is divided: 10 days of grace for 左右 on a month or more, else 5; 周末 is
Saturday and Sunday; 24小时 is a day; 30日 without 内 is a day of the month, 30天 a duration; 节后 and other 后 without
a number have no end; a holiday's 期间 are its days off in a row.
"""

from datetime import date
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.cursor import Cursor
from ledger.dates.cycles import quota, recurrences, recurs
from ledger.dates.day import WEEKDAYS, long_day, month_day
from ledger.dates.durations import Duration, clock, duration, ends, ordinal
from ledger.dates.expression import Moment, fixed
from ledger.dates.meaning import Deadline
from ledger.dates.moments import moment
from ledger.dates.spans import Days, later

_LONG = 28  # days: from here on a span is a month or more
_GRACE_LONG, _GRACE_SHORT = 10, 5
_ASKS = "“{}”没有确定的日期,请写明日期"
_OPEN = Deadline("", None, None, kind="open")


class _Limit(NamedTuple):
    moment: Moment
    before: bool
    soft: bool


def deadlines(cursor: Cursor) -> list[Deadline]:
    """The whole text: one deadline, or each of several. Stumble where the grammar does not take it."""
    cursor.skip("lead", ":")
    found = _found(cursor)
    cursor.skip("tail", "lead")
    cursor.take("和")
    wanted = quota(cursor)
    cursor.skip("tail")
    if cursor.kind():
        raise cursor.stumble()
    return [deadline._replace(quota=wanted) for deadline in found]


def _found(cursor: Cursor) -> list[Deadline]:
    if limit := cursor.take("限期"):
        cursor.skip("tail", ":")
        if not cursor.kind():
            cursor.setting.note("“限期”没有写明日期,请写明,如“限3月底前”")
            return [_OPEN._replace(needs_date=True, text=limit.text)]
    if recurs(cursor):
        return _cycle(cursor)
    if cursor.sees("open"):
        cursor.skip("open", "和", "内")
        return [_OPEN]
    mark = cursor.at
    quota(cursor)
    asked, cursor.at = cursor.at > mark, mark
    if asked:
        return [_OPEN]
    found = _terms(cursor)
    while cursor.sees("和") and not cursor.sees("和", "tail|至少|分"):
        cursor.at += 1
        found += _terms(cursor)
    return found


def _cycle(cursor: Cursor) -> list[Deadline]:
    repeated = recurrences(cursor)
    clock(cursor)
    soft = bool(cursor.take("左右"))
    cursor.take("内")
    cursor.take("前")
    found = []
    for one in repeated:
        now = one.current(cursor.setting.today, cursor.setting.workdays)
        grace = _grace(soft, not (one.due.day or one.due.nth or one.due.weekday >= 0))
        found.append(Deadline(one.words, *now, grace, kind="recurring", recurrence=one))
    return found


def _grace(soft: object, long: object) -> int:
    """The days of grace that 左右 gives."""
    return 0 if not soft else _GRACE_LONG if long else _GRACE_SHORT


def _typed(cursor: Cursor, mark: int) -> str:
    """The tokens taken since `mark`, without the blanks and quotation marks between them."""
    return "".join(token.text for token in cursor.tokens[mark : cursor.at])


def _terms(cursor: Cursor) -> list[Deadline]:
    """A term, and as many more as its list of numbers names: 5、9月左右."""
    mark = cursor.at
    first = _term(cursor)
    others, cursor.others = cursor.others, []
    if not others:
        return [first._replace(text=_typed(cursor, mark))]
    before, soft = first.kind == "date", bool(first.grace_days)
    found = [first, *(_bounded(cursor, _Limit(other, before, soft)) for other in others)]
    return [deadline._replace(text=_named(deadline)) for deadline in found]


def _term(cursor: Cursor) -> Deadline:
    cursor.skip("lead")
    if event := cursor.take("event"):
        cursor.take("起")
        if duration(cursor):
            cursor.take("内", "后")
        cursor.setting.note(_ASKS.format(event.text))
        return _OPEN
    if cursor.sees("now", "起|至|number|半"):
        return _since_now(cursor)
    mark = cursor.at
    if length := duration(cursor):
        return _within(cursor, length, mark)
    by = bool(cursor.take("by", "至"))
    limit = _limit(cursor)
    if cursor.take("起"):
        return _since(cursor, cursor.setting.settle(limit.moment).first, limit.moment)
    if cursor.take("后"):
        return _after(cursor, cursor.setting.settle(limit.moment).last)
    if cursor.take("至") or cursor.sees("number", "月") or cursor.sees("下|次月"):  # 3月底4月初
        return _span(cursor, limit.moment)
    found = _bounded(cursor, limit._replace(before=limit.before or by))
    if limit.before and not by:
        _note_before(cursor, limit.moment, mark)
    return found


def _due(day: date, grace_days: int = 0) -> Deadline:
    return Deadline("", None, day, grace_days)


def _within(cursor: Cursor, length: Duration, mark: int) -> Deadline:
    due = ends(cursor, cursor.setting.base, length)
    if _typed(cursor, mark) == "半年":
        cursor.setting.note("“半年”指6个月,不是上半年或下半年")
    cursor.take("内", "后")
    soft = cursor.take("左右")
    cursor.take("前")
    return _due(due, _grace(soft, length.months))


def _since_now(cursor: Cursor) -> Deadline:
    word = cursor.expect("now").text
    cursor.take("起")
    base = cursor.setting.base
    return _since(cursor, base, fixed(base), word)


def _since(cursor: Cursor, first: date, since: Moment, word: str = "") -> Deadline:
    if cursor.take("至"):
        return _span(cursor, since)
    length = duration(cursor)
    cursor.take("内")
    if length:
        return _due(ends(cursor, first, length))
    cursor.setting.note(f"“{word or month_day(first)}”起没有写明止期,请写明日期")
    return _OPEN._replace(start_on=first)


def _after(cursor: Cursor, last: date) -> Deadline:
    if length := duration(cursor):
        cursor.take("内")
        return _due(ends(cursor, last, length))
    if cursor.sees("第"):
        mark = cursor.at
        which = ordinal(cursor)
        if which is None or which.kind != "工作日":
            raise cursor.stumble(mark)
        return _due(ends(cursor, last, Duration(workdays=which.n)))
    cursor.setting.note(f"{long_day(last)}以后没有写明止期,请写明日期")
    return _OPEN._replace(start_on=later(last, 1))


def _span(cursor: Cursor, first: Moment) -> Deadline:
    second = _limit(cursor, within=first)
    return _bounded(cursor, second._replace(moment=cursor.setting.through(first, second.moment), before=False))


def _limit(cursor: Cursor, within: Moment | None = None) -> _Limit:
    cursor.skip("lead")
    # 下班前, 下午5点前
    found = fixed(cursor.setting.today) if clock(cursor) else _checked(cursor, moment(cursor, within))
    clock(cursor)
    soft = bool(cursor.take("左右"))
    cursor.take("内")
    before = bool(cursor.take("前"))
    soft = bool(cursor.take("左右")) or soft
    clock(cursor)
    return _Limit(found, before, soft)


def _checked(cursor: Cursor, found: Moment) -> Moment:
    """The moment, with the weekday written after a day held against it: 3月20日(周三)."""
    bracket = cursor.sees("(", "weekday", ")")
    if not bracket and not (cursor.sees("weekday") and cursor.tokens[cursor.at - 1].kind in ("日", "number")):
        return found
    cursor.at += bracket
    weekday = cursor.expect("weekday").value
    cursor.at += bracket

    def check(days: Days) -> Days:
        if days.last.weekday() != weekday:
            right = WEEKDAYS[days.last.weekday()]
            raise BadValue(f"{long_day(days.last)}是周{right},不是周{WEEKDAYS[weekday]}", "请改日期或星期")
        return days

    return found.narrow(check)


def _note_before(cursor: Cursor, found: Moment, mark: int) -> None:
    days = cursor.setting.settle(found)
    if (days.last - days.first).days >= _LONG - 1:
        cursor.setting.note(f"“{_typed(cursor, mark)}”按含当期计,至{month_day(days.last)}")


def _bounded(cursor: Cursor, limit: _Limit) -> Deadline:
    days = cursor.setting.settle(limit.moment)
    length = (days.last - days.first).days + 1
    due = _due(days.last, _grace(limit.soft, length >= _LONG))
    return due if limit.before or length == 1 else due._replace(start_on=days.first, kind="range")


def _named(reading: Deadline) -> str:
    """One deadline of a list as it could have been typed."""
    due = reading.due_on
    assert due is not None  # noqa: S101 a list of numbers has days
    soft = "左右" if reading.grace_days else ""
    if reading.start_on is None:
        return f"{month_day(due)}{soft or '前'}"
    if reading.start_on.month == due.month and later(due, 1).day == 1:
        return f"{due.month}月{ {1: '', 25: '底', 21: '下旬'}.get(reading.start_on.day, '') }{soft}"
    return f"{month_day(reading.start_on)}至{month_day(due)}{soft}"
