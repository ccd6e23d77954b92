"""The list of reports owed (未报送清单)."""

from collections.abc import Sequence
from datetime import date

from ledger.model.feedback import Owing
from ledger.model.rules import Rules
from ledger.model.task import Task
from ledger.reports.columns import column
from ledger.reports.feedback import COUNTS, DUE
from ledger.reports.present import moment_of
from ledger.reports.report import Line, Report, Row, Section

_COLUMNS = (
    column("unit", "name"),
    column("code", "code"),
    column("title"),
    column("owner", "name"),
    column("feedback", "name"),
    column("reported_on", "date"),
    DUE,
    *COUNTS,
)


def owed_report(
    found: Sequence[tuple[Task, Owing]], today: date, rules: Rules, as_of: str | None, title: str
) -> Report:
    """The list of tasks on which a report is owed, what is listed by name first, then who owes longest."""
    rows: list[Row] = [_row(task, owing) for task, owing in found]
    section = Section("", _COLUMNS, rows, name="owed")
    units = dict.fromkeys(task.unit for task, _ in found)
    of_units = (("涉及", len(units), "个单位"),) if len(units) > 1 else ()
    total: tuple[Line, ...] = ((("共", len(found), "件"), *of_units),)
    return Report(title, rules.name, moment_of(today, as_of), today, summary=total, sections=[section])


def _row(task: Task, owing: Owing) -> Row:
    title = f"★ {task.title}" if task.key else task.title
    return (
        *(task.unit, task.code, title, task.owner, task.feedback, task.reported_on),
        *(owing.since, owing.late or None, owing.missing or None),
    )
