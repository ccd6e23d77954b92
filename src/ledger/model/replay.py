"""From entries to state: the one place that says what an entry does to a task.

`apply` posts one entry to a task's running balance; `rebuild` replays a task from its entries in force. Both check as
they go: a step must be allowed from the status that it finds, its day must be in order, and the `before` of every
change must be what the task holds. So an entry can be voided exactly when the rest still replays: nothing in force
builds on it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from ledger.base.errors import Refused
from ledger.model.actions import ACTIONS, EVIDENCE, PAPERS, RATE, STATED
from ledger.model.entry import Changes, Entry
from ledger.model.fields import Kind, named
from ledger.model.lifecycle import ACTS, STEPS, check_day, require_quota, require_status, status_after
from ledger.model.task import CLOSED, OPEN, SUBMITTED, Problem, Task, held, hold, last_day_of, task_with

FOREVER = date.max
"""The end of a span that still runs."""

_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(named(Kind.DAY), date.fromisoformat),
    **dict.fromkeys(named(Kind.NAMES), tuple),
}
"""What reads a field's value as `changes` keeps it, where it is another in memory."""

_PRESSED = frozenset({"flagged", "flag_until", "slip"})
"""How a task is pressed for, beside how often it was urged."""

_STATEMENTS = {"progress", "problem"}
"""What a note states anew each time; it does not build on what stood there before."""


class Span(NamedTuple):
    """A stay of a task in one status: in force at the end of day D when `since` <= D < `until`.

    `seq` is that of the entry that began it, `came_from` the status before, "" for the registration: flows are counted
    by what was reached from where. It is judged by `judged_on`: the day of a submission for what waits and for what was
    accepted, else its first day. Two steps on one day leave a span of no length, which is in force at the end of no
    day, while both still count as steps.
    """

    seq: int
    task: int
    status: str
    came_from: str
    since: date
    until: date
    judged_on: date


def begin_span(task: Task, came_from: str = "") -> Span:
    """The span of the status that a task has just come to."""
    since = task.stepped_on or task.assigned_on
    accepted = task.status == CLOSED and came_from == SUBMITTED
    judged_on = task.submitted_on if accepted or task.status == SUBMITTED else None
    return Span(task.status_seq, task.id, task.status, came_from, since, FOREVER, judged_on or since)


def stored(value: Any) -> Any:
    """A field's value as `changes` keeps it: days as YYYY-MM-DD, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _live(name: str, value: Any) -> Any:
    read = _READ.get(name)
    return value if read is None or value is None else read(value)


def change(task: Task, fields: dict[str, Any]) -> Changes:
    """The changes that bring the task to these values, fields that already hold them left out."""
    found: Changes = {}
    for name, after in fields.items():
        before = held(task, name)
        if before != after:
            found[name] = [stored(before), stored(after)]
    return found


def apply(task: Task | None, entry: Entry) -> Task:
    """Post one entry; the task is changed in place (an `add` makes it) and returned.

    Raises `Refused` when the entry does not follow from what the task holds; the task is then of no further use.
    """
    if task is None:
        if entry.action != "add":
            raise Refused(f"第{entry.seq}号记录的事项尚未登记")
        return _begin(entry)
    if entry.action in PAPERS:
        return task
    if entry.action != "edit":
        check_day(task, entry.on)
    if entry.action in STEPS:
        _step(task, entry)
    elif entry.action in ("tally", EVIDENCE):
        _count(task, entry)
    elif entry.action != RATE:  # which says something of the task and leaves it as it is
        _set_fields(task, entry)
    if entry.action == "report":
        task.reported_on = max(entry.on, task.reported_on or entry.on)
    if _tells(entry):
        task.note = entry.note
    return task


def _tells(entry: Entry) -> bool:
    """Whether its note says how far the task has come: the reason of a step, a problem or its solution does not."""
    return entry.note is not None and ACTIONS[entry.action].tells and "problem" not in entry.changes


def _begin(entry: Entry) -> Task:
    assert entry.task is not None
    values = {name: _live(name, after) for name, (_, after) in entry.changes.items()}
    task = task_with(entry.task, values)
    task.note = entry.note
    task.status_seq = entry.seq
    _restart_deadlines(task)
    return task


def _step(task: Task, entry: Entry) -> None:
    """What comes back to hand, returned or restored, has no submission in force any more (office practice)."""
    task.status = status_after(task, entry.action)
    _step_to(task, entry)
    if task.status == CLOSED:
        _resolve(task, entry.on)


def _step_to(task: Task, entry: Entry) -> None:
    if task.status in (SUBMITTED, OPEN):
        task.submitted_on = entry.on if task.status == SUBMITTED else None
    task.stepped_on, task.status_seq = entry.on, entry.seq
    task.closed_on = entry.on if task.status == CLOSED else None
    task.highlight = task.status == CLOSED and "highlight" in entry.changes


def _count(task: Task, entry: Entry) -> None:
    """One more file of evidence; or what a tally says, which is how many more there are, so that any of them can be
    taken back."""
    if entry.action == EVIDENCE:
        task.evidence += 1
        return
    require_quota(task)
    task.tally += entry.changes["tally"][1]


def _set_fields(task: Task, entry: Entry) -> None:
    if entry.action in ACTS:
        require_status(task, entry.action)
    due_before = task.due_on
    for name, (before, after) in entry.changes.items():
        if name in STATED[entry.action]:
            continue
        if name == "problem":
            _set_problem(task, entry, after)
            continue
        if name not in _STATEMENTS and stored(held(task, name)) != before:
            raise Refused(f"第{entry.seq}号记录建立在此前的改动之上")
        hold(task, name, _live(name, after))
    if entry.action == "extend":
        _extend(task, entry.on, due_before)
    elif entry.changes.keys() & {"due_on", "grace_days", "original_due_on"}:
        _restart_deadlines(task)


def _set_problem(task: Task, entry: Entry, text: str | None) -> None:
    if text is not None:
        require_status(task, "problem")
        task.problems = (*task.problems, Problem(entry.seq, text, entry.on))
    else:
        _resolve(task, entry.on)


def _resolve(task: Task, on: date) -> None:
    task.problems = tuple(problem._replace(until=on) if problem.until is None else problem for problem in task.problems)


def _restart_deadlines(task: Task) -> None:
    """A deadline given out or corrected: original and binding are this one."""
    task.original_due_on = task.due_on
    task.last_day = task.original_last_day = task.binding_last_day = last_day_of(task.due_on, task.grace_days)


def _extend(task: Task, on: date, due_before: date | None) -> None:
    """Asked after the deadline then in force, an extension binds no more, nor does any later one (office practice).

    It ends the days of grace whatever it found: a correction of these may be voided under it."""
    task.extensions += 1
    task.grace_days = 0
    task.last_day = last_day_of(task.due_on, task.grace_days)
    if due_before is not None and on > due_before:
        task.extended_late = True
    if not task.extended_late:
        task.binding_last_day = task.last_day


def rebuild(entries: Iterable[Entry]) -> tuple[Task, list[Span]]:
    """Replay the entries in force of one task, in the order of seq: its balance and its spans.

    Raises `Refused` at the first entry that does not follow from those before it, its number in `where`.
    """
    task: Task | None = None
    spans: list[Span] = []
    for entry in entries:
        came_from = task.status if task is not None else ""
        try:
            task = apply(task, entry)
        except Refused as error:
            error.where = f"第{entry.seq}号记录"
            raise
        if task.status_seq == entry.seq:
            if spans:
                spans[-1] = spans[-1]._replace(until=entry.on)
            spans.append(begin_span(task, came_from))
    if task is None:
        raise Refused("没有任何登记")
    spans[0] = spans[0]._replace(since=task.assigned_on, judged_on=task.assigned_on)
    if any(span.since < task.assigned_on for span in spans):
        raise Refused(f"事项 {task.code} 的交办日期 {task.assigned_on} 晚于已有的状态变动")
    return task, spans


def standing(task: Task, entries: Iterable[Entry], day: date) -> Task:
    """The task with its status, submission, closing (and whether that was marked), progress, count, last report, note,
    problems and pressure (挂牌, 催办) as its entries in force had left them at the end of a business day; all else as
    now."""
    found = replace(
        task,
        status=OPEN,
        stepped_on=None,
        submitted_on=None,
        closed_on=None,
        progress=None,
        note=None,
        highlight=False,
        tally=0,
        reported_on=None,
        flagged=False,
        flag_until=None,
        urges=0,
        urged_on=None,
        slip=None,
    )
    for entry in entries:
        if entry.on > day and entry.action != "add":
            continue
        if entry.action in STEPS:
            found.status = STEPS[entry.action].to
            _step_to(found, entry)
        found.tally += entry.changes["tally"][1] if entry.action == "tally" else 0
        found.progress = entry.changes.get("progress", (None, found.progress))[1]
        for name in _PRESSED & entry.changes.keys():
            hold(found, name, _live(name, entry.changes[name][1]))
        if entry.action == "urge":
            found.urges, found.urged_on = found.urges + 1, max(entry.on, found.urged_on or entry.on)
        if entry.action == "report":
            found.reported_on = max(entry.on, found.reported_on or entry.on)
        if _tells(entry):
            found.note = entry.note
    kept = (problem for problem in task.problems if problem.since <= day)
    found.problems = tuple(
        problem._replace(until=None) if problem.until is not None and problem.until > day else problem
        for problem in kept
    )
    return found
