"""How tasks stood at the end of a period that is over, and what came after (期后).

By business date: what was recorded later of a day within the period counts, what happened after it does not.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from ledger.dates.period import Period
from ledger.model.replay import standing
from ledger.model.task import Task, Thresholds, task_object
from ledger.store import queries
from ledger.store.reader import Reader


class Later(NamedTuple):
    """The status that a task has come to since, and the day."""

    status: str
    on: date


class Standing(NamedTuple):
    """Tasks by number as they stood at the end of `day`, the day by which they are judged, and what came `later`."""

    day: date
    tasks: dict[int, Task]
    later: dict[int, Later]

    def of(self, tasks: Iterable[Task]) -> list[Task]:
        return [self.tasks.get(task.id, task) for task in tasks]

    def object_of(self, task: Task, thresholds: Thresholds, carried_times: int = 0) -> dict[str, Any]:
        """The contract's object of one of these tasks."""
        later = self.later.get(task.id)
        return task_object(task, self.day, thresholds, carried_times) | {"later": later and later._asdict()}


def standing_at(reader: Reader, period: Period, today: date, tasks: Iterable[Task]) -> Standing:
    """How these tasks stood at the end of the period; as they stand today while it is not over."""
    if period.end >= today:
        return Standing(today, {}, {})
    current = {task.id: task for task in tasks}
    entries = queries.entries_by_task(reader, list(current), period.end)
    found = {number: standing(current[number], told, period.end) for number, told in entries}
    later = {
        number: Later(task.status, task.stepped_on)
        for number, task in current.items()
        if task.stepped_on is not None and task.stepped_on > period.end
    }
    return Standing(period.end, found, later)
