"""Taking in the forms that units have filled in (填报): what each unit says anew of its own tasks, and nothing else.

A change that the journal knows already is not recorded again, so a form may come twice. That a unit has returned its
form is recorded even when it says nothing new: the first entry for each form names file, unit and round.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger.base.errors import BadValue, LedgerError, NotFound, Refused
from ledger.base.text import fold_width, quote, visible
from ledger.model.task import CLOSED, STATUS_WORDS, SUBMITTED, UNFINISHED, Task
from ledger.reports.expected import returns
from ledger.reports.forms import ASKED, DOING, DONE, STATUSES, FilledForm, FilledRow, place_of
from ledger.services import deadlines, tasks
from ledger.services.comparing import without
from ledger.services.fields import Naming, percent
from ledger.services.taken import RejectedRows, Rejection
from ledger.store.journal import Journal

_CELLS = {"text": "note", "on": "done_on"}
"""Options whose values stand in cells of another name."""


@dataclass
class Collected:
    """What came of the forms: the units that returned one now, the numbers of the tasks changed, and how many of them
    were submitted."""

    units: list[str] = field(default_factory=list)
    changed: dict[int, None] = field(default_factory=dict)
    submitted: int = 0


@dataclass
class _Said:
    """What the journal has recorded of a task since the form was sent: that much of the form may have come before."""

    notes: set[str] = field(default_factory=set)
    problems: set[str] = field(default_factory=set)
    submissions: set[date] = field(default_factory=set)


def take_forms(journal: Journal, forms: Sequence[FilledForm]) -> Collected:
    """Take in forms, all or nothing.

    Raises `Refused` for a form of another ledger, and `RejectedRows` after having looked at every row.
    """
    collected = Collected()
    rejections: list[Rejection] = []
    for filled in forms:
        _require_own(journal, filled)
        if any(one.sha256 == filled.sha256 for one in returns(journal.writer)):
            journal.remark(f"填报表 {visible(filled.file)} 已导入过,没有变化")
            continue
        _cite(journal, filled)
        collected.units.append(filled.form.unit)
        rejections += _take_rows(journal, filled, collected)
        journal.flush()
    if rejections:
        raise RejectedRows(rejections)
    return collected


def _require_own(journal: Journal, filled: FilledForm) -> None:
    """A form belongs to the ledger whose journal had this head when it was sent."""
    form = filled.form
    journal.flush()
    found = journal.writer.rows("SELECT hash FROM entry WHERE seq = :seq", {"seq": min(form.seq, 2**31 - 1)})
    if found != [(form.head,)]:
        raise Refused(
            f"填报表 {visible(filled.file)} 不是这本台账发出的(它出自{quote(form.ledger)})",
            "请核对 --db,或重新下发填报表",
        )


def _cite(journal: Journal, filled: FilledForm) -> None:
    form = filled.form
    named = {"file": filled.file, "sha256": filled.sha256, "rows": len(filled.rows)}
    named |= {"unit": form.unit, "round": form.round, "units": list(form.units)}
    journal.cite({name: [None, value] for name, value in named.items()})


def _take_rows(journal: Journal, filled: FilledForm, collected: Collected) -> list[Rejection]:
    codes = [row.code for row in filled.rows]
    journal.load(codes, [])
    meant = [journal.coded(row.code) for row in filled.rows if row.changed]
    known = _said(journal, [task.id for task in meant if task is not None], filled.form.seq)
    journal.load(codes, [])
    rejections: list[Rejection] = []
    finished = 0
    for row in filled.rows:
        task = journal.coded(row.code)
        finished += task is not None and task.status not in UNFINISHED and not row.changed
        if not row.changed:
            continue
        try:
            _Row(journal, filled, row, _own(task, row, filled), known, collected).take()
        except LedgerError as error:
            cell = _CELLS.get(error.option, error.option)
            place = place_of(cell if cell in ASKED else next(iter(row.changed)), row.line)
            rejections.append(Rejection(f"{visible(filled.file)} {place}", error))
    if finished:
        journal.remark(f"填报表 {visible(filled.file)} 中 {finished} 件下发后已销号或撤销,单位没有新的填报")
    return rejections


def _own(task: Task | None, row: FilledRow, filled: FilledForm) -> Task:
    if task is None:
        raise NotFound(f"台账里已没有编号{quote(row.code)}的事项", "请去掉这一行的改动,或重新下发填报表")
    if task.unit != filled.form.unit:
        raise Refused(
            f"事项 {row.code} 现由{quote(task.unit)}牵头,不归{quote(filled.form.unit)}填报", "请恢复这一行原来的内容"
        )
    return task


def _said(journal: Journal, numbers: Sequence[int], since: int) -> dict[int, _Said]:
    known = {number: _Said() for number in numbers}
    for number, entries in journal.entries_in_force(numbers):
        said = known[number]
        for entry in (entry for entry in entries if entry.seq > since):
            if entry.action == "submit":
                said.submissions.add(entry.on)
            if entry.note is not None:
                (said.problems if "problem" in entry.changes else said.notes).add(entry.note)
    return known


class _Row:
    """One row with changes, being taken."""

    def __init__(
        self, journal: Journal, filled: FilledForm, row: FilledRow, task: Task, known: dict[int, _Said], into: Collected
    ) -> None:
        self.journal, self.row, self.task = journal, row, task
        self.place = f"填报表 {visible(filled.file)} 第{row.line}行"
        self.said, self.into = known[task.id], into

    def take(self) -> None:
        changed = self.row.changed
        try:
            if "problem" in changed:
                self._take_problem(changed["problem"])
        except LedgerError as error:
            error.option = "problem"  # the text of a note stands in two columns
            raise
        self._take_progress(changed.get("note", ""), changed.get("progress", ""))
        if "status" in changed or "done_on" in changed:
            self._take_status()

    def _post(self, options: dict[str, Any]) -> None:
        tasks.note(self.journal, {"task": self.task.id, **options})
        self.into.changed[self.task.id] = None

    def _take_progress(self, text: str, progress: str) -> None:
        """A cell that was emptied says nothing."""
        reached = _percent(progress) if progress else None
        more = {} if reached in (None, self.task.progress) else {"progress": reached}
        if text and text not in self.said.notes:
            self._post({"text": text, **more})
        elif more:
            self.journal.post("note", self.task, self.journal.today, None, {"progress": [self.task.progress, reached]})
            self.into.changed[self.task.id] = None

    def _take_problem(self, text: str) -> None:
        """Beside the problems that stand open a new one may stand; when all are gone they are resolved."""
        open_ones = [problem.text for problem in self.task.open_problems]
        gone = [known for known in open_ones if f"\n{known}\n" not in f"\n{text}\n"]
        new = without(text, open_ones)
        if not text and open_ones:
            self._post({"text": "存在问题已解决", "resolves": True})
            return
        if new and new not in self.said.problems:
            self._post({"text": new, "problem": True})
        if gone and new not in self.said.problems:
            self.journal.remark(f"{self.place}:原有问题{quote(gone[0])}被改写或删去,台账里仍列为未解决")

    def _take_status(self) -> None:
        sent = self.row.sent
        status = self.row.changed.get("status", sent["status"])
        with Naming("status"):
            if status and status not in STATUSES:
                raise BadValue(f"办理状态{quote(status)}不在下拉单里", f"请选 {' 或 '.join(STATUSES)}")
            if sent["status"] == DONE and status == DOING and self.task.status == SUBMITTED:
                raise Refused(f"事项 {self.task.code} 已申请销号,不能在填报表里撤回", "请与办公室联系,由办公室退回")
        with Naming("on"):
            self._take_date(status, self.row.changed.get("done_on", sent["done_on"]))

    def _take_date(self, status: str, day: str) -> None:
        if status != DONE:
            if day:
                raise BadValue(f"填了完成日期,办理状态却不是“{DONE}”", "请改选办理状态,或清空完成日期")
            return
        if not day:
            raise BadValue(f"办理状态为“{DONE}”而没有完成日期", "请填完成日期")
        on = deadlines.past_day(self.journal, day, self.journal.rules.year)
        if self.task.status == CLOSED:
            self.journal.remark(f"{self.place}:事项 {self.task.code} 已销号,不必再申请")
        elif on in self.said.submissions:
            if self.task.status != SUBMITTED:
                state = STATUS_WORDS[self.task.status]
                self.journal.remark(f"{self.place}:{on} 的申请此前已登记,事项 {self.task.code} 现为“{state}”")
        else:
            tasks.step("submit")(self.journal, {"task": self.task.id, "on": on.isoformat()})
            self.into.changed[self.task.id] = None
            self.into.submitted += 1


def _percent(text: str) -> int:
    with Naming("progress"):
        digits = fold_width(text).strip().removesuffix("%").strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) < 4):
            raise BadValue(f"完成进度{quote(text)}不是 0 到 100 的整数", "请写如 60")
        return percent(int(digits))
