"""What was recorded: the journal as a list, and one task with all that happened to it."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from ledger.dates.day import long_day
from ledger.model.actions import ACTION_WORDS
from ledger.model.fields import BY_NAME, LABELS
from ledger.model.rules import Rules
from ledger.model.task import COLUMNS, STATUS_WORDS, Task, progress_of
from ledger.reports.columns import column, state_of
from ledger.reports.entry_words import extension_words, said_of, words_of
from ledger.reports.present import counted, moment_of, tasks_now
from ledger.reports.report import Column, Report, Row, Section
from ledger.store.queries import LoggedEntry

_COLUMNS = (
    Column("记录", "number"),
    column("code", "code"),
    Column("操作", "code"),
    Column("日期", "date"),
    Column("内容"),
    Column("经办人", "name"),
    Column("记录时刻", "code"),
)
_SHOWN = (
    *(name for name in COLUMNS if BY_NAME[name].handed and name != "key"),
    *("reported_on", "assigned_on", "start_on", "due_text", "due_on", "original_due_on", "extensions"),
    *("submitted_on", "closed_on", "progress", "quota", "evidence", "origin", "note"),
)


def entry_object(logged: LoggedEntry) -> dict[str, Any]:
    """The contract's journal entry, with `command`: the seq of the first entry of its command."""
    entry = logged.entry
    return {
        "seq": entry.seq,
        "task": entry.task,
        "code": logged.code,
        "action": entry.action,
        "on": entry.on,
        "recorded_at": entry.recorded_at,
        "actor": entry.actor,
        "account": entry.account,
        "note": entry.note,
        "changes": entry.changes,
        "voids": entry.voids,
        "voided_by": logged.voided_by,
        "command": entry.command,
        "hash": entry.hash,
    }


def log_report(
    entries: Sequence[LoggedEntry],
    today: date,
    rules: Rules,
    as_of: str | None,
    zone: tzinfo,
    task: Task | None = None,
) -> Report:
    """The journal, or what was recorded of one task, oldest entry first; moments in the ledger's time zone."""
    section = Section("", _COLUMNS, [_row(logged, zone) for logged in entries])
    title = "记录" if task is None else f"记录  {task.code} {task.title}"
    summary = counted(len(entries), "条")
    return Report(title, rules.name, moment_of(today, as_of), today, summary=summary, sections=[section])


def task_report(
    task: Task,
    entries: Sequence[LoggedEntry],
    today: date,
    rules: Rules,
    as_of: str | None,
    zone: tzinfo,
    parts: Sequence[Task] = (),
) -> Report:
    """One task whole: its fields that are set, its open problems, its parts, its entries."""
    state = state_of(task, today, rules)
    standing = " ".join(
        dict.fromkeys((STATUS_WORDS[task.status], *state.parts))
    )  # a status that stands in the detail too is said once
    fields: list[Row] = [(LABELS["id"], str(task.id)), (LABELS["status"], standing)]
    fields += [(LABELS["part_of"], task.whole)] if task.whole else []
    for name in _SHOWN:
        value = getattr(task, BY_NAME[name].attribute)
        if name == "progress" and (value is not None or task.parts is not None):
            value = progress_of(task)  # told once, or by its parts, done is done
        if value not in (None, (), 0):
            fields.append((LABELS[name], words_of(name, value)))
    fields += [(name, task.own[name]) for name in rules.columns if name in task.own]
    fields += [("突出问题", f"{problem.text}({long_day(problem.since)}提出)") for problem in task.open_problems]
    history: list[Row] = [(row[0], *row[2:]) for row in (_row(logged, zone, course=True) for logged in entries)]
    extended = [at for at, logged in enumerate(entries) if logged.entry.action == "extend" and not logged.voided_by]
    for nth, at in enumerate(extended, start=1):
        said = ";".join((*extension_words(entries[at].entry, nth), str(history[at][3])))
        history[at] = (*history[at][:3], said, *history[at][4:])
    sections = [
        Section("", (Column("项目", "name"), Column("内容")), fields),
        *([tasks_now("分解", parts, today, rules, count=len(parts))] if parts else []),
        Section("经过", (_COLUMNS[0], *_COLUMNS[2:]), history, count=len(history)),
    ]
    title = f"{task.code} {'★ ' if task.key else ''}{task.title}"
    return Report(title, rules.name, moment_of(today, as_of), today, sections=sections)


def _row(logged: LoggedEntry, zone: tzinfo, *, course: bool = False) -> Row:
    entry = logged.entry
    moment = f"{datetime.fromisoformat(entry.recorded_at).astimezone(zone):%Y-%m-%d %H:%M}"
    action = ACTION_WORDS.get(entry.action, entry.action)
    return (entry.seq, logged.code, action, entry.on, ";".join(said_of(logged, course=course)), entry.actor, moment)
