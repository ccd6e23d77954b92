"""How a task stands in a table: in short for the eye, or as the ledger's whole line, to be kept and searched."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from ledger.model.quota import progress_words
from ledger.model.rules import Rules
from ledger.model.task import (
    CANCELLED,
    CLOSED,
    LABELS,
    LIGHT_WORDS,
    PAUSED,
    STATUS_WORDS,
    SUBMITTED,
    Task,
    days_left,
    light,
)
from ledger.reports.report import Cell, Column, State

TASK_COLUMNS = (
    Column("编号", "code"),
    Column("工作任务"),
    Column("牵头单位", "name"),
    Column("责任人", "name"),
    Column("完成时限", "date"),
    Column("状态", "state"),
)
_LEDGER_COLUMNS = (
    Column(LABELS["code"], "code"),
    Column(LABELS["title"]),
    *(Column(LABELS[name], "name") for name in ("unit", "with", "leader", "owner", "activity", "stage", "source")),
    Column(LABELS["measure"]),
    Column(LABELS["key"], "name"),
    *(Column(LABELS[name], "date") for name in ("assigned_on", "start_on")),
    Column(LABELS["due_text"], "name"),
    Column(LABELS["due_on"], "date"),
    Column(LABELS["status"], "name"),
    Column("灯", "state"),
    *(Column(title, "number") for title in ("剩余天数", LABELS["progress"])),
    *(Column(LABELS[name]) for name in ("note", "problem")),
    Column(LABELS["original_due_on"], "date"),
    Column(LABELS["extensions"], "number"),
    *(Column(LABELS[name], "date") for name in ("submitted_on", "closed_on")),
)


def state_of(task: Task, today: date, rules: Rules, carried_times: int = 0) -> State:
    """Where a task stands, in words beside its light."""
    found = light(task, today, rules.thresholds)
    counted = f" {progress_words(task)}".rstrip()
    if task.status == CLOSED:
        return State(found, "", f"{_day(task.closed_on, today)}销号{counted}")
    if task.status == CANCELLED:
        return State(CANCELLED, "", STATUS_WORDS[CANCELLED])
    word = LIGHT_WORDS[found]
    if task.status == PAUSED:
        return State(found, word, STATUS_WORDS[PAUSED] + counted)
    left = days_left(task, today)
    if left is None:
        detail = "无期限"
    elif left < 0:
        detail = f"逾期{-left}天"
    else:
        detail = "今日到期" if left == 0 else f"剩{left}天"
    if left is not None and left >= 0 and task.grace_days and task.due_on is not None:
        grace = f"宽限至{_day(task.last_day, today)}"
        detail = f"{detail} {grace}" if today <= task.due_on else grace
    if task.status == SUBMITTED:
        detail += f" {STATUS_WORDS[SUBMITTED]}"
    if carried_times:
        detail += f" 结转{carried_times}次"
    if task.extensions:
        detail += f" 延期{task.extensions}次"
    return State(found, word, detail + counted)


def _day(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"


def _brief_row(task: Task, today: date, rules: Rules, carried_times: int = 0) -> tuple[Cell, ...]:
    """One without a deadline shows the words that stand for it (适时)."""
    title = f"★ {task.title}" if task.key else task.title
    due: Cell = task.due_on if task.due_on is not None else task.due_text
    return (task.code, title, task.unit, task.owner, due, state_of(task, today, rules, carried_times))


def _whole_row(task: Task, today: date, rules: Rules, carried_times: int = 0) -> tuple[Cell, ...]:
    state = state_of(task, today, rules, carried_times)
    return (
        task.code,
        task.title,
        task.unit,
        "、".join(task.with_units),
        task.leader,
        task.owner,
        task.activity,
        task.stage,
        task.source,
        task.measure,
        "是" if task.key else None,
        task.assigned_on,
        task.start_on,
        task.due_text,
        task.due_on,
        STATUS_WORDS[task.status],
        State(state.light, state.word),
        days_left(task, today),
        task.progress,
        task.note,
        "\n".join(problem.text for problem in task.problems),
        task.original_due_on,
        task.extensions or None,
        task.submitted_on,
        task.closed_on,
    )


class TaskColumns(NamedTuple):
    """A choice of columns, and the cells of a task in them: `row(task, today, rules, carried_times)`."""

    columns: tuple[Column, ...]
    row: Callable[[Task, date, Rules, int], tuple[Cell, ...]]


BRIEF = TaskColumns(TASK_COLUMNS, _brief_row)
"""What a list shows where it is read."""

WHOLE = TaskColumns(_LEDGER_COLUMNS, _whole_row)
"""What a sheet holds that is kept, searched and computed with: one value a cell, the headings those that an import
knows, in the order of the office's ledger sheet."""


def columns_for(format: str) -> TaskColumns:
    """The columns of a list in a format: `WHOLE` where it is kept and computed with, else `BRIEF`."""
    return WHOLE if format in ("xlsx", "csv") else BRIEF
