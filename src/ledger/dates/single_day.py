"""Single days, for business dates: a deadline's `day` (see `grammar.py`), looking back as well.

day = 今天 | 明天 | 昨天 | 前天 | … | 20130320 | 2013-03-20 | 2013/3/20 | 2013.3.20 | [year] NUMBER 月 NUMBER 日
    | (上 | 本 | 下 {下}) weekday
"""

from datetime import date

from ledger.dates.expression import fixed, later
from ledger.dates.moments import Moments
from ledger.dates.words import DAYS_BACK


class DayParser(Moments):
    def day(self) -> date:
        """The day that the whole text means. Stumble where it means none."""
        self.others = []
        if token := self.take("past"):
            moment = fixed(later(self.setting.today, DAYS_BACK[token.text]))
        elif self.sees("relative|number|years|上|本|下"):
            moment = self.moment()
        else:
            raise self.stumble()
        kinds = [token.kind for token in self.tokens[: self.at]]
        if self.kind() or self.others or not self._is_day(kinds):
            raise self.stumble(0)
        return self.setting.settle(moment).last

    def _is_day(self, kinds: list[str]) -> bool:
        if kinds[-1] == "日":
            return kinds.count("月") == 1 and kinds.count("number") == kinds.count("年") + 2
        if kinds == ["number"] or kinds[-1] in ("relative", "past", "weekday"):
            return True
        return len(kinds) == 5 and kinds[1] == kinds[3] and set(kinds[::2]) == {"number"}
