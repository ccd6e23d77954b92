"""Outstanding problems (突出问题) across tasks: since when, who answers for them, whether they were solved."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.model.rules import Rules
from ledger.model.task import Problem, Task, task_object
from ledger.reports.columns import DAYS_OPEN, column
from ledger.reports.present import counted, moment_of
from ledger.reports.report import Column, Report, Row, Section
from ledger.store import queries
from ledger.store.conditions import UNFINISHED
from ledger.store.counts import Scope
from ledger.store.reader import Reader


class Raised(NamedTuple):
    """A problem with its task."""

    task: Task
    problem: Problem


def problems(reader: Reader, scope: Scope, *, solved: bool) -> list[Raised]:
    """The open problems of the tasks in hand of a scope, with `solved` all that were ever raised; those of key tasks
    (重点) first, then the oldest."""
    in_hand = "" if solved else f" AND t.status IN {UNFINISHED}"
    tasks = queries.tasks(reader, f"WHERE t.problems <> '[]'{in_hand}{scope.sql}", scope.parameters)
    found = [Raised(task, one) for task in tasks for one in (task.problems if solved else task.open_problems)]
    return sorted(found, key=lambda one: (not one.task.key, one.problem.since, one.problem.seq))


def problems_report(found: Sequence[Raised], today: date, rules: Rules, as_of: str | None, *, solved: bool) -> Report:
    """A list of problems; with `solved` also the day on which each was."""
    columns = (
        column("code", "code"),
        column("title"),
        Column("突出问题", name="problem"),
        column("unit", "name"),
        column("owner", "name"),
        Column("提出日期", "date", "since"),
        DAYS_OPEN,
        *((Column("解决日期", "date", "until"),) if solved else ()),
    )
    rows: list[Row] = []
    for task, problem in found:
        named = (task.code, f"{'★ ' if task.key else ''}{task.title}", problem.text, task.unit, task.owner)
        row = (*named, problem.since, problem.days(today), problem.until)
        rows.append(row[: len(columns)])
    section = Section("", columns, rows, name="problems")
    return Report("突出问题清单", rules.name, moment_of(today, as_of), today, "", counted(len(found), "个"), [section])


def problem_object(one: Raised, today: date, rules: Rules) -> dict[str, Any]:
    """A problem as the period reports have it, with the day on which it was solved."""
    task = task_object(one.task, today, rules.thresholds)
    return {"task": task, "text": one.problem.text, "since": one.problem.since, "until": one.problem.until}
