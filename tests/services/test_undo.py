"""Taking back: an actor's last command whole, or one entry; refused while later entries build on it."""

from typing import Any

import pytest

from ledger.base.errors import LedgerError, NotFound, Refused
from ledger.model.task import Task
from ledger.services import steps, tasks
from ledger.services.settings import set_rule
from ledger.services.undo import undo
from ledger.store import queries
from tests.conftest import Book

Step = tuple[str, dict[str, Any]]


@pytest.fixture
def task(book: Book) -> Task:
    """Entry 2, by another than the others."""
    return book.post("add", title="制定方案", unit="综合组", on="2013-03-01", due="2013-03-10", actor="王五")


def take_back(book: Book, seq: int | None = None, *, actor: str = "张三", reason: str | None = None) -> list[Task]:
    with book.journal(actor=actor) as journal:
        return undo(journal, seq, reason)


def head(book: Book) -> int:
    ((seq,),) = book.rows("SELECT max(seq) FROM entry")
    return int(seq)


def test_the_last_command_is_taken_back_whole_and_the_task_is_as_before(book: Book, task: Task) -> None:
    with book.journal() as journal:
        for operation in (steps.step("close"), steps.step("reopen")):
            operation(journal, {"task": task.code, "reason": "误记"})
    assert take_back(book, reason="记错了") == [task]
    assert book.task(task.code) == task
    last = book.rows("SELECT action, voids, note, task, command FROM entry ORDER BY seq DESC LIMIT 2")
    assert last == [("void", 3, "记错了", 1, 5), ("void", 4, "记错了", 1, 5)]
    assert book.faults() == []


def test_each_actor_takes_back_his_own(book: Book, task: Task) -> None:
    book.post("note", task=task.code, text="甲", actor="张三")
    book.post("note", task=task.code, text="乙", actor="李四")
    assert take_back(book, actor="张三")[0].note == "乙"
    with pytest.raises(Refused, match="“张三”没有可以撤回的操作"):
        take_back(book, actor="张三")
    assert take_back(book, actor="李四")[0].note is None


def test_what_is_taken_back_already_is_passed_over(book: Book, task: Task) -> None:
    for text in ("甲", "乙"):
        book.post("note", task=task.code, text=text)
    assert [take_back(book)[0].note for _ in range(2)] == ["甲", None]


def test_the_rest_of_a_command_goes_after_one_entry_of_it_went(book: Book, task: Task) -> None:
    with book.journal() as journal:
        for text in ("甲", "乙"):
            tasks.note(journal, {"task": task.code, "text": text})
    assert take_back(book, 3)[0].note == "乙"
    assert take_back(book)[0].note is None
    assert book.faults() == []


def test_an_undone_registration_is_gone_and_its_number_stays_used(book: Book) -> None:
    first = book.post("add", title="甲", unit="综合组")
    assert take_back(book) == []
    with pytest.raises(NotFound):
        book.task(first.code)
    second = book.post("add", title="乙", unit="综合组")
    assert (second.id, second.code) == (2, "2013-001")
    with pytest.raises(LedgerError, match="已经用过"):
        book.post("add", title="丙", unit="综合组", code=first.code)
    assert book.faults() == []


CLOSE: Step = ("close", {"on": "2013-03-05"})
REOPEN: Step = ("reopen", {"on": "2013-03-06", "reason": "回头看"})
BUILT_ON: dict[str, tuple[list[Step], int]] = {
    "a registration": ([("note", {"text": "甲"})], 2),
    "a closing under a reopening": ([CLOSE, REOPEN], 3),
    "a reopening between closings": ([CLOSE, REOPEN, ("close", {"on": "2013-03-07"})], 4),
    "a reopening under an extension": ([CLOSE, REOPEN, ("extend", {"due": "2013-04-01", "reason": "x"})], 4),
    "a reopening under a problem": ([CLOSE, REOPEN, ("note", {"text": "经费", "problem": True})], 4),
    "an extension under another": (
        [("extend", {"due": "2013-03-20", "reason": "x"}), ("extend", {"due": "2013-04-01", "reason": "x"})],
        3,
    ),
    "an edit under another": ([("edit", {"unit": "督导组"}), ("edit", {"unit": "宣传组"})], 3),
    "the moving forward of the giving out": ([("edit", {"on": "2013-02-20"}), ("close", {"on": "2013-02-25"})], 3),
}


@pytest.mark.parametrize(("steps", "seq"), BUILT_ON.values(), ids=BUILT_ON)
def test_what_later_entries_build_on_stays(book: Book, task: Task, steps: list[Step], seq: int) -> None:
    for operation, options in steps:
        book.post(operation, task=task.code, **options)
    before = book.task(task.code), head(book)
    with pytest.raises(Refused, match="以它为依据"):
        take_back(book, seq)
    assert (book.task(task.code), head(book)) == before
    for back in range(len(steps), 0, -1):
        take_back(book, 2 + back)
    assert book.task(task.code) == task


FREE: dict[str, list[Step]] = {
    "a closing under a remark": [CLOSE, ("note", {"text": "甲"})],
    "an edit under one of another field": [("edit", {"unit": "督导组"}), ("edit", {"owner": "李四"})],
    "a remark under a closing": [("note", {"text": "甲", "on": "2013-03-02"}), CLOSE],
    "an extension under an edit of the unit": [
        ("extend", {"due": "2013-03-20", "reason": "x"}),
        ("edit", {"unit": "督导组"}),
    ],
}


@pytest.mark.parametrize("steps", FREE.values(), ids=FREE)
def test_what_nothing_builds_on_goes_from_below(book: Book, task: Task, steps: list[Step]) -> None:
    for operation, options in steps:
        book.post(operation, task=task.code, **options)
    (left,) = take_back(book, 3)
    take_back(book, 2 + len(steps))
    assert left != book.task(task.code) == task
    assert book.faults() == []


def test_a_voided_extension_asked_too_late_binds_again(book: Book, task: Task) -> None:
    book.post("extend", task=task.code, due="2013-03-30", reason="x", on="2013-03-12")
    book.post("note", task=task.code, text="甲")
    (found,) = take_back(book, 3)
    assert (found.due_on, found.extensions, found.extended_late) == (task.due_on, 0, False)


@pytest.mark.parametrize(
    ("seq", "error", "said"),
    [
        (99, NotFound, "没有第99号记录"),
        (0, NotFound, "没有第0号记录"),
        (-1, NotFound, "没有第-1号记录"),
        (1, Refused, "不能冲销"),
        (3, Refused, "已被第4号冲销"),
        (4, Refused, "不能冲销"),
    ],
)
def test_what_can_never_be_taken_back(book: Book, task: Task, seq: int, error: type[LedgerError], said: str) -> None:
    book.post("note", task=task.code, text="甲")
    take_back(book)
    with pytest.raises(error, match=said):
        take_back(book, seq)
    assert head(book) == 4


def test_a_change_of_settings_is_taken_back(book: Book) -> None:
    for value in ("2014", "2015"):
        with book.journal() as journal:
            set_rule(journal, "year", value)
    with pytest.raises(Refused, match="后来又改过"):
        take_back(book, 2)
    take_back(book)
    with book.reading() as reader:
        assert queries.rules(reader).year == 2014
    take_back(book)
    with book.reading() as reader:
        assert queries.rules(reader).year is None
    assert book.faults() == []


def test_a_change_of_settings_stays_under_a_later_one_to_the_same_value(book: Book) -> None:
    for value in ("2014", "2015", "2014"):
        with book.journal() as journal:
            set_rule(journal, "year", value)
    for seq in (2, 3):
        with pytest.raises(Refused, match="后来又改过"):
            take_back(book, seq)
    assert book.faults() == []
