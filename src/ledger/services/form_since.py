"""What the journal recorded of a task since a form went out: by the form itself, come before, or by anybody else."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger.model.entry import Entry
from ledger.model.replay import apply
from ledger.model.task import CLOSED, Task
from ledger.reports.forms import ASKED


@dataclass
class Meanwhile:
    """What the journal has recorded of a task since the form was sent.

    `notes`, `problems` and `submissions` may be of the form itself, come before; `reached` is the progress that it
    brought, `mine` the fields that it changed last. `others` are the fields that were last changed by anybody else,
    `raised` the problems they raised; `held` are the problems that stood open when the form was sent. `is_new` says
    that the task itself came after it, with the code of one that was taken back.
    """

    notes: set[str] = field(default_factory=set)
    problems: set[str] = field(default_factory=set)
    submissions: set[date] = field(default_factory=set)
    reached: set[int | None] = field(default_factory=set)
    mine: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    held: list[str] = field(default_factory=list)
    is_new: bool = False

    @property
    def own_problems(self) -> set[str]:
        """The problems that the form itself brought."""
        return self.problems - self.raised

    def lacks(self, changed: Collection[str], task: Task) -> list[str]:
        """The fields that the form brought before and that stand in it now as they were sent."""
        problems = {problem.text for problem in task.open_problems}
        brought = self.mine | ({"problem"} if problems & self.own_problems else set())
        return [name for name in ASKED if name in brought and name not in changed]


def meanwhile(entries: Iterable[Entry], since: int, own: Collection[int], older: Collection[int] = ()) -> Meanwhile:
    """What a task's entries in force say that came after entry `since`; `own` are the commands that took in the form
    before, `older` those that took in forms of earlier rounds, which know less than this one."""
    found = Meanwhile()
    task: Task | None = None
    before: Mapping[str, Any] = {}
    for entry in entries:
        found.is_new = found.is_new or (task is None and entry.seq > since)
        task = apply(task, entry)
        after = {"note": task.note, "progress": progress_of(task), "status": (task.status, task.submitted_on)}
        if entry.seq <= since:
            found.held = [problem.text for problem in task.open_problems]
        else:
            changed = {name for name in after if after[name] != before.get(name)}
            is_own = entry.command in own
            found.mine = found.mine | changed if is_own else found.mine - changed
            told = is_own or entry.command in older
            found.others = found.others - changed if told else found.others | changed
            _note(found, entry, is_own)
        before = after
    return found


def _note(found: Meanwhile, entry: Entry, is_own: bool) -> None:
    if entry.action == "submit":
        found.submissions.add(entry.on)
    if is_own and "progress" in entry.changes:
        found.reached.add(entry.changes["progress"][1])
    if entry.note is not None and "problem" in entry.changes:
        found.problems.add(entry.note)
        if not is_own:
            found.raised.add(entry.note)
    elif entry.note is not None:
        found.notes.add(entry.note)


def progress_of(task: Task) -> int | None:
    return 100 if task.status == CLOSED else task.progress
