"""Recurring duties: 每周五, 每季度末月20日, 隔周, 一年两次, 每周一、三. Grammar in `grammar.py`."""

from ledger.dates import spans as units
from ledger.dates.cursor import Cursor
from ledger.dates.day import WEEKDAYS
from ledger.dates.durations import Ordinal, ordinal
from ledger.dates.months import place
from ledger.dates.recurrence import TERM, Due, Recurrence
from ledger.dates.spans import month_of
from ledger.dates.words import FESTIVALS, HALVES, PARTS

_MONTHS = {"月": 1, "双月": 2, "季度": 3, "学期": 6, "半年": 6, "年": 12}
_ONLY_EACH = ("工作日", "旬", "半月", "双周", "双月", "学期")
_DAY_NAMED = "weekday|number|part|half|首月|末月|次月|第|最后|倒数|festival"
_LATEST = 28  # the last day that every month has
_SHARED = -1  # the day of a month in a list whose last month names it


def recurs(cursor: Cursor) -> bool:
    """Whether a recurring duty begins here: 每…, 隔…, or a rate such as 一年两次."""
    if cursor.sees("每|隔"):
        return not cursor.sees("每", "number") or cursor.text == "每"  # 按6月底的要求
    if not cursor.sees("number|半"):
        return False
    if cursor.sees("number", "月|季度") and cursor.tokens[cursor.at].value > 1 and cursor.text != "两":
        return False  # 三季度两次 is in the third
    ahead = 0 if cursor.sees("半") else 1
    while cursor.kind(ahead) in ("个", "半"):
        ahead += 1
    if cursor.kind(ahead) not in ("天", "周", "月", "季度", "年"):
        return False
    ahead += 1
    while cursor.kind(ahead) in ("tail", "done"):
        ahead += 1
    return cursor.kind(ahead) == "number" and cursor.kind(ahead + 1) == "counter"


def recurrences(cursor: Cursor) -> list[Recurrence]:
    """A duty with the days named in it; of days that no one rule has (每年6月底、12月20日) a duty each."""
    every = cursor.take("每", "隔")
    if every and cursor.sees("number", "月") and cursor.text != "两":  # 每12月底 wants its 年
        raise cursor.stumble()
    n = cursor.number(2, 1) if cursor.sees("number") else 1
    if every and every.kind == "隔":
        n += 1
    cursor.take("个")
    found = _repeated(cursor, n)
    dues = list(found.dues)
    dues += _more_weekdays(cursor, found)
    while cursor.sees("和", f"月|{_DAY_NAMED}") and not cursor.sees("和", "number", "counter|个"):
        if cursor.sees("和", "月") and not cursor.sees("和", "月", "底|初|中"):
            break
        cursor.expect("和")
        bare = cursor.sees("number") and cursor.shared_unit() == "日" and found.unit == units.MONTH
        dues.append(_day_in(cursor, dues[-1]._replace(day=0)) if bare else _due(cursor, found))
    for n in range(len(dues) - 1, 0, -1):
        if dues[n - 1].day == _SHARED:  # 6、12月底: the day named with the last month
            dues[n - 1] = dues[n]._replace(month=dues[n - 1].month)
    dues = list(dict.fromkeys(_at_the_end(due) if found.every == 12 and dues[1:] else due for due in dues))
    one = found._replace(dues=tuple(dues))
    return [one] if len(dues) == 1 or _is_one_rule(one) else [found._replace(dues=(due,)) for due in dues]


def _at_the_end(due: Due) -> Due:
    """A month's last day as its end, so that 6月30日 and 12月31日 are one rule's."""
    return due._replace(day=0) if due.day == 30 and due.month in (3, 5, 8, 10) else due


def _more_weekdays(cursor: Cursor, duty: Recurrence) -> list[Due]:
    """The further days of 每周一至周五 and 每周一三五."""
    if duty.unit != units.WEEK or cursor.tokens[cursor.at - 1].kind != "weekday":
        return []
    if cursor.sees("至", "weekday"):
        cursor.at += 1
        last = cursor.expect("weekday").value
        return [Due(weekday=n) for n in range(duty.dues[0].weekday + 1, last + 1)]
    if (
        cursor.sees("?|number")
        and frozenset(cursor.text) <= frozenset(WEEKDAYS)
        and cursor.kind(1) not in ("counter", "个")
    ):
        return [Due(weekday=WEEKDAYS.index(character)) for character in cursor.expect("?", "number").text]
    return []


def _is_one_rule(duty: Recurrence) -> bool:
    """Whether one RRULE has all the days: in a week; of one month; or alike in several months."""
    dues = duty.dues
    if len({(bool(due.festival), due.weekday >= 0, due.nth != 0 and due.weekday < 0) for due in dues}) > 1:
        return False
    if duty.unit == units.WEEK:
        return True
    if dues[0].festival or any(due.month >= duty.every for due in dues):
        return False
    if len({due.month for due in dues}) == 1:
        return sum(due.day > _LATEST or not due.day for due in dues) < 2 or dues[0].nth != 0
    return duty.every in (3, 6, 12) and len({due._replace(month=0) for due in dues}) == 1


def _repeated(cursor: Cursor, n: int) -> Recurrence:
    """The unit that is repeated every n-th time, counted from the base day's, and the day named in it."""
    base = cursor.setting.base
    mark = cursor.at
    unit = "周" if cursor.sees("weekday") else _unit(cursor)
    if n > 1 and unit in _ONLY_EACH:
        raise cursor.stumble(mark)
    match unit:
        case "日" | "天":
            if n > 1 and cursor.sees("前"):  # 每20日前 wants its 月
                raise cursor.stumble(mark)
            return Recurrence(units.DAY, n, base.toordinal() % n)
        case "工作日":
            return Recurrence(units.DAY, dues=(Due(nth=1),))
        case "旬" | "半月":
            cursor.take("底")
            return Recurrence(units.TEN_DAYS if unit == "旬" else units.HALF_MONTH)
        case "周" | "双周":
            n = 2 if unit == "双周" else n
            found = Recurrence(units.WEEK, n, units.Stretch(units.WEEK).number(base) % n)
        case "学期":
            found = Recurrence(units.MONTH, 6, TERM)
            cursor.setting.note("“每学期”按2月至7月、8月至次年1月计,止期请核对")
        case _:
            length = _MONTHS[unit]
            anchor = month_of(base) // length * length % (n * length)
            found = Recurrence(units.MONTH, n * length, anchor)
    if cursor.sees("done", "前"):  # 每学期结束前
        cursor.at += 1
    cursor.link(_DAY_NAMED)
    return found._replace(dues=(_due(cursor, found),))


def _unit(cursor: Cursor) -> str:
    if cursor.take("半"):
        cursor.take("个")
        return "半" + cursor.expect("年", "月").kind
    return cursor.expect("日", "天", "工作日", "周", "旬", "月", "季度", "年", "双周", "双月", "学期").kind


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
    if every == 12 and (cursor.sees("festival", "前") or cursor.sees("festival", "和", "festival")):
        return Due(festival=FESTIVALS[cursor.expect("festival").text])
    if cursor.sees("后", "number", "日|天|工作日"):  # 每季度结束后10日内
        return _day_after(cursor, every)
    due = _month_named(cursor, every)
    if due and due.day == _SHARED:
        return due
    if due:
        cursor.link(_DAY_NAMED)
    if due or every < 3:
        return _day_in(cursor, due or Due())
    if cursor.sees("年", "底|初"):
        cursor.at += 1  # 每年年底
    if cursor.take("初"):  # 季度初 is its first ten days, 年初 January
        return Due(month=0, day=10 if every % 12 else 0, named=True)
    if cursor.take("底"):  # 季末25日 is in its last month
        return _day_in(cursor, Due(named=True)) if cursor.sees("number", "日") else Due()
    return _ordinal_of_period(cursor, every)


def _day_after(cursor: Cursor, every: int) -> Due:
    mark = cursor.at
    cursor.expect("后")
    day = cursor.number(2, 1)
    if cursor.expect("日", "天", "工作日").kind == "工作日":
        return Due(month=every, nth=day, named=True)
    if day > _LATEST:
        raise cursor.stumble(mark)
    return Due(month=every, day=day, named=True)


def _month_named(cursor: Cursor, every: int) -> Due | None:
    if edge := cursor.take("首月", "末月", "次月"):
        day = _SHARED if cursor.sees("和", "首月|末月|次月") else 0
        return Due(month={"首月": 0, "末月": -1, "次月": every}[edge.kind], day=day, named=True)
    if every % 12:
        return None
    if half := cursor.take("half"):
        number = HALVES[half.text] * 6 + 6
    elif cursor.sees("number", "季度") or cursor.sees("第", "number", "季度"):
        cursor.take("第")
        number = place(cursor, 4) * 3
        cursor.expect("季度")
        cursor.take("底")
    elif cursor.sees("number") and cursor.shared_unit() == "月":
        mark = cursor.at
        number = place(cursor, 12)
        cursor.take("月")
        if cursor.take("至"):  # 每年5月至9月
            number = place(cursor, 12)
            cursor.setting.note(f"“{cursor.typed(mark)}月”按{number}月到期计")
        elif cursor.tokens[cursor.at - 1].kind == "月":
            cursor.at -= 1
        if cursor.sees("和"):  # 6、12月底: the list goes on
            return Due(month=every - 12 + number - 1, day=_SHARED, named=True)
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
    if which.kind == "weekday" and abs(which.n) < 5:  # 每季度最后一个周六
        return Due(month=0 if which.n > 0 else -1, weekday=which.weekday, nth=which.n, named=True)
    month = which.n - 1 if which.n > 0 else every + which.n
    if which.kind != "月" or not 0 <= month < every:
        raise cursor.stumble(mark)
    return _day_in(cursor, Due(month=-1 if month == every - 1 else month, named=True))


def _day_in(cursor: Cursor, due: Due) -> Due:
    """The day in the month that `due` names."""
    cursor.link(_DAY_NAMED)
    mark = cursor.at
    if cursor.sees("月", "底|初|中"):
        cursor.at += 1  # 每月月底
    if cursor.take("底") and not cursor.sees("第|最后|倒数"):
        return due
    if cursor.sees("前", "number", "日|天|工作日"):  # 每月前5个工作日内
        cursor.at += 1
        day = cursor.number(2, 1)
        by_workdays = cursor.expect("日", "天", "工作日").kind == "工作日"
        return due._replace(nth=day) if by_workdays else due._replace(day=min(day, 31) % 31)
    if token := cursor.take("初", "中", "part"):
        last = {"初": 5, "中": 20}.get(token.kind) or PARTS[token.text][1]
        return due._replace(day=last % 31)
    if cursor.sees("number") and cursor.shared_unit() == "日":
        return due._replace(day=_day_by_number(cursor) % 31)  # the 31st is the last day of every month
    match ordinal(cursor):
        case None | Ordinal(-1, "天"):
            return due
        case Ordinal(n, "weekday", weekday):
            return due._replace(weekday=weekday, nth=n)
        case Ordinal(n, "工作日"):
            return due._replace(nth=n)
    raise cursor.stumble(mark)


def _day_by_number(cursor: Cursor) -> int:
    """20日; of 1-5日 the last; of 10、25日 the first, for the list goes on."""
    mark = cursor.at
    day = place(cursor, 31)
    cursor.take("日")
    if cursor.sees("至", "number", "日"):
        cursor.at += 1
        day = place(cursor, 31)
        cursor.take("日")
        cursor.setting.note(f"“{cursor.typed(mark)}”按{day}日到期计")
    if day > 31:
        raise cursor.stumble(mark)
    return day
