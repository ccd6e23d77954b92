"""Sheets read whole: headings found, rows as tasks, columns mapped; and any grid read back as it was written."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.base.errors import BadValue
from ledger.importers.lines import holds_nothing
from ledger.importers.reading import read_sheets
from ledger.importers.sheet import Sheet
from tests.conftest import examples

HEAD = "编号,工作任务,牵头单位,责任(配合)单位,截止日期,完成时限,重点,进展情况,备注"


def csv(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "计划.csv"
    path.write_bytes("\r\n".join([head, *rows, ""]).encode())
    return path


def read(tmp_path: Path, *rows: str, head: str = HEAD, **how: Any) -> Sheet:
    return read_sheets(csv(tmp_path, *rows, head=head), **how)[0]


def options(tmp_path: Path, *rows: str, head: str = HEAD, **how: Any) -> list[dict[str, Any]]:
    return [row.options for row in read(tmp_path, *rows, head=head, **how).rows]


def test_a_row_whole(tmp_path: Path) -> None:
    row = 'A-1,召开会议,综合组、宣传组,"督导组，\n 办公室;人事处",2013-03-20,三月中旬,是,已发通知,请抓紧'
    assert options(tmp_path, row) == [
        {
            "code": "A-1",
            "title": "召开会议",
            "unit": "综合组",
            "with": ["宣传组", "督导组", "办公室", "人事处"],
            "due": "2013-03-20",
            "due_text": "三月中旬",
            "key": True,
            "note": "已发通知;备注:请抓紧",
        }
    ]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("综合组、宣传组", ["综合组", "宣传组"]),
        ("综合组(牵头)、宣传组（配合）", ["综合组", "宣传组"]),
        ("宣传组、综合组(总牵头)", ["综合组", "宣传组"]),
        ("发改委(物价局)/财政局", ["发改委(物价局)", "财政局"]),
        ("综合组；", ["综合组"]),
    ],
)
def test_the_units_of_a_cell(tmp_path: Path, cell: str, units: list[str]) -> None:
    (found,) = options(tmp_path, f"甲,{cell}", head="工作任务,责任单位")
    assert [found["unit"], *found.get("with", [])] == units


@pytest.mark.parametrize(("cell", "key"), [("是", True), ("√", True), ("重点", True), ("否", False), ("", None)])
def test_the_mark_of_a_key_task(tmp_path: Path, cell: str, key: bool | None) -> None:
    assert options(tmp_path, f",甲,乙,,,,{cell},,")[0].get("key") == key


def test_rows_short_and_long_and_blank(tmp_path: Path) -> None:
    assert options(tmp_path, "1,甲,乙", ",,,,,,,,", "", "2,丙,丁,,,,,,,多出的") == [
        {"code": "1", "title": "甲", "unit": "乙"},
        {"code": "2", "title": "丙", "unit": "丁"},
    ]


def test_columns_that_nobody_knows_are_named_and_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, "甲,乙,3万元,多云,,多出的", head="工作任务,牵头单位,经费,天气,")
    assert (found.rows[0].options, found.extra) == ({"title": "甲", "unit": "乙"}, ["经费", "天气", "F列(没有表头)"])


def test_a_task_that_lacks_something_is_handed_on(tmp_path: Path) -> None:
    assert options(tmp_path, "A-1,甲", "A-2,,乙,,2013-03-20") == [
        {"code": "A-1", "title": "甲"},
        {"code": "A-2", "unit": "乙", "due": "2013-03-20"},
    ]


@pytest.mark.parametrize("title", ["合计划拨经费核对", "备注:补录", "一、二季度总结", "说明:起草", "联系群众制度:修订"])
def test_titles_that_look_like_other_lines(tmp_path: Path, title: str) -> None:
    assert options(tmp_path, f"{title},综合组", head="工作任务,牵头单位")[0]["title"] == title


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        ("1 2 3", [None] * 3),
        ("1 2 1", [None] * 3),
        ("一 二 三", [None] * 3),
        ("001 002 003", [None] * 3),
        ("7 9 12", [None] * 3),
        ("学-1 学-2 学-3", ["学-1", "学-2", "学-3"]),
        ("1-1 1-2 2-1", ["1-1", "1-2", "2-1"]),
        ("012 045 103", ["012", "045", "103"]),
    ],
)
def test_a_running_number_is_a_code_where_it_is_no_count(tmp_path: Path, numbers: str, codes: list[str | None]) -> None:
    rows = [f"{number},甲,乙" for number in numbers.split()]
    assert [found.get("code") for found in options(tmp_path, *rows, head="序号,工作任务,牵头单位")] == codes


def test_numbered_lines_that_nobody_filled_in(tmp_path: Path) -> None:
    found = read(tmp_path, "1,甲,乙", "2,,", "3,,", head="序号,工作任务,牵头单位")
    assert (len(found.rows), found.remarks) == (1, [])


def test_a_mapping_overrules(tmp_path: Path) -> None:
    head = "议题,主抓,责任单位,说明,序号,进展情况"
    mapping = {"议题": "title", "主抓(单位)": "unit", "说明": "-", "序号": "code"}
    found = read(tmp_path, "甲,乙,丙,不要,3,好", head=head, mapping=mapping)
    assert found.rows[0].options == {"title": "甲", "unit": "乙", "with": ["丙"], "code": "3", "note": "好"}
    assert found.columns["unit"] == ("主抓", 1)


OWN = ("资金来源", "投资(万元)", "备注")


@pytest.mark.parametrize(
    ("head", "found", "extra"),
    [
        ("工作任务,牵头单位,资金来源,联系电话", {"资金来源": "丙"}, ["联系电话"]),
        ("工作任务,牵头单位, 资金 来源*,投资（万元）", {"资金来源": "丙", "投资(万元)": "丁"}, []),
        ("工作任务,牵头单位,投资(亿元),投资(万元)", {"投资(万元)": "丁"}, ["投资(亿元)"]),
        ("工作任务,牵头单位,资金来源(渠道),备注", {"资金来源": "丙", "备注": "丁"}, []),
        ("工作任务,牵头单位,资金来源,资金来源", {"资金来源": "丙"}, ["资金来源"]),
    ],
)
def test_the_offices_own_columns(tmp_path: Path, head: str, found: dict[str, str], extra: list[str]) -> None:
    sheet = read(tmp_path, "甲,乙,丙,丁", head=head, columns=OWN)
    own = {f"field:{name}": text for name, text in found.items()}
    assert sheet.rows[0].options == {"title": "甲", "unit": "乙", **own}
    assert sheet.extra == extra
    assert sheet.refusals == []


def test_an_own_column_by_a_mapping_and_cells_of_several_lines(tmp_path: Path) -> None:
    head, row = "工作任务,牵头单位,钱从哪来,关键词,资金来源", '甲,乙,"省\n财政","民生\n路、桥",市财政'
    found = read(tmp_path, row, head=head, columns=OWN, mapping={"钱从哪来": "资金来源"})
    assert found.rows[0].options == {
        "title": "甲",
        "unit": "乙",
        "field:资金来源": "省财政",
        "tags": ["民生", "路", "桥"],
    }
    assert found.extra == ["资金来源"]
    assert "第2行单元格里的换行已去掉" in found.remarks


@pytest.mark.parametrize(
    ("mapping", "said"),
    [({"议题": "titel"}, "没有名为“titel”的字段"), ({"没有的": "title"}, "表头里没有“没有的”一列")],
)
def test_a_mapping_of_what_is_not_there(tmp_path: Path, mapping: dict[str, str], said: str) -> None:
    with pytest.raises(BadValue, match=said):
        read(tmp_path, "甲,乙", head="工作任务,牵头单位", mapping=mapping)


def test_what_the_ledger_derives_is_not_read_back(tmp_path: Path) -> None:
    found = read(tmp_path, "甲,乙,在办,红,-3,2013-01-01,1", head="工作任务,牵头单位,状态,灯,剩余天数,原定时限,延期次数")
    assert (found.rows[0].options, found.extra) == ({"title": "甲", "unit": "乙"}, [])
    assert found.remarks == ["由台账自行得出的列没有读取:状态、灯、剩余天数、原定时限、延期次数"]


@pytest.mark.parametrize(
    ("head", "what"),
    [("工作任务,截止日期", "缺少“牵头单位”"), ("天气", "缺少“工作任务、牵头单位”")],
)
def test_headings_that_are_missing(tmp_path: Path, head: str, what: str) -> None:
    with pytest.raises(BadValue, match=what):
        read(tmp_path, "甲", head=head)


def test_a_csv_has_no_worksheets(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="没有工作表"):
        read(tmp_path, "1,甲,乙", sheet="一")


def test_the_date_formats_of_a_chinese_excel(tmp_path: Path) -> None:
    """They are named by number alone (58: m月d日): 1-2 typed as a code has become such a date."""
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("任务")
        sheet.write_row(0, 0, ["编号", "工作任务", "牵头单位", "截止日期", "备注"])
        chinese = book.add_format({"num_format": 58})
        for line, code in ((1, "A-1"), (2, 41276)):
            sheet.write(line, 0, code, chinese)
            sheet.write_row(line, 1, ["开会", "综合组", 41364, 41364], chinese)
    (found,) = read_sheets(path)
    assert [row.options for row in found.rows] == [
        {"code": "A-1", "title": "开会", "unit": "综合组", "due": "2013-03-31", "note": "备注:2013-03-31"}
    ]
    assert [(found.place(one.line, one.field), one.error.what) for one in found.refusals] == [
        ("工作表“任务”第3行“编号”列(A3)", "编号被表格软件改成了日期 2013-01-02(原来可能是“1-2”)")
    ]


def test_a_csv_is_read_without_openpyxl(tmp_path: Path) -> None:
    path = str(csv(tmp_path, "甲,乙", head="工作任务,牵头单位"))
    program = (
        "import sys, pathlib; from ledger.importers import form_reader, reading; path = pathlib.Path(sys.argv[1]);"
        "form_reader.read_form(path, path.read_bytes()); reading.read_sheets(path); sys.exit('openpyxl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program, path], check=False, timeout=60).returncode == 0


def test_a_worksheet_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("任务")
    with pytest.raises(BadValue, match="没有工作表“一月”") as error:
        read_sheets(path, sheet="一月")
    assert error.value.hint == "现有 “任务”"
    with pytest.raises(BadValue, match="是空的"):
        read_sheets(path)


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="\n=+-@'\"<&_x"), max_size=12
).map(lambda text: text.strip())
GRIDS = st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=6)


def expected(grid: list[list[str]]) -> list[dict[str, str]]:
    fields = ("measure", "problem", "outcome")
    return [
        {name: text for name, text in zip(fields, row, strict=True) if text and not holds_nothing(text)} for row in grid
    ]


@examples(60)
@given(grid=GRIDS, title=st.booleans())
@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
def test_any_texts_read_back(
    tmp_path_factory: pytest.TempPathFactory, writer: str, grid: list[list[str]], title: bool
) -> None:
    rows = [["某某台账"]] * title + [["工作任务", "牵头单位", "具体措施", "存在问题", "完成情况"]]
    assume(not any(row[2][:1].isdigit() for row in grid))  # a share is progress
    rows += [["开会", "综合组", *texts] for texts in grid]
    path = tmp_path_factory.mktemp("one") / "表.xlsx"
    (_by_openpyxl if writer == "openpyxl" else _by_xlsxwriter)(path, rows)
    found = [row.options for row in read_sheets(path)[0].rows]
    assert [{name: one[name] for name in one if name not in ("title", "unit")} for one in found] == expected(grid)


def _by_openpyxl(path: Path, rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                sheet.cell(line, column, text).data_type = "s"
    book.save(path)


def _by_xlsxwriter(path: Path, rows: list[list[str]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text)
