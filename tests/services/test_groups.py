"""Groups of units: settings of the ledger, in which a unit stands once in each set."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue, LedgerError, NotFound, Refused
from ledger.model.rules import Group, GroupSet, rules_of
from ledger.model.soundness import NONSENSE, is_setting, require_sound_settings
from ledger.services import groups, units
from ledger.services.undo import undo
from ledger.store import queries
from ledger.store.past import recall
from tests.conftest import Book

EAST, WEST = ("甲镇", "乙镇"), ("丙镇",)


def work(book: Book, done: Any, *args: Any) -> list[str]:
    """Do it as a command; gives what was told."""
    with book.journal() as journal:
        done(journal, *args)
        return list(journal.told())


def held(book: Book) -> dict[str, dict[str, tuple[str, ...]]]:
    with book.reading() as reader:
        found = queries.rules(reader).groups
    return {one.name: {group.name: group.units for group in one.groups} for one in found}


@pytest.fixture
def grouped(book: Book) -> Book:
    for unit in (*EAST, *WEST, "县水利局"):
        book.post("add", title=f"{unit}的事", unit=unit)
    work(book, groups.define, "东片", EAST, "王县长", "片区")
    work(book, groups.define, "西片", WEST)
    return book


def test_a_group_has_its_units_its_leader_and_its_place(grouped: Book) -> None:
    with grouped.reading() as reader:
        assert queries.rules(reader).groups == (
            GroupSet("片区", (Group("东片", "王县长", EAST), Group("西片", None, WEST))),
        )
    work(grouped, groups.order, ["西片"])
    assert [*held(grouped)["片区"]] == ["西片", "东片"]
    work(grouped, groups.define, "西片", (), "李县长")
    work(grouped, groups.define, "东片", ["甲镇"], " ")
    with grouped.reading() as reader:
        assert queries.rules(reader).groups[0].groups == (Group("西片", "李县长", WEST), Group("东片", None, ("甲镇",)))
    assert grouped.faults() == []


def test_the_only_set_need_not_be_named(book: Book) -> None:
    book.post("add", title="甲", unit="甲镇")
    work(book, groups.define, "东片", ["甲镇"])
    assert held(book) == {groups.USUAL: {"东片": ("甲镇",)}}
    work(book, groups.define, "乡镇", ["甲镇"], None, "类别")
    with pytest.raises(BadValue, match="是哪一套分组的"):
        work(book, groups.define, "县直", ["甲镇"])
    work(book, groups.add, "东 片", ["乙镇"])
    assert held(book) == {groups.USUAL: {"东片": ("甲镇", "乙镇")}, "类别": {"乡镇": ("甲镇",)}}


def test_units_are_put_in_and_taken_out_and_the_last_takes_the_group_along(grouped: Book) -> None:
    work(grouped, groups.add, "西片", ["县水利局、丙镇"])
    assert held(grouped)["片区"]["西片"] == ("丙镇", "县水利局")
    work(grouped, groups.remove, "西片", ["丙镇"])
    work(grouped, groups.remove, "西片", ["县水利局"])
    assert held(grouped) == {"片区": {"东片": EAST}}
    work(grouped, groups.remove, "东片")
    assert (held(grouped), grouped.faults()) == ({}, [])
    with grouped.journal() as journal:
        undo(journal, None, None)
    assert held(grouped) == {"片区": {"东片": EAST}}


def test_units_that_the_ledger_does_not_know_are_told_with_the_nearest(grouped: Book) -> None:
    assert work(grouped, groups.add, "西片", ["甲 镇二"]) == ["台账里还没有的单位:“甲 镇二”(相近的有“甲镇”)"]
    assert work(grouped, groups.add, "西片", ["县水务局"]) == ["没有单位“县水务局”,已有“县水利局”,照写登记"]
    work(grouped, groups.remove, "西片", ["甲镇二"])
    assert work(grouped, groups.add, "西片", ["丙 镇", "戊街道"]) == ["台账里还没有的单位:“戊街道”"]
    assert held(grouped)["片区"]["西片"] == ("丙镇", "县水务局", "戊街道")


@pytest.mark.parametrize(
    ("done", "args", "error", "said"),
    [
        (groups.define, ("北片", ["乙镇", "丙镇"]), Refused, "“乙镇”已在“东片”里"),
        (groups.add, ("西片", ["甲镇"]), Refused, "一个单位只在一处"),
        (groups.define, ("西片", ["县水利局"], None, "类别"), Refused, "已经有分组“西片”"),
        (groups.rename, ("西片", "东 片"), Refused, "“片区”里已经有分组"),
        (groups.define, ("未分组", ["县水利局"]), BadValue, "不在任何分组"),
        (groups.define, ("北片", []), BadValue, "没有写明单位"),
        (groups.add, ("东边", ["县水利局"]), NotFound, "没有分组“东边”"),
        (groups.remove, ("东片", ["丙镇"]), NotFound, "里没有单位“丙镇”"),
        (groups.order, (["东片", "东片"],), BadValue, "重复"),
        (groups.order, (["东片", "南片"],), NotFound, "没有分组“南片”"),
        (groups.define, ("", ["县水利局"]), BadValue, "分组名称"),
    ],
)
def test_what_does_not_fit_is_refused(
    grouped: Book, done: Any, args: tuple[Any, ...], error: type[LedgerError], said: str
) -> None:
    before = held(grouped)
    with pytest.raises(error, match=said):
        work(grouped, done, *args)
    assert held(grouped) == before


def test_a_name_that_is_known_whole_is_no_list(grouped: Book) -> None:
    grouped.post("add", title="联合检查", unit="公安局、交警队联合组")
    work(grouped, groups.add, "西片", ["公安局、交警队联合组", "县水利局、戊镇"])
    assert held(grouped)["片区"]["西片"] == ("丙镇", "公安局、交警队联合组", "县水利局", "戊镇")
    work(grouped, groups.rename, "西片", "西、北片")
    work(grouped, groups.order, ["西、北片"])
    work(grouped, groups.remove, "西、北片", ["公安局、交警队联合组"])
    assert [*held(grouped)["片区"].items()] == [("西、北片", ("丙镇", "县水利局", "戊镇")), ("东片", EAST)]


def test_groups_of_several_sets_are_not_put_in_order_together(grouped: Book) -> None:
    work(grouped, groups.define, "乡镇", ["甲镇"], None, "类别")
    with pytest.raises(BadValue, match="不是同一套"):
        work(grouped, groups.order, ["东片", "乡镇"])


def test_a_group_that_is_called_otherwise_keeps_its_place(grouped: Book) -> None:
    work(grouped, groups.rename, "东片", "东部")
    assert held(grouped) == {"片区": {"东部": EAST, "西片": WEST}}
    assert work(grouped, groups.order, ["东部"]) == ["分组“片区”没有变化"]


def test_a_set_is_called_otherwise_whole(grouped: Book) -> None:
    work(grouped, groups.define, "乡镇", ["甲镇"], None, "类别")
    work(grouped, groups.rename, "片 区", "按片区")
    assert held(grouped) == {"按片区": {"东片": EAST, "西片": WEST}, "类别": {"乡镇": ("甲镇",)}}
    with pytest.raises(Refused, match="已经有名为“类别”的一套"):
        work(grouped, groups.rename, "按片区", "类别")
    with grouped.journal() as journal:
        undo(journal, None, None)
    assert ([*held(grouped)], grouped.faults()) == (["片区", "类别"], [])


def test_a_new_name_of_a_unit_reaches_the_groups(grouped: Book) -> None:
    work(grouped, groups.define, "乡镇", [*EAST, *WEST], None, "类别")
    work(grouped, units.rename, "乙镇", "乙街道")
    assert held(grouped) == {
        "类别": {"乡镇": ("甲镇", "乙街道", "丙镇")},
        "片区": {"东片": ("甲镇", "乙街道"), "西片": WEST},
    }
    with grouped.journal() as journal:
        undo(journal, None, None)
    assert (held(grouped)["片区"]["东片"], grouped.faults()) == (EAST, [])


def test_units_that_become_one_stand_once(grouped: Book) -> None:
    work(grouped, units.merge, ["甲镇", "乙镇"], "丙镇")
    assert held(grouped) == {"片区": {"西片": ("丙镇",)}}
    assert grouped.faults() == []
    work(grouped, units.merge, ["丙镇"], "县水利局")
    assert (held(grouped), grouped.faults()) == ({"片区": {"西片": ("县水利局",)}}, [])


NAMES = st.sampled_from(["甲镇", "乙镇", "丙镇", "丁镇"])


@given(st.lists(st.tuples(st.sampled_from(["东片", "西片", "北片"]), st.sets(NAMES, min_size=1))), st.data())
def test_a_unit_stands_once_in_a_set_whatever_becomes_of_names(defined: Any, data: Any) -> None:
    chosen = GroupSet("片区")
    for name, members in defined:
        free = tuple(unit for unit in sorted(members) if chosen.of(unit) is None)
        if free and name not in [group.name for group in chosen.groups]:
            chosen = chosen._replace(groups=(*chosen.groups, Group(name, None, free)))
    names = data.draw(st.dictionaries(NAMES, NAMES))
    names = {old: new for old, new in names.items() if new not in names}  # as a merging has it
    after = groups.renamed(chosen, names)
    members = [unit for group in after.groups for unit in group.units]
    before = {unit for group in chosen.groups for unit in group.units}
    assert sorted(members) == sorted({names.get(unit, unit) for unit in before})
    assert all(group.units for group in after.groups)
    for unit in before - names.keys():
        was, now = chosen.of(unit), after.of(unit)
        assert was and now and was.name == now.name


def test_a_set_is_kept_as_the_journal_has_it(grouped: Book) -> None:
    stored = [["东片", "王县长", [*EAST]], ["西片", None, [*WEST]]]
    with grouped.reading() as reader:
        settings = queries.settings(reader)
    assert settings["group:片区"] == stored
    assert rules_of({"group:乙": [], "group:甲": stored}).groups[1].name == "甲"


def test_the_groups_of_a_past_moment_are_those_of_then(grouped: Book) -> None:
    with grouped.journal(now=datetime(2013, 3, 25, tzinfo=UTC)) as journal:
        groups.remove(journal, "西片")
    with grouped.reading() as reader:
        then = queries.rules(recall(reader, datetime(2013, 3, 20, tzinfo=UTC)))
        assert [group.name for group in then.groups[0].groups] == ["东片", "西片"]
        assert [group.name for group in queries.rules(reader).groups[0].groups] == ["东片"]


@pytest.mark.parametrize(
    "value",
    [
        "东片",
        ["东片"],
        [["东片", None]],
        [["东片", None, "甲镇"]],
        [["", None, ["甲镇"]]],
        [["东片", "", ["甲镇"]]],
        [["东片", 1, ["甲镇"]]],
        [["东片", None, [1]]],
        [["东片", None, [["甲"]]]],
        [["东片", None, ["甲镇", "甲镇"]]],
        [["东片", None, ["甲镇"]], ["西片", None, ["甲镇"]]],
        [["东片", None, ["甲镇"]], ["东片", None, ["乙镇"]]],
    ],
    ids=str,
)
def test_what_is_no_set_of_groups_is_not_taken_from_a_journal(value: Any) -> None:
    with suppress(*NONSENSE):
        assert not is_setting("group:片区", value)
    assert is_setting("group:片区", [["东片", None, ["甲镇"]], ["西片", "王县长", ["乙镇"]]])


def test_a_journal_in_which_two_groups_have_one_name_makes_no_sense() -> None:
    kept = [["东片", None, ["甲镇"]]]
    with pytest.raises(ValueError, match="group:"):
        require_sound_settings({"group:片区": kept, "group:类别": kept})
