"""The sheets of a workbook: a table on each with what an office prints above it, and one of figures with the trend."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from xlsxwriter import Workbook

from ledger.base.text import clip, visible, width, wrap
from ledger.dates.day import long_day
from ledger.render.cells import kept_columns, told, words
from ledger.render.workbook_bands import laid_out
from ledger.render.workbook_chart import CHART_ROWS, add_trend
from ledger.render.workbook_page import Cells, Page
from ledger.render.workbook_paper import Set, fitting, page_starts, set_page
from ledger.render.workbook_styles import FONT, KINDS, TITLE_SIZE, Styles
from ledger.reports.report import Cell, Column, Gap, Line, Report, Row, Section, State, Total, text_of

ROWS = 1_048_576
"""Rows of a sheet, fixed by the format."""

FIGURES = "数字"
STEP = 500
"""Rows after which progress is told."""

LINE = 20.0
"""Points of a row of one line; each further line takes `_LEADING` more, up to what a row can have."""

_LEADING, _HIGHEST = 15, 409
_WIDTHS = {"text": (24, 44), "code": (8, 24), "name": (8, 21), "date": (12, 16), "state": (6, 28), "number": (7, 22)}
_AIR = 3  # cells of a column that its text leaves free: the indent, and fonts differ
_SAMPLE = 1000
_UPRIGHT = 125  # what A4 upright holds at 80 % of the size
_LEADING_COLUMNS = 2  # which say what a row is about: the code and the title
_SCREEN = 150  # what a screen shows: a title in the middle of more would be out of sight
_FOOT = 50  # cells of a third of the foot, and its characters: Excel takes 255 of all three
_UNFIT = re.compile(r"[\[\]:*?/\\]")


class Sheets:
    """The sheets of one report, in the order in which they are asked for."""

    def __init__(self, book: Workbook, report: Report, advance: Callable[[int], object]) -> None:
        self._book = book
        self._report = report
        self._advance = advance
        self._cells: dict[str, Cells] = {}
        self._style = Styles(book).number
        self._kept = kept_columns(report.sections)

    @property
    def cut(self) -> list[str]:
        """The cells whose text was too long, as 任务清单!D5."""
        return [f"{name}!{place}" for name, cells in self._cells.items() for place in cells.cut]

    def table(self, section: Section, lead: Sequence[Line] = ()) -> None:
        """A table on a sheet of its own, on more where it has more rows than a sheet; `lead` stands above it."""
        widths = _widths(section.columns, self._report.sections)
        kept = self._kept[section.columns]
        shown = sum(widths[at] for at in kept)
        lines = self._opening(shown)
        lines += [(line, ("left",), LINE) for line in _folded(lead, shown)]
        lines += [(visible(section.heading), ("heading",), 22)] if section.title else []
        room = ROWS - len(lines) - 1
        for start in range(0, len(section.rows) or 1, room):
            page, cells = self._page(section.title or self._report.title)
            set_page(page, shown, upright=_UPRIGHT, leading=_LEADING_COLUMNS if section.rows and len(kept) > 2 else 0)
            for at, cells_wide in enumerate(widths):
                page.set_column(at, at, cells_wide, None, {"hidden": at not in kept})
            self._put_lines(page, cells, lines, len(widths))
            page.freeze_panes(len(lines) + 1, 2 if shown > _SCREEN else 0)
            self._put_table(page, cells, section, section.rows[start : start + room], widths)

    def figures(self, figures: Sequence[Section], lists: Sequence[Section], lead: Sequence[Line]) -> None:
        """All tables of figures on one sheet with the trend as a chart, then how long every list is."""
        contents = _contents(lists)
        blocks = [*figures, *([contents] if contents.rows else [])]
        wide = _stacked_widths(blocks)
        page, cells = self._page(FIGURES)
        page.hide_gridlines(2)
        for at, cells_wide in enumerate(wide):
            page.set_column(at, at, cells_wide)
        lines = self._opening(sum(wide)) + [(line, ("left",), LINE) for line in _folded(lead, sum(wide))]
        self._put_lines(page, cells, lines, len(wide))
        heights = [(height, True) for _, _, height in lines]
        for block in blocks:
            heading: list[Set] = [("", (), 10), (visible(block.heading), ("heading",), 22)]
            begun = page.height
            self._put_lines(page, cells, heading, len(wide))
            self._put_block(page, cells, block, wide)
            if block.name == "trend" and block.rows:
                add_trend(self._book, page, block, sum(wide))
                page.put([], CHART_ROWS, 1)
            heights += [(LINE + 2, True)] * (page.height - begun - 1) + [(LINE, False)]
        paper = fitting(sum(wide), len(wide), upright=_UPRIGHT)
        paper.set(page, page_starts(heights, paper.height, paper.height))

    def banded(self, section: Section, lead: Sequence[Line]) -> None:
        """The report as one table on one sheet: each band on the page of the row below it, the head on every page."""
        laid = laid_out(section, lambda cells: [*self._opening(cells), *_across(lead, cells)], LINE + 2)
        page, cells = self._page(section.title or self._report.title)
        for place, wide in enumerate(laid.columns.values()):
            page.set_column(place, place, wide)
        self._put_lines(page, cells, laid.lines, len(laid.columns))
        self._put_head(page, cells, [section.columns[at].title for at in laid.columns])
        page.repeat_rows(page.height - 1)
        page.freeze_panes(page.height, 0)
        laid.paper.set(page, [page.height + start for start in laid.starts])
        rows = [cells.row(number, *row) for number, row in enumerate(laid.rows, start=page.height + 1)]
        page.put(rows, len(rows), len(laid.columns))
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{page.height}"})

    def imprint(self) -> None:
        """What an issued report bears, below the last table."""
        for line in self._report.imprint:
            self._put_lines(self._last, self._cells[self._last.get_name()], [(visible(line), ("left",), LINE)], 1)

    # --- the parts of a sheet ----------------------------------------------------------------------------------------

    def _page(self, name: str) -> tuple[Page, Cells]:
        """A new sheet, set up for printing on A4."""
        name = _sheet_name(name, self._cells)
        page: Page = self._book.add_worksheet(name, worksheet_class=Page)
        self._last = page
        self._cells[name] = Cells(self._style)
        page.set_paper(9)
        page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.75)
        page.center_horizontally()
        names = [visible(name) for name in (self._report.ledger, self._report.period) if name]
        said = next((text for text in (" ".join(names), *names[1:]) if width(text) <= _FOOT), "".join(names[:1]))
        left, right = (clip(text, _FOOT)[:_FOOT].replace("&", "&&") for text in (said, visible(self._report.moment)))
        page.set_footer(f"&L&9 {left}&C&9 第 &P 页 共 &N 页&R&9 {right}")
        return page, self._cells[name]

    def _opening(self, cells_wide: float) -> list[Set]:
        """Title, number and date of issue, then period, ledger and moment: centred where a screen shows the centre."""
        report = self._report
        side = ("left",) if cells_wide > _SCREEN else ()
        title = wrap(visible(report.title), max(20, int(cells_wide * FONT["font_size"] / TITLE_SIZE)))
        issue = report.issue
        issued = (issue.number, issue.office, issue.day and long_day(issue.day))
        names = (report.period, report.ledger, report.moment)
        lines: list[Set] = [(line, ("title", *side), 30) for line in title]
        for said in (issued, names):
            if text := "  ".join(visible(part) for part in said if part):
                lines.append((text, ("across", *side), 20))
        return lines

    def _put_lines(self, page: Page, cells: Cells, lines: Iterable[Set], columns: int) -> None:
        rows = [
            cells.row(number, [(text, traits), *[(None, traits)] * (columns - 1)], height)
            for number, (text, traits, height) in enumerate(lines, start=page.height + 1)
        ]
        page.put(rows, len(rows), columns)

    def _put_head(self, page: Page, cells: Cells, titles: Sequence[str], spare: int = 0) -> None:
        """The titles of the columns; the last goes on over `spare` more."""
        head: list[tuple[Cell, tuple[str, ...]]] = [(title, ("cell", "head")) for title in titles]
        if spare:
            head[-1] = (titles[-1], ("open", "head", "left"))
            head += _spare(spare, "head")
        page.put([cells.row(page.height + 1, head, LINE + 2)], 1, len(head))

    def _put_table(
        self, page: Page, cells: Cells, section: Section, rows: Sequence[Row], widths: Sequence[int]
    ) -> None:
        """Head and rows, with what makes them a table: a head on every page, and filters below it."""
        count, head = len(section.columns), page.height
        self._put_head(page, cells, [column.title for column in section.columns])
        page.repeat_rows(head)
        if not rows:
            empty = [(section.empty, ("cell", "wrap")), *[(None, ("cell",))] * (count - 1)]
            page.put([cells.row(page.height + 1, empty, LINE)], 1, count)
            return
        page.put(self._rows(cells, section.columns, rows, widths, page.height + 1), len(rows), count)
        totals = isinstance(rows[-1], Total)
        if count > 2 and len(rows) > totals:
            page.autofilter(head, 0, page.height - 1 - totals, count - 1)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{page.height}"})

    def _rows(
        self,
        cells: Cells,
        columns: Sequence[Column],
        rows: Sequence[Row],
        widths: Sequence[int],
        first: int,
    ) -> Iterator[str]:
        plain = [("cell", KINDS.get(column.kind, "wrap")) for column in columns]
        total = [(*traits, "total") for traits in plain]
        for number, row in enumerate(rows, start=first):
            traits = total if isinstance(row, Total) else plain
            yield cells.row(number, zip(row, traits, strict=True), _height(row, widths))
            if number % STEP == 0:
                self._advance(STEP)

    def _put_block(self, page: Page, cells: Cells, block: Section, widths: Sequence[int]) -> None:
        """A table among others: its remarks run on over the columns that others use."""
        room = len(widths) if block.columns[-1].kind == "text" else len(block.columns)
        spare = room - len(block.columns)
        charted = block.name == "trend"  # no point in the chart
        self._put_head(page, cells, [column.title for column in block.columns], spare)
        for row in block.rows:
            total = ("total",) if isinstance(row, Total) else ()
            line: list[tuple[Cell, tuple[str, ...]]] = [
                (None if isinstance(cell, Gap) and charted else cell, (*_block_traits(column), *total))
                for cell, column in zip(row, block.columns, strict=True)
            ]
            line += _spare(spare)
            folds = [None if column.kind == "text" else cell for cell, column in zip(row, block.columns, strict=True)]
            page.put([cells.row(page.height + 1, line, _height(folds, widths))], 1, room)


def _spare(count: int, *traits: str) -> list[tuple[Cell, tuple[str, ...]]]:
    """Empty cells that a text to their left runs on over."""
    return [(None, ("open", *traits, *(["end"] if at == count - 1 else []))) for at in range(count)]


def _block_traits(column: Column) -> tuple[str, ...]:
    return ("open",) if column.kind == "text" else ("cell", KINDS.get(column.kind, "wrap"))


def _contents(lists: Sequence[Section]) -> Section:
    """How long every list is; one without rows has no sheet, and says so here."""
    rows: list[Row] = [(one.numbered, one.number_of_all or one.empty) for one in lists]
    return Section("清单", (Column("清单", "name"), Column("件数", "number")), rows)


def _widths(columns: Sequence[Column], sections: Iterable[Section]) -> list[int]:
    """The columns' widths in cells, by the head and a sample of the rows of all sections that have these columns."""
    rows = [row for section in sections if section.columns == columns for row in section.rows]
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    return [_width(column, [row[at] for row in sample]) for at, column in enumerate(columns)]


def _stacked_widths(blocks: Sequence[Section]) -> list[int]:
    """Those of columns that several tables share; remarks run on, and need none."""
    tables = [
        [
            0 if column.kind == "text" else cells
            for cells, column in zip(_widths(block.columns, [block]), block.columns, strict=True)
        ]
        for block in blocks
    ]
    return [max(9, *column) for column in zip_longest(*tables, fillvalue=0)]


def _width(column: Column, cells: Sequence[Cell]) -> int:
    low, high = _WIDTHS.get(column.kind, _WIDTHS["number"])
    needed = max((width(words(cell)) for cell in cells), default=0)
    return min(max(low, needed + _AIR, min(width(column.title) + 4, 14)), high)


def _height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """Points that the row needs for its longest text; there may be more columns than the row has."""
    lines = 1
    for cell, cells_wide in zip(row, widths, strict=False):
        if isinstance(cell, State):
            cell = words(cell)
        if isinstance(cell, str) and (2 * len(cell) > cells_wide - _AIR or "\n" in cell):
            shown = visible(cell[: _HIGHEST * 4], single_line=False)
            lines = max(lines, len(wrap(shown, max(2, cells_wide - _AIR))))
    return min(LINE + _LEADING * (lines - 1), _HIGHEST)


def _folded(lines: Iterable[Line], cells_wide: float) -> list[str]:
    """Lines of figures, one to each of their groups where they are wider than the sheet."""
    return [
        visible(part)
        for line in lines
        for part in ([told(line)] if width(told(line)) <= cells_wide else map(text_of, line))
    ]


def _across(lead: Sequence[Line], cells_wide: float) -> list[Set]:
    return [(line, ("across",), LINE) for line in _folded(lead, cells_wide)]


def _sheet_name(title: str, taken: Iterable[str]) -> str:
    """A name as Excel takes it: 31 UTF-16 units at most, without its forbidden signs, unlike all others."""
    names = {name.casefold() for name in taken} | {"history"}
    wanted = " ".join(_UNFIT.sub(" ", visible(title)).split())
    number, suffix = 1, ""
    while True:
        cut = wanted.encode("utf-16-le")[: 2 * (31 - len(suffix))].decode("utf-16-le", "ignore")
        name = (cut.strip("' ") or "表") + suffix
        if name.casefold() not in names:
            return name
        number += 1
        suffix = f"({number})"
