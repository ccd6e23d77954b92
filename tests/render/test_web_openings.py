"""Figures of a page that lead to what they count."""

import io
from datetime import date
from pathlib import Path

import pytest

from ledger.render import web_openings
from ledger.render.web import render
from ledger.reports.figures import Figures, PeriodFigures
from ledger.reports.rate import Rate
from ledger.reports.report import Column, Opened, Openings, Report, Section, Total
from tests.conftest import Clerk
from tests.render.pages import Page

TODAY = date(2013, 3, 19)
COLUMNS = (Column("编号", "code", "code"), Column("任务", "text", "title"), Column("责任人", "name", "owner"))
ROWS = [("2013-001", "甲<b>", None), ("2013-002", "乙", None), ("2013-003", "丙", None)]
GROUPS = [("综合组", "学创"), ("宣传组", None), ("综合组", None)]
OVERDUE = Opened("overdue", "逾期在办", [(0, 2, True), (1, 3, True), (2, 4, True)])
RATE = Opened("completion", "销号率", [(0, 2, True), (1, None, False)])
NONE = Opened("closed", "本期销号", [])


def page_of() -> Page:
    parts = [
        ("宣传组", Figures(overdue=1, carried=1)),
        ("综合组", Figures(overdue=2, carried=1, met=1)),
        ("督导组", Figures()),
    ]
    total = Figures(overdue=3, carried=2, met=1)
    columns = (
        Column("单位", "name", "unit"),
        Column("逾期", "number", "overdue"),
        Column("销号率", "number", "completion"),
    )
    rows = [(name, part.overdue, part.completion) for name, part in parts]
    tables = [
        Section("分单位", columns, [*rows, Total(("合计", 3, Rate(1, 2)))], name="by_unit", figures=True),
        Section(
            "分活动",
            (Column("活动", "name", "activity"), columns[1]),
            [("学创", 1), ("(无)", 2)],
            name="by_activity",
            figures=True,
        ),
    ]
    figures = PeriodFigures(
        total, parts, [("学创", Figures(overdue=1)), ("空", Figures()), (None, Figures(overdue=2))], []
    )
    openings = Openings(COLUMNS, [*ROWS], GROUPS, [NONE, RATE, OVERDUE])
    report = Report("月度小结", "学创台账", "", TODAY, sections=tables, figures=figures, openings=openings)
    file = io.StringIO()
    render(report, file.write)
    return Page(file.getvalue())


def leading(page: Page) -> list[tuple[str, str]]:
    return [(one.text, one.attributes["href"]) for one in page.all("a") if one.attributes.get("class") == "opens"]


def test_each_figure_leads_to_its_own_list_and_nothing_to_none() -> None:
    page = page_of()
    assert leading(page) == [
        ("50%", "#d-completion"), ("3", "#d-overdue"),
        ("1", "#d-overdue-1"), ("2", "#d-overdue-2"), ("100%", "#d-completion-2"),
        ("3", "#d-overdue"), ("50%", "#d-completion"), ("1", "#d-overdue-a-1"), ("2", "#d-overdue-a-2"),
    ]  # fmt: skip
    named = {one.attributes["id"] for one in page.elements if "id" in one.attributes}
    assert all(href.removeprefix("#") in named for _, href in leading(page))


def test_a_list_says_how_many_there_are_and_which() -> None:
    page = page_of()
    lists = {one.attributes["id"]: one for one in page.all("section") if one.attributes["id"].startswith("d-")}
    assert list(lists) == ["d-completion", "d-overdue", "d-overdue-a"]
    bands = [one.text for one in page.all("tr") if one.attributes.get("class") == "band"]
    assert bands == ["宣传组(0/1)", "综合组(1/1)", "宣传组(1)", "综合组(2)", "学创(1)", "(无专项活动)(2)"]
    titles = [one.text for one in page.all("h2")]
    assert titles[-3:] == ["销号率(1/2)", "逾期在办(3)", "逾期在办(3)"]
    headings = [one.text for one in page.all("th") if one.attributes.get("scope") == "col"]
    assert headings[-3:] == ["编号", "任务", "记录"] and "计入" in headings


def test_what_is_too_long_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_openings, "_MOST", 4)
    page = page_of()
    assert {href.partition("-")[2][:10] for _, href in leading(page)} == {"completion"}
    assert "逾期在办件数太多" in [one.text for one in page.all("p")][-1]


def test_a_page_of_a_ledger_leads_nowhere_else(clerk: Clerk, tmp_path: Path) -> None:
    place = str(tmp_path / "ledger.db")
    clerk("--db", place, "add", "甲", "--unit", "综合组", "--due", "2013-03-20", "--on", "2013-03-01")
    for command in ("week", "month"):
        answer = clerk("--db", place, command, "-f", "html")
        page = Page(answer.out)
        named = {one.attributes["id"] for one in page.elements if "id" in one.attributes}
        assert leading(page) and all(href.removeprefix("#") in named for _, href in leading(page))
