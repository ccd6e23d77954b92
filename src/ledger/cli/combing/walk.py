"""The walk through the week's list, whatever shows it: where it stands, what is marked, what was done.

Nothing is open while the clerk thinks: a task is read and let go, an answer is a command of its own, with its true
moment and the day that it is by then.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from ledger.base.asking import Answers
from ledger.base.errors import LedgerError, NotFound, Refused
from ledger.cli.combing.ending import ending
from ledger.cli.combing.shown import COMING, Shown, look_at
from ledger.cli.context import Context, View
from ledger.cli.stepping import describe
from ledger.model.task import CLOSED, Task
from ledger.services import combing
from ledger.services.batch import OPERATIONS
from ledger.services.combing import Changed, Listed, listed, require_as_shown
from ledger.services.repeated import Registered
from ledger.services.undo import undo_command
from ledger.store import lookup, naming
from ledger.store.journal import Journal

Found = TypeVar("Found")


class Answer(NamedTuple):
    """What the clerk wants done: an operation of `services.batch` with its options. `word` is what it is counted as;
    one that is `final` settles the task for this walk, which goes on to the next; one that is `new` is of no task yet.
    """

    word: str
    operation: str
    options: Mapping[str, Any] = {}
    final: bool = False
    new: bool = False


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

    def __init__(self, context: Context, weeks: int, write: Callable[[str], str] = str) -> None:
        """`write` makes the week's list and says where it is."""
        self._context, self._write = context, write
        with context.reading() as view:
            self._listed = listed(view.reader, view.today, weeks)
        self.at = 0
        self.over = False
        self.message, self.is_error = "", False
        self.marked: dict[int, int] = {}  # task → its last entry when it was marked
        self.done: list[Done] = []
        self._passed: set[int] = set()
        self._phrases: dict[str, list[str]] = {}
        self._recorded, self._written = 0, ""
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
        return self.read(lambda view: [*lookup.tasks_numbered(view.reader, self.targets).values()])

    def read(self, find: Callable[[View], Found]) -> Found:
        """What is found in the ledger as it is now."""
        with self._context.anew().reading() as view:
            return find(view)

    def phrases(self, action: str) -> Sequence[str]:
        """What is offered to be written with an action: a number once given in this walk stays that text's."""
        usual = self.read(lambda view: combing.phrases(view.reader, action))
        self._phrases[action] = list(dict.fromkeys([*self._phrases.get(action, ()), *usual]))[: combing.MOST_PHRASES]
        return self._phrases[action]

    def say(self, message: str, *, is_error: bool = False) -> None:
        self.message, self.is_error = message, is_error

    def look(self, at: int | None = None) -> None:
        """Go to this place, or stay, and read its task anew; one that is no more falls out of the list. What cannot be
        read leaves the walk where it stands."""
        at = self.at if at is None else at
        with self._context.anew().reading() as view:
            self.rules, self.today = view.rules, view.today
            while at < self.total:
                here = self._listed[at]
                try:
                    self.shown = look_at(view, here, self._listed[at + 1 : at + 1 + COMING])
                except NotFound:
                    self.marked.pop(here.task, None)
                    del self._listed[at]
                    continue
                self.at = at
                if here.task in self.marked:
                    self.marked[here.task] = self.shown.seq
                return
        self.at, self.shown = at, None

    # --- moving ------------------------------------------------------------------------------------------------------

    def forward(self) -> None:
        """On to the next task: this one was gone through."""
        if self.shown is None:
            return
        passed = self.shown.task.id
        self.look(self.at + 1)
        self._passed.add(passed)

    def back(self) -> None:
        if self.at == 0:
            self.say("已是第一条")
            return
        self.look(self.at - 1)

    def mark(self) -> None:
        """Mark this task, or unmark it, and go on to the next."""
        if self.shown is None:
            return
        if self.marked.pop(self.shown.task.id, None) is None:
            self.marked[self.shown.task.id] = self.shown.seq
        self.forward()

    def find(self, name: str) -> None:
        """Go to the task that is meant: it is brought to this place of the list, so that nothing is passed by. Raises
        what `naming.find` does."""
        task = self.read(lambda view: naming.find(view.reader, name, view.today, naming.ANY)).id
        before = [at for at, one in enumerate(self._listed) if one.task == task]
        found = self._listed.pop(before[0]) if before else Listed(task, "")
        self.at -= bool(before and before[0] < self.at)
        self._listed.insert(self.at, found)
        self.look()

    def unmark(self) -> None:
        self.marked.clear()

    def leave(self) -> None:
        self.over = True

    # --- doing -------------------------------------------------------------------------------------------------------

    def carry_out(self, answer: Answer, answers: Answers) -> None:
        """Do what was answered to every target, all or none, as one command. What is in doubt is left open in
        `answers`: nothing is written then. Raises `Changed` where another hand was quicker: the task is shown as it is
        now; and what the ledger's rules refuse."""
        targets = {} if answer.new else dict(self.targets)
        if not (targets or answer.new):
            return
        passed = self._passed | targets.keys()
        try:
            with self._context.anew().writing(answers=answers, quiet=True) as journal:
                tasks, closed = self._do(journal, answer, targets)
                if not journal.is_certain:
                    raise _GivenUp
                command, is_done = journal.command, journal.has_appended
                if is_first := is_done and bool(passed) and not self._recorded:
                    self._record(journal, len(passed))  # known then even if the walk never comes to its end
        except _GivenUp:
            return
        self._passed = passed
        self._recorded = len(passed) if is_first else self._recorded
        if is_done:
            self.done.append(Done(answer, command, [task.id for task in tasks], closed))
        several = f"{len(tasks)} 件" if len(tasks) > 1 else describe(tasks[0])
        self.say(";".join([f"已{answer.word} {several}" if is_done else "没有变化", *journal.remarks]))
        if answer.new:
            return
        was_marked, self.marked = bool(self.marked), {}
        self._go_on(self.at + (answer.final and not was_marked))

    def _go_on(self, at: int) -> None:
        """To this place, after something was done: that stays said, even where nothing can be read then."""
        try:
            self.look(at)
        except LedgerError as error:
            self.say(f"{self.message};{error.what}", is_error=True)

    def _do(self, journal: Journal, answer: Answer, targets: Mapping[int, int]) -> tuple[list[Task], int]:
        """The tasks as they are then, and how many of them are struck off by it."""
        for task, seq in targets.items():
            try:
                require_as_shown(journal, task, seq)
            except Changed:
                self._go_to(task)
                raise
        work = OPERATIONS[answer.operation][0]
        if answer.new:
            made = work(journal, answer.options)
            assert made is not None  # noqa: S101 - for mypy: a registration gives its task
            Registered(journal).require_new(made)
            return [made], 0
        were_closed = [task for task in targets if journal.task(task).status == CLOSED]
        done = [work(journal, {**answer.options, "task": task}) for task in targets]
        tasks = [task for task in done if task is not None]
        return tasks, sum(task.status == CLOSED and task.id not in were_closed for task in tasks)

    def _go_to(self, task: int) -> None:
        places = [at for at, one in enumerate(self._listed) if one.task == task]
        self.at = places[0] if places else self.at

    def tried(self, operation: str, options: Mapping[str, Any], *, new: bool = False) -> tuple[Task, list[str]]:
        """What the operation would make of the first target or, `new`, of none, and what would be remarked; nothing is
        written.

        Raises what the ledger's rules refuse.
        """
        target = {} if new else {"task": next(iter(self.targets))}
        found: list[Task] = []
        with self._context.anew().trying() as journal:
            made = OPERATIONS[operation][0](journal, {**options, **target})
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
        self._go_on(self.at)

    # --- the end -----------------------------------------------------------------------------------------------------

    def _record(self, journal: Journal, seen: int) -> None:
        combing.record(journal, seen, max(seen, self.total), self._recorded or None)

    def record(self) -> None:
        """Record that the list was combed, as far as it was by now."""
        if (seen := len(self._passed)) > self._recorded:
            with self._context.anew().writing(quiet=True) as journal:
                self._record(journal, seen)
            self._recorded = seen

    def write(self, name: str) -> None:
        """Make the week's list, in which stands that it was combed."""
        self.record()
        self._written = self._write(name)
        self.say(self._written)

    def finish(self, printing: str) -> list[str]:
        """Record how far the list was combed; what was done, what is still red, and where the list is or, `printing`,
        how it is had."""
        self.record()
        did = Counter[str]()
        for one in self.done:
            did[one.answer.word] += len(one.tasks)
        return [*self.read(lambda view: ending(view, did, len(self._passed), self.total)), self._written or printing]
