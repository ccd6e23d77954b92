"""What a deadline as it is written means: for people to look over, for programs to take."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from ledger.dates.day import long_day, weekday
from ledger.dates.deadline import Deadline, parse_deadline
from ledger.dates.rrule import rrule_note, rrule_of
from ledger.model.rules import Rules
from ledger.model.task import last_day_of
from ledger.reports.present import moment_of
from ledger.reports.report import Column, Report, Row, Section

COMING = 5
"""How many occurrences of a recurring duty are shown."""

_KINDS = {"date": "一个日期", "range": "一段时间", "recurring": "周期性工作", "open": "没有确切时限,不计逾期"}
_ITEM = (Column("项目", "name"), Column("内容"))
_OCCURRENCE = (Column("期次", "number"), Column("起", "date"), Column("止", "date"))


class Meaning(NamedTuple):
    """An expression read: `around` are the working days before and after a deadline that is a rest day, `occurrences`
    the next of a recurring one, as (first day of the period, deadline)."""

    deadline: Deadline
    around: tuple[date, date] | None
    occurrences: list[tuple[date | None, date]]


def meaning_of(text: str, today: date, year: int | None, assigned_on: date | None, rules: Rules) -> Meaning:
    """What `text` means by the ledger's rules; errors as of `parse_deadline`."""
    deadline = parse_deadline(
        text, today, year, assigned_on=assigned_on, workdays=rules.workdays, rest_day=rules.rest_day
    )
    deadline = deadline._replace(notes=(*deadline.notes, *_rrule_notes(deadline, today, rules)))
    due = deadline.due_on
    at_rest = due is not None and not rules.workdays.is_workday(due)[0]
    around = rules.workdays.neighbours(due) if due is not None and at_rest else None
    return Meaning(deadline, around, list(islice(_coming(deadline, rules), COMING)))


def _rrule_notes(deadline: Deadline, today: date, rules: Rules) -> list[str]:
    """What to tell of the RRULE that is printed of it."""
    if deadline.recurrence and (note := rrule_note(deadline.recurrence, today, rules.workdays, rules.rest_day)):
        return [note]
    return []


def _coming(deadline: Deadline, rules: Rules) -> Iterator[tuple[date | None, date]]:
    if deadline.recurrence is None or deadline.start_on is None or deadline.due_on is None:
        return
    if deadline.recurrence.follows:
        return
    for found in deadline.recurrence.occurrences(deadline.start_on, date.max, rules.workdays, rules.rest_day):
        if found.due_on >= deadline.due_on:
            yield found


def meaning_object(meaning: Meaning) -> dict[str, Any]:
    """The contract's object, with the next `occurrences`."""
    deadline, around = meaning.deadline, meaning.around
    return {
        "expression": deadline.text,
        "kind": deadline.kind,
        "start_on": deadline.start_on,
        "due_on": deadline.due_on,
        "grace_days": deadline.grace_days,
        "recurrence": rrule_of(deadline.recurrence) if deadline.recurrence else None,
        "quota": deadline.quota.least if deadline.quota else None,
        "warnings": list(deadline.warnings),
        "workday_before": around[0] if around else None,
        "workday_after": around[1] if around else None,
        "occurrences": [{"start_on": start, "due_on": due} for start, due in meaning.occurrences],
    }


def meaning_report(meaning: Meaning, today: date, rules: Rules) -> Report:
    """The meaning laid out for people."""
    deadline = meaning.deadline
    rows: list[Row] = list(_rows(meaning))
    told = "前一工作日" if meaning.around else "\0"  # stands in rows of its own
    rows += [("提示", note) for note in deadline.notes if told not in note]
    sections = [Section("", _ITEM, rows)]
    if meaning.occurrences:
        coming: list[Row] = [
            (place, start and _day(start), _day(due)) for place, (start, due) in enumerate(meaning.occurrences, start=1)
        ]
        sections.append(Section(f"今后{len(coming)}期", _OCCURRENCE, coming))
    return Report(f"时限“{deadline.text}”", rules.name, moment_of(today, None), today, sections=sections)


def _rows(meaning: Meaning) -> Iterator[Row]:
    deadline, quota = meaning.deadline, meaning.deadline.quota
    yield "含义", _KINDS[deadline.kind]
    if deadline.recurrence is not None:
        yield "周期", deadline.recurrence.words
        if (rule := rrule_of(deadline.recurrence)) is not None:
            yield "RRULE", rule
    if quota is not None:
        yield (
            "数量",
            f"不少于{quota.least}{quota.counter}" + (f",至多{quota.most}{quota.counter}" if quota.most else ""),
        )
    if deadline.start_on is not None:
        yield "起", _day(deadline.start_on)
    if deadline.due_on is not None:
        yield "截止", _day(deadline.due_on)
    if meaning.around is not None:
        yield "前一工作日", _day(meaning.around[0])
        yield "后一工作日", _day(meaning.around[1])
    if (last := last_day_of(deadline.due_on, deadline.grace_days)) is not None and deadline.grace_days:
        yield "宽限", f"{deadline.grace_days}天,至{_day(last)}"


def _day(day: date) -> str:
    return f"{long_day(day)} {weekday(day)}"
