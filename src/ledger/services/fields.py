"""The options of a command as the fields and days that they mean, each error told which option it is about.

Options come by the long names that the command line and a batch share, as typed. Raises `BadValue` for what cannot be
read.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.base.errors import BadValue, LedgerError, NotFound, Refused
from ledger.base.text import clean, fold_width, listed, quote, says_none
from ledger.model.fields import (
    BY_NAME,
    CODE_LIMIT,
    LABELS,
    LIMITS,
    MOST_TAGS,
    NOTE_LIMIT,
    OWN,
    Field,
    label_of,
    options_named,
)
from ledger.model.quota import quota_text
from ledger.model.rules import year_meant
from ledger.model.task import Task
from ledger.services import deadlines, own_columns
from ledger.services.unit_meant import assisting_meant, lead_meant
from ledger.store.journal import Journal
from ledger.store.naming import IN_HAND, Sought

Options = Mapping[str, Any]
"""Long option names → values as given: texts, lists of texts (`with`), true or false (`key`). An empty text clears."""

RECURRING, UNTIL = "recurring deadline", "until"
"""What a recurring deadline and its end are called among the fields: they found a series, no task."""


class _Frame(NamedTuple):
    """What days are read in: the ledger, the year of those without one, and the day that 三日内 counts from."""

    journal: Journal
    year: int | None
    assigned_on: date


def fields_of(journal: Journal, options: Options, assigned_on: date) -> dict[str, Any]:
    """The fields that the options set, by column name, read and checked; `assigned_on` is what they may change."""
    with Naming("year"):
        year = year_meant(journal.rules, options.get("year"))
    if "on" in options:
        with Naming("on"):
            assigned_on = deadlines.past_day(journal, options["on"], year)
    frame = _Frame(journal, year, assigned_on)
    fields: dict[str, Any] = {}
    name = ""
    try:  # not `Naming` each: so many rows of an import pass here
        for name, read in _READERS.items():
            if name in options:
                fields |= read(frame, options[name])
        for name in options if journal.rules.columns else ():
            if name.startswith(OWN):
                fields[name] = own_columns.value_of(label_of(name), options[name])
    except LedgerError as error:
        error.option = error.option or name
        raise
    return fields


class Naming:  # a third of the cost of a @contextmanager: each value of a long batch passes through one
    """An error raised inside tells the option that it is about: a batch or an import names it as the column."""

    def __init__(self, option: str) -> None:
        self.option = option

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, LedgerError):
            error.option = error.option or self.option


def _read_text(field: Field) -> Callable[[_Frame, str], dict[str, Any]]:
    def read(frame: _Frame, text: str) -> dict[str, Any]:
        if not text and not field.required:
            return {field.name: None}
        return {field.name: clean(text, field.label, limit=field.limit, multiline=field.multiline)}

    return read


def _read_unit(frame: _Frame, text: str) -> dict[str, Any]:
    return {"unit": lead_meant(frame.journal, clean(text, LABELS["unit"], limit=LIMITS["unit"]))}


def _read_with(frame: _Frame, units: Sequence[str]) -> dict[str, Any]:
    cleaned = (
        clean(unit, LABELS["with"], limit=LIMITS["unit"])
        for cell in units
        for unit in listed(cell)
        if not says_none(unit)
    )
    return {"with": tuple(dict.fromkeys(assisting_meant(frame.journal, unit) for unit in cleaned))}


def _read_tags(frame: _Frame, cells: Sequence[str]) -> dict[str, Any]:
    tags = dict.fromkeys(
        clean(tag, LABELS["tags"], limit=BY_NAME["tags"].limit) for cell in cells for tag in listed(cell)
    )
    if len(tags) > MOST_TAGS:
        raise BadValue(f"标签有 {len(tags)} 个,最多 {MOST_TAGS} 个", "请合并或去掉一些")
    return {"tags": tuple(tags)}


def with_tags(options: Options, held: Iterable[str]) -> Options:
    """The options with the tags that `tag` adds to those held and `untag` takes from them."""
    if not options.keys() & {"tag", "untag"}:
        return options
    gone = {tag for cell in options.get("untag", ()) for tag in listed(cell)}
    return {**options, "tags": [*(tag for tag in held if tag not in gone), *options.get("tag", ())]}


_NAMES_OTHERS = re.compile(r"(?i)id:[0-9]+|[0-9]+(?:[、,][0-9]+)+")
"""Codes that would name other tasks: a running number, a list of tails."""


def _read_code(frame: _Frame, text: str) -> dict[str, Any]:
    code = clean(fold_width(text), LABELS["code"], limit=CODE_LIMIT)
    if code.startswith("-") or " " in code:
        raise BadValue(f"编号{quote(code)}不合用", "编号不能以 - 开头,中间不能有空格")
    if _NAMES_OTHERS.fullmatch(code):
        raise BadValue(f"编号{quote(code)}不合用", "它会被当成序号或几件事项;请换一种写法")
    return {"code": code}


def _read_due(frame: _Frame, text: str) -> dict[str, Any]:
    if not text:
        return {"due_on": None, "original_due_on": None, "due_text": None, "grace_days": 0, "quota": None}
    deadline = deadlines.deadline(frame.journal, text, frame.year, frame.assigned_on)
    if deadline.recurrence is not None:
        return {RECURRING: deadline}
    fields = {"due_on": deadline.due_on, "original_due_on": deadline.due_on, "due_text": deadline.text}
    start: dict[str, Any] = {} if deadline.start_on is None else {"start_on": deadline.start_on}
    if deadline.quota is not None:
        start["quota"] = quota_text(deadline.quota)
    return {**fields, "grace_days": deadline.grace_days, **start}


def _read_feedback(frame: _Frame, text: str) -> dict[str, Any]:
    from ledger.services.feedback import cycle_meant  # few tasks have one: no other command pays for it

    return {"feedback": cycle_meant(frame.journal, text, frame.year, frame.assigned_on)}


def _read_start(frame: _Frame, text: str) -> dict[str, Any]:
    return {"start_on": deadlines.first_day(frame.journal, text, frame.year) if text else None}


def last_day_named(journal: Journal, text: str | None, year: int | None, assigned_on: date) -> date:
    """The last day that an expression names (11月底 as well as 2013-11-30), today without one. Raises `BadValue`."""
    if not text:
        return journal.today
    last = deadlines.deadline(journal, text, year, assigned_on).due_on
    if last is None:
        raise BadValue(f"{quote(text)}没有确切日期", f"可写 {year or journal.today.year}-11-30、11月底")
    return last


def _read_until(frame: _Frame, text: str) -> dict[str, Any]:
    return {UNTIL: last_day_named(frame.journal, text, frame.year, frame.assigned_on) if text else None}


_READERS: Mapping[str, Callable[[_Frame, Any], dict[str, Any]]] = {
    **{name: _read_text(BY_NAME[name]) for name in LIMITS},
    "unit": _read_unit,
    "with": _read_with,
    "key": lambda frame, key: {"key": key},
    "code": _read_code,
    "on": lambda frame, text: {"assigned_on": frame.assigned_on},
    "due": _read_due,
    "due_text": _read_text(BY_NAME["due_text"]),
    "start": _read_start,
    "until": _read_until,
    "feedback": _read_feedback,
    "tags": _read_tags,
    "field": lambda frame, given: {**own_columns.values_of(frame.journal.rules.columns, given)},
}
"""Option → what reads it, in the order in which they are read; a later one overrules."""


_COURSE_NAMES = {
    **dict.fromkeys(("outcome", "status", "完成情况", "办理状态", "任务状态", "状态"), ("outcome",)),
    **dict.fromkeys(("closed_on", "done_on", "销号日期", "完成日期", "办结日期"), ("closed_on",)),
    **dict.fromkeys(("due", "due_on", "截止日期", "完成时限", "时限"), ("due", "due_text")),
    "problem": ("problem",),
    "存在问题": ("problem",),
}
_FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    **{name: (option,) for name, option in options_named().items()},
    **dict.fromkeys(("progress", LABELS["progress"]), ("progress",)),
    **_COURSE_NAMES,
}


def fields_named(texts: Sequence[str], columns: Iterable[str] = ()) -> frozenset[str]:
    """The fields of a sheet or a form that texts name (进展情况,完成进度; note、progress), as options are named;
    `columns` are the office's own.

    A part of one label alone names it too (进展, 问题). Raises `BadValue`.
    """
    found: set[str] = set()
    for text in re.split(r"[,、;\s]+", fold_width(",".join(texts)).strip(",、; ")):
        alike = {names for label, names in _FIELD_NAMES.items() if text and text in label}
        own = own_columns.spelled(columns, text)
        names = _FIELD_NAMES.get(text.lower()) or (alike.pop() if len(alike) == 1 else own and (OWN + own,))
        if names is None:
            known = "、".join(name for name in _FIELD_NAMES if not name.isascii())
            raise BadValue(f"没有名为{quote(text)}的字段", f"可写 {known}")
        found.update(names)
    return frozenset(found)


def note_of(options: Options, name: str) -> str | None:
    """The text of an option that may say something, None when it does not."""
    text = options.get(name)
    with Naming(name):
        return clean(text, LABELS["note"], limit=NOTE_LIMIT, multiline=True) if text else None


def required_text(options: Options, name: str, label: str) -> str:
    """The text of an option that must say something; `label` is what an error calls it."""
    text = options.get(name)
    if not text:
        raise missing(name, label)
    with Naming(name):
        return clean(text, label, limit=NOTE_LIMIT, multiline=True)


def missing(name: str, label: str) -> BadValue:
    """The error for an option that must be given."""
    error = BadValue(f"缺少{label}", f"请写明{label}")
    error.option = name
    return error


_PERCENT = re.compile(r"(?:百分之)?([0-9]{1,9})\s*[%﹪]?")


def percent(value: int | str) -> int:
    """A percentage from 0 to 100: 72, 72%, ７２％. Raises `BadValue`, for a share of 1 too: 0.72 may be either."""
    text = fold_width(str(value)).strip()
    found = _PERCENT.fullmatch(text)
    if found is None:
        what, share = f"完成进度{quote(str(value))}不是 0 到 100 的整数", re.fullmatch(r"[01]?\.[0-9]+", text)
        raise BadValue(what, "是百分之几说不准,请写百分数,如 72 或 72%" if share else "请写百分数,如 72 或 72%")
    if not 0 <= int(found[1]) <= 100:
        raise BadValue(f"完成进度 {found[1]} 不在 0 到 100 之间", "请写百分数,如 60")
    return int(found[1])


def task_named(journal: Journal, options: Options, sought: Sought = IN_HAND) -> Task:
    """The task that the option `task` names, by its running number where that is an `int`. Raises `NotFound`, and
    `BadValue` where several fit."""
    name = options["task"]
    with Naming("task"):
        return journal.task(name) if isinstance(name, int) else journal.named(name, sought)


def tasks_named(journal: Journal, names: Iterable[str], sought: Sought = IN_HAND, *, lists: bool = True) -> list[int]:
    """The running numbers of the tasks named, each once; with `lists` a name may be several, parted by 、 or commas.
    Raises as `task_named`."""
    found: dict[int, None] = {}
    for name in names:
        several = listed(name) if lists else [name]
        try:
            found[journal.named(name, sought).id] = None
        except NotFound:
            if len(several) < 2:
                raise
            found |= dict.fromkeys([journal.named(one, sought).id for one in several])
    return list(found)


def business_day(journal: Journal, options: Options) -> date:
    """The day on which it happened: today unless given, never after today."""
    if not options.get("on"):
        return journal.today
    with Naming("on"):
        on = deadlines.past_day(journal, options["on"], year_meant(journal.rules, options.get("year")))
        if on > journal.today:
            raise Refused(f"日期 {on} 晚于今天({journal.today})", "只能记已经发生的事,请核对日期")
    return on
