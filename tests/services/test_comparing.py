"""What a row says otherwise than its task: only what is stated, and only what is news."""

from datetime import date
from typing import Any

import pytest

from ledger.base.errors import BadValue, LedgerError, Refused
from ledger.services.comparing import Changed, Closing, Course, compared, course_of, registration
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
        said = queries.said(journal.reader, [1]).get(1, set())
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


def course(book: Book, **options: Any) -> Course:
    with book.journal() as journal:
        return course_of(journal, options)


TODAY = date(2013, 3, 19)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, Course()),
        ({"note": "已起草", "outcome": "正在送审"}, Course(("已起草", "正在送审"))),
        ({"note": "已起草", "outcome": "已起草"}, Course(("已起草",))),
        ({"outcome": "已完成初稿"}, Course(("已完成初稿",))),
        ({"outcome": " 已 完成 。"}, Course(closing=Closing(TODAY, False, "已 完成 。"))),
        ({"outcome": "√"}, Course(closing=Closing(TODAY, False, "√"))),
        ({"outcome": "100%"}, Course(closing=Closing(TODAY, False, "100%"))),
        ({"closed_on": "3月18日"}, Course(closing=Closing(date(2013, 3, 18), True, None))),
        ({"closed_on": "2013-03-18", "outcome": "会已开"}, Course(closing=Closing(date(2013, 3, 18), True, "会已开"))),
        ({"problem": "无", "outcome": "—"}, Course()),
        ({"problem": "无人", "progress": 60}, Course(problem="无人", progress=60)),
        ({"note": "无"}, Course(("无",))),
    ],
)
def test_what_a_row_says_of_the_course(book: Book, options: dict[str, Any], found: Course) -> None:
    assert course(book, **options) == found


@pytest.mark.parametrize(
    ("options", "field", "kind"),
    [
        ({"closed_on": "2013-03-20"}, "closed_on", Refused),
        ({"closed_on": "某天"}, "closed_on", BadValue),
        ({"closed_on": "2013-03-18", "outcome": "未完成"}, "outcome", BadValue),
        ({"progress": 101}, "progress", BadValue),
        ({"problem": "有\x07铃"}, "problem", BadValue),
    ],
)
def test_what_cannot_be(book: Book, options: dict[str, Any], field: str, kind: type[LedgerError]) -> None:
    with pytest.raises(kind) as caught:
        course(book, **options)
    assert caught.value.option == field


def test_the_course_is_no_registration() -> None:
    assert registration(FIELDS | {"outcome": "完成", "closed_on": "2013-03-18"}) == {
        name: value for name, value in FIELDS.items() if name != "note"
    }
