"""Lines told apart by their text: totals, feet, numbers of pages, numerals."""

import pytest

from ledger.importers.cells import Number, Value
from ledger.importers.lines import (
    holds_nothing,
    is_foot,
    is_page,
    is_total,
    level_of,
    number_level,
    squeezed,
    without_numeral,
)


@pytest.mark.parametrize("text", ["无", "—", "——", "-", "/", "\\", "/", "(无)", "暂无", "－", "无。"])
def test_marks_for_none(text: str) -> None:
    assert holds_nothing(text)


@pytest.mark.parametrize("text", ["无锡项目办", "-5", "一", "无障碍设施改造", "暂无法推进的3件", "0", "否"])
def test_what_only_begins_like_a_mark(text: str) -> None:
    assert not holds_nothing(text)


@pytest.mark.parametrize("text", ["合 计", "小计:3项", "总计", "合计3件", "本页小计", "共计(12件)"])
def test_totals(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize("text", ["合计划拨经费核对", "总计划编制", "累计投放制度"])
def test_titles_that_begin_like_totals(text: str) -> None:
    assert not is_total(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "填表人:甲",
            "填表人：甲某",
            "审核人:乙",
            "审核（签字）：",
            "主要领导签字:",
            "分管领导签字：丙",
            "单位负责人签字",
        ),
        *(
            "联系人:周某",
            "联系电话:0000",
            "备注:无",
            "注:本表一式两份",
            "说明:1.略",
            "填报日期:3月1日",
            "(盖章)",
            "注1",
        ),
        "制表人 丁某",
    ],
)
def test_feet(text: str) -> None:
    assert is_foot(text)


@pytest.mark.parametrize(
    "text", ["联系群众制度修订", "审核全部预算", "报送年度总结", "注重实效", "说明会筹备", "日期校验功能"]
)
def test_titles_that_begin_like_feet(text: str) -> None:
    assert not is_foot(text)


@pytest.mark.parametrize(
    "text", ["— 4 —", "-12-", "第1页 共3页", "第 2 页", "共3页第1页", "1/3", "第1页/共3页", "Page 1 of 3", "续表"]
)
def test_numbers_of_pages(text: str) -> None:
    assert is_page(squeezed(text))


@pytest.mark.parametrize("text", ["4", "第3季度", "1-2", "3月", "共建共享"])
def test_no_numbers_of_pages(text: str) -> None:
    assert not is_page(squeezed(text))


def test_numerals_from_coarse_to_fine() -> None:
    written = ["第一部分 总则", "一、总则", "(一)总则", "1.总则", "1.1 总则", "(1)总则"]
    assert [level_of(text) for text in written] == list(range(6))
    assert [without_numeral(text) for text in written[1:]] == ["总则"] * 5
    assert without_numeral("第一阶段") == "第一阶段"


@pytest.mark.parametrize("text", ["一体化政务平台", "2025年任务", "2.5万亩高标准农田", "3月底前完成"])
def test_what_only_begins_like_a_numeral(text: str) -> None:
    assert (level_of(text), without_numeral(text)) == (None, text)


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("一", 1),
        ("(二)", 2),
        ("3", 3),
        (Number(3.0), 3),
        (Number(1.1), 4),
        ("1.1", 4),
        ("1-2", 4),
        ("①", 5),
        ("甲", None),
    ],
)
def test_cells_that_are_numerals(value: Value, level: int | None) -> None:
    assert number_level(value) == level
