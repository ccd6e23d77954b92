"""The codes of a ledger: never given twice, neither to tasks nor to series, taken back or not; save the last number of
a year, if its registration was taken back on the day that it was made and nothing in force names it.

By default a code is `{year}-{number of the year, three digits or more}`. What bears a code (the periods of a series)
has a counter of its own under it and uses up no numbers of the year.
"""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Any

from ledger.base.errors import Refused
from ledger.store import faults, freed, lookup, rows, schedule
from ledger.store.reader import Writer


class Codes:
    """What one command knows and gives of codes; `given` are the rows of the table `code` that are still to be
    written. On which day something was recorded is told by `zone`."""

    def __init__(self, writer: Writer, zone: tzinfo) -> None:
        self._writer, self._zone = writer, zone
        self._numbers: dict[int, int] = {}
        self._borne: dict[str, int] = {}
        self._of_series: set[str] | None = None
        self._free_again: set[str] = set()
        self.forget()

    def forget(self) -> None:
        """All that was given has been written."""
        self.given: list[dict[str, Any]] = []
        self._known: dict[str, bool] = {}

    def next(self, year: int) -> str:
        """The next code of the default form."""
        return f"{year}-{self._highest(year) + 1:03d}"

    def _highest(self, year: int) -> int:
        """The highest number given in a year."""
        if year not in self._numbers:
            of_series = [number or 0 for of, number in map(rows.year_and_number, self._series()) if of == year]
            self._numbers[year] = max(self._of_tasks(year), *of_series, 0)
        return self._numbers[year]

    def _of_tasks(self, year: int) -> int:
        """The highest number of a year that was given to tasks, but for those that are free again."""
        in_force = "EXISTS (SELECT 1 FROM task t WHERE t.code = c.code)"
        last = f"SELECT c.number, {in_force} FROM code c WHERE c.year = :year ORDER BY c.number DESC LIMIT 1"
        found = self._writer.rows(last, {"year": year})
        if found and type(found[0][0]) is not int:
            raise faults.damaged(self._writer.location, "编号的顺序号不是数字")
        if not found or found[0][1]:
            return int(found[0][0]) if found else 0
        kept = f"SELECT max(c.number) FROM code c WHERE c.year = :year AND {in_force}"
        ((standing,),) = self._writer.rows(kept, {"year": year})
        above = "SELECT code, number FROM code WHERE year = :year AND number > :kept ORDER BY number DESC, code DESC"
        gone = self._writer.rows(above, {"year": year, "kept": standing or 0})
        self._free_again = set(freed.free_again(self._writer, [code for code, _ in gone], self._zone))
        return next((int(number) for code, number in gone if code not in self._free_again), standing or 0)

    def next_under(self, code: str, *, itself: bool = True) -> str:
        """The next code of what bears this one: `{code}-{number}`, two digits or more. A task that has the code
        `itself` is the first: of a series that 0.1.0 began, not of a whole, whose parts are counted alone."""
        if code not in self._borne:
            span = {"first": f"{code}-", "last": f"{code}."}  # the sign after "-"
            found = self._writer.rows("SELECT code FROM code WHERE code > :first AND code < :last", span)
            tails = (one.removeprefix(f"{code}-") for (one,) in found)
            numbers = [int(tail) for tail in tails if tail.isascii() and tail.isdigit() and len(tail) < 10]
            own = itself and code not in self._free_again and self._was_given(code)
            self._borne[code] = max(*numbers, own, 0)
        self._borne[code] += 1
        while not self.is_free(following := f"{code}-{self._borne[code]:02d}"):
            self._borne[code] += 1
        return following

    def take(self, code: str) -> None:
        """Give a code to a task, for good. Raises `Refused` when it was ever used."""
        if not self._raise_number(code):
            self.require_free(code)
        if code not in self._free_again:
            self.given.append(rows.code_row(code))
        self._free_again.discard(code)
        self._known[code] = True

    def take_for_series(self, code: str) -> None:
        """Give a code to a series, for good."""
        self._raise_number(code)
        self._series().add(code)
        self._known[code] = True

    def _raise_number(self, code: str) -> bool:
        """Whether its number is above all that were given in its year, and is now the highest: surely free."""
        year, number = rows.year_and_number(code)
        if year is None or number is None or number <= self._highest(year):
            return False
        self._numbers[year] = number
        return True

    def reserve(self, codes: Iterable[str]) -> None:
        """Give new tasks numbers above these codes, which will be given later in this command."""
        for code in codes:
            self._raise_number(code)

    def is_free(self, code: str) -> bool:
        """Whether the code was never given, or is free again."""
        if code not in self._known:
            given = code not in self._free_again and self._was_given(code)
            self._known[code] = given or code in self._series()
        return not self._known[code]

    def _was_given(self, code: str) -> bool:
        return bool(self._writer.rows("SELECT 1 FROM code WHERE code = :code", {"code": code}))

    def is_known_free(self, code: str) -> bool:
        """Whether it was looked up, and found never given."""
        return self._known.get(code) is False

    def require_free(self, code: str) -> None:
        """Raises `Refused` for a code that was given."""
        if not self.is_free(code):
            raise Refused(f"编号“{code}”已经用过", "编号不重复使用,请换一个,或不写编号由程序来编")

    def look_up(self, codes: Sequence[str]) -> None:
        """Learn of many codes at once whether they are free."""
        used = set(self._series())
        for where, parameters in lookup.among("code", codes):
            used |= {code for (code,) in self._writer.rows(f"SELECT code FROM code WHERE {where}", parameters)}
        self._known |= {code: code in used for code in codes}

    def _series(self) -> set[str]:
        if self._of_series is None:
            self._of_series = schedule.codes(self._writer)
        return self._of_series
