"""Why it lags (原因): what a circular says beside what is overdue and beside who is blamed.

Of a task it is the latest of its open problems, else the latest reason of a return, an extension or a pause; of a unit
the same over all that it has in hand. What offices complain of are circulars that say 推进缓慢 without the cause.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.dates.period import Period
from ledger.model.actions import ACTIONS
from ledger.model.task import Task
from ledger.reports.standing import standing_at
from ledger.store import queries
from ledger.store.conditions import UNFINISHED, among, one_of, stands
from ledger.store.reader import Reader

_REASONS = among(("return", "extend", "pause"))
_AT_ONCE = 500
_IN_HAND = (
    f"JOIN span n ON n.task = t.id WHERE {stands('n', ':c')} AND n.status IN {UNFINISHED} AND {{units}} ORDER BY t.id"
)


class Cause(NamedTuple):
    """`kind` is 问题 or the step whose reason it is; the order is that in which causes tell: a problem before any
    reason, then the latest."""

    is_problem: bool
    on: date
    seq: int
    task: int
    kind: str
    text: str

    @property
    def words(self) -> str:
        """What was said, behind what it is: 问题, or the step that it is the reason of."""
        return f"{self.kind}:{self.text}"

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "on": self.on, "text": self.text}


def causes_of(reader: Reader, tasks: Sequence[Task], day: date) -> dict[int, Cause]:
    """Task → its cause at the end of a day, of those (as they stood then) that have one."""
    found = dict[int, Cause]()
    for start in range(0, len(tasks), _AT_ONCE):
        ids = ", ".join(str(task.id) for task in tasks[start : start + _AT_ONCE])
        rows = reader.rows(
            f'SELECT e.task, e.action, e."on", e.seq, e.note FROM entry e WHERE e.task IN ({ids}) '
            f'AND e.action IN {_REASONS} AND e."on" <= :c AND e.note IS NOT NULL AND {queries.IN_FORCE} '
            'ORDER BY e."on", e.seq',
            {"c": day},
        )
        for task, action, on, seq, note in rows:
            found[task] = Cause(False, queries.day_of(on), seq, task, ACTIONS[action].word, note)
    for one in tasks:
        for problem in one.open_problems:
            cause = Cause(True, problem.since, problem.seq, one.id, "问题", problem.text)
            found[one.id] = max(cause, found.get(one.id, cause))
    return found


def causes_of_units(reader: Reader, units: Sequence[str], period: Period, today: date) -> dict[str, tuple[Task, Cause]]:
    """Unit → the cause that tells most among those of what it leads and had in hand at the end of the period as
    counted, with the task."""
    if not units:
        return {}
    condition, named = one_of("unit", "unit_", units)
    day = min(period.end, today)
    found = queries.tasks(reader, _IN_HAND.format(units=condition), {"c": day, **named})
    tasks = standing_at(reader, period, today, found).of(found)
    told: dict[str, tuple[Task, Cause]] = {}
    causes = causes_of(reader, tasks, day)
    for task in tasks:
        cause = causes.get(task.id)
        if cause is not None and (task.unit not in told or cause > told[task.unit][1]):
            told[task.unit] = task, cause
    return told
