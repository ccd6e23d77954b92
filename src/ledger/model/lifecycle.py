"""Which step is allowed from which status, and on which day.

A *step* moves a task to another status. Steps are ordered by business date; on one day the order of recording decides.
"""

from datetime import date
from typing import NamedTuple

from ledger.base.errors import Refused
from ledger.model.task import CANCELLED, CLOSED, OPEN, PAUSED, STATUS_WORDS, SUBMITTED, UNFINISHED, Task

NAME_LIMIT = 100


class Fact(NamedTuple):
    """What an entry states beside what it changes: under which name, the office's word for it, and the choices that
    there are, none where it is a text of at most `limit` characters."""

    name: str
    label: str
    choices: tuple[str, ...] = ()
    limit: int = NAME_LIMIT
    multiline: bool = False


class Step(NamedTuple):
    """`word` is the office's; the step leads `to` a status, from one of `sources`. `asks` is the option that says why:
    a `note` may, a `reason` must be given. `advice` is for a task in any other status. `states` are the facts that it
    may state beside. One that `tells` says in its note how far the task has come."""

    word: str
    to: str
    sources: tuple[str, ...]
    asks: str
    advice: str
    states: tuple[Fact, ...] = ()
    tells: bool = False


BY = Fact("by", "申请人")
METHOD = Fact("method", "审核方式", ("现场", "书面"))

STEPS = {
    "submit": Step("申请销号", SUBMITTED, (OPEN,), "note", "只有在办的事项才能申请销号", (BY,), tells=True),
    "accept": Step("审核销号", CLOSED, (SUBMITTED,), "note", "只有申请了销号、等待审核的事项才能审核", (METHOD,)),
    "return": Step("退回", OPEN, (SUBMITTED,), "reason", "只有申请了销号、等待审核的事项才能退回"),
    "close": Step("销号", CLOSED, UNFINISHED, "note", "如确需重办,先用 ledger reopen 恢复", tells=True),
    "pause": Step("中止", PAUSED, (OPEN,), "reason", "只有在办的事项才能中止;待审核的先退回"),
    "resume": Step("续办", OPEN, (PAUSED,), "note", "只有中止的事项才能续办"),
    "reopen": Step("恢复", OPEN, (CLOSED, CANCELLED), "reason", "只有已销号或已撤销的事项才能恢复"),
    "cancel": Step("撤销", CANCELLED, UNFINISHED, "reason", "如确需重办,先用 ledger reopen 恢复"),
}
"""The steps of a task's life."""

_OTHERS = {"extend": "延期", "problem": "登记问题", "tally": "计数", "urge": "催办", "flag": "挂牌督办"}
"""What else is for tasks in hand."""


def status_after(task: Task, action: str) -> str:
    """The status that the step leads to. Raises `Refused` when the task's status does not allow it."""
    step = STEPS[action]
    if task.status not in step.sources:
        raise _refusal(task, step.word, step.advice)
    return step.to


def require_unfinished(task: Task, action: str) -> None:
    """Extensions and problems belong to tasks still in hand. Raises `Refused`."""
    if task.status not in UNFINISHED:
        raise _not_in_hand(task, action)


def require_quota(task: Task) -> None:
    """What is counted belongs to a task with a quota that was not dropped; one struck off may go on beyond its quota.

    Raises `Refused`.
    """
    if task.quota is None:
        raise Refused(
            f"事项 {task.code} 没有数量要求", f'如确有要求,先用 ledger edit {task.code} --due "3月底前不少于3条" 写明'
        )
    if task.status == CANCELLED:
        raise _not_in_hand(task, "tally")


def _not_in_hand(task: Task, action: str) -> Refused:
    return _refusal(task, _OTHERS[action], f"如确需{_OTHERS[action]},先用 ledger reopen 恢复")


def _refusal(task: Task, word: str, advice: str) -> Refused:
    return Refused(f"事项 {task.code} 现为“{STATUS_WORDS[task.status]}”,不能{word}", advice)


def check_day(task: Task, on: date) -> None:
    """The contract's rule of business dates: not before `assigned_on` nor before the last step in force.

    Raises `Refused`.
    """
    if on < task.assigned_on:
        raise Refused(f"日期 {on} 早于事项 {task.code} 的交办日期 {task.assigned_on}", "请核对日期")
    if task.stepped_on is not None and on < task.stepped_on:
        raise Refused(f"日期 {on} 早于事项 {task.code} 上一次状态变动的日期 {task.stepped_on}", "请核对日期")
