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

_MOST_LINES = 25  # of a row, which can have 409 points; fonts that stand in take more of them
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
    rows, heights = [], []
    for row in section.rows:
        made = banded_rows(row, section.columns, found, iso)
        rows += made
        heights += [(height, isinstance(row, Band)) for _, height in made]
    first = paper.height - head - sum(height for _, _, height in lines)
    starts = page_starts(heights, first, paper.height - head)
    return Laid(paper, {at: found[at] + _AIR - 1 for at in sorted(found)}, lines, rows, starts)


def banded_rows(row: Row, columns: Sequence[Column], widths: Widths, day: Day) -> list[tuple[Cells, float]]:
    """The cells of a row, a band over all of them, and its height in points; of one that is higher than a row can be
    those of several, the texts going on from one to the next."""
    if isinstance(row, Band):
        return [(_band(words(row[0], day), len(widths)), _BAND)]
    texts = {at: broken(row[at], columns[at], widths[at], day) for at in sorted(widths) if row[at] not in (None, "")}
    lines = max(map(len, texts.values()), default=1)
    made: list[tuple[Cells, float]] = []
    for start in range(0, lines, _MOST_LINES):
        cells = [
            (_part(row[at], columns[at], texts.get(at, []), start), _traits(row[at], columns[at]))
            for at in sorted(widths)
        ]
        made.append((cells, _FIRST + _NEXT * (min(lines - start, _MOST_LINES) - 1)))
    return made


def _part(cell: Cell, column: Column, lines: list[str], start: int) -> Cell:
    """What of a cell stands in the row that begins with this of its lines."""
    even = column.kind in _SET or (column.name == "title" and len(lines) == 2)
    if not even and len(lines) <= _MOST_LINES:
        return cell if start == 0 else None
    return "\n".join(lines[start : start + _MOST_LINES]) or None


def _traits(cell: Cell, column: Column) -> Traits:
    light = (cell.light,) if isinstance(cell, State) else ()
    return ("cell", KINDS.get(column.kind, "wrap"), *light)


def _band(text: str, count: int) -> Cells:
    """A text that runs on over the empty cells to its right."""
    spare: Cells = [(None, ("open", "band")) for _ in range(count - 2)]
    return [(text, ("open", "band")), *spare, (None, ("open", "band", "end"))]
