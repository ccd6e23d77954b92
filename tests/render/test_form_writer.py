"""A unit's form as a spreadsheet sees it: what is locked, what is checked, what is hidden."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from ledger.render.form_writer import write_form
from ledger.reports.forms import ASKED, COLUMNS, DOING, FIRST_ROW, GIVEN, HEADINGS, HIDDEN, NOTES, SHEET, Form, FormRow

DAY = date(2013, 3, 19)


def row(**cells: str) -> FormRow:
    plain = dict.fromkeys((*GIVEN, *ASKED), "") | {"title": "方案", "state": "在办", "status": DOING}
    code = cells.get("code", "2013-001")
    return FormRow(code, date(2013, 3, 1), plain | {"code": code} | cells)


def form(*rows: FormRow, unit: str = "综合组") -> Form:
    return Form("学创台账", unit, DAY, 7, "0" * 64, (unit, "宣传组"), list(rows))


def written(one: Form) -> bytes:
    file = BytesIO()
    write_form(one, file)
    return file.getvalue()


@pytest.fixture
def book() -> Iterator[Workbook]:
    """A form of two tasks, read back."""
    done = row(code="007", due="2013-03-20", note="=1+1", progress="60", problem="缺经费\n缺人", done_on="2013-03-18")
    yield load_workbook(BytesIO(written(form(row(due="适时", owner="李四"), done))))


def cells(book: Workbook, line: int) -> dict[str, Any]:
    return {field: book[SHEET].cell(line, column) for column, field in enumerate(COLUMNS, start=1)}


def test_only_what_is_asked_for_may_be_changed(book: Workbook) -> None:
    sheet = book[SHEET]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.protection.formatColumns  # in the file: what is forbidden
    unlocked = {cell.column for line in sheet.iter_rows() for cell in line if not cell.protection.locked}
    assert unlocked == set(range(7, 12))
    assert all(cells(book, line)[field].protection.locked is (field not in ASKED) for line in (5, 6) for field in GIVEN)


def test_texts_are_texts_days_days_and_numbers_numbers(book: Workbook) -> None:
    found = {field: cell.value for field, cell in cells(book, FIRST_ROW + 1).items()}
    assert (found["code"], found["key"], found["note"], found["progress"]) == ("007", "007", "=1+1", 60)
    assert cells(book, FIRST_ROW + 1)["note"].data_type == "s"
    assert found["done_on"].date() == date(2013, 3, 18)
    assert found["problem"] == "缺经费\n缺人"


def test_what_is_typed_is_checked(book: Workbook) -> None:
    checks = {str(check.sqref): check for check in book[SHEET].data_validations.dataValidation}
    status, progress, day = checks["J5"], checks["H5"], checks["K5"]
    assert (status.type, status.formula1) == ("list", '"正在办理,已完成(申请销号)"')
    assert (progress.type, progress.formula1, progress.formula2) == ("whole", "0", "100")
    assert (day.type, day.formula2) == ("date", "TODAY()")
    assert int(day.formula1) == (date(2013, 3, 1) - date(1899, 12, 30)).days
    assert all(check.error and check.showErrorMessage for check in checks.values())


def test_codes_and_what_was_sent_are_out_of_sight(book: Workbook) -> None:
    assert book.sheetnames == [SHEET, NOTES, HIDDEN]
    assert (book[SHEET].sheet_state, book[NOTES].sheet_state, book[HIDDEN].sheet_state) == (
        "visible", "visible", "veryHidden",
    )  # fmt: skip
    assert book[SHEET].column_dimensions["L"].hidden
    assert [cell.value for cell in book[SHEET][FIRST_ROW - 1]][:11] == list(HEADINGS)


def test_it_prints_on_a4_with_its_headings_on_every_page(book: Workbook) -> None:
    sheet = book[SHEET]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area.endswith("$A$1:$K$6")
    footer: Any = sheet.oddFooter
    assert footer.right.text == "第 &P 页 共 &N 页"


def test_the_same_form_is_the_same_file() -> None:
    assert written(form(row())) == written(form(row()))


def test_what_could_harm_or_does_not_fit_is_shown_as_such() -> None:
    book = load_workbook(BytesIO(written(form(row(note="a\x1bb\u202e" + "长" * 40_000), unit="组\x1b"))))
    note = cells(book, FIRST_ROW)["note"].value
    assert note.startswith(r"a\u{1b}b\u{202e}")
    assert (len(note), note[-1]) == (30_000, "…")
    assert r"组\u{1b}" in book[SHEET]["A2"].value
