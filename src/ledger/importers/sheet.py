"""A sheet of tasks as an importer hands it over, whatever file it came from."""

from collections.abc import Mapping, Sequence, Set
from typing import Any, NamedTuple

from ledger.base.errors import LedgerError
from ledger.base.text import column_letters, visible


class Row(NamedTuple):
    """One task of a sheet: the row's number in it (from 1) and its options, field → value.

    The fields are those that registering takes (`with` and `tags` lists, `key` a bool, own columns by `OWN`, the rest
    text as typed, days of the spreadsheet as YYYY-MM-DD) and what is said of its course: `closed_on` (销号日期),
    `outcome` (完成情况), `problem` (存在问题), `progress` (percent, int). An empty cell says nothing: its field is
    missing.
    """

    line: int
    options: dict[str, Any]


class Refusal(NamedTuple):
    """A cell that cannot be read; `field` is empty when it is the row as a whole."""

    line: int
    field: str
    error: LedgerError


class UnitsRead(NamedTuple):
    """A cell of units that was read otherwise than it stands: the first row and how many have it, its field (`unit`,
    `with`), its text, and what was read; `remarks` tell what was left out."""

    line: int
    rows: int
    field: str
    cell: str
    lead: str
    assisting: tuple[str, ...]
    owner: str
    remarks: tuple[str, ...]


class Sheet(NamedTuple):
    """`name` is that of the worksheet, empty for a CSV; `columns` are the fields found, field → (heading, column from
    0); `extra` the headings that nobody knows, whose cells were left out; `remarks` what a clerk should be told beside
    the result (encoding, rows left out, sheets not taken); `doubt` what is to be asked of blanks, empty without any;
    `undated` the rows whose deadline stands empty below another, `units` the cells of units to look over."""

    name: str
    columns: Mapping[str, tuple[str, int]]
    extra: list[str]
    rows: list[Row]
    refusals: list[Refusal]
    remarks: list[str]
    doubt: str = ""
    undated: Set[int] = frozenset()
    units: Sequence[UnitsRead] = ()

    def place(self, line: int, field: str) -> str:
        """Where a cell stands, for a message: 「第5行“完成时限”列(F5)」, led by the name of a worksheet."""
        sheet = f"工作表“{visible(self.name)}”" if self.name else ""
        if field not in self.columns:
            return f"{sheet}第{line}行"
        heading, column = self.columns[field]
        return f"{sheet}第{line}行“{visible(heading)}”列({column_letters(column)}{line})"
