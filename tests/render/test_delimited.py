import csv
import io
from collections.abc import Callable
from datetime import date

import pytest

from ledger.render.delimited import render
from ledger.reports.report import Bar, Cell, Column, Rate, Report, State


def printed(report: Report) -> str:
    file = io.StringIO()
    render(report, file.write)
    return file.getvalue()


def test_several_sections_stand_below_their_titles(month: Report, golden: Callable[[str, str], None]) -> None:
    golden("render/month.csv", printed(month))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", r"'\u{d}=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\uff20x", "'\uff20x"),
        ("a=1", "a=1"),
        ('两\n行,"引号"', '两\n行,"引号"'),
        ("\x1b[31m", r"\u{1b}[31m"),
        (None, ""),
        (-3, "-3"),
        (date(2013, 3, 20), "2013-03-20"),
        (Rate(3, 12), "25%"),
        (Rate(1, 3), "33.33%"),
        (Rate(3, 3), "100%"),
        (Rate(0, 5), "0%"),
        (Rate(0, 0), "—"),
        (State("red", "红", "逾期3天"), "红 逾期3天"),
        (Bar(4, 9), "4"),
    ],
)
def test_a_cell_as_a_spreadsheet_reads_it(listing: Callable[..., Report], cell: Cell, written: str) -> None:
    text = printed(listing(("x", cell), columns=(Column("甲"), Column("乙"))))
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["甲", "乙"], ["x", written]]


def test_one_section_is_its_titles_and_rows_with_every_column(listing: Callable[..., Report]) -> None:
    assert printed(listing(("1", None), columns=(Column("编号"), Column("备注")))) == "编号,备注\r\n1,\r\n"
    assert printed(listing(columns=(Column("编号"), Column("备注")))) == "编号,备注\r\n"
