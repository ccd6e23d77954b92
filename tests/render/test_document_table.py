"""The tables of a document: their widths and their cells."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ledger.render.document_table import ACROSS, UPRIGHT, formal, said, tables
from ledger.reports.report import Bar, Cell, Column, Rate, Section, State

DAY = formal(date(2013, 3, 19))
STYLES = {"表头": "h", "表格文字": "t", "表格数字": "n", "公文表格": "g", "分节": "e"}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def cells(xml: str) -> list[list[tuple[str, str]]]:
    """Row → the style and the text of each cell."""
    root = etree.fromstring(f'<w:body xmlns:w="{W}">{xml}</w:body>')
    return [
        [(cell.find(f".//{{{W}}}pStyle").get(f"{{{W}}}val"), "".join(cell.itertext())) for cell in row]
        for row in ([cell for cell in row if cell.tag.endswith("tc")] for row in root.iter(f"{{{W}}}tr"))
    ]


def test_cells_in_the_office_s_words() -> None:
    columns = (
        Column("时段", "name"),
        Column("空", "name"),
        Column("到期", "date"),
        Column("率", "number"),
        Column("销", "bar"),
    )
    rows: list[tuple[Cell, ...]] = [("第9周", None, date(2013, 3, 20), Rate(1, 4), Bar(3, 9)),
                                    ("第10周", None, date(2014, 1, 31), Rate(0, 0), Bar(0, 9))]  # fmt: skip
    (xml,), fits = tables([Section("", columns, rows)], UPRIGHT, DAY, STYLES)
    assert fits
    assert cells(xml) == [
        [("h", "时段"), ("h", "到期"), ("h", "率"), ("h", "销")],
        [("t", "第9周"), ("t", "3月20日"), ("n", "25%(1/4)"), ("n", "3")],
        [("t", "第10周"), ("t", "2014年1月31日"), ("n", "—"), ("n", "0")],
    ]


def test_an_empty_section_has_no_table_and_needs_no_room() -> None:
    wide = tuple(Column("很长很长很长的栏目名称", "code") for _ in range(20))
    assert tables([Section("", wide, [])], UPRIGHT, DAY, STYLES) == ([""], True)


@given(
    st.lists(st.sampled_from(["text", "name", "code", "number", "state", "date"]), min_size=1, max_size=14),
    st.integers(1, 60),
    st.sampled_from([UPRIGHT, ACROSS]),
)
def test_widths_fill_the_line_whatever_there_is(kinds: list[str], length: int, line: int) -> None:
    columns = tuple(Column(f"栏{n}", kind) for n, kind in enumerate(kinds))  # type: ignore[arg-type]
    (xml,), _ = tables([Section("", columns, [tuple("字" * length for _ in columns)])], line, DAY, {})
    widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', xml)]
    assert len(widths) == len(columns) and sum(widths) == line and min(widths) > 0


def test_columns_that_are_alike_align() -> None:
    columns = (Column("编号", "code"), Column("工作任务"))
    found, _ = tables(
        [Section("", columns, [("1", "短")]), Section("", columns, [("2013-001", "长" * 50)])], UPRIGHT, DAY, {}
    )
    first, second = (re.findall(r"<w:gridCol[^>]*>", xml) for xml in found)
    assert first == second


def test_a_state_breaks_between_its_parts() -> None:
    columns = (Column("工作任务"), Column("编号", "code"), Column("牵头单位", "name"), Column("状态", "state"))
    late = State("red", "红", ("逾期19天", "结转3次"))
    row: tuple[Cell, ...] = ("长" * 60, "2013-学创-001", "各专项活动牵头单位", late)
    (narrow,), _ = tables([Section("", columns, [row])], UPRIGHT, DAY, STYLES)
    assert '>红 逾期19天</w:t><w:br/><w:t xml:space="preserve">结转3次<' in narrow
    (wide,), _ = tables([Section("", columns, [("长" * 20, *row[1:])])], ACROSS, DAY, STYLES)
    assert ">红 逾期19天 结转3次<" in wide


def test_where_room_is_short_what_a_break_would_spoil_keeps_its_line() -> None:
    columns = (Column("编号", "code"), Column("工作任务"), Column("牵头单位", "name"), Column("责任人", "name"),
               Column("完成时限", "date"), Column("状态", "state"))  # fmt: skip
    left = State("green", "绿", ("剩183天", "宽限至12月31日", "结转12次", "延期3次", "1/3条", "差2"))
    row: tuple[Cell, ...] = ("2013-学创-001", "报送信息" * 9, "各专项活动牵头单位", "张某某", date(2013, 12, 31), left)
    (xml,), fits = tables([Section("", columns, [row])], UPRIGHT, DAY, STYLES)
    code, _, _, _, due, _ = map(int, re.findall(r'<w:gridCol w:w="(\d+)"', xml))
    assert not fits
    assert (code, due) >= (13 * 105 + 100, 8 * 105 + 100)  # half characters of 五号, and the margins of a cell
    figures = (Column("牵头单位", "name"), *(Column("新增", "number") for _ in range(6)), Column("销号率", "number"))
    of_unit: tuple[Cell, ...] = ("省直机关工委综合协调单位" * 4, *[100_000] * 6, Rate(100, 100))
    (xml,), fits = tables([Section("", figures, [of_unit])], UPRIGHT, DAY, STYLES)
    assert int(re.findall(r'<w:gridCol w:w="(\d+)"', xml)[-1]) >= 13 * 105 + 100


def test_titles_of_tasks_and_of_figures_are_broken_evenly() -> None:
    columns = (Column("编号", "code"), Column("工作任务", name="title"), Column("牵头单位", "name"))
    row: tuple[Cell, ...] = ("2013-学创-001", "组织开展学习型党组织建设专题调研并形成报告送领导小组审定", "综合组")
    (xml,), _ = tables([Section("", columns, [row])], UPRIGHT, DAY, STYLES)
    one, other = re.findall("组织.*?(?=</w:p>)", xml)[0].split("<w:br/>")
    assert abs(len(re.sub("<.*?>", "", one)) - len(re.sub("<.*?>", "", other))) <= 1
    figures = (Column("牵头单位", "name"), *(Column(name, "number") for name in ("应销号", "延期件数", "新增")))
    many = (*figures, *(Column(f"数{n}", "number") for n in range(12)))
    (xml,), _ = tables([Section("", many, [("省直机关工委", *[1] * 15)])], UPRIGHT, DAY, STYLES)
    assert ">应销号<" in xml and re.search("延期<.*?<w:br/>.*?>件数", xml)


def test_among_figures_only_a_span_of_days_is_broken() -> None:
    columns = (Column("名次", "number"), Column("牵头单位", "name"), *(Column(f"数{n}", "number") for n in range(9)))
    spans: list[tuple[Cell, ...]] = [(1, "综合组", *["3月1日—19日"] * 9), ("合计", None, *[Rate(3, 19)] * 9)]
    (xml,), _ = tables([Section("", columns, spans)], UPRIGHT, DAY, STYLES)
    assert ">合计<" in xml and ">3月1日—<" in xml and ">19日<" in xml


def test_a_few_figures_stay_on_one_page() -> None:
    columns = (Column("牵头单位", "name"), Column("新增", "number"))
    for count, kept in ((5, 4), (30, 0)):
        section = Section("", columns, [("综合组", 1)] * count)
        (xml,), _ = tables([section], UPRIGHT, DAY, STYLES)
        rows = re.findall("<w:tr>.*?</w:tr>", xml)[1:]
        assert sum(row.count("<w:keepNext/>") == 2 for row in rows) == kept
        assert "<w:keepNext/>" not in rows[-1]


def test_a_short_name_is_whole_beside_long_titles() -> None:
    columns = (Column("编号", "code"), Column("工作任务", name="title"), Column("牵头单位", "name", "unit"),
               Column("责任人", "name", "owner"), Column("完成时限", "date"), Column("状态", "state"))  # fmt: skip
    late = State("red", "红", ("逾期19天", "结转3次"))
    rows: list[tuple[Cell, ...]] = [
        ("2013-学创-001", "推进改造提升" * 15, unit, "买买提·阿卜杜拉", date(2013, 12, 31), late)
        for unit in ("市委办公室", "市生态环境局高新技术产业开发区分局")
    ]
    (xml,), _ = tables([Section("", columns, rows)], UPRIGHT, DAY, STYLES)
    assert ">市委办公室<" in xml
    heads, *cells_of = cells(xml)
    assert [text for _, text in heads] == ["编号", "工作任务", "牵头单位/责任人", "完成时限", "状态"]
    assert cells_of[0][2][1] == "市委办公室买买提·阿卜杜拉" and ">12月31日<" in xml
    (xml,), _ = tables([Section("", columns, rows)], ACROSS, DAY, STYLES)
    assert ">责任人<" in xml and ">买买提·阿卜杜拉<" in xml


def test_braces_are_no_instruction() -> None:
    assert said("{_{ <a> & ]]> \x1b") == "&#123;_&#123; &lt;a&gt; &amp; ]]&gt; \\u&#123;1b&#125;"
