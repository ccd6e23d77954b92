"""Which periods a series has: from its definition and the ledger's rules alone, whatever day it is."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ledger.dates.deadline import Deadline, parse_deadline
from ledger.dates.workdays import Workdays
from ledger.model.rules import Rules
from ledger.model.series import Series

HORIZON_DAYS = 400
"""How far ahead of today occurrences are opened."""

MOST = 5000
"""The most periods that a series has, some 13 years of days: a day typed wrong shall not open a million."""


class SeriesPeriod(NamedTuple):
    """One period of a series (期次): its number from 1, its first day, and the day it is due on."""

    number: int
    start_on: date
    due_on: date


def horizon(today: date) -> date:
    """The last day on which a period may begin to be opened today; the calendar's last at most."""
    return date.max if (date.max - today).days < HORIZON_DAYS else today + timedelta(days=HORIZON_DAYS)


def span_of(series: Series, rules: Rules) -> tuple[date, date | None]:
    """First and last day of a series; its stage's dates hold where its own do not, and the earlier end."""
    stage = rules.stages.get(series.fields.get("stage") or "")
    first = series.start_on or (stage[0] if stage else series.anchor)
    ends = [day for day in (series.end_on, stage[1] if stage else None) if day is not None]
    return first, min(ends, default=None)


def reading_of(series: Series, rules: Rules) -> Deadline:
    """What the series' expression means, as of the day on which it was typed."""
    return _reading(series.due_text, series.anchor, series.year, rules.workdays)


@lru_cache(1024)
def _reading(text: str, anchor: date, year: int | None, workdays: Workdays) -> Deadline:
    return parse_deadline(text, anchor, year, assigned_on=anchor, workdays=workdays)


def periods(series: Series, rules: Rules) -> Iterator[SeriesPeriod]:
    """All the periods of a series in their order, gaps and all."""
    recurrence = reading_of(series, rules).recurrence
    assert recurrence is not None
    first, last = span_of(series, rules)
    found = recurrence.occurrences(first, last or date.max, rules.workdays, rules.rest_day)
    for number, (start_on, due_on) in enumerate(islice(found, MOST), 1):
        yield SeriesPeriod(number, start_on, due_on)


def occurrences(series: Series, rules: Rules) -> Iterator[SeriesPeriod]:
    """The periods that have an occurrence: those that begin in no gap."""
    for found in periods(series, rules):
        if series.paused_from is not None and found.start_on >= series.paused_from:
            return
        if series.stands(found.start_on):
            yield found


def holding(series: Series, rules: Rules, day: date) -> SeriesPeriod | None:
    """The period that holds a day, whether it has an occurrence or not; None outside the series."""
    _, last = span_of(series, rules)
    if last is not None and day > last:
        return None
    held = None
    for found in periods(series, rules):
        if found.start_on > day:
            break
        held = found
    return held


def cut(series: Series, rules: Rules) -> date | None:
    """The day to which the end of the series brings its last period's deadline forward; None when it cuts none."""
    _, last = span_of(series, rules)
    recurrence = reading_of(series, rules).recurrence
    assert recurrence is not None
    if last is None:
        return None
    whole = next(recurrence.occurrences(last, date.max, rules.workdays, rules.rest_day), None)
    return last if whole is not None and whole.start_on == last and whole.due_on > last else None
