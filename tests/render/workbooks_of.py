"""Reports as workbooks, read back by openpyxl."""

import io
from datetime import date, datetime, time

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from ledger.render import workbook
from ledger.render.output import Extras
from ledger.reports.report import Cell, Column, Report, Section

TODAY = date(2013, 3, 19)


def written(report: Report, extras: Extras = Extras()) -> io.BytesIO:
    file = io.BytesIO()
    workbook.render(report, file, extras)
    return file


def read(report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(written(report))


def sheet(book: openpyxl.Workbook, name: str) -> Worksheet:
    found = book[name]
    assert isinstance(found, Worksheet)
    return found


def values(page: Worksheet) -> list[list[object]]:
    """The rows without the empty cells at their ends."""
    rows: list[list[object]] = [[*row] for row in page.iter_rows(values_only=True)]
    return [row[: max((at for at, value in enumerate(row, 1) if value is not None), default=0)] for row in rows]


def midnight(day: date) -> datetime:
    """How openpyxl reads a day."""
    return datetime.combine(day, time())


def only(cell: Cell, kind: str = "text") -> Report:
    column = Column("甲", "number" if kind == "number" else "text")
    return Report("表", "学创台账", "", TODAY, sections=[Section("", (column,), [(cell,)])])
