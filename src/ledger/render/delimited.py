"""CSV for spreadsheets: RFC 4180 with CRLF, ISO days, rates as percentages that Excel reads as numbers.

One section is a header and its rows, nothing else, so that it can be read back; several sections each stand below
their title, an empty line between them. A text that a spreadsheet would run as a formula is led by an apostrophe.
In a file the text starts with a byte-order mark, without which Excel takes UTF-8 for the local code page
(`ledger.render.output` adds it); on a pipe it does not.
"""

import csv
from collections.abc import Callable

from ledger.base.text import visible
from ledger.render.cells import words
from ledger.reports.report import Cell, Rate, Report

_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # the last four are full-width = + - @


class _Sink:
    """The one method that `csv.writer` asks of a file."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write


def render(report: Report, write: Callable[[str], object]) -> None:
    """Write the report a line at a time; every column is there, empty or not."""
    rows = csv.writer(_Sink(write))
    several = len(report.sections) > 1
    for number, section in enumerate(report.sections):
        if several:
            if number:
                write("\r\n")
            if section.title:
                rows.writerow([_text(section.title)])
        rows.writerow([column.title for column in section.columns])
        rows.writerows([_cell(cell) for cell in row] for row in section.rows)


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return _text(cell)
    return _percent(cell) if isinstance(cell, Rate) else words(cell)


def _text(text: str) -> str:
    shown = visible(text, single_line=False)
    return f"'{shown}" if text.startswith(_FORMULA) else shown


def _percent(rate: Rate) -> str:
    """Two decimals at most: Excel computes with what it reads here."""
    if not rate.whole:
        return str(rate)
    return f"{100 * rate.part / rate.whole:.2f}".rstrip("0").rstrip(".") + "%"
