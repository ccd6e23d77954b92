"""Which periods a series has: from its definition and the ledger's rules alone."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ledger.dates.deadline import Deadline, parse_deadline
from ledger.model.rules import Rules
from ledger.model.series import Series

HORIZON = timedelta(days=400)
"""How far ahead of today occurrences are opened."""

FAR = timedelta(days=800)
"""Beyond the horizon: so far a period is whole, however long."""


class Occurrence(NamedTuple):
    """One period of a series: its number from 1, its first day, and the day it is due on."""

    number: int
    start_on: date
    due_on: date


def span_of(series: Series, rules: Rules) -> tuple[date, date | None]:
    """First and last day of a series; its stage's dates hold where its own do not, and the earlier end."""
    stage = rules.stages.get(series.fields.get("stage") or "")
    first = series.start_on or (stage[0] if stage else series.anchor)
    ends = [day for day in (series.end_on, stage[1] if stage else None) if day is not None]
    return first, min(ends, default=None)


def reading_of(series: Series, rules: Rules) -> Deadline:
    """What the series' expression means, as of the day on which it was typed."""
    return parse_deadline(
        series.due_text, series.anchor, series.year, assigned_on=series.anchor, workdays=rules.workdays
    )


def occurrences(series: Series, rules: Rules, today: date) -> Iterator[Occurrence]:
    """The periods that have an occurrence, from the first on, gaps left out; without an end as far as anyone looks."""
    recurrence = reading_of(series, rules).recurrence
    assert recurrence is not None
    first, last = span_of(series, rules)
    far = last or max(first, today) + HORIZON + FAR
    for number, (start_on, due_on) in enumerate(recurrence.occurrences(first, far, rules.workdays, rules.rest_day), 1):
        if series.stands(start_on):
            yield Occurrence(number, start_on, due_on)


def cut(series: Series, rules: Rules) -> date | None:
    """The day to which the end of the series brings its last period's deadline forward; None when it cuts none."""
    _, last = span_of(series, rules)
    recurrence = reading_of(series, rules).recurrence
    assert recurrence is not None
    if last is None:
        return None
    whole = next(recurrence.occurrences(last, last + FAR, rules.workdays, rules.rest_day), None)
    return last if whole is not None and whole.start_on == last and whole.due_on > last else None
