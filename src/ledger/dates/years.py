"""Years, and what stands within one, written or assumed: 2013年三季度, 明年初, 年底. Grammar in `grammar.py`."""

from datetime import date

from ledger.base.errors import BadValue
from ledger.dates.expression import Days, Moment, fixed, last_day, month_of, months, months_within, week, year_days
from ledger.dates.months import Months
from ledger.dates.words import HALVES, YEARS_AHEAD


class Years(Months):
    def assumed_year(self) -> Moment:
        return Moment(year_days, "year", say=lambda year: f"未写年份,按{year}年")

    def written_year(self, year: int) -> Moment:
        return self.in_year(Moment(year_days, "written", year), named=True)

    def year_word(self, within: Moment | None) -> Moment:
        """今年, 明年 …; 次年 after 至 is the year after the one that the span begins in."""
        today = self.setting.today
        if token := self.take("years"):
            return self.written_year(today.year + YEARS_AHEAD[token.text])
        self.expect("次年")
        if within is None:
            return self.written_year(today.year + 1)
        after = within._replace(days=lambda n: year_days(within.days(n).first.year + 1))
        return self.in_year(after, named=True)

    def bare_year(self) -> Moment:
        """年 by itself: 年底, 年初 (the next), 年中, 年内; 年前 is before 春节."""
        if self.sees("年", "前|后"):
            self.at += 1
            return self.festival(None, "春节")
        self.expect("年")
        if self.take("初"):
            start = Moment(year_days, "next", self.setting.reference.year, lambda year: f"未写年份,按{year}年")
            return start.narrow(months_within(0, 1))
        if self.take("内"):
            return self.assumed_year().narrow(last_day)
        if not self.sees("底|中"):
            raise self.stumble()
        return self._edge(self.assumed_year())

    def in_year(self, year: Moment, named: bool = False) -> Moment:
        """What may follow a year, or stand without one when it is not `named`."""
        if named:
            self.take("年")  # 2013年年底
        numbered = self.sees("第", "number") and self.shared_unit() == "季度" and self.take("第")
        if numbered or (self.sees("number") and (not named or self.shared_unit() in ("月", "季度"))):
            return self.months_or_quarters(year)
        if half := self.take("half"):
            return self.in_block(year.narrow(months_within(HALVES[half.text] * 6, 6)))
        if self.sees("第", "number", "周"):
            return self._week_by_number(year)
        if self.sees("前", "number", "季度|个"):
            return self._first_quarters(year)
        if self.sees("festival"):
            return self.festival(year)
        if self.take("全年"):
            return year
        if not named:
            raise self.stumble()
        return self._edge(year)

    def _edge(self, year: Moment) -> Moment:
        if self.take("底"):
            return year.narrow(last_day)
        if self.take("初"):
            return year.narrow(months_within(0, 1))
        if self.take("中"):
            return year.narrow(months_within(5, 1))
        return self.in_block(year) if self.sees("首月|末月|第|最后|倒数") else year

    def _week_by_number(self, year: Moment) -> Moment:
        self.expect("第")
        number = self.number(2)
        self.expect("周")
        return self.in_week(year.narrow(lambda whole: _iso_week(whole.first.year, number)))

    def _first_quarters(self, year: Moment) -> Moment:
        """前三季度: from the year's first day."""
        self.expect("前")
        number = self.place(4)
        self.take("个")
        self.expect("季度")
        return self.in_block(year.narrow(months_within(0, number * 3)))

    def this_block(self) -> Moment:
        """季度 or 半年 by itself, this one: 季度末, 季度内, 半年末."""
        length = 6 if self.take("半") else 3
        self.expect("年" if length == 6 else "季度")
        if not self.sees("底|初|内|首月|末月"):
            raise self.stumble()
        return self.in_block(fixed(*months(month_of(self.setting.today) // length * length, length)))


def _iso_week(year: int, number: int) -> Days:
    try:
        return week(date.fromisocalendar(year, number, 1))
    except ValueError:
        raise BadValue(f"没有{year}年第{number}周") from None
