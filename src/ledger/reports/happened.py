"""What happened to tasks between two states of one journal: the entries that are in force at the later and were not at
the earlier, and those that no longer are.

An entry made and taken back in between is neither. Which of the two states a task is of says who asks: one that was, or
is, in the scope belongs to it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ledger.model.entry import Entry
from ledger.model.task import CANCELLED, CLOSED, OPEN, Problem, Task
from ledger.store import lookup, queries
from ledger.store.counts import Scope
from ledger.store.lookup import tasks_numbered
from ledger.store.reader import Reader

KINDS = {
    "added": "新增",
    "closed": "销号",
    "reopened": "恢复",
    "cancelled": "撤销",
    "deadlines": "时限变动",
    "edited": "登记修改",
    "raised": "提出的突出问题",
    "resolved": "解决的突出问题",
    "voided": "冲销",
}
"""What is told of, in the order of a report, with the office's words."""

_STEPS = {CLOSED: "closed", CANCELLED: "cancelled"}
_MOVING = ("add", "extend", "void")
"""What may move a figure beside the steps and what an edit corrects."""

_COUNTED_BY = {"assigned_on", "due_on", "due_text", "grace_days", "original_due_on"}
"""The fields by which figures count, beside those that a scope is of."""


class Event(NamedTuple):
    """Something that happened to a task, which is as it is at the later state, or as it was where it is gone.

    It is an `entry`, which is the `nth` extension of it if it is one, and may be `voided_by` another since; or a
    `problem` that was raised or resolved.
    """

    task: Task
    entry: Entry | None = None
    nth: int | None = None
    problem: Problem | None = None
    voided_by: Entry | None = None

    def as_json(self) -> dict[str, Any]:
        """The contract's object."""
        task = {"task": self.task.id, "code": self.task.code, "title": self.task.title, "unit": self.task.unit}
        if self.problem is not None:
            seq, text, since, until = self.problem
            return {**task, "entry": seq, "text": text, "since": since, "until": until}
        assert self.entry is not None
        told = {name: getattr(self.entry, name) for name in ("action", "on", "actor", "note", "changes")}
        nth = {"nth": self.nth} if self.nth else {}
        by = {"voided_by": self.voided_by.seq, "reason": self.voided_by.note} if self.voided_by else {}
        return {**task, "entry": self.entry.seq, **told, **nth, **by}


class Happened(NamedTuple):
    """`events` by their kind; `others` counts by action what is not told one by one; `movers` are each
    task's entries that may have moved a figure: what is new of its course and registration, and what was taken back."""

    events: Mapping[str, Sequence[Event]]
    others: Mapping[str, int]
    movers: Mapping[int, Sequence[Entry]]


class Told(NamedTuple):
    """What the later state tells of it: the entries between, those of before that were taken back, voided → by which,
    which extension of its task one is, and the tasks as they are."""

    entries: Sequence[Entry]
    gone: Sequence[Entry]
    void: Mapping[int, Entry]
    nth: Mapping[int, int]
    tasks: Mapping[int, Task]

    @property
    def numbers(self) -> set[int]:
        """The tasks that the entries are of."""
        return {entry.task for entry in self.entries if entry.task is not None}


def told(later: Reader, first: int, last: int) -> Told:
    """What was recorded after the entry `first` up to the entry `last`, the later state's."""
    where = "e.seq > :first AND e.seq <= :last AND e.task IS NOT NULL"
    entries = list(queries.entries(later, where, {"first": first, "last": last}))
    void = {entry.voids: entry for entry in entries if entry.voids is not None}
    gone = list(_numbered(later, [seq for seq in void if seq <= first]))
    nth = _extensions(later, sorted({_of(entry) for entry in entries if entry.action == "extend"}))
    found = Told(entries, gone, void, nth, {})
    return found._replace(tasks=tasks_numbered(later, found.numbers))


def happened(told: Told, earlier: Reader, first: int, scope: Scope) -> Happened:
    """What happened after the entry `first`, the earlier state's."""
    entries, gone, void, nth, now = told
    was = tasks_numbered(earlier, told.numbers)
    tasks = {number: task for number, task in {**was, **now}.items() if _is_of(scope, was.get(number), now.get(number))}
    new = [one for one in entries if one.task in tasks and one.action != "void" and one.seq not in void]
    events: dict[str, list[Event]] = {kind: [] for kind in KINDS}
    others: Counter[str] = Counter()
    for entry in new:
        kinds = list(_kinds(entry))
        for kind in kinds:
            events[kind].append(Event(tasks[_of(entry)], entry, nth.get(entry.seq)))
        if not kinds and "problem" not in entry.changes:
            others[entry.action] += 1
    events["voided"] = [
        Event(tasks[_of(entry)], entry, voided_by=void[entry.seq]) for entry in gone if entry.task in tasks
    ]
    events |= _problems([(tasks[number], was.get(number), now.get(number)) for number in sorted(tasks)])
    told_by = {"status", *_COUNTED_BY, *(["unit"] if scope.units else []), *(["activity"] if scope.activities else [])}
    movers: dict[int, list[Entry]] = {}
    for entry in entries:
        passing = entry.seq in void or (entry.voids or 0) > first  # made and taken back in between
        if not passing and (entry.action in _MOVING or entry.changes.keys() & told_by):
            movers.setdefault(_of(entry), []).append(entry)
    return Happened(events, others, movers)


def _of(entry: Entry) -> int:
    assert entry.task is not None
    return entry.task


def _numbered(reader: Reader, numbers: Sequence[int]) -> Iterator[Entry]:
    for where, parameters in lookup.among("e.seq", sorted(numbers)):
        yield from (one for one in queries.entries(reader, where, parameters) if one.task is not None)


def _is_of(scope: Scope, *states: Task | None) -> bool:
    return any(
        task is not None
        and (not scope.units or task.unit in scope.units)
        and (not scope.activities or task.activity in scope.activities)
        for task in states
    )


def _kinds(entry: Entry) -> Iterator[str]:
    """Under what an entry is told."""
    before, after = entry.changes.get("status", (None, None))
    if entry.action == "add":
        yield "added"
    elif after in _STEPS:
        yield _STEPS[after]
    elif after == OPEN and before in _STEPS:
        yield "reopened"
    elif entry.action in ("extend", "edit"):
        due = entry.changes.keys() & {"due_on", "due_text", "grace_days"}
        if due:
            yield "deadlines"
        if entry.action == "edit" and entry.changes.keys() - {"due_on", "due_text", "grace_days", "original_due_on"}:
            yield "edited"


def _extensions(reader: Reader, tasks: Sequence[int]) -> dict[int, int]:
    """Entry → which extension of its task it is."""
    found: dict[int, int] = {}
    counted: Counter[int] = Counter()
    for where, parameters in lookup.among("e.task", tasks):
        sql = f"SELECT e.task, e.seq FROM entry e WHERE {where} AND e.action = 'extend' AND {queries.IN_FORCE}"
        for task, seq in reader.rows(f"{sql} ORDER BY e.seq", parameters):
            counted[task] += 1
            found[seq] = counted[task]
    return found


def _problems(tasks: Iterable[tuple[Task, Task | None, Task | None]]) -> dict[str, list[Event]]:
    """The problems raised since, and those resolved since; of the task as it was and as it is."""
    raised, resolved = list[Event](), list[Event]()
    for task, was, now in tasks:
        before = {problem.seq: problem for problem in was.problems} if was else {}
        for problem in now.problems if now else ():
            known = before.get(problem.seq)
            if known is None:
                raised.append(Event(task, problem=problem))
            if problem.until is not None and (known is None or known.until is None):
                resolved.append(Event(task, problem=problem))
    return {"raised": raised, "resolved": resolved}
