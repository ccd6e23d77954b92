"""How a task stands in a table: in short for the eye, or as the ledger's whole line, to be kept and searched."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, cast

from ledger.base.formats import FORMATS
from ledger.model.fields import FIELDS, LABELS, OWN, Field
from ledger.model.fields import Kind as FieldKind
from ledger.model.quota import progress_words
from ledger.model.rules import Rules
from ledger.model.task import (
    CANCELLED,
    CLOSED,
    LIGHT_WORDS,
    OPEN,
    PAUSED,
    SLIP_WORDS,
    STATUS_WORDS,
    SUBMITTED,
    UNFINISHED,
    Task,
    days_left,
    is_behind,
    light,
    progress_of,
)
from ledger.reports.figures import Figures
from ledger.reports.report import Cell, Column, Kind, Row, State
from ledger.reports.standing import Later

_COME_TO = {OPEN: "恢复", SUBMITTED: "申请销号", PAUSED: "中止", CLOSED: "销号", CANCELLED: "撤销"}
"""How a status reads that a task has come to."""


DAYS_OPEN = Column("已有天数", "number", "days_open")
"""For how many days a problem has been open."""


def column(field: str, kind: Kind = "text") -> Column:
    """The column of a field of the task, under the office's name for it."""
    return Column(LABELS[field], kind, field)


def _columns(kind: Kind, *fields: str) -> Iterator[Column]:
    return (column(field, kind) for field in fields)


def figure_columns(figures: Mapping[str, str]) -> tuple[Column, ...]:
    """A column for each figure, name → title."""
    return tuple(Column(title, "number", name) for name, title in figures.items())


def figure_cells(figures: Figures, names: Iterable[str]) -> Row:
    """The figures of these names, rates as `Rate`."""
    return tuple(getattr(figures, name) for name in names)


TASK_COLUMNS = (
    column("code", "code"),
    column("title"),
    *_columns("name", "unit", "owner"),
    column("due_text", "date"),
    column("status", "state"),
)
_SHEET = tuple(field for field in FIELDS if field.sheet)
_LEDGER_COLUMNS = tuple(Column(field.label, cast(Kind, field.sheet), field.name) for field in _SHEET)


def state_of(task: Task, today: date, rules: Rules, carried_times: int = 0, later: Later | None = None) -> State:
    """Where a task stands, in words beside its light; of a period that is over also what came after (期后)."""
    state = _state(task, today, rules, carried_times)
    if later is None:
        return state
    return state._replace(detail=(*state.detail, afterwards(task, later, today)))


def afterwards(task: Task, later: Later, today: date) -> str:
    """`task` is as it stood then. One that had not ended comes to be open by a return, or by steps that undo each
    other: no 恢复."""
    returned = later.status == OPEN and task.status in UNFINISHED
    return f"期后{_day(later.on, today)}{'转为在办' if returned else _COME_TO[later.status]}"


def _state(task: Task, today: date, rules: Rules, carried_times: int) -> State:
    found = light(task, today, rules.thresholds)
    counted = tuple(progress_words(task.quota, task.tally).split())
    if task.status == CLOSED:
        return State(found, "", (f"{_day(task.closed_on, today)}销号", *counted))
    if task.status == CANCELLED:
        return State(CANCELLED, "", (STATUS_WORDS[CANCELLED],))
    word = LIGHT_WORDS[found]
    if task.parts is not None:
        counted = (task.parts.words, *counted)
    if task.status == PAUSED:
        days = 0 if task.stepped_on is None else (today - task.stepped_on).days
        return State(found, word, (f"{STATUS_WORDS[PAUSED]}{days}天" if days > 0 else STATUS_WORDS[PAUSED], *counted))
    said = [
        *_time_left(task, today),
        STATUS_WORDS[SUBMITTED] if task.status == SUBMITTED else "",
        "未达序时" if is_behind(task, today) else "",
        f"结转{carried_times}次" if carried_times else "",
        f"延期{task.extensions}次" if task.extensions else "",
        *_pressed(task, today),
    ]
    return State(found, word, (*filter(None, said), *counted))


def urging_words(urges: int, slip: str | None) -> str:
    """第2次催办(橙单)."""
    return f"第{urges}次催办" + (f"({SLIP_WORDS[slip]})" if slip else "")


def _pressed(task: Task, today: date) -> list[str]:
    """That a task is listed by name, until when, and how it was urged."""
    until = task.flag_until
    over = until is not None and until < today
    said = "" if until is None else f"({_day(until, today)}期满)" if over else f"到{_day(until, today)}"
    return [
        *([f"挂牌督办{said}"] if task.flagged else []),
        *([urging_words(task.urges, task.slip)] if task.urges else []),
    ]


def _time_left(task: Task, today: date) -> list[str]:
    """How long until the deadline, and how long it may take in grace."""
    left = days_left(task, today)
    if left is None:
        return ["无期限"]
    if left < 0:
        return [f"逾期{-left}天"]
    until = "今日到期" if left == 0 else f"剩{left}天"
    if not task.grace_days or task.due_on is None:
        return [until]
    grace = f"宽限至{_day(task.last_day, today)}"
    return [until, grace] if today <= task.due_on else [grace]


def _day(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"


def _brief_row(task: Task, today: date, rules: Rules, carried_times: int = 0, later: Later | None = None) -> Row:
    """One without a deadline shows the words that stand for it (适时)."""
    title = f"★ {task.title}" if task.key else task.title
    due: Cell = task.due_on if task.due_on is not None else task.due_text
    return (task.code, title, task.unit, task.owner, due, state_of(task, today, rules, carried_times, later))


def _whole_row(task: Task, today: date, rules: Rules, carried_times: int = 0, later: Later | None = None) -> Row:
    state = state_of(task, today, rules, carried_times)
    derived: dict[str, Cell] = {
        "status": STATUS_WORDS[task.status] + (f"({afterwards(task, later, today)})" if later else ""),
        "progress": None if task.progress is None and task.parts else progress_of(task),  # it would read back as told
        "light": State(state.light, state.word),
        "days_left": days_left(task, today),
        "problem": "\n".join(problem.text for problem in task.open_problems),
        "extensions": task.extensions or None,
        "urges": task.urges or None,
        "evidence": task.evidence or None,
    }
    return tuple(derived[field.name] if field.name in derived else _cell(task, field) for field in _SHEET)


def _own_columns(rules: Rules) -> tuple[Column, ...]:
    """The office's own columns; where a page has no room for them, they are left out first."""
    return tuple(Column(name, "name", OWN + name, spare=True) for name in rules.columns)


def _own_cells(task: Task, rules: Rules) -> Row:
    return tuple(task.own.get(name) for name in rules.columns)


def _cell(task: Task, field: Field) -> Cell:
    value: Any = getattr(task, field.attribute)
    if field.kind is FieldKind.NAMES:
        return "、".join(value)
    return ("是" if value else None) if field.kind is FieldKind.FLAG else value


class TaskColumns(NamedTuple):
    """A choice of columns, and the cells of a task in them: `row(task, today, rules, carried_times, later)`."""

    columns: tuple[Column, ...]
    row: Callable[..., Row]


BRIEF = TaskColumns(TASK_COLUMNS, _brief_row)
"""What a list shows where it is read."""

WHOLE = TaskColumns(_LEDGER_COLUMNS, _whole_row)
"""What a sheet holds that is kept, searched and computed with: one value a cell, the headings those that an import
knows, in the order of the office's ledger sheet."""


_TAGS = column("tags", "name")._replace(spare=True)


def whole(rules: Rules, *, divided: bool = False) -> TaskColumns:
    """`WHOLE` with the office's own columns, and where tasks are `divided` with the whole that each is a part of."""
    if not rules.columns and not divided:
        return WHOLE

    def row(task: Task, today: date, rules: Rules, *more: Any) -> Row:
        above: Row = (task.whole,) if divided else ()
        return _whole_row(task, today, rules, *more) + above + _own_cells(task, rules)

    above = (column("part_of", "code"),) if divided else ()
    return TaskColumns(_LEDGER_COLUMNS + above + _own_columns(rules), row)


def _listed(rules: Rules) -> TaskColumns:
    """`BRIEF` with tags and the office's own columns: a list drops those that say nothing of any of its tasks."""

    def row(task: Task, today: date, rules: Rules, *more: Any) -> Row:
        return (*_brief_row(task, today, rules, *more), "、".join(task.tags), *_own_cells(task, rules))

    return TaskColumns((*TASK_COLUMNS, _TAGS, *_own_columns(rules)), row)


def columns_for(format: str, rules: Rules, *, of_list: bool, divided: bool = False) -> TaskColumns:
    """The columns of tasks in a format, in a list or in a report: `WHOLE` where they are kept and computed with."""
    kept = FORMATS[format].whole
    if kept == "always" or (of_list and kept == "lists"):
        return whole(rules, divided=divided)
    return _listed(rules) if of_list else BRIEF
