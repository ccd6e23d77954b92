"""The form that a unit fills in (填报表): its tasks in hand, given columns that are locked and asked ones that are not.

A form remembers what its cells held when it was sent, so that only what the unit changed is taken. It belongs to a
*round*: the forms handed out together, of one business day and one state of the journal; `seq` and `head` are those of
the journal's last entry then, by which a form of another ledger is told.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ledger.model.rules import Rules
from ledger.model.task import PAUSED, STATUS_WORDS, SUBMITTED, Task
from ledger.reports.lists import Filter, list_tasks
from ledger.store import queries
from ledger.store.reader import Reader

SHEET, NOTES, HIDDEN = "填报", "填报说明", "_ledger"
"""The worksheets of a form; the last is very hidden."""

MARK = "ledger-form"
FORMAT = 1
FIRST_ROW = 5
"""Where the tasks begin, below title, particulars, how-to and headings; rows count from 1."""

GIVEN = {"number": "序号", "code": "编号", "title": "工作任务", "owner": "责任人", "due": "完成时限", "state": "现状"}
ASKED = {
    "note": "进展情况",
    "progress": "完成进度(%)",
    "problem": "存在问题",
    "status": "办理状态",
    "done_on": "完成日期",
}
HEADINGS = (*GIVEN.values(), *ASKED.values())
COLUMNS = (*GIVEN, *ASKED, "key")
"""The fields of the columns from A on; the last is hidden and holds the code that is trusted."""

DOING, DONE = "正在办理", "已完成(申请销号)"
STATUSES = (DOING, DONE)
LONGEST = 30_000
"""Characters of a cell: below what a spreadsheet holds."""


class FormRow(NamedTuple):
    """A task on a form: its code, the first day on which it can have been done, and field → the text of its cell."""

    code: str
    assigned_on: date
    cells: dict[str, str]


class Form(NamedTuple):
    """One unit's form; `units` are all to whom forms of its round went."""

    ledger: str
    unit: str
    day: date
    seq: int
    head: str
    units: tuple[str, ...]
    rows: list[FormRow]

    @property
    def round(self) -> str:
        """The name of its round: the business day, and the journal's last entry."""
        return f"{self.day.isoformat()}/{self.seq}"


class FilledRow(NamedTuple):
    """A row as it came back: its number in the sheet, the code, field → text for the cells that were changed
    (`progress` a text, `done_on` YYYY-MM-DD or as typed), and field → text as sent of these."""

    line: int
    code: str
    changed: dict[str, str]
    sent: dict[str, str]


class FilledForm(NamedTuple):
    """A form that came back: the file's name and hash, the particulars as sent (its `rows` empty), the rows."""

    file: str
    sha256: str
    form: Form
    rows: list[FilledRow]


def forms(reader: Reader, rules: Rules, today: date, unit: str | None) -> Iterator[Form]:
    """The form of one unit, or of every unit with tasks in hand, in the office's order."""
    ((seq, head),) = reader.rows("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1")
    units = (unit,) if unit is not None else units_in_hand(reader, rules, today)
    for name in units:
        found = list_tasks(reader, Filter(unit=name), today, rules)
        yield Form(rules.name, name, today, seq, head, units, [_row(task) for task in found])


def units_in_hand(reader: Reader, rules: Rules, today: date) -> tuple[str, ...]:
    """The units that lead a task in hand, in display order."""
    found = reader.rows(
        f"SELECT DISTINCT t.unit FROM task t WHERE t.status IN {queries.UNFINISHED} AND NOT t.assigned_on > :today",
        {"today": today},
    )
    busy = {unit for (unit,) in found}
    return tuple(unit for unit in queries.units(reader, rules.units) if unit in busy)


def _row(task: Task) -> FormRow:
    submitted = task.status == SUBMITTED
    values: dict[str, Any] = {
        "code": task.code,
        "title": task.title,
        "owner": task.owner,
        "due": task.due_on.isoformat() if task.due_on else task.due_text,
        "state": STATUS_WORDS[task.status],
        "note": task.note,
        "progress": task.progress,
        "problem": "\n".join(problem.text for problem in task.problems),
        "status": DONE if submitted else None if task.status == PAUSED else DOING,
        "done_on": task.submitted_on.isoformat() if submitted and task.submitted_on else None,
    }
    return FormRow(task.code, task.assigned_on, {name: cell_text(value) for name, value in values.items()})


def cell_text(value: object) -> str:
    """A value as the text that two readings of one cell have in common."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
