"""Group rows: lines that head the tasks below them, 一、宣传发动. The coarsest one in force is their activity."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ledger.importers.cells import Cells, Merge
from ledger.importers.lines import SPOKEN, UNNUMBERED, level_of, number_level, squeezed, without_numeral

_LONGEST, _LONGEST_NUMBERED = 60, 120
"""Characters of a heading, without a numeral and with one; a longer text below the headings is an explanation."""


class _Group(NamedTuple):
    level: int
    text: str


class Groups:
    """The headings in force, while a table's lines go by; `title`, `lead` and `count` are its columns, -1 for none."""

    def __init__(self, title: int, lead: int, count: int) -> None:
        self._title, self._lead, self._count = title, lead, count
        self._stack: list[_Group] = []
        self._outer: list[int] = []
        self._inner: list[int] = []

    @property
    def activity(self) -> str:
        return self._stack[0].text if self._stack else ""

    def take(self, line: int, cells: Cells, following: Cells, merges: Iterable[Merge]) -> bool:
        """Whether a line heads a group, which is then in force; `following` is the filled line below, {} at the end."""
        group = self._group(cells, following, merges)
        if group is None:
            return False
        while self._stack and self._stack[-1].level >= group.level:
            self._stack.pop()
        (self._inner if self._stack else self._outer).append(line)
        self._stack.append(group)
        return True

    def _group(self, cells: Cells, following: Cells, merges: Iterable[Merge]) -> _Group | None:
        """A numeral with a text and nothing else, or a single text that no task has: merged across, before the title.

        What is numbered as tasks are is none unless what follows is numbered finer.
        """
        column = min(cells)
        apart = len(cells) == 2 and column == self._count and max(cells) <= self._title
        text = cells[max(cells)] if apart else cells[column]
        if not isinstance(text, str) or not (apart or len(cells) == 1) or self._lead in cells:
            return None
        level = number_level(cells[column]) if apart else level_of(text)
        if len(text) > _LONGEST_NUMBERED:
            return None
        wide = any(one.left == column and one.right > max(column + 1, self._title) for one in merges)
        if level is None:
            placed = wide or column < self._title
            return _Group(UNNUMBERED, text) if placed and is_heading(text) else None
        if not wide:
            below = self._level(following)
            if level > SPOKEN and not (below is not None and below > level):
                return None
            if (apart or self._lead < 0) and (not following or below == level):
                return None
            if column > self._title:
                return None
        return _Group(level, text.strip() if apart else without_numeral(text))

    def _level(self, cells: Cells) -> int | None:
        """How coarse the numeral of a line is."""
        if not cells:
            return None
        if (level := number_level(cells.get(self._count))) is not None:
            return level
        first = cells[min(cells)]
        return level_of(first) if isinstance(first, str) else None

    def remarks(self, numbers: Callable[[Sequence[int]], str]) -> list[str]:
        found = [f"{numbers(self._outer)}是分组标题,作为其下事项的专项活动"] if self._outer else []
        return found + ([f"{numbers(self._inner)}是下一级的分组标题,没有登记"] if self._inner else [])


def is_heading(text: str) -> bool:
    """Whether a text that stands alone is a heading rather than an explanation."""
    return len(text) <= _LONGEST and not squeezed(text).endswith(("。", ";", "."))
