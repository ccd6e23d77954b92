"""Documents of Word: their layout by GB/T 9704-2012, their text, templates of the office's own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue, NotFound
from ledger.base.text import visible
from ledger.dates.day import month_day
from ledger.dates.period import Kind, period_of
from ledger.model.rules import Group, GroupSet
from ledger.render.document_layout import BODY_FONT, blank
from ledger.render.document_sandbox import Excess, Sandbox
from ledger.render.document_templates import write
from ledger.reports.circular import ranking_report
from ledger.reports.combings import Combing
from ledger.reports.compared import Comparison, Other
from ledger.reports.figures import Figures, PeriodFigures
from ledger.reports.periods import period_report as report_of
from ledger.reports.present import summary_report, week_report
from ledger.reports.ranking import ranking_of
from ledger.reports.report import Column, Issue, Report, Section
from ledger.store.counts import Scope
from tests.conftest import Book, examples
from tests.documents.xml import parts
from tests.render.documents_of import RULES, TODAY, content, made, period_report, summary, task, weekly

ISSUED = Issue("学创办〔2013〕5号", date(2013, 3, 20), "学创办公室")
MM = 36000


def texts(document: object) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]  # type: ignore[attr-defined]


@pytest.fixture
def template(tmp_path: Path) -> Callable[..., Path]:
    """`template(line, …)` is a template of an office that says those lines."""

    def office(*lines: str) -> Path:
        document = blank()
        write(document, "\n".join(lines))
        path = tmp_path / "我的.docx"
        document.save(str(path))
        return path

    return office


def test_a_weekly_list(golden: Callable[[str, str], None]) -> None:
    golden("render/document-week.txt", "\n".join(texts(made(weekly([task(1, "会议")])))) + "\n")


def test_a_weekly_list_says_who_combed_it() -> None:
    found = period_report(Kind.WEEK, [])
    found.combings = [Combing(date(2013, 3, 18), "张三", 12, 37)]
    assert "3月18日由张三梳理,12件(应梳理37件)" in texts(made(week_report(found, RULES, full=False, paged=True)))


def test_occurrences_to_come_are_counted_each_and_listed_once() -> None:
    found = period_report(Kind.MONTH, [task(n, "例会", series=1) for n in (1, 2, 3)] + [task(4, "会议")])
    document = made(summary_report(found, RULES, full=False, paged=True))
    assert "4月到期事项4件，具体如下表。" in texts(document)
    (table,) = (one for one in document.tables if "例会(3次)" in [row.cells[1].text for row in one.rows])
    assert len(table.rows) == 3


@pytest.mark.parametrize("kind", [Kind.WEEK, Kind.MONTH])
def test_what_a_period_is_compared_with(kind: Kind) -> None:
    """Named by its days in the text, with a table beside it; without it nothing is said of a comparison."""
    found = period_report(kind, [task(1, "会议")])
    before = found.period.previous
    counted = PeriodFigures(Figures(closing=2, met=1, due=3), [], [], [])
    whole = week_report if kind is Kind.WEEK else summary_report
    assert not any("环比" in line for line in texts(made(whole(found, RULES, full=False, paged=True))))
    found.compared = Comparison(Other(before, before.start, counted), None, before.start)
    document = made(whole(found, RULES, full=False, paged=True))
    said = "".join(texts(document)).replace(" ", "")
    assert f"环比上期{month_day(before.start)}" in said
    assert "同比去年同期没有这个时段" in said
    assert "本期未完" in said
    (table,) = (table for table in document.tables if table.cell(0, 0).text == "项目")
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    assert rows["期末在办"] == ["4", "2", "+2", "—", "—"]
    assert rows["销号率"] == ["33%(2/6)", "33%(1/3)", "0个百分点", "—", "—"]


def test_a_circular_of_a_day_that_is_over() -> None:
    """What was overdue is told as of the day that the figures are counted to, and no table is announced without one."""
    figures = PeriodFigures(Figures(), [], [], [])
    day = period_of(Kind.DAY, date(2013, 3, 18))
    report = Report(
        "通报",
        "学创台账",
        "截至2013年3月18日",
        day.end,
        "3月18日 周一",
        kind="rank",
        figures=figures,
        span=day,
    )
    said = texts(made(report))
    assert said[:2] == ["关于学创2013年3月18日销号情况的通报", "各责任单位："]
    assert "截至2013年3月18日，没有逾期在办事项。" in said
    assert "各单位名次" not in said
    assert not [line for line in texts(made(replace(report, kind="month"))) if "如下表" in line]


def test_pages_are_those_of_the_standard() -> None:
    upright, across = made(summary()).sections
    assert [round(side / MM) for side in (upright.page_width or 0, upright.page_height or 0)] == [210, 297]
    margins = (upright.top_margin, upright.bottom_margin, upright.left_margin, upright.right_margin)
    assert [round((side or 0) / MM) for side in margins] == [37, 35, 28, 26]
    assert (upright.orientation, across.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    grid = upright._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    assert [grid.get(qn(f"w:{name}")) for name in ("type", "linePitch", "charSpace")] == [
        "linesAndChars",
        "579",
        "-849",
    ]


def test_page_numbers_stand_at_the_outer_edge() -> None:
    document = made(summary())
    assert document.settings.odd_and_even_pages_header_footer
    page, annex = document.sections
    for footer, side in ((page.footer, "right"), (page.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph.text.replace(" ", "") == "——"
        field = paragraph._p.find(qn("w:fldSimple"))
        assert field is not None and field.get(qn("w:instr")) == "PAGE"
        assert paragraph._p.pPr.jc.get(qn("w:val")) == side
        assert paragraph._p.pPr.ind.get(qn(f"w:{side}Chars")) == "100"
    assert annex.footer.is_linked_to_previous


@pytest.mark.parametrize(
    ("name", "font", "points"),
    [("Title", "方正小标宋简体", 22), ("Body Text", BODY_FONT, 16), ("Heading 1", "黑体", 16),
     ("Heading 2", "楷体_GB2312", 16), ("表格文字", BODY_FONT, 10.5), ("Footer", "宋体", 14)],
)  # fmt: skip
def test_fonts_are_named_with_other_names(name: str, font: str, points: float) -> None:
    file = content(summary())
    style = Document(file).styles[name]
    fonts = style.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{of}")) for of in ("ascii", "eastAsia", "hAnsi")} == {font}
    assert style.font.size.pt == points
    table = parts(file, "word/fontTable.xml")
    assert f'font name="{font}"' in table and table.count("altName") == 5
    with ZipFile(file) as archive:
        assert not [part for part in archive.namelist() if part.startswith("word/fonts/")]


def test_headers_are_repeated_and_rows_are_whole() -> None:
    for table in made(summary()).tables:
        head, *rows = (row._tr.trPr for row in table.rows)
        assert head is not None and head.find(qn("w:tblHeader")) is not None
        assert rows and all(row is not None and row.find(qn("w:cantSplit")) is not None for row in rows)
        assert sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) in (8844, 12755)


def test_what_it_is_issued_with() -> None:
    found = texts(made(replace(summary(), issue=ISSUED)))
    assert found[0] == "学创办〔2013〕5号"
    at = found.index("附件：到期未销号清单")
    assert found[at + 1 : at + 4] == ["学创办公室", "2013年3月20日", "附件"]
    bare = texts(made(summary()))
    assert bare[0] == "学创2013年3月工作小结"
    assert not {"学创办公室", ""} & set(bare)


def test_without_unfinished_tasks_there_is_no_annex() -> None:
    document = made(summary([]))
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT]
    assert not [text for text in texts(document) if "附件" in text]
    assert document.sections[0].footer.paragraphs[0].text


def test_a_plain_list_is_set_across_when_it_is_wide(listing: Callable[..., Report]) -> None:
    narrow = (Column("编号", "code"), Column("工作任务"))
    assert made(listing(("001", "会议"), columns=narrow)).sections[0].orientation is WD_ORIENT.PORTRAIT
    wide = tuple(Column(f"第{n}栏", "code") for n in range(12))
    document = made(listing(tuple("2013-001" for _ in wide), columns=wide))
    assert document.sections[0].orientation is WD_ORIENT.LANDSCAPE
    assert document.tables[0].rows[0].cells[11].text == "第11栏"


def test_an_empty_list_says_so() -> None:
    report = Report("任务清单", "学创台账", "截至2013年3月19日", TODAY, sections=[Section("", (Column("编号"),), [])])
    assert texts(made(report))[-1] == "无。"


@examples(40)
@given(st.text(min_size=1, max_size=30))
def test_any_text_survives_or_is_visibly_escaped(text: str) -> None:
    name = "".join(text.split()) or "甲"  # of one line, as all names are
    document = made(weekly([task(1, text, unit=name, owner=name)]))
    row = next(row for row in document.tables[0].rows if row.cells[0].text == "1")
    found = ["".join(cell.text.split()) for cell in row.cells]
    assert found[1] == "".join(visible(text, single_line=False).split())
    assert found[2:4] == ["".join(visible(name).split())] * 2


@pytest.mark.parametrize("text", ["{{ 台账 }}", "{_{ x }_}", "{% if %}", "<w:p/>&amp;", "\x00\ud800]]>", "a\tb\nc"])
def test_texts_that_look_like_something_else(text: str) -> None:
    document = made(weekly([task(1, text)]))
    row = next(row for row in document.tables[0].rows if row.cells[0].text == "1")
    assert row.cells[1].text == visible(text, single_line=False)


def test_an_office_changes_the_wording(template: Callable[..., Path]) -> None:
    path = template("Title| {{ 时段 }}简报", "在办{{ 数字.期末在办 }}件", "{{p 未销号清单.表 }}", "{{ 摘要|length }}")
    document = made(summary(), path)
    assert texts(document) == ["2013年3月简报", "在办4件", "1"]
    assert [len(table.rows) for table in document.tables] == [3]


def test_a_folder_of_templates_by_name(template: Callable[..., Path], tmp_path: Path) -> None:
    template("自己的小结").rename(tmp_path / "小结.docx")
    assert texts(made(summary(), tmp_path)) == ["自己的小结"]
    assert texts(made(weekly([]), tmp_path))[0] == "学创周工作清单"


def test_styles_are_found_by_name_when_word_gave_them_new_ids(template: Callable[..., Path]) -> None:
    path = template("{{p 未销号清单.表 }}")
    document = Document(str(path))
    document.styles["表格文字"].element.set(qn("w:styleId"), "a7")
    document.save(str(path))
    assert made(summary(), path).tables[0].rows[1].cells[0].paragraphs[0].style.name == "表格文字"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("甲{{ 标体 }}乙", "用了没有的名称“标体”,在第1段“甲{{ 标体 }}乙”"),
        ("{{ 数字.期未 }}", "用了没有的名称“期未”,在第1段“{{ 数字.期未 }}”"),
        ("{%p for 段 in 总体 %}\n{{ 段 }}\n{%p endfor %}", "用了没有的名称“总体”,在第1段"),
        ("{{ 标题", "花括号写得不对,在第1段“{{ 标题”"),
        ("甲\n乙{{ 台账 丙\n{{ 标题 }}", "花括号写得不对,在第2段“乙{{ 台账 丙”"),
        ("{%p if 文号 }\n甲\n{%p endif %}", "花括号写得不对,在第1段"),
        ("共有{{ 未销号清单.表 }}", "把表写在了文字中间"),
        ("{%p if 文号 %}\n甲", "花括号写得不对"),
        ("{{ 标题|upper }}", "用了没有的写法“upper”,在第1段“{{ 标题|upper }}”"),
        ("{{ 标题 * 9999999999 }}", "用了不许用的写法"),
        ("{{ '%9999999999d' % 1 }}", "用了不许用的写法"),
        ("{{ ''.__class__.__mro__ }}", "用了"),
        ("{{ 标题.ljust(9999999999) }}", "用了不许用的写法"),
        ("{{ range(9) }}", "用了不许用的写法"),
        ("{{ 1 / 0 }}", "填不成"),
        ("{% include '/etc/passwd' %}", "用了不许用的写法"),
    ],
)
def test_a_template_that_cannot_be_filled_in(template: Callable[..., Path], line: str, told: str) -> None:
    with pytest.raises(BadValue, match=r"我的\.docx") as caught:
        made(summary(), template(line))
    assert told in caught.value.what
    assert "\n" not in caught.value.sentence()


_FORMS = [
    "{% set x = 台账 %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}",
    "{{ 台账 ~ 台账 }}",
    "{{ 台账 + 台账 }}",
    "{{ 台账 in 标题 }}",
    "{{ 摘要[1:] }}",
    "{{ (台账|join(台账))|join(台账) }}",
    "{% macro 甲() %}{{ 甲() }}{% endmacro %}{{ 甲() }}",
    "{% filter join(台账) %}甲{% endfilter %}",
    "{% block 甲 %}{% endblock %}",
    "{% extends 台账 %}",
    "{% for 甲 in 各节 recursive %}{{ loop(各节) }}{% endfor %}",
    "{{ 摘要|join(*摘要) }}",
    "{{ " + " + ".join("1" * 60) + " }}",
    "{{ 0x" + "f" * 2000 + " // 3 }}",
    "{{ " + "not " * 60 + "1 }}",
    "{% if 1 %}" * 120 + "{% endif %}" * 120,
    "{% for 甲 in 各节 %}" * 30 + "{% endfor %}" * 30,
]


@pytest.mark.parametrize("line", _FORMS, ids=lambda line: line[:40])
def test_forms_of_jinja_that_could_make_anything_of_any_length(template: Callable[..., Path], line: str) -> None:
    with pytest.raises(BadValue, match=r"我的\.docx.*(用了不许用的写法|填不成)"):
        made(summary(), template(line))


def test_sums_and_shares_are_worked_out(template: Callable[..., Path]) -> None:
    sums, choice = "{{ 数字.期初在办 + 数字.本期新增 - 1 }} {{ 7 // 2 }}", "{{ '有' if 数字.到期 >= 0 else '无' }}"
    line = f"{sums} {choice} {{{{ ['甲', 文号]|join('、') }}}}"
    assert texts(made(replace(summary(), issue=ISSUED), template(line)))[0] == "6 3 有 甲、学创办〔2013〕5号"


@pytest.mark.parametrize(
    "lines",
    [
        "{% for 甲 in 节 %}" * 5 + "{{ 台账 }}" + "{% endfor %}" * 5,
        "{% for 甲 in 节 %}" * 8 + "{% endfor %}" * 8,
        "{{ " + "节|join(" * 8 + "台账" + ")" * 8 + " }}",
    ],
    ids=["output", "rounds", "joins"],
)
def test_what_comes_out_is_counted_while_it_is_made(lines: str) -> None:
    with pytest.raises(Excess):
        Sandbox(1_000_000).from_string(lines).render({"节": ["甲" * 20] * 40, "台账": "学习" * 10})


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_entities_do_not_expand(template: Callable[..., Path], part: str, tmp_path: Path) -> None:
    """They are refused in any encoding."""
    doctype = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "甲甲甲甲"><!ENTITY b "&a;&a;&a;">]>'
    spoilt = tmp_path / "实体.docx"
    with ZipFile(template("{{ 标题 }}")) as old, ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                text = (doctype + text.decode().partition("?>")[2]).encode("utf-16")
            new.writestr(name, text)
    with pytest.raises(BadValue, match=r"实体\.docx”不是 Word 文档"):
        made(summary(), spoilt)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{{ 标题 }}" * 5000, "多得反常"),
        ("\n".join(["甲" * 400_000] * 11), "多得反常"),
        ("}}{{" * 300, "花括号写得不对,在第1段"),
    ],
)
def test_a_template_of_which_too_much_is_to_be_filled_in(template: Callable[..., Path], line: str, told: str) -> None:
    with pytest.raises(BadValue, match=told):
        made(summary(), template(line))


def test_a_text_written_as_a_table_is_not_lost_in_silence(template: Callable[..., Path]) -> None:
    with pytest.raises(BadValue, match="把文字“2013年3月工作小结”写成了表"):
        made(summary(), template("{{p 标题 }}"))


def test_the_place_told_is_where_the_name_stands_in_braces(template: Callable[..., Path]) -> None:
    with pytest.raises(BadValue, match=r"在第2段“\{\{ 数字.没有 \}\}”"):
        made(summary(), template("{{ 本期 }}没有问题。", "{{ 数字.没有 }}"))
    with pytest.raises(BadValue, match="用了没有的内容"):
        made(summary(), template("{{ 摘要[9] }}"))


def test_files_that_are_no_template(tmp_path: Path) -> None:
    missing, text, other = tmp_path / "无.docx", tmp_path / "文.docx", tmp_path / "表.docx"
    text.write_text("不是 Word 文档", "utf-8")
    with ZipFile(other, "w") as archive:
        archive.writestr("xl/workbook.xml", "")
    with pytest.raises(NotFound, match="没有文件"):
        made(summary(), missing)
    for path in (text, other):
        with pytest.raises(BadValue, match="不是 Word 文档"):
            made(summary(), path)


@pytest.mark.parametrize(
    ("part", "spoilt"),
    [
        ("word/document.xml", None),
        ("word/document.xml", b"<w:document"),
        ("word/document.xml", b"<a/>"),
        ("word/styles.xml", b"<a"),
        ("[Content_Types].xml", None),
        ("[Content_Types].xml", b"<a/>"),
        ("word/_rels/document.xml.rels", b"<a/>"),
    ],
)
def test_a_damaged_template(template: Callable[..., Path], part: str, spoilt: bytes | None, tmp_path: Path) -> None:
    whole = BytesIO(template("{{ 标题 }}").read_bytes())
    path = tmp_path / "坏.docx"
    with ZipFile(whole) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif spoilt is not None:
                new.writestr(name, spoilt)
    with pytest.raises(BadValue, match=r"坏\.docx"):
        made(summary(), path)


def test_a_template_that_unpacks_to_too_much(tmp_path: Path) -> None:
    path = tmp_path / "大.docx"
    with ZipFile(path, "w", 8) as archive:
        archive.writestr("word/document.xml", bytes(21_000_000))
    assert path.stat().st_size < 100_000
    with pytest.raises(BadValue, match="太大"):
        made(summary(), path)


def test_groups_of_units_have_a_table_each(book: Book) -> None:
    """In the order of the sets, in a summary, a weekly list with figures and a circular; none where there are none."""
    for name in ("综合组", "宣传组"):
        book.post("add", title=f"{name}的事", unit=name, due="2013-03-10", on="2013-03-01")
    sets = [GroupSet(name, (Group(f"{name}一", None, ("综合组",)),)) for name in ("片区", "类别")]
    rules = RULES._replace(groups=tuple(sets))
    period = period_of(Kind.MONTH, TODAY)
    with book.reading() as reader:
        ranked = ranking_of(reader, period, TODAY, rules, within=sets[0])
        plain = ranking_of(reader, period, TODAY, RULES)
        counted = report_of(reader, period, TODAY, rules, Scope())
        week = report_of(reader, period_of(Kind.WEEK, TODAY), TODAY, rules, Scope(), full=True)
    circular, monthly = made(ranking_report(ranked, rules)), made(summary_report(counted, rules, full=False))
    for document in (circular, monthly):
        heads = [table.rows[0].cells[0].text for table in document.tables]
        assert heads[heads.index("片区") :].count("类别") == 1
        assert [text for text in texts(document) if "如下表" in text and "分" in text] == [
            "3月分片区情况如下表。",
            "3月分类别情况如下表。",
        ]
    assert any("名次按片区分别排列。" in text for text in texts(circular))
    assert [text for text in texts(made(week_report(week, rules, full=True, paged=True))) if "情况" in text][1:3] == [
        "十二、分片区情况",
        "十三、分类别情况",
    ]
    assert not any("分组" in text or "分别排列" in text for text in texts(made(ranking_report(plain, RULES))))
