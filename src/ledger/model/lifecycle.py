"""The life of a task as one table: from which status which step leads where, who may take it, what it asks for; what
else may be done in which status; and on which day.

A *step* moves a task to another status. Steps are ordered by business date; on one day the order of recording decides.
The help of the commands and the table of the manual (docs/zh/督办.md) follow from here.
"""

from datetime import date
from typing import NamedTuple

from ledger.base.errors import Refused
from ledger.model.task import CANCELLED, CLOSED, OPEN, PAUSED, STATUS_WORDS, SUBMITTED, UNFINISHED, Task

NAME_LIMIT = 100


class Fact(NamedTuple):
    """What an entry states beside what it changes: under which name, the office's word for it, and the choices that
    there are, none where it is a text of at most `limit` characters; a `flag` is stated or not."""

    name: str
    label: str
    choices: tuple[str, ...] = ()
    limit: int = NAME_LIMIT
    multiline: bool = False
    flag: bool = False


class Step(NamedTuple):
    """`word` is the office's; the step leads `to` a status, from one of `sources`. `asks` is the option that says why:
    a `note` may, a `reason` must be given. `advice` is for a task in any other status. `states` are the facts that it
    may state beside. One that `tells` says in its note how far the task has come.

    What the office's settings add (`model.rules`): `needs` are those that ask for something before what is not
    submitted yet. Under `review` a step `by_another` is not for who submitted the task; one `reviewed` is that step
    instead, which what is not submitted cannot take."""

    word: str
    to: str
    sources: tuple[str, ...]
    asks: str
    advice: str
    states: tuple[Fact, ...] = ()
    tells: bool = False
    needs: tuple[str, ...] = ()
    by_another: bool = False
    reviewed: str = ""


class Act(NamedTuple):
    """What else is done with a task in one of these statuses, without moving it: the office's word, and the step that
    brings a task there."""

    word: str
    sources: tuple[str, ...]
    advice: str = "如确需{word},先用 ledger reopen 恢复"


BY = Fact("by", "申请人")
METHOD = Fact("method", "审核方式", ("现场", "书面"))
HIGHLIGHT = Fact("highlight", "亮点", flag=True)

_RESULT = ("result_length", "evidence_required")

STEPS = {
    "submit": Step("申请销号", SUBMITTED, (OPEN,), "note", "只有在办的事项才能申请销号", (BY,), True, _RESULT),
    "accept": Step(
        "审核销号",
        CLOSED,
        (SUBMITTED,),
        "note",
        "只有申请了销号、等待审核的事项才能审核",
        (METHOD, HIGHLIGHT),
        by_another=True,
    ),
    "return": Step("退回", OPEN, (SUBMITTED,), "reason", "只有申请了销号、等待审核的事项才能退回"),
    "close": Step(
        "销号",
        CLOSED,
        UNFINISHED,
        "note",
        "如确需重办,先用 ledger reopen 恢复",
        (HIGHLIGHT,),
        True,
        _RESULT,
        reviewed="accept",
    ),
    "pause": Step("中止", PAUSED, (OPEN,), "reason", "只有在办的事项才能中止;待审核的先退回"),
    "resume": Step("续办", OPEN, (PAUSED,), "note", "只有中止的事项才能续办"),
    "reopen": Step("恢复", OPEN, (CLOSED, CANCELLED), "reason", "只有已销号或已撤销的事项才能恢复"),
    "cancel": Step("撤销", CANCELLED, UNFINISHED, "reason", "如确需重办,先用 ledger reopen 恢复"),
}
"""The steps of a task's life."""

ACTS = {
    "extend": Act("延期", UNFINISHED),
    "problem": Act("登记问题", UNFINISHED),
    "tally": Act("计数", (*UNFINISHED, CLOSED)),
    "urge": Act("催办", (OPEN,), "只有在办的事项才能催办"),
    "flag": Act("挂牌督办", UNFINISHED),
}
"""What else depends on the status; all the rest (修改, 进展, 摘牌) does not."""
WITH_EVIDENCE = ("submit", "accept", "close")
"""The steps that say that something was done: files may show it (佐证)."""


def status_after(task: Task, action: str) -> str:
    """The status that the step leads to. Raises `Refused` when the task's status does not allow it."""
    step = STEPS[action]
    if task.status not in step.sources:
        raise _refusal(task, step.word, step.advice)
    return step.to


def require_status(task: Task, act: str) -> None:
    """Whether the status allows one of `ACTS`. Raises `Refused`."""
    word, sources, advice = ACTS[act]
    if task.status not in sources:
        raise _refusal(task, word, advice.format(word=word))


def require_quota(task: Task) -> None:
    """What is counted belongs to a task with a quota that was not dropped; one struck off may go on beyond its quota.

    Raises `Refused`.
    """
    if task.quota is None:
        raise Refused(
            f"事项 {task.code} 没有数量要求", f'如确有要求,先用 ledger edit {task.code} --due "3月底前不少于3条" 写明'
        )
    require_status(task, "tally")


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
