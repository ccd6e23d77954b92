"""How the sheets of a workbook lie on A4: upright or across, how large, and where a page ends.

Excel minds no page break of ours where it is told to fit a sheet to the width of a page: a sheet whose pages end where
we say has a size of its own, and the room of a page is reckoned so that any font stays within it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.render.workbook_page import Page

_CELL = 7.05
"""Points of a cell of text: Excel gives 宋体 of 11 points 6, a program without that font up to so many."""

_LEAST = 62
"""Percent of its size below which a sheet is not read any more."""

_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.65}  # inches
_UPRIGHT, _ACROSS = (537, 757), (784, 510)
"""Points across and down that `_MARGINS` leave."""

Set = tuple[str, tuple[str, ...], float]
"""A line above the tables: its text, the traits of its style, its height in points."""

Row = tuple[float, bool]
"""The height of a row in points, and whether it stays on the page of the next."""


class Paper(NamedTuple):
    """A page, and the size of what is printed on it in percent."""

    across: bool
    scale: int

    @property
    def cells(self) -> int:
        """What a line holds."""
        return int(self._sides[0] * 100 / self.scale / _CELL)

    @property
    def height(self) -> float:
        return self._sides[1] * 100 / self.scale

    @property
    def _sides(self) -> tuple[int, int]:
        return _ACROSS if self.across else _UPRIGHT

    def set(self, page: Page, starts: Sequence[int]) -> None:
        """Print a sheet on it, a page of its own beginning with each of these rows, the first of which is 0."""
        if self.across:
            page.set_landscape()
        page.set_margins(**_MARGINS)
        page.set_print_scale(self.scale)
        if starts:
            page.set_h_pagebreaks(starts)


def set_page(page: Page, cells_wide: float, *, upright: int, leading: int) -> None:
    """A sheet whose pages end where they may: on the width of a page, or, where that could not be read, on as many
    columns as a page holds, the rest to the right, each led by the first `leading` columns."""
    across = cells_wide > upright
    if across:
        page.set_landscape()
    if not leading or 100 * Paper(across, 100).cells >= _LEAST * cells_wide:
        page.fit_to_pages(1, 0)
        return
    page.set_print_scale(_LEAST + 8)
    page.repeat_columns(0, leading - 1)
    page.print_across()


def fitting(cells_wide: float, columns: int, *, upright: int) -> Paper:
    """A page that a sheet so wide fits on, as large as can be."""
    across = cells_wide > upright
    return Paper(across, max(10, min(100, int(100 * Paper(across, 100).cells / (cells_wide + columns)))))


def page_starts(rows: Sequence[Row], room: float, later: float) -> list[int]:
    """The rows that begin a page: the first page has so much room, those that follow `later`."""
    starts: list[int] = []
    begun, used = 0, 0.0
    for at, (height, _) in enumerate(rows):
        if used + height > room and at > begun:
            start = at
            while start > begun and rows[start - 1][1]:
                start -= 1
            begun = start if start > begun else at
            starts.append(begun)
            room, used = later, sum(high for high, _ in rows[begun:at])
        used += height
    return starts
