"""The form that a unit fills in (填报表): its tasks in hand, given columns that are locked and asked ones that are not.

What is written (`render.form_writer`), read (`importers.form_reader`) and taken in (`services.collecting`) goes by this
module alone: the columns, the marks, and the very hidden sheet.

A form remembers what its cells held when it was sent, so that only what the unit changed is taken. It belongs to a
*round*: the forms handed out together, of one business day and one state of the journal; `seq` and `head` are those of
the journal's last entry then, by which a form of another ledger is told.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from ledger.base import strict_json
from ledger.base.errors import BadValue, LedgerError
from ledger.base.text import column_letters, visible
from ledger.model.entry import encode
from ledger.model.fields import LABELS
from ledger.model.rules import Rules
from ledger.model.task import PAUSED, STATUS_WORDS, SUBMITTED, Task
from ledger.reports.lists import Filter, list_tasks
from ledger.store import queries
from ledger.store.conditions import IN_HAND
from ledger.store.head import head_of
from ledger.store.reader import Reader

SHEET, NOTES, HIDDEN = "填报", "填报说明", "_ledger"
"""The worksheets of a form; the last is very hidden."""

MARK = "ledger-form"
FORMAT = 1
FIRST_ROW = 5
"""Where the tasks begin, below title, particulars, how-to and headings; rows count from 1."""


class FormColumn(NamedTuple):
    """A column of the form: the field, its heading, its width in cells, whether the unit fills it in, and what stands
    in its cells: texts, wrapped or `short` and centred, whole numbers, or days."""

    field: str
    heading: str
    width: int
    asked: bool = False
    holds: Literal["text", "short", "number", "day"] = "text"


LAYOUT = (
    FormColumn("number", "序号", 5, holds="short"),
    FormColumn("code", LABELS["code"], 16, holds="short"),
    FormColumn("title", LABELS["title"], 34),
    FormColumn("owner", LABELS["owner"], 9, holds="short"),
    FormColumn("due", LABELS["due_text"], 12, holds="short"),
    FormColumn("state", "现状", 8, holds="short"),
    FormColumn("note", LABELS["note"], 34, asked=True),
    FormColumn("progress", f"{LABELS['progress']}(%)", 9, asked=True, holds="number"),
    FormColumn("problem", LABELS["problem"], 26, asked=True),
    FormColumn("status", "办理状态", 17, asked=True),
    FormColumn("done_on", "完成日期", 12, asked=True, holds="day"),
)
"""The columns from A on; one more is hidden and holds the code that is trusted."""

GIVEN = tuple(column.field for column in LAYOUT if not column.asked)
ASKED = tuple(column.field for column in LAYOUT if column.asked)
HEADINGS = tuple(column.heading for column in LAYOUT)
HEADING_OF = {column.field: column.heading.partition("(")[0] for column in LAYOUT}
COLUMNS = (*(column.field for column in LAYOUT), "key")


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
    (`progress` a text, `done_on` YYYY-MM-DD or as typed), and field → text as sent of all that are asked."""

    line: int
    code: str
    changed: dict[str, str]
    sent: dict[str, str]


class Flaw(NamedTuple):
    """What of a form cannot be taken: its line, where it stands in words (G5, 第7行), what is wrong with it."""

    line: int
    where: str
    error: LedgerError


class FilledForm(NamedTuple):
    """A form that came back: the file's name and hash, the particulars as sent (its `rows` empty), the rows.

    `columns` says where each field stands (from 0), `flaws` what could not be read, `stated` the unit that the sheet
    names above the tasks, without blanks and in half width.
    """

    file: str
    sha256: str
    form: Form
    rows: list[FilledRow]
    columns: Mapping[str, int]
    flaws: list[Flaw]
    stated: str = ""

    def place(self, field: str, line: int) -> str:
        """Where a field stands in a line, as spreadsheets name it: G5."""
        return place_of(self.columns[field], line)


def place_of(column: int, line: int) -> str:
    """A cell as spreadsheets name it, its column counted from 0: G5."""
    return f"{column_letters(column)}{line}"


def forms(reader: Reader, rules: Rules, today: date, unit: str | None) -> Iterator[Form]:
    """The form of one unit, or of every unit with tasks in hand, in the office's order."""
    seq, head = head_of(reader)
    units = (unit,) if unit is not None else units_in_hand(reader, rules, today)
    for name in units:
        found = list_tasks(reader, Filter(unit=(name,)), today, rules)
        yield Form(rules.name, name, today, seq, head, units, [_row(task) for task in found])


def units_in_hand(reader: Reader, rules: Rules, today: date) -> tuple[str, ...]:
    """The units that lead a task in hand, in display order."""
    found = reader.rows(
        f"SELECT DISTINCT t.unit FROM task t WHERE {IN_HAND}",
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
        "problem": "\n".join(problem.text for problem in task.open_problems),
        "status": DONE if submitted else None if task.status == PAUSED else DOING,
        "done_on": task.submitted_on.isoformat() if submitted and task.submitted_on else None,
    }
    return FormRow(task.code, task.assigned_on, {name: cell_text(value) for name, value in values.items()})


def hidden_rows(form: Form) -> Iterator[tuple[str, str]]:
    """The very hidden sheet, what is trusted when the form comes back, each row a kind and its JSON: the form, its
    round's units, the tasks as sent."""
    named = {"format": FORMAT, "ledger": form.ledger, "unit": form.unit, "day": str(form.day)}
    yield MARK, encode({**named, "seq": form.seq, "head": form.head})
    for unit in form.units:
        yield "unit", encode({"name": unit})
    for row in form.rows:
        yield "task", encode({"code": row.code})
        for column in LAYOUT:
            text = row.cells.get(column.field, "")
            for part in _parts(text if column.holds in ("number", "day") else shown(text)):
                yield column.field, encode({"text": part})


def read_hidden(rows: Iterable[tuple[str, str]]) -> tuple[Form, dict[str, dict[str, str]]]:
    """The form, without its rows, and code → field → text as sent.

    Raises `BadValue` for the form of a newer program; `ValueError`, `TypeError`, `LookupError` or `RecursionError`
    where the rows are not those of `hidden_rows`.
    """
    units: list[str] = []
    sent: dict[str, dict[str, str]] = {}
    told: dict[str, Any] = {}
    cells: dict[str, str] = {}
    for kind, text in rows:
        value = strict_json.loads(text)
        if kind == MARK:
            told = value
        elif kind == "unit":
            units.append(_text(value["name"]))
        elif kind == "task":
            cells = sent.setdefault(_text(value["code"]), {})
        else:
            cells[kind] = cells.get(kind, "") + _text(value["text"])
    if type(told["format"]) is not int or type(told["seq"]) is not int:
        raise ValueError
    if told["format"] > FORMAT:
        raise BadValue("填报表由更新的程序制作", "请升级 ledger 程序后再导入")
    ledger, unit, head = (_text(told[name]) for name in ("ledger", "unit", "head"))
    return Form(ledger, unit, date.fromisoformat(told["day"]), told["seq"], head, tuple(units), []), sent


def _text(value: object) -> str:
    if type(value) is not str or "\0" in value:
        raise ValueError
    value.encode()
    return value


def _parts(text: str) -> list[str]:
    """In JSON a character may take two; an empty text takes no row."""
    half = LONGEST // 2
    return [text[at : at + half] for at in range(0, len(text), half)]


def shown(text: str) -> str:
    """A text as it stands in a cell: harmless, and cut visibly where a spreadsheet could not hold it."""
    safe = visible(text, single_line=False)
    return safe if len(safe) <= LONGEST else f"{safe[: LONGEST - 1]}…"


def cell_text(value: object) -> str:
    """A value as the text that two readings of one cell have in common."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
