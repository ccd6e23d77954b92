"""Workbooks read back as the programs do that open them: by openpyxl, and part by part."""

import errno
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ledger.base.errors import StoreUnusable
from ledger.render import workbook, workbook_sheets
from ledger.render.output import Advance, Extras, emit
from ledger.reports.report import GAP, Bar, Cell, Column, Issue, Line, Rate, Report, Section, State, Total
from tests.conftest import Book, Clerk
from tests.documents.xml import parts
from tests.render.workbooks_of import TODAY, midnight, read, sheet, values, written

TASKS = (Column("编号", "code"), Column("工作任务"), Column("完成时限", "date"), Column("状态", "state"))
UNITS = (Column("牵头单位", "name"), Column("期末", "number"), Column("销号率", "number"))
TREND = (Column("时段", "name"), Column("期末", "number", "closing"), Column("新增", "bar"), Column("销号", "bar"))


@pytest.fixture
def period() -> Report:
    """Figures of a week that is not over, a list, an empty list."""
    red, struck = State("red", "红", ("逾期19天",)), State("done", "", ("3月19日销号",))
    sections = [
        Section("本周到期", TASKS, [("004", "审定各专项活动方案", date(2013, 2, 28), red),
                                         ("012", "召开第一次会议", "适时", struck)], name="due", count=2,
                number=1),
        Section("本周新增", TASKS, [], name="added", count=0, number=2),
        Section("分单位情况", UNITS, [("综合组", 12, Rate(3, 12)), ("宣传组", 0, Rate(0, 0)),
                                       Total(("合计", 12, Rate(3, 12)))], name="by_unit",
                number=3, figures=True),
        Section("走势", TREND, [("3月18日 周一", 9, Bar(3, 3), Bar(0, 3)), ("3月19日 周二", GAP, None, None)],
                name="trend", number=4, figures=True),
    ]  # fmt: skip
    balance: Line = (("期初在办", 9, "+", "新增", 3, "=", "期末在办", 12), ("销号率", Rate(3, 12)))
    issue = Issue("学创办〔2013〕5号", date(2013, 3, 20), "综合组")
    return Report("周工作清单", "学创台账", "截至2013年3月19日", TODAY, "2013年第12周", (), sections,
                  "week", issue=issue, balance=balance)  # fmt: skip


def test_its_xml(period: Report, golden: Callable[[str, str], None]) -> None:
    names = ("xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/charts/chart1.xml")
    golden("render/workbook.txt", parts(written(period), *names))


def test_the_same_report_makes_the_same_bytes(period: Report) -> None:
    assert written(period).getvalue() == written(period).getvalue()


def test_figures_first_then_a_sheet_for_every_list_that_has_rows(period: Report) -> None:
    book = read(period)
    assert book.sheetnames == ["数字", "本周到期"]
    assert values(sheet(book, "数字")) == [
        ["周工作清单"],
        ["学创办〔2013〕5号  综合组  2013年3月20日"],
        ["2013年第12周  学创台账  截至2013年3月19日"],
        ["期初在办 9 + 新增 3 = 期末在办 12"],
        ["销号率 25%(3/12)"],
        [],
        ["三、分单位情况"],
        ["牵头单位", "期末", "销号率"],
        ["综合组", 12, 0.25],
        ["宣传组", 0, "—"],
        ["合计", 12, 0.25],
        [],
        ["四、走势"],
        ["时段", "期末", "新增", "销号"],
        ["3月18日 周一", 9, 3, 0],
        ["3月19日 周二"],
        *[[]] * 18,
        ["清单"],
        ["清单", "件数"],
        ["一、本周到期", 2],
        ["二、本周新增", "无"],
    ]


def test_a_list_as_an_office_keeps_it(period: Report) -> None:
    page = sheet(read(period), "本周到期")
    assert values(page)[3:] == [
        ["一、本周到期(2)"],
        ["编号", "工作任务", "完成时限", "状态"],
        ["004", "审定各专项活动方案", midnight(date(2013, 2, 28)), "红 逾期19天"],
        ["012", "召开第一次会议", "适时", "3月19日销号"],
    ]
    assert page["C6"].is_date
    assert page["C6"].number_format == "yyyy-mm-dd"
    assert page.freeze_panes == "A6"
    assert page.auto_filter.ref == "A5:D7"
    assert page.print_title_rows == "$5:$5"
    assert not page.merged_cells.ranges
    assert page.page_setup.paperSize == 9
    assert page.page_setup.fitToHeight == 0
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert "第 &P 页 共 &N 页" in parts(written(period), "xl/worksheets/sheet2.xml")


def test_lights_are_colours_behind_words(period: Report) -> None:
    page = sheet(read(period), "本周到期")
    assert page["D6"].fill.fgColor.rgb == "FFF8CFCB"
    assert page["D7"].fill.fill_type is None


def test_a_rate_is_a_number_that_shows_its_denominator(period: Report) -> None:
    page = sheet(read(period), "数字")
    assert page["C9"].number_format == '0%"(3/12)"'
    assert page["A11"].font.b
    assert not page["A9"].font.b


def test_past_what_excel_takes_a_rate_shows_the_percentage_alone() -> None:
    rates = [(Rate(50, 99 + whole),) for whole in range(1, 300)]
    report = Report("表", "", "", TODAY, sections=[Section("", (Column("率", "number"),), [*rates])])
    formats = [str(row[0].number_format) for row in sheet(read(report), "表").iter_rows(min_row=3)]
    assert formats[199] == '0%"(50/299)"'
    assert formats[200:] == ["0%"] * 99


def test_what_is_nearly_all_or_nothing_is_not_shown_as_such() -> None:
    rates = [(Rate(*rate),) for rate in ((299, 300), (1, 300), (300, 300), (0, 300))]
    report = Report("表", "", "", TODAY, sections=[Section("", (Column("率", "number"),), [*rates])])
    page = sheet(read(report), "表")
    assert [str(row[0].number_format) for row in page.iter_rows(min_row=3)] == [
        '"99%""(299/300)"', '"1%""(1/300)"', '0%"(300/300)"', '0%"(0/300)"',
    ]  # fmt: skip
    assert page["A3"].value == pytest.approx(299 / 300)


def test_the_trend_is_a_chart_with_a_gap_where_nothing_is_known(period: Report) -> None:
    drawn = parts(written(period), "xl/charts/chart1.xml")
    assert re.findall(r"\n +f: (.*)", drawn)[1::2] == ["数字!$C$15:$C$16", "数字!$D$15:$D$16", "数字!$B$15:$B$16"]


def test_its_properties(period: Report) -> None:
    properties = read(period).properties
    assert (properties.title, properties.subject, properties.creator) == ("周工作清单", "2013年第12周", "学创台账")
    assert properties.created == midnight(date(2013, 3, 19))


def test_a_single_list_has_a_single_sheet_and_a_total_that_filters_leave_alone() -> None:
    rows: list[tuple[Cell, ...]] = [("综合组", 3, None), Total(("合计", 3, None))]
    section = Section("", (Column("单位", "name"), Column("件数", "number"), Column("备注")), rows)
    page = sheet(read(Report("单位", "", "", TODAY, summary=((("共", 1, "个"),),), sections=[section])), "单位")
    assert page.auto_filter.ref == "A3:C4"
    assert values(page)[1] == ["共 1 个"]
    assert page.column_dimensions["C"].hidden
    assert not page.column_dimensions["B"].hidden


def test_an_empty_list_says_so() -> None:
    assert values(sheet(read(Report("逾期清单", "", "", TODAY, sections=[Section("", TASKS, [])])), "逾期清单")) == [
        ["逾期清单"], ["编号", "工作任务", "完成时限", "状态"], ["无"],
    ]  # fmt: skip
    assert values(sheet(read(Report("空", "", "", TODAY)), "空"))[-1] == ["无"]


def test_a_wide_list_is_printed_across_and_keeps_its_first_columns_in_sight() -> None:
    rows: list[tuple[Cell, ...]] = [("004", *["各专项活动牵头单位的意见" * 5] * 6)]
    section = Section("", (Column("编号", "code"), *(Column(f"栏{n}") for n in range(6))), rows)
    page = sheet(read(Report("表", "", "", TODAY, sections=[section])), "表")
    assert page.page_setup.orientation == "landscape"
    assert page.freeze_panes == "C3"
    assert page["A1"].alignment.horizontal == "left"
    assert page.row_dimensions[3].height == 20 + 15 * 2


def test_the_foot_holds_no_more_than_excel_takes() -> None:
    marks = "e" + "\u0301" * 300 + "&" * 60
    report = Report("表", marks, marks, TODAY, marks)
    (foot,) = re.findall("oddFooter: (.*)", parts(written(report), "xl/worksheets/sheet1.xml"))
    assert 50 < len(foot) <= 255


@pytest.mark.parametrize(
    ("ledger", "foot"),
    [
        ("学创台账", "学创台账 2013年第12周(3月18日—3月24日)"),
        ("2013年度省委学习型党组织创建工作督查台账", "2013年第12周(3月18日—3月24日)"),
    ],
)
def test_the_foot_of_a_page_is_not_cut_off(ledger: str, foot: str) -> None:
    report = Report("周工作清单", ledger, "截至2013年3月19日", TODAY, "2013年第12周(3月18日—3月24日)")
    assert f"&9 {foot}&C" in parts(written(report), "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("本周到期", "本周到期"),
        ("A/B:[C]*?\\", "A B C"),
        ("'引'", "引"),
        ("History", "History(2)"),
        ("", "表"),
        ("长" * 40, "长" * 31),
        ("𠮷" * 40, "𠮷" * 15),
    ],
)
def test_names_of_sheets(title: str, name: str) -> None:
    report = Report(title, "", "", TODAY, sections=[Section(title, TASKS, []), Section(title, TASKS, [])])
    first, second = read(report).sheetnames
    assert first == name
    assert second != name
    assert len(second.encode("utf-16-le")) <= 62


def test_a_long_name_among_figures_has_its_lines() -> None:
    rows: list[tuple[Cell, ...]] = [("省直机关工委综合协调督办处", 1, Rate(1, 2)), ("综合组", 1, Rate(1, 2))]
    units = Section("分单位情况", UNITS, rows, name="by_unit", figures=True)
    page = sheet(read(Report("月度小结", "", "", TODAY, sections=[units])), "数字")
    assert [page.row_dimensions[row].height for row in (5, 6)] == [35, 20]


def test_more_rows_than_a_sheet_has_go_on_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheets, "ROWS", 5)
    rows: list[tuple[Cell, ...]] = [(str(number),) for number in range(7)]
    book = read(Report("表", "", "", TODAY, sections=[Section("", (Column("号"),), rows)]))
    assert [values(page)[2:] for page in book.worksheets] == [[["0"], ["1"], ["2"]], [["3"], ["4"], ["5"]], [["6"]]]
    assert book.sheetnames == ["表", "表(2)", "表(3)"]


def test_long_lists_tell_how_far_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LONG", 3)
    monkeypatch.setattr(workbook_sheets, "STEP", 2)
    told: list[object] = []

    @contextmanager
    def progress(what: str, total: int) -> Iterator[Advance]:
        told.append((what, total))
        yield told.append

    rows: list[tuple[Cell, ...]] = [(str(number),) for number in range(6)]
    report = Report("表", "", "", TODAY, sections=[Section("", (Column("号"),), rows)])
    written(report, Extras(progress=progress))
    assert told == [("写入工作簿", 6), 2, 2, 2]


class FullDisk(io.BytesIO):
    def write(self, _: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_the_systems_error(period: Report) -> None:
    with pytest.raises(OSError, match="No space") as failed:
        workbook.render(period, FullDisk(), Extras())
    assert failed.value.errno == errno.ENOSPC


def test_a_failed_export_leaves_the_old_file(period: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "周.xlsx"
    old.write_bytes(b"old")
    monkeypatch.setattr(workbook_sheets.Sheets, "_put_lines", lambda *_: FullDisk().write(b""))
    with pytest.raises(StoreUnusable, match="设备上没有空间"):
        emit("xlsx", old, lambda: period, dict)
    assert old.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["周.xlsx"]


@pytest.mark.parametrize("command", ["list", "overdue", "week", "half", "log", "show 1", "when 3月底前", "config show"])
def test_every_list_and_report_can_be_kept(book: Book, clerk: Clerk, tmp_path: Path, command: str) -> None:
    book.post("add", title="召开第一次会议", unit="综合组", due="2013-03-20")
    file = tmp_path / "表.xlsx"
    answer = clerk("--db", str(book.location), *command.split(), "-o", str(file))
    assert (answer.code, answer.out) == (0, "")
    found = openpyxl.load_workbook(file)
    assert values(sheet(found, found.sheetnames[-1]))[-1]
