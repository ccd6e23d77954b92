"""What a clerk does to tasks: register, correct, report progress, extend, strike off, restore, cancel.

Every step takes its options by the long names that the command line and a batch share, as typed; it reads and checks
them, appends one entry to the journal and gives back the task. Raises `BadValue` for what cannot be read, `NotFound`,
and `Refused` for what the ledger's rules forbid.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from ledger.base.errors import BadValue, LedgerError, Refused
from ledger.base.text import clean, clip, fold_width, quote
from ledger.dates.deadline import Deadline, parse_day, parse_deadline
from ledger.model.entry import Changes
from ledger.model.lifecycle import require_unfinished, status_after
from ledger.model.replay import change, rebuild
from ledger.model.task import LABELS, Task
from ledger.store.journal import Journal

Options = Mapping[str, Any]
"""Long option names → values as given: texts, lists of texts (`with`), true or false (`key`). An empty text clears."""

LIMITS = {
    "title": 500,
    "unit": 100,
    "owner": 100,
    "leader": 100,
    "activity": 200,
    "stage": 100,
    "source": 500,
    "measure": 2000,
}
"""The longest text of each field, in characters."""

NOTE_LIMIT = 5000
_REQUIRED = ("title", "unit")
_MULTILINE = ("measure",)

# A long batch names the same days over and over.
_parse_day = lru_cache(4096)(parse_day)
_parse_deadline = lru_cache(4096)(parse_deadline)


def add(journal: Journal, options: Options) -> Task:
    """Register a task (登记); `on` is the day it was given out, which may be to come."""
    for name in _REQUIRED:
        if not options.get(name):
            raise _missing(name, LABELS[name])
    fields = _fields(journal, options)
    fields.setdefault("assigned_on", journal.today)
    if fields.get("code") is None:
        fields["code"] = journal.next_code(fields["assigned_on"].year)
    said = _note(options, "note")
    with _Naming("code"):
        return journal.add(fields, said)


def edit(journal: Journal, options: Options) -> Task:
    """Correct a task (修改): a mistake in its registration. A corrected deadline counts as no extension.

    Without a difference nothing is appended.
    """
    task = _task(journal, options)
    if options.keys() <= {"task"}:
        raise BadValue("没有写明改什么", "请用 --title、--owner、--due 等写明要改正的各项")
    changes = change(task, _fields(journal, options))
    note = _note(options, "note")
    if not changes and note is None:
        journal.remark(f"事项 {task.code} 没有变化")
        return task
    journal.post("edit", task, journal.today, note, changes)
    if "assigned_on" in changes:
        task_id = task.id
        for _, entries in journal.entries_in_force([task_id]):
            rebuild(entries)
        return journal.task(str(task_id))
    return task


def note(journal: Journal, options: Options) -> Task:
    """Report progress (进展), raise a problem or resolve the open ones."""
    task = _task(journal, options)
    on = _business_day(journal, options)
    text = _required_text(options, "text", "进展内容")
    changes: Changes = {}
    if options.get("progress") is not None:
        with _Naming("progress"):
            changes["progress"] = [task.progress, _percent(options["progress"])]
    if options.get("problem") and options.get("resolves"):
        raise BadValue("--problem 与 --resolves 不能同时使用", "请分两次登记")
    if options.get("problem"):
        require_unfinished(task, "problem")
        changes["problem"] = [None, text]
    if options.get("resolves"):
        if not task.problems:
            raise Refused(f"事项 {task.code} 没有未解决的问题", "只记进展请去掉 --resolves")
        changes["problem"] = [[problem.text for problem in task.problems], None]
    return journal.post("note", task, on, text, changes)


def extend(journal: Journal, options: Options) -> Task:
    """Extend the deadline (延期), with a reason and a new exact day."""
    task = _task(journal, options)
    on = _business_day(journal, options)
    reason = _required_text(options, "reason", "延期理由")
    require_unfinished(task, "extend")
    with _Naming("due"):
        deadline = _deadline(journal, _required_text(options, "due", "新时限"))
        if deadline.due_on is None:
            raise BadValue(f"新时限“{deadline.text}”没有确切日期", "延期须写明到哪一天")
        if deadline.due_on == task.due_on:
            raise Refused(f"事项 {task.code} 的时限本来就是 {task.due_on}", "请核对新时限")
    if task.due_on is not None and deadline.due_on < task.due_on:
        journal.remark(f"新时限 {deadline.due_on} 早于原来的 {task.due_on},请核对")
    changes = change(task, {"due_on": deadline.due_on, "due_text": deadline.text, "grace_days": 0})
    journal.post("extend", task, on, reason, changes)
    if task.extended_late:
        journal.remark(f"事项 {task.code} 过了时限才延期,销号时按期与否仍按 {task.binding_last_day} 计")
    return task


def close(journal: Journal, options: Options) -> Task:
    """Strike a task off (销号)."""
    return _step(journal, "close", options, _note(options, "note"))


def reopen(journal: Journal, options: Options) -> Task:
    """Restore a task that was struck off or cancelled (恢复、回头看)."""
    return _step(journal, "reopen", options, _required_text(options, "reason", "恢复理由"))


def cancel(journal: Journal, options: Options) -> Task:
    """Drop a task (撤销), with a reason."""
    return _step(journal, "cancel", options, _required_text(options, "reason", "撤销理由"))


def _step(journal: Journal, action: str, options: Options, said: str | None) -> Task:
    task = _task(journal, options)
    on = _business_day(journal, options)
    return journal.post(action, task, on, said, {"status": [task.status, status_after(task, action)]})


def _fields(journal: Journal, options: Options) -> dict[str, Any]:
    """The fields that the options set, by column name, read and checked."""
    fields: dict[str, Any] = {}
    for name, read in _READERS.items():
        if name in options:
            with _Naming(name):
                fields |= read(journal, options[name])
    return fields


class _Naming:  # a third of the cost of a @contextmanager: each value of a long batch passes through one
    """An error raised inside tells the option that it is about: a batch or an import names it as the column."""

    def __init__(self, option: str) -> None:
        self.option = option

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, LedgerError):
            error.option = error.option or self.option


def _read_text(name: str, limit: int) -> Callable[[Journal, str], dict[str, Any]]:
    def read(journal: Journal, text: str) -> dict[str, Any]:
        if not text and name not in _REQUIRED:
            return {name: None}
        return {name: clean(text, LABELS[name], limit=limit, multiline=name in _MULTILINE)}

    return read


def _read_with(journal: Journal, units: Sequence[str]) -> dict[str, Any]:
    cleaned = (clean(unit, LABELS["with"], limit=LIMITS["unit"]) for unit in units if unit)
    return {"with": tuple(dict.fromkeys(cleaned))}


def _read_code(journal: Journal, text: str) -> dict[str, Any]:
    code = clean(fold_width(text), LABELS["code"], limit=60)
    if code.startswith("-") or " " in code:
        raise BadValue(f"编号{quote(code)}不合用", "编号不能以 - 开头,中间不能有空格")
    return {"code": code}


def _read_due(journal: Journal, text: str) -> dict[str, Any]:
    if not text:
        return {"due_on": None, "original_due_on": None, "due_text": None, "grace_days": 0}
    deadline = _deadline(journal, text)
    fields = {"due_on": deadline.due_on, "original_due_on": deadline.due_on, "due_text": deadline.text}
    start = {} if deadline.start_on is None else {"start_on": deadline.start_on}
    return {**fields, "grace_days": deadline.grace_days, **start}


def _read_start(journal: Journal, text: str) -> dict[str, Any]:
    return {"start_on": _parse_day(text, journal.today, journal.rules.year) if text else None}


def _read_on(journal: Journal, text: str) -> dict[str, Any]:
    return {"assigned_on": past_day(journal, text)}


_READERS: Mapping[str, Callable[[Journal, Any], dict[str, Any]]] = {
    **{name: _read_text(name, limit) for name, limit in LIMITS.items()},
    "with": _read_with,
    "key": lambda journal, key: {"key": key},
    "code": _read_code,
    "on": _read_on,
    "due": _read_due,
    "due_text": _read_text("due_text", 100),
    "start": _read_start,
}
"""Option → what reads it, in the order in which they are read; a later one overrules."""


def _deadline(journal: Journal, text: str) -> Deadline:
    deadline = _parse_deadline(text, journal.today, journal.rules.year)
    for note in deadline.notes:
        journal.remark(note)
    return deadline


def past_day(journal: Journal, text: str) -> date:
    """A day on which something happened: without a year it is the ledger's, or this one."""
    return _parse_day(text, journal.today, journal.rules.year or journal.today.year)


def _note(options: Options, name: str) -> str | None:
    text = options.get(name)
    with _Naming(name):
        return clean(text, LABELS["note"], limit=NOTE_LIMIT, multiline=True) if text else None


def _required_text(options: Options, name: str, label: str) -> str:
    text = options.get(name)
    if not text:
        raise _missing(name, label)
    with _Naming(name):
        return clean(text, label, limit=NOTE_LIMIT, multiline=True)


def _missing(name: str, label: str) -> BadValue:
    error = BadValue(f"缺少{label}", f"请写明{label}")
    error.option = name
    return error


def _percent(value: int) -> int:
    if not 0 <= value <= 100:
        raise BadValue(f"完成进度 {clip(str(value), 30)} 不在 0 到 100 之间", "请写百分数,如 60")
    return value


def _task(journal: Journal, options: Options) -> Task:
    with _Naming("task"):
        return journal.task(options["task"])


def _business_day(journal: Journal, options: Options) -> date:
    """The day on which it happened: today unless given, never after today."""
    if not options.get("on"):
        return journal.today
    with _Naming("on"):
        on = past_day(journal, options["on"])
        if on > journal.today:
            raise Refused(f"日期 {on} 晚于今天({journal.today})", "只能记已经发生的事,请核对日期")
    return on
