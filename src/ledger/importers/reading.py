"""The door to the sheets that offices send in: workbook or CSV by content, the right worksheets, their headings."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote, unguarded
from ledger.importers.blanks import numbers
from ledger.importers.cells import Cells, Merge
from ledger.importers.content import content_of, is_workbook
from ledger.importers.csv_sheet import decoded, split_lines
from ledger.importers.form_reader import LOST, is_form
from ledger.importers.header import DEPTH, Header, find_header, spread
from ledger.importers.headings import checked_mapping, folded
from ledger.importers.layout import Line, settled
from ledger.importers.lines import is_label
from ledger.importers.package import open_package
from ledger.importers.sheet import Sheet
from ledger.importers.synonyms import INSTEAD_OF_UNIT, SYNONYMS
from ledger.importers.table import Table

if TYPE_CHECKING:  # openpyxl, which a CSV does not need
    from ledger.importers.workbook import Workbook, Worksheet

_MOST_KNOWN = 20_000
_TITLE = 2  # texts beside each other in a line of a title: its number, the day
_FILLED_IN = r"(?:填报|报送|牵头|责任|承办|填表|上报|编报|单位)(?:单位|部门|科室|处室|名称)"
_ORGAN = "局办委科处室组部会厅署院校所站队镇乡司府"
_STATED_UNIT = re.compile(rf"{_FILLED_IN}(?:名称)?(?:\((?:盖章|公章|章)\))?\s*:\s*([^\s:()]*)")
_BARE_UNIT = re.compile(rf"单位\s*:\s*([^\s:()]+[{_ORGAN}])(?=[\s(]|$)")  # 单位:万元 is none
_NAME_OF_SHEET = re.compile(r"sheet\s*\d*|工作表\s*\d*", re.IGNORECASE)


class Own(NamedTuple):
    """Whose a sheet without a column of units is: `unit` as the command says, else what the sheet says itself; by the
    name of the worksheet only where `known` has it, asked for when it is needed."""

    unit: str = ""
    known: Callable[[], Collection[str]] = tuple


def read_sheets(
    path: Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    every: bool = False,
    mapping: Mapping[str, str] = {},
    own: Own = Own(),
    carry: bool = False,
    columns: Sequence[str] = (),
    raw: bytes | None = None,
) -> list[Sheet]:
    """The tasks of a file: of its first visible worksheet that has them, of the one named, or of `every` visible one;
    each table of a worksheet is a sheet of its own.

    `mapping` says of headings which field they fill (`-` leaves out), over what `headings` knows; with `carry` a blank
    below a value that goes on is filled; `columns` are the office's own, `raw` is the file's content where it was read
    already. Raises `NotFound` and `StoreUnusable` for a file that cannot be opened, `BadValue` for one that cannot be
    read as a sheet of tasks.
    """
    reading = _Reading(path, checked_mapping(mapping, columns), own, carry)
    raw = content_of(path) if raw is None else raw
    if is_workbook(path, raw):
        from ledger.importers.workbook import Workbook

        found = reading.workbook(Workbook(open_package(path, raw)), sheet, every)
    else:
        found = reading.csv(raw, encoding, sheet)
    for heading in mapping:
        if folded(heading, reading.mapping) not in reading.headings:
            raise BadValue(f"表头里没有{quote(heading)}一列", f"表头现为{quote('、'.join(reading.headings), 200)}")
    return found


class _Grid(NamedTuple):
    """A sheet as lines of cells: `head` the first filled ones, `rest` those that follow; `unit` leads where no column
    does."""

    name: str
    head: list[Line]
    header: Header | None
    rest: Iterable[Line] = ()
    merges: Sequence[Merge] = ()
    unit: str = ""

    @property
    def names_tasks(self) -> bool:
        return self.header is not None and "title" in self.header.fields.values()

    @property
    def has_tasks(self) -> bool:
        """Whether it names tasks and says whose they are."""
        has_unit = self.header is not None and "unit" in self.header.fields.values()
        return self.names_tasks and (has_unit or bool(self.unit))


def _stated_unit(lines: Iterable[Line]) -> str:
    """The unit that lines above the headings name: 「填报单位:督导组」, in one cell or the next."""
    for _, cells in lines:
        texts = [fold_width(value).strip() for _, value in sorted(cells.items()) if isinstance(value, str)]
        for place, text in enumerate(texts):
            if found := _STATED_UNIT.search(text) or _BARE_UNIT.match(text):
                named = found[1] or next(iter(texts[place + 1 : place + 2]), "")
                if named and not named.endswith(":"):
                    return named
    return ""


class _Reading:
    """One file being read; `headings` gathers every heading that was read, folded."""

    def __init__(self, path: Path, mapping: Mapping[str, str], own: Own, carry: bool) -> None:
        self.path = path
        self.mapping = mapping
        self.own = own
        self.carry = carry
        self.headings: dict[str, None] = {}

    def csv(self, raw: bytes, encoding: str | None, sheet: str | None) -> list[Sheet]:
        if sheet is not None:
            raise BadValue(f"文件 {self.path} 是 CSV,没有工作表", "请去掉 --sheet")
        text, used = decoded(self.path, raw, encoding)
        found = self._tables(self._separated(text))
        if used != "utf-8":
            found[0].remarks.insert(0, f"文件按 {used} 编码读入")
        return found

    def _separated(self, text: str) -> _Grid:
        """The lines by the separator that gives the headings of tasks; by comma where none does."""
        first: _Grid | BadValue | None = None
        for separator in ",;\t":
            try:
                lines = _cells(split_lines(self.path, text, separator))
                head = list(islice(lines, DEPTH))
            except BadValue as error:
                first = first or error
                continue
            grid = self._headed(_Grid("", head, None, lines))
            if grid.has_tasks:
                return grid
            first = first or grid
        if isinstance(first, _Grid):
            return first
        raise first or AssertionError

    def workbook(self, book: "Workbook", name: str | None, every: bool) -> list[Sheet]:
        if name is not None:
            return self._tables(self._grid(book, _named(self.path, book, name)))
        grids = [self._grid(book, sheet) for sheet in book.sheets if not sheet.hidden]
        with_tasks = [grid for grid in grids if grid.has_tasks]
        if not with_tasks:
            raise self._no_header(next((grid for grid in grids if grid.head), None))
        taken = with_tasks if every else with_tasks[:1]
        found = [table for grid in taken for table in self._tables(grid)]
        if len(taken) > 1:
            found = [_named_remarks(table) for table in found]
        if others := "".join(quote(grid.name) for grid in with_tasks[len(taken) :]):
            found[0].remarks.append(f"另有工作表{others}未导入,可用 --sheet 或 --all-sheets")
        skipped = [grid for grid in grids if every and grid.head and not grid.has_tasks]
        if bare := "".join(quote(grid.name) for grid in skipped if not grid.names_tasks):
            found[0].remarks.append(f"工作表{bare}没有任务表头,未导入")
        if whose := "".join(quote(grid.name) for grid in skipped if grid.names_tasks):
            found[0].remarks.append(f"工作表{whose}没有牵头单位,未导入,可用 --sheet 和 --unit 另行导入")
        return found

    def _grid(self, book: "Workbook", sheet: "Worksheet") -> _Grid:
        from ledger.importers.workbook import shape_of
        from ledger.importers.worksheet import rows_of

        shape = shape_of(book.package, sheet.part)
        rows = rows_of(book, sheet.part, shape.last_value)
        return self._headed(_Grid(sheet.name, list(islice(rows, DEPTH)), None, rows, shape.merges))

    def _headed(self, grid: _Grid, above: Iterable[Line] = ()) -> _Grid:
        """The grid with its heading row, and the unit whose it is; `above` are lines before its first."""
        header = find_header(grid.head, self.mapping)
        if header is None:
            return grid
        if "title" in header.fields.values():
            header = spread(header, grid.head[header.last][0], grid.merges, self.mapping)
            header = settled(header, grid.head[header.last + 1 :], grid.merges, self.mapping)
        stated = self.own.unit or _stated_unit([*above, *grid.head[: header.first]])
        if stated:
            header = header.without("unit", set(INSTEAD_OF_UNIT) - self.mapping.keys())
        return grid._replace(header=header, unit=self._unit_of(grid, header, stated))

    def _unit_of(self, grid: _Grid, header: Header, stated: str) -> str:
        """The unit of a table without a column of units; as the command says also for a table with one."""
        if self.own.unit or "unit" in header.fields.values():
            return self.own.unit
        if stated:
            return stated
        name = grid.name.strip()
        return name if name and not _NAME_OF_SHEET.fullmatch(name) and name in self.own.known() else ""

    def _tables(self, grid: _Grid) -> list[Sheet]:
        """Each table of a sheet: below a heading row, until the next one."""
        found: list[Sheet] = []
        while True:
            if grid.header is not None and is_form(grid.header.headings):
                raise self._lost_form()
            if not grid.has_tasks or grid.header is None:
                raise self._no_header(grid)
            self.headings |= dict.fromkeys(filter(None, grid.header.keys))
            table = Table(grid.header, self.mapping, grid.merges, grid.unit, self.own.known(), carry=self.carry)
            found.append(table.read(grid.name, chain(grid.head[grid.header.last + 1 :], grid.rest)))
            if passed := [line for line, cells in grid.head[: grid.header.first] if _is_wide(cells)]:
                found[-1].remarks.append(f"{numbers(passed)}在表头以上,未导入")
            if table.rest is None:
                return found
            head = list(islice(table.rest, DEPTH))
            grid = self._headed(_Grid(grid.name, head, None, table.rest, grid.merges), table.between)

    def _no_header(self, grid: _Grid | None) -> BadValue:
        if grid is None or not grid.head:
            return BadValue(f"文件 {self.path} 是空的", "应有中文表头,如 编号,工作任务,牵头单位,截止日期")
        where = f" 的工作表{quote(grid.name)}" if grid.name else ""
        if grid.header is not None and is_form(grid.header.headings):
            return self._lost_form()
        fields = set(grid.header.fields.values()) if grid.header else set()
        wanted = "、".join(SYNONYMS[name][0] for name in ("title", "unit") if name not in fields)
        whose = ";整张表属于一个单位的,请用 --unit 单位 指明" if "title" in fields else ""
        first = grid.header.headings if grid.header else [c for c in grid.head[0][1].values() if isinstance(c, str)]
        return BadValue(
            f"文件 {self.path}{where} 的表头缺少“{wanted}”一列",
            f"表头现为{quote('、'.join(filter(None, first)), 120)};叫法不同的列,请用 --map 列名=字段 指明{whose}",
        )

    def _lost_form(self) -> BadValue:
        return BadValue(f"文件 {self.path} 是填报表,而隐藏的内部数据已丢失(多半是另存成了别的格式)", LOST)


def _is_wide(cells: Cells) -> bool:
    """Whether a line above the headings may be one of another table, rather than of the title."""
    return len(set(cells.values())) > _TITLE and not any(map(is_label, cells.values()))


def _named_remarks(table: Sheet) -> Sheet:
    """A table whose remarks say of which worksheet they are."""
    of = f"工作表{quote(table.name)}:"
    doubt = of + table.doubt if table.doubt else ""
    return table._replace(remarks=[of + remark for remark in table.remarks], doubt=doubt)


def _named(path: Path, book: "Workbook", name: str) -> "Worksheet":
    """The worksheet of that name, a hidden one as well."""
    for sheet in book.sheets:
        if sheet.name.strip() == name.strip():
            return sheet
    names = "".join(quote(sheet.name) for sheet in book.sheets)
    raise BadValue(f"文件 {path} 里没有工作表{quote(name)}", f"现有 {names or '(没有)'}")


def _cells(lines: Iterable[tuple[int, list[str]]]) -> Iterator[Line]:
    known: dict[str, str] = {}  # a long sheet says the same over and over: each text is kept once
    for number, line in lines:
        if len(known) > _MOST_KNOWN:
            known.clear()
        yield (
            number,
            {column: known.setdefault(text, text) for column, cell in enumerate(line) if (text := _text(cell))},
        )


def _text(cell: str) -> str:
    return unguarded(cell.replace("\r\n", "\n").strip())
