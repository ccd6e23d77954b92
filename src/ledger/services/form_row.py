"""One row of a form that came back: what its changed cells become in the journal.

A cell that was not changed says nothing, nor does one that was emptied or holds a mark for none, save under 存在问题:
there it says that none is left. Where the ledger was told otherwise since the form went out, by anybody but this form
itself, the ledger knows better: the cell is left, and told.
"""

import math
import re
from collections.abc import Collection
from datetime import date
from typing import Any

from ledger.base.errors import BadValue, LedgerError, Refused
from ledger.base.problem_words import bare_line, says_as_before, says_no_problem, says_nothing_new, solved, without
from ledger.base.text import fold_width, quote, says_none, visible
from ledger.model.task import CLOSED, STATUS_WORDS, SUBMITTED, UNFINISHED, Task
from ledger.reports.forms import ASKED, DOING, DONE, HEADING_OF, FilledForm, FilledRow, Flaw, shown
from ledger.services import deadlines, steps, tasks
from ledger.services.fields import Naming, percent
from ledger.services.form_since import Meanwhile, progress_of
from ledger.services.form_status import says_doing, status_meant
from ledger.store.journal import Journal

_NAMES = {"note": {"note"}, "progress": {"progress"}, "problem": {"problem"}, "status": {"outcome", "closed_on"}}
"""What `services.fields.fields_named` calls the columns of a form, 办理状态 and 完成日期 being one answer."""

_PERCENT = re.compile(r"(约|大约|近|已?完成)?(\d{1,4}(?:\.\d+)?|\.\d+)(%)?(左右|以上)?")


class FormRow:
    """One row with changes, being taken."""

    def __init__(
        self,
        journal: Journal,
        filled: FilledForm,
        row: FilledRow,
        task: Task,
        known: Meanwhile,
        overwrite: Collection[str],
        shares: bool,
    ) -> None:
        self.journal, self.filled, self.row, self.task = journal, filled, row, task
        self.known, self.overwrite, self.shares = known, overwrite, shares
        self.more: dict[str, int] = {}
        self.left: list[Flaw] = []
        self.done_on: date | None = None
        self.is_changed = self.is_submitted = self.is_report = False

    def take(self) -> list[tuple[str, LedgerError]]:
        """Take every cell; gives what is wrong with which of them, field → error."""
        found = []
        for name, step in (
            ("problem", self._problem), ("progress", self._progress), ("note", self._note),
            ("done_on", self._done_on), ("status", self._status),
        ):  # fmt: skip
            try:
                step()
            except LedgerError as error:
                found.append(("done_on" if error.option == "on" else name, error))
        if self.is_changed and self.task.status not in UNFINISHED:
            state = STATUS_WORDS[self.task.status]
            self._remark(next(iter(self.row.changed)), f"事项 {self.task.code} {state},所填照记")
        return found

    def _text(self, name: str) -> str:
        """What a cell says now; empty where it was not changed or says nothing."""
        text = self.row.changed.get(name, "")
        return "" if says_none(text) else text

    def _post(self, options: dict[str, Any]) -> None:
        """Whatever a unit says is a report, where reports on the task are asked for."""
        self.is_report = self.task.feedback is not None
        tasks.note(self.journal, {"task": self.task.id, "report": self.is_report, **options})
        self.is_changed = True

    def _remark(self, name: str, text: str) -> None:
        place = self.filled.place(name, self.row.line)
        self.journal.remark(f"填报表 {visible(self.filled.file)} {place}:{text}")

    def _prevails(self, name: str) -> bool:
        """Whether the form is to prevail whatever the ledger was told."""
        return not _NAMES[name].isdisjoint(self.overwrite)

    def _is_left(self, name: str, said: str, held: str) -> bool:
        """Whether the ledger was told otherwise meanwhile and is to prevail; that is told then."""
        if name not in self.known.others or self._prevails(name):
            return False
        self._leave(name, f"台账在下发后已记为{quote(held)},表中{quote(said)}没有采用")
        return True

    def _leave(self, name: str, what: str) -> None:
        error = BadValue(what, f"要以表为准请加 --overwrite {HEADING_OF[name]}")
        self.left.append(Flaw(self.row.line, self.filled.place(name, self.row.line), error))

    # --- progress ----------------------------------------------------------------------------------------------------

    def _progress(self) -> None:
        if not (text := self._text("progress")):
            return
        reached = self._percent(text)
        if str(reached) == self.row.sent["progress"] or reached == progress_of(self.task):
            return
        if reached in self.known.reached and not self._prevails("progress"):
            return
        if not self._is_left("progress", f"{reached}%", _percent_words(progress_of(self.task))):
            self.more = {"progress": reached}

    def _percent(self, text: str) -> int:
        """80, 80%, 0.8, 约80%: what is not written as it should be is told."""
        with Naming("progress"):
            found = _PERCENT.fullmatch("".join(fold_width(text).split()).rstrip("。;,"))
            if found is None:
                raise BadValue(f"完成进度{quote(text)}不是 0 到 100 的整数", "请写如 60")
            value = float(found[2])
            if not found[3] and (is_share(text) or (value == 1 and self.shares)):
                value *= 100
            whole = percent(round(value) if value < 99 else math.ceil(value) if value > 100 else int(value))
        if found[1] or found[4] or float(found[2]) != whole:
            self._remark("progress", f"完成进度{quote(text)}按 {whole}% 登入")
        elif whole == 1 and not found[3]:
            self._remark("progress", "完成进度 1 按 1% 登入;如指全部完成,请写 100")
        return whole

    def _note(self) -> None:
        """A text brings the percentage of its row along."""
        text = self._text("note")
        known = {self.task.note} if self._prevails("note") else self.known.notes
        if text and text not in known and not self._is_left("note", text, self.task.note or "无"):
            self._post({"text": text, **self.more})
        elif self.more:
            changes = {"progress": [self.task.progress, self.more["progress"]]}
            self.is_report = self.task.feedback is not None
            self.journal.post("report" if self.is_report else "note", self.task, self.journal.today, None, changes)
            self.is_changed = True

    # --- problems ----------------------------------------------------------------------------------------------------

    def _problem(self) -> None:
        """Beside the problems that stand open a new one may stand; when all are gone they are resolved."""
        if "problem" not in self.row.changed:
            return
        text = self.row.changed["problem"]
        open_ones = [problem.text for problem in self.task.open_problems]
        if (says_no_problem(text) and not says_nothing_new(text)) or _all_solved(text, open_ones):
            self._resolve(open_ones)
            return
        known = () if self._prevails("problem") else (*self.known.held, *self.known.problems)
        said = [line for line in without(text, set(map(shown, (*open_ones, *known)))).split("\n") if line.strip()]
        new = [line for line in said if not self._is_old(line, open_ones)]
        if new:
            self._post({"text": "\n".join(new), "problem": True})
        for line in said:
            if line not in new and (open_ones or not says_no_problem(line)):
                self._remark("problem", f"{quote(line)}没有采用;全部问题都已解决的,请清空这一格")
        told = {*self.known.held, *self.known.own_problems}
        gone = [one for one in open_ones if one in told and without(text, [shown(one)]) == text]
        if gone and (new or not said):
            self._remark("problem", f"原有问题{quote(gone[0])}被改写或删去,台账里仍列为未解决")

    def _is_old(self, line: str, open_ones: Collection[str]) -> bool:
        """Whether a line tells no problem anew, but of those that were told, if anything."""
        return says_no_problem(line) or solved(line) is not None or (bool(open_ones) and says_as_before(line))

    def _resolve(self, open_ones: list[str]) -> None:
        unknown = [text for text in open_ones if text in self.known.raised and text not in self.known.held]
        if unknown and not self._prevails("problem"):
            self._leave("problem", f"台账在下发后另记了问题{quote(unknown[0])},没有登记为已解决")
        elif open_ones:
            self._post({"text": "存在问题已解决", "resolves": True})

    # --- submission --------------------------------------------------------------------------------------------------

    def _status(self) -> None:
        if not self.row.changed.keys() & {"status", "done_on"}:
            return
        sent = self.row.sent
        status = status_meant(self.row.changed.get("status", sent["status"]))
        if sent["status"] == DONE and status == DOING and self.task.status == SUBMITTED:
            raise Refused(f"事项 {self.task.code} 已申请销号,不能在填报表里撤回", "请与办公室联系,由办公室退回")
        with Naming("on"):
            if status != DONE and self._day_text():
                raise BadValue(f"填了完成日期,办理状态却不是“{DONE}”", "请改选办理状态,或清空完成日期")
            if status == DONE and not self._day_text():
                raise BadValue(f"办理状态为“{DONE}”而没有完成日期", "请填完成日期")
        on = self.done_on
        if on is not None and not (sent["status"] == DONE and on.isoformat() == sent["done_on"]):
            self._submit(on)

    def _day_text(self) -> str:
        text = self.row.changed.get("done_on", self.row.sent["done_on"])
        return "" if says_none(text) else text

    def _done_on(self) -> None:
        """Read the day of a submission by itself, so that what is wrong with it is told beside what is wrong with the
        state; of a task still in hand any day is wrong."""
        status = self.row.changed.get("status", self.row.sent["status"])
        if self.row.changed.keys() & {"status", "done_on"} and self._day_text() and not says_doing(status):
            self.done_on = deadlines.past_day(self.journal, self._day_text(), self.journal.rules.year)

    def _submit(self, on: date) -> None:
        task, state = self.task, STATUS_WORDS[self.task.status]
        if task.status == CLOSED:
            self._remark("status", f"事项 {task.code} 已销号,不必再申请")
        elif on in self.known.submissions and not self._prevails("status"):
            if task.status != SUBMITTED:
                self._remark("status", f"{on} 的申请此前已登记,事项 {task.code} 现为“{state}”")
        elif task.status == SUBMITTED and "status" not in self.known.others:
            said = f"事项 {task.code} 此前交回的表已申请销号({task.submitted_on}),表中 {on} 没有采用"
            self._remark("status", f"{said};要改日期,请办公室先退回")
        elif not self._is_left("status", f"{on} 申请销号", state):
            with Naming("on"):
                named = {"task": task.id, "on": on.isoformat(), "by": self.filled.form.unit}
                steps.step("submit")(self.journal, named)
            self.is_changed = self.is_submitted = True


def _all_solved(text: str, open_ones: Collection[str]) -> bool:
    """Whether each line of a cell says of one of the open problems that it is solved, and none is left."""
    said = {solved(line) for line in text.split("\n")}
    return bool(open_ones) and said == {bare_line(shown(one)) for one in open_ones}


def require_asked(fields: Collection[str]) -> None:
    """Raises `BadValue` for fields, by their options, that no form asks for."""
    if not set().union(*_NAMES.values()).issuperset(fields):
        asked = "、".join(HEADING_OF[name] for name in ASKED)
        raise BadValue("--overwrite 写明的字段不由填报表填写", f"填报表填写的有 {asked}")


def is_share(text: str) -> bool:
    """Whether a percentage was written as a share of 1: 0.8."""
    return re.fullmatch(r"0?\.\d+", fold_width(text).strip()) is not None and float(fold_width(text)) > 0


def _percent_words(value: int | None) -> str:
    return "空" if value is None else f"{value}%"
