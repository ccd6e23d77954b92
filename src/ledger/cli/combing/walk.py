"""The walk through the week's list, whatever shows it: where it stands, what is marked, what was done.

Nothing is open while the clerk thinks: a task is read and let go, an answer is a command of its own, with its true
moment and the day that it is by then.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.base.asking import Answers
from ledger.base.errors import NotFound, Refused
from ledger.base.text import visible
from ledger.cli.context import Context
from ledger.model.rules import Rules
from ledger.model.task import CLOSED, Task
from ledger.reports.lists import overdue_tasks
from ledger.services import combing
from ledger.services.batch import OPERATIONS
from ledger.services.combing import GROUPS, Changed, last_seq, listed, require_as_shown
from ledger.services.undo import undo_command
from ledger.store import lookup, queries
from ledger.store.counts import Scope
from ledger.store.journal import Journal
from ledger.store.queries import LoggedEntry

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


class Answer(NamedTuple):
    """What the clerk wants done: an operation of `services.batch` with its options. `word` is what it is counted as;
    one that is `final` settles the task for this walk, which goes on to the next."""

    word: str
    operation: str
    options: Mapping[str, Any] = {}
    final: bool = False


class Done(NamedTuple):
    """An answer that was carried out: the number of its first entry, the tasks, and how many of them it struck off."""

    answer: Answer
    command: int
    tasks: Sequence[int]
    closed: int


class _GivenUp(Exception):
    """Ends a transaction whose questions are still open."""


class Walk:
    """One clerk's walk. `shown` is None past the end of the list; `message` is what is to be said of the last key."""

    def __init__(self, context: Context, weeks: int) -> None:
        self._context = context
        with context.reading() as view:
            self.ledger = view.rules.name
            self._listed = listed(view.reader, view.today, weeks)
        self.at = 0
        self.over = False
        self.message, self.is_error = "", False
        self.marked: dict[int, int] = {}  # task → its last entry when it was marked
        self.done: list[Done] = []
        self._passed: set[int] = set()
        self.shown: Shown | None = None
        self.look()

    # --- where it stands ---------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        return len(self._listed)

    @property
    def closed(self) -> int:
        return sum(one.closed for one in self.done)

    @property
    def targets(self) -> dict[int, int]:
        """The tasks that an answer is for, marked or this one, each with the entry up to which it was shown."""
        if self.marked or self.shown is None:
            return self.marked
        return {self.shown.task.id: self.shown.seq}

    def targeted(self) -> list[Task]:
        """Those tasks as they are now."""
        if self.shown is not None and list(self.targets) == [self.shown.task.id]:
            return [self.shown.task]
        with self._context.reading() as view:
            chosen = list(lookup.among("t.id", list(self.targets)))
            return [task for where, values in chosen for task in queries.tasks(view.reader, f"WHERE {where}", values)]

    def say(self, message: str, *, is_error: bool = False) -> None:
        self.message, self.is_error = message, is_error

    def look(self) -> None:
        """Read the task at this place anew; one that is no more falls out of the list."""
        context = self._context.anew()
        with context.reading() as view:
            while self.at < self.total:
                task_id, group = self._listed[self.at]
                try:
                    task = queries.task_numbered(view.reader, task_id)
                except NotFound:
                    self.marked.pop(task_id, None)
                    del self._listed[self.at]
                    continue
                where = f"e.task = :task AND {queries.IN_FORCE}"
                history = queries.logged(view.reader, where, {"task": task_id}, HISTORY)
                seq = last_seq(view.reader, task_id)
                coming = self._coming(view.reader)
                self.shown = Shown(task, GROUPS[group], seq, history, coming, view.today, view.rules)
                if task_id in self.marked:
                    self.marked[task_id] = seq
                return
        self.shown = None

    def _coming(self, reader: Any) -> list[Task]:
        wanted = [one.task for one in self._listed[self.at + 1 : self.at + 1 + COMING]]
        found = {
            task.id: task
            for where, values in lookup.among("t.id", wanted)
            for task in queries.tasks(reader, f"WHERE {where}", values)
        }
        return [found[task_id] for task_id in wanted if task_id in found]

    # --- moving ------------------------------------------------------------------------------------------------------

    def forward(self) -> None:
        """On to the next task: this one was gone through."""
        if self.shown is None:
            return
        self._passed.add(self.shown.task.id)
        self.at += 1
        self.look()

    def back(self) -> None:
        if self.at == 0:
            self.say("已是第一条")
            return
        self.at -= 1
        self.look()

    def mark(self) -> None:
        """Mark this task, or unmark it, and go on to the next."""
        if self.shown is None:
            return
        if self.marked.pop(self.shown.task.id, None) is None:
            self.marked[self.shown.task.id] = self.shown.seq
        self.forward()

    def unmark(self) -> None:
        self.marked.clear()

    def leave(self) -> None:
        self.over = True

    # --- doing -------------------------------------------------------------------------------------------------------

    def carry_out(self, answer: Answer, answers: Answers) -> None:
        """Do what was answered to every target, all or none, as one command. What is in doubt is left open in
        `answers`: nothing is written then. Raises `Changed` where another hand was quicker: the task is shown as it is
        now; and what the ledger's rules refuse."""
        targets = dict(self.targets)
        if not targets:
            return
        try:
            with self._context.anew().writing(answers=answers, quiet=True) as journal:
                tasks, closed = self._do(journal, answer, targets)
                if not journal.is_certain:
                    raise _GivenUp
                command, is_done = journal.command, journal.has_appended
        except _GivenUp:
            return
        self._passed |= targets.keys()
        if is_done:
            self.done.append(Done(answer, command, list(targets), closed))
        several = f"{len(tasks)} 件" if len(tasks) > 1 else f"{tasks[0].code} {visible(tasks[0].title)}"
        self.say(";".join([f"已{answer.word} {several}" if is_done else "没有变化", *journal.remarks]))
        was_marked, self.marked = bool(self.marked), {}
        if answer.final and not was_marked:
            self.at += 1
        self.look()

    def _do(self, journal: Journal, answer: Answer, targets: Mapping[int, int]) -> tuple[list[Task], int]:
        """The tasks as they are then, and how many of them are struck off by it."""
        for task, seq in targets.items():
            try:
                require_as_shown(journal, task, seq)
            except Changed:
                self._go_to(task)
                raise
        work = OPERATIONS[answer.operation][0]
        were_closed = [task for task in targets if journal.task(task).status == CLOSED]
        done = [work(journal, {**answer.options, "task": task}) for task in targets]
        tasks = [task for task in done if task is not None]
        return tasks, sum(task.status == CLOSED and task.id not in were_closed for task in tasks)

    def _go_to(self, task: int) -> None:
        places = [at for at, one in enumerate(self._listed) if one.task == task]
        self.at = places[0] if places else self.at

    def tried(self, operation: str, options: Mapping[str, Any]) -> tuple[Task, list[str]]:
        """What the operation would make of the first target, and what would be remarked; nothing is written.

        Raises what the ledger's rules refuse.
        """
        task = next(iter(self.targets))
        found: list[Task] = []
        with self._context.anew().trying() as journal:
            made = OPERATIONS[operation][0](journal, {**options, "task": task})
            found += [made] if made is not None else []
            remarks = list(journal.remarks)
        return found[0], remarks

    def take_back(self) -> None:
        """Take back the last answer of this walk, whole, and go to its task."""
        if not self.done:
            self.say("这次梳理还没有登记过什么;此前的操作请用 ledger undo 撤回", is_error=True)
            return
        last = self.done[-1]
        try:
            with self._context.anew().writing(quiet=True) as journal:
                undo_command(journal, last.command)
        except Refused:
            self.done.pop()
            raise
        self.done.pop()
        self.marked.clear()
        self._go_to(last.tasks[0])
        self.say(";".join(journal.remarks))
        self.look()

    # --- the end -----------------------------------------------------------------------------------------------------

    def finish(self, printing: str) -> list[str]:
        """Record that the list was combed, if any of it was; what was done, what is still red, and the command that
        prints the list."""
        context = self._context.anew()
        if self._passed:
            with context.writing(quiet=True) as journal:
                combing.record(journal, len(self._passed), max(len(self._passed), self.total))
        counted: Counter[str] = Counter()
        for one in self.done:
            counted[one.answer.word] += len(one.tasks)
        did = "、".join(f"{word} {count} 件" for word, count in counted.items())
        with context.reading() as view:
            red = overdue_tasks(view.reader, view.today, Scope(), 0)
        named = "、".join(f"{visible(task.code)} {visible(task.title)[:20]}" for task in red[:5])
        return [
            f"本次梳理 {len(self._passed)} 件(共 {self.total} 件):{did or '没有登记'}",
            f"仍逾期 {len(red)} 件:{named}{' 等' if len(red) > 5 else ''}" if red else "没有逾期的事项",
            f"打印清单:{printing}",
        ]
