"""A form that a unit has filled in, as `render.form_writer` wrote it: what of its cells was changed since it was sent.

What a row is about says its hidden code alone; what its cells held, the very hidden worksheet. A spreadsheet other than
the one that the form was made for may save it: of the layout only the headings are relied upon.
"""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.base.errors import BadValue, Refused
from ledger.base.text import quote
from ledger.importers.cells import Fault, Number, Value, shown, text_of
from ledger.importers.package import open_package
from ledger.reports.forms import (
    ASKED,
    COLUMNS,
    FIRST_ROW,
    GIVEN,
    HEADINGS,
    HIDDEN,
    SHEET,
    FilledForm,
    FilledRow,
    cell_text,
    place_of,
    read_hidden,
)

if TYPE_CHECKING:  # openpyxl, which only a workbook needs
    from ledger.importers.workbook import Workbook

_AGAIN = "请用发下去的填报表重新填写"
_Cells = dict[str, str]


def read_form(path: Path, raw: bytes) -> tuple[FilledForm, list[str]] | None:
    """The filled-in form in a file's content, with what a clerk should be told of it; None when it is no form.

    Raises `BadValue` for a form that cannot be read and `Refused` for rows that the form was not sent with.
    """
    if not raw.startswith(b"PK"):
        return None
    from ledger.importers.workbook import Workbook
    from ledger.importers.worksheet import rows_of

    book = Workbook(open_package(path, raw))
    parts = {sheet.name: sheet.part for sheet in book.sheets}
    if HIDDEN not in parts:
        return None
    try:
        form, sent = read_hidden((str(row[0]), str(row[1])) for _, row in rows_of(book, parts[HIDDEN]))
    except (ValueError, TypeError, LookupError, RecursionError):
        raise BadValue(f"填报表 {path} 的内部数据不完整", _AGAIN) from None
    if SHEET not in parts:
        raise BadValue(f"填报表 {path} 缺少工作表“{SHEET}”", _AGAIN)
    rows, remarks = _Rows(path, sent).read(book, parts[SHEET])
    return FilledForm(path.name, sha256(raw).hexdigest(), form, rows), remarks


class _Rows:
    """The rows of one form, being read."""

    def __init__(self, path: Path, sent: dict[str, _Cells]) -> None:
        self.path, self.sent = path, sent
        self.seen: dict[str, int] = {}
        self.remarks: list[str] = []
        self.wrong: list[str] = []

    def read(self, book: "Workbook", part: str) -> tuple[list[FilledRow], list[str]]:
        from ledger.importers.worksheet import rows_of

        found: list[FilledRow] = []
        headings: list[str] = []
        for line, cells in rows_of(book, part):
            if line == FIRST_ROW - 1:
                headings = [cell_text(self._cell(cells, line, column)) for column in range(len(HEADINGS))]
            elif line >= FIRST_ROW and (row := self._row(line, cells)) is not None:
                found.append(row)
        if headings != list(HEADINGS):
            raise BadValue(f"填报表 {self.path} 第{FIRST_ROW - 1}行的表头被改动过", _AGAIN)
        if self.wrong:
            raise Refused(
                f"填报表 {self.path} 有不是下发的内容:{';'.join(self.wrong[:5])}", "新的事项请另行登记,其余请恢复原样"
            )
        for code in self.sent.keys() - self.seen.keys():
            self.remarks.append(f"编号 {code} 的一行已不在表里,没有导入")
        return found, self.remarks

    def _row(self, line: int, cells: dict[int, Value]) -> FilledRow | None:
        texts = {field: cell_text(self._cell(cells, line, at)) for at, field in enumerate(COLUMNS)}
        code = texts.pop("key")
        if code not in self.sent:
            filled = [place_of(field, line) for field, text in texts.items() if text]
            if filled or code:
                self.wrong.append(f"第{line}行({filled[0] if filled else place_of('key', line)})")
            return None
        if code in self.seen:
            self.wrong.append(f"第{line}行与第{self.seen[code]}行是同一事项")
            return None
        self.seen[code] = line
        sent = {field: cell_text(self.sent[code].get(field)) for field in (*GIVEN, *ASKED)}
        for field in GIVEN[1:]:
            if texts[field] != sent[field]:
                was, now = quote(sent[field]), quote(texts[field])
                self.remarks.append(f"{place_of(field, line)} 原为{was},表中改为{now},没有采用")
        changed = {field: texts[field] for field in ASKED if texts[field] != sent[field]}
        return FilledRow(line, code, changed, {field: sent[field] for field in ASKED})

    def _cell(self, cells: dict[int, Value], line: int, column: int) -> str:
        value = cells.get(column, "")
        field = COLUMNS[column]
        try:
            if isinstance(value, Fault) or (field == "done_on" and isinstance(value, Number) and line >= FIRST_ROW):
                return text_of(value, "closed_on")
        except BadValue as error:
            error.where = f"填报表 {self.path} {place_of(field, line)}"
            raise
        return shown(value) if isinstance(value, Number) else str(value)
