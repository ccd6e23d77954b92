"""The files of an import as the services see them, whatever read them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from ledger.base.errors import LedgerError
from ledger.base.text import visible


class Row(Protocol):
    """A row of a sheet: its number there, and its options, field → value; what the sheet leaves empty is missing."""

    @property
    def line(self) -> int: ...
    @property
    def options(self) -> Mapping[str, Any]: ...


class Unread(Protocol):
    """A cell that could not be read; `field` is empty when it is the row as a whole."""

    @property
    def line(self) -> int: ...
    @property
    def field(self) -> str: ...
    @property
    def error(self) -> LedgerError: ...


class Sheet(Protocol):
    """A sheet of tasks as an importer hands it over; `place` says where a cell stands (line, field), `extra` are the
    headings whose cells went into the note, `remarks` what a clerk should be told of the reading."""

    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def extra(self) -> Sequence[str]: ...
    @property
    def remarks(self) -> Sequence[str]: ...
    @property
    def refusals(self) -> Sequence[Unread]: ...
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
