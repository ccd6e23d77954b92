"""Holidays as deadlines: 春节前, "五一"期间, 国庆节后, 两节期间, 节前. Grammar in `grammar.py`.

前 is the last working day before the time off, of a day of commemoration the day before it; 期间 the time off; and what
is counted from 后 begins after it (节后一周内).
"""

from collections.abc import Callable
from datetime import date

from ledger.dates.durations import Duration, Durations
from ledger.dates.expression import Days, Moment, later, months_later
from ledger.dates.holidays import STATUTORY, festival, statutory_in_order
from ledger.dates.words import FESTIVALS, PAIRS


class Festivals(Durations):
    def festival(self, year: Moment | None, name: str = "") -> Moment:
        """The holiday here, or the one of that `name` (年前 means 春节): the next, or that of the `year` written."""
        last = name
        each = self.tokens[self.at]
        if not name and self.take("pair"):
            name, last = PAIRS[each.text]
            self.setting.note(f"“{each.text}”按{name}、{last}")
        elif not name and self.take("festival"):
            name = last = FESTIVALS[each.text]
            if self.sees("festival", "期间") or self.sees("和", "festival", "期间"):
                self.take("和")
                last = FESTIVALS[self.expect("festival").text]
        elif not name:
            self.expect("节")
        off = bool(self.take("节", "放假"))
        off = bool(self.take("放假")) or off
        if not name:
            return self._edge_of(self._next_of_all(), lambda n: _in_order(n)[0], off)
        if year:
            found = year.narrow(lambda whole: self._days_of(name, last, whole.first.year))
        else:
            found = Moment(
                lambda n: self._days_of(name, last, n),
                "next",
                self.setting.reference.year,
                lambda n: f"未写年份,按{n}年{name}",
            )
        return self._edge_of(found, lambda n: name, off)

    def _next_of_all(self) -> Moment:
        """The next statutory holiday, 节 by itself."""

        def days(n: int) -> Days:
            name, year = _in_order(n)
            return self._days_of(name, name, year)

        start = self.setting.reference.year * len(STATUTORY)
        return Moment(days, "next", start, lambda n: "“节”按{1}年{0}".format(*_in_order(n)))

    def _days_of(self, name: str, last: str, year: int) -> Days:
        first = festival(name, year)
        end = festival(last, year)
        return Days(first, end if end >= first else festival(last, year + 1))

    def _edge_of(self, found: Moment, name: Callable[[int], str], off: bool) -> Moment:
        """What the words after the holiday make of it."""
        if self.take("前"):
            ahead = self.duration() or Duration()
            self.take("内")
            days = found.days
            return found._replace(days=lambda n: self._eve(days(n), name(n), ahead))
        if off or self.sees("后") or self.sees("期间"):
            self.take("期间")
            days = found.days
            return found._replace(days=lambda n: self._time_off(days(n), name(n)))
        return found

    def _eve(self, days: Days, name: str, ahead: Duration) -> Days:
        if ahead != Duration():  # 春节前一周
            day = later(months_later(days.first, -ahead.months), -ahead.days)
            day = self.setting.workdays.add(day, -ahead.workdays)[0] if ahead.workdays else day
        elif name in STATUTORY:
            self._doubt(days.first)
            day = self.setting.workdays.add(days.first, -1)[0]
        else:
            day = later(days.first, -1)
        return Days(day, day)

    def _time_off(self, days: Days, name: str) -> Days:
        if name not in STATUTORY:
            return days
        self._doubt(days.first)
        off = self.setting.workdays.time_off
        if days.first != days.last:  # of two holidays the first by itself: 元旦 may touch the old year
            return Days(days.first, off(days.last)[1])
        return Days(*off(days.first))

    def _doubt(self, day: date) -> None:
        if not self.setting.workdays.is_workday(day)[1]:
            self.setting.doubts.append(day)


def _in_order(n: int) -> tuple[str, int]:
    """The n-th statutory holiday, counted from the year 0, with its year."""
    year, place = divmod(n, len(STATUTORY))
    return statutory_in_order(year)[place], year
