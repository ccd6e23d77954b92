"""The weekly list of a workbook: one sheet, whose pages end where no band is left alone."""

from datetime import date, timedelta
from itertools import accumulate

import pytest

from ledger.model.task import Problem
from ledger.render.workbook_bands import laid_out
from ledger.reports.report import Band, Report
from tests.render.documents_of import TODAY, task, weekly
from tests.render.workbooks_of import read, values

PROBLEM = Problem(1, "部分市州报送不及时,数据口径不一致", date(2013, 3, 1))


def many(count: int) -> Report:
    return weekly(
        [
            task(
                n,
                f"组织开展第{n}次学习型党组织建设专题调研并形成调研报告",
                unit="省委学习型党组织创建活动领导小组办公室",
                note="方案初稿已完成,正在征求各成员单位意见,拟于下周报审" if n % 2 else None,
                problems=(PROBLEM,) if n % 3 == 0 else (),
                due_on=TODAY + timedelta(days=n % 5),
            )
            for n in range(1, count + 1)
        ]
    )


def test_one_sheet_in_the_order_of_the_agenda() -> None:
    book = read(weekly([task(1, "调研", with_units=("宣传组",), note="已发通知")]))
    assert book.sheetnames == ["周工作清单"]
    found = values(book.worksheets[0])
    assert found[0] == ["周工作清单"]
    assert ["序号", "工作任务", "牵头/配合单位", "责任人", "时限", "进展情况", "存在问题", "状态"] in found
    assert ["一、上周销号(0)　无"] in found
    row = next(row for row in found if row and row[0] == "1")
    assert row[1:4] == ["调研", "综合组\n宣传组", "李四"] and row[5] == "已发通知"
    page = book.worksheets[0]
    assert page.print_title_rows and not page.auto_filter.ref


def test_a_text_higher_than_a_row_can_be_goes_on_in_the_next() -> None:
    note = "、".join(f"第{n}项已办结" for n in range(800))
    page = read(weekly([task(1, "调研", note=note)])).worksheets[0]
    texts = [str(row[5].value or "") for row in page.iter_rows() if row[0].value in ("1", None)]
    assert "".join(texts).replace("\n", "").count("已办结") == 800
    assert max(page.row_dimensions[row].height for row in range(1, page.max_row + 1)) <= 409
    assert len({row[1].value for row in page.iter_rows() if row[1].value == "调研"}) == 1


def test_a_title_of_two_lines_has_them_alike() -> None:
    (title,) = {row[1] for row in values(read(many(20)).worksheets[0]) if row and row[0] == "1"}
    one, other = str(title).split("\n")
    assert abs(len(one) - len(other)) <= 3
    assert one + other == "组织开展第1次学习型党组织建设专题调研并形成调研报告"


@pytest.mark.parametrize("count", [5, 20, 45])
def test_pages_are_full_but_not_more_and_few(count: int) -> None:
    section = many(count).sheet
    assert section is not None
    laid = laid_out(section, lambda cells: [("周工作清单", (), 30.0)], 22.0)
    ends = [*laid.starts, len(laid.rows)]
    heights = [height for _, height in laid.rows]
    for start, end in zip([0, *laid.starts], ends, strict=True):
        assert end > start
        assert list(accumulate(heights[start:end]))[-1] <= laid.paper.height - 22
        assert end == len(laid.rows) or not isinstance(section.rows[end - 1], Band)
    assert sum(laid.columns.values()) + len(laid.columns) <= laid.paper.cells
    if count < 25:
        assert len(ends) <= 3
