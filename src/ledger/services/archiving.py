"""Filing what was done (归档): which tasks are put on file, and all that the ledger holds of each, out of one snapshot.

Only a task that is struck off has a file: one that is named and is not is refused, of those that a filter finds the
others are left out.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.base.text import listed
from ledger.base.verifier import Found
from ledger.model.publication import Publication
from ledger.model.rules import Rules
from ledger.model.slips import issued
from ledger.model.task import CANCELLED, CLOSED, STATUS_WORDS, SUBMITTED, Task
from ledger.reports.lists import Filter, list_tasks, tell_parts
from ledger.reports.slips import Paper
from ledger.services import proving
from ledger.services.slips import as_issued
from ledger.store import evidence, naming, queries
from ledger.store.families import of as parts_of
from ledger.store.publications import content_of, publications
from ledger.store.queries import LoggedEntry
from ledger.store.reader import Reader

MOST = 1000
"""Tasks of one archive: the record of each is in memory."""

_SOUGHT: naming.Sought = (*naming.FINISHED, *naming.ANY)
"""Of several that a title may mean, the one that is done."""


class Case(NamedTuple):
    """What is filed of a task: its record and its parts, the slips in force as they were issued, its files of evidence,
    the reports that were issued and name it, and the lines of its proof."""

    task: Task
    entries: Sequence[LoggedEntry]
    parts: Sequence[Task]
    slips: Sequence[Paper]
    evidence: Sequence[evidence.File]
    publications: Sequence[Publication]
    proof: Sequence[object]


class Cases(NamedTuple):
    """Those of one archive, the ledger as it was `found` sound, and what the reports froze, by their numbers."""

    found: Found
    cases: Sequence[Case]
    contents: dict[int, Any]


def named(reader: Reader, names: Sequence[str], today: date, rules: Rules) -> list[Task]:
    """The tasks named, each once. Raises `Refused` for one that is not struck off, and as `naming.find`."""
    found: dict[int, Task] = {}
    for task in (task for name in names for task in _meant(reader, name, today)):
        if task.status != CLOSED:
            raise Refused(f"事项 {task.code} 现为“{STATUS_WORDS[task.status]}”,不能归档", _advice(task, rules))
        found[task.id] = task
    _require_bounded(len(found))
    tasks = list(found.values())
    tell_parts(reader, tasks, today)
    return tasks


def _meant(reader: Reader, name: str, today: date) -> list[Task]:
    """The task of a name, or those of several, parted by 、 or commas."""
    try:
        return [naming.find(reader, name, today, _SOUGHT)]
    except NotFound:
        if len(several := listed(name)) < 2:
            raise
        return [naming.find(reader, one, today, _SOUGHT) for one in several]


def _advice(task: Task, rules: Rules) -> str:
    if task.status == CANCELLED:
        return "撤销的不立卷;要归档的请另写"
    step = "accept" if task.status == SUBMITTED else "submit" if rules.review else "close"
    return f"先用 ledger {step} {task.code} {'申请' if step == 'submit' else ''}销号,再归档"


def filtered(
    reader: Reader, activities: tuple[str, ...], year: int | None, today: date, rules: Rules
) -> tuple[list[Task], int]:
    """The tasks struck off, in a year where one is given; and how many are still in hand, given out by its end."""
    chosen = Filter(status=(CLOSED,), activity=activities, sort="id")
    done = list_tasks(reader, chosen, today, rules)
    found = [task for task in done if year is None or (task.closed_on and task.closed_on.year == year)]
    left = list_tasks(reader, chosen._replace(status=()), today, rules)
    if not found:
        raise Refused("没有符合条件的已销号事项,没有可归档的", "用 ledger list --status closed 查看销了号的")
    _require_bounded(len(found))
    found.sort(key=lambda task: task.id)
    return found, sum(1 for task in left if year is None or task.assigned_on.year <= year)


def _require_bounded(count: int) -> None:
    if count > MOST:
        raise BadValue(f"一次最多归档 {MOST} 件,这里有 {count} 件", "请用 --activity、--year 分几次归档")


def gather(reader: Reader, ledger: str, tasks: Sequence[Task]) -> Cases:
    """All that the ledger holds of these tasks, its seals verified first. Raises `CheckFailed`."""
    found = proving.verify(reader, ledger)
    seals = proving.seals(reader, found)
    in_force = dict(queries.entries_by_task(reader, [task.id for task in tasks]))
    naming_them, contents = _publications(reader, {task.id for task in tasks})
    cases = []
    for task in tasks:
        past = in_force[task.id]
        cases.append(
            Case(
                task,
                queries.logged(reader, "e.task = :task", {"task": task.id}),
                parts_of(reader, task.id) if task.parts is not None else (),
                [as_issued(slip, past) for slip in issued(past)],
                [one for one in evidence.of_task(reader, task.id) if one.in_force],
                naming_them.get(task.id, ()),
                list(proving.proof(reader, found, task, seals)),
            )
        )
    return Cases(found, cases, contents)


def _publications(reader: Reader, tasks: set[int]) -> tuple[dict[int, list[Publication]], dict[int, Any]]:
    """Which reports name which of these tasks, and what those froze."""
    found: dict[int, list[Publication]] = {}
    contents = {}
    for one in publications(reader):
        content = content_of(reader, one)
        named_in = tasks & set(_numbers(content["value"]))
        for task in named_in:
            found.setdefault(task, []).append(one)
        if named_in:
            contents[one.number] = content
    return found, contents


def _numbers(value: Any) -> Iterator[int]:
    """The running numbers of the tasks that an object for programs holds, however deep."""
    if isinstance(value, dict):
        if {"id", "code", "title"} <= value.keys():
            yield value["id"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _numbers(one)
