"""The cells of units that a clerk should look over, laid out and as JSON."""

from datetime import date

from ledger.model.rules import Rules
from ledger.reports.conversions import Conversion, conversion_report
from ledger.reports.units_read import UnitsRead, units_object

CONVERTED = [Conversion(2, "001", "甲", "月底", "3月31日", "")]
FOUND = [
    UnitsRead("第2行", 3, "县水利局牵头(张三)", "县水利局", (), "张三", ""),
    UnitsRead("第4行", 1, "县财政局、县审计局等部门", "", ("县财政局", "县审计局"), "", "略"),
]


def test_every_cell_is_a_row_below_the_conversions() -> None:
    report = conversion_report(CONVERTED, date(2013, 3, 19), Rules(name="账"), FOUND)
    assert report.title == "读法一览"
    assert [section.title for section in report.sections] == ["时限换算", "单位读法"]
    assert report.sections[1].rows == [
        ("第2行", 3, "县水利局牵头(张三)", "县水利局", None, "张三", ""),
        ("第4行", 1, "县财政局、县审计局等部门", None, "县财政局、县审计局", None, "略"),
    ]
    assert report.summary[1] == (("单位没有照写读入的", 2, "种写法,请核对"),)


def test_units_alone_have_a_report_of_their_own() -> None:
    report = conversion_report([], date(2013, 3, 19), Rules(name="账"), FOUND)
    assert (report.title, len(report.sections), len(report.summary)) == ("单位读法一览", 1, 1)


def test_as_json() -> None:
    assert units_object(FOUND)[1] == {
        "where": "第4行",
        "rows": 1,
        "cell": "县财政局、县审计局等部门",
        "unit": None,
        "with": ["县财政局", "县审计局"],
        "owner": None,
        "remarks": "略",
    }
