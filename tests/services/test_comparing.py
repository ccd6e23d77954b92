"""What a row says otherwise than its task: only what is stated, and only what is news."""

from typing import Any

import pytest

from ledger.base.errors import Refused
from ledger.services.comparing import Changed, compared
from ledger.services.course import Course
from ledger.store import queries
from tests.conftest import Book

FIELDS: dict[str, Any] = {
    "title": "制定方案", "unit": "综合组", "with": ["宣传组", "督导组"], "owner": "李四", "due": "3月底",
    "on": "2013-02-01", "activity": "学创活动", "note": "已起草", "key": True,
}  # fmt: skip


@pytest.fixture
def planned(book: Book) -> Book:
    book.post("add", **FIELDS)
    return book


def differing(book: Book, **options: Any) -> Changed:
    with book.journal() as journal:
        said = queries.said(journal.writer, [1]).get(1, set())
        return compared(journal, journal.task(1), {"year": None, **options}, said)


def fields(changed: Changed) -> dict[str, tuple[Any, Any]]:
    return {one.field: (one.before, one.after) for one in changed.differences}


def test_the_row_it_was_registered_from_says_nothing_new(planned: Book) -> None:
    assert differing(planned, **FIELDS) == Changed([], {}, None, Course())


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"title": "制定 方案", "unit": "综合组"},
        {"due": "2013-03-31"},
        {"due": "2013年3月31日"},
        {"due": "三月底"},
        {"due": "2013-03-31", "due_text": "3月底"},
        {"with": ["宣传组", "督导组", "宣传组"]},
        {"on": "2013.2.1"},
    ],
)
def test_no_difference(planned: Book, options: dict[str, Any]) -> None:
    assert fields(differing(planned, **options)) == {}


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"owner": "王五"}, {"owner": ("李四", "王五")}),
        ({"with": ["宣传组"]}, {"with": (["宣传组", "督导组"], ["宣传组"])}),
        ({"key": False}, {"key": (True, False)}),
        (
            {"on": "2013-02-02", "leader": "赵某"},
            {"assigned_on": ("2013-02-01", "2013-02-02"), "leader": (None, "赵某")},
        ),
        (  # counted from the day that the row itself gives
            {"on": "2013-02-11", "due": "20日内"},
            {
                "assigned_on": ("2013-02-01", "2013-02-11"),
                "due_on": ("2013-03-31", "2013-03-03"),
                "due_text": ("3月底", "20日内"),
            },
        ),
        ({"due": "2013-04-10"}, {"due_on": ("2013-03-31", "2013-04-10"), "due_text": ("3月底", "2013-04-10")}),
        (
            {"due": "2013-04-10", "due_text": "4月"},
            {"due_on": ("2013-03-31", "2013-04-10"), "due_text": ("3月底", "4月")},
        ),
        ({"due_text": "3月末"}, {"due_text": ("3月底", "3月末")}),
        ({"due": "适时"}, {"due_on": ("2013-03-31", None), "due_text": ("3月底", "适时")}),
        ({"note": "已送审", "progress": 60}, {"note": ("已起草", "已送审"), "progress": (None, 60)}),
        ({"problem": "经费不足"}, {"problem": (None, "经费不足")}),
        ({"closed_on": "2013-03-18"}, {"closed_on": (None, "2013-03-18")}),
    ],
)
def test_differences(planned: Book, options: dict[str, Any], found: dict[str, tuple[Any, Any]]) -> None:
    assert fields(differing(planned, **options)) == found


def test_another_day_extends_and_a_first_one_corrects(planned: Book) -> None:
    moved = differing(planned, due="2013-04-10", due_text="4月")
    assert (moved.extension, moved.edits) == ("2013-04-10", {"due_text": "4月"})
    assert differing(planned, due="60日内").extension == "2013-04-02"  # an extension would count them from today
    planned.post("edit", task=1, due="适时")
    assert differing(planned, due="4月10日").edits == {"due": "4月10日"}


def test_an_extension_that_only_the_ledger_knows_is_no_difference(planned: Book) -> None:
    planned.post("extend", task=1, due="2013-04-10", reason="改期")
    assert (
        fields(differing(planned, due="3月底")) == fields(differing(planned, due="2013-03-31", due_text="3月底")) == {}
    )
    assert differing(planned, due="2013-05-10").extension == "2013-05-10"


def test_what_was_said_before_is_no_news(planned: Book) -> None:
    planned.post("note", task=1, text="经费不足", problem=True)
    planned.post("note", task=1, text="已拨付", resolves=True)
    assert fields(differing(planned, note="已起草", problem="经费不足")) == {}
    assert fields(differing(planned, problem="已拨付")) == {"problem": (None, "已拨付")}


@pytest.mark.parametrize("options", [{"closed_on": "2013-03-18"}, {"outcome": "已完成"}, {"outcome": "完成。"}])
def test_a_task_struck_off_as_the_sheet_says(planned: Book, options: dict[str, Any]) -> None:
    planned.post("close", task=1, on="2013-03-18")
    assert fields(differing(planned, **options)) == {}


def test_a_task_struck_off_on_another_day(planned: Book) -> None:
    planned.post("close", task=1, on="2013-03-18")
    assert fields(differing(planned, closed_on="2013-03-17")) == {"closed_on": ("2013-03-18", "2013-03-17")}


def test_a_recurring_deadline_is_not_that_of_one_task(planned: Book) -> None:
    with pytest.raises(Refused, match="循环"):
        differing(planned, due="每季度")


def test_units_named_with_a_comma_come_back_as_they_were_exported(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", with_=["宣传组、新闻组", "督导组"])
    assert fields(differing(book, **{"with": ["宣传组", "新闻组", "督导组"]})) == {}


@pytest.mark.parametrize(
    ("cell", "new"),
    [
        ("缺经费\n缺人手\n会场", None),
        ("缺人手\n会场", None),
        ("缺经费", None),
        ("缺经费\n缺车", "缺车"),
        ("缺经费和人", "缺经费和人"),
    ],
)
def test_of_several_problems_in_a_cell_the_new_one_is_news(book: Book, cell: str, new: str | None) -> None:
    book.post("add", title="甲", unit="综合组")
    book.post("note", task="1", text="缺经费", problem=True)
    book.post("note", task="1", text="已拨付", resolves=True)
    book.post("note", task="1", text="缺人手\n会场", problem=True)
    assert differing(book, problem=cell).course.problem == new
