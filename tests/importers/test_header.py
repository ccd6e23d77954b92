"""The heading row below titles, and headings in two rows."""

import pytest

from ledger.importers.cells import Cells
from ledger.importers.header import Header, find_header


def found(*rows: str) -> Header:
    """The header of rows whose cells are separated by blanks, `.` being an empty one."""
    lines: list[tuple[int, Cells]] = [
        (line, {column: text for column, text in enumerate(row.split()) if text != "."})
        for line, row in enumerate(rows, 1)
    ]
    header = find_header(lines, {})
    assert header is not None
    return header


@pytest.mark.parametrize("titles", [0, 1, 2, 30])
def test_below_any_number_of_titles(titles: int) -> None:
    header = found(*["任务台账"] * titles, "序号 工作任务 牵头单位 完成时限", "1 开会 综合组 3月底")
    assert (header.first, header.last) == (titles, titles)
    assert header.fields == {0: "code", 1: "title", 2: "unit", 3: "due"}


@pytest.mark.parametrize(
    ("above", "below", "fields"),
    [
        (
            "序号 工作任务 责任单位 . 完成时限",
            ". . 牵头 配合 .",
            {0: "code", 1: "title", 2: "unit", 3: "with", 4: "due"},
        ),
        ("任务名称 时间 . 承办单位", ". 交办 完成 .", {0: "title", 1: "on", 2: "due", 3: "unit"}),
        ("事项 责任人 . 牵头单位", ". 姓名 电话 .", {0: "title", 1: "owner", 3: "unit"}),
        (
            "基本情况 . 办理情况 .",
            "工作任务 牵头单位 进展情况 存在问题",
            {0: "title", 1: "unit", 2: "note", 3: "problem"},
        ),
    ],
)
def test_headings_in_two_rows(above: str, below: str, fields: dict[int, str]) -> None:
    assert found("台账", above, below, "1 2 3 4").fields == fields


def test_a_row_of_tasks_is_no_second_row_of_headings() -> None:
    assert found("工作任务 牵头单位 备注", "开会 综合组 牵头").last == 0


def test_a_line_of_the_title_is_no_first_row_of_headings() -> None:
    header = found("报送单位:督导组 . 日期:3月18日", "工作任务 牵头单位 完成时限")
    assert (header.first, header.last) == (1, 1)


def test_no_heading_at_all() -> None:
    assert find_header([(1, {0: "天气"}), (2, {0: "晴"})], {}) is None
    assert find_header([], {}) is None
