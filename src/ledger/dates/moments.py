"""Moments: the days, weeks, months, quarters, halves and years that a deadline names. Grammar in `grammar.py`."""

from ledger.dates.expression import Days, Moment, day_of, fixed, later, month, month_of, months, week
from ledger.dates.words import DAYS_AHEAD
from ledger.dates.years import Years

_MARKS = ("-", "/", ".")


class Moments(Years):
    """Each rule takes its tokens from the left."""

    def moment(self, within: Moment | None = None) -> Moment:
        """The moment that begins here; `within` is the one before 至: a bare 20日 or 次年 goes by its month or year."""
        today = self.setting.today
        match self.kind():
            case "relative" | "now":
                word = self.expect("relative", "now").text
                return fixed(later(today, DAYS_AHEAD.get(word, 0)))
            case "weekday":
                return fixed(later(today, (self.expect("weekday").value - today.weekday()) % 7))
            case "number":
                return self._numbered(within)
            case "上" | "本" | "下" | "次月" | "周":
                return self._near()
            case "festival" | "pair" | "节":
                return self.festival(None)
        return self._larger(within)

    def _larger(self, within: Moment | None) -> Moment:
        match self.kind():
            case "月" | "part":
                self.take("月")
                if not self.sees("底|初|中|part|内"):
                    raise self.stumble()
                return self.in_month(self._month_of(within))
            case "季度" | "半":
                return self.this_block()
            case "年":
                return self.bare_year()
            case "years" | "次年":
                return self.year_word(within)
        return self.in_year(self.assumed_year())

    def _numbered(self, within: Moment | None) -> Moment:
        token, mark = self.tokens[self.at : self.at + 2]
        digits = len(token.text)
        if digits == 8 and token.text.isascii():
            self.at += 1
            return fixed(day_of(token.value // 10000, token.value // 100 % 100, token.value % 100))
        if mark.text in _MARKS and self.kind(2) == "number" and not self.sees("number", "至", "number", "月|日|季度"):
            return self._marked(mark.text, digits == 4)
        if mark.kind == "年" and digits == 4:
            self.at += 2
            return self.written_year(token.value)
        if self.shared_unit() == "日":
            return self.days_in(self._month_of(within))
        return self.in_year(self.assumed_year())

    def _marked(self, mark: str, with_year: bool) -> Moment:
        """2013-03-20, 2013-03; 3.20 and 3/20, but not 3-20."""
        start = self.at
        first = self.number()
        self.at += 1
        second = self.number(2)
        if not with_year:
            if mark == "-" or first > 99:
                raise self.stumble(start)
            return self.assumed_year().narrow(lambda whole: Days(*[day_of(whole.first.year, first, second)] * 2))
        if self.tokens[self.at].text == mark and self.kind(1) == "number" and len(self.tokens[self.at + 1].text) < 3:
            self.at += 1
            return fixed(day_of(first, second, self.number(2)))
        return self.in_month(fixed(*month(month_of(day_of(first, second, 1)))))

    def _near(self) -> Moment:
        """上, 本, 下 or 下下 before 周, 月 or 季度; 次月; 周末 and 周内 of this week."""
        today = self.setting.today
        if self.take("次月"):
            return self.in_month(fixed(*month(month_of(today) + 1)))
        steps = self._steps()
        unit = self.expect("周", "weekday", "月", "季度")
        if unit.kind == "月":
            return self.in_month(fixed(*month(month_of(today) + steps)))
        if unit.kind == "季度":
            return self.in_block(fixed(*months((month_of(today) // 3 + steps) * 3, 3)))
        days = week(later(today, 7 * steps))
        return fixed(later(days.first, unit.value)) if unit.kind == "weekday" else self.in_week(fixed(*days))

    def _steps(self) -> int:
        token = self.take("上", "本", "下")
        if token is None:
            if not self.sees("周", "底|内"):
                raise self.stumble()
            return 0
        way = {"上": -1, "本": 0, "下": 1}[token.kind]
        steps = way
        while way and self.take(token.kind):
            steps += way
        self.take("个")
        return steps

    def _month_of(self, within: Moment | None) -> Moment:
        """The month that a bare 20日 or 下旬 lies in: where the span begins, else this or the next."""
        if within:
            return within.narrow(lambda whole: month(month_of(whole.last)))
        now = month_of(self.setting.today)

        def say(number: int) -> str:
            return f"未写月份,按{number // 12}年{number % 12 + 1}月" if number != now else ""

        return Moment(month, "coming", now, say)
