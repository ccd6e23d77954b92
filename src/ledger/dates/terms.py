"""A deadline by itself: 3月底前, 三日内, 3月初至11月底, 会后三日内, 每周五下班前. Grammar in `grammar.py`."""

from datetime import date

from ledger.base.errors import BadValue
from ledger.dates.cursor import Cursor
from ledger.dates.cycles import recurrences, recurs
from ledger.dates.day import long_day, month_day
from ledger.dates.durations import Duration, clock, duration, ends, ordinal
from ledger.dates.expression import Moment, fixed
from ledger.dates.limits import Limit, bounded, due_on, grace, limit
from ledger.dates.meaning import Deadline
from ledger.dates.recurrence import Due, Recurrence
from ledger.dates.spans import Days, later, month_of
from ledger.dates.turns import turn

_ASKS = "“{}”没有确定的日期,请写明日期"
_SEASONS = ("春", "夏", "秋", "冬")
OPEN = Deadline("", None, None, kind="open")


def clause(cursor: Cursor) -> list[Deadline]:
    """The deadline that begins here, and the others of its list of numbers (5、9月左右). Stumble where none begins."""
    mark = cursor.at
    if word := cursor.take("限期"):
        cursor.skip("tail", "done", ":")
        if not cursor.kind():
            cursor.setting.note("“限期”没有写明日期,请写明,如“限3月底前”")
            return [OPEN._replace(needs_date=True, text=word.text)]
        if cursor.sees("number", "日") and cursor.kind(2) not in ("前", "内"):  # 限期15日
            days = cursor.number(3, 1)
            cursor.at += 1
            return [due_on(ends(cursor, cursor.setting.base, Duration(days=days)))._replace(text=cursor.typed(mark))]
    if recurs(cursor):
        return _cycle(cursor, None)
    if following := cursor.tried(turn):
        return [following]
    about = cursor.take("约")
    first = _term(cursor)
    if about:
        first = [_softened(one, cursor.tokens[cursor.at - 1].kind) for one in first]
    others, cursor.others = cursor.others, []
    if not others:
        return first if first[0].recurrence else [first[0]._replace(text=cursor.typed(mark))]
    before, soft = first[0].kind == "date", bool(first[0].grace_days)
    found = [first[0], *(bounded(cursor, Limit(other, before, soft)) for other in others)]
    return [deadline._replace(text=_named(deadline)) for deadline in found]


def _softened(reading: Deadline, last: str) -> Deadline:
    """约6月底 is 6月底左右; `last` is the kind of its last word."""
    return reading._replace(grace_days=grace(reading.due_on, last in ("月", "季度", "年", "half")))


def asks(cursor: Cursor, what: str) -> Deadline:
    """No deadline, but one that asks for its date: 会后, 开学前."""
    cursor.setting.note(_ASKS.format(what))
    return OPEN._replace(text=what)


# --- recurring -----------------------------------------------------------------------------------------------------


def _cycle(cursor: Cursor, bounds: Days | None) -> list[Deadline]:
    """A duty, within the span that was written before it (2013年每月5日前) or up to a day written after it."""
    mark = cursor.at
    repeated = recurrences(cursor)
    clock(cursor)
    soft = bool(cursor.take("左右"))
    cursor.take("内")
    if cursor.sees("前") and cursor.tokens[cursor.at - 1].kind == "月":
        repeated = [_before_month(cursor, one, mark) for one in repeated]
    cursor.take("前")
    clock(cursor)
    until = bounds.last if bounds and bounds.last < date.max else None
    ended = repeated[0].dues == (Due(),) or cursor.tokens[cursor.at - 1].kind == "前"  # not of 每周一至周五
    if until is None and ended and (end := cursor.tried(_end)):
        until = cursor.setting.settle(end.moment).last
    since = bounds.first if bounds else None
    if since and until and until < since:
        raise BadValue(f"止期{until}早于起期{since}", "请把先后顺序写对")
    found = []
    for one in (each._replace(since=since, until=until) for each in repeated):
        now = one.current(cursor.setting.today, cursor.setting.workdays)
        whole = one.dues[0] in (Due(), Due(named=True))
        found.append(Deadline(one.words, *now, grace(soft, whole), kind="recurring", recurrence=one))
    return found


def _end(cursor: Cursor) -> Limit:
    cursor.expect("至")
    return limit(cursor)


def _before_month(cursor: Cursor, duty: Recurrence, mark: int) -> Recurrence:
    """每年8月前 is due when July ends."""
    due = duty.dues[-1]
    if not due.named or due.day or due.nth or len(duty.dues) > 1 or due.month >= duty.every:
        return duty
    found = duty._replace(dues=(due._replace(month=(due.month - 1) % duty.every),))
    written = cursor.typed(mark)
    cursor.setting.note(f"“{written}前”按到期的月份开始以前计,即{found.words};如含该月,请写“{written}底前”")
    return found


# --- once ----------------------------------------------------------------------------------------------------------


def _term(cursor: Cursor) -> list[Deadline]:
    if cursor.sees("event"):
        return [_event(cursor, cursor.at)]
    if cursor.sees("now", "起|至|number|半"):
        return _since_now(cursor)
    mark = cursor.at
    if length := duration(cursor):
        return [_within(cursor, length, mark)]
    by = bool(cursor.take("by", "至"))
    if by and (length := duration(cursor)):
        return [_within(cursor, length, mark)]
    found = limit(cursor)
    if not found.before and cursor.take("起"):
        return _since(cursor, cursor.setting.settle(found.moment).first, found.moment)
    if cursor.take("后"):
        return [_after(cursor, cursor.setting.settle(found.moment).last)]
    if not (found.before or by) and (longer := _longer(cursor, found.moment, mark)):
        return longer
    done = cursor.tokens[cursor.at - 1].kind == "底" and cursor.sees("done")
    return [bounded(cursor, found._replace(before=found.before or by or done))]


def _longer(cursor: Cursor, first: Moment, mark: int) -> list[Deadline]:
    """What a moment begins: a cycle within it, an event of its year, a span; nothing where it stands by itself."""
    if cycle := cursor.tried(lambda _: _cycle_in(cursor, first)):
        return cycle
    of_year = cursor.tokens[cursor.at - 1].kind in ("年", "years")
    if cursor.sees("event") and (of_year or cursor.sees("event", "前|后|期间")):  # 今年汛期, 9月开学前
        return [_event(cursor, mark)]
    if of_year and cursor.kind() and cursor.text in _SEASONS:  # 2013年春
        cursor.at += 1
        return [asks(cursor, cursor.typed(mark))]
    if cursor.sees("至", "open"):  # 3月—长期
        return [_open_since(cursor, cursor.setting.settle(first).first)]
    if cursor.take("至"):
        span = _span(cursor, first)
        whole = fixed(span.start_on, span.due_on) if span.start_on else None
        return (whole and cursor.tried(lambda _: _cycle_in(cursor, whole))) or [span]
    if cursor.sees("number", "月") or cursor.sees("下|次月"):
        return [_unjoined(cursor, first)]
    if [token.kind for token in cursor.tokens[mark : cursor.at]] == ["number", "日"]:
        day = month_day(cursor.setting.settle(first).last)
        cursor.setting.note(f"“{cursor.typed(mark)}”按{day}计;如指若干天以内,请写“{cursor.typed(mark)}内”")
    return []


def _cycle_in(cursor: Cursor, whole: Moment) -> list[Deadline]:
    """2013年每月5日前; 全年,逐月."""
    if cursor.text == ",":
        cursor.at += 1
    span = cursor.setting.settle(whole)
    if not cursor.sees("每|隔") or span.first == span.last:
        raise cursor.stumble()
    return _cycle(cursor, span)


def _event(cursor: Cursor, mark: int) -> Deadline:
    """会后三日内, 主汛期前: the day is not to be known."""
    cursor.expect("event")
    cursor.skip("event", "学期")
    ahead = 0
    while cursor.kind(ahead) in ("?", "tail", "done", "plain"):
        ahead += 1
    if cursor.kind(ahead) in ("前", "后", "起", "期间"):  # 汛期来临前
        cursor.at += ahead
    cursor.skip("期间", "起", "前", "后", "内", "底")
    if cursor.sees("第", "number", "周"):
        cursor.at += 3
    elif duration(cursor) or (cursor.sees("第") and ordinal(cursor)):
        cursor.skip("内", "前", "后")
    return asks(cursor, cursor.typed(mark))


def _within(cursor: Cursor, length: Duration, mark: int) -> Deadline:
    due = ends(cursor, cursor.setting.base, length)
    if cursor.typed(mark) == "半年":
        cursor.setting.note("“半年”指6个月,不是上半年或下半年")
    inside = cursor.take("内", "后")
    soft = cursor.take("左右")
    if not cursor.take("前") or inside or soft:
        return due_on(due, grace(soft, length.months))
    raise cursor.stumble(mark)  # 3天前 is before something else


def _since_now(cursor: Cursor) -> list[Deadline]:
    word = cursor.expect("now").text
    cursor.take("起")
    base = cursor.setting.base
    return _since(cursor, base, fixed(base), word)


def _since(cursor: Cursor, first: date, since: Moment, word: str = "") -> list[Deadline]:
    mark = cursor.at
    cursor.skip("和", "lead")
    if cursor.take("至") or cursor.sees("by"):
        cursor.take("by")
        return [_span(cursor, since)]
    if cursor.sees("每|隔"):
        return _cycle(cursor, Days(first, date.max))
    length = duration(cursor)
    cursor.take("内")
    if length:
        return [due_on(ends(cursor, first, length))]
    if cursor.at > mark and (until := cursor.tried(_until)):  # 即日起,6月底前
        return [bounded(cursor, until._replace(moment=cursor.setting.through(since, until.moment), before=False))]
    cursor.at = mark
    if cursor.sees("open"):
        return [_open_since(cursor, first)]
    cursor.setting.note(f"“{word or month_day(first)}”起没有写明止期,请写明日期")
    return [OPEN._replace(start_on=first)]


def _open_since(cursor: Cursor, first: date) -> Deadline:
    """即日起长期坚持, 3月—长期: no deadline, and none to ask for."""
    cursor.skip("至", "open")
    return OPEN._replace(start_on=first)


def _until(cursor: Cursor) -> Limit:
    found = limit(cursor)
    if not found.before:
        raise cursor.stumble()
    return found


def _after(cursor: Cursor, last: date) -> Deadline:
    if length := duration(cursor):
        cursor.take("内")
        return due_on(ends(cursor, last, length))
    if cursor.sees("第"):
        mark = cursor.at
        which = ordinal(cursor)
        if which is None or which.kind != "工作日":
            raise cursor.stumble(mark)
        return due_on(ends(cursor, last, Duration(workdays=which.n)))
    cursor.setting.note(f"{long_day(last)}以后没有写明止期,请写明日期")
    return OPEN._replace(start_on=later(last, 1))


def _span(cursor: Cursor, first: Moment) -> Deadline:
    second = limit(cursor, within=first)
    return bounded(cursor, second._replace(moment=cursor.setting.through(first, second.moment), before=False))


def _unjoined(cursor: Cursor, first: Moment) -> Deadline:
    """3月底4月初, 11月12月: one span where the second follows at once; else two deadlines, which is for others."""
    mark, noted = cursor.at, len(cursor.setting.notes)
    found = _span(cursor, first)
    begun = cursor.setting.settle(first).last
    assert found.due_on is not None  # noqa: S101 a span has days
    if found.start_on is None or month_of(found.due_on) - month_of(begun) > 1:
        cursor.at = mark
        del cursor.setting.notes[noted:]
        return bounded(cursor, Limit(first, before=False, soft=False))
    return found


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
