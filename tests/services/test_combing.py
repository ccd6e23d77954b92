"""Which tasks are gone through, and in which order; that an answer counts for the task as shown alone."""

from datetime import date
from typing import Any

import pytest

from ledger.base.errors import Refused
from ledger.services import combing
from ledger.services.batch import OPERATIONS
from ledger.services.combing import Changed, listed
from ledger.services.undo import undo, undo_command
from ledger.store import queries
from tests.conftest import Book

TODAY = date(2013, 3, 19)  # a Tuesday


def groups(book: Book, weeks: int = 4, today: date = TODAY) -> list[tuple[str, str]]:
    """(title, group) in the order of the walk."""
    with book.reading() as reader:
        return [(queries.task_numbered(reader, task).title, group) for task, group in listed(reader, today, weeks)]


def test_the_groups_in_their_order(book: Book) -> None:
    def add(title: str, due: str | None, on: str = "2013-02-01") -> str:
        return str(book.post("add", title=title, unit="综合组", on=on, **({"due": due} if due else {})).id)

    waits = add("报审", "2013-03-01")
    add("久无", "2013-06-01")
    add("适时", None, "2013-03-18")
    add("周日到期", "2013-03-24")
    add("今日到期", "2013-03-19")
    add("本周逾期", "2013-03-18")
    add("结转", "2013-03-15")
    add("下周到期", "2013-03-25", "2013-03-18")
    add("宽限中", "2013-03-17左右")
    closed = add("已销", "2013-03-10")
    add("未交办", "2013-03-22", "2013-03-20")
    book.post("submit", task=waits)
    book.post("close", task=closed)
    assert groups(book) == [
        ("结转", "late"), ("本周逾期", "late"), ("宽限中", "late"), ("今日到期", "due"), ("周日到期", "due"),
        ("久无", "stale"), ("适时", "undated"), ("报审", "waiting"),
    ]  # fmt: skip
    assert list(combing.GROUPS) == ["late", "due", "stale", "undated", "waiting"]


@pytest.mark.parametrize(
    ("operation", "options", "breaks"),
    [
        ("note", {"text": "过半"}, True),
        ("note", {"text": "缺经费", "problem": True}, True),
        ("extend", {"due": "2013-07-01", "reason": "改期"}, True),
        ("edit", {"owner": "李四"}, False),
    ],
)
def test_what_breaks_the_silence(book: Book, operation: str, options: dict[str, Any], breaks: bool) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-02-01", due="2013-06-01")
    book.post(operation, task="1", today="2013-03-01", **options)
    assert groups(book) == ([] if breaks else [("甲", "stale")])
    if breaks:
        with book.journal("2013-03-02") as journal:
            undo(journal, None, None)
        assert groups(book) == [("甲", "stale")]


@pytest.mark.parametrize(("weeks", "found"), [(1, True), (4, True), (5, False), (10**6, False)])
def test_so_many_weeks_to_the_day(book: Book, weeks: int, found: bool) -> None:
    """Told of on 19 February, four weeks ago."""
    book.post("add", title="甲", unit="综合组", on="2013-02-19", due="2013-06-01")
    assert bool(groups(book, weeks)) == found


@pytest.mark.parametrize("today", [date(1, 1, 1), date(9999, 12, 31)])
def test_at_the_calendar_s_ends(book: Book, today: date) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-02-19")
    assert len(groups(book, 4, today)) == (today.year > 1)


def test_an_answer_counts_for_the_task_as_shown(book: Book) -> None:
    book.post("add", title="甲", unit="综合组")
    with book.reading() as reader:
        seen = combing.last_seq(reader, 1)
    with book.journal() as journal:
        combing.require_as_shown(journal, 1, seen)
    book.post("add", title="乙", unit="综合组")
    with book.journal() as journal:
        combing.require_as_shown(journal, 1, seen)
    book.post("note", task="1", text="过半", actor="李四")
    with pytest.raises(Changed, match="2013-001 刚刚有了新的记录"), book.journal() as journal:
        combing.require_as_shown(journal, 1, seen)
    with book.reading() as reader:
        told = combing.last_seq(reader, 1)
    with book.journal(actor="李四") as journal:
        undo(journal, None, None)
    with pytest.raises(Changed), book.journal() as journal:
        combing.require_as_shown(journal, 1, told)


def test_taking_back_passes_over_the_record(book: Book) -> None:
    book.post("add", title="甲", unit="综合组")
    book.post("close", task="1")
    with book.journal() as journal:
        combing.record(journal, 12, 37)
    with book.journal() as journal:
        undo(journal, None, None)
    assert book.task("1").status == "open"
    assert book.rows("SELECT count(*) FROM entry WHERE action = 'void'") == [(1,)]


def test_the_record_can_be_taken_back_by_its_number(book: Book) -> None:
    with book.journal() as journal:
        combing.record(journal, 12, 37)
    with book.journal() as journal:
        undo(journal, 2, "不是我")
    assert book.faults() == []


def test_a_command_is_taken_back_whole(book: Book) -> None:
    for title in ("甲", "乙"):
        book.post("add", title=title, unit="综合组")
    with book.journal() as journal:
        for task in (1, 2):
            journal.post("note", journal.task(task), journal.today, "过半", {})
        command = journal.command
    book.post("add", title="丙", unit="综合组")
    with book.journal() as journal:
        assert [task.title for task in undo_command(journal, command)] == ["甲", "乙"]
    with pytest.raises(Refused, match="已经撤回"), book.journal() as journal:
        undo_command(journal, command)
    assert book.task("3").title == "丙"


def test_what_is_recorded(every_action: Book) -> None:
    """That it moves with the ledger is held by the tests of moving, which take every action."""
    found = every_action.rows("SELECT task, changes FROM entry WHERE action = 'comb'")
    assert found == [(None, '{"seen":[null,12],"listed":[null,37]}')]


def test_what_is_often_written_comes_first(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", owner="李四")
    for text in ("已送审", "在征求意见", "已送审", "完成60%", "两\n行", "长" * 41):
        book.post("note", task=1, text=text)
    book.post("note", task=1, text="缺经费", problem=True)
    with book.journal() as journal:  # as a sheet of many does
        for text in ("表里的", "表里的也一样", "表里的也一样"):
            OPERATIONS["note"][0](journal, {"task": 1, "text": text})
    with book.journal() as journal:
        undo(journal, None, None)
    with book.reading() as reader:
        assert combing.phrases(reader, "note") == ["已送审", "在征求意见"]
        assert combing.phrases(reader, "close") == []


def test_the_owners_of_a_unit_are_the_latest_first(book: Book) -> None:
    for unit, owner in (
        ("综合组", "李四"),
        ("综合组", "王五"),
        ("综合组", "李四"),
        ("宣传组", "赵六"),
        ("综合组", None),
    ):
        book.post("add", title="甲", unit=unit, **({"owner": owner} if owner else {}))
    with book.reading() as reader:
        assert combing.owners(reader, "综合组") == ["李四", "王五"]
