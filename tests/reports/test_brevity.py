"""Short running text: cut at pauses, counted where it is cut."""

import pytest

from ledger.reports.brevity import enumerated, formal, lines_of, shortened


@pytest.mark.parametrize(
    ("text", "most", "said"),
    [
        ("制定方案", 10, "制定方案"),
        ("制定方案。", 4, "制定方案"),
        ("制定方案,报领导小组审定后印发", 10, "制定方案，报领导小组……"),
        ("深入贯彻落实,组织专题调研,形成报告", 14, "深入贯彻落实，组织专题调研"),
        ("一二三四五六七八九十", 5, "一二三四五……"),
        ("第一行\n第二行;第三", 20, "第一行，第二行，第三"),
        ("会议已召开。纪要已印发;已归档。", 20, "会议已召开，纪要已印发，已归档"),
        ("", 5, ""),
    ],
)
def test_a_text_ends_at_a_pause(text: str, most: int, said: str) -> None:
    assert shortened(text, most) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("职责有交叉,请明确", "职责有交叉，请明确"),
        ("投入12,345万元", "投入12,345万元"),
        ("汇编(上、下册)共2册(1)", "汇编（上、下册）共2册(1)"),
        ("《通知》:印发", "《通知》：印发"),
        ("http://a.cn/b;c", "http://a.cn/b;c"),
    ],
)
def test_the_punctuation_of_chinese_words_is_theirs(text: str, said: str) -> None:
    assert formal(text) == said


def test_as_many_are_named_as_there_is_room_for() -> None:
    texts = ["制定总体方案", "召开主任会议", "开设专栏"]
    assert enumerated(texts, 3, 40) == "制定总体方案；召开主任会议；开设专栏"
    assert enumerated(texts, 5, 40) == "制定总体方案；召开主任会议；开设专栏等5件"
    assert enumerated(texts, 3, 18) == "制定总体方案；召开主任会议等3件"
    assert enumerated(texts, 3, 1) == "制定总体方案等3件"
    assert enumerated(texts, 3, 1, "等") == "制定总体方案等"


def test_lines_are_reckoned_rather_too_many_than_too_few() -> None:
    assert [lines_of(["字" * count]) for count in (1, 24, 25, 51, 52)] == [1, 1, 2, 2, 3]
    assert lines_of([]) == 0
