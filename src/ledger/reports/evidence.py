"""The files of evidence (佐证) of a task."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger.model.evidence import size_words
from ledger.model.rules import Rules
from ledger.model.task import Task
from ledger.reports.present import counted, moment_of
from ledger.reports.report import Column, Report, Section
from ledger.store.evidence import File

_COLUMNS = (
    Column("件号", "number", "number"),
    Column("文件名", "text", "name"),
    Column("大小", "code", "size"),
    Column("日期", "date", "on"),
    Column("经办人", "name", "actor"),
    Column("说明", "name", "note"),
    Column("记录", "number", "seq"),
    Column("SHA-256", "code", "sha256"),
)
_ROOM = 12
"""Digits of the hash that a list shows; JSON has all."""


def evidence_report(task: Task, found: Sequence[File], today: date, rules: Rules, as_of: str | None) -> Report:
    """The files of a task that were not taken back."""
    rows = [
        (one.number, one.name, size_words(one.blob.size), one.on, one.actor, one.note, one.seq, one.blob.sha256[:_ROOM])
        for one in found
    ]
    title = f"佐证  {task.code} {task.title}"
    section = Section("", _COLUMNS, [*rows])
    return Report(title, rules.name, moment_of(today, as_of), today, "", counted(len(rows), "件"), [section])


def file_object(one: File) -> dict[str, Any]:
    """A file for programs; `number` is what `evidence get` takes."""
    return {
        "number": one.number,
        "seq": one.seq,
        "name": one.name,
        "type": one.type,
        "size": one.blob.size,
        "sha256": one.blob.sha256,
        "on": one.on,
        "actor": one.actor,
        "note": one.note,
    }
