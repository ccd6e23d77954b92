"""The names of units that a ledger knows."""

import re

import pytest

from ledger.base.errors import NotFound
from ledger.model.rules import Group, GroupSet, Rules
from ledger.store import queries, unit_names
from tests.conftest import Book


@pytest.fixture
def units(book: Book) -> Book:
    book.post("add", title="甲", unit="宣传组（筹）", with_=["县财政局"])
    book.post("add", title="乙", unit="县水利局")
    return book


@pytest.mark.parametrize(
    ("name", "leads", "spelling"),
    [
        ("县水利局", True, "县水利局"),
        ("县 水利局", True, "县水利局"),
        ("宣传组(筹)", True, "宣传组（筹）"),
        ("县财政局", False, "县财政局"),
        ("县　财政局", False, "县财政局"),
    ],
)
def test_a_known_unit_is_found_in_any_width(units: Book, name: str, leads: bool, spelling: str) -> None:
    with units.reading() as reader:
        assert unit_names.spelled(reader, queries.rules(reader), name, leads=leads) == spelling


@pytest.mark.parametrize(
    ("name", "leads", "hint"),
    [
        ("县水务局", True, "相近的有“县水利局”"),
        ("县财正局", False, "相近的有“县财政局”"),
        ("县财政局", True, "ledger config units"),
        ("督导组", True, "^用 ledger config units"),
    ],
)
def test_another_is_refused_with_the_nearest(units: Book, name: str, leads: bool, hint: str) -> None:
    with units.reading() as reader, pytest.raises(NotFound, match=name) as error:
        unit_names.spelled(reader, queries.rules(reader), name, leads=leads)
    assert re.search(hint, error.value.hint)


def test_groups_and_their_sets_are_found_in_any_width() -> None:
    east, towns = Group("东片(一)", None, ("甲镇",)), Group("乡镇", None, ("甲镇",))
    rules = Rules(groups=(GroupSet("片区", (east,)), GroupSet("类别", (towns,))))
    assert unit_names.group_named(rules, "东片（一）") == (rules.groups[0], east)
    assert unit_names.set_named(rules, "类 别") == rules.groups[1]
    with pytest.raises(NotFound) as none:
        unit_names.group_named(rules, "乡村")
    assert "现有“东片(一)”、“乡镇”" in str(none.value.hint)
    for find in (unit_names.group_named, unit_names.set_named):
        with pytest.raises(NotFound) as empty:
            find(Rules(), "东片")
        assert "还没有分组" in str(empty.value.hint)


def test_units_of_groups_are_known(units: Book) -> None:
    with units.reading() as reader:
        rules = queries.rules(reader)._replace(groups=(GroupSet("片区", (Group("东片", None, ("甲镇", "县水利局")),)),))
        assert unit_names.names(reader, rules) == ["宣传组（筹）", "县水利局", "县财政局", "甲镇"]
        assert unit_names.spelled(reader, rules, "甲 镇") == "甲镇"


def test_what_is_in_no_group_of_the_only_set_may_be_named(units: Book) -> None:
    one = GroupSet("片区", (Group("东片", None, ("县水利局",)),))
    with units.reading() as reader:
        rules = queries.rules(reader)._replace(groups=(one,))
        assert unit_names.group_meant(reader, rules, "东片") == one.groups[0]
        assert unit_names.group_meant(reader, rules, "未分组") == Group("未分组", None, ("宣传组（筹）",))
        whole = GroupSet("片区", (Group("东片", None, ("县水利局", "宣传组（筹）")),))
        for groups, said in ((whole,), "没有未分组的单位"), ((one, whole), "没有分组“未分组”"), ((), "没有分组"):
            with pytest.raises(NotFound, match=said):
                unit_names.group_meant(reader, rules._replace(groups=groups), "未分组")
