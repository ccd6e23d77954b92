"""Options as a clerk types them: fields by their names, percentages, several tasks in one."""

import pytest

from ledger.base.errors import BadValue, NotFound
from ledger.services.fields import fields_named, percent, tasks_named
from tests.conftest import Book


@pytest.mark.parametrize(
    ("texts", "fields"),
    [
        (["进展情况"], {"note"}),
        (["进展,问题"], {"note", "problem"}),
        (["完成进度、存在问题", "NOTE"], {"progress", "problem", "note"}),
        (["完成时限"], {"due", "due_text"}),
        (["due_on，责任人"], {"due", "due_text", "owner"}),
        (["办理状态;完成日期"], {"outcome", "closed_on"}),
    ],
)
def test_fields_are_named_in_chinese_or_english(texts: list[str], fields: set[str]) -> None:
    assert fields_named(texts) == fields


@pytest.mark.parametrize("text", ["", "单位", "进度表", "剩余天数"])
def test_a_name_must_fit_one_field(text: str) -> None:
    with pytest.raises(BadValue, match="没有名为"):
        fields_named([text])


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (72, 72),
        ("72", 72),
        ("72%", 72),
        ("７２％", 72),
        (" 72 % ", 72),
        ("72﹪", 72),
        ("百分之72", 72),
        ("0%", 0),
        ("100%", 100),
        ("1", 1),
    ],
)
def test_a_percentage(typed: int | str, value: int) -> None:
    assert percent(typed) == value


@pytest.mark.parametrize(
    "typed", [101, -1, "101%", "0.72", "０．７２", ".5", "1.0", "72.5%", "七成", "", "%", "9" * 30]
)
def test_what_is_none_is_refused(typed: int | str) -> None:
    with pytest.raises(BadValue, match="完成进度"):
        percent(typed)


def test_a_share_is_told_apart_from_a_percentage() -> None:
    with pytest.raises(BadValue) as caught:
        percent("0.72")
    assert "是百分之几说不准" in caught.value.hint


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        (["1", "2"], [1, 2]),
        (["1、2"], [1, 2]),
        (["2，1, 2013-003"], [2, 1, 3]),
        (["1", "甲", "id:1"], [1]),
        (["乙、丙"], [3]),
        (["甲、乙"], [1, 3]),
    ],
)
def test_several_tasks(book: Book, names: list[str], numbers: list[int]) -> None:
    for title in ("甲事", "戊事", "办理乙、丙两事"):
        book.post("add", title=title, unit="综合组")
    with book.journal() as journal:
        assert tasks_named(journal, names) == numbers
        for nothing, lists in (("甲、丁", True), ("1、2", False)):
            with pytest.raises(NotFound):
                tasks_named(journal, [nothing], lists=lists)
