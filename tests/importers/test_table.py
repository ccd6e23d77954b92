"""Sheets laid out as offices do: group rows, coarse columns, blanks of merged cells, several tables, one unit's own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ledger.importers.reading import Own, read_sheets
from ledger.importers.sheet import Sheet

NAMES = ("title", "unit", "activity", "measure", "due")


def workbook(tmp_path: Path, *rows: Sequence[Any], merged: str = "", title: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merged.split():
        sheet.merge_cells(area)
    book.save(tmp_path / "表.xlsx")
    return tmp_path / "表.xlsx"


def read(path: Path, **how: Any) -> Sheet:
    return read_sheets(path, **how)[0]


def csv(tmp_path: Path, *rows: str, **how: Any) -> Sheet:
    path = tmp_path / "表.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return read(path, **how)


def told(sheet: Sheet, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row.options.get(name) for name in names) for row in sheet.rows]


@pytest.mark.parametrize(
    ("group", "activity"),
    [
        ("一,宣传发动,,", "宣传发动"),
        ("(一),宣传发动,,", "宣传发动"),
        ("一、宣传发动,,,", "宣传发动"),
        ("第一部分 宣传发动,,,", "第一部分 宣传发动"),
        ("宣传发动类,,,", "宣传发动类"),
        ("1,宣传发动,,", None),
    ],
)
def test_group_rows_are_the_activity(tmp_path: Path, group: str, activity: str | None) -> None:
    found = csv(tmp_path, "序号,工作任务,牵头单位,完成时限", group, "1,办专栏,宣传组,3月底", "2,发提纲,宣传组,4月底")
    tasks = [row for row in told(found, "title", "activity") if row[0] != "宣传发动"]
    assert tasks == [("办专栏", activity), ("发提纲", activity)]
    assert (len(found.rows) == 3) == (activity is None)  # a number and a title: a task that lacks its unit


@pytest.mark.parametrize("head", ["反馈问题", "经费(万元)", "类别"])
def test_group_rows_whose_text_stands_left_of_the_title(tmp_path: Path, head: str) -> None:
    lines = ["(一),水污染,,", "1,管网混接,排查管网,住建局", "(二),固体废物,,", "2,乱堆,清运,城管局"]
    found = csv(tmp_path, f"序号,{head},工作任务,牵头单位", *lines)
    assert [row.options["title"] for row in found.rows] == ["排查管网", "清运"]
    assert found.remarks[0] == "第2、4行是分组标题,作为其下事项的专项活动"


def test_groups_by_finer_numbers(tmp_path: Path) -> None:
    lines = ["1,组织领导,,", "1.1,开会,综合组,", "1.2,发文,综合组,", "2,宣传,,", "2.1,办专栏,宣传组,"]
    found = csv(tmp_path, "序号,工作任务,牵头单位,完成时限", *lines)
    assert told(found, "title", "activity") == [("开会", "组织领导"), ("发文", "组织领导"), ("办专栏", "宣传")]


def test_of_nested_groups_the_coarsest_counts(tmp_path: Path) -> None:
    lines = ["一、经济,,", "(一)工业,,", "1,甲,发改局", "(二)农业,,", "2,乙,农业局", "二、民生,,", "3,丙,民政局"]
    found = csv(tmp_path, "序号,工作任务,牵头单位", *lines)
    assert told(found, "title", "activity") == [("甲", "经济"), ("乙", "经济"), ("丙", "民生")]
    assert found.remarks == ["第2、7行是分组标题,作为其下事项的专项活动", "第3、5行是下一级的分组标题,没有登记"]


def test_tasks_numbered_in_chinese_are_no_groups(tmp_path: Path) -> None:
    found = csv(tmp_path, "序号,工作任务,牵头单位", "一,甲,发改局", "二,乙,", "三,丙,民政局")
    assert told(found, "title", "unit") == [("甲", "发改局"), ("乙", None), ("丙", "民政局")]


def test_a_merged_coarse_column_is_the_activity(tmp_path: Path) -> None:
    head = ["序号", "重点工作", "工作任务", "责任单位", "完成时限"]
    rows: list[list[Any]] = [
        [1, "一、产业", "建园区", "发改局", "年底"],
        [2, None, "招商", "商务局", "年底"],
        [3, "民生", "建园", "教育局", "8月底"],
    ]
    found = read(workbook(tmp_path, head, *rows, merged="B2:B3"))
    assert told(found, "title", "activity") == [("建园区", "产业"), ("招商", "产业"), ("建园", "民生")]


def test_a_heading_over_several_columns_names_them_all(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [
        ["工作内容", None, "责任单位", None, "完成时限"],
        ["组织", "成立机构", "县委办", "张某", "5月底"],
        [None, "定方案", "县府办", "李某", "6月底"],
        ["宣传", "办专栏", "宣传部", None, "7月底"],
    ]
    found = read(workbook(tmp_path, *rows, merged="A1:B1 A2:A3"))
    assert told(found, "title", "activity", "unit") == [
        ("成立机构", "组织", "县委办"),
        ("定方案", "组织", "县府办"),
        ("办专栏", "宣传", "宣传部"),
    ]


def test_a_table_above_the_headings_is_told(tmp_path: Path) -> None:
    lines = ["路名,养护人,里程", "甲路,张某,3", "乙路,李某,5", "序号,工作任务,牵头单位", "1,办专栏,宣传组"]
    assert "第1、2、3行在表头以上,未导入" in csv(tmp_path, *lines).remarks
    title = csv(
        tmp_path, "某县台账,,2025年", "填报单位:甲局,填表人:张某,电话:", "序号,工作任务,牵头单位", "1,办专栏,宣传组"
    )
    assert not any("表头以上" in one for one in title.remarks)


def test_that_there_is_no_deadline_is_told_beside_columns_that_nobody_knows(tmp_path: Path) -> None:
    assert "没有完成时限一列,都登记为无期限" in csv(tmp_path, "工作任务,牵头单位,一季度目标", "甲,乙局,5").remarks
    assert csv(tmp_path, "工作任务,牵头单位", "甲,乙局").remarks == []


def test_the_coarsest_of_several_levels(tmp_path: Path) -> None:
    lines = ["政务,审批,公开清单,政务办", "政务,证明,清理证明,司法局", "监督,执法,抽查,司法局"]
    found = csv(tmp_path, "一级指标,二级指标,主要任务,牵头单位", *lines)
    assert told(found, "title", "activity") == [("公开清单", "政务"), ("清理证明", "政务"), ("抽查", "监督")]
    assert found.extra == ["二级指标"]


def test_one_title_over_measures_with_units_of_their_own(tmp_path: Path) -> None:
    head = ["序号", "重点任务", "具体措施", "责任单位", "完成时限"]
    rows: list[list[Any]] = [
        [1, "组织领导", "成立小组", "县委办", "3月底"],
        [None, None, "制定方案", "县府办", "4月底"],
    ]
    found = read(workbook(tmp_path, head, *rows, merged="A2:A3 B2:B3"))
    assert told(found, *NAMES) == [
        ("成立小组", "县委办", "组织领导", None, "3月底"),
        ("制定方案", "县府办", "组织领导", None, "4月底"),
    ]


def test_one_task_with_measures_on_several_rows(tmp_path: Path) -> None:
    head = ["序号", "重点任务", "具体措施", "责任单位", "完成时限"]
    rows: list[list[Any]] = [
        [1, "组织领导", "成立小组", "县委办", "3月底"],
        [None, None, "制定方案"],
        [2, "宣传", "办专栏", "宣传部", "4月"],
    ]
    found = read(workbook(tmp_path, head, *rows, merged="A2:A3 B2:B3 D2:D3 E2:E3"))
    assert told(found, *NAMES) == [
        ("组织领导", "县委办", None, "成立小组\n制定方案", "3月底"),
        ("宣传", "宣传部", None, "办专栏", "4月"),
    ]


BLANKS = (
    "类别,序号,工作任务,牵头单位,完成时限",
    "民生,1,建园,教育局,8月底",
    ",2,轮岗,,",
    ",3,排查,公安局,9月底",
    "产业,4,招商,商务局,年底",
)


def test_blanks_of_merged_cells_are_asked_about(tmp_path: Path) -> None:
    found = csv(tmp_path, *BLANKS)
    assert told(found, "title", "unit", "due")[1] == ("轮岗", None, None)
    assert found.doubt == "第3、4行的“类别”“牵头单位”“完成时限”空着,像是合并的单元格只留下了第一格"


def test_blanks_of_merged_cells_filled_from_above(tmp_path: Path) -> None:
    found = csv(tmp_path, *BLANKS, carry=True)
    assert found.doubt == ""
    assert told(found, "activity", "title", "unit", "due") == [
        ("民生", "建园", "教育局", "8月底"),
        ("民生", "轮岗", "教育局", "8月底"),
        ("民生", "排查", "公安局", "9月底"),
        ("产业", "招商", "商务局", "年底"),
    ]


def test_a_deadline_that_stands_empty_alone_is_told(tmp_path: Path) -> None:
    found = csv(tmp_path, "工作任务,牵头单位,完成时限", "甲,子,3月底", "乙,丑,", "丙,寅,无")
    assert (found.doubt, found.undated) == ("", {3})


def test_with_other_blanks_it_is_asked_about_and_filled(tmp_path: Path) -> None:
    lines = ("工作任务,牵头单位,完成时限", "甲,子,3月底", "乙,,4月", "丙,丑,")
    assert csv(tmp_path, *lines).doubt.startswith("第3、4行的“牵头单位”“完成时限”空着")
    assert told(csv(tmp_path, *lines, carry=True), "unit", "due")[2] == ("丑", "4月")


def test_nothing_is_carried_below_another_value_of_a_coarser_column(tmp_path: Path) -> None:
    lines = ("一级指标,主要任务,牵头单位,完成时限", "政务,甲,子,3月底", ",乙,,", "监督,丙,丑,", ",丁,,")
    assert told(csv(tmp_path, *lines, carry=True), "activity", "unit", "due") == [
        *(("政务", "子", "3月底"), ("政务", "子", "3月底"), ("监督", "丑", None), ("监督", "丑", None)),
    ]


def test_figures_in_columns_that_nobody_knows_hide_no_group(tmp_path: Path) -> None:
    found = csv(
        tmp_path, "序号,项目名称,责任单位,总投资", "一,交通类,,8000", "1,修路,交通局,5000", "2,架桥,交通局,3000"
    )
    assert told(found, "title", "activity") == [("修路", "交通类"), ("架桥", "交通类")]


def test_nothing_is_carried_into_another_group(tmp_path: Path) -> None:
    lines = ["一、甲组,,", "1,开会,综合组", "二、乙组,,", "2,发文,"]
    assert csv(tmp_path, "序号,工作任务,牵头单位", *lines).doubt == ""


@pytest.mark.parametrize(
    ("above", "title", "own", "unit"),
    [
        (["填报单位：县教育局"], "Sheet1", Own(), "县教育局"),
        (["填报单位(盖章):", "县教育局"], "Sheet1", Own(), "县教育局"),
        (["单位名称:县教育局(盖章)  2025年3月"], "Sheet1", Own(), "县教育局"),
        (["单位：县教育局", "单位:万元"], "Sheet1", Own(), "县教育局"),
        (["重点工作"], "县教育局", Own("", lambda: ["县教育局"]), "县教育局"),
        (["填报单位:县教育局"], "Sheet1", Own("县水利局"), "县水利局"),
    ],
)
def test_sheets_of_one_unit(tmp_path: Path, above: list[str], title: str, own: Own, unit: str) -> None:
    path = workbook(tmp_path, above, ["序号", "重点工作", "时间安排"], [1, "建园", "8月底"], ["填表人:甲"], title=title)
    assert told(read(path, own=own), "title", "unit") == [("建园", unit)]


def test_a_column_of_measures_is_no_unit_of_a_sheet_of_one_unit(tmp_path: Path) -> None:
    found = csv(tmp_path, "填报单位:教育局,,", "序号,重点工作,单位,时间安排", "1,建园,所,8月底")
    assert (told(found, "title", "unit"), found.extra) == ([("建园", "教育局")], ["单位"])


def test_the_unit_given_fills_blanks_alone(tmp_path: Path) -> None:
    found = csv(tmp_path, "工作任务,牵头单位", "甲,发改局", "乙,", own=Own("教育局"))
    assert (told(found, "unit"), found.doubt) == ([("发改局",), ("教育局",)], "")


def test_several_tables_on_one_sheet(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["序号", "工作任务", "牵头单位", "完成时限"],
        [1, "甲", "综合组", "3月底"],
        ["合计", "1件"],
        ["填报单位:督导组"],
        ["序号", "重点工作", "负责人", "时间安排", "目前进展"],
        [1, "乙", "张某", "5月底", "在办"],
    )
    first, second = read_sheets(path)
    assert (told(first, "title", "unit"), told(second, "title", "unit")) == ([("甲", "综合组")], [("乙", "督导组")])
    assert second.place(6, "due") == "工作表“Sheet1”第6行“时间安排”列(D6)"


@pytest.mark.parametrize("numbers", ["1,2,3", "甲,1,2"])
def test_numbers_of_columns_are_no_task(tmp_path: Path, numbers: str) -> None:
    found = csv(tmp_path, "序号,事项,牵头单位", numbers, "1,开会,综合组")
    assert (told(found, "title"), found.remarks) == ([("开会",)], ["第2行是栏号,未导入"])


def test_feet_and_pages_are_no_tasks(tmp_path: Path) -> None:
    lines = [
        "1,甲,8月底",
        "小计,,",
        "2,乙,9月",
        "小计,,",
        "联系人:,周某,电话:",
        "第1页 共3页,,",
        "— 4 —,,",
        "备注:无,,",
    ]
    found = csv(tmp_path, "填报单位:教育局,,", "序号,重点工作,时间安排", *lines)
    assert told(found, "title") == [("甲",), ("乙",)]


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("序号,反馈问题,整改措施,整改时限,整改责任单位,整改责任人,整改情况", "title measure due unit owner outcome"),
        ("序号,议定事项,承办单位,协办单位,办结时限,落实情况", "title unit with due outcome"),
        ("序号,项目名称,建设内容及规模,分管县领导,责任单位,推进进度", "title measure leader unit progress"),
        ("督查事项,责 任\n部门,完 成 时 限,办理进展情况", "title unit due note"),
        ("任务清单,措施清单,责任清单,时限清单", "title measure unit due"),
        ("重点任务,牵头部门,主责单位,协办单位,计划完成时间,实际完成时间", "title unit with with due closed_on"),
        ("事项,牵头单位,完成情况,是否完成", "title unit note outcome"),
        ("任务,责任单位,状态,完成率", "title unit outcome progress"),
        ("议题,议定事项,部门,要求办结时间", "title unit due"),
        ("项目名称,项目类型,责任单位,开工时间,计划竣工时间,形象进度", "title activity unit start due progress"),
        ("主要任务,责任分工,时间节点", "title unit due"),
        ("任务,牵头单位,单位", "title unit"),
        ("批示内容,批示领导,承办单位,批示时间,办结期限,办理结果", "title source unit on due outcome"),
        ("任务内容,责任科室,起止时间", "title unit due"),
        ("事项,责任单位,时间", "title unit due"),
        ("事项,所属部门,计划开始,计划结束", "title unit start due"),
        ("事项,责任单位,时间进度安排,进展", "title unit due note"),
        ("事项,责任单位,工作进度计划", "title unit due"),
        ("工程名称,责任单位,开工日期,竣工日期", "title unit start due"),
        ("工作任务,具体内容,责任单位", "title measure unit"),
        ("反馈问题,整改任务,责任股室,整改时限,整改状态", "problem title unit due outcome"),
        ("项目,责任单位,完成时限,进展状态", "title unit due outcome"),
        ("信访编号,反映问题,受理日期,责任单位,办结时限", "title on unit due"),
        ("隐患内容,整改措施,责任单位,是否完成整改", "title measure unit outcome"),
        ("文件标题,批示内容,承办科室,办结时限", "title measure unit due"),
        ("建议标题,主办单位,会办单位,收文日期", "title unit with on"),
    ],
)
def test_headings_of_other_offices(tmp_path: Path, head: str, fields: str) -> None:
    quoted = ",".join(f'"{name}"' for name in head.split(","))
    path = tmp_path / "表.csv"
    path.write_text(f"{quoted}\n", encoding="utf-8")
    from ledger.importers.headings import fields_of, folded

    found = fields_of([folded(name) for name in head.split(",")])
    assert [field for field in found.values() if field != "code"] == fields.split()


def test_what_is_too_long_for_an_activity_sorts_nothing(tmp_path: Path) -> None:
    long = "深入贯彻落实" * 40
    found = csv(tmp_path, "重点工作,工作任务,牵头单位", f"{long},甲,子局", f"{long},乙,丑局")
    assert told(found, "title", "activity") == [("甲", None), ("乙", None)]


def test_a_long_paragraph_is_no_group(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, ["序号", "事项", "牵头单位"], ["一、" + "全面贯彻落实" * 30], [1, "甲", "子局"], merged="A2:C2"
    )
    found = read(path)
    assert (told(found, "title", "activity"), found.remarks) == ([("甲", None)], ["第2行是表尾说明,未导入"])
