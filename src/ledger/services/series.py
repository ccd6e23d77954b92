"""Recurring duties (循环任务): their occurrences are ordinary tasks, opened ahead by every writing command.

Opening is idempotent: which occurrences there are follows from the definition and the latest day on which anything was
written, whatever commands were given in between. A change holds for the periods that have not begun; what has begun is
left alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.base.text import clean, quote
from ledger.dates.deadline import Deadline
from ledger.model.occurrences import HORIZON, Occurrence, cut, occurrences, reading_of, span_of
from ledger.model.quota import quota_text
from ledger.model.replay import change
from ledger.model.series import Series
from ledger.model.task import UNFINISHED, Task
from ledger.services.fields import fields_of
from ledger.store import rows, schedule
from ledger.store.journal import Journal

_INHERITED = ("title", "unit", "with", "owner", "leader", "activity", "stage", "source", "measure", "key")
"""The fields that every occurrence takes from its series."""


def begin(journal: Journal, fields: dict[str, Any], deadline: Deadline, until: date | None) -> Task:
    """Found a series from the fields of a registration: the occurrence that is due next of those opened.

    Raises `BadValue` when it has none up to the horizon.
    """
    plain = {name: value for name, value in fields.items() if name in _INHERITED and value not in (None, (), False)}
    number = schedule.last_number(journal.reader) + 1
    series = Series(
        number, plain, deadline.text, fields["assigned_on"], journal.rules.year, fields.get("start_on"), until,
        fields.get("code"),
    )  # fmt: skip
    first, last = span_of(series, journal.rules)
    if last is not None and last < first:
        raise BadValue(f"循环任务的起止日期 {first} 至 {last} 颠倒了", "请核对 --start、--until 和阶段的起止")
    journal.configure({series.name: [None, series.definition()]}, action="series")
    opened = _open(journal, series, date.min)
    if not opened:
        raise BadValue(f"循环任务从 {first} 到 {last or '不限'} 没有一期可开", "请核对 --start、--until 和阶段的起止")
    journal.remark(f"循环任务{number}({deadline.text})已开出 {len(opened)} 期,到 {opened[-1].due_on}")
    return next((task for task in opened if task.due_on is not None and task.due_on >= journal.today), opened[-1])


def open_due(journal: Journal) -> None:
    """Open what the horizon has come to reach; every writing command does this last."""
    journal.flush()
    for series, next_on in schedule.reached(journal.reader, journal.today + HORIZON):
        _open(journal, series, next_on)


def _open(journal: Journal, series: Series, since: date) -> list[Task]:
    """Open the periods that begin from `since` up to the horizon, and remember where to go on."""
    horizon = max(journal.today + HORIZON, since)
    journal.flush()
    there = schedule.occurrence_days(journal.reader, series.id)
    fields = _fields(series, journal)
    coming = (found for found in occurrences(series, journal.rules, journal.today) if found.start_on >= since)
    opened: list[Task] = []
    following = None
    for found in coming:
        if found.start_on > horizon:
            following = found.start_on
            break
        if found.start_on not in there:
            opened.append(_register(journal, series, fields, found))
    rows.open_from(journal.session.connection(), series.id, following)
    _tell_of_a_cut(journal, series)
    return opened


def _fields(series: Series, journal: Journal) -> dict[str, Any]:
    """What all occurrences have in common."""
    deadline = reading_of(series, journal.rules)
    common: dict[str, Any] = {"due_text": series.due_text, "grace_days": deadline.grace_days, "series": series.id}
    if deadline.quota is not None:
        common["quota"] = quota_text(deadline.quota)
    return {**series.fields, **common}


def _register(journal: Journal, series: Series, fields: dict[str, Any], found: Occurrence) -> Task:
    days = {"assigned_on": found.start_on, "due_on": found.due_on, "occurrence_on": found.start_on}
    code = f"{series.code}-{found.number:02d}" if series.code else None
    if code is None or not journal.code_free(code):
        code = journal.next_code(found.start_on.year)
    return journal.add({**fields, **days, "original_due_on": found.due_on, "code": code}, None)


def _tell_of_a_cut(journal: Journal, series: Series) -> None:
    """An end in the midst of a period cuts it: said, since the clerk may not expect it."""
    if (last := cut(series, journal.rules)) is not None:
        journal.remark(f"循环任务{series.id}到 {last} 止,最后一期的时限随之提前到这一天")


# --- changing ------------------------------------------------------------------------------------------------------


def find(journal: Journal, number: int) -> Series:
    """The series of this number. Raises `NotFound`."""
    return schedule.find(journal.reader, number)


def revise(journal: Journal, series: Series, new: Series) -> int:
    """Give a series a new definition, for the periods that have not begun: how many occurrences it touched."""
    if new == series:
        journal.remark(f"循环任务{series.id}没有变化")
        return 0
    journal.configure({series.name: [series.definition(), new.definition()]}, action="series")
    return realign(journal, new)


def realign(journal: Journal, series: Series) -> int:
    """Bring the occurrences that have not begun to what the definition and its stage now say."""
    journal.flush()
    ahead = {task.occurrence_on: task for task in schedule.ahead(journal.reader, series.id, journal.today)}
    fields = _fields(series, journal)
    touched = 0
    horizon = journal.today + HORIZON
    for found in takewhile(lambda found: found.start_on <= horizon, occurrences(series, journal.rules, journal.today)):
        if found.start_on <= journal.today:
            continue
        task = ahead.pop(found.start_on, None)
        if task is None:
            _register(journal, series, fields, found)
            touched += 1
            continue
        wanted = {**fields, "due_on": found.due_on, "original_due_on": found.due_on}
        wanted = dict.fromkeys(_INHERITED) | {"with": (), "key": False} | wanted
        changes = change(journal.task(task.id), wanted)
        if changes:
            journal.post("edit", journal.task(task.id), journal.today, None, changes)
            touched += 1
    _withdraw(journal, [task.id for task in ahead.values()])
    rows.open_from(journal.session.connection(), series.id, horizon + timedelta(days=1))
    return touched + len(ahead)


def _withdraw(journal: Journal, numbers: Sequence[int]) -> None:
    """Void the registration of occurrences that will not come, with whatever was recorded of them."""
    for _, entries in list(journal.entries_in_force(list(numbers))):
        for entry in reversed(entries):
            journal.void(entry, "循环任务已变更")
    journal.flush()
    journal.restate({number: [] for number in numbers})


def edit(journal: Journal, series: Series, options: Mapping[str, Any]) -> int:
    """Change what a series registers, or its recurrence (`due`). Raises `BadValue`."""
    if not options:
        raise BadValue("没有写明改什么", "请用 --title、--owner、--due 等写明要改动的各项")
    fields = fields_of(journal, {name: value for name, value in options.items() if name != "due"}, journal.today)
    kept = {name: value for name, value in (series.fields | fields).items() if value not in (None, (), False)}
    new = series._replace(fields=kept)
    if "due" in options:
        new = new._replace(due_text=clean(options["due"], "周期", limit=100), anchor=journal.today)
        new = new._replace(start_on=series.start_on or span_of(series, journal.rules)[0])
        if reading_of(new, journal.rules).recurrence is None:
            raise BadValue(f"周期{quote(options['due'])}不是循环的时限", "可写 每周五、每月25日前、每季度")
    return revise(journal, series, new)


def pause(journal: Journal, series: Series) -> int:
    """Open no more periods from tomorrow on. Raises `Refused` when it stands still already."""
    if series.is_paused:
        raise Refused(f"循环任务{series.id}已经暂停", "恢复请用 ledger series pause --resume")
    return revise(journal, series, series._replace(gaps=(*series.gaps, (_tomorrow(journal), None))))


def resume(journal: Journal, series: Series) -> int:
    """Open periods again that begin after today. Raises `Refused` when it does not stand still."""
    if not series.is_paused:
        raise Refused(f"循环任务{series.id}没有暂停", "不必恢复")
    gaps = tuple((since, journal.today if until is None else until) for since, until in series.gaps)
    return revise(journal, series, series._replace(gaps=tuple(gap for gap in gaps if gap[1] and gap[0] <= gap[1])))


def end(journal: Journal, series: Series, last: date) -> int:
    """Let a series end on a day, today or later; the period that it falls in is cut."""
    if last < journal.today:
        raise Refused(f"结束日期 {last} 早于今天({journal.today})", "已经开始的各期照旧,请写今天或以后的日期")
    return revise(journal, series, series._replace(end_on=last))


def skip(journal: Journal, series: Series, day: date) -> int:
    """Leave out the period that holds a day: withdrawn when it has not begun, else cancelled."""
    held = [found for found in occurrences(series, journal.rules, journal.today) if found.start_on <= day]
    if not held or day > held[-1].due_on:
        raise NotFound(f"循环任务{series.id}在 {day} 没有一期", "用 ledger series preview 查看各期")
    start_on = held[-1].start_on
    if start_on <= journal.today:
        for task in schedule.at(journal.reader, series.id, start_on):
            if task.status in UNFINISHED:
                changes = {"status": [task.status, "cancelled"]}
                journal.post("cancel", journal.task(task.id), journal.today, "本期不办", changes)
    return revise(journal, series, series._replace(gaps=(*series.gaps, (start_on, start_on))))


def _tomorrow(journal: Journal) -> date:
    return journal.today + timedelta(days=1)
