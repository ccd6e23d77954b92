import io
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.text import visible
from ledger.dates.period import Kind, parse_period
from ledger.render.cells import told
from ledger.render.web import render
from ledger.reports.columns import TASK_COLUMNS
from ledger.reports.figures import Figures, PeriodFigures
from ledger.reports.report import Column, Issue, Report, Section, State, text_of
from tests.conftest import examples
from tests.render.pages import Page

TODAY = date(2013, 3, 19)
TOTALS = Figures(13, 6, 1, 5, 1, 14, carried=9, due=6, met=5, on_time=4, late=1, overdue=6)


def printed(report: Report) -> str:
    file = io.StringIO()
    render(report, file.write)
    return file.getvalue()


@pytest.fixture
def summary(month: Report) -> Report:
    """A month's report with its figures, the last of its five weeks to come."""
    parts = parse_period("2013-03", Kind.MONTH, TODAY).sub_periods()
    counts = ((9, 3, 0), (12, 6, 1), (17, 0, 9), (8, 2, 4), (6, 0, 0))
    trend = [
        (part, Figures(opening, added, 0, closed, 0, opening + added - closed))
        for part, (opening, added, closed) in zip(parts, counts, strict=True)
    ]
    names = ("by_unit", "trend", "carried", "due", "problems")
    sections = [replace(section, name=name) for section, name in zip(month.sections, names, strict=True)]
    return replace(month, kind="month", figures=PeriodFigures(TOTALS, [], [], trend), sections=sections)


def without_style_and_script(page: str) -> str:
    """They are files of their own; their hashes change with them."""
    page = re.sub(r"(<style>).*(</style>)|(<script>).*(</script>)", r"\1\3…\2\4", page, flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-…", page)


def test_a_weekly_list(week: Report, golden: Callable[[str, str], None]) -> None:
    golden("render/week.html", without_style_and_script(printed(week)))


def test_a_summary_with_its_figures(summary: Report, golden: Callable[[str, str], None]) -> None:
    golden("render/month.html", without_style_and_script(printed(summary)))


def test_nothing_comes_from_elsewhere_and_only_its_own_style_and_script_run(summary: Report) -> None:
    page = Page(printed(summary))
    (style,), (script,) = page.all("style"), page.all("script")
    hashes = [b64encode(sha256(part.text.encode()).digest()).decode() for part in (style, script)]
    policy = next(meta.attributes["content"] for meta in page.all("meta") if "http-equiv" in meta.attributes)
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    named = {name for element in page.elements for name in element.attributes}
    assert not {"src", "srcset", "style", "action", "xlink:href", "data"} & named
    assert not [name for name in named if name.startswith("on")]
    assert all(element.attributes.get("href", "#").startswith("#") for element in page.elements)
    assert not re.search(r"url\(|@import|https?:|//", style.text)
    assert not re.search(r"\bfetch\b|import\(|XMLHttpRequest|innerHTML|\beval\b", script.text)


def test_landmarks_headings_and_references(summary: Report) -> None:
    page = Page(printed(summary))
    assert page.all("html")[0].attributes["lang"] == "zh-CN"
    assert [len(page.all(tag)) for tag in ("header", "main", "nav", "h1", "form")] == [1] * 5
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set(element.attributes.get(name, "").split()) <= set(ids)
        assert element.attributes.get("href", "#content").removeprefix("#") in ids
    assert {heading.attributes.get("scope") for heading in page.all("th")} == {"col"}
    assert len(page.all("caption")) == len(page.all("table"))
    (chart,) = [svg for svg in page.all("svg") if svg.attributes["class"] == "trend"]
    assert chart.attributes["role"] == "img"
    assert "hidden" in page.all("form")[0].attributes, "controls are for those who have the script"


def test_the_equation_stands_in_figures(summary: Report) -> None:
    page = Page(printed(summary))
    balance = next(part for part in page.all("dl") if "balance" in part.attributes["class"])
    assert balance.text.split() == ["期初在办13", "新增6", "恢复1", "销号5", "撤销1", "期末在办14"]
    assert [part.attributes["data-sign"] for part in page.all("div") if "data-sign" in part.attributes] == [*"++−−="]
    assert text_of(summary.balance[0]) not in page.all("main")[0].text
    assert told(summary.summary[0]) in page.all("main")[0].text


def test_a_circular_keeps_its_sentence(summary: Report) -> None:
    said = "确定事项15件,已办结5件"
    assert said in Page(printed(replace(summary, summary=(((said,),),)))).all("main")[0].text


def test_a_total_is_the_foot_of_its_table(summary: Report) -> None:
    (total,) = [row for row in Page(printed(summary)).all("tr") if "tfoot" in row.path]
    assert total.text.startswith("合计")


def test_choices_are_what_the_lists_have(week: Report) -> None:
    page = Page(printed(week))
    assert {select.attributes["name"]: select.text for select in page.all("select")} == {
        "light": "全部红 逾期黄 临期蓝 将到期绿 正常灰 无期限或中止已销号",
        "unit": "全部综合组各专项活动牵头单位领导小组宣传组",
    }


def test_no_unit_is_no_choice(listing: Callable[..., Report], week: Report) -> None:
    row = week.sections[0].rows[0]
    page = Page(printed(listing(row, (*row[:2], None, *row[3:]), (*row[:2], "别的", *row[3:]))))
    assert page.all("select")[0].text == "全部综合组别的"


def test_an_empty_list_says_so_and_has_no_controls(listing: Callable[..., Report]) -> None:
    page = Page(printed(listing()))
    assert [part.text for part in page.all("p") if part.attributes.get("class") == "empty"] == ["无"]
    assert not page.all("form")
    assert not page.all("table")


def test_a_document_that_is_sent_out_bears_its_number_and_date(week: Report) -> None:
    issued = Page(printed(replace(week, issue=Issue("学创办〔2013〕3号", TODAY, "学创办"))))
    assert "学创办〔2013〕3号" in issued.all("header")[0].text
    assert issued.all("footer")[0].text.split() == ["学创办", "2013年3月19日"]
    assert not Page(printed(week)).all("footer")


def test_ranks_are_figures_whatever_their_table_is_called(listing: Callable[..., Report]) -> None:
    columns = (
        Column("名次", "number"),
        Column("牵头单位", "name"),
        Column("应销号", "number"),
        Column("逾期", "number"),
    )
    ranked = Section("红榜", columns, [(1, "综合组", 2, 0)], name="red")
    (table,) = Page(printed(replace(listing(), sections=[ranked]))).all("table")
    assert table.attributes["class"] == "figures", "no card on a phone, nor the colour of a light"


@pytest.mark.parametrize(("rows", "huge"), [(3, False), (4, True)])
def test_a_screen_gets_the_first_rows_of_a_huge_list(
    listing: Callable[..., Report], week: Report, monkeypatch: pytest.MonkeyPatch, rows: int, huge: bool
) -> None:
    monkeypatch.setattr("ledger.render.web._HUGE", 3)
    page = Page(printed(listing(*[week.sections[0].rows[0]] * rows)))
    assert len(page.all("tr")) == rows + 1
    assert ("huge" in page.all("table")[0].attributes["class"]) == huge
    assert [f"全部 {rows} 行" in part.text for part in page.all("p") if part.attributes["class"] == "cut"] == [
        True
    ] * huge


def report_saying(text: str) -> Report:
    """`text` wherever a user's words can stand."""
    rows = [
        ("1", text, unit, text, due, State("red", "红", (text,))) for unit, due in ((text, text), ("别的单位", TODAY))
    ]
    sections = [Section(text, TASK_COLUMNS, [*rows], text), *(Section(text, TASK_COLUMNS, [], text) for _ in range(3))]
    return Report(text, text, text, TODAY, text, (((text,),),), sections, issue=Issue(text, TODAY, text))


NAME = ("span", ())
"""What holds a name of several together."""

HARMLESS = Page(printed(report_saying("甲")))


HOSTILE = (
    "<script>x</script>", '"><img src=x onerror=x>', "</table>", "</style>", "&lt;b&gt;", "{{ 7 * 7 }}", "{% if %}",
    "\x00", "\ud800", "'", "\u202e",
)  # fmt: skip


@examples(40)
@given(st.text(min_size=1).filter(str.strip) | st.sampled_from(HOSTILE))
def test_no_text_becomes_markup(text: str) -> None:
    page = Page(printed(report_saying(text)))
    assert [part for part in page.frame if part != NAME] == [part for part in HARMLESS.frame if part != NAME]
    assert page.all("td")[2].text == visible(text, single_line=False)
    assert page.all("td")[1].text == visible(text, single_line=False)
    assert page.all("h1")[0].text == visible(text)
    assert [page.all(tag)[0].text for tag in ("style", "script")] == [
        HARMLESS.all(tag)[0].text for tag in ("style", "script")
    ]
