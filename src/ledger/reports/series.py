"""Recurring duties laid out for people and for programs."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from ledger.model.fields import OWN, label_of
from ledger.model.occurrences import occurrences, reading_of, recurrence_of, span_of
from ledger.model.rules import Rules
from ledger.model.series import Series
from ledger.model.task import UNFINISHED
from ledger.reports.columns import column
from ledger.reports.present import counted, moment_of
from ledger.reports.report import Column, Report, Section
from ledger.store import schedule
from ledger.store.reader import Reader

Opened = Mapping[int, tuple[int, date | None]]


def series_object(series: Series, rules: Rules, today: date, opened: Opened, *, warned: bool = True) -> dict[str, Any]:
    """A series for programs: its fields, its recurrence in words and as RRULE, its span, what has been opened.

    Its `warnings`, when `warned`, say where the RRULE differs from its periods.
    """
    from ledger.dates.rrule import rrule_note, rrule_of

    reading = reading_of(series, rules)
    assert reading.recurrence is not None
    first, last = span_of(series, rules)
    count, latest = opened.get(series.id, (0, None))
    status = "paused" if series.paused_from is not None else "ended" if last is not None and last < today else "active"
    own = {label_of(name): text for name, text in series.fields.items() if name.startswith(OWN)}
    found = {
        "id": series.id,
        **{name: value for name, value in series.fields.items() if not name.startswith(OWN)},
        **({"own": own} if own else {}),
        "due_text": series.due_text,
        "words": reading.recurrence.words,
        "recurrence": rrule_of(reading.recurrence),
        "chained": series.chained,
        "quota": reading.quota.least if reading.quota else None,
        "start_on": first,
        "end_on": last,
        "status": status,
        "opened": count,
        "opened_until": latest,
    }
    if warned:
        note = rrule_note(reading.recurrence, series.anchor, rules.workdays, rules.rest_day)
        found["warnings"] = [note] if note else []
    return found


def series_objects(reader: Reader, rules: Rules, today: date, *, warned: bool = True) -> list[dict[str, Any]]:
    opened = schedule.opened_counts(reader)
    return [series_object(series, rules, today, opened, warned=warned) for series in schedule.all_series(reader)]


_STATUS_WORDS = {"active": "进行", "paused": "暂停", "ended": "已结束"}


def series_report(found: Sequence[Mapping[str, Any]], today: date, rules: Rules) -> Report:
    columns = (
        Column("序号", "number"),
        column("title"),
        column("unit", "name"),
        Column("周期", "name"),
        Column("开始", "date"),
        Column("结束", "date"),
        Column("状态", "name"),
        Column("已开出", "number"),
    )
    rows = [
        (
            one["id"], one["title"], one["unit"], f"{one['due_text']}{in_turn(one)}", one["start_on"], one["end_on"],
            _STATUS_WORDS[one["status"]], one["opened"],
        )
        for one in found
    ]  # fmt: skip
    section = Section("", columns, [*rows])
    return Report("循环任务", rules.name, moment_of(today, None), today, "", counted(len(rows), "项"), [section])


def in_turn(one: Mapping[str, Any]) -> str:
    """What the words of a chained recurrence do not say themselves, to be put behind them."""
    return ",上一期销号后才开" if one["chained"] and one["recurrence"] is not None else ""


def upcoming(reader: Reader, series: Series, rules: Rules, today: date, count: int) -> list[dict[str, Any]]:
    """The next periods; those opened with the code of their task, and the deadline that it has. Where no calendar has
    them, those in hand."""
    opened = schedule.opened(reader, series.id)
    if recurrence_of(series, rules).follows:
        numbered = enumerate(opened, 1)
        return [
            {"number": number, "start_on": task.assigned_on, "due_on": task.due_on, "code": task.code}
            for number, task in numbered
            if task.status in UNFINISHED
        ]
    tasks = {task.occurrence_on: task for task in opened}
    coming = islice((found for found in occurrences(series, rules) if found.due_on >= today), count)
    found: list[dict[str, Any]] = []
    for number, start_on, due_on in coming:
        task = tasks.get(start_on)
        stands = {"due_on": task.due_on, "code": task.code} if task else {"due_on": due_on, "code": None}
        found.append({"number": number, "start_on": start_on, **stands})
    return found


def preview_report(series: Series, found: Sequence[Mapping[str, Any]], today: date, rules: Rules) -> Report:
    columns = (Column("期次", "number"), Column("开始", "date"), Column("时限", "date"), column("code", "code"))
    rows = [(one["number"], one["start_on"], one["due_on"], one["code"] or "未开出") for one in found]
    title = f"循环任务{series.id} {series.fields['title']}({series.due_text})"
    return Report(title, rules.name, moment_of(today, None), today, sections=[Section("", columns, [*rows])])
