"""All figures of a period's report opened at once, for a page in which each leads to what it counts.

Each is what `drill` finds of it, out of the same counting: as many tasks as the figure says.
"""

from datetime import date

from ledger.dates.period import Period
from ledger.model.rules import Rules
from ledger.reports.columns import BRIEF
from ledger.reports.drill import KEYS
from ledger.reports.figures import TOTALS
from ledger.reports.moved import opened
from ledger.reports.periods import carried_times
from ledger.reports.report import Opened, Openings
from ledger.reports.standing import standing_at
from ledger.store.counts import Scope
from ledger.store.lookup import tasks_numbered
from ledger.store.reader import Reader


def openings_of(reader: Reader, period: Period, today: date, rules: Rules, scope: Scope) -> Openings:
    """What every figure of the report counts, its tasks as the report shows them."""
    found = opened(reader, period, today, scope)
    tasks = tasks_numbered(reader, {task for pairs in found.values() for (task, _), _ in pairs})
    standing = standing_at(reader, period, today, tasks.values())
    places = {number: place for place, number in enumerate(tasks)}
    rows = [
        BRIEF.row(task, standing.day, rules, carried_times(period, task), standing.later.get(task.id))
        for task in standing.of(tasks.values())
    ]
    figures = [
        Opened(name, label, [(places[task], entry, counted) for (task, entry), counted in found[KEYS.get(name, name)]])
        for label, name, _ in TOTALS
    ]
    groups = [(task.unit, task.activity) for task in tasks.values()]
    return Openings(BRIEF.columns, rows, groups, figures)
