"""Recurring duties (循环任务): founded, changed, paused, ended; their occurrences are the room next door's.

A change gives the series a new definition, whole, as one entry of the journal, and brings the occurrences that have not
begun to it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.base.text import clean, quote
from ledger.dates.deadline import Deadline
from ledger.model.entry import Entry
from ledger.model.fields import FIELDS, OWN
from ledger.model.lifecycle import status_after
from ledger.model.occurrences import HORIZON_DAYS, MOST, holding, reading_of, span_of
from ledger.model.rules import STAGE, Rules
from ledger.model.series import Series, number_of
from ledger.model.task import STATUS_WORDS, UNFINISHED, Task
from ledger.services import deadlines
from ledger.services.fields import fields_of, with_tags
from ledger.services.occurrences import align, dissolve, is_ahead, open_next, open_periods, tell_of_a_cut
from ledger.store import schedule
from ledger.store.journal import Journal

_INHERITED = tuple(field.name for field in FIELDS if field.handed)
"""The fields that every occurrence takes from its series."""


def begin(
    journal: Journal,
    fields: dict[str, Any],
    deadline: Deadline,
    until: date | None,
    year: int | None,
    said: str | None,
    *,
    chained: bool = False,
) -> Task:
    """Found a series from the fields of a registration: the occurrence that is due next of those opened.

    `year` is that of days without one, `said` the note of every occurrence. Raises `BadValue` when it has none up to
    the horizon, or too many.
    """
    handed = (name for name in fields if name in _INHERITED or name.startswith(OWN))
    plain = {name: fields[name] for name in handed if fields[name] not in (None, (), False)}
    if said is not None:
        plain["note"] = said
    number = schedule.last_number(journal.writer) + 1
    anchor, code = fields["assigned_on"], fields.get("code")
    if code is None:
        code = journal.codes.next(anchor.year)
    journal.codes.require_free(code)
    journal.codes.take_for_series(code)
    chained = chained or _follows(deadline)
    series = Series(number, plain, deadline.text, anchor, year, fields.get("start_on"), until, code, (), chained)
    first, last = span_of(series, journal.rules)
    if last is not None and last < first:
        raise BadValue(f"循环任务的起止日期 {first} 至 {last} 颠倒了", "请核对 --start、--until 和阶段的起止")
    journal.configure({series.name: [None, series.definition()]}, action="series")
    if chained:
        opened = [task for task in (open_next(journal, series, ()),) if task is not None]
    else:
        opened = open_periods(journal, series, date.min)
    if not opened:
        what = f"循环任务从 {first} 到 {last or '不限'},今后{HORIZON_DAYS}天内没有一期可开"
        raise BadValue(what, "请核对 --start、--until 和阶段的起止")
    if len(opened) == MOST:
        raise BadValue(f"循环任务从 {first} 起已超过 {MOST} 期", "请核对 --start 和周期")
    so_far = f"{len(opened)} 期,到 {opened[-1].due_on}" if not chained else "第一期,销号后才开下一期"
    journal.remark(f"循环任务{number}({deadline.text})已开出{' ' * (not chained)}{so_far}")
    tell_of_a_cut(journal, series)
    return next((task for task in opened if task.due_on is not None and task.due_on >= journal.today), opened[-1])


def _follows(deadline: Deadline) -> bool:
    """Whether its periods have no calendar."""
    return deadline.recurrence is not None and deadline.recurrence.follows


# --- changing ------------------------------------------------------------------------------------------------------


def find(journal: Journal, number: int) -> Series:
    """The series of this number. Raises `NotFound`."""
    return schedule.find(journal.writer, number)


def revise(journal: Journal, series: Series, new: Series) -> int:
    """Give a series a new definition, for the periods that have not begun: how many occurrences it touched."""
    if new == series:
        journal.remark(f"循环任务{series.id}没有变化")
        return 0
    journal.configure({series.name: [series.definition(), new.definition()]}, action="series")
    return align(journal, series, journal.rules, new)


def edit(journal: Journal, series: Series, options: Mapping[str, Any]) -> int:
    """Change what a series registers, its recurrence (`due`), or whether it is `chained`. Raises `BadValue`."""
    if not options:
        raise BadValue("没有写明改什么", "请用 --title、--owner、--due 等写明要改动的各项")
    described = with_tags(options, series.fields.get("tags", ()))
    fields = fields_of(journal, {name: value for name, value in described.items() if name != "due"}, journal.today)
    kept = {name: value for name, value in (series.fields | fields).items() if value not in (None, (), False)}
    new = series._replace(fields=kept, chained=options.get("chained", series.chained))
    deadline = reading_of(series, journal.rules)
    if "due" in options:
        text, year = clean(options["due"], "周期", limit=100), journal.rules.year
        deadline = deadlines.deadline(journal, text, year, journal.today)
        if deadline.recurrence is None:
            raise BadValue(f"周期{quote(text)}不是循环的时限", "可写 每周五、每月25日前、每季度、上一期销号后10日内")
        if text != series.due_text:
            first = span_of(series, journal.rules)[0]
            new = new._replace(due_text=text, anchor=journal.today, year=year, start_on=series.start_on or first)
    if _follows(deadline):
        if options.get("chained") is False:
            raise BadValue(f"“{deadline.text}”本来就是上一期销号后才开下一期", "要按时开出,请用 --due 改写周期")
        new = new._replace(chained=True)
    elif new.chained and "due" in options and "chained" not in options:
        journal.remark("照旧上一期销号后才开下一期;要各期按时开出,请加 --no-chained")
    return revise(journal, series, new)


def pause(journal: Journal, series: Series) -> int:
    """Open no more periods from tomorrow on, chained ones from now on: the next would be opened by whoever closes the
    last one today. Raises `Refused` when it stands still already."""
    if series.paused_from is not None:
        raise Refused(f"循环任务{series.id}已经暂停", f"恢复请用 ledger series pause {series.id} --resume")
    if journal.today == date.max:
        raise Refused(f"循环任务{series.id}没有以后的各期可暂停", "请核对今天的日期")
    since = journal.today if series.chained else journal.today + timedelta(days=1)
    return revise(journal, series, series._replace(gaps=(*series.gaps, (since, None))))


def resume(journal: Journal, series: Series) -> int:
    """Open periods again that begin after today, chained ones at once. Raises `Refused` when it does not stand
    still."""
    if series.paused_from is None:
        raise Refused(f"循环任务{series.id}没有暂停", "不必恢复")
    last = journal.today - timedelta(days=1) if series.chained else journal.today
    gaps = tuple((since, last if until is None else until) for since, until in series.gaps)
    return revise(journal, series, series._replace(gaps=tuple(gap for gap in gaps if gap[0] <= gap[1])))


def end(journal: Journal, series: Series, last: date) -> int:
    """Let a series end on a day, today or later; the period that it falls in is cut."""
    if last < journal.today:
        raise Refused(f"结束日期 {last} 早于今天({journal.today})", "已经开始的各期照旧,请写今天或以后的日期")
    new = series._replace(end_on=last)
    over = span_of(series, journal.rules)[1]
    if series.chained and over is not None and over < journal.today:  # it goes on from today, not from its last closing
        new = new._replace(gaps=(*series.gaps, (over, journal.today - timedelta(days=1))))
    if (whole := span_of(new, journal.rules)[1]) != last:
        journal.remark(f"所属阶段到 {whole} 止,以较早的为准")
    return revise(journal, series, new)


def skip(journal: Journal, series: Series, day: date) -> int:
    """Leave out the period that holds a day: withdrawn when it has not begun, else cancelled. Of a series without a
    calendar it is the one in hand, whatever the day.

    Raises `NotFound` when there is none, `Refused` when it was left out already or is finished.
    """
    if _follows(reading_of(series, journal.rules)):
        return _skip_in_hand(journal, series)
    held = holding(series, journal.rules, day)
    if held is None:
        raise NotFound(f"循环任务{series.id}在 {day} 没有一期", "用 ledger series preview 查看各期")
    if not series.stands(held.start_on):
        raise Refused(f"循环任务{series.id}从 {held.start_on} 起的一期已经跳过或暂停", "不必再跳")
    journal.flush()
    task = schedule.latest(journal.writer, series.id, day)
    if task is not None and task.occurrence_on is not None and task.occurrence_on >= held.start_on:
        if task.status not in UNFINISHED:
            raise Refused(f"这一期的事项 {task.code} 现为“{STATUS_WORDS[task.status]}”,不能跳过", "请核对日期")
        if not is_ahead(task, journal.today):
            _drop(journal, task)
    return revise(journal, series, series._replace(gaps=(*series.gaps, (held.start_on, held.start_on))))


def _skip_in_hand(journal: Journal, series: Series) -> int:
    journal.flush()
    tasks = [task for task in schedule.opened(journal.writer, series.id) if task.status in UNFINISHED]
    if not tasks or tasks[0].assigned_on > journal.today:
        raise NotFound(f"循环任务{series.id}没有已经开始的在办事项可跳过", "用 ledger series show 查看各期")
    _drop(journal, tasks[0])
    return 1


def _drop(journal: Journal, task: Task) -> None:
    changes = {"status": [task.status, status_after(task, "cancel")]}
    journal.post("cancel", journal.task(task.id), journal.today, "本期不办", changes)


# --- what else bears on series ---------------------------------------------------------------------------------------


def rename_units(journal: Journal, names: Mapping[str, str]) -> None:
    """Give units other names in the definitions, so that what is opened later bears them too."""
    changes: dict[str, list[Any]] = {}
    for series in schedule.all_series(journal.writer):
        unit, assisting = series.fields["unit"], series.fields.get("with", ())
        renamed = {**series.fields, "unit": names.get(unit, unit)}
        others = tuple(dict.fromkeys(names.get(name, name) for name in assisting))
        renamed["with"] = tuple(name for name in others if name != renamed["unit"])
        new = series._replace(fields={name: value for name, value in renamed.items() if value != ()})
        if new != series:
            changes[series.name] = [series.definition(), new.definition()]
    if changes:
        journal.configure(changes, action="series")


def in_stage(journal: Journal, stage: str) -> list[Series]:
    """The series that a stage bounds."""
    return [series for series in schedule.all_series(journal.writer) if series.fields.get("stage") == stage]


def touched_by(journal: Journal, entries: Sequence[Entry]) -> dict[int, tuple[Series, date]]:
    """The series, as they stand, on which these entries of settings bear, and the first day of any of them."""
    found: dict[int, tuple[Series, date]] = {}
    for entry in entries:
        for name in entry.changes if entry.task is None else ():
            number = number_of(name)
            named = [] if number is None else [schedule.find(journal.writer, number)]
            if name.startswith(STAGE):
                named = in_stage(journal, name.removeprefix(STAGE))
            for series in named:
                found.setdefault(series.id, (series, entry.on))
    return found


def restore(journal: Journal, touched: Mapping[int, tuple[Series, date]], then: Rules) -> None:
    """After a taking back: bring the series that it touched, which stood so under the rules of `then`, to what they are
    again. Periods that have begun since the first of the entries taken back are opened as well."""
    standing = {series.id: series for series in schedule.all_series(journal.writer)} if touched else {}
    for number, (series, on) in touched.items():
        now = standing.get(number)
        if now is None:
            dissolve(journal, series)
        else:
            align(journal, series, then, now, max(on, now.anchor) if now.anchor <= journal.today else on)
