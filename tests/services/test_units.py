"""Units: their order, renaming and merging, each undone whole."""

from typing import Any

import pytest

from ledger.base.errors import BadValue, LedgerError, NotFound, Refused
from ledger.services import series as duties
from ledger.services import units
from ledger.services.undo import undo
from ledger.store import queries
from tests.conftest import Book


@pytest.fixture
def filled(book: Book) -> Book:
    book.post("add", title="甲", unit="宣传处", with_=["督导组", "新闻处"])
    book.post("add", title="乙", unit="综合组", with_=["宣传处", "新闻处"])
    book.post("add", title="丙", unit="新闻处")
    book.post("add", title="丁", unit="综合组", with_=["宣传处二科"])
    return book


def work(book: Book, done: Any, *args: Any) -> Any:
    with book.journal() as journal:
        return done(journal, *args)


def held(book: Book) -> list[tuple[str, tuple[str, ...]]]:
    with book.reading() as reader:
        return [(task.unit, task.with_units) for task in queries.tasks(reader, "ORDER BY t.id")]


def order(book: Book) -> tuple[str, ...]:
    with book.reading() as reader:
        return queries.rules(reader).units


def test_a_new_name_reaches_every_task_and_the_order(filled: Book) -> None:
    work(filled, units.order, ["新闻处", "宣传处"])
    assert work(filled, units.rename, "宣传处", "宣传组") == 2
    assert held(filled) == [
        ("宣传组", ("督导组", "新闻处")),
        ("综合组", ("宣传组", "新闻处")),
        ("新闻处", ()),
        ("综合组", ("宣传处二科",)),
    ]
    assert order(filled) == ("新闻处", "宣传组")
    assert filled.faults() == []


def test_merged_units_are_one_and_assist_no_task_that_they_lead(filled: Book) -> None:
    work(filled, units.order, ["宣传处", "综合组", "新闻处"])
    assert work(filled, units.merge, ["宣传处", "督导组"], "新闻处") == 2
    assert held(filled) == [("新闻处", ()), ("综合组", ("新闻处",)), ("新闻处", ()), ("综合组", ("宣传处二科",))]
    assert order(filled) == ("新闻处", "综合组")


def test_units_to_merge_may_be_parted_in_one_argument(filled: Book) -> None:
    filled.post("add", title="戊", unit="甲、乙联合组")
    assert work(filled, units.merge, ["宣传处、督导组", "甲、乙联合组"], "新闻处") == 3
    assert {unit for unit, _ in held(filled)} == {"新闻处", "综合组"}


def test_a_merging_is_undone_whole(filled: Book) -> None:
    work(filled, units.order, ["宣传处", "新闻处"])
    before = held(filled)
    work(filled, units.merge, ["宣传处"], "新闻处")
    work(filled, undo, None, None)
    assert (held(filled), order(filled), filled.faults()) == (before, ("宣传处", "新闻处"), [])


def test_the_order_is_kept_and_the_same_again_is_no_entry(filled: Book) -> None:
    for _ in range(2):
        work(filled, units.order, ["新闻处", "督导组"])
    assert order(filled) == ("新闻处", "督导组")
    assert filled.rows("SELECT count(*) FROM entry WHERE action = 'config'") == [(1,)]


@pytest.mark.parametrize(
    ("done", "args", "error"),
    [
        (units.order, (["宣传处", "无此"],), NotFound),
        (units.order, (["宣传处", "宣传处"],), BadValue),
        (units.order, (["宣\n传"],), BadValue),
        (units.rename, ("无此", "新"), NotFound),
        (units.rename, ("宣传处", "综合组"), Refused),
        (units.rename, ("宣传处", "督导组"), Refused),
        (units.rename, ("宣传处", " "), BadValue),
        (units.rename, ("宣传处", "长" * 101), BadValue),
        (units.merge, (["宣传处"], "无此"), NotFound),
        (units.merge, (["无此"], "宣传处"), NotFound),
        (units.merge, (["宣传处", "综合组"], "宣传处"), BadValue),
    ],
)
def test_what_cannot_be(filled: Book, done: Any, args: tuple[Any, ...], error: type[LedgerError]) -> None:
    before = held(filled)
    with pytest.raises(error):
        work(filled, done, *args)
    assert (held(filled), order(filled)) == (before, ())


@pytest.mark.parametrize("name", ['甲"乙', "甲\\乙", "100%_!", "é\U0001f600"])
def test_names_with_odd_characters(filled: Book, name: str) -> None:
    filled.post("add", title="戊", unit="综合组", with_=[name])
    assert work(filled, units.rename, name, "平") == 1
    assert filled.task("5").with_units == ("平",)


@pytest.mark.parametrize(("change", "names"), [("rename", ("新组", "更新组")), ("merge", (["新组"], "综合组"))])
def test_a_unit_that_only_a_series_names_is_renamed_and_merged(book: Book, change: str, names: tuple[Any, ...]) -> None:
    book.post("add", title="回访", unit="综合组", due="上一期销号后10日内")
    with book.journal() as journal:
        duties.edit(journal, duties.find(journal, 1), {"unit": "新组"})
    assert work(book, getattr(units, change), *names) == 0
    with book.journal() as journal:
        assert duties.find(journal, 1).fields["unit"] == names[1]


def test_a_name_that_a_series_has_is_taken(filled: Book) -> None:
    filled.post("add", title="回访", unit="综合组", due="上一期销号后10日内")
    with filled.journal() as journal:
        duties.edit(journal, duties.find(journal, 1), {"unit": "新组"})
    with pytest.raises(Refused, match="已经存在"):
        work(filled, units.rename, "宣传处", "新组")
