"""What a trial import came to, read back before its transaction is given up."""

from collections.abc import Iterable, Iterator
from itertools import islice

from ledger.model.task import Task
from ledger.reports.import_plan import ChangedField, ImportPlan
from ledger.services.comparing import Difference
from ledger.services.taken import ChangedRow, Taken
from ledger.store.journal import Journal

_CHUNK = 2000
_ACTIONS = {"note": "note", "progress": "note", "problem": "note", "closed_on": "close"}


def plan_of(journal: Journal, taken: Taken, *, updates: bool) -> ImportPlan:
    """The plan of an import, `taken` in a trial; `updates` tells whether the import itself would make the changes."""
    places = [place.words() for place, _ in taken.registered]
    tasks = tasks_numbered(journal, [number for _, number in taken.registered])
    return ImportPlan(
        list(zip(places, tasks, strict=True)),
        [_changed(row, one, journal.rules.review) for row in taken.changed for one in row.differences],
        [(where, error.what, error.hint) for where, error in taken.rejections],
        len(taken.changed),
        taken.same,
        updates,
        left=[_changed(row, one, journal.rules.review) for row in taken.left for one in row.differences],
        deadlines=taken.conversions,
    )


def _changed(row: ChangedRow, one: Difference, review: bool) -> ChangedField:
    extends = row.extends and one.field in ("due_on", "due_text")
    action = "extend" if extends else _ACTIONS.get(one.field, "edit")
    action = "submit" if review and action == "close" else action
    return ChangedField(row.place.words(), row.code, row.title, action, *one)


def tasks_numbered(journal: Journal, numbers: Iterable[int]) -> Iterator[Task]:
    """The tasks of these numbers, in this order, fetched many at a time."""
    wanted = iter(numbers)
    while chunk := list(islice(wanted, _CHUNK)):
        journal.flush()
        journal.load([], chunk)
        yield from map(journal.task, chunk)


def counts(taken: Taken, *, updates: bool) -> str:
    """What was done, in one line; `updates` tells whether what differs was brought into the ledger."""
    said = [f"已导入 {len(taken.registered)} 件事项"] if taken.registered else []
    said += [f"更新 {len(taken.changed)} 件"] if updates and taken.changed else []
    said += [f"{len(taken.left)} 件有未取的改动"] if updates and taken.left else []
    said += [f"{taken.closing} {taken.closed} 件"] if taken.closed else []
    if not said and taken.same:
        return f"已有 {taken.same} 件,没有变化"
    said += [f"{taken.same} 件没有变化"] if taken.same else []
    return ";".join(said) or "已导入 0 件事项"
