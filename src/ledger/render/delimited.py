"""CSV for spreadsheets and programs: RFC 4180 with CRLF, ISO days, rates as percentages that Excel reads as numbers.

One header, then a row for each observation: a report of several sections has the columns of them all, led by 栏目, the
name of the section that a row is of. What is missing is empty, a rate of nothing too. Texts stand whole, however long,
and one that a spreadsheet would run as a formula is led by an apostrophe (`ledger.base.text.guarded`). In a file the
text starts with a byte-order mark, without which Excel takes UTF-8 for the local code page (`ledger.render.output` adds
it); on a pipe it does not.
"""

import csv
from collections.abc import Callable

from ledger.base.text import guarded, visible
from ledger.render.cells import words
from ledger.reports.report import Cell, Change, Gap, Rate, Report


class _Sink:
    """The one method that `csv.writer` asks of a file."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write


def render(report: Report, write: Callable[[str], object]) -> None:
    """Write the report a line at a time; every column is there, empty or not."""
    rows = csv.writer(_Sink(write))
    several = len(report.sections) > 1
    titles = {column.key: column.title for section in report.sections for column in section.columns}
    rows.writerow([*(["栏目"] if several else []), *titles.values()])
    for section in report.sections:
        named = [_text(section.title)] if several else []
        own = {column.key: at for at, column in enumerate(section.columns)}
        places = [own.get(key) for key in titles]
        for row in section.rows:
            rows.writerow([*named, *("" if at is None else _cell(row[at]) for at in places)])
    for line in report.imprint:
        rows.writerow([_text(line)])


def _cell(cell: Cell) -> str:
    if isinstance(cell, Rate):
        return cell.decimals if cell.whole else ""  # Excel computes with what it reads here
    if isinstance(cell, Change):  # with a sign before it Excel would take it for a formula
        return str(cell).removeprefix("+") if cell.difference is None else str(cell.difference)
    if isinstance(cell, str):
        return _text(cell)
    return "" if isinstance(cell, Gap) else words(cell)


def _text(text: str) -> str:
    return guarded(visible(text, single_line=False))
