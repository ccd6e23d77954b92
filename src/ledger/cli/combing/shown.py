"""A task as the walk shows it, and what is read along with it: all in one snapshot, which is let go at once."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger.cli.context import View
from ledger.model.rules import Rules
from ledger.model.task import Task
from ledger.reports.lists import tell_parts
from ledger.services.combing import FOUND, GROUPS, Listed, last_seq
from ledger.store import lookup, queries
from ledger.store.queries import LoggedEntry
from ledger.store.reader import Reader

HISTORY = 3
"""Entries of a task that its screen shows, the latest."""
COMING = 30
"""How many of the tasks to come are read along with one: as many as a tall screen has room for."""


class Shown(NamedTuple):
    """A task as the clerk sees it, up to its entry `seq`; `coming` are those after it on the list."""

    task: Task
    group: str
    seq: int
    history: Sequence[LoggedEntry]
    coming: Sequence[Task]
    today: date
    rules: Rules


def look_at(view: View, here: Listed, after: Sequence[Listed]) -> Shown:
    """The task at this place of the list; `after` are those behind it. Raises `NotFound` for one that is no more."""
    reader = view.reader
    task = queries.task_numbered(reader, here.task)
    history = queries.logged(reader, f"e.task = :task AND {queries.IN_FORCE}", {"task": task.id}, HISTORY)
    group = GROUPS.get(here.group, FOUND)
    coming = _in_order(reader, [one.task for one in after[:COMING]])
    tell_parts(reader, [task, *coming], view.today)
    return Shown(task, group, last_seq(reader, task.id), history, coming, view.today, view.rules)


def _in_order(reader: Reader, wanted: Sequence[int]) -> list[Task]:
    found = lookup.tasks_numbered(reader, wanted)
    return [found[task_id] for task_id in wanted if task_id in found]
