"""How wide the columns of a table on paper are, and where its cells are broken: names between names, states between
their parts, the task's own title into lines of like length. Widths are display cells.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, permutations
from unicodedata import east_asian_width

from ledger.base.lines import balanced, ends, packed, phrases
from ledger.base.text import visible, width, wrap
from ledger.render.cells import Day, words
from ledger.reports.report import Band, Cell, Column, Section, State

Widths = dict[int, int]
"""The columns that are shown, by their place, each with its width."""

Measure = Callable[[str], int]
"""How wide a piece is."""

_LEAST, _NARROW, _READABLE = 12, 16, 24
"""What a text gets at least, what several beside each other can do with, and what it can well be read in."""

_NAMES = (26, 20, 16, 12)
"""What a name gets at most before it is broken: the first that leaves the texts what they can be read in."""

_MOST = {"date": 18, "state": 20}
_WORD = re.compile(r"[!-\u10ff]+?(?:[-/_]+|(?![!-\u10ff]))")
_LONGEST_WORD = 24
_SAMPLE = 120  # rows that are measured
_STEPS = range(16, 0, -2)


class _Table:
    """The columns of a section, and how many lines the cells of each need in so many display cells."""

    def __init__(self, section: Section, day: Day, measure: Measure) -> None:
        rows = [row for row in section.rows if not isinstance(row, Band)]
        rows = rows[:: len(rows) // _SAMPLE + 1]
        self.columns = section.columns
        every = section.whole or not rows
        kept = [at for at in range(len(section.columns)) if every or any(row[at] not in (None, "") for row in rows)]
        self.texts = [at for at in kept if section.columns[at].kind == "text"]
        self._pieces = {at: [_sizes(row[at], section.columns[at], day) for row in rows] for at in kept}
        self._written = {at: [sum(map(sum, cell)) for cell in cells] for at, cells in self._pieces.items()}
        self._longest = {at: self._needed(at, [row[at] for row in rows], day, measure) for at in kept}
        self._known: dict[tuple[int, int], list[int]] = {}

    def _needed(self, at: int, cells: Sequence[Cell], day: Day, measure: Measure) -> int:
        """The longest piece of the column that is not to be broken; of a text, the longest of its words."""
        column = self.columns[at]
        if column.kind != "text":
            return max((measure(piece) for cell in cells for piece in pieces(cell, column, day)), default=0)
        longest = max((len(word) for cell in cells if isinstance(cell, str) for word in _WORD.findall(cell)), default=0)
        return min(longest, _LONGEST_WORD)

    def least(self, names: int, *, words: bool = True) -> Widths:
        """What each column gets at least, where a name of more cells than `names` is broken, and long `words` of a text
        are if there is no other way."""
        return {at: self._least(at, names, words) for at in self._pieces}

    def _least(self, at: int, names: int, words: bool) -> int:
        column, longest = self.columns[at], self._longest[at]
        if column.kind == "text":
            return max(min(_LEAST, self._widest(at)), longest if words else 0, width(column.title))
        most = names if column.kind == "name" else _MOST.get(column.kind, longest)
        return max(min(longest, most), min(width(column.title), 8))

    def asked(self, least: Widths, text: int) -> int:
        """The room in which each text has so many cells, if it needs them, beside the other columns."""
        return sum(least.values()) + sum(max(0, min(text, self._widest(at)) - least[at]) for at in self.texts)

    def _widest(self, at: int) -> int:
        return max(self._written[at], default=0)

    def shared(self, found: Widths, room: int) -> Widths:
        """The widths with what is left of the room given to the texts, by how much they have to say."""
        share = {at: sum(self._written[at]) ** 0.5 + 1 for at in self.texts}
        found = dict(found)
        for place, at in enumerate(self.texts):
            spare, rest = max(0, room - sum(found.values())), sum(share[other] for other in self.texts[place:])
            found[at] += round(spare * share[at] / rest)
        return found

    def height(self, found: Widths) -> tuple[int, float]:
        """How many lines the rows have in all, and how full the texts are."""
        rows = zip(*(self._lines(at, cells) for at, cells in found.items()), strict=True)
        return sum(map(max, rows)), sum(sum(self._written[at]) / found[at] for at in self.texts)

    def _lines(self, at: int, cells: int) -> list[int]:
        """How many the cell of each row has."""
        if (at, cells) not in self._known:
            gap = self.columns[at].kind == "state"
            self._known[at, cells] = [sum(_packed(line, cells, gap) for line in cell) for cell in self._pieces[at]]
        return self._known[at, cells]


def widths(section: Section, room: int, day: Day, measure: Measure = width) -> Widths:
    """The columns in which the rows need the fewest lines; an empty one is left out, save of a section that is shown
    `whole`. What must not be broken has its room first, by its `measure`, the rest goes where it saves most."""
    table = _Table(section, day, measure)
    text = _READABLE if len(table.texts) == 1 else _NARROW
    least = next((found for names in _NAMES if table.asked(found := table.least(names), text) <= room), None)
    least = least or table.least(_NAMES[-1], words=False)
    found = table.shared(least, room)
    for step in _STEPS:
        while better := min(_moved(found, least, step), key=table.height, default=None):
            if table.height(better) >= table.height(found):
                break
            found = better
    return found


def fits(section: Section, room: int, day: Day, measure: Measure = width) -> bool:
    """Whether so much room holds what is not to be broken, and the texts beside it can be read."""
    table = _Table(section, day, measure)
    return table.asked(table.least(_NAMES[0]), _READABLE) <= room


def in_twips(section: Section, cells: Widths, line: int, cell: int, padding: int) -> Widths:
    """The widths on a line of so many twips, each `cell` of which takes so many and each column `padding` beside them;
    together the whole line: what is over goes to the texts, what is missing all give."""
    found = {at: wide * cell + padding for at, wide in sorted(cells.items())}
    if (asked := sum(found.values())) > line:
        found = {at: wide * line // asked for at, wide in found.items()}
    texts = [at for at in found if section.columns[at].kind == "text"] or list(found)
    left = line - sum(found.values())
    for place, at in enumerate(texts):
        found[at] += left * (place + 1) // len(texts) - left * place // len(texts)
    return found


def _moved(found: Widths, least: Widths, step: int) -> Iterable[Widths]:
    """The widths with so many cells moved from any column to any other."""
    for one, other in permutations(found, 2):
        if found[one] - step >= least[one]:
            yield found | {one: found[one] - step, other: found[other] + step}


def _sizes(cell: Cell, column: Column, day: Day) -> list[list[int]]:
    """Line for line as they are written, the widths of the pieces between which a cell is broken; a text's is one."""
    lines = cell.split("\n") if isinstance(cell, str) else [cell]
    if column.kind == "text":
        return [[width(words(line, day))] for line in lines]
    return [[width(piece) for piece in pieces(line, column, day)] for line in lines]


def _packed(sizes: Sequence[int], cells: int, gap: int) -> int:
    """The lines of pieces one after another, as many to a line as it holds with gaps between them."""
    lines, used = 0, cells
    for size in sizes:
        if used + gap + size > cells:
            lines += max(1, -(-size // cells))
            used = size
        else:
            used += gap + size
    return lines


def ample(text: str) -> int:
    """The cells of a piece on paper, in any font that stands in for the one that is named: there digits may be wider,
    and stand a little apart from what is Chinese; dashes and quotation marks are as wide as a character."""
    figures = sum(letter.isascii() for letter in text)
    marks = sum(east_asian_width(letter) == "A" for letter in text)
    seams = sum(one.isascii() is not other.isascii() for one, other in pairwise(text))
    return width(text) + marks + -(-(figures + seams) // 3)


def pieces(cell: Cell, column: Column, day: Day) -> list[str]:
    """What of a cell is not to be broken: each name of several, each part of a state (its light with the first), each
    end of a span of days among figures."""
    if isinstance(cell, State):
        first = 2 if cell.word else 1
        return [visible(piece) for piece in (" ".join(cell.parts[:first]), *cell.parts[first:]) if piece]
    if column.kind == "name" and isinstance(cell, str):
        return [visible(name) for line in cell.split("\n") for name in phrases(line)]
    if column.kind == "number" and isinstance(cell, str):
        return ends(visible(cell))
    return [words(cell, day)]


def broken(cell: Cell, column: Column, cells: int, day: Day) -> list[str]:
    """The lines of a cell in a column so wide."""
    if isinstance(cell, State) or column.kind in ("name", "number"):
        between = " " if isinstance(cell, State) else ""
        lines = cell.split("\n") if isinstance(cell, str) else [cell]
        return [line for part in lines for line in packed(pieces(part, column, day), cells, between)]
    said = visible(cell, single_line=False) if isinstance(cell, str) else words(cell, day)
    return [
        line
        for part in said.split("\n")
        for line in (balanced(part, cells) if column.name == "title" else wrap(part, cells))
    ]
