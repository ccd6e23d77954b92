"""Recurring duties: 每周五, 每季度末月20日, 隔周, 一年两次. Grammar in `grammar.py`."""

from ledger.dates import recurrence as units
from ledger.dates.dues import Dues
from ledger.dates.expression import month_of
from ledger.dates.recurrence import Due, Recurrence

_MONTHS = {"月": 1, "双月": 2, "季度": 3, "半年": 6, "年": 12}
_ONLY_EACH = ("工作日", "旬", "半月", "双周", "双月")
_DAY_NAMED = "weekday|number|part|首月|末月|次月|第|最后|倒数"


class Cycles(Dues):
    def recurs(self) -> bool:
        """Whether a recurring duty begins here: 每…, 隔…, or a rate such as 一年两次."""
        if self.sees("每|隔"):
            return True
        ahead = 0 if self.sees("半") else 1
        if ahead and not self.sees("number"):
            return False
        while self.kind(ahead) in ("个", "半"):
            ahead += 1
        if self.kind(ahead) not in ("天", "周", "月", "季度", "年"):
            return False
        ahead += 1
        while self.kind(ahead) == "tail":
            ahead += 1
        return self.kind(ahead) == "number" and self.kind(ahead + 1) == "counter"

    def recurrences(self) -> list[Recurrence]:
        """A duty; of several days (每周一、周三) one each."""
        every = self.take("每", "隔")
        n = self.number(2, 1) if self.sees("number") else 1
        if every and every.kind == "隔":
            n += 1
        self.take("个")
        found = [self._repeated(n)]
        while self.sees("和", _DAY_NAMED) and not self.sees("和", "number", "counter|个"):
            self.expect("和")
            found.append(found[0]._replace(due=self._due(found[0])))
        return found

    def _repeated(self, n: int) -> Recurrence:
        """The unit that is repeated every n-th time, counted from the base day's, and the day named in it."""
        base = self.setting.base
        mark = self.at
        unit = "周" if self.sees("weekday") else self._unit()
        if n > 1 and unit in _ONLY_EACH:
            raise self.stumble(mark)
        match unit:
            case "日" | "天":
                return Recurrence(units.DAY, n, base.toordinal() % n)
            case "工作日":
                return Recurrence(units.DAY, due=Due(nth=1))
            case "旬" | "半月":
                self.take("底")
                return Recurrence(units.TEN_DAYS if unit == "旬" else units.HALF_MONTH)
            case "周" | "双周":
                n = 2 if unit == "双周" else n
                found = Recurrence(units.WEEK, n, (base.toordinal() - 1) // 7 % n)
            case _:
                length = _MONTHS[unit]
                anchor = month_of(base) // length * length % (n * length)
                found = Recurrence(units.MONTH, n * length, anchor)
        return found._replace(due=self._due(found))

    def _unit(self) -> str:
        if self.take("半"):
            self.take("个")
            return "半" + self.expect("年", "月").kind
        return self.expect("日", "天", "工作日", "周", "旬", "月", "季度", "年", "双周", "双月").kind

    def _due(self, period: Recurrence) -> Due:
        return self.due_in_week() if period.unit == units.WEEK else self.due_in_months(period.every)
