"""The steps of a task's life, taken: submit, accept, return, strike off, pause, resume, restore, cancel.

Where the office checks before it strikes off (`Rules.review`, 销号审核), what one has submitted another accepts, who
answers for it (谁验收谁负责): striking off what waits is accepting it, and what does not wait cannot be struck off.
Names are compared, not accounts. What a sheet, a form or a full count says is done is then submitted.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from ledger.base.errors import Refused
from ledger.base.text import quote
from ledger.dates.day import long_day
from ledger.model.entry import Changes
from ledger.model.lifecycle import STEPS, status_after
from ledger.model.task import PAUSED, SUBMITTED, UNFINISHED, Task
from ledger.services.evidence import attach, require_evidence
from ledger.services.fields import Options, business_day, note_of, required_text, task_named
from ledger.services.occurrences import tell_of_another
from ledger.services.stated import stated
from ledger.store.journal import Journal
from ledger.store.naming import FINISHED, IN_HAND, Sought


def sought(action: str) -> Sought:
    """Among which tasks a step looks for one that is named by its title."""
    return IN_HAND if any(status in UNFINISHED for status in STEPS[action].sources) else FINISHED


def step(named: str) -> Callable[[Journal, Options], Task]:
    """What takes a step of `model.lifecycle`: it asks for what the step asks for, and what it may state beside."""

    def take(journal: Journal, options: Options) -> Task:
        task = task_named(journal, options, sought(named))
        action = _under_review(journal, task, named)
        asks = STEPS[action].asks
        said = note_of(options, asks) if asks == "note" else required_text(options, asks, f"{STEPS[action].word}理由")
        on = business_day(journal, options)
        changes: Changes = {
            "status": [task.status, status_after(task, action)],
            **stated(action, options),
        }
        attach(journal, task, on, options.get("evidence", ()))
        for need in STEPS[action].needs if task.status != SUBMITTED else ():
            _NEEDS[need](journal, task, said)
        if STEPS[action].by_another and journal.rules.review:
            _require_another(journal, task)
        stopped_on = task.stepped_on
        journal.post(action, task, on, said, changes)
        if action == "resume" and stopped_on is not None:
            _tell_of_pause(journal, task, stopped_on, on)
        if action == "reopen" and task.series is not None:
            tell_of_another(journal, task)
        return task

    return take


def strike_off(journal: Journal, options: Options) -> Task:
    """What is said to be done elsewhere than at the office's desk: struck off, under review submitted; what waits
    already goes on waiting."""
    if not journal.rules.review:
        return step("close")(journal, options)
    task = task_named(journal, options)
    return task if task.status == SUBMITTED else step("submit")(journal, options)


def submitter(journal: Journal, task: Task) -> str:
    """Who submitted what waits to be accepted: the name that was given, else the actor's."""
    actor, changes = journal.recorded(task.status_seq)
    return str(changes["by"][1]) if "by" in changes else actor


def _under_review(journal: Journal, task: Task, action: str) -> str:
    """The step that is meant: under review what was submitted is accepted, and what was not is not struck off."""
    reviewed = STEPS[action].reviewed
    if not reviewed or not journal.rules.review or task.status not in STEPS[action].sources:
        return action
    if task.status in STEPS[reviewed].sources:
        return reviewed
    before = "先用 ledger resume 续办,再" if task.status == PAUSED else "先"
    advice = f"{before}用 ledger submit {task.code} 申请,由另一人用 ledger accept {task.code} 审核"
    raise Refused(f"本台账销号须经审核,事项 {task.code} 还没有申请销号", advice)


def _require_result(journal: Journal, task: Task, said: str | None) -> None:
    """Raises `Refused` where the office wants to read what came of it, and is told less, now or as the latest
    progress."""
    least, told = journal.rules.result_length, said or task.note or ""
    if len(told) < least:
        what = f"只有{len(told)}个字" if told else "没有写"
        advice = "请写明办理结果(--note,或表中“进展情况”一列)"
        raise Refused(f"事项 {task.code} 的办理结果{what},本台账要求至少{least}个字", advice)


_NEEDS: Mapping[str, Callable[[Journal, Task, str | None], None]] = {
    "result_length": _require_result,
    "evidence_required": require_evidence,
}
"""Setting → what looks whether a task has what it asks for."""


def _require_another(journal: Journal, task: Task) -> None:
    by = submitter(journal, task)
    if by == journal.stamp.actor:
        what = f"事项 {task.code} 是{quote(by)}申请销号的,不能由本人审核"
        raise Refused(what, "请另一人审核,或用 ledger --actor 姓名 写明审核人")


def _tell_of_pause(journal: Journal, task: Task, since: date, until: date) -> None:
    days = (until - since).days
    told = f"事项 {task.code} 中止了{days}天({long_day(since)}至{long_day(until)}),时限没有变动"
    if task.due_on is not None and days and (date.max - task.due_on).days >= days:
        told += f";如需顺延:ledger extend {task.code} --due {task.due_on + timedelta(days)} --reason 中止{days}天"
    journal.remark(told)
