"""The files of an import as the services see them, whatever read them."""

from collections.abc import Mapping, Sequence, Set
from typing import Any, NamedTuple, Protocol

from ledger.base.errors import LedgerError
from ledger.base.text import visible
from ledger.reports.units_read import UnitsRead


class Row(Protocol):
    """A row of a sheet: its number there, and its options, field → value; what the sheet leaves empty is missing."""

    @property
    def line(self) -> int: ...
    @property
    def options(self) -> dict[str, Any]: ...


class Unread(Protocol):
    """A cell that could not be read; `field` is empty when it is the row as a whole."""

    @property
    def line(self) -> int: ...
    @property
    def field(self) -> str: ...
    @property
    def error(self) -> LedgerError: ...


class CellRead(Protocol):
    """A cell of units that was read otherwise than it stands: the first row and how many have it, its field, its text
    and what was read."""

    @property
    def line(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def field(self) -> str: ...
    @property
    def cell(self) -> str: ...
    @property
    def lead(self) -> str: ...
    @property
    def assisting(self) -> tuple[str, ...]: ...
    @property
    def owner(self) -> str: ...
    @property
    def remarks(self) -> tuple[str, ...]: ...


class Sheet(Protocol):
    """A sheet of tasks as an importer hands it over; `place` says where a cell stands (line, field), `extra` are the
    headings whose cells were left out, `remarks` what a clerk should be told of the reading, `doubt` what to ask,
    `undated` the rows whose deadline stands empty below another, `units` the cells of units to look over."""

    @property
    def name(self) -> str: ...
    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def extra(self) -> Sequence[str]: ...
    @property
    def remarks(self) -> Sequence[str]: ...
    @property
    def undated(self) -> Set[int]: ...
    @property
    def doubt(self) -> str: ...
    @property
    def refusals(self) -> Sequence[Unread]: ...
    @property
    def units(self) -> Sequence[CellRead]: ...
    def place(self, line: int, field: str) -> str: ...


class File(NamedTuple):
    """A file of sheets; `more` is what else the entry that names it keeps, name → value."""

    name: str
    sha256: str
    sheets: Sequence[Sheet]
    more: Mapping[str, Any] = {}


class Place(NamedTuple):
    """Where a row stands; `named` when the file must be told too."""

    file: File
    sheet: Sheet
    line: int
    named: bool

    def words(self, column: str = "") -> str:
        """The place of the row, or of its cell in the column of a field."""
        return (f"{visible(self.file.name)} " if self.named else "") + self.sheet.place(self.line, column)


def units_read(files: Sequence[File]) -> list[UnitsRead]:
    """The cells of units that were read otherwise than they stand, each distinct one once."""
    found: dict[tuple[str, str], UnitsRead] = {}
    for file in files:
        for sheet in file.sheets:
            for one in sheet.units:
                where = Place(file, sheet, one.line, len(files) > 1).words(one.field)
                remarks = ";".join(one.remarks)
                new = UnitsRead(where, one.rows, one.cell, one.lead, one.assisting, one.owner, remarks)
                before = found.get((one.field, one.cell))
                found[one.field, one.cell] = before._replace(rows=before.rows + one.rows) if before else new
    return [*found.values()]
