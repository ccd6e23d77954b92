"""Where lines of Chinese text are best broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.lines import balanced, ended, ends, packed, phrases, title_lines
from ledger.base.text import width
from tests.conftest import examples


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("宣传组", ["宣传组"]),
        ("宣传组、督导组", ["宣传组、", "督导组"]),
        ("牵头/配合单位", ["牵头/", "配合单位"]),
        ("各县(市、区)人民政府、团市委", ["各县(市、区)人民政府、", "团市委"]),
        ("12,345.6万元,3,000元", ["12,345.6万元,", "3,000元"]),
        ("各乡（镇、街道）党委", ["各乡（镇、街道）党委"]),
        ("宣传组(牵头、督导组", ["宣传组(牵头、督导组"]),
        ("赵立新,钱进、", ["赵立新,", "钱进、"]),
        ("", [""]),
    ],
)
def test_the_names_of_a_list(text: str, expected: list[str]) -> None:
    assert phrases(text) == expected


def test_the_ends_of_a_span() -> None:
    assert ends("3月1日—19日") == ["3月1日—", "19日"]
    assert ends("—") == ["—"] and ends("3月") == ["3月"]


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("制定方案", 20, ["制定方案"]),
        ("在省内各大媒体开设专栏,集中宣传先进典型", 26, ["在省内各大媒体开设专栏,", "集中宣传先进典型"]),
        ("组织开展专题调研并形成报告", 24, ["组织开展专题调", "研并形成报告"]),
        ("好,余下的话很长很长很长很长", 26, ["好,余下的话很", "长很长很长很长"]),
    ],
)
def test_lines_of_like_length_broken_behind_punctuation(text: str, cells: int, expected: list[str]) -> None:
    assert balanced(text, cells) == expected


@examples(100)
@given(st.text("省委学创,、办(2013)a ", max_size=60), st.integers(8, 40))
def test_nothing_is_lost_and_nothing_sticks_out(text: str, cells: int) -> None:
    lines = balanced(text, cells)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= cells for line in lines)


def test_names_are_packed_and_never_broken() -> None:
    assert packed(phrases("赵立新、钱进、欧阳文华"), 14, "") == ["赵立新、钱进、", "欧阳文华"]
    assert packed(["红 逾期19天", "结转3次"], 20, " ") == ["红 逾期19天 结转3次"]
    assert packed(["红 逾期19天", "结转3次"], 12, " ") == ["红 逾期19天", "结转3次"]


@pytest.mark.parametrize(
    ("parts", "cells", "expected"),
    [
        (["学创", "2013年3月", "工作小结"], 40, ["学创2013年3月工作小结"]),
        (
            ["关于省委学习型党组织创建活动", "2013年3月", "销号情况的通报"],
            40,
            ["关于省委学习型党组织创建活动", "2013年3月销号情况的通报"],
        ),
        (["甲", "省委学习型党组织创建活动领导小组办公室工作小结"], 40, None),
    ],
)
def test_a_title_is_broken_between_its_parts_near_the_middle(
    parts: list[str], cells: int, expected: list[str] | None
) -> None:
    found = title_lines(parts, cells)
    assert "".join(found) == "".join(parts)
    assert all(width(line) <= cells for line in found)
    if expected is not None:
        assert found == expected
    else:
        assert len(found) == 2 and min(map(width, found)) * 2 > max(map(width, found))


def test_a_sentence_ends_once() -> None:
    assert ended("各市州党委宣传部") == ended("各市州党委宣传部。") == "各市州党委宣传部。"
