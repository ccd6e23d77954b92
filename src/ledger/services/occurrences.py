"""The occurrences of recurring duties: ordinary tasks, opened ahead by every writing command.

Opening is idempotent: which occurrences there are follows from the definition and the latest day on which anything was
written, whatever commands were given in between. A change holds for the periods that have not begun; what has begun is
left alone, save that an end moves the deadline of the period in which it falls. What a clerk corrected in an occurrence
to come stays, unless the change is of the very same field.

A chained series has its next period opened by the command that closes the last one, whatever command that is, and as a
part of it: taking that back takes the period back too.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger.base.errors import Refused
from ledger.base.text import visible
from ledger.dates.day import short_day
from ledger.model.occurrences import (
    Next,
    SeriesPeriod,
    cut,
    held_by,
    horizon,
    next_of,
    occurrences,
    reading_of,
    span_of,
)
from ledger.model.quota import quota_text
from ledger.model.replay import change
from ledger.model.rules import Rules
from ledger.model.series import Series
from ledger.model.task import CLOSED, UNFINISHED, Task
from ledger.store import rows, schedule
from ledger.store.journal import Journal

_TOLD = 5
"""Periods passed over that are named."""

_UNSET: Mapping[str, Any] = {"with": (), "tags": (), "key": False, "grace_days": 0}
"""What a field holds that was not set, where it is not None."""


def open_due(journal: Journal) -> None:
    """Open what follows on what was closed, and what the horizon has come to reach: each writing command does so last.

    The latter is a command of its own: what the clerk did is taken back without it, for the periods would be opened
    again.
    """
    journal.flush()
    for series in schedule.idle(journal.writer):
        open_next(journal, series, schedule.opened(journal.writer, series.id))
    due = list(schedule.reached(journal.writer, horizon(journal.today)))
    if due:
        journal.begin_command()
    for series, next_on in due:
        open_periods(journal, series, next_on)


def open_periods(journal: Journal, series: Series, since: date) -> list[Task]:
    """Open the periods that begin from `since` up to the horizon, and remember where to go on."""
    fields = _fields(series, journal.rules)
    opened: list[Task] = []
    following = None
    for found in occurrences(series, journal.rules):
        if found.start_on > horizon(journal.today):
            following = found.start_on
            break
        if found.start_on >= since:
            opened.append(_register(journal, series, fields, found))
    rows.open_from(journal.writer, series.id, following)
    return opened


def open_next(journal: Journal, series: Series, tasks: Sequence[Task]) -> Task | None:
    """Open the period of a chained series that follows on these tasks of it, if one does."""
    coming = next_of(series, journal.rules, tasks)
    if coming is None:
        return None
    task = _register(journal, series, _fields(series, journal.rules), coming.period, coming.given_on)
    _tell_of_the_next(journal, series, task, coming, is_first=not tasks)
    _tell_of_a_second_closing(journal, tasks)
    return task


def _tell_of_a_second_closing(journal: Journal, tasks: Sequence[Task]) -> None:
    """A command given once too often closes the period that the one before it opened: said, since it may be meant."""
    if not tasks or tasks[-1].status != CLOSED or tasks[-1].assigned_on != tasks[-1].stepped_on:
        return
    *earlier, last = tasks
    if any(task.status == CLOSED and task.stepped_on == last.assigned_on for task in earlier):
        said = f"{visible(last.code)} 在上一期销号的当天才开出,当天又销号"
        journal.remark(f"{said};如是重复销号,用 ledger undo 撤回")


def _tell_of_the_next(journal: Journal, series: Series, task: Task, coming: Next, *, is_first: bool) -> None:
    """The first is told of as the series is (`series.begin`)."""
    due, given = (short_day(day, journal.today) for day in (coming.period.due_on, coming.given_on))
    ahead = f"{given}交办," if coming.given_on > journal.today else ""
    over = f",已过{(journal.today - coming.period.due_on).days}天" if coming.period.due_on < journal.today else ""
    if not is_first:
        journal.remark(f"循环任务{series.id}的下一期 {visible(task.code)} 已开出,{ahead}时限 {due}{over}")
    if coming.passed:
        days = "、".join(short_day(one.due_on, journal.today) for one in coming.passed[:_TOLD])
        more = "等" if len(coming.passed) > _TOLD else ""
        journal.remark(f"循环任务{series.id}有{len(coming.passed)}期在此以前已过,不再补开:{days}{more}")


def tell_of_another(journal: Journal, task: Task) -> None:
    """A period that is taken up again (恢复) may find the next one of its chained series open: said, both stay."""
    if task.series is None or not schedule.find(journal.writer, task.series).chained:
        return
    journal.flush()
    others = [one for one in schedule.opened(journal.writer, task.series) if one.status in UNFINISHED]
    codes = [visible(one.code) for one in others if one.id != task.id]
    if codes:
        journal.remark(f"循环任务{task.series}已开出的 {'、'.join(codes)} 仍在办,都销号后才开下一期")


def _fields(series: Series, rules: Rules) -> dict[str, Any]:
    """What all occurrences have in common."""
    deadline = reading_of(series, rules)
    common: dict[str, Any] = {"due_text": series.due_text, "grace_days": deadline.grace_days, "series": series.id}
    if deadline.quota is not None:
        common["quota"] = quota_text(deadline.quota)
    return {**series.fields, **common}


def _register(
    journal: Journal,
    series: Series,
    fields: Mapping[str, Any],
    found: SeriesPeriod,
    given_on: date | None = None,
) -> Task:
    """Given out on the first day of its period unless `given_on` says otherwise. A rest day may have moved the deadline
    before the period: the task is then given out with it.

    Its code is borne by that of the series; one begun by 0.1.0 without any has its first period's for it."""
    borne_by = series.code or schedule.first_code(journal.writer, series.id)
    code = journal.codes.next_under(borne_by) if borne_by else journal.codes.next(found.start_on.year)
    given_on = given_on or min(found.start_on, found.due_on)
    days = {"assigned_on": given_on, "due_on": found.due_on, "occurrence_on": found.start_on}
    plain = {name: value for name, value in fields.items() if name != "note"}
    return journal.add({**plain, **days, "original_due_on": found.due_on, "code": code}, fields.get("note"))


def tell_of_a_cut(journal: Journal, series: Series) -> None:
    """An end in the midst of a period cuts it: said, since the clerk may not expect it."""
    if (last := cut(series, journal.rules)) is not None:
        journal.remark(f"循环任务{series.id}到 {last} 止,最后一期的时限随之提前到这一天")


def align(journal: Journal, was: Series, then: Rules, now: Series, since: date | None = None) -> int:
    """Bring the tasks of a series from what it `was` under the rules of `then` to what it is now.

    Periods that begin by `since` (None: today) are not opened any more, save the next of a chained series. Gives back
    how many tasks were touched.
    """
    journal.flush()
    tasks = {task.occurrence_on: task for task in schedule.opened(journal.writer, was.id)}
    reach = max((horizon(journal.today), *(day for day in tasks if day is not None)))
    begun = [task for task in tasks.values() if not is_ahead(task, journal.today)]
    before, after = held_by(was, then, begun, reach), held_by(now, journal.rules, begun, reach)
    common = _fields(now, journal.rules)
    changed = _changed(_fields(was, then), common)
    ends = span_of(was, then)[1] != span_of(now, journal.rules)[1]
    touched = 0
    for start_on, found in after.items():
        task, old = tasks.get(start_on), before.get(start_on)
        if task is not None and is_ahead(task, journal.today):
            touched += _correct(journal, task, changed | _moved(old, found))
        elif task is not None:
            if ends and "due_text" not in changed and old is not None and _may_be_cut(journal, task, old, found):
                touched += _correct(journal, task, _moved(old, found))
        elif now.chained:
            touched += open_next(journal, now, begun) is not None
        elif start_on > (since or journal.today):
            _register(journal, now, common, found)
            touched += 1
    gone = [task for day, task in tasks.items() if day not in after and is_ahead(task, journal.today)]
    _withdraw(journal, gone)
    following = next((found.start_on for found in occurrences(now, journal.rules) if found.start_on > reach), None)
    rows.open_from(journal.writer, now.id, schedule.CHAINED if now.chained else following)
    if ends:
        tell_of_a_cut(journal, now)
    return touched + len(gone)


def is_ahead(task: Task, today: date) -> bool:
    """Whether neither its period has begun nor a clerk has given it out ahead of that."""
    return task.assigned_on > today and task.occurrence_on is not None and task.occurrence_on > today


def _changed(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    names = (was.keys() | now.keys()) - {"note", "series"}
    wanted = {name: (was.get(name, _UNSET.get(name)), now.get(name, _UNSET.get(name))) for name in sorted(names)}
    return {name: after for name, (before, after) in wanted.items() if before != after}


def _moved(old: SeriesPeriod | None, new: SeriesPeriod) -> dict[str, Any]:
    """The deadline of a period, when it is another now."""
    same = old is not None and old.due_on == new.due_on
    return {} if same else {"due_on": new.due_on, "original_due_on": new.due_on}


def _may_be_cut(journal: Journal, task: Task, old: SeriesPeriod, new: SeriesPeriod) -> bool:
    """Whether the end of its series may move the deadline of a task whose period has begun."""
    is_kept = task.due_on == old.due_on and task.status in UNFINISHED
    return is_kept and new.due_on >= journal.today


def _correct(journal: Journal, task: Task, fields: Mapping[str, Any]) -> bool:
    changes = change(task, dict(fields))
    if changes:
        journal.post("edit", journal.task(task.id), journal.today, None, changes)
    return bool(changes)


def _withdraw(journal: Journal, tasks: Sequence[Task]) -> None:
    """Void the registration of occurrences that will not come, with whatever was corrected of them."""
    numbers = [task.id for task in tasks]
    for _, entries in list(journal.entries_in_force(numbers)):
        for entry in reversed(entries):
            journal.void(entry, "循环任务已变更")
    journal.flush()
    journal.restate({number: [] for number in numbers})


def dissolve(journal: Journal, series: Series) -> None:
    """Withdraw what is left of a series whose founding is taken back. Raises `Refused` when a task was worked on."""
    journal.flush()
    tasks = schedule.opened(journal.writer, series.id)
    for _, entries in journal.entries_in_force([task.id for task in tasks]):
        if len(entries) > 1:
            code = entries[0].changes["code"][1]
            raise Refused(f"循环任务{series.id}的事项 {code} 后来还有记录,不能冲销", "可改用 ledger series end 结束它")
    _withdraw(journal, tasks)
