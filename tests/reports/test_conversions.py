"""The conversions of deadlines in words laid out."""

from datetime import date

from ledger.model.rules import Rules
from ledger.reports.conversions import Conversion, conversion_report


def test_every_conversion_is_a_row() -> None:
    rows = [
        Conversion(2, "001", "制定方案", "2月初", "2013年2月5日 周二", ""),
        Conversion(3, "002", "例会", "定期", "无期限", "请写明日期"),
    ]
    report = conversion_report(rows, date(2013, 3, 19), Rules(name="学创台账"))
    headings = ["行", "编号", "工作任务", "原文", "换算为", "说明"]
    assert [column.title for column in report.sections[0].columns] == headings
    assert [*report.sections[0].rows] == rows
    assert report.summary == ((("时限以文字写明的", 2, "行,请核对"),),)
