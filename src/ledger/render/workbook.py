"""xlsx: a workbook as an office keeps it.

The lists of a report stand on a sheet each, or all on the one that it has, the figures together on another, with a
chart of the trend. Text is
written as text, whatever it looks like: nothing in the file is a formula or a link. The same report makes the same
bytes; its day is the day of creation.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, time
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from ledger.base.files import Unclosed
from ledger.base.text import visible
from ledger.render.workbook_page import LONGEST
from ledger.render.workbook_sheets import Sheets
from ledger.render.workbook_styles import FONT
from ledger.reports.report import Column, Report, Row, Section

if TYPE_CHECKING:
    from ledger.render.output import Extras

LONG = 5000
"""Rows from which on progress is shown."""


def render(report: Report, file: IO[bytes], extras: "Extras") -> None:
    """Write the report as a workbook; `OSError` where the system refuses it."""
    if report.masthead is not None:
        report = replace(report, sections=[_read_on_one_sheet(report.sections)])
    if not report.sections:
        report = replace(report, sections=[Section("", (Column(""),), [])])
    rows = sum(len(section.rows) for section in report.sections)
    long = extras.progress("写入工作簿", rows) if extras.progress and rows >= LONG else nullcontext(lambda _: None)
    with long as advance, TemporaryDirectory(prefix="ledger-") as scratch:
        made = Unclosed()  # small beside what it is made of
        book = Workbook(made, {"tmpdir": scratch, "default_format_properties": FONT})
        created = datetime.combine(report.today, time())
        book.set_properties(
            {
                "title": visible(report.title),
                "subject": visible(report.period),
                "author": visible(report.ledger),
                "created": created,
            }
        )
        sheets = Sheets(book, report, advance)
        _bind(sheets, report)
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from None
    file.write(made.getbuffer())
    if sheets.cut and extras.warn:
        places = "、".join(sheets.cut[:5]) + ("等" if len(sheets.cut) > 5 else "")
        extras.warn(f"{len(sheets.cut)} 个单元格的文字超过 Excel 的上限({LONGEST} 字),已截短并注明:{places}")


def _bind(sheets: Sheets, report: Report) -> None:
    figures = [section for section in report.sections if section.figures]
    lists = [section for section in report.sections if not section.figures]
    lead = report.lines
    if report.sheet is not None:
        sheets.banded(report.sheet, lead)
        lists, lead = [], ()
    if figures:
        sheets.figures(figures, lists, lead)
        lists, lead = [section for section in lists if section.rows], ()
    for section in lists:
        sheets.table(section, lead)
        lead = ()
    sheets.imprint()


def _read_on_one_sheet(sections: Sequence[Section]) -> Section:
    """Running text in one table, its headings beside the paragraphs."""
    rows: list[Row] = [
        (section.heading if place == 0 else None, text)
        for section in sections
        for place, text in enumerate(section.paragraphs)
    ]
    return Section("", (Column("栏目", "name"), Column("内容")), rows)
