"""Which step is allowed from which status, and on which day.

A *step* moves a task to another status. Steps are ordered by business date; on one day the order of recording decides.
"""

from datetime import date

from ledger.base.errors import Refused
from ledger.model.task import CANCELLED, CLOSED, OPEN, PAUSED, STATUS_WORDS, SUBMITTED, UNFINISHED, Task

STEPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "submit": (SUBMITTED, (OPEN,)),
    "return": (OPEN, (SUBMITTED,)),
    "close": (CLOSED, (OPEN, SUBMITTED, PAUSED)),
    "reopen": (OPEN, (CLOSED, CANCELLED)),
    "cancel": (CANCELLED, UNFINISHED),
}
"""Action → (the status it leads to, the statuses it is allowed from)."""

_ADVICE = {
    "submit": "只有在办的事项才能申请销号",
    "return": "只有申请了销号、等待核销的事项才能退回",
    "close": "如确需重办,先用 ledger reopen 恢复",
    "reopen": "只有已销号或已撤销的事项才能恢复",
    "cancel": "如确需重办,先用 ledger reopen 恢复",
    "extend": "如确需延期,先用 ledger reopen 恢复",
    "problem": "如确需登记问题,先用 ledger reopen 恢复",
    "tally": "如确需计数,先用 ledger reopen 恢复",
}
_WORDS = {
    "submit": "申请销号",
    "return": "退回",
    "close": "销号",
    "reopen": "恢复",
    "cancel": "撤销",
    "extend": "延期",
    "problem": "登记问题",
    "tally": "计数",
}


def status_after(task: Task, action: str) -> str:
    """The status that the step leads to. Raises `Refused` when the task's status does not allow it."""
    target, sources = STEPS[action]
    if task.status not in sources:
        raise _refusal(task, action)
    return target


def require_unfinished(task: Task, action: str) -> None:
    """Extensions and problems belong to tasks still in hand. Raises `Refused`."""
    if task.status not in UNFINISHED:
        raise _refusal(task, action)


def require_quota(task: Task) -> None:
    """What is counted belongs to a task with a quota that was not dropped; one struck off may go on beyond its quota.

    Raises `Refused`.
    """
    if task.quota is None:
        raise Refused(
            f"事项 {task.code} 没有数量要求", f'如确有要求,先用 ledger edit {task.code} --due "3月底前不少于3条" 写明'
        )
    if task.status == CANCELLED:
        raise _refusal(task, "tally")


def _refusal(task: Task, action: str) -> Refused:
    state = STATUS_WORDS[task.status]
    return Refused(f"事项 {task.code} 现为“{state}”,不能{_WORDS[action]}", _ADVICE[action])


def check_day(task: Task, on: date) -> None:
    """The contract's rule of business dates: not before `assigned_on` nor before the last step in force.

    Raises `Refused`.
    """
    if on < task.assigned_on:
        raise Refused(f"日期 {on} 早于事项 {task.code} 的交办日期 {task.assigned_on}", "请核对日期")
    if task.stepped_on is not None and on < task.stepped_on:
        raise Refused(f"日期 {on} 早于事项 {task.code} 上一次状态变动的日期 {task.stepped_on}", "请核对日期")
