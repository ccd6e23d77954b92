"""The page as text: what a reader sees, whatever the terminal does with the styles."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from ledger.base.text import width
from ledger.render.layout import NARROWEST, lines
from ledger.reports.report import Column, Rate, Report, Section, State

TITLE = "形成务实管用、简便易行的制度成果,探索长效机制"
CLOSING = "、,。;:)》”’"


def page(report: Report, columns: int) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines(report, columns)]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("columns", [NARROWEST, 40, 59, 60, 72, 80, 100, 120, 200, 1000])
@pytest.mark.parametrize("name", ["week", "long_codes", "month"])
def test_every_line_fits_and_nothing_is_cut(name: str, columns: int, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)
    found = page(report, columns)
    assert max(map(width, found)) <= columns
    assert not [line for line in found if line != line.rstrip()]
    assert not [line for line in found if line.lstrip()[:1] in CLOSING and line.strip()]
    assert "…" not in "".join(found)
    told = (cell for section in report.sections for row in section.rows for cell in row if isinstance(cell, str))
    assert not Counter(squeezed("".join(told))) - Counter("".join(found))


@pytest.mark.parametrize("columns", [80, 120, 200])
@pytest.mark.parametrize("name", ["week", "long_codes", "month"])
def test_the_whole_page(
    name: str, columns: int, request: pytest.FixtureRequest, golden: Callable[[str, str], None]
) -> None:
    report: Report = request.getfixturevalue(name)
    golden(f"render/{name}_{columns}.txt", "\n".join([*page(report, columns), ""]))


def test_codes_days_and_rates_are_never_broken(month: Report, long_codes: Report) -> None:
    for columns in range(NARROWEST, 130, 7):
        found = "\n".join(page(long_codes, columns))
        assert all(f"2013-学创-{code}" in found for code in ("003", "004", "021", "025"))
        assert "2月28日 周四" in found and "2014年1月31日 周五" in found
        assert "100%(2/2)" in "\n".join(page(month, columns))


def test_sections_with_the_same_columns_align_under_one_row_of_titles(week: Report) -> None:
    found = page(week, 120)
    assert sum("工作任务" in line for line in found) == 1
    assert len({width(line[: line.index("●")]) for line in found if "●" in line}) == 1


def test_a_column_that_is_empty_throughout_is_left_out(week: Report) -> None:
    assert "配合单位" not in "".join(page(week, 200))


def test_numbers_align_right(month: Report) -> None:
    rows = [line for line in page(month, 130) if "/" in line and "｜" not in line][:3]
    ends = [[width(line[: at + 1]) for at, character in enumerate(line) if character == ")"] for line in rows]
    assert len(rows) == 3 and all(end[0] == ends[0][0] for end in ends)


def test_a_list_too_wide_for_the_page_is_set_row_by_row_with_its_titles(long_codes: Report) -> None:
    found = page(long_codes, 60)
    at = next(at for at, line in enumerate(found) if "2013-学创-004" in line)
    assert found[at : at + 3] == [
        " ● 2013-学创-004 制定各专项活动方案并报领导小组审定",
        "   红 逾期19天 结转3次  牵头单位 各专项活动牵头单位",
        "   责任人 李建国  完成时限 2月28日 周四",
    ]


def test_a_row_without_a_light_stands_out_where_it_is_set_over_several_lines() -> None:
    names = ("突出问题", "牵头单位", "责任人", "经办人")
    columns = (Column("编号", "code"), Column("工作任务"), *(Column(name, "name") for name in names))
    rows = [(code, TITLE, *["某某单位的某某人" * 2] * len(names)) for code in ("2013-001", "2013-002")]
    day = date(2013, 3, 19)
    found = page(Report("记录", "台账", "", day, sections=[Section("", columns, [*rows])]), 60)
    assert [line[:14] for line in found if "2013-" in line] == [" 2013-001 形成务实", " 2013-002 形成务实"]
    assert sum(line.startswith("   经办人 ") for line in found) == len(rows)


def test_figures_too_many_for_the_page_come_in_bands_that_repeat_the_unit(month: Report) -> None:
    assert sum(line.startswith(" 宣传组") for line in page(month, 130)) == 1
    assert sum(line.startswith(" 宣传组") for line in page(month, 80)) == 2


def test_an_empty_section_says_so_beside_its_heading(week: Report) -> None:
    assert " 四、本周新增(0)  无" in page(week, 80)


def test_an_empty_list_has_no_titles(listing: Callable[..., Report]) -> None:
    assert page(listing(), 80)[-2:] == ["", " 无"]


def test_a_row_of_empty_cells_is_still_a_row(listing: Callable[..., Report]) -> None:
    assert page(listing((None, ""), columns=(Column("甲", "number"), Column("乙", "name"))), 80)[-1] == ""


def test_hostile_text_is_shown_as_typed(listing: Callable[..., Report]) -> None:
    hostile = "[/bold] [link=x]\x1b]0;x\x07 \u202eabc \ud800 :smile:"
    found = "".join(page(listing((hostile, hostile), columns=(Column("编号", "code"), Column("工作任务"))), 200))
    assert found.count(r"[/bold] [link=x]\u{1b}]0;x\u{7} \u{202e}abc \u{d800} :smile:") == 2


def test_the_longest_title_is_whole(listing: Callable[..., Report]) -> None:
    long = "督查" * 20_000
    row = ("001", long, None, None, "张三", date(2013, 3, 20), State("grey", "灰"))
    found = page(listing(row), 80)
    assert "".join(found).count("督") == 20_000 and max(map(width, found)) <= 80


def test_what_stands_out(week: Report) -> None:
    styles = {text: style for line in lines(week, 200) for text, style in line}
    assert styles["逾期 5"] == "bold red"
    assert styles["25%"] == "bold"
    assert styles["二、上周未完成结转(2)"] == "bold"
    assert styles["● 红 逾期19天 结转3次"] == "red"


def test_a_total_is_brought_out_and_zeros_step_back(month: Report) -> None:
    by_unit = [line for line in lines(month, 130) if any("合计" in text or "宣传组" in text for text, _ in line)]
    nil, total = by_unit
    assert [style for text, style in nil if text == "0"] == ["dim"] * 11
    assert ("合计", "bold") in total and ("14", "bold") in total


def test_the_ledger_moves_to_its_own_line_when_the_title_fills_the_first() -> None:
    report = Report("周工作清单", "学创台账", "截至今日", date(2013, 3, 19), "2013年第12周(3月18日—3月24日)")
    assert page(report, 40) == [" 周工作清单  2013年第12周(3月18日—3月24", " 日)", " 学创台账", " 截至今日"]


def test_a_rate_of_nothing_is_a_dash(listing: Callable[..., Report]) -> None:
    columns = (Column("单位", "name"), Column("销号率", "number"))
    assert page(listing(("综合组", Rate(0, 0)), columns=columns), 80)[-1] == " 综合组       —"


def test_sections_apart_repeat_their_titles() -> None:
    one, other = (Column("甲"),), (Column("乙"),)
    sections = [Section("一", one, [("x",)]), Section("二", other, [("y",)]), Section("三", one, [("z",)])]
    found = page(Report("题", "账", "今", date(2013, 3, 19), sections=sections), 80)
    assert [line.strip() for line in found if line.strip() in ("甲", "乙")] == ["甲", "乙", "甲"]


SPARE = (Column("编号", "code"), Column("任务"), *(Column(title, "code", spare=True) for title in "甲乙"))


@pytest.mark.parametrize(
    ("columns", "titles", "left"), [(80, "编号任务甲乙", ""), (40, "编号任务甲", "乙"), (30, "编号任务", "甲、乙")]
)
def test_spare_columns_give_way_and_are_told(
    listing: Callable[..., Report], columns: int, titles: str, left: str
) -> None:
    found = page(listing(tuple(word * 5 for word in "一二三四"), columns=SPARE), columns)
    assert titles in map(squeezed, found)
    assert [line for line in found if "放不下" in line] == ([f" 屏幕放不下的列:{left}"] if left else [])
    assert max(map(width, found)) <= columns
