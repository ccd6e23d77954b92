"""The cells of a workbook: texts, numbers and days as they read back."""

from datetime import date

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.base.text import visible
from ledger.render.output import Extras
from ledger.reports.report import Change, Column, Rate, Report, Section
from tests.conftest import examples
from tests.render.workbooks_of import TODAY, midnight, only, read, sheet, written


@examples(25)
@given(st.text())
@example("=1+1")
@example("http://example.com")
@example("<r><t>x</t></r>")
@example("_x000A_ 甲 & <乙> _x005F_")
@example(" 前后\n两行 ")
@example("\ud800\x1b\u202e\ufffe")
@example("007")
def test_any_text_reads_back_as_it_was_typed(text: str) -> None:
    shown = visible(text, single_line=False)
    report = Report(text, text, text, TODAY, text, (((text,),),), [Section(text, (Column(text),), [(text,)])])
    page = read(report).worksheets[0]
    cell = page.cell(page.max_row, 1)
    value = cell.value and str(cell.value).replace("_x005F_", "_")  # Excel undoes this itself, openpyxl does not
    assert value == (shown or None)
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    assert not any(cell.hyperlink for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("letter", ["甲", "𠮷"])
def test_a_text_longer_than_a_cell_is_cut_and_said(letter: str) -> None:
    told: list[str] = []
    file = written(only(letter * 40_000), Extras(warn=told.append))
    value = str(sheet(openpyxl.load_workbook(file), "表")["A4"].value)
    assert told == ["1 个单元格的文字超过 Excel 的上限(32767 字),已截短并注明:表!A4"]
    kept = value.count(letter)
    assert value == f"{letter * kept}…(以下省略 {40_000 - kept} 字)"
    assert 32_700 < len(value.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize(
    ("day", "read_back"),
    [
        (date(1900, 2, 28), "1900-02-28"),
        (date(1900, 3, 1), midnight(date(1900, 3, 1))),
        (date(9999, 12, 31), midnight(date(9999, 12, 31))),
        (date(1, 1, 1), "0001-01-01"),
    ],
)
def test_days_that_spreadsheets_cannot_count_are_text(day: date, read_back: object) -> None:
    assert sheet(read(only(day)), "表")["A4"].value == read_back


@pytest.mark.parametrize(
    ("cell", "read_back"),
    [
        (Change(5, 2), 3),
        (Change(2, 5), -3),
        (Change(Rate(1, 2), Rate(1, 3)), "+16.7个百分点"),
        (Change(Rate(1, 3), Rate(1, 2)), "−16.7个百分点"),
    ],
)
def test_a_change_of_counts_is_a_number_and_one_of_rates_says_its_points(cell: Change, read_back: object) -> None:
    assert sheet(read(only(cell, "number")), "表")["A4"].value == read_back
