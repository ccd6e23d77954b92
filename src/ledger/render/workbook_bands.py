"""A sheet with bands: which columns it has on which paper, how large, what stands in its rows and how high they are."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ledger.render.cells import Day, iso, words
from ledger.render.sheet_grid import Widths, broken, fits, widths
from ledger.render.workbook_paper import Paper, Set, page_starts
from ledger.render.workbook_styles import KINDS
from ledger.reports.report import Band, Cell, Column, Row, Section, State

_BAND, _FIRST, _NEXT = 19.0, 18.0, 15.0
"""Points of a band, of a row of one line, of each further line."""

_HIGHEST = 409  # points that a row can have
_SET = ("name", "state")
"""Kinds whose lines are broken here, with titles of two lines; longer texts the program breaks that shows them."""

_AIR = 3  # cells of a column that its text leaves free; one of them is what xlsxwriter adds
_SIZES = range(84, 68, -4)
"""Percent in which a sheet is set, the largest in which it takes no more than `_PAGES`; 小五 is 82 of 11 points."""

_PAGES, _USUAL = 3, 80
_MANY = 200
"""Rows that no size brings onto so few pages."""

Traits = tuple[str, ...]
Cells = list[tuple[Cell, Traits]]


class Laid(NamedTuple):
    """A sheet laid out: `columns` by their place in the section, each with its width, the `lines` above, the `rows`
    with their heights, and which of them begin a page."""

    paper: Paper
    columns: dict[int, int]
    lines: list[Set]
    rows: list[tuple[Cells, float]]
    starts: list[int]


def laid_out(section: Section, above: Callable[[int], list[Set]], head: float) -> Laid:
    """The section on as few pages as can be read; `above` are the lines over a table of so many cells, `head` the
    height of its titles."""
    for size in _SIZES if len(section.rows) < _MANY else ():
        laid = _on(_paper(section, size), section, above, head)
        if len(laid.starts) < _PAGES:
            return laid
    return _on(_paper(section, _USUAL), section, above, head)


def _paper(section: Section, size: int) -> Paper:
    upright = Paper(False, size)
    return Paper(not fits(section, _room(section, upright), iso), size)


def _room(section: Section, paper: Paper) -> int:
    return paper.cells - _AIR * len(section.columns)


def _on(paper: Paper, section: Section, above: Callable[[int], list[Set]], head: float) -> Laid:
    found = widths(section, _room(section, paper), iso)
    lines = above(paper.cells)
    rows = [banded_row(row, section.columns, found, iso) for row in section.rows]
    heights = [(height, isinstance(row, Band)) for row, (_, height) in zip(section.rows, rows, strict=True)]
    first = paper.height - head - sum(height for _, _, height in lines)
    starts = page_starts(heights, first, paper.height - head)
    return Laid(paper, {at: found[at] + _AIR - 1 for at in sorted(found)}, lines, rows, starts)


def banded_row(row: Row, columns: Sequence[Column], widths: Widths, day: Day) -> tuple[Cells, float]:
    """The cells of a row, a band over all of them, and its height in points."""
    if isinstance(row, Band):
        return _band(words(row[0], day), len(widths)), _BAND
    made: Cells = []
    lines = 1
    for at in sorted(widths):
        cell, column = row[at], columns[at]
        traits = ("cell", KINDS.get(column.kind, "wrap"))
        light = (cell.light,) if isinstance(cell, State) else ()
        text = broken(cell, column, widths[at], day) if cell not in (None, "") else [""]
        lines = max(lines, len(text))
        even = column.kind in _SET or (column.name == "title" and len(text) == 2)
        made.append(("\n".join(text) if even and cell else cell, (*traits, *light)))
    return made, min(_FIRST + _NEXT * (lines - 1), _HIGHEST)


def _band(text: str, count: int) -> Cells:
    """A text that runs on over the empty cells to its right."""
    spare: Cells = [(None, ("open", "band")) for _ in range(count - 2)]
    return [(text, ("open", "band")), *spare, (None, ("open", "band", "end"))]
