"""A name that no saved list has: what was probably meant."""

import json

import pytest

from tests.conftest import Book, Clerk


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("我地", "没有常用清单“我地”,是不是 我的"),
        ("本周", "请写 ledger list --due 本周"),
        ("5.1-5.15", "请写 ledger list --due 5.1-5.15"),
        ("综合组", "请写 ledger list --unit 综合组"),
        ("李四", "请写 ledger list --owner 李四"),
        ("学创活动", "请写 ledger list --activity 学创活动"),
        ("推进实施", "请写 ledger list --stage 推进实施"),
        ("在办", "请写 ledger list --status 在办"),
        ("submitted", "请写 ledger list --status submitted"),
        ("逾期", "请写 ledger list --overdue"),
        ("报信息", "没有常用清单“报信息”(已有 我的、组里)"),
    ],
)
def test_unknown(book: Book, clerk: Clerk, name: str, said: str) -> None:
    book.post("add", title="甲", unit="综合组", owner="李四", activity="学创活动", stage="推进实施", on="2013-03-01")
    for kept in ("我的", "组里"):
        clerk("config", "view", kept, "--key")
    answer = clerk("--db", str(book.location), "list", name)
    assert (answer.code, answer.out) == (4, "")
    assert said in answer.err


def test_a_saved_list_comes_before_what_its_name_might_mean(book: Book, clerk: Clerk) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    clerk("config", "view", "综合组", "--undated")
    answer = clerk("--db", str(book.location), "list", "综合组")
    assert answer.code == 0
    assert "任务清单:综合组" in answer.out


def test_without_any_it_is_told_how_to_save_one(book: Book, clerk: Clerk) -> None:
    answer = clerk("--db", str(book.location), "list", "我的")
    assert (answer.code, answer.out) == (4, "")
    assert "先用 ledger config view 我的 --unit 单位 存下" in answer.err


@pytest.fixture
def office(book: Book, clerk: Clerk) -> Clerk:
    """The clerk of a ledger of two units, one of them in a group, who keeps a list of what is urgent."""
    book.post("add", title="甲", unit="综合组", on="2013-03-01", key=True, due="2013-03-20")
    book.post("add", title="乙", unit="宣传组", on="2013-03-01")
    clerk("config", "set", "db", str(book.location.path))
    clerk("config", "groups", "set", "东片", "综合组")
    return clerk


def titles(clerk: Clerk, *words: str) -> list[str]:
    answer = clerk("list", *words, "--format", "json", "--sort", "id")
    assert answer.code == 0, answer.err
    return [task["title"] for task in json.loads(answer.out)]


@pytest.mark.parametrize("named", ["key", "--key", "重点", "ｋｅｙ"])
def test_a_condition_of_a_saved_list_is_dropped(office: Clerk, named: str) -> None:
    office("config", "view", "急", "--key")
    assert titles(office, "急") == ["甲"]
    assert titles(office, "急", "--drop", named) == ["甲", "乙"]
    assert titles(office, "急") == ["甲"]


def test_several_conditions_are_dropped(office: Clerk) -> None:
    office("config", "view", "急", "--key", "--unit", "综合组", "--undated")
    assert titles(office, "急") == []
    assert titles(office, "急", "--drop", "无期限") == ["甲"]
    assert titles(office, "急", "--drop", "重点、牵头单位") == ["乙"]
    assert titles(office, "急", "--drop", "unit", "--drop", "key", "--drop", "undated") == ["甲", "乙"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--due", "2013-03"], "完成时限"),
        (["--due", "2013-03"], "时段"),
        (["--tag", "民生"], "标签"),
        (["--with", "督导组"], "配合单位"),
        (["--unit", "综合组"], "单位"),
        (["--field", "资金来源=省"], "field"),
        (["--sort", "id"], "次序"),
        (["--all-periods"], "all-periods"),
    ],
)
def test_a_condition_has_the_names_of_its_field_and_its_value(office: Clerk, words: list[str], named: str) -> None:
    office("config", "view", "某", *words)
    assert titles(office, "某", "--drop", named) == ["甲", "乙"]


def test_what_is_not_kept_is_not_dropped(office: Clerk) -> None:
    office("config", "view", "急", "--key", "--undated")
    for words, said in (
        (("急", "--drop", "单位"), "常用清单“急”里没有“单位”这项条件"),
        (("急", "--drop", ""), "常用清单“急”里没有“”这项条件"),
        (("急", "--drop", "sort"), "存下的有 key、undated"),
        (("--drop", "key"), "--drop 要写在常用清单的名称后面"),
    ):
        answer = office("list", *words)
        assert (answer.code, answer.out) == (2, "")
        assert said in answer.err


def test_units_typed_take_the_place_of_a_group_that_is_kept(office: Clerk) -> None:
    office("config", "view", "片", "--group", "东片")
    assert titles(office, "片") == ["甲"]
    assert titles(office, "片", "--unit", "宣传组") == ["乙"]


def test_a_span_typed_takes_the_place_of_no_deadline_that_is_kept(office: Clerk) -> None:
    office("config", "view", "无", "--undated")
    assert titles(office, "无") == ["乙"]
    assert titles(office, "无", "--due", "2013-03") == ["甲"]
