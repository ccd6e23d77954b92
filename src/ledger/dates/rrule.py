"""RRULEs of recurring duties (RFC 5545), and as other programs expand them, held against the occurrences by this
ledger's own working days.

RFC 5545 knows neither holidays nor 调休, nor where a deadline goes that falls on a rest day.
"""

from datetime import date, datetime, time
from itertools import islice

from ledger.dates.day import long_day
from ledger.dates.following import Following
from ledger.dates.holidays import day_each_year
from ledger.dates.recurrence import Recurrence
from ledger.dates.spans import DAY, MONTH, TEN_DAYS, WEEK, later
from ledger.dates.workdays import Workdays

MOST, YEARS = 300, 10
"""How many occurrences are compared, and how many years ahead at most: each working day of a year, each year's end."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKING = "BYDAY=MO,TU,WE,TH,FR"
_LATEST = 28  # the last day that every month has


def rrule_of(recurrence: Recurrence | Following) -> str | None:
    """The rule of the due days; with an INTERVAL, counted from an occurrence as DTSTART. Working days are the weekdays
    there, for it knows no holidays, and the eve of a lunar one is DTSTART's day in every year. None where no calendar
    has the days."""
    return None if isinstance(recurrence, Following) else _rrule(recurrence)


def _rrule(recurrence: Recurrence) -> str:
    until = f";UNTIL={recurrence.until:%Y%m%d}" if recurrence.until else ""
    return f"{_rule(recurrence)}{until}"


def _rule(recurrence: Recurrence) -> str:
    every, first = recurrence.every, recurrence.dues[0]
    interval = f";INTERVAL={every}" if every > 1 else ""
    if recurrence.unit == DAY:
        return f"FREQ=WEEKLY;{_WORKING}" if first.nth else f"FREQ=DAILY{interval}"
    if recurrence.unit == WEEK:
        return f"FREQ=WEEKLY{interval};{_days_of_weeks(recurrence)}"
    if recurrence.unit != MONTH:
        return "FREQ=MONTHLY;BYMONTHDAY=" + ("10,20,-1" if recurrence.unit == TEN_DAYS else "15,-1")
    if first.festival:
        fixed = day_each_year(first.festival)
        eve = fixed and later(fixed, -1)
        return f"FREQ=YEARLY;BYMONTH={eve.month};BYMONTHDAY={eve.day}" if eve else "FREQ=YEARLY"
    if every == 1:
        return f"FREQ=MONTHLY;{_days_of_months(recurrence)}"
    if 12 % every:
        return f"FREQ=MONTHLY{interval};{_days_of_months(recurrence)}"
    places = {(recurrence.anchor + (due.month if due.month >= 0 else every - 1)) % every for due in recurrence.dues}
    names = sorted({n + 1 for place in places for n in range(place, 12, every)})
    frequency = "YEARLY" if len(names) == 1 else "MONTHLY"
    return f"FREQ={frequency};BYMONTH={_list(names)};{_days_of_months(recurrence)}"


def _list(values: list[int]) -> str:
    return ",".join(map(str, values))


def _days_of_weeks(recurrence: Recurrence) -> str:
    if recurrence.dues[0].nth:
        return f"{_WORKING};BYSETPOS={_list([due.nth for due in recurrence.dues])}"
    return f"BYDAY={','.join(_WEEKDAYS[due.weekday] for due in recurrence.dues)}"


def _days_of_months(recurrence: Recurrence) -> str:
    dues = recurrence.dues
    if dues[0].weekday >= 0:
        return "BYDAY=" + ",".join(dict.fromkeys(f"{due.nth}{_WEEKDAYS[due.weekday]}" for due in dues))
    if dues[0].nth:
        return f"{_WORKING};BYSETPOS={_list(sorted({due.nth for due in dues}))}"
    days = sorted({due.day or 31 for due in dues})
    early, late = [day for day in days if day <= _LATEST], [day for day in days if day > _LATEST]
    if not late or late == [31]:
        return f"BYMONTHDAY={_list([*early, *[-1 for _ in late]])}"
    places = [*range(1, len(early) + 1), -1]  # the days up to the 29th or 30th: the last of them that a month has
    return f"BYMONTHDAY={_list([*early, *range(_LATEST, late[-1] + 1)])};BYSETPOS={_list(places)}"


def rrule_note(recurrence: Recurrence | Following, today: date, workdays: Workdays, rest_day: str) -> str:
    """What to tell of an RRULE whose days differ from the occurrences that are due from `today` on, and where there is
    none; "" of others."""
    if isinstance(recurrence, Following):
        return f"{recurrence.words}:上一期销号那天才开出下一期,RRULE写不出"
    found = _difference(recurrence, today, workdays, rest_day)
    if found is None:
        return ""
    ours, theirs = long_day(found[0]), f"是{long_day(found[1])}" if found[1] else "没有这一期"
    by_workdays = recurrence.dues[0].festival or (recurrence.dues[0].nth and recurrence.dues[0].weekday < 0)
    cut = not by_workdays and rest_day == "keep"
    lacking = (
        "节假日和调休" if by_workdays else "止期" if cut else f"遇休息日的{'提前' if rest_day == 'before' else '顺延'}"
    )
    return f"RRULE未含{lacking},与本台账的各期不同:{ours}的一期,按RRULE{theirs}"


def _difference(
    recurrence: Recurrence, today: date, workdays: Workdays, rest_day: str
) -> tuple[date, date | None] | None:
    """The first occurrence that the rule has on another day, with that day, or not at all; counted from the next one as
    DTSTART."""
    from dateutil.rrule import rrulestr

    start_on, due_on = recurrence.current(today, workdays)
    ours = recurrence.occurrences(start_on, date.max, workdays, rest_day)
    theirs = iter(rrulestr(_rrule(recurrence), dtstart=datetime.combine(due_on, time())))
    for one in islice(ours, MOST):
        other = next(theirs, None)
        if other and other.year > due_on.year + YEARS:
            return None
        if other is None or one.due_on != other.date():
            return one.due_on, other and other.date()
    return None
