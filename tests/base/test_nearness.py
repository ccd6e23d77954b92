"""Which names and titles may mean the same."""

import pytest

from ledger.base.nearness import ALIKE, folded, likeness, near, nearest, numerals

NEAR = [
    ("综合祖", "综合组"),
    ("宣传粗", "宣传组"),
    ("县水利司", "县水利局"),
    ("县水利局牵头", "县水利局"),
    ("县水利局等部门", "县水利局"),
    ("县财政局负责落实", "县财政局"),
    ("县水务局", "县水利局"),
    ("县教育局", "县教体局"),
    ("综合科", "综合组"),
    ("县卫健局", "县卫健委"),
    ("县发改局", "县发展和改革局"),
    ("县住建局", "县住房和城乡建设局"),
    ("县人社局", "县人力资源和社会保障局"),
    ("市场监管局", "县市场监督管理局"),
    ("水利局", "县水利局"),
    ("县水利局", "青河县水利局"),
    ("县政府办", "县政府办公室"),
    ("县卫健委", "县卫生健康委员会"),
    ("城关街道", "城关街道办事处"),
    ("张庄乡", "张庄镇"),
    ("县自然资原局", "县自然资源局"),
    ("县白然资源局", "县自然资源局"),
    ("县利水局", "县水利局"),
    ("督察科", "督查科"),
    ("领导小组办", "领导小组办公室"),
    ("县发改", "县发改局"),
    ("信息", "信息科"),
    ("县财局", "县财政局"),
    ("县发改委", "县发展和改革局"),
    ("县市监局", "县市场监督管理局"),
    ("县城管局", "县城市管理局"),
]
APART = [
    ("张庄村", "张庄组"),
    ("县委", "县志"),
    ("张庄镇", "李庄镇"),
    ("张庄镇", "张店镇"),
    ("东关街道", "西关街道"),
    ("第一小学", "第二小学"),
    ("一科", "二科"),
    ("综合一科", "综合二科"),
    ("综合科", "综合一科"),
    ("A组", "B组"),
    ("东城分局", "西城分局"),
    ("市水利局", "县水利局"),
    ("青河县水利局", "红河县水利局"),
    ("县民政局", "县财政局"),
    ("县委组织部", "县委宣传部"),
    ("县委", "县委组织部"),
    ("县人大", "县人大办公室"),
    ("县政府办", "县政协办"),
    ("县委编办", "县委办"),
    ("城市管理科", "县市管理科"),
    ("张庄", "张庄镇"),
    ("各牵头单位", "各专项活动牵头单位"),
    ("县委办", "县政府办"),
    ("县教育局", "县教育局办公室"),
    ("张庄镇党委", "张庄镇政府"),
    ("县公安局", "县司法局"),
    ("宣传组", "综合组"),
    ("红星小学", "育红小学"),
    ("华通公司", "华远公司"),
]


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_a_slip_a_reform_or_an_abbreviation_is_near(one: str, other: str) -> None:
    assert near(one, ["办公厅", other]) == [other]
    assert near(other, [one]) == [one]


@pytest.mark.parametrize(("one", "other"), APART)
def test_another_unit_is_not(one: str, other: str) -> None:
    assert near(one, [other]) == []
    assert near(other, [one]) == []


@pytest.mark.parametrize("name", ["县水利局", "县 水利局", "ＩＴ科", "宣传组（筹）"])
def test_a_known_name_is_near_to_none(name: str) -> None:
    assert near(name, ["县水务局", "IT处", "宣传组", folded(name)]) == []


@pytest.mark.parametrize("name", ["", " "])
def test_nothing_is_near_to_nothing(name: str) -> None:
    assert nearest(name, ["县水务局", "宣传组"]) == []


def test_the_nearest_come_first() -> None:
    assert near("县水务局", ["县水利和湖泊局", "县水务处", "县水利局", "县水文局"], 2) == ["县水务处", "县水利局"]
    assert nearest("宗合科", ["财务处", "宣传科", "综合科"]) == ["综合科"]
    assert nearest("财务", ["宣传科", "综合科"]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("召开动员会(第一次)", "召开动员会（第一次）。"),
        ("完成机房改造", "完成 机房的改造"),
        ("召开领导小组会议", "召开领导小组会"),
        ("召开第1次会议", "召开第一次会议"),
        ("进一步规范审批", "规范审批"),
    ],
)
def test_titles_that_may_say_the_same(one: str, other: str) -> None:
    assert likeness(one, other) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("召开第一次调度会", "召开第二次调度会"),
        ("新建幼儿园两所", "新建幼儿园三所"),
        ("制定实施方案", "制定宣传办法"),
        ("开展安全生产检查", "开展食品安全检查"),
    ],
)
def test_titles_that_do_not(one: str, other: str) -> None:
    assert likeness(one, other) < ALIKE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第１季度完成3.5公里,A组二次", ["1", "3.5", "A", "2"]),
        ("十月、十二次、二十五条、两所", ["10", "12", "25", "2"]),
        ("进一步统一思想", []),
        ("一百二十", ["一百二十"]),
    ],
)
def test_numerals_however_they_are_written(text: str, found: list[str]) -> None:
    assert numerals(text) == found


def test_nothing_is_near_to_no_name() -> None:
    assert near("", ["综合组"]) == near(" \u3000", ["综合组"]) == []
