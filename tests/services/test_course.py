"""What a row of a sheet says of its task's course."""

from datetime import date
from typing import Any

import pytest

from ledger.base.errors import BadValue, LedgerError, Refused
from ledger.services.course import Closing, Course, course_of, registration
from tests.conftest import Book


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
        ({"outcome": "已完成阶段任务,长期坚持"}, Course(("已完成阶段任务,长期坚持",))),
        ({"outcome": " 已 完成 。"}, Course(closing=Closing(TODAY, False, None))),
        ({"outcome": "在办(期后4月18日销号)"}, Course()),
        ({"outcome": "已销号（期后2014年1月8日恢复）"}, Course()),
        ({"outcome": "√"}, Course(closing=Closing(TODAY, False, None))),
        ({"outcome": "100%"}, Course(closing=Closing(TODAY, False, None))),
        ({"outcome": "已完成(3月8日)"}, Course(closing=Closing(date(2013, 3, 8), True, None))),
        ({"outcome": "已于2013.3.8办结。"}, Course(closing=Closing(date(2013, 3, 8), True, None))),
        ({"outcome": "3月8日完成", "closed_on": "2013-03-09"}, Course(closing=Closing(date(2013, 3, 9), True, None))),
        ({"outcome": "3月30日完成"}, Course(("3月30日完成",))),
        ({"outcome": "3月8日完成初稿"}, Course(("3月8日完成初稿",))),
        ({"outcome": "预计下周完成"}, Course(("预计下周完成",))),
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
    assert registration({"title": "甲", "note": "已起草", "outcome": "完成", "closed_on": "2013-03-18"}) == {
        "title": "甲"
    }
