"""Feedback cycles (反馈周期): by which days a unit owes a report on a task, and what became of each.

The due days D(1), D(2), … of a task are those of its cycle after the day on which it was given out (`assigned_on`).
One is *owed* when the task was open (在办) at its end: nothing is owed of what is paused, submitted or struck off.

=======  ==========================================================================================================
on time  a report came in (D(k-1), D(k)]; of the first due day from the giving out on
迟报     else, once D(k) is past: a report came in (D(k), D(k+1)], or may still come
漏报     else: none came by D(k+1); of a cycle that has no next due day, within 7 days
=======  ==========================================================================================================

Either counts in the period of D(k), and by the cycle now in force: past figures follow an `edit`, as of deadlines.
A task *owes* while it is open, from the first due day behind that which its last report was for.

A cycle is kept in words that mean the same whatever the day: a recurring expression of `dates`, or one report alone
(一次性): by the deadline (without one within 15 days of the giving out), or by the day that stands before the word.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from ledger.base.errors import LedgerError
from ledger.dates.deadline import parse_deadline
from ledger.dates.recurrence import Recurrence
from ledger.model.rules import Rules

ONCE = "一次性"
BEFORE = "前"
LATE_DAYS = 7
"""For how many days a report still comes late (迟报) where no other is due after it."""

FIRST_DAYS = 15
"""Days from the giving out in which the one report is due of a task without a deadline (office practice)."""

LATE, MISSING = "late", "missing"
WORDS = {LATE: "迟报", MISSING: "漏报"}
_ANY_DAY = date(2000, 1, 1)
_SLACK = timedelta(days=31)
"""A rest day moves a due day by less."""


class Stay(NamedTuple):
    """A stay of a task in 在办, as `replay.Span`: from `since` to the day before `until`; `seq` is the entry that began
    it."""

    since: date
    until: date
    seq: int = 0


class Fault(NamedTuple):
    """A due day that was missed: `kind` is `LATE` or `MISSING`; `came` the day of the report that came late, None where
    none has; `seq` the entry by which the task was open."""

    due: date
    kind: str
    came: date | None
    seq: int


class Owing(NamedTuple):
    """Since which due day a task owes a report, and by how many due days reports came late or not at all."""

    since: date
    late: int
    missing: int


@lru_cache(1024)
def recurrence_of(cycle: str) -> Recurrence | None:
    """The recurrence of a cycle; None where one report is owed. Raises `ValueError` for words that are no cycle."""
    if cycle.endswith(ONCE):
        only_day(cycle)
        return None
    try:
        found = parse_deadline(cycle, _ANY_DAY).recurrence
    except LedgerError as error:
        raise ValueError(error.what) from None
    if not isinstance(found, Recurrence):
        raise ValueError("没有周期")
    return found


def only_day(cycle: str) -> date | None:
    """The day by which the one report is due that a cycle names (2013-03-25前一次性), if it names one."""
    named = cycle.removesuffix(ONCE).removesuffix(BEFORE)
    return date.fromisoformat(named) if named else None


def is_cycle(cycle: object) -> bool:
    """Whether a task may have this cycle."""
    try:
        return isinstance(cycle, str) and len(cycle) <= 100 and (recurrence_of(cycle) is None or True)
    except ValueError:
        return False


def day_of_one(cycle: str, assigned_on: date, last_day: date | None) -> date:
    """The due day of a cycle of one report."""
    return only_day(cycle) or last_day or _later(assigned_on, FIRST_DAYS)


def _later(day: date, days: int) -> date:
    return day + timedelta(days=min(days, (date.max - day).days))


def due_days(cycle: str, first: date, last: date, rules: Rules) -> list[date]:
    """The due days of a recurring cycle after `first`, up to the first one behind `last`, as the ledger's rules for
    rest days have them."""
    recurrence = recurrence_of(cycle)
    assert recurrence is not None
    begin = first - _SLACK if first - date.min > _SLACK else date.min
    found: set[date] = set()
    for _, due in recurrence.occurrences(begin, date.max, rules.workdays, rules.rest_day):
        if due > first:
            found.add(due)
            if due > last:
                break
    return sorted(found)


class Calendar:
    """The due days of tasks, read once for each cycle; those given out before `first` have them from there on."""

    def __init__(self, rules: Rules, first: date, last: date) -> None:
        self._rules, self._first, self._last = rules, first, last
        self._known: dict[str, list[date]] = {}

    def of(self, cycle: str, assigned_on: date, last_day: date | None) -> tuple[list[date], int]:
        """The due days that a task of this cycle may have, and the place among them of its first."""
        if recurrence_of(cycle) is None:
            return [day_of_one(cycle, assigned_on, last_day)], 0
        if (days := self._known.get(cycle)) is None:
            days = self._known[cycle] = due_days(cycle, self._first, self._last, self._rules)
        return days, bisect_right(days, assigned_on)


def faults(
    days: Sequence[date],
    begin: int,
    stays: Sequence[Stay],
    reports: Sequence[date],
    now: date,
    first: date = date.min,
    last: date = date.max,
) -> Iterator[Fault]:
    """What was missed of these due days from place `begin` on, as known on `now`, before which they are; those from
    `first` to `last`. `reports` are the days of the reports, in order."""
    end = bisect_right(days, last)
    for since, until, seq in stays:
        for place in range(
            max(begin, bisect_left(days, max(since, first))), min(end, bisect_left(days, min(until, now)))
        ):
            due = days[place]
            at = bisect_right(reports, due)
            if at and (place == begin or reports[at - 1] > days[place - 1]):
                continue
            limit = days[place + 1] if place + 1 < len(days) else _later(due, LATE_DAYS)
            came = reports[at] if at < len(reports) and reports[at] <= limit else None
            yield Fault(due, LATE if came is not None or now <= limit else MISSING, came, seq)


def owed_from(days: Sequence[date], begin: int, reported_on: date | None) -> int:
    """The place of the first due day that the last report was not for."""
    return begin if reported_on is None else max(begin, bisect_left(days, reported_on)) + 1


def owing(
    days: Sequence[date], begin: int, stays: Sequence[Stay], reports: Sequence[date], now: date, until: date
) -> Owing | None:
    """What a task that is open owes of the due days before `until`, and what it missed of those before `now`; None
    where it owes nothing."""
    first = owed_from(days, begin, reports[-1] if reports else None)
    since = next(
        (
            days[place]
            for stay in stays
            for place in range(max(first, bisect_left(days, stay.since)), bisect_left(days, min(stay.until, until)))
        ),
        None,
    )
    if since is None:
        return None
    missed = [fault.kind for fault in faults(days, begin, stays, reports, now)]
    return Owing(since, missed.count(LATE), missed.count(MISSING))


def past_dues(cycle: str, assigned_on: date, last_day: date | None, today: date, rules: Rules) -> int:
    """How many due days of a task are over."""
    days, begin = Calendar(rules, assigned_on, today).of(cycle, assigned_on, last_day)
    return max(0, bisect_left(days, today) - begin)


def next_due(cycle: str, assigned_on: date, last_day: date | None, today: date, rules: Rules) -> date | None:
    """The first due day of a task that is not over; None when all are."""
    if recurrence_of(cycle) is None:
        day = day_of_one(cycle, assigned_on, last_day)
        return day if day >= today else None
    first = max(assigned_on, today - timedelta(days=1)) if today > date.min else assigned_on
    return next(iter(due_days(cycle, first, first, rules)), None)
