"""A unit's form as a workbook: locked but for the cells that are asked for, with drop-downs and checks as one types.

The protection has no password: it keeps from slips, and what was changed behind it shows when the form comes back.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ledger.base.text import visible, wrap
from ledger.dates.day import long_day
from ledger.reports.forms import (
    COLUMNS,
    FIRST_ROW,
    HEADINGS,
    HIDDEN,
    LAYOUT,
    NOTES,
    SHEET,
    STATUSES,
    Form,
    FormRow,
    hidden_rows,
    shown,
)

_LAST = len(HEADINGS) - 1
_LINE, _MOST_LINES = 15.5, 12
"""The height of a line in points; a row holds so many, then it must be opened."""

_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
_NOTE_CELLS = 70
_GIVEN = {**_FONT, "border": 1, "border_color": "#A6A6A6", "bg_color": "#F2F2F2"}
_ASKED = {**_FONT, "border": 1, "border_color": "#A6A6A6", "bg_color": "#FFFBE6", "locked": False}
_HEAD = {"font_name": "黑体", "border": 1, "border_color": "#A6A6A6", "align": "center", "valign": "vcenter"}

_HOW_TO = "灰底各栏请勿改动,只填黄底各栏;没有变化的不必改。填好保存后把本文件原样发回。"
_NOTES = (
    "填报说明",
    "1. 只填“填报”表的黄底各栏:进展情况、完成进度、存在问题、办理状态、完成日期。灰底各栏已锁定,如有出入请告知办公室。",
    "2. 黄底各栏里已有的内容是台账现在的记载。没有变化的不必动;有变化的直接改写,只有改过的格子会登入台账。",
    "3. 进展情况:写截至今天做了什么、到了哪一步。完成进度:填 0 到 100 的整数,如 60。",
    "4. 存在问题:需要领导或其他单位解决的写在这里;原有的不要删,另起一行写新的。全部已经解决的,把这一格清空或写“无”。",
    f"5. 办理状态:从下拉单里选。已经办结的选“{STATUSES[1]}”并填完成日期,由办公室审核销号;还在办的保持“{STATUSES[0]}”。",
    "6. 完成日期:写成 {}-03-31 的样子,不早于交办日期,不晚于填报当天。",
    "7. 请不要增删行、列,不要在表下另加事项;新的事项请另行报送。",
    "8. 改名另存不影响导入,但请保持 xlsx 格式。",
)
"""{} is the year of the form."""


def write_form(form: Form, file: IO[bytes]) -> None:
    """Write the workbook; the same form gives the same bytes."""
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = datetime(form.day.year, form.day.month, form.day.day, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": f"{visible(form.unit)}工作任务填报表", "created": created})
    _write_tasks(book, form)
    _write_notes(book, form.day.year)
    _write_hidden(book, form)
    book.close()


def _write_tasks(book: Workbook, form: Form) -> None:
    sheet = book.add_worksheet(SHEET)
    styles = {name: book.add_format(look) for name, look in (("given", _GIVEN), ("asked", _ASKED), ("head", _HEAD))}
    styles["short"] = book.add_format({**_GIVEN, "align": "center"})
    styles["day"] = book.add_format({**_ASKED, "num_format": "yyyy-mm-dd", "align": "center"})
    title = book.add_format({"font_name": "黑体", "font_size": 18, "align": "center_across"})
    plain = book.add_format({"font_name": "宋体", "font_size": 11, "font_color": "#262626"})
    for at, one in enumerate(LAYOUT):
        sheet.set_column(at, at, one.width)
    sheet.set_column(_LAST + 1, _LAST + 1, None, None, {"hidden": True})
    sheet.write_string(0, 0, "工作任务填报表", title)
    for column in range(1, _LAST + 1):
        sheet.write_blank(0, column, None, title)
    unit, ledger = visible(form.unit), visible(form.ledger)
    sheet.write_string(1, 0, f"填报单位:{unit}    台账:{ledger}    截至{long_day(form.day)}", plain)
    sheet.write_string(2, 0, _HOW_TO, plain)
    sheet.set_row(FIRST_ROW - 2, 24)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(FIRST_ROW - 2, column, heading, styles["head"])
    for place, row in enumerate(form.rows):
        _write_row(sheet, styles, FIRST_ROW - 1 + place, place + 1, row)
    _protect(sheet)
    _set_page(sheet, f"{unit}  {ledger}", FIRST_ROW - 2 + len(form.rows))


def _write_row(sheet: Worksheet, styles: dict[str, Any], at: int, number: int, row: FormRow) -> None:
    _, *columns = LAYOUT
    sheet.set_row(at, _height([shown(row.cells[one.field]) for one in columns], [one.width for one in columns]))
    sheet.write_number(at, 0, number, styles["short"])
    for place, (field, _, _, asked, holds) in enumerate(columns, start=1):
        style = styles[holds if holds in ("day", "short") else "asked" if asked else "given"]
        text = row.cells[field]
        if not text:
            sheet.write_blank(at, place, None, style)
        elif holds == "day":
            sheet.write_datetime(at, place, _midnight(date.fromisoformat(text)), style)
        elif holds == "number":
            sheet.write_number(at, place, int(text), style)
        else:
            sheet.write_string(at, place, shown(text), style)
    sheet.write_string(at, _LAST + 1, row.code)
    _check(sheet, at, row)


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """The height that shows all of a row: no spreadsheet measures it by itself when it opens a file."""
    lines = max(len(wrap(text, width - 2)) for text, width in zip(texts, widths, strict=True))
    return _LINE * min(max(lines, 1), _MOST_LINES) + 6


def _check(sheet: Worksheet, at: int, row: FormRow) -> None:
    """What the spreadsheet refuses as it is typed in."""
    columns = {field: column for column, field in enumerate(COLUMNS)}
    progress, status, done_on = columns["progress"], columns["status"], columns["done_on"]
    sheet.data_validation(
        at, progress, at, progress,
        {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100,
         "error_title": "完成进度", "error_message": "请填 0 到 100 的整数,如 60"},
    )  # fmt: skip
    sheet.data_validation(
        at, status, at, status,
        {"validate": "list", "source": list(STATUSES), "error_title": "办理状态", "error_message": "请从下拉单里选"},
    )  # fmt: skip
    sheet.data_validation(
        at, done_on, at, done_on,
        {"validate": "date", "criteria": "between", "minimum": row.assigned_on, "maximum": "=TODAY()",
         "error_title": "完成日期",
         "error_message": f"请写成 {row.assigned_on.year}-03-31 的样子,不早于交办日期 {row.assigned_on},不晚于今天"},
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)


def _protect(sheet: Worksheet) -> None:
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.freeze_panes(FIRST_ROW - 1, 3)


def _set_page(sheet: Worksheet, footer: str, last: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW - 2)
    sheet.print_area(0, 0, last, _LAST)
    sheet.set_footer(f"&L{footer.replace('&', '&&')[:100]}&R第 &P 页 共 &N 页")


def _write_notes(book: Workbook, year: int) -> None:
    sheet = book.add_worksheet(NOTES)
    sheet.set_column(0, 0, _NOTE_CELLS + 2)
    heading = book.add_format({"font_name": "黑体", "font_size": 16})
    line = book.add_format(_FONT)
    for at, text in enumerate(note.format(year) for note in _NOTES):
        sheet.write_string(at, 0, text, line if at else heading)
        if at:
            sheet.set_row(at, _height([text], [_NOTE_CELLS]) + 4)
    sheet.protect("")
    sheet.set_paper(9)
    sheet.print_area(0, 0, len(_NOTES) - 1, 0)
    sheet.fit_to_pages(1, 0)


def _write_hidden(book: Workbook, form: Form) -> None:
    sheet = book.add_worksheet(HIDDEN)
    for at, row in enumerate(hidden_rows(form)):
        for place, text in enumerate(row):
            sheet.write_string(at, place, text)
    sheet.very_hidden()
