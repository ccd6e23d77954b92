"""The day named in a period of a recurring duty: 末月20日, 最后一个工作日, 12月底. Grammar in `grammar.py`."""

from ledger.dates.durations import Ordinal
from ledger.dates.quotas import Quotas
from ledger.dates.recurrence import Due
from ledger.dates.words import HALVES, PARTS

_LATEST = 28  # the last day that every month has


class Dues(Quotas):
    def due_in_week(self) -> Due:
        """周五, 最后一个工作日; without either Sunday. In a list of weekdays 三 is enough (每周一、三)."""
        mark = self.at
        if ordinal := self.ordinal():
            if ordinal.kind != "工作日":
                raise self.stumble(mark)
            return Due(nth=ordinal.n)
        if self.sees("number") and self.tokens[mark - 1].kind == "和":
            n = self.number(1, 1)
            if n > 6:
                raise self.stumble(mark)
            return Due(weekday=n - 1)
        weekday = self.take("weekday")
        self.take("底")
        return Due(weekday=weekday.value if weekday else 6)

    def due_in_months(self, every: int) -> Due:
        """The day in a period of `every` months; its last where none is named."""
        if self.sees("后", "number", "日|天"):  # 每季度结束后10日内
            return Due(month=every, day=self._day_after(), named=True)
        due = self._month_named(every)
        if due or every < 3:
            return self._day_in(due or Due())
        if self.sees("年", "底|初"):
            self.at += 1  # 每年年底
        if self.take("初"):  # 季度初 is its first ten days, 年初 January
            return Due(month=0, day=10 if every % 12 else 0, named=True)
        if self.take("底"):  # 季末25日 is in its last month
            return self._day_in(Due(named=True)) if self.sees("number", "日") else Due()
        return self._ordinal_of_period(every)

    def _day_after(self) -> int:
        mark = self.at
        self.expect("后")
        day = self.number(2, 1)
        self.expect("日", "天")
        if day > _LATEST:
            raise self.stumble(mark)
        return day

    def _month_named(self, every: int) -> Due | None:
        if edge := self.take("首月", "末月", "次月"):
            return Due(month={"首月": 0, "末月": -1, "次月": every}[edge.kind], named=True)
        if every % 12:
            return None
        last_year = every - 12
        if half := self.take("half"):
            return Due(month=last_year + HALVES[half.text] * 6 + 5, named=True)
        if self.sees("number", "季度"):
            number = self.place(4)
            self.expect("季度")
            self.take("底")
            return Due(month=last_year + number * 3 - 1, named=True)
        if self.sees("number", "月"):
            number = self.place(12)
            self.expect("月")
            return Due(month=last_year + number - 1, named=True)
        return None

    def _ordinal_of_period(self, every: int) -> Due:
        mark = self.at
        ordinal = self.ordinal()
        if ordinal is None:
            return Due()
        if ordinal.kind == "工作日":
            return Due(nth=ordinal.n)
        place = ordinal.n - 1 if ordinal.n > 0 else every + ordinal.n
        if ordinal.kind != "月" or not 0 <= place < every:
            raise self.stumble(mark)
        return self._day_in(Due(month=-1 if place == every - 1 else place, named=True))

    def _day_in(self, due: Due) -> Due:
        """The day in the month that `due` names."""
        mark = self.at
        if self.sees("月", "底|初|中"):
            self.at += 1  # 每月月底
        if self.take("底"):
            return due
        if token := self.take("初", "中", "part"):
            last = {"初": 5, "中": 20}.get(token.kind) or PARTS[token.text][1]
            return due._replace(day=last % 31)
        if self.sees("number") and self.shared_unit() == "日":
            day = self.place(31)
            if day > 31:
                raise self.stumble(mark)
            self.take("日")  # 每月10、25日: the list goes on
            return due._replace(day=day % 31)  # the 31st is the last day of every month
        ordinal = self.ordinal()
        return self._by_place(due, ordinal, mark) if ordinal else due

    def _by_place(self, due: Due, ordinal: Ordinal, mark: int) -> Due:
        match ordinal:
            case Ordinal(n, "weekday", weekday):
                return due._replace(weekday=weekday, nth=n)
            case Ordinal(n, "工作日"):
                return due._replace(nth=n)
            case Ordinal(-1, "天"):
                return due
        raise self.stumble(mark)
