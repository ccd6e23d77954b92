"""Which periods a series has: from its definition and the ledger's rules, whatever day it is.

One that is chained (上一期销号后才开下一期) goes by its tasks as well: the next period is the first after theirs that
is not over on the day on which the last of them was closed; those in between are passed over, so that nothing piles up.
Of 上一期销号后N日内 it begins on that very day. A period that is cancelled is done with as one that is closed: 撤销
drops this one alone, and the office that drops the duty itself ends or pauses the series. A period that is taken up
again (恢复) holds up the next one, unless that is open already: it stays.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ledger.base.errors import BadValue
from ledger.dates.deadline import Deadline, parse_deadline
from ledger.dates.workdays import Workdays
from ledger.model.rules import Rules
from ledger.model.series import Series
from ledger.model.task import UNFINISHED, Task

if TYPE_CHECKING:
    from ledger.dates.following import Following
    from ledger.dates.recurrence import Recurrence

HORIZON_DAYS = 400
"""How far ahead of today occurrences are opened."""

MOST = 5000
"""The most periods that a series has, some 13 years of days: a day typed wrong shall not open a million."""


class SeriesPeriod(NamedTuple):
    """One period of a series (期次): its number from 1, its first day, and the day it is due on."""

    number: int
    start_on: date
    due_on: date


class Next(NamedTuple):
    """The period that a chained series opens next, the day on which it is given out, and those passed over for it."""

    period: SeriesPeriod
    given_on: date
    passed: tuple[SeriesPeriod, ...] = ()


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


def recurrence_of(series: Series, rules: Rules) -> "Recurrence | Following":
    recurrence = reading_of(series, rules).recurrence
    assert recurrence is not None
    return recurrence


def periods(series: Series, rules: Rules) -> Iterator[SeriesPeriod]:
    """All the periods of a series that the calendar has, in their order, gaps and all; of one without a calendar the
    first."""
    first, last = span_of(series, rules)
    recurrence = recurrence_of(series, rules)
    if recurrence.follows:
        first = _begins(series, first)
    found = recurrence.occurrences(first, last or date.max, rules.workdays, rules.rest_day)
    for number, (start_on, due_on) in enumerate(islice(found, MOST), 1):
        yield SeriesPeriod(number, start_on, due_on)


def _begins(series: Series, first: date) -> date:
    """A duty without a calendar begins on the day on which it was given out, in the midst of its stage."""
    return series.start_on or max(first, series.anchor)


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
    recurrence = recurrence_of(series, rules)
    if last is None or recurrence.follows:
        return None
    whole = next(recurrence.occurrences(last, date.max, rules.workdays, rules.rest_day), None)
    return last if whole is not None and whole.start_on == last and whole.due_on > last else None


# --- chained ---------------------------------------------------------------------------------------------------------


def next_of(series: Series, rules: Rules, tasks: Sequence[Task]) -> Next | None:
    """What a chained series opens next, of which these are the tasks; None while one is in hand, and at its end."""
    if any(task.status in UNFINISHED for task in tasks):
        return None
    latest = max((task.occurrence_on for task in tasks if task.occurrence_on is not None), default=None)
    ended = max((task.stepped_on or task.assigned_on for task in tasks), default=series.anchor)
    if recurrence_of(series, rules).follows:
        return _next_following(series, rules, latest, ended)
    return _next_by_calendar(series, rules, latest, ended)


def _next_following(series: Series, rules: Rules, latest: date | None, ended: date) -> Next | None:
    """Two periods that are given out on one day are told apart by their first days; on the last day of a series there
    is no time left for another."""
    first, last = span_of(series, rules)
    given_on = series.standing(ended if latest is not None else _begins(series, first))
    if given_on is None or latest == date.max or given_on > (last or date.max):
        return None
    if given_on == last and latest is not None:
        return None
    start_on = given_on if latest is None else max(given_on, latest + timedelta(days=1))
    return Next(SeriesPeriod(0, start_on, due_after(series, rules, given_on)), given_on)


def due_after(series: Series, rules: Rules, given_on: date) -> date:
    """When a period of a series without a calendar is due that was given out on this day."""
    _, last = span_of(series, rules)
    try:
        (_, due_on) = next(
            recurrence_of(series, rules).occurrences(given_on, last or date.max, rules.workdays, rules.rest_day)
        )
    except BadValue:  # beyond the calendar's end
        return date.max
    return due_on


def _next_by_calendar(series: Series, rules: Rules, latest: date | None, ended: date) -> Next | None:
    first, last = span_of(series, rules)
    since = first if latest is None else max(first, latest)
    found = recurrence_of(series, rules).occurrences(since, last or date.max, rules.workdays, rules.rest_day)
    passed: list[SeriesPeriod] = []
    for start_on, due_on in islice(found, MOST):
        if series.paused_from is not None and start_on >= series.paused_from:
            return None
        if (latest is not None and start_on <= latest) or not series.stands(start_on):
            continue
        given_on = series.standing(max(start_on, ended)) if due_on >= ended else None
        period = SeriesPeriod(0, start_on, due_on)
        if given_on is not None and (given_on <= due_on or given_on == start_on):
            return Next(period, min(given_on, due_on), tuple(passed))
        passed.append(period)
    return None


def held_by(series: Series, rules: Rules, tasks: Sequence[Task], reach: date) -> dict[date, SeriesPeriod]:
    """The periods that have an occurrence and begin by `reach`, by their first days; of a chained series those of
    these tasks, and the next."""
    if not series.chained:
        return {found.start_on: found for found in _until(series, rules, reach)}
    begun = {task.occurrence_on: task for task in tasks if task.occurrence_on is not None}
    if recurrence_of(series, rules).follows:
        held = {day: SeriesPeriod(0, day, due_after(series, rules, task.assigned_on)) for day, task in begun.items()}
    else:
        held = {found.start_on: found for found in _until(series, rules, reach) if found.start_on in begun}
    coming = next_of(series, rules, tasks)
    return held if coming is None else {**held, coming.period.start_on: coming.period}


def _until(series: Series, rules: Rules, reach: date) -> Iterator[SeriesPeriod]:
    for found in occurrences(series, rules):
        if found.start_on > reach:
            return
        yield found
