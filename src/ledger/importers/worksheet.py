"""The rows of a worksheet by openpyxl, streamed: what stands in each cell, nothing for empty ones."""

import math
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from openpyxl.worksheet._reader import WorkSheetParser

from ledger.importers.cells import Cells, Fault, Number, Value, iso_value
from ledger.importers.workbook import MAIN, Workbook

_UNCOMPUTED = Fault("公式没有算出结果", "请用表格软件打开文件,保存一次再导入")
_LONGEST_TEXT = 32_767  # what a cell may hold; more is no spreadsheet's doing
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class _RowParser(WorkSheetParser):
    """The parser behind openpyxl's worksheets. It makes dates of numbers only if told which formats are dates.

    It has no public name, but what has one makes a cell of every column up to the last, of rows by the million too.
    """

    def __init__(self, book: Workbook) -> None:
        super().__init__(BytesIO(), book.strings, data_only=True)
        self._formats = book.formats
        self._epoch_1904 = book.epoch_1904

    def filled(self, row: Any) -> tuple[int, Cells]:
        """The number of a row and its filled cells. Raises what openpyxl does, and `ValueError` beyond the sheet."""
        if all("r" in cell.attrib for cell in row):  # styled and empty, they cost as much as filled ones
            row[:] = [cell for cell in row if len(cell)]
        line, cells = self.parse_row(row)
        self.row_dimensions.clear()  # it would keep the height of every row
        if not 0 < line <= _MOST_ROWS:
            raise ValueError("a row beyond the sheet")
        found = {cell["column"] - 1: value for cell in cells if (value := self._value(cell))}
        if found and max(found) >= _MOST_COLUMNS:
            raise ValueError("a column beyond the sheet")
        return line, found

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """With a fault for a formula without a result, which openpyxl takes for an empty cell."""
        _simplify(element)
        cell = super().parse_cell(element)
        if cell["value"] is None and element.get("t") != "str" and element.find(f"{MAIN}f") is not None:
            return cell | {"value": _UNCOMPUTED}
        return cell

    def _value(self, cell: Mapping[str, Any]) -> Value | None:
        value, kind = cell["value"], cell["data_type"]
        if value is None or isinstance(value, Fault):
            return value
        if kind == "s":
            return text_in(value)
        if kind == "n":
            number = float(value)
            if not math.isfinite(number):
                raise ValueError("no number")
            return Number(number, self._formats[cell["style_id"]], self._epoch_1904)
        if kind == "b":
            return "是" if value else "否"
        if kind == "d":
            return iso_value(value.isoformat())
        return Fault(f"这一格是错误值 {value[:20]}", "请在表格里改正后保存")


def _simplify(element: Any) -> None:
    """Make a cell that holds a plain text itself one of the kind that openpyxl reads at half the cost."""
    if element.get("t") != "inlineStr" or len(element) != 1 or len(element[0]) != 1:
        return
    inline, text = element[0], element[0][0]
    if text.tag == f"{MAIN}t":
        inline.tag, inline.text = f"{MAIN}v", text.text
        element.set("t", "str")


def text_in(text: str) -> str | Fault:
    """A text as the spreadsheet shows it: `_x000D_` and the like decoded, one kind of line end, no blanks around."""
    if len(text) > _LONGEST_TEXT:
        return Fault(f"这一格有{len(text)}个字,超过一格所能容纳的 {_LONGEST_TEXT} 个", "请拆开填写")
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def rows_of(book: Workbook, part: str, last_value: float = math.inf) -> Iterator[tuple[int, Cells]]:
    """The filled rows as (row number, cells), up to the value that stands at `last_value` in the part, if given.

    Raises `BadValue` where the part is damaged.
    """
    parser = _RowParser(book)
    with book.package.sound():
        for row in book.package.elements(part, f"{MAIN}row", 2, last_value):
            line, cells = parser.filled(row)
            if cells:
                yield line, cells
