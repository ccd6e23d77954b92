"""What a cell says, shared by every format: a format adds only how it looks.

All user text leaves through `ledger.base.text.visible`: what could move a cursor or reorder a line is shown escaped.
A day is written by the `Day` that the format gives: ISO for machines and mail, 「3月20日 周三」 for readers.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from ledger.base.text import visible
from ledger.dates.day import short_day
from ledger.reports.report import Bar, Cell, Column, Line, Report, Section, State, text_of

Day = Callable[[date], str]

iso: Day = date.isoformat


FULL_WIDTH = str.maketrans("()", "（）")
"""The brackets of what is sent out, in the program's own words."""

SEPARATOR = " ｜ "
"""What stands between the groups of a line above the tables."""


def spoken(today: date) -> Day:
    """Days as readers say them, with the year where it is not that of `today`."""
    return partial(short_day, today=today)


def words(cell: Cell, day: Day = iso) -> str:
    """The cell in one line of text; empty for a missing value. The word of a light is told, its sign is not."""
    if isinstance(cell, str):
        return visible(cell)
    if cell is None:
        return ""
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, date):
        return day(cell)
    if isinstance(cell, State):
        return visible(" ".join(cell.parts))
    return str(cell.value if isinstance(cell, Bar) else cell)


def aligns_right(column: Column) -> bool:
    """Numbers and rates stand under each other by their last digit."""
    return column.kind == "number"


def kept_columns(sections: Iterable[Section]) -> dict[tuple[Column, ...], list[int]]:
    """Of each set of columns the positions that hold anything in any of its sections: an empty column says nothing.

    Where nothing at all is there, or a section is shown whole, every column is kept.
    """
    kept: dict[tuple[Column, ...], set[int]] = {}
    for section in sections:
        found = kept.setdefault(section.columns, set(range(len(section.columns)) if section.whole else ()))
        for row in section.rows:
            if len(found) == len(section.columns):
                break
            found.update(at for at, cell in enumerate(row) if cell is not None and cell != "")
    return {columns: sorted(found) or list(range(len(columns))) for columns, found in kept.items()}


def heading(report: Report) -> list[str]:
    """Title, period and ledger, then the moment, then the figures in words: the lines above every table."""
    names = (report.title, report.period, report.ledger)
    lines = map(told, report.lines)
    return [visible(text) for text in ("  ".join(filter(None, names)), report.moment, *lines) if text]


def told(line: Line) -> str:
    """A line above the tables as text."""
    return SEPARATOR.join(map(text_of, line))
