"""The journal as it is written: entries appended and sealed, the projections posted in the same transaction."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.base.asking import Answers, Question
from ledger.model.actions import IMPORT
from ledger.model.entry import GENESIS, HASHES, Changes, Entry, canonical_form, digest_of, encode, seal
from ledger.model.replay import Span, apply, begin_span, stored
from ledger.model.rules import Rules
from ledger.model.series import number_of
from ledger.model.task import Task
from ledger.store import lookup, naming, queries, rows
from ledger.store.codes import Codes
from ledger.store.location import Location
from ledger.store.naming import IN_HAND, Sought
from ledger.store.opening import open_writer
from ledger.store.reader import Writer
from ledger.store.unit_names import Units

if TYPE_CHECKING:
    from ledger.store.brought import Brought

_LINES_TOLD = 5


class Stamp(NamedTuple):
    """What every entry of a command bears: business today, the real clock in the ledger's zone, who acts, and the OS
    account."""

    today: date
    now: datetime
    actor: str
    account: str


class Journal:
    """One command's work on the ledger, inside one transaction.

    Tasks are loaded once and kept until `flush`, which writes what was appended; a long command flushes now and then
    to keep its memory flat.
    """

    def __init__(self, writer: Writer, stamp: Stamp, answers: Answers) -> None:
        self.writer, self.stamp, self._answers = writer, stamp, answers
        self.today = stamp.today
        self._seq, self._hash, last = 0, GENESIS, ""
        head = self.writer.rows("SELECT seq, hash, recorded_at FROM entry ORDER BY seq DESC LIMIT 1")
        if head:
            self._seq, self._hash, last = head[0]
        self.is_new = not head
        self.began = self._seq  # what was recorded before
        now = stamp.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        self._recorded_at = max(now, last)
        self.command = self._seq + 1
        ((top,),) = self.writer.rows("SELECT max(task) FROM entry")
        self._top_id = int(top or 0)
        self.remarks: dict[str, list[int]] = {}  # with the lines of a batch that it was remarked of
        self.line = 0  # of a batch
        self.stepped: dict[int, int] = {}  # the wholes of what was moved, or itself, with the line of a batch
        self.brought: Brought | None = None  # the files of evidence that the command brings
        self.settings: dict[str, Any] = queries.settings(self.writer)
        self.seal_with(self.settings.get("hash", HASHES[0]))
        self.rules: Rules = queries.rules_from(writer, self.settings)
        self.units = Units(writer, self.rules)
        self.codes = Codes(writer, stamp.now.tzinfo or UTC)
        self._begin_chunk()

    def seal_with(self, hash: str) -> None:
        """Seal what is appended with the hash of this name."""
        self._digest = digest_of(hash)

    def _begin_chunk(self) -> None:
        self._tasks: dict[int, Task] = {}
        self._by_code: dict[str, Task] = {}
        self._entries: list[dict[str, Any]] = []
        self._new_tasks: set[int] = set()
        self._before: dict[int, dict[str, Any]] = {}  # the rows of the tasks that were changed, as stored
        self._spans: dict[int, Span] = {}
        self._ended_spans: list[dict[str, Any]] = []
        self._moved: list[dict[str, Any]] = []

    def remark(self, text: str) -> None:
        """Something that the user should be told beside the result, once; of which lines of a batch is told with it."""
        self.remarks.setdefault(text, []).extend([self.line] if self.line else [])

    def told(self) -> list[str]:
        """The remarks, each with the first lines that it is about: 第2、5、9行等31行:未写年份,按2013年."""
        return [f"{_lines(sorted(set(lines)))}{text}" for text, lines in self.remarks.items()]

    def take_remarks(self, after: int) -> list[str]:
        """Take back the remarks made since there were `after` of them: they are told elsewhere, or nowhere."""
        taken = [self.remarks.popitem()[0] for _ in range(len(self.remarks) - after)]
        return taken[::-1]

    def ask(self, doubt: str, asked: str, otherwise: str) -> bool:
        """Whether the clerk says yes; where nobody can be asked, no, and the doubt is remarked with the course taken.

        Raises `BadValue` where doubts are to be refused (`base.asking`).
        """
        answer = self._answers.to(Question(doubt, asked, otherwise))
        if answer is None:
            self.remark(f"{doubt},{otherwise}")
        return bool(answer)

    @property
    def is_certain(self) -> bool:
        """Whether nothing waits for the clerk's answer: what was done so far is then meant."""
        return not self._answers.open

    @property
    def seq(self) -> int:
        """The number of the last entry."""
        return self._seq

    @property
    def has_appended(self) -> bool:
        """Whether this command has anything to be taken back."""
        return self._seq >= self.command

    # --- finding -----------------------------------------------------------------------------------------------------

    def task(self, number: int) -> Task:
        """The task of this number, as this command has left it so far. Raises `NotFound`."""
        return self._tasks.get(number) or self._keep(queries.task_numbered(self.writer, number))

    def named(self, name: str, sought: Sought = IN_HAND) -> Task:
        """The task that a clerk calls so (`store.naming`), as this command has left it so far.

        What was appended may have to be flushed for it. Raises `NotFound`, and `BadValue` where several fit.
        """
        for code in naming.codes_meant(name, self.today):
            if (task := self._by_code.get(code)) is not None:
                return task
            if not self.codes.is_known_free(code):
                break
        if self._entries:
            self.flush()
        found = naming.find(self.writer, name, self.today, sought)
        return self._tasks.get(found.id) or self._keep(found)

    def coded(self, code: str) -> Task | None:
        """The task of exactly this code, if there is one; free of queries for the codes that `load` was given."""
        found = self._by_code.get(code)
        if found is not None or "\0" in code or self.codes.is_free(code):
            return found
        stored = queries.tasks(self.writer, "WHERE t.code = :code", {"code": code})
        return self._tasks.get(stored[0].id) or self._keep(stored[0]) if stored else None

    def load(self, names: Sequence[str], numbers: Sequence[int]) -> None:
        """Fetch the tasks of these codes and numbers at once, ahead of a chunk of work that will name them."""
        wanted = [name for name in dict.fromkeys(names) if "\0" not in name]
        for column, values in (("code", wanted), ("id", numbers)):
            for where, parameters in lookup.among(f"t.{column}", values):
                for task in queries.tasks(self.writer, f"WHERE {where}", parameters):
                    if task.id not in self._tasks:
                        self._keep(task)
        self.codes.look_up(wanted)

    def _keep(self, task: Task) -> Task:
        self._tasks[task.id] = self._by_code[task.code] = task
        return task

    def entries_in_force(self, task_ids: Sequence[int]) -> Iterator[tuple[int, list[Entry]]]:
        """Per task its entries in force, as flushed so far."""
        self.flush()
        return queries.entries_by_task(self.writer, task_ids)

    def recorded(self, seq: int) -> tuple[str, Changes]:
        """The actor and the changes of an entry, flushed or not."""
        if self._seq - seq < len(self._entries):
            row = self._entries[seq - self._seq - 1]
            return row["actor"], json.loads(row["changes"])
        [(actor, changes)] = self.writer.rows("SELECT actor, changes FROM entry WHERE seq = :seq", {"seq": seq})
        return actor, json.loads(changes)

    # --- appending ---------------------------------------------------------------------------------------------------

    def add(self, fields: dict[str, Any], note: str | None) -> Task:
        """Append the registration of a new task with these fields (by column name, `code` and `assigned_on` among
        them)."""
        self.codes.take(fields["code"])
        self._top_id += 1
        changes = {name: [None, stored(value)] for name, value in fields.items() if value not in (None, (), False)}
        entry = self._append("add", self._top_id, fields["assigned_on"], note, changes)
        task = self._keep(apply(None, entry))
        self._new_tasks.add(task.id)
        self._spans[entry.seq] = begin_span(task)
        if task.part_of is not None:
            self.stepped[task.part_of] = self.line
        return task

    def post(self, action: str, task: Task, on: date, note: str | None, changes: Changes) -> Task:
        """Append an entry to a task and post it to the task's balance. Raises `Refused` when the rules forbid it;
        the transaction must then be given up."""
        code, status, step = task.code, task.status, task.status_seq
        entry = self._append(action, task.id, on, note, changes)
        if task.id not in self._before and task.id not in self._new_tasks:
            self._before[task.id] = queries.task_row(task)
        apply(task, entry)
        if "code" in changes:
            self.codes.take(task.code)
            del self._by_code[code]
            self._keep(task)
        if task.status_seq != step:
            self._end_span(step, on)
            self._spans[entry.seq] = begin_span(task, status)
        if task.status_seq != step or "assigned_on" in changes:
            self.stepped[task.part_of or task.id] = self.line
        if "assigned_on" in changes:
            self._moved.append({"of_task": task.id, "to_day": task.assigned_on})
        return task

    def _end_span(self, seq: int, until: date) -> None:
        if seq in self._spans:
            self._spans[seq] = self._spans[seq]._replace(until=until)
        else:
            self._ended_spans.append({"of_seq": seq, "to_day": until})

    def begin_command(self) -> None:
        """What is appended from now on is a command of its own, to be taken back apart from what came before."""
        self.command = self._seq + 1

    def configure(self, changes: Changes, action: str = "config") -> None:
        """Append a change of settings or of series: name → [before, after], None for not set."""
        self._append(action, None, self.today, None, changes)
        self.post_settings({name: after for name, (_, after) in changes.items()})

    def cite(self, changes: Changes) -> None:
        """Append what the entries to follow are taken from: a file."""
        self.record(IMPORT, changes)

    def record(self, action: str, changes: Changes, on: date | None = None, note: str | None = None) -> None:
        """Append what is of the ledger, not of a task, and settles nothing."""
        self._append(action, None, on or self.today, note, changes)

    def stored_setting(self, name: str) -> Any:
        """The value in force of a setting, or the definition of a series; None when there is none."""
        number = number_of(name)
        if number is None:
            return self.settings.get(name)
        found = self.writer.rows("SELECT definition FROM series WHERE id = :id", {"id": number})
        return json.loads(found[0][0]) if found else None

    def post_settings(self, values: dict[str, Any]) -> None:
        """Bring the projection of settings to these values; None removes one."""
        for name, value in values.items():
            if (number := number_of(name)) is not None:
                rows.post_series(self.writer, number, value)
                continue
            rows.post_setting(self.writer, name, value)
            self.settings.pop(name, None)
            if value is not None:
                self.settings[name] = value
        self.rules = queries.rules_from(self.writer, self.settings)

    def void(self, entry: Entry, reason: str | None) -> None:
        """Append the voiding of an entry; the projections are then brought up to date with `restate`."""
        self._append("void", entry.task, self.today, reason, {}, entry.seq)

    def _append(
        self, action: str, task: int | None, on: date, note: str | None, changes: Changes, voids: int | None = None
    ) -> Entry:
        stamp = self.stamp
        self._seq += 1
        entry = Entry(
            self._seq, task, action, on, self._recorded_at, stamp.actor, stamp.account,
            note, changes, voids, self.command,
        )  # fmt: skip
        text = encode(changes)
        self._hash = seal(self._hash, canonical_form(entry, text), self._digest)
        row = entry._asdict()
        row["changes"], row["hash"] = text, self._hash
        self._entries.append(row)
        return entry

    # --- writing -----------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write what was appended since the last flush, and forget the tasks loaded."""
        writer = self.writer
        rows.insert(writer, "entry", self._entries)
        rows.insert(writer, "code", self.codes.given)
        rows.insert(writer, "task", [queries.task_row(self._tasks[task_id]) for task_id in sorted(self._new_tasks)])
        rows.update_tasks(writer, self._before, self._tasks)
        rows.insert(writer, "span", [new._asdict() for new in self._spans.values()])
        writer.execute_many("UPDATE span SET until = :to_day WHERE seq = :of_seq", self._ended_spans)
        moved = "UPDATE span SET since = :to_day, judged_on = :to_day WHERE task = :of_task AND came_from = ''"
        writer.execute_many(moved, self._moved)
        self.codes.forget()
        self._begin_chunk()

    def restate(self, balances: Mapping[int, Sequence[Entry]]) -> list[Task]:
        """Bring tasks to what their entries in force say; see `rows.restate`."""
        found = rows.restate(self.writer, balances) if balances else []
        self.stepped |= dict.fromkeys(balances, self.line) | {task.part_of or task.id: self.line for task in found}
        return found

    def settle(self) -> None:
        """Write what was appended, and hold wholes to their parts: a command may move both, in whatever order. Raises
        `Refused`."""
        self.flush()
        if self.stepped and queries.are_divided(self.writer):
            from ledger.store import families

            families.require_sound(self.writer, self.stepped, self.began, self.remark, review=self.rules.review)
        self.stepped = {}


def _lines(lines: Sequence[int]) -> str:
    if not lines:
        return ""
    more = f"等{len(lines)}行" if len(lines) > _LINES_TOLD else ""
    return f"第{'、'.join(map(str, lines[:_LINES_TOLD]))}行{more}:"


@contextmanager
def open_journal(
    location: Location,
    stamp: Stamp,
    *,
    create: bool = False,
    must_be_new: bool = False,
    answers: Answers | None = None,
) -> Iterator[Journal]:
    """A journal in a transaction of its own: settled and committed when the block ends, given up when it raises. The
    files that its entries name have their places before the commit."""
    with open_writer(location, create=create, must_be_new=must_be_new) as writer:
        journal = Journal(writer, stamp, answers or Answers())
        try:
            yield journal
            journal.settle()
            if journal.brought is not None:
                journal.brought.place()
        finally:
            if journal.brought is not None:
                journal.brought.end()
