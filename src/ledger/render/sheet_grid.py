"""How wide the columns of a sheet with bands are, and where their cells are broken: names between names, states
between their parts, the task's own title into lines of like length. Widths are display cells.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from ledger.base.lines import balanced, packed, phrases
from ledger.base.text import visible, width, wrap
from ledger.render.cells import Day, words
from ledger.reports.report import Band, Cell, Column, Row, Section, State

Widths = dict[int, int]
"""The columns that are shown, by their place, each with its width."""

Measure = Callable[[str], int]
"""How wide a piece is."""

_LEAST = {"text": 12, "name": 8}
_MOST = {"name": 20, "date": 18, "state": 20}
_SAMPLE = 300  # rows that are measured
_STEP = 2
_READABLE = 20


def widths(section: Section, room: int, day: Day, measure: Measure = width) -> Widths:
    """The columns in which the rows need the fewest lines; an empty one is left out. What must not be broken has its
    room first, by its `measure`, the texts share what is left."""
    rows = [row for row in section.rows if not isinstance(row, Band)]
    rows = rows[:: len(rows) // _SAMPLE + 1]
    kept = [at for at in range(len(section.columns)) if not rows or any(row[at] not in (None, "") for row in rows)]
    kinds = {at: section.columns[at].kind for at in kept}
    found = {
        at: _needed(section.columns[at], [row[at] for row in rows], day, measure) for at in kept if kinds[at] != "text"
    }
    texts = [at for at in kept if kinds[at] == "text"]
    return found | _shared(texts, rows, max(room - sum(found.values()), _LEAST["text"] * len(texts)))


def fits(section: Section, room: int, day: Day, measure: Measure = width) -> bool:
    """Whether so much room holds what is not to be broken, and several texts beside each other can be read."""
    found = widths(section, room, day, measure)
    texts = [cells for at, cells in found.items() if section.columns[at].kind == "text"]
    return sum(found.values()) <= room and (len(texts) < 2 or min(texts) >= _READABLE)


def _needed(column: Column, cells: Sequence[Cell], day: Day, measure: Measure) -> int:
    """The cells of the longest piece that is not to be broken."""
    longest = max((measure(piece) for cell in cells for piece in pieces(cell, column, day)), default=0)
    return max(min(longest, _MOST.get(column.kind, longest)), min(measure(column.title), 8))


def ample(text: str) -> int:
    """The cells of a piece in any font that stands in for the one that is named: there digits may be wider, and stand
    a little apart from what is Chinese."""
    figures = sum(letter.isascii() for letter in text)
    seams = sum(one.isascii() is not other.isascii() for one, other in pairwise(text))
    return width(text) + -(-(figures + seams) // 3)


def _shared(texts: Sequence[int], rows: Sequence[Row], room: int) -> Widths:
    """The texts' widths, together `room`: each step goes to the column that makes the rows too high."""
    found = dict.fromkeys(texts, _LEAST["text"])
    sizes = [{at: width(str(row[at] or "")) for at in texts} for row in rows]
    while texts and sum(found.values()) + _STEP <= room:
        high = dict.fromkeys(texts, 0)
        for size in sizes:
            lines = {at: -(-size[at] // found[at]) for at in texts}
            most = max(lines.values())
            for at in texts:
                high[at] += most > 1 and lines[at] == most
        wanted = max(texts, key=lambda at: (high[at], sum(size[at] for size in sizes) / found[at]))
        found[wanted] += _STEP
    return found


def pieces(cell: Cell, column: Column, day: Day) -> list[str]:
    """What of a cell is not to be broken: each name of several, each part of a state (its light with the first)."""
    if isinstance(cell, State):
        first = 2 if cell.word else 1
        return [visible(piece) for piece in (" ".join(cell.parts[:first]), *cell.parts[first:]) if piece]
    if column.kind == "name" and isinstance(cell, str):
        return [visible(name) for line in cell.split("\n") for name in phrases(line)]
    return [words(cell, day)]


def broken(cell: Cell, column: Column, cells: int, day: Day) -> list[str]:
    """The lines of a cell in a column so wide."""
    if isinstance(cell, State) or column.kind == "name":
        between = " " if isinstance(cell, State) else ""
        lines = cell.split("\n") if isinstance(cell, str) else [cell]
        return [line for part in lines for line in packed(pieces(part, column, day), cells, between)]
    said = visible(cell, single_line=False) if isinstance(cell, str) else words(cell, day)
    return [
        line
        for part in said.split("\n")
        for line in (balanced(part, cells) if column.name == "title" else wrap(part, cells))
    ]
