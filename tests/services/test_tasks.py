"""What a clerk does to tasks: every option read, every rule of the contract kept."""

from datetime import date
from typing import Any

import pytest

from ledger.base.errors import BadValue, LedgerError, NotFound, Refused
from ledger.model.fields import LIMITS
from ledger.model.task import Task
from tests.conftest import Book


@pytest.fixture
def task(book: Book) -> Task:
    return book.post("add", title="制定方案", unit="综合组", on="2013-03-01", due="2013-03-20", today="2013-03-01")


def test_add_takes_every_option(book: Book) -> None:
    found = book.post(
        "add", title="  召开会议 ", unit="综合组", with_=["宣传组", "督导组", "宣传组", ""], owner="李四",
        leader="王五",
        due="3月20日", start="2013.3.1", on="20130215", activity="学创活动", stage="推进实施",
        source="会议纪要", measure="一、准备\r\n二、召开", key=True, code="A-1", note="请抓紧\n报结果",
    )  # fmt: skip
    assert found == book.task("A-1")
    assert (found.title, found.with_units, found.owner, found.leader) == (
        "召开会议",
        ("宣传组", "督导组"),
        "李四",
        "王五",
    )
    assert (found.due_on, found.due_text, found.original_due_on) == (date(2013, 3, 20), "3月20日", date(2013, 3, 20))
    assert (found.start_on, found.assigned_on) == (date(2013, 3, 1), date(2013, 2, 15))
    assert (found.activity, found.stage, found.source) == ("学创活动", "推进实施", "会议纪要")
    assert (found.measure, found.key, found.note) == ("一、准备\n二、召开", True, "请抓紧\n报结果")
    assert (found.status, found.last_day, found.binding_last_day) == ("open", date(2013, 3, 20), date(2013, 3, 20))


def test_add_with_the_least(book: Book) -> None:
    found = book.post("add", title="甲", unit="综合组")
    assert (found.code, found.assigned_on, found.due_on, found.last_day) == ("2013-001", date(2013, 3, 19), None, None)


def test_a_task_may_be_given_out_on_a_day_to_come(book: Book) -> None:
    assert book.post("add", title="甲", unit="综合组", on="2013-04-01").assigned_on == date(2013, 4, 1)


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"unit": "综合组"}, "title"),
        ({"title": "甲"}, "unit"),
        ({"title": " ", "unit": "综合组"}, "title"),
        ({"title": "甲", "unit": ""}, "unit"),
        ({"title": "甲\n乙", "unit": "综合组"}, "title"),
        ({"title": "甲\x1b[31m", "unit": "综合组"}, "title"),
        ({"title": "甲\u202e", "unit": "综合组"}, "title"),
        ({"title": "甲\0", "unit": "综合组"}, "title"),
        ({"title": "甲\ud800", "unit": "综合组"}, "title"),
        ({"title": "长" * 200_000, "unit": "综合组"}, "title"),
        ({"title": "甲", "unit": "综合组", "due": "不知何时"}, "due"),
        ({"title": "甲", "unit": "综合组", "due": "2013-02-30"}, "due"),
        ({"title": "甲", "unit": "综合组", "on": "2013-13-01"}, "on"),
        ({"title": "甲", "unit": "综合组", "start": "x"}, "start"),
        ({"title": "甲", "unit": "综合组", "code": "-x"}, "code"),
        ({"title": "甲", "unit": "综合组", "code": "a b"}, "code"),
        ({"title": "甲", "unit": "综合组", "code": "x" * 61}, "code"),
        ({"title": "甲", "unit": "综合组", "with": ["宣\t传"]}, "with"),
        ({"title": "甲", "unit": "综合组", "note": "\x07"}, "note"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_and_nothing_written(
    book: Book, options: dict[str, Any], option: str
) -> None:
    with pytest.raises(BadValue) as caught:
        book.post("add", **options)
    assert caught.value.option == option
    assert len(caught.value.sentence()) < 250
    assert book.rows("SELECT count(*) FROM entry") == [(1,)]


@pytest.mark.parametrize("name", [name for name in LIMITS if name != "feedback"])
def test_texts_have_their_longest(book: Book, name: str) -> None:
    base = {"title": "甲", "unit": "综合组"}
    found = book.post("add", **base | {name: "长" * LIMITS[name]})
    assert len(getattr(found, name)) == LIMITS[name]
    with pytest.raises(BadValue, match=f"最多{LIMITS[name]}个字"):
        book.post("add", **base | {name: "长" * (LIMITS[name] + 1)})


def test_edit_corrects_what_is_named_and_empties_what_is_empty(book: Book, task: Task) -> None:
    book.post("edit", task="1", owner="李四", activity="学创活动", with_=["宣传组"], key=True)
    found = book.post("edit", task="1", title="定方案", owner="", with_=[], key=False)
    assert (found.title, found.owner, found.activity, found.with_units, found.key) == (
        "定方案", None, "学创活动", (), False,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["title", "unit"])
def test_edit_cannot_empty_what_a_task_must_have(book: Book, task: Task, name: str) -> None:
    with pytest.raises(BadValue, match="不能为空"):
        book.post("edit", task="1", **{name: ""})


def test_a_corrected_deadline_is_no_extension(book: Book, task: Task) -> None:
    found = book.post("edit", task="1", due="2013-03-25")
    assert (found.due_on, found.original_due_on, found.extensions) == (date(2013, 3, 25), date(2013, 3, 25), 0)
    assert found.last_day == found.original_last_day == found.binding_last_day == date(2013, 3, 25)
    found = book.post("edit", task="1", due="")
    assert (found.due_on, found.due_text, found.original_due_on, found.last_day) == (None, None, None, None)


def test_an_edit_without_a_difference_is_no_entry(book: Book, task: Task) -> None:
    with book.journal() as journal:
        from ledger.services.tasks import edit

        edit(journal, {"task": "1", "title": "制定方案", "due": "2013-03-20"})
        assert list(journal.remarks) == ["事项 2013-001 没有变化"]
    assert book.rows("SELECT count(*) FROM entry") == [(2,)]


def test_progress_and_problems(book: Book, task: Task) -> None:
    book.post("note", task="1", text="过半", progress=60, on="2013-03-05")
    book.post("note", task="1", text="经费未落实", problem=True, on="2013-03-06")
    found = book.post("note", task="1", text="缺人", problem=True, on="2013-03-07")
    assert (found.progress, found.note) == (60, "过半")
    assert [(problem.text, problem.since) for problem in found.open_problems] == [
        ("经费未落实", date(2013, 3, 6)),
        ("缺人", date(2013, 3, 7)),
    ]
    assert book.post("note", task="1", text="都好了", resolves=True).open_problems == ()
    book.post("note", task="1", text="又缺人", problem=True)
    assert book.post("close", task="1").open_problems == ()


@pytest.mark.parametrize(
    ("operation", "options", "error"),
    [
        ("note", {"text": "x", "progress": 101}, BadValue),
        ("note", {"text": "x", "progress": -1}, BadValue),
        ("note", {"text": ""}, BadValue),
        ("note", {}, BadValue),
        ("note", {"text": "x", "problem": True, "resolves": True}, BadValue),
        ("note", {"text": "x", "resolves": True}, Refused),
        ("extend", {"due": "2013-03-29"}, BadValue),
        ("extend", {"reason": "x"}, BadValue),
        ("extend", {"due": "适时", "reason": "x"}, BadValue),
        ("extend", {"due": "2013-03-20", "reason": "x"}, Refused),
        ("reopen", {"reason": "x"}, Refused),
        ("cancel", {}, BadValue),
        ("close", {"on": "2013-03-20"}, Refused),
        ("close", {"on": "2013-02-28"}, Refused),
        ("note", {"text": "x", "on": "2013-02-28"}, Refused),
        ("extend", {"due": "2013-03-29", "reason": "x", "on": "2013-03-20"}, Refused),
        ("close", {"on": "x"}, BadValue),
        ("edit", {"on": "2013-03-20x"}, BadValue),
    ],
)
def test_what_the_rules_forbid(
    book: Book, task: Task, operation: str, options: dict[str, Any], error: type[LedgerError]
) -> None:
    with pytest.raises(error):
        book.post(operation, task="1", **options)
    assert book.rows("SELECT count(*) FROM entry") == [(2,)]
    assert book.task("1") == task


@pytest.mark.parametrize("operation", ["edit", "note", "extend", "close", "reopen", "cancel"])
def test_no_such_task(book: Book, operation: str) -> None:
    with pytest.raises(NotFound):
        book.post(operation, task="2013-001", text="x", due="2013-03-20", reason="x")


def test_steps_come_in_the_order_of_their_days(book: Book, task: Task) -> None:
    book.post("close", task="1", on="2013-03-10")
    with pytest.raises(Refused, match="早于"):
        book.post("reopen", task="1", on="2013-03-09", reason="x")
    book.post("reopen", task="1", on="2013-03-10", reason="x")
    found = book.post("cancel", task="1", on="2013-03-10", reason="x")
    assert (found.status, found.closed_on, found.note) == ("cancelled", None, None)
    assert book.post("reopen", task="1", on="2013-03-10", reason="y").status == "open"


@pytest.mark.parametrize(
    ("status", "operation", "options"),
    [
        ("close", "close", {}),
        ("close", "cancel", {"reason": "x"}),
        ("close", "extend", {"due": "2013-03-29", "reason": "x"}),
        ("close", "note", {"text": "x", "problem": True}),
        ("cancel", "close", {}),
        ("cancel", "cancel", {"reason": "x"}),
    ],
)
def test_a_finished_task_takes_no_step_but_reopening(
    book: Book, task: Task, status: str, operation: str, options: dict[str, Any]
) -> None:
    book.post(status, task="1", **({"reason": "x"} if status == "cancel" else {}))
    with pytest.raises(Refused, match="不能"):
        book.post(operation, task="1", **options)


def test_a_finished_task_takes_notes(book: Book, task: Task) -> None:
    book.post("close", task="1", note="办结")
    assert book.post("note", task="1", text="归档").note == "归档"


@pytest.mark.parametrize(
    ("asked", "then", "binding"),
    [
        ("2013-03-20", None, date(2013, 3, 29)),
        ("2013-03-21", None, date(2013, 3, 20)),
        ("2013-03-21", "2013-03-22", date(2013, 3, 20)),
        ("2013-03-20", "2013-03-29", date(2013, 4, 10)),
        ("2013-03-20", "2013-03-30", date(2013, 3, 29)),
    ],
)
def test_an_extension_asked_too_late_does_not_bind(
    book: Book, task: Task, asked: str, then: str | None, binding: date
) -> None:
    """Asked on `asked` for 29 March, and perhaps again on `then` for 10 April."""
    later = {"today": "2013-04-01", "reason": "会议改期", "task": "1"}
    found = book.post("extend", due="2013-03-29", on=asked, **later)
    if then is not None:
        found = book.post("extend", due="2013-04-10", on=then, **later)
    assert (found.extensions, found.original_due_on) == (1 if then is None else 2, date(2013, 3, 20))
    assert found.last_day == found.due_on == (date(2013, 3, 29) if then is None else date(2013, 4, 10))
    assert found.binding_last_day == binding


def test_days_without_a_year_are_the_ledger_s(book: Book, task: Task) -> None:
    with book.journal() as journal:
        journal.configure({"year": [None, 2012]})
    found = book.post("add", title="甲", unit="综合组", due="3月20日", on="2月1日")
    assert (found.due_on, found.assigned_on) == (date(2012, 3, 20), date(2012, 2, 1))


@pytest.mark.parametrize("text", ["无", "暂无。", "目前没有问题", "—", "问题已解决"])
def test_none_is_no_problem(book: Book, task: Task, text: str) -> None:
    book.post("note", task="1", text="缺经费", problem=True)
    found = book.post("note", task="1", text=text, problem=True, progress=40)
    assert ([problem.text for problem in found.open_problems], found.progress) == (["缺经费"], 40)
