"""Recurring duties and quotas: 每周五, 每季度末月20日, 隔周, 一年两次, 不少于3条. Grammar in `grammar.py`."""

from ledger.dates import spans as units
from ledger.dates.cursor import Cursor
from ledger.dates.durations import Ordinal, ordinal
from ledger.dates.meaning import Quota
from ledger.dates.months import place
from ledger.dates.recurrence import Due, Recurrence
from ledger.dates.spans import month_of
from ledger.dates.words import HALVES, PARTS

_MONTHS = {"月": 1, "双月": 2, "季度": 3, "半年": 6, "年": 12}
_ONLY_EACH = ("工作日", "旬", "半月", "双周", "双月")
_DAY_NAMED = "weekday|number|part|首月|末月|次月|第|最后|倒数"
_LATEST = 28  # the last day that every month has


def recurs(cursor: Cursor) -> bool:
    """Whether a recurring duty begins here: 每…, 隔…, or a rate such as 一年两次."""
    if cursor.sees("每|隔"):
        return True
    if not cursor.sees("number|半"):
        return False
    ahead = 0 if cursor.sees("半") else 1
    while cursor.kind(ahead) in ("个", "半"):
        ahead += 1
    if cursor.kind(ahead) not in ("天", "周", "月", "季度", "年"):
        return False
    ahead += 1
    while cursor.kind(ahead) == "tail":
        ahead += 1
    return cursor.kind(ahead) == "number" and cursor.kind(ahead + 1) == "counter"


def recurrences(cursor: Cursor) -> list[Recurrence]:
    """A duty; of several days (每周一、周三) one each."""
    every = cursor.take("每", "隔")
    n = cursor.number(2, 1) if cursor.sees("number") else 1
    if every and every.kind == "隔":
        n += 1
    cursor.take("个")
    found = [_repeated(cursor, n)]
    while cursor.sees("和", _DAY_NAMED) and not cursor.sees("和", "number", "counter|个"):
        cursor.expect("和")
        found.append(found[0]._replace(due=_due(cursor, found[0])))
    return found


def _repeated(cursor: Cursor, n: int) -> Recurrence:
    """The unit that is repeated every n-th time, counted from the base day's, and the day named in it."""
    base = cursor.setting.base
    mark = cursor.at
    unit = "周" if cursor.sees("weekday") else _unit(cursor)
    if n > 1 and unit in _ONLY_EACH:
        raise cursor.stumble(mark)
    match unit:
        case "日" | "天":
            return Recurrence(units.DAY, n, base.toordinal() % n)
        case "工作日":
            return Recurrence(units.DAY, due=Due(nth=1))
        case "旬" | "半月":
            cursor.take("底")
            return Recurrence(units.TEN_DAYS if unit == "旬" else units.HALF_MONTH)
        case "周" | "双周":
            n = 2 if unit == "双周" else n
            found = Recurrence(units.WEEK, n, units.Stretch(units.WEEK).number(base) % n)
        case _:
            length = _MONTHS[unit]
            anchor = month_of(base) // length * length % (n * length)
            found = Recurrence(units.MONTH, n * length, anchor)
    return found._replace(due=_due(cursor, found))


def _unit(cursor: Cursor) -> str:
    if cursor.take("半"):
        cursor.take("个")
        return "半" + cursor.expect("年", "月").kind
    return cursor.expect("日", "天", "工作日", "周", "旬", "月", "季度", "年", "双周", "双月").kind


def _due(cursor: Cursor, period: Recurrence) -> Due:
    return _due_in_week(cursor) if period.unit == units.WEEK else _due_in_months(cursor, period.every)


def _due_in_week(cursor: Cursor) -> Due:
    """周五, 最后一个工作日; without either Sunday. In a list of weekdays 三 is enough (每周一、三)."""
    mark = cursor.at
    if which := ordinal(cursor):
        if which.kind != "工作日":
            raise cursor.stumble(mark)
        return Due(nth=which.n)
    if cursor.sees("number") and cursor.tokens[mark - 1].kind == "和":
        n = cursor.number(1, 1)
        if n > 6:
            raise cursor.stumble(mark)
        return Due(weekday=n - 1)
    weekday = cursor.take("weekday")
    cursor.take("底")
    return Due(weekday=weekday.value if weekday else 6)


def _due_in_months(cursor: Cursor, every: int) -> Due:
    """The day in a period of `every` months; its last where none is named."""
    if cursor.sees("后", "number", "日|天"):  # 每季度结束后10日内
        return Due(month=every, day=_day_after(cursor), named=True)
    due = _month_named(cursor, every)
    if due or every < 3:
        return _day_in(cursor, due or Due())
    if cursor.sees("年", "底|初"):
        cursor.at += 1  # 每年年底
    if cursor.take("初"):  # 季度初 is its first ten days, 年初 January
        return Due(month=0, day=10 if every % 12 else 0, named=True)
    if cursor.take("底"):  # 季末25日 is in its last month
        return _day_in(cursor, Due(named=True)) if cursor.sees("number", "日") else Due()
    return _ordinal_of_period(cursor, every)


def _day_after(cursor: Cursor) -> int:
    mark = cursor.at
    cursor.expect("后")
    day = cursor.number(2, 1)
    cursor.expect("日", "天")
    if day > _LATEST:
        raise cursor.stumble(mark)
    return day


def _month_named(cursor: Cursor, every: int) -> Due | None:
    if edge := cursor.take("首月", "末月", "次月"):
        return Due(month={"首月": 0, "末月": -1, "次月": every}[edge.kind], named=True)
    if every % 12:
        return None
    if half := cursor.take("half"):
        number = HALVES[half.text] * 6 + 6
    elif cursor.sees("number", "季度"):
        number = place(cursor, 4) * 3
        cursor.expect("季度")
        cursor.take("底")
    elif cursor.sees("number", "月"):
        number = place(cursor, 12)
        cursor.expect("月")
    else:
        return None
    return Due(month=every - 12 + number - 1, named=True)  # of several years in the last


def _ordinal_of_period(cursor: Cursor, every: int) -> Due:
    mark = cursor.at
    which = ordinal(cursor)
    if which is None:
        return Due()
    if which.kind == "工作日":
        return Due(nth=which.n)
    month = which.n - 1 if which.n > 0 else every + which.n
    if which.kind != "月" or not 0 <= month < every:
        raise cursor.stumble(mark)
    return _day_in(cursor, Due(month=-1 if month == every - 1 else month, named=True))


def _day_in(cursor: Cursor, due: Due) -> Due:
    """The day in the month that `due` names."""
    mark = cursor.at
    if cursor.sees("月", "底|初|中"):
        cursor.at += 1  # 每月月底
    if cursor.take("底"):
        return due
    if token := cursor.take("初", "中", "part"):
        last = {"初": 5, "中": 20}.get(token.kind) or PARTS[token.text][1]
        return due._replace(day=last % 31)
    if cursor.sees("number") and cursor.shared_unit() == "日":
        day = place(cursor, 31)
        if day > 31:
            raise cursor.stumble(mark)
        cursor.take("日")  # 每月10、25日: the list goes on
        return due._replace(day=day % 31)  # the 31st is the last day of every month
    match ordinal(cursor):
        case None | Ordinal(-1, "天"):
            return due
        case Ordinal(n, "weekday", weekday):
            return due._replace(weekday=weekday, nth=n)
        case Ordinal(n, "工作日"):
            return due._replace(nth=n)
    raise cursor.stumble(mark)


def quota(cursor: Cursor) -> Quota | None:
    """不少于3条, 1-2次, 3条以上, 分二次, if it stands here; a plain 一次 asks for nothing, and is None."""
    mark = cursor.at
    bound = bool(cursor.take("分"))
    cursor.skip("tail")
    bound = bool(cursor.take("至少")) or bound
    cursor.skip("tail")
    least = most = _count(cursor)
    if least and cursor.kind(1) == "number" and cursor.take("至", "和"):
        most = _count(cursor)
    counter = cursor.take("counter", "个")
    measures = counter and counter.kind == "个" and cursor.sees("月|季度|半|周|天|小时|工作日")  # 三个月 counts time
    if counter is None or measures or not 0 < least <= most:
        cursor.at = mark
        return None
    bound = bool(cursor.take("以上")) or bound
    cursor.skip("tail")
    if not bound and (least, most) == (1, 1):
        return None
    return Quota(least, most if most != least else None, counter.text)


def _count(cursor: Cursor) -> int:
    """A number that may count things, 0 when none stands here."""
    token = cursor.take("number")
    return token.value if token and len(token.text) <= 4 else 0
