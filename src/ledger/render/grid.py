"""Which columns stand side by side on a terminal, and how wide: computed once for all sections that share columns.

Widths are display cells. Every column gets what its widest cell asks for while there is room, a text no more than
`MEASURE`: on a wide page the eye would lose the row. Where there is no room, columns give way in the order of
`_STEPS`: codes and days never, the task's own text last.
"""

from collections.abc import Sequence

from ledger.base.text import width
from ledger.render.cells import Day
from ledger.render.faces import face, least
from ledger.reports.report import Bar, Column, Section, State

Grid = list[tuple[int, int]]  # position of the column, its width

INDENT = 1
GAP = 2
BAR, LEAST_BAR = 32, 12
NAME, MEASURE = 24, 64
# (kind, width down to which its columns give way at this step; 0: as far as they can)
_STEPS = (
    ("name", NAME),
    ("text", 40),
    ("bar", LEAST_BAR),
    ("number", 0),
    ("state", 0),
    ("text", 32),
    ("name", 10),
    ("text", 22),
    ("name", 8),
    ("text", 16),
)


def span(grid: Grid) -> int:
    """The cells that the grid takes, without the indent."""
    return sum(cells for _, cells in grid) + GAP * (len(grid) - 1)


def grids(sections: Sequence[Section], kept: list[int], page: int, day: Day) -> list[Grid]:
    """The grids in which rows of these sections, all of the same columns, fit a page of `page` cells.

    Mostly one. Figures too many for it come in several that each repeat the first column; a list that does not fit
    gets none: its rows are to be set over several lines.
    """
    columns = [sections[0].columns[at] for at in kept]
    natural, floors = _measured(sections, columns, kept, day)
    kinds: list[str] = [column.kind for column in columns]
    fitting = _squeezed(natural, floors, kinds, page - INDENT)
    if fitting:
        return [list(zip(kept, fitting, strict=True))]
    return [] if "text" in kinds or not kept else _bands(kept, natural, kinds, page - INDENT)


def _measured(
    sections: Sequence[Section], columns: list[Column], kept: list[int], day: Day
) -> tuple[list[int], list[int]]:
    """For each column the width that it would like and the width below which it cannot go."""
    widest, states = [0] * len(kept), [0] * len(kept)
    for section in sections:
        for row in section.rows:
            for place, at in enumerate(kept):
                cell = row[at]
                widest[place] = max(widest[place], BAR if isinstance(cell, Bar) else width(face(cell, day)[0]))
                if isinstance(cell, State):
                    states[place] = max(states[place], least(cell))
    natural = [
        max(min(cells, MEASURE) if column.kind == "text" else cells, width(column.title))
        for column, cells in zip(columns, widest, strict=True)
    ]
    return natural, list(map(_floor, columns, natural, widest, states))


def _floor(column: Column, natural: int, widest: int, state: int) -> int:
    """How far a column can give way: the title of a number in two lines, a state in its parts, texts to `_STEPS`."""
    title = width(column.title)
    if column.kind == "number":
        return max(widest, min(title, max(4, (title + 2) // 4 * 2)))
    if column.kind == "state":
        return max(state, title)
    return natural if column.kind in ("code", "date") else 1


def _squeezed(natural: list[int], floors: list[int], kinds: list[str], room: int) -> list[int]:
    """Widths that fit `room` with their gaps; empty when there are none."""
    widths = list(natural)
    excess = sum(widths) + GAP * (len(widths) - 1) - room
    for kind, stop in _STEPS:
        places = [place for place, its in enumerate(kinds) if its == kind]
        if kind == "number" and excess > 0:  # all of them, so that the titles look alike
            for place in places:
                excess -= widths[place] - floors[place]
                widths[place] = floors[place]
        while excess > 0:
            giving = [place for place in places if widths[place] > max(stop, floors[place])]
            if not giving:
                break
            widths[max(giving, key=widths.__getitem__)] -= 1
            excess -= 1
    return widths if excess <= 0 else []


def _bands(kept: list[int], natural: list[int], kinds: list[str], room: int) -> list[Grid]:
    """As many columns beside the first as fit, band after band; a name or a bar alone is held to the room there is."""
    first, *rest = zip(kept, natural, kinds, strict=True)
    lead = (first[0], min(first[1], NAME) if first[2] == "name" else first[1])
    bands: list[Grid] = [[lead]]
    for at, cells, kind in rest:
        if kind in ("name", "bar"):
            cells = max(min(cells, room - lead[1] - GAP), LEAST_BAR)
        if len(bands[-1]) > 1 and span([*bands[-1], (at, cells)]) > room:
            bands.append([lead])
        bands[-1].append((at, cells))
    return bands
