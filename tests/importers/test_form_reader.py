"""A form read back: nothing changed is nothing said, however it was saved; a broken one is refused in a sentence."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from ledger.base.errors import BadValue, LedgerError
from ledger.importers.form_reader import read_form
from ledger.reports.forms import ASKED, FIRST_ROW, HIDDEN, SHEET, cell_text
from tests.conftest import examples
from tests.render.test_form_writer import form, row, written

PATH = Path("填报.xlsx")
_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def opened() -> Workbook:
    return load_workbook(BytesIO(written(form(row(note="已起草"), row(code="1-2", due="3月底")))))


@given(texts=st.lists(_texts, min_size=4, max_size=4), code=st.from_regex("[0-9A-Z学-]{1,12}", fullmatch=True))
@examples(60)
def test_what_was_not_changed_is_not_taken_for_a_change(texts: list[str], code: str) -> None:
    """Save for the ends of lines, which XML does not keep, and blanks around a text."""
    title, note, problem, owner = (cell_text(text.replace("\r", "")) for text in texts)
    sent = form(row(code=code, title=title or "无", note=note, problem=problem, owner=owner, progress="40"))
    raw = written(sent)
    for content in (raw, saved(load_workbook(BytesIO(raw)))):
        found = read_form(PATH, content)
        assert found is not None
        filled, remarks = found
        assert remarks == []
        assert [(one.code, one.changed) for one in filled.rows] == [(code, {})]
        assert filled.form == sent._replace(rows=[])


def test_only_what_was_changed_is_handed_over() -> None:
    book = opened()
    book[SHEET]["G5"] = "已印发"
    book[SHEET]["H6"] = 0.5
    book[SHEET]["H6"].number_format = "0%"
    found = read_form(PATH, saved(book))
    assert found is not None
    first, second = found[0].rows
    assert (first.line, first.changed, second.changed) == (FIRST_ROW, {"note": "已印发"}, {"progress": "50%"})
    assert first.sent["note"] == "已起草"


def test_rows_that_were_taken_out_are_told() -> None:
    book = opened()
    book[SHEET].delete_rows(FIRST_ROW)
    found = read_form(PATH, saved(book))
    assert found is not None
    assert found[1] == ["编号 2013-001 的一行已不在表里,没有导入"]
    assert [one.code for one in found[0].rows] == ["1-2"]


def test_what_is_no_form() -> None:
    assert read_form(PATH, "工作任务,牵头单位\n".encode()) is None
    assert read_form(PATH, saved(Workbook())) is None


@pytest.mark.parametrize(
    "value",
    ["", "{", "[]", "null", '{"format":1}', '{"format":"1","seq":1}', "[" * 9000,
     '{"format":1,"seq":1,"ledger":"\\ud800"}'],
    ids=lambda value: value[:20],
)  # fmt: skip
@pytest.mark.parametrize("line", [1, 2, 4, 5])
def test_hidden_data_that_was_tampered_with(value: str, line: int) -> None:
    book = opened()
    book[HIDDEN].cell(line, 2).value = value
    with pytest.raises(BadValue, match="内部数据不完整"):
        read_form(PATH, saved(book))


def test_a_form_of_a_newer_program() -> None:
    book = opened()
    cell: Any = book[HIDDEN].cell(1, 2)
    cell.value = cell.value.replace('"format":1', '"format":2')
    with pytest.raises(BadValue, match="更新的程序"):
        read_form(PATH, saved(book))


def test_a_form_without_its_sheet() -> None:
    book = opened()
    del book[SHEET]
    with pytest.raises(BadValue, match="缺少工作表"):
        read_form(PATH, saved(book))


@given(data=st.data())
@examples(60)
def test_any_cell_may_hold_anything(data: st.DataObject) -> None:
    book = opened()
    anything = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.dates()
    for _ in range(data.draw(st.integers(1, 4))):
        sheet = book[data.draw(st.sampled_from((SHEET, HIDDEN)))]
        at = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 14))
        value = data.draw(anything | st.sampled_from(("=1/0", "#REF!", "{}", "ledger-form", "task", "done_on", *ASKED)))
        sheet.cell(*at).value = value
    try:
        found = read_form(PATH, saved(book))
    except LedgerError as error:
        assert error.sentence()
        return
    assert found is not None
