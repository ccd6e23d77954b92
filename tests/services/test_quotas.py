"""Counting towards a quota: struck off when it is reached, and every count can be taken back."""

from datetime import date
from typing import Any

import pytest

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.model.task import Task
from ledger.services import tasks
from ledger.services.undo import undo
from tests.conftest import Book


@pytest.fixture
def task(book: Book) -> Task:
    """Number 1, entry 2: three by the end of March."""
    return book.post("add", title="报送信息", unit="综合组", on="2013-03-01", due="3月底前不少于3条")


def standing(book: Book, reference: str = "1") -> tuple[str, int]:
    found = book.task(reference)
    return found.status, found.tally


def test_a_count_is_one_unless_said_and_takes_a_note_and_a_day(book: Book, task: Task) -> None:
    book.post("tally", task=1)
    found = book.post("tally", task=task.code, count=1, note="第二条", on="3月18日")
    assert (found.tally, found.note, found.status) == (2, None, "open")
    assert book.rows('SELECT action, "on", note, changes FROM entry WHERE seq > 2') == [
        ("tally", "2013-03-19", None, '{"tally":[null,1]}'),
        ("tally", "2013-03-18", "第二条", '{"tally":[null,1]}'),
    ]
    assert book.faults() == []


def test_the_count_that_reaches_the_quota_strikes_off_on_the_same_day(book: Book, task: Task) -> None:
    book.post("tally", task=1, count=2)
    found = book.post("tally", task=1, on="2013-03-15")
    assert (found.status, found.closed_on, found.note) == ("closed", date(2013, 3, 15), "已达到数量要求 3/3")
    assert standing(book) == ("closed", 3)
    assert book.rows("SELECT action, command FROM entry WHERE seq > 3") == [("tally", 4), ("close", 4)]
    assert book.faults() == []


def test_a_range_is_met_at_its_lower_bound(book: Book) -> None:
    book.post("add", title="调研", unit="综合组", due="3月底前1-2次")
    assert (book.post("tally", task=1).status, book.post("tally", task=1).tally) == ("closed", 2)


def test_counting_goes_on_after_the_closing(book: Book, task: Task) -> None:
    book.post("tally", task=1, count=3)
    assert book.post("tally", task=1).tally == 4
    assert standing(book) == ("closed", 4)
    assert book.rows("SELECT count(*) FROM entry WHERE action = 'close'") == [(1,)]
    with pytest.raises(Refused, match="上一次状态变动"):
        book.post("tally", task=1, on="2013-03-18")


def test_undo_takes_back_the_count_and_the_closing_that_it_brought(book: Book, task: Task) -> None:
    book.post("tally", task=1, count=2)
    book.post("tally", task=1)
    with book.journal() as journal:
        (found,) = undo(journal, None, None)
    assert (found.status, found.tally, found.closed_on) == ("open", 2, None)
    assert book.faults() == []


@pytest.mark.parametrize(("seq", "left"), [(3, ("closed", 1)), (4, ("closed", 2)), (5, ("open", 3))])
def test_undo_of_one_entry_leaves_the_others(book: Book, task: Task, seq: int, left: tuple[str, int]) -> None:
    """The closing stays: to restore a task is for a clerk to say."""
    book.post("tally", task=1, count=2)  # entry 3
    book.post("tally", task=1)  # entries 4 and 5
    with book.journal() as journal:
        undo(journal, seq, None)
    assert standing(book) == left
    assert book.faults() == []


def test_a_restored_task_is_struck_off_by_the_next_count(book: Book, task: Task) -> None:
    book.post("tally", task=1, count=3)
    book.post("reopen", task=1, reason="有一条不实")
    assert standing(book) == ("open", 3)
    assert book.post("tally", task=1).status == "closed"


@pytest.mark.parametrize("count", [0, -1, 10_001, 10**30])
def test_a_count_out_of_range(book: Book, task: Task, count: int) -> None:
    with pytest.raises(BadValue) as caught:
        book.post("tally", task=1, count=count)
    assert caught.value.option == "count"
    assert standing(book) == ("open", 0)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"task": 2}, Refused),  # no quota
        ({"task": 3}, Refused),  # cancelled
        ({"task": 9}, NotFound),
        ({"task": 1, "on": "2013-02-28"}, Refused),  # before it was given out
        ({"task": 1, "on": "2013-03-20"}, Refused),  # to come
        ({"task": 1, "on": "x"}, BadValue),
        ({"task": 1, "note": "\x07"}, BadValue),
    ],
)
def test_what_is_refused_writes_nothing(
    book: Book, task: Task, options: dict[str, Any], error: type[Exception]
) -> None:
    book.post("add", title="甲", unit="综合组", due="3月底前")
    book.post("add", title="乙", unit="综合组", due="3月底前分二次完成")
    book.post("cancel", task=3, reason="x")
    before = book.rows("SELECT count(*) FROM entry")
    with pytest.raises(error):
        book.post("tally", **options)
    assert book.rows("SELECT count(*) FROM entry") == before


def test_a_correction_changes_the_quota_and_only_an_empty_deadline_clears_it(book: Book, task: Task) -> None:
    book.post("tally", task=1)
    assert book.post("edit", task=1, due="4月底前").quota == task.quota
    assert book.post("edit", task=1, due="4月底前不少于5条").quota == '{"least":5,"most":null,"counter":"条"}'
    found = book.post("edit", task=1, due="")
    assert (found.quota, found.tally) == (None, 1)
    assert book.faults() == []


def test_a_quota_that_was_counted_towards_cannot_be_undone(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", due="3月底前")
    book.post("edit", task=1, due="3月底前不少于3条")
    book.post("tally", task=1)
    with book.journal() as journal, pytest.raises(Refused, match="计数"):
        undo(journal, 3, None)


def test_the_same_task_for_each_unit(book: Book) -> None:
    with book.journal() as journal:
        each = ["宣传组", " 督导组 ", "宣传组", "综合组", ""]
        found = tasks.register(journal, {"title": "报送", "unit": "综合组", "each": each, "due": "3月底前不少于3条"})
    assert [(task.code, task.unit) for task in found] == [
        ("2013-001", "综合组"),
        ("2013-002", "宣传组"),
        ("2013-003", "督导组"),
    ]
    assert book.rows("SELECT DISTINCT command FROM entry WHERE seq > 1") == [(2,)]
    assert book.rows("SELECT DISTINCT quota FROM task") == [('{"least":3,"most":null,"counter":"条"}',)]


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"code": "A"}, "each"),
        ({"each": ["宣\t传"]}, "each"),
        ({"unit": ""}, "unit"),
        ({"unit": "\x07"}, "unit"),
        ({"due": "猴年马月"}, "due"),
    ],
)
def test_a_bad_value_for_each_unit_is_named(book: Book, options: dict[str, Any], option: str) -> None:
    given = {"title": "报送", "unit": "综合组", "each": ["宣传组"]} | options
    with pytest.raises(BadValue) as caught, book.journal() as journal:
        tasks.register(journal, given)
    assert caught.value.option == option
    assert book.rows("SELECT count(*) FROM task") == [(0,)]
