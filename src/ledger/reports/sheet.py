"""The weekly list on one sheet, as it is handed to the leader: one table, the sections of the agenda as bands in it.

Whoever reads it has no ledger at hand: what was done and what is in the way stands beside each task, once; where the
agenda names a task again, its number on the sheet is told instead.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ledger.dates.day import long_day, month_day
from ledger.model.rules import Rules
from ledger.model.task import CLOSED, UNFINISHED, Task, progress_of
from ledger.reports.columns import column, state_of
from ledger.reports.periods import PeriodReport
from ledger.reports.report import Band, Column, Row, Section, State

_COLUMNS = (
    Column("序号", "code", "place"),
    column("title"),
    Column("牵头/配合单位", "name", "unit"),
    column("owner", "name"),
    Column("时限", "date", "due_text"),
    column("note"),
    column("problem"),
    column("status", "state"),
)
_POINTED_AT = ("problems", "nil", "remarks")
"""Sections whose tasks mostly stand in another too: of those the numbers are told, in the band."""


class _Sheet(NamedTuple):
    """What the rows are made of; of a task since when it `owes` a report, and what leaders said of it."""

    report: PeriodReport
    rules: Rules
    owes: Mapping[int, date]
    said: Mapping[int, Sequence[str]]


def week_sheet(report: PeriodReport, rules: Rules, sections: Sequence[Section]) -> Section:
    """The table, with a band for each of these `sections`, which are numbered and in their order."""
    said: dict[int, list[str]] = {}
    for one in report.remarks:
        said.setdefault(one.task.id, []).append(one.words)
    sheet = _Sheet(report, rules, {task.id: owing.since for task, owing in report.owed}, said)
    rows: list[Row] = []
    places: dict[int, int] = {}
    place = 0
    for section in sections:
        tasks = _tasks(report, section.name)
        known = sorted(places[task.id] for task in tasks if task.id in places)
        if section.name in _POINTED_AT:
            tasks = [task for task in tasks if task.id not in places]
        pointed = f"：见第{'、'.join(map(str, known))}项" if known and section.name in _POINTED_AT else ""
        rows.append(Band((f"{section.heading}{pointed}" if section.rows else f"{section.heading}　{section.empty}",)))
        for some in folded(tasks) if section.name == "next" else ([task] for task in tasks):
            place += 1
            rows.append(_row(sheet, section.name, some, str(place), places.get(some[0].id)))
            for task in some:
                places.setdefault(task.id, place)
    return Section("", _COLUMNS, rows, name="sheet", whole=True)


def _tasks(report: PeriodReport, name: str) -> list[Task]:
    """The tasks of a section, each once."""
    if name == "problems":
        return report.troubled
    found = report.sections.get(name, [])
    if name == "nil":
        found = [*found, *(task for task, _ in report.owed)]
    if name == "remarks":
        found = [one.task for one in report.remarks]
    return list({task.id: task for task in found}.values()) if name in _POINTED_AT else found


def folded(tasks: Iterable[Task]) -> list[list[Task]]:
    """The tasks in their order, all occurrences of one series together in the place of its first, save what is listed
    by name (挂牌)."""
    found: dict[tuple[str, int], list[Task]] = {}
    for task in tasks:
        alone = task.series is None or task.flagged
        found.setdefault(("task", task.id) if alone else ("series", task.series or 0), []).append(task)
    return list(found.values())


def folded_row(columns: Sequence[Column], row: Row, tasks: Sequence[Task], today: date) -> Row:
    """The row of the first of these tasks as that of them all: 「每周例会(4次)」, 「3月4日起」."""
    if len(tasks) == 1:
        return row
    due = tasks[0].due_on
    said = {"title": lambda cell: f"{cell}({len(tasks)}次)", "due_text": lambda cell: f"{_day(due, today)}起"}
    return tuple(
        said[of.name](cell) if of.name in said and cell else cell for of, cell in zip(columns, row, strict=True)
    )


def _day(day: date | None, today: date) -> str:
    return "" if day is None else month_day(day) if day.year == today.year else long_day(day)


def _row(sheet: _Sheet, name: str, tasks: Sequence[Task], place: str, before: int | None) -> Row:
    """The tasks are one, or the occurrences of a series; `before` is where the sheet told of it already."""
    task, today = tasks[0], sheet.report.standing.day
    problem = "；".join(problem.text.rstrip("。；") for problem in task.open_problems)
    note = "\n".join(filter(None, (_progress(task), *sheet.said.get(task.id, ()))))
    if before is not None:
        note, problem = f"见第{before}项", ""
    cells: Row = (
        place,
        f"★ {task.title}" if task.key else task.title,
        "\n".join((task.unit, "、".join(task.with_units))) if task.with_units else task.unit,
        task.owner,
        task.due_on if task.due_on is not None else task.due_text,
        note or None,
        problem or None,
        _state(sheet, task, name),
    )
    return folded_row(_COLUMNS, cells, tasks, today)


def _state(sheet: _Sheet, task: Task, name: str) -> State:
    report = sheet.report
    later = report.standing.later.get(task.id)
    found = state_of(task, report.standing.day, sheet.rules, report.carried_times(task), later)
    if since := sheet.owes.get(task.id):
        found = found._replace(detail=(*found.detail, f"{_day(since, report.standing.day)}起未报送"))
    return restored(found) if name in ("closed_before", "closed") and task.status in UNFINISHED else found


def restored(state: State) -> State:
    """That of a task which was struck off in the section that it stands in, and is in hand again."""
    return state._replace(detail=("已恢复", *state.detail)) if state.detail else state


def _progress(task: Task) -> str:
    """What was told last, led by the percentage where that does not say it."""
    told = (task.note or "").strip()
    percent = progress_of(task)
    share = "" if percent is None or task.status == CLOSED or f"{percent}%" in told else f"{percent}%"
    return "，".join(filter(None, (share, told)))
