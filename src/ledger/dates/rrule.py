"""RRULEs as other programs expand them, held against the occurrences by this ledger's own working days.

RFC 5545 knows neither holidays nor 调休, nor where a deadline goes that falls on a rest day.
"""

from datetime import date, datetime, time
from itertools import islice

from ledger.dates.day import long_day
from ledger.dates.recurrence import Recurrence
from ledger.dates.workdays import Workdays

MOST, YEARS = 300, 10
"""How many occurrences are compared, and how many years ahead at most: each working day of a year, each year's end."""


def rrule_note(recurrence: Recurrence, today: date, workdays: Workdays, rest_day: str) -> str:
    """What to tell of an RRULE whose days differ from the occurrences that are due from `today` on; "" of others."""
    found = _difference(recurrence, today, workdays, rest_day)
    if found is None:
        return ""
    ours, theirs = map(long_day, found)
    by_workdays = recurrence.due.nth and recurrence.due.weekday < 0
    lacking = "节假日和调休" if by_workdays else f"遇休息日的{'提前' if rest_day == 'before' else '顺延'}"
    return f"RRULE未含{lacking},与本台账的各期不同:{ours}的一期,按RRULE是{theirs}"


def _difference(recurrence: Recurrence, today: date, workdays: Workdays, rest_day: str) -> tuple[date, date] | None:
    """The first occurrence that the rule has on another day, with that day; counted from the next one as DTSTART."""
    from dateutil.rrule import rrulestr

    start_on, due_on = recurrence.current(today, workdays)
    ours = recurrence.occurrences(start_on, date.max, workdays, rest_day)
    theirs = rrulestr(recurrence.rrule, dtstart=datetime.combine(due_on, time()))
    for one, other in zip(islice(ours, MOST), theirs, strict=False):
        if other.year > due_on.year + YEARS:
            return None
        if one.due_on != other.date():
            return one.due_on, other.date()
    return None
