"""Months, quarters and weeks, and what narrows them: 3月底, 4-5月, 首月10日, 第二个周五. Grammar in `grammar.py`."""

from ledger.base.errors import BadValue
from ledger.dates.expression import (
    Days,
    Moment,
    day_of_month,
    days_of_month,
    last_day,
    later,
    months_within,
)
from ledger.dates.festivals import Festivals
from ledger.dates.words import PARTS

_EDGES = {"底": (25, 31), "初": (1, 5), "中": (11, 20)}


class Months(Festivals):
    """`others` collects the further moments of a list (5、9月)."""

    others: list[Moment]

    def shared_unit(self) -> str:
        """The unit of the number here or after 第, or of the list or span of numbers that share one: 月 of 2、3月份."""
        ahead = 1 if self.sees("number") else 2
        while self.kind(ahead) in ("至", "和") and self.kind(ahead + 1) == "number":
            ahead += 2
        return self.kind(ahead)

    def months_or_quarters(self, year: Moment) -> Moment:
        match self.shared_unit():
            case "月":
                return self._listed(year, 12)
            case "季度":
                return self._listed(year, 4)
        raise self.stumble()

    def place(self, most: int) -> int:
        """A number by which a month (`most` 12), a quarter (4) or a day (31) goes."""
        mark = self.at
        n = self.number(2 if self.tokens[mark].text.isascii() else 3)
        if most < 31 and not 0 < n <= most:  # a day is looked up in its month
            raise BadValue(f"没有{n}月" if most == 12 else f"没有第{n}季度")
        if most == 12 and self.tokens[mark].text == "两":  # 两月 is a duration
            raise self.stumble(mark)
        return n

    def _runs(self, most: int) -> list[tuple[int, int]]:
        """Numbers sharing a unit: spans (4-5) as they are, a list (2、3) as one span where it leaves nothing out."""
        first = self.place(most)
        runs = [(first, first)]
        while self.kind(1) == "number" and (joint := self.take("至", "和")):
            n = self.place(most)
            first, last = runs[-1]
            if joint.kind == "至" or n == last + 1:
                runs[-1] = (first, n)
            else:
                runs.append((n, n))
        return runs

    def _listed(self, year: Moment, most: int) -> Moment:
        """Months or quarters by number, with what narrows them."""
        length = 12 // most
        runs = self._runs(most)
        self.expect("月", "季度")
        mark = self.at
        found = []
        for first, last in runs:
            self.at = mark
            whole = year.narrow(months_within((last - 1) * length, length))
            end = self.in_month(whole) if length == 1 else self.in_block(whole)
            if first != last:
                end = self.setting.through(year.narrow(months_within((first - 1) * length, length)), end)
            found.append(end)
        self.others += found[1:]
        return found[0]

    def days_in(self, month: Moment) -> Moment:
        """Days by number in a month: 20日, 20-25日, 10、25日."""
        runs = self._runs(31)
        self.expect("日")
        found = [self.setting.through(*(month.narrow(day_of_month(day)) for day in run)) for run in runs]
        self.others += found[1:]
        return found[0]

    def in_month(self, moment: Moment) -> Moment:
        """What may follow a month: 底, 初, 中, a 旬, a day, an ordinal."""
        if self.sees("月", "底|初|中"):
            self.at += 1  # 3月月底
        if edge := self.take("底", "初", "中"):
            return moment.narrow(days_of_month(*_EDGES[edge.kind]))
        if part := self.take("part"):
            return moment.narrow(days_of_month(*PARTS[part.text]))
        if self.sees("number") and self.shared_unit() == "日":
            return self.days_in(moment)
        return self._by_ordinal(moment)

    def in_block(self, moment: Moment) -> Moment:
        """What may follow a quarter or a half: 底, 初, one of its months, an ordinal."""
        if self.take("底"):
            return moment.narrow(last_day)
        if self.take("初"):
            return moment.narrow(lambda whole: Days(whole.first, whole.first.replace(day=10)))
        if edge := self.take("首月", "末月"):
            place = 0 if edge.kind == "首月" else -1
            return self.in_month(moment.narrow(months_within(place, 1)))
        return self._by_ordinal(moment)

    def in_week(self, moment: Moment) -> Moment:
        """What may follow a week: 末, a weekday, an ordinal."""
        if self.take("底"):
            return moment.narrow(lambda whole: Days(later(whole.first, 5), whole.last))
        if weekday := self.take("weekday"):
            return moment.narrow(lambda whole: Days(*[later(whole.first, weekday.value)] * 2))
        return self._by_ordinal(moment)

    def _by_ordinal(self, moment: Moment) -> Moment:
        ordinal = self.ordinal()
        if ordinal is None:
            return moment
        if ordinal.kind == "月":
            place = ordinal.n - 1 if ordinal.n > 0 else ordinal.n
            return self.in_month(moment.narrow(months_within(place, 1)))
        return moment.narrow(lambda whole: self.placed(whole, ordinal))
