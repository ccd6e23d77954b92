"""Titles as they are told apart: one but for the spelling, near, or two."""

import pytest

from ledger.base.titles import alike, key, numbers, unquoted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("制定实施方案", "制定实施方案。"),
        ("制定实施方案", "制定 实施\u3000方案；"),
        ("开展检查(第2批)", "开展检查（第２批）"),
        ("召开会议(扩大)", "召开会议【扩大】"),
        ("召开会议(扩大)", "召开会议〔扩大〕。"),
        ("印发“方案”", "印发「方案」"),
        ("印发『方案』", "印发‘方案’."),
        ("印发《方案》", "印发〈方案〉"),
        ('开展"两重一大"检查', "开展“两重一大”检查"),
        ("县城—乡镇公路", "县城－乡镇公路"),
        ("县城——乡镇公路", "县城-乡镇公路"),
        ("推广APP", "推广app"),
        ("王·李工作室", "王•李工作室"),
    ],
)
def test_one_but_for_the_spelling(one: str, other: str) -> None:
    assert key(one) == key(other)
    assert alike(one, other)


@pytest.mark.parametrize("copy", ["印发方案", "印发〈方案〉。", "印发“方案”", "印发 方案"])
def test_quotes_that_a_copy_loses(copy: str) -> None:
    assert unquoted(copy) == unquoted("印发《方案》") == "印发方案"


@pytest.mark.parametrize(
    ("one", "other"),
    [("方案、总结", "方案总结"), ("制定方案", "制订方案"), ("第一批", "第二批"), ("1.5万亩", "15万亩"), ("。", "、")],
)
def test_what_the_spelling_tells_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("制定实施方案", "制定活动实施方案"),
        ("1.制定实施方案", "制定实施方案"),
        ("(一)制定实施方案", "3、制定实施方案"),
        ("①制定实施方案", "制定实施方案"),
        ("2013年工作总结", "工作总结"),
        ("2013年工作总结", "2013年度工作总结"),
        ("召开动员会", "召开动员大会"),
        ("开展安全生产大检查", "开展安全大检查"),
        ("开展检查、培训", "开展培训、检查"),
        ("完成农村公路的改造", "完成农村公路改造"),
        ("第十二次例会筹备", "第12次例会的筹备"),
        ("全面推进河长制", "全面推行河长制"),
    ],
)
def test_near(one: str, other: str) -> None:
    assert numbers(key(one)) == numbers(key(other))
    assert alike(one, other) and alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第一批项目验收", "第二批项目验收"),
        ("1月份总结上报", "2月份总结上报"),
        ("2023年工作总结", "2024年工作总结"),
        ("改造道路3公里任务", "改造道路5公里任务"),
        ("上报季度工作总结", "上报年度工作总结"),
        ("上半年工作总结", "下半年工作总结"),
        ("完成东区改造工程", "完成西区改造工程"),
        ("A区改造工程", "B区改造工程"),
        ("市级方案制定工作", "县级方案制定工作"),
        ("修订财务制度", "修订采购制度"),
        ("制定学创活动方案", "召开学创活动动员会"),
        ("起草安全生产大检查工作方案", "印发安全生产大检查工作方案"),
        ("安全生产大检查工作方案", "安全生产大检查工作总结"),
        ("检查", "检查通报"),
    ],
)
def test_two(one: str, other: str) -> None:
    assert not alike(one, other) and not alike(other, one)
