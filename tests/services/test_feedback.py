"""Cycles as clerks write them, reports on whichever way they come in, and remarks."""

from datetime import date
from typing import Any

import pytest

from ledger.base.errors import BadValue
from ledger.services.feedback import cycle_meant, says_nil
from ledger.services.undo import undo
from tests.conftest import Book

GIVEN = date(2013, 3, 1)


def take_back(book: Book) -> None:
    with book.journal() as journal:
        undo(journal, None, None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("每周五", "每周五"),
        ("每周五前报送", "每周五前报送"),
        ("每月25日前", "每月25日前"),
        ("每月２５日前", "每月25日前"),
        ("周报", "每周"),
        ("月报", "每月"),
        ("按月", "每月"),
        ("月度", "每月"),
        ("每周一报", "每周"),
        ("每周一次", "每周"),
        ("一月一报", "每月"),
        ("每季度反馈", "每季度"),
        ("双周", "每两周"),
        ("每周一", "每周一"),
        ("每周一反馈", "每周一反馈"),
        ("每周一前报送", "每周一前报送"),
        ("每月不少于1次", "每月不少于1次"),
        ("3月起每月", "2013年3月1日起每月底前"),
        ("一次性", "一次性"),
        ("一次性反馈", "一次性"),
        ("办结后一次性反馈", "一次性"),
        ("3月25日前", "2013-03-25前一次性"),
        ("3月25日前一次性反馈", "2013-03-25前一次性"),
        ("10日内", "2013-03-11前一次性"),
        ("无", None),
        ("—", None),
        ("", None),
    ],
)
def test_a_cycle_is_kept_in_words_that_mean_the_same_on_any_day(book: Book, typed: str, kept: str | None) -> None:
    with book.journal() as journal:
        assert cycle_meant(journal, typed, 2013, GIVEN) == kept
        if kept is not None:
            assert cycle_meant(journal, kept, 2020, date(2020, 7, 16)) == kept


@pytest.mark.parametrize("given", [date(2013, 3, 1), date(2013, 3, 8)])
@pytest.mark.parametrize("typed", ["每两周", "每两周周五", "每隔一周", "每3周"])
def test_every_other_week_is_a_cycle_in_any_week(book: Book, typed: str, given: date) -> None:
    with book.journal() as journal:
        assert cycle_meant(journal, typed, 2013, given) == typed


@pytest.mark.parametrize("typed", ["某某", "及时反馈", "适时", "每15天", "上一期销号后10日内", "每月不少于3条"])
def test_what_is_no_cycle_is_refused(book: Book, typed: str) -> None:
    with book.journal() as journal, pytest.raises(BadValue, match="反馈周期") as caught:
        cycle_meant(journal, typed, 2013, GIVEN)
    assert "每周五" in caught.value.hint


@pytest.mark.parametrize("text", ["无", "零报告", "无进展", "暂无新进展", "本周无新进展", "没有变化", "无。", "—"])
def test_a_report_may_have_nothing_to_tell(text: str) -> None:
    assert says_nil(text)


@pytest.mark.parametrize("text", ["无人负责", "经费没有到位", "已完成", "无法推进,请协调", "本周无会议,下周开"])
def test_what_lacks_something_is_told(text: str) -> None:
    assert not says_nil(text)


def test_a_report_tells_and_a_nil_one_leaves_what_was_told(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01", feedback="每周五")
    book.post("note", task=1, text="过半", progress=50, report=True, on="2013-03-15")
    found = book.post("note", task=1, text="无", report=True, on="2013-03-08")
    assert (found.note, found.progress, found.reported_on) == ("过半", 50, date(2013, 3, 15))
    found = book.post("note", task=1, text="缺经费", report=True, problem=True)
    assert [problem.text for problem in found.open_problems] == ["缺经费"]
    assert found.reported_on == date(2013, 3, 19)
    take_back(book)
    assert book.task(1).reported_on == date(2013, 3, 15) and not book.task(1).open_problems
    assert book.faults() == []


def test_a_plain_note_is_no_report(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01", feedback="每周五")
    assert book.post("note", task=1, text="过半").reported_on is None


def test_an_edit_changes_and_takes_away_the_cycle(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01", feedback="每周五")
    assert book.post("edit", task=1, feedback="月报").feedback == "每月"
    assert book.post("edit", task=1, feedback="无").feedback is None
    take_back(book)
    assert book.task(1).feedback == "每月"


def test_a_series_hands_its_cycle_on(book: Book) -> None:
    book.post("add", title="例会", unit="综合组", due="每月25日前", on="2013-03-01", feedback="每周五")
    assert {cycle for (cycle,) in book.rows("SELECT feedback FROM task")} == {"每周五"}
    assert book.faults() == []


def test_a_remark_tells_no_progress(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01", note="已开工")
    found = book.post("note", task=1, text="抓紧办", remark="张某", criticism=True)
    assert found.note == "已开工"
    take_back(book)
    assert book.faults() == []


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"praise": True}, "只与 --remark 同用"),
        ({"remark": "张某", "praise": True, "criticism": True}, "不能同时使用"),
        ({"remark": "张某", "progress": 60}, "--remark 与 --progress"),
        ({"remark": "张某", "report": True}, "--remark 与 --report"),
    ],
)
def test_a_remark_is_that_and_nothing_else(book: Book, options: dict[str, Any], what: str) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    with pytest.raises(BadValue, match=what):
        book.post("note", task=1, text="好", **options)
