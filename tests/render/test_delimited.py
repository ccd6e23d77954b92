import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.text import unguarded, visible
from ledger.render.delimited import render
from ledger.reports.report import GAP, Bar, Cell, Change, Column, Rate, Report, Section, State


def printed(report: Report) -> str:
    file = io.StringIO()
    render(report, file.write)
    return file.getvalue()


def test_several_sections_are_one_table(month: Report, golden: Callable[[str, str], None]) -> None:
    golden("render/month.csv", printed(month))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\n =1", "'\n =1"),
        ("\r=1", r"\u{d}=1"),
        ("'=1", "''=1"),
        ("'引", "'引"),
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
        (Rate(99_999, 100_000), "99.99%"),
        (Rate(0, 5), "0%"),
        (Rate(0, 0), ""),
        (Change(5, 2), "3"),
        (Change(2, 5), "-3"),
        (Change(Rate(1, 2), Rate(1, 3)), "16.7个百分点"),
        (Change(Rate(1, 3), Rate(1, 2)), "−16.7个百分点"),
        ("—", "—"),
        (State("red", "红", ("逾期3天",)), "红 逾期3天"),
        (Bar(4, 9), "4"),
    ],
)
def test_a_cell_as_a_spreadsheet_reads_it(listing: Callable[..., Report], cell: Cell, written: str) -> None:
    text = printed(listing(("x", cell), columns=(Column("甲"), Column("乙"))))
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["甲", "乙"], ["x", written]]


def test_a_section_is_named_without_its_number_and_count(week: Report) -> None:
    head, *rows = csv.reader(io.StringIO(printed(week), newline=""))
    assert head == ["栏目", *(column.title for column in week.sections[0].columns)]
    assert {len(row) for row in rows} == {len(head)}
    assert [row[0] for row in rows] == [
        "上周销号", *["上周未完成结转"] * 2, *["本周到期"] * 3, *["下周预告"] * 2, "无明确时限"
    ]  # fmt: skip


def test_a_number_that_is_not_there_is_empty(listing: Callable[..., Report]) -> None:
    columns = (Column("时段"), Column("期末", "number"), Column("销号", "bar"))
    assert printed(listing(("—", GAP, None), columns=columns)) == "时段,期末,销号\r\n—,,\r\n"


def test_a_long_text_stands_whole(listing: Callable[..., Report]) -> None:
    assert "长" * 40_000 in printed(listing(("长" * 40_000,), columns=(Column("甲"),)))


@given(st.text())
def test_the_text_of_any_cell_comes_back(text: str) -> None:
    section = Section("", (Column("甲"), Column("乙")), [(text, "x")])
    written = printed(Report("", "", "", date(2013, 3, 19), sections=[section]))
    _, (cell, _) = csv.reader(io.StringIO(written, newline=""))
    assert unguarded(cell) == visible(text, single_line=False)
    assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))


def test_one_section_is_its_titles_and_rows_with_every_column(listing: Callable[..., Report]) -> None:
    assert printed(listing(("1", None), columns=(Column("编号"), Column("备注")))) == "编号,备注\r\n1,\r\n"
    assert printed(listing(columns=(Column("编号"), Column("备注")))) == "编号,备注\r\n"
