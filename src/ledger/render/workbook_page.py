"""One sheet of a workbook: cells turned into XML a row at a time, while the file is written.

xlsxwriter keeps the workbook, its styles, print set-up and chart. Cells it takes one call at a time, which for 100,000
lines of a ledger costs as much as everything else together; here a row is one piece of text, and none is held. That
also keeps a text between `<r>` and `</r>` a text, which xlsxwriter takes for markup.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ledger.base.text import visible
from ledger.render.cells import iso, words
from ledger.reports.report import Bar, Cell, Change, Gap, Rate, State

LONGEST = 32_767
"""UTF-16 units of text that a cell holds, fixed by the format."""

_DAY_0 = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)  # the days before it spreadsheets count wrongly: they have a 29th of February 1900
_SHARES = 200  # formats of numbers that Excel promises to take
_MARKUP = re.compile("[&<>]")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LETTERS = [xl_col_to_name(at) for at in range(100)]
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x000A_ as a character

Style = Callable[..., int]
"""Gives the number of the style that has all of the traits named."""


class Cells:
    """Turns cells of a report into XML; `cut` names those whose text was too long and is cut."""

    def __init__(self, style: Style) -> None:
        self.cut: list[str] = []
        self._style = style
        self._shares: set[Rate] = set()

    def row(self, number: int, cells: Iterable[tuple[Cell, tuple[str, ...]]], height: float) -> str:
        """A row, the first is 1, of cells from column A on, each with the traits of its style; `height` in points,
        until someone changes the text: then the program that shows it fits it anew."""
        inner = "".join(self._cell(f"{_LETTERS[at]}{number}", cell, traits) for at, (cell, traits) in enumerate(cells))
        return f'<row r="{number}" ht="{height:g}">{inner}</row>'

    def _cell(self, place: str, cell: Cell, traits: tuple[str, ...]) -> str:
        value: float
        if cell is None or cell == "":
            return f'<c r="{place}" s="{self._style(*traits)}"/>'
        if isinstance(cell, str):
            return self._text(place, visible(cell, single_line=False), traits)
        if isinstance(cell, State):
            return self._text(place, words(cell), (*traits, cell.light))
        if isinstance(cell, Change) and cell.difference is not None:
            cell = cell.difference
        if isinstance(cell, Gap | Change):
            return self._text(place, words(cell), traits)
        if isinstance(cell, date):
            if cell < _FIRST_DAY:
                return self._text(place, iso(cell), traits)
            value, traits = (cell - _DAY_0).days, (*traits, "date")
        elif isinstance(cell, Rate):
            if not cell.whole:
                return self._text(place, str(cell), traits)
            value, traits = cell.part / cell.whole, (*traits, self._share(cell))
        else:
            value = cell.value if isinstance(cell, Bar) else cell
        return f'<c r="{place}" s="{self._style(*traits)}"><v>{value}</v></c>'

    def _share(self, rate: Rate) -> str:
        """The trait that shows a percentage with its denominator, beside the number that it stays; past what Excel
        takes the percentage alone. What Excel would round to all or nothing is written out."""
        if len(self._shares) < _SHARES:
            self._shares.add(rate)
        shown = f'"{rate.percent}"' if rate.is_nearly_whole else "0%"
        return f'{shown}"{rate.denominator}"' if rate in self._shares else shown

    def _text(self, place: str, text: str, traits: tuple[str, ...]) -> str:
        if len(text) * 2 > LONGEST and _units(text) > LONGEST:
            self.cut.append(place)
            text = _cut(text)
        if "_" in text:
            text = _CODE.sub("_x005F_", text)
        text = _MARKUP.sub(lambda found: _ESCAPED[found[0]], text)
        inner = f'<is><t xml:space="preserve">{text}</t></is>'
        return f'<c r="{place}" s="{self._style(*traits)}" t="inlineStr">{inner}</c>'


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str) -> str:
    """As much of a text as fits into a cell, and how many characters are missing."""
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - 24)].decode("utf-16-le", "ignore")
    return f"{kept}…(以下省略 {len(text) - len(kept)} 字)"


class Page(Worksheet):  # type: ignore[misc]  # xlsxwriter carries no types
    """A sheet that holds rows of XML, made when it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.height = 0
        self._columns = 0
        self._rows: Iterator[str] = iter(())

    def put(self, rows: Iterable[str], count: int, columns: int) -> None:
        """Append so many rows of at most so many cells."""
        self._rows = chain(self._rows, rows)
        self.height += count
        self._columns = max(self._columns, columns)
        self.dim_rowmin = self.dim_colmin = 0
        self.dim_rowmax, self.dim_colmax = self.height - 1, self._columns - 1

    def _write_sheet_data(self) -> None:
        self.fh.write("<sheetData>")
        self.fh.writelines(self._rows)
        self.fh.write("</sheetData>")
