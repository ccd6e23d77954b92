"""What is said of problems."""

import pytest

from ledger.base.problem_words import bare_line, says_as_before, says_no_problem, says_nothing_new, solved, without


@pytest.mark.parametrize(
    "text",
    [
        *(
            "无",
            "暂无",
            "没有",
            "(无)",
            "（无）",
            "无。",
            "—",
            "——",
            "-",
            "－",
            "/",
            "N/A",
            " 无 ",
            "无问题",
            "暂无问题",
        ),
        *(
            "目前没有问题",
            "无明显问题",
            "未发现问题",
            "不存在问题",
            "没有需要协调解决的问题",
            "无需协调事项",
            "暂时没有",
        ),
        *("尚未发现", "存在问题:无", "存在问题：暂无", "无其他困难和问题", "均已解决", "问题已全部解决", "一切正常"),
        *(
            "0",
            "零",
            "0个",
            "正常",
            "1.无",
            "(1)无",
            "①暂无问题",
            "暂无新增问题",
            "无其他",
            "原问题已解决",
            "均已整改到位",
        ),
    ],
)
def test_no_problem_is_said_in_many_words(text: str) -> None:
    assert says_no_problem(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "没有什么问题",
            "无需协调",
            "“无”",
            "无;无",
            "无,资金已到位",
            "无。隐患已整改",
            "无(已整改)",
            "NA",
            "无问题,工作正常推进",
        ),
        *("无明显困难,进展顺利", "暂无困难和问题,下步抓紧推进", "目前,一切顺利,无问题", "无新增,经费问题已解决"),
    ],
)
def test_no_problem_may_be_said_in_several_parts(text: str) -> None:
    assert says_no_problem(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "无,缺车",
            "无(缺车)",
            "进展顺利,缺车",
            "无问题,但经费未到位",
            "经费已解决",
            "下一步抓紧推进",
            "无,用地尚未落实",
        ),
        *("经费未到位", "无法解决", "未解决问题", "问题未解决", "无人负责", "没有经费", "没有解决的问题", "问题不大"),
        *("已解决部分问题", "问题已基本解决", "尚未解决", "不正常", "进展不顺利", "无场地、无经费", "无" * 41),
        *("0.5万元未到位", "10户未搬迁", "1.缺车", "零工不足", "未整改到位", "无新场地", "新增问题"),
    ],
)
def test_what_lacks_something_is_a_problem(text: str) -> None:
    assert not says_no_problem(text)


@pytest.mark.parametrize("text", ["无其他问题", "暂无新增问题", "没有新的困难", "本月无新增", "目前未发现其它问题。"])
def test_that_nothing_was_added_says_nothing_of_what_is_known(text: str) -> None:
    assert (says_no_problem(text), says_nothing_new(text)) == (True, True)


@pytest.mark.parametrize("text", ["无", "0", "没有问题", "已解决", "无新场地", "新问题"])
def test_none_at_all_is_more_than_nothing_new(text: str) -> None:
    assert not says_nothing_new(text)


@pytest.mark.parametrize(
    "text", ["同前", "同上期", "不变", "无变化", "原问题仍未解决", "仍存在", "尚未解决。", "见上期"]
)
def test_the_known_ones_are_there_still(text: str) -> None:
    assert says_as_before(text)


@pytest.mark.parametrize("text", ["同意后办理", "用地仍未解决", "变化较大", "无", "存在"])
def test_words_of_their_own_are_more_than_as_before(text: str) -> None:
    assert not says_as_before(text)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("缺车(已解决)", "缺车"),
        ("2. 缺车 已经解决。", "缺车"),
        ("经费问题已全部解决", "经费问题"),
        ("隐患均已整改到位", "隐患"),
        ("缺车", None),
        ("缺车,司机已解决", None),
        ("用地未批,经费已解决", None),
        ("部分已解决", None),
        ("经费尚未解决", None),
        ("经费已解决,缺车", None),
    ],
)
def test_a_line_may_say_that_one_is_solved(line: str, problem: str | None) -> None:
    assert solved(line) == problem


def test_a_number_is_no_part_of_a_line_but_a_decimal_is() -> None:
    assert [bare_line(text) for text in ("1.缺车。", "(2)缺车", "三、缺车", "3.5万元未拨")] == ["缺车"] * 3 + [
        "3.5万元未拨"
    ]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("缺车。", ""),
        ("1.缺车\n2.缺人", "2.缺人"),
        ("缺 车\n缺人", "缺人"),
        ("甲\n乙；\n缺人", "缺人"),
        ("缺车辆", "缺车辆"),
        ("乙\n甲", "乙\n甲"),
    ],
)
def test_what_a_cell_says_beside_the_known(text: str, rest: str) -> None:
    assert without(text, ["缺车", "甲\n乙"]) == rest
