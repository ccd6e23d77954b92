"""A series (循环任务): a recurring duty, whose occurrences are ordinary tasks opened ahead.

Its definition is what the journal keeps of it, whole before and after each change. Periods that begin in one of its
*gaps* (paused, skipped) have no occurrence. An occurrence keeps the deadline that its period had when it was opened: a
table of holidays or a rule for rest days that changes later holds for those opened after.

One that is *chained* does not pile up: a period is opened when no task of the series is in hand any more.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

PREFIX = "series:"
"""Definitions are named in `changes` by this and the series' number."""

Gap = tuple[date, date | None]


class Series(NamedTuple):
    """`fields` are what every occurrence is registered with, by column name, `note` among them; `due_text` is the
    recurrence as typed, read in the ledger of `year` as of `anchor`. `start_on` and `end_on` bound it (None: its
    stage's dates, else `anchor` and no end); `code` begins the codes of its occurrences;
    None in a series that 0.1.0 began without one. `chained`: the next period is opened when the last one is closed."""

    id: int
    fields: dict[str, Any]
    due_text: str
    anchor: date
    year: int | None = None
    start_on: date | None = None
    end_on: date | None = None
    code: str | None = None
    gaps: tuple[Gap, ...] = ()
    chained: bool = False

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.id}"

    @property
    def paused_from(self) -> date | None:
        """The first day of the gap that has no end yet; None when the series does not stand still."""
        return next((since for since, until in self.gaps if until is None), None)

    def stands(self, day: date) -> bool:
        """Whether a period that begins on this day has an occurrence, as far as the gaps go."""
        return not any(since <= day and (until is None or day <= until) for since, until in self.gaps)

    def standing(self, day: date) -> date | None:
        """The first day from this one on that lies in no gap; None when there is none."""
        while (gap := next((one for one in self.gaps if one[0] <= day <= (one[1] or date.max)), None)) is not None:
            if gap[1] is None or gap[1] == date.max:
                return None
            day = gap[1] + timedelta(days=1)
        return day

    def definition(self) -> dict[str, Any]:
        """As the journal keeps it."""
        found = self._asdict() | {
            "fields": {name: list(value) if isinstance(value, tuple) else value for name, value in self.fields.items()},
            "anchor": self.anchor.isoformat(),
            "start_on": self.start_on and self.start_on.isoformat(),
            "end_on": self.end_on and self.end_on.isoformat(),
            "gaps": [[since.isoformat(), until and until.isoformat()] for since, until in self.gaps],
        }
        return {name: value for name, value in found.items() if name != "id" and value not in (None, False, [], ())}


def series_of(number: int, definition: dict[str, Any]) -> Series:
    """The series of a definition as the journal keeps it."""
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in definition["fields"].items()}
    gaps = tuple((date.fromisoformat(since), _day(until)) for since, until in definition.get("gaps", ()))
    anchor = date.fromisoformat(definition["anchor"])
    start_on, end_on = _day(definition.get("start_on")), _day(definition.get("end_on"))
    year, code, chained = definition.get("year"), definition.get("code"), definition.get("chained", False)
    return Series(number, fields, definition["due_text"], anchor, year, start_on, end_on, code, gaps, chained)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def number_of(name: str) -> int | None:
    """The number of the series that a name in `changes` means; None when it means none."""
    return int(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else None
