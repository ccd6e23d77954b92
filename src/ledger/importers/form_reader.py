"""A form that a unit has filled in, as `render.form_writer` wrote it: what of its cells was changed since it was sent.

What its cells held says the very hidden worksheet. A spreadsheet other than the one that the form was made for may
save it, rows may have been put in, taken out or sorted: of the layout only the headings are relied upon. A row is the
task whose code and title it shows, or whose code stands hidden behind it while one of the two was changed; so values
are not taken for another task where rows were sorted and the hidden column was left behind.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.base.errors import BadValue, Refused
from ledger.base.text import fold_width, quote, visible
from ledger.importers.cells import Cells, Fault, Merge, Number, Value, shown, text_of
from ledger.importers.package import open_package
from ledger.reports.forms import (
    ASKED,
    GIVEN,
    HEADINGS,
    HIDDEN,
    LAYOUT,
    SHEET,
    FilledForm,
    FilledRow,
    Flaw,
    cell_text,
    place_of,
    read_hidden,
)

if TYPE_CHECKING:  # openpyxl, which only a workbook needs
    from ledger.importers.workbook import Workbook

_AGAIN = "请用发下去的填报表重新填写"
LOST = "请直接在发下去的填报表里填写,原样保存后发回"
"""What helps where a form lost its hidden data."""
_NEW = "新的事项请另行登记,其余请恢复原样"
_NEEDED = frozenset((*ASKED, "code", "title"))
_HEAD_ROWS = 30
"""Among so many rows the headings are looked for."""

_MOST_STRANGERS = 20
"""So many rows that were not sent are named one by one."""

_STATED = re.compile(r"填报单位:(.*?)(?:台账:|截至|$)")
_FOOT = re.compile(
    r"\D{0,4}(?:填表|填报|审核|审批|复核|备注|说明|联系|负责|领导|日期|电话)\D{0,8}:|.{0,12}(?:盖章|签章|签字)"
)
_Texts = dict[str, str]
_Row = tuple[int, Cells]


class SpoiltForm(BadValue):
    """A form that cannot be read as a whole."""


def read_form(path: Path, raw: bytes) -> tuple[FilledForm, list[str]] | None:
    """The filled-in form in a file's content, with what a clerk should be told of it; None when it is no form.

    Raises `SpoiltForm` for a form that cannot be read as a whole, `BadValue` for any other such workbook; what is wrong
    with cells and rows are the form's `flaws`.
    """
    if not raw.startswith(b"PK"):
        return None
    from ledger.importers.workbook import Workbook, shape_of
    from ledger.importers.worksheet import rows_of

    book = Workbook(open_package(path, raw))
    parts = {sheet.name: sheet.part for sheet in book.sheets}
    if HIDDEN not in parts:
        return None
    try:
        form, sent = read_hidden((str(row[0]), str(row[1])) for _, row in rows_of(book, parts[HIDDEN]))
    except (ValueError, TypeError, LookupError, RecursionError):
        raise SpoiltForm(f"填报表 {path} 的内部数据不完整", _AGAIN) from None
    part, first, rest = _rows_of_form(path, book, parts)
    at, columns = _head(path, first)
    reading = _Rows(columns, sent, shape_of(book.package, part).merges)
    reading.read(chain(first[at + 1 :], rest))
    found = FilledForm(
        path.name, sha256(raw).hexdigest(), form, reading.found, columns, reading.flaws, _stated(first[:at])
    )  # fmt: skip
    return found, reading.remarks


def is_form(headings: Iterable[str]) -> bool:
    """Whether a sheet has the headings of a form, and so was one before its hidden data was lost."""
    return {_folded(heading) for heading in HEADINGS} <= {_folded(heading) for heading in headings}


def _folded(heading: str) -> str:
    return "".join(fold_width(heading).split())


def _rows_of_form(path: Path, book: "Workbook", parts: Mapping[str, str]) -> tuple[str, list[_Row], Iterator[_Row]]:
    """The one worksheet 填报, whatever it is called now: its part, its first filled rows, the rest. Raises
    `SpoiltForm`."""
    from ledger.importers.worksheet import rows_of

    found: dict[str, tuple[str, list[_Row], Iterator[_Row]]] = {}
    for name in (sheet.name for sheet in book.sheets if not sheet.hidden or sheet.name == SHEET):
        rows = rows_of(book, parts[name])
        first = list(islice(rows, _HEAD_ROWS))
        if (first and name == SHEET) or any(_is_head(cells) for _, cells in first):
            found[name] = parts[name], first, rows
    if not found:
        raise SpoiltForm(f"填报表 {path} 缺少工作表“{SHEET}”", _AGAIN)
    if len(found) > 1:
        what = f"填报表 {path} 有{len(found)}张填报的工作表({'、'.join(map(visible, found))})"
        raise SpoiltForm(f"{what},分不清以哪一张为准", "请只留填好的一张")
    return next(iter(found.values()))


def _is_head(cells: Cells) -> bool:
    known = {_folded(heading) for heading in HEADINGS}
    return sum(isinstance(value, str) and _folded(value) in known for value in cells.values()) > len(known) // 2


def _head(path: Path, rows: list[_Row]) -> tuple[int, dict[str, int]]:
    """The place of the heading row among the rows, and where each field stands. Raises `SpoiltForm`."""
    at = next((at for at, (_, cells) in enumerate(rows) if _is_head(cells)), None)
    if at is None:
        raise SpoiltForm(f"填报表 {path} 的表头被改动过,认不出各栏", _AGAIN)
    line, cells = rows[at]
    found: dict[str, int] = {}
    headings = [(column, _folded(value)) for column, value in sorted(cells.items()) if isinstance(value, str)]
    for one in LAYOUT:
        columns = [column for column, heading in headings if heading == _folded(one.heading)]
        if len(columns) == 1:
            found[one.field] = columns[0]
        elif columns or one.field in _NEEDED:
            what = "不止一栏" if columns else "没有这一栏"
            raise SpoiltForm(f"填报表 {path} 第{line}行的表头被改动过:{quote(one.heading)}{what}", _AGAIN)
    return at, found


def _stated(rows: Iterable[_Row]) -> str:
    """The unit that stands above the headings."""
    texts = [_folded(value) for _, cells in rows for value in cells.values() if isinstance(value, str)]
    return next((found[1] for text in texts if (found := _STATED.search(text))), "")


class _Rows:
    """The rows of one form, being read."""

    def __init__(self, columns: Mapping[str, int], sent: Mapping[str, _Texts], merges: Iterable[Merge]) -> None:
        self.columns, self.sent = columns, sent
        asked = {columns[field] for field in ASKED}
        self.merges = [one for one in merges if asked & {*range(one.left, one.right + 1)}]
        self.found: list[FilledRow] = []
        self.seen: dict[str, FilledRow] = {}
        self.remarks: list[str] = []
        self.flaws: list[Flaw] = []
        self.strangers: list[Flaw] = []
        self.extra: dict[int, int] = {}

    def read(self, rows: Iterable[_Row]) -> None:
        for line, cells in rows:
            self._row(line, cells)
        self.flaws += self.strangers[:_MOST_STRANGERS]
        if more := self.strangers[_MOST_STRANGERS:]:
            where = f"第{more[0].line}至{more[-1].line}行"
            self.flaws.append(Flaw(more[0].line, where, Refused(f"还有 {len(more)} 行不是下发的内容", _NEW)))
        for column, line in self.extra.items():
            self.remarks.append(f"{place_of(column, line)} 等格不在填报的各栏里,没有导入")
        lines = {row.line for row in self.found}
        for merge in self.merges:
            if lines & {*range(merge.top, merge.bottom + 1)}:
                place = f"{place_of(merge.left, merge.top)}:{place_of(merge.right, merge.bottom)}"
                what = Refused("几格合并成了一格,分不清各填的是什么", "请取消合并,逐格填写")
                self.flaws.append(Flaw(merge.top, place, what))
        for code in filter(lambda code: code not in self.seen, self.sent):
            self.remarks.append(f"编号 {code} 的一行已不在表里,没有导入")

    def _row(self, line: int, cells: Cells) -> None:
        texts = {field: cell_text(_plain(cells.get(self.columns[field], ""))) for field in self.columns}
        code = self._code(texts, cells)
        if not code:
            self._tell_stranger(line, texts)
            return
        sent = {field: cell_text(self.sent[code].get(field)) for field in (*GIVEN, *ASKED)}
        flaws = len(self.flaws)
        row = FilledRow(line, code, self._changed(line, cells, sent), {field: sent[field] for field in ASKED})
        if (first := self.seen.setdefault(code, row)) is not row:
            if row.changed != first.changed or len(self.flaws) > flaws:
                what = f"第{line}行与第{first.line}行是同一事项({code}),所填不同"
                self.flaws.append(Flaw(line, f"第{line}行", Refused(what, "请只留一行")))
            return
        self.found.append(row)
        self._tell_unasked(line, cells, texts, sent)

    def _changed(self, line: int, cells: Cells, sent: _Texts) -> _Texts:
        """The cells that were asked for and changed; what cannot be read is a flaw."""
        changed: _Texts = {}
        for field in ASKED:
            try:
                text = cell_text(_asked(cells.get(self.columns[field], ""), field))
            except BadValue as error:
                self.flaws.append(Flaw(line, place_of(self.columns[field], line), error))
                continue
            if text != sent[field]:
                changed[field] = text
        return changed

    def _tell_unasked(self, line: int, cells: Cells, texts: _Texts, sent: _Texts) -> None:
        """What was changed of the cells that are given, and what was written beside the form."""
        for field in GIVEN[1:]:
            if field in texts and texts[field] != sent[field]:
                was, now = quote(sent[field]), quote(texts[field])
                place = place_of(self.columns[field], line)
                self.remarks.append(f"{place} 原为{was},表中改为{now},没有采用")
        for column, value in cells.items():
            if column not in self.columns.values() and cell_text(_plain(value)) not in self.sent:
                self.extra.setdefault(column, line)

    def _code(self, texts: _Texts, cells: Cells) -> str:
        """Which task the row is, empty where it is none that was sent."""
        code, title = texts["code"], texts["title"]
        if code in self.sent and title == cell_text(self.sent[code].get("title")):
            return code
        known = self.columns.values()
        hidden = (cell_text(_plain(value)) for column, value in cells.items() if column not in known)
        key = next((text for text in hidden if text in self.sent), "")
        if key and code in ("", key):
            return key
        if key and title in ("", cell_text(self.sent[key].get("title"))):
            return key
        return code if code in self.sent and not key else ""

    def _tell_stranger(self, line: int, texts: _Texts) -> None:
        """A row of no task: the foot of a page is left out and told, an empty one is nothing, a new task is refused."""
        filled = [field for field, text in texts.items() if text and not (field == "number" and text.isdigit())]
        words = next((text for text in texts.values() if text), "")
        is_titled, is_answered = bool(texts["title"]), any(texts[field] for field in ASKED)
        if (_FOOT.match(_folded(words)) and not (texts["code"] and is_titled)) or not (is_titled or is_answered):
            if filled:
                self.remarks.append(f"第{line}行{quote(words)}不是事项,没有导入")
        else:
            place = place_of(self.columns[filled[0]], line)
            self.strangers.append(Flaw(line, place, Refused("这一行不是下发的内容", _NEW)))


def _plain(value: Value) -> str:
    """A cell as it is shown, whatever it holds."""
    if isinstance(value, Fault):
        return "#"
    try:
        return shown(value) if isinstance(value, Number) else value
    except BadValue:  # a number shown as a day that it is none
        return "#"


def _asked(value: Value, field: str) -> str:
    """What a unit filled in. Raises `BadValue`."""
    if isinstance(value, Fault) or field == "done_on":
        return text_of(value, "closed_on")
    return _plain(value)
