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
左右 gives grace, a missing year is chosen by `expression.Setting`. The rules stand in modules by subject, each building
on the one before: durations, festivals, months, years, moments, quotas, dues, cycles, and here deadlines as a whole.

Conventions of this module where practice is divided: 10 days of grace for 左右 on a month or more, else 5; 周末 is
Saturday and Sunday; 24小时 is a day; 30日 without 内 is a day of the month, 30天 a duration; 节后 and other 后 without
a number have no end; a holiday's 期间 are its days off in a row.
"""

from datetime import date
from typing import NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.cycles import Cycles
from ledger.dates.day import WEEKDAYS, long_day, month_day
from ledger.dates.durations import Duration
from ledger.dates.expression import Days, Moment, later
from ledger.dates.quotas import Quota
from ledger.dates.recurrence import Recurrence

_LONG = 28  # days: from here on a span is a month or more
_GRACE_LONG, _GRACE_SHORT = 10, 5
_ASKS = "“{}”没有确定的日期,请写明日期"


class Reading(NamedTuple):
    """One deadline as read, with its place in the text; the fields are those of `deadline.Deadline`."""

    kind: str
    start_on: date | None
    due_on: date | None
    grace_days: int = 0
    recurrence: Recurrence | None = None
    quota: Quota | None = None
    needs_date: bool = False
    text: str = ""


_OPEN = Reading("open", None, None)


class _Limit(NamedTuple):
    moment: Moment
    before: bool
    soft: bool


class Parser(Cycles):
    def deadline(self) -> list[Reading]:
        """The whole text: one deadline, or each of several. Stumble where the grammar does not take it."""
        self.others = []
        self.skip("lead", ":")
        readings = self._readings()
        self.skip("tail", "lead")
        if self.sees("和"):
            self.at += 1
        quota = self.quota()
        self.skip("tail")
        if self.kind():
            raise self.stumble()
        return [reading._replace(quota=quota) for reading in readings]

    def _readings(self) -> list[Reading]:
        if limit := self.take("限期"):
            self.skip("tail", ":")
            if not self.kind():
                self.setting.note("“限期”没有写明日期,请写明,如“限3月底前”")
                return [_OPEN._replace(needs_date=True, text=limit.text)]
        if self.recurs():
            return self._cycle()
        if self.sees("open"):
            self.skip("open", "和", "内")
            return [_OPEN]
        mark = self.at
        self.quota()
        asked, self.at = self.at > mark, mark
        if asked:
            return [_OPEN]
        readings = self._terms()
        while self.sees("和") and not self.sees("和", "tail|至少|分"):
            self.at += 1
            readings += self._terms()
        return readings

    def _cycle(self) -> list[Reading]:
        recurrences = self.recurrences()
        self.clock()
        soft = bool(self.take("左右"))
        self.take("内")
        self.take("前")
        found = []
        for recurrence in recurrences:
            now = recurrence.current(self.setting.today, self.setting.workdays)
            due = recurrence.due
            grace = 0 if not soft else _GRACE_SHORT if due.day or due.nth or due.weekday >= 0 else _GRACE_LONG
            text = recurrence.words
            found.append(Reading("recurring", now.start_on, now.due_on, grace, recurrence, text=text))
        return found

    def _typed(self, mark: int) -> str:
        """The tokens taken since `mark`, without the blanks and quotation marks between them."""
        return "".join(token.text for token in self.tokens[mark : self.at])

    def _terms(self) -> list[Reading]:
        """A term, and as many more as its list of numbers names: 5、9月左右."""
        mark = self.at
        first = self._term()
        others, self.others = self.others, []
        if not others:
            return [first._replace(text=self._typed(mark))]
        limit = _Limit(others[0], first.kind == "date", bool(first.grace_days))
        found = [first, *(self._reading(limit._replace(moment=moment)) for moment in others)]
        return [reading._replace(text=_named(reading)) for reading in found]

    def _term(self) -> Reading:
        self.skip("lead")
        if event := self.take("event"):
            self.take("起")
            if self.duration():
                self.take("内", "后")
            self.setting.note(_ASKS.format(event.text))
            return _OPEN
        if self.sees("now", "起|至|number|半"):
            return self._since_now()
        mark = self.at
        if length := self.duration():
            return self._within(length, mark)
        by = bool(self.take("by", "至"))
        limit = self._limit()
        if self.take("起"):
            return self._since(self.setting.settle(limit.moment).first, limit.moment)
        if self.take("后"):
            return self._after(self.setting.settle(limit.moment).last)
        if self.take("至") or self._juxtaposed():
            return self._span(limit.moment)
        reading = self._reading(limit._replace(before=limit.before or by))
        if limit.before and not by:
            self._note_before(limit.moment, mark)
        return reading

    def _within(self, length: Duration, mark: int) -> Reading:
        due = self.ends(self.setting.base, length)
        text = self._typed(mark)
        if text == "半年":
            self.setting.note("“半年”指6个月,不是上半年或下半年")
        self.take("内", "后")
        soft = bool(self.take("左右"))
        self.take("前")
        return Reading("date", None, due, (_GRACE_LONG if length.months else _GRACE_SHORT) if soft else 0)

    def _since_now(self) -> Reading:
        word = self.expect("now").text
        self.take("起")
        base = self.setting.base
        return self._since(base, Moment(lambda _: Days(base, base)), word)

    def _since(self, first: date, moment: Moment, word: str = "") -> Reading:
        if self.take("至"):
            return self._span(moment)
        if length := self.duration():
            self.take("内")
            return Reading("date", None, self.ends(first, length))
        self.take("内")
        self.setting.note(f"“{word or month_day(first)}”起没有写明止期,请写明日期")
        return _OPEN._replace(start_on=first)

    def _after(self, last: date) -> Reading:
        if length := self.duration():
            self.take("内")
            return Reading("date", None, self.ends(last, length))
        if self.sees("第"):
            mark = self.at
            ordinal = self.ordinal()
            if ordinal is None or ordinal.kind != "工作日":
                raise self.stumble(mark)
            return Reading("date", None, self.ends(last, Duration(workdays=ordinal.n)))
        self.setting.note(f"{long_day(last)}以后没有写明止期,请写明日期")
        return _OPEN._replace(start_on=later(last, 1))

    def _span(self, first: Moment) -> Reading:
        second = self._limit(within=first)
        moment = self.setting.through(first, second.moment)
        return self._reading(second._replace(moment=moment, before=False))

    def _juxtaposed(self) -> bool:
        """Whether another month follows at once: 3月底4月初."""
        return self.sees("number", "月") or self.sees("下|次月")

    def _limit(self, within: Moment | None = None) -> _Limit:
        self.skip("lead")
        if self.clock():  # 下班前, 下午5点前
            today = self.setting.today
            moment = Moment(lambda _: Days(today, today))
        else:
            moment = self._checked(self.moment(within))
        self.clock()
        soft = bool(self.take("左右"))
        self.take("内")
        before = bool(self.take("前"))
        soft = bool(self.take("左右")) or soft
        self.clock()
        return _Limit(moment, before, soft)

    def _checked(self, moment: Moment) -> Moment:
        """The moment, with the weekday written after a day held against it: 3月20日(周三)."""
        bracket = self.sees("(", "weekday", ")")
        if not bracket and not (self.sees("weekday") and self.tokens[self.at - 1].kind in ("日", "number")):
            return moment
        self.at += bracket
        weekday = self.expect("weekday").value
        self.at += bracket

        def check(days: Days) -> Days:
            if days.last.weekday() != weekday:
                right = WEEKDAYS[days.last.weekday()]
                raise BadValue(f"{long_day(days.last)}是周{right},不是周{WEEKDAYS[weekday]}", "请改日期或星期")
            return days

        return moment.narrow(check)

    def _note_before(self, moment: Moment, mark: int) -> None:
        days = self.setting.settle(moment)
        if (days.last - days.first).days >= _LONG - 1:
            self.setting.note(f"“{self._typed(mark)}”按含当期计,至{month_day(days.last)}")

    def _reading(self, limit: _Limit) -> Reading:
        days = self.setting.settle(limit.moment)
        length = (days.last - days.first).days + 1
        grace = 0 if not limit.soft else _GRACE_LONG if length >= _LONG else _GRACE_SHORT
        if limit.before or length == 1:
            return Reading("date", None, days.last, grace)
        return Reading("range", days.first, days.last, grace)


def _named(reading: Reading) -> str:
    """One deadline of a list as it could have been typed."""
    due = reading.due_on
    assert due is not None  # noqa: S101 a list of numbers has days
    soft = "左右" if reading.grace_days else ""
    if reading.start_on is None:
        return f"{month_day(due)}{soft or '前'}"
    if reading.start_on.month == due.month and later(due, 1).day == 1:
        return f"{due.month}月{ {1: '', 25: '底', 21: '下旬'}.get(reading.start_on.day, '') }{soft}"
    return f"{month_day(reading.start_on)}至{month_day(due)}{soft}"
