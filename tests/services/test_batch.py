"""A batch: one line an operation, one transaction, the failing line named."""

import json
from typing import Any

import pytest

from ledger.base.errors import BadValue, LedgerError
from ledger.services import batch
from tests.conftest import Book

ADD = {"op": "add", "title": "甲", "unit": "综合组"}


def run(book: Book, *lines: Any, advanced: list[int] | None = None) -> tuple[int, list[int]]:
    raw = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines]
    with book.journal() as journal:
        return batch.run(journal, raw, (advanced if advanced is not None else []).append, keep=True)


def test_every_operation(book: Book) -> None:
    done, named = run(
        book,
        ADD | {"ref": "a", "due": "2013-03-20", "on": "2013-03-01", "with": ["宣传组"], "key": True, "code": "A"},
        ADD | {"title": "乙", "on": "2013-03-01"},
        {"op": "note", "task": "a", "text": "过半", "progress": 50, "problem": True},
        {"op": "extend", "task": "A", "due": "2013-03-29", "reason": "x"},
        {"op": "edit", "task": 1, "owner": "李四", "key": None},
        {"op": "close", "task": "1", "on": "2013-03-02", "note": "好"},
        {"op": "reopen", "task": "2013-001", "reason": "x"},
        {"op": "cancel", "task": 2, "reason": "x"},
    )
    assert (done, named) == (8, [1, 2])
    assert (book.task("A").extensions, book.task("A").owner, book.task("A").key) == (1, "李四", True)
    assert book.task("2013-001").status == "cancelled"
    assert book.rows("SELECT DISTINCT command FROM entry WHERE seq > 1") == [(2,)]


def test_undo_takes_back_what_came_before_the_batch(book: Book) -> None:
    book.post("add", title="甲", unit="综合组")
    book.post("close", task="1")
    assert run(book, {"op": "undo", "seq": 3, "reason": "误销"}, {"op": "note", "task": "1", "text": "x"}) == (2, [1])
    assert (book.task("1").status, book.faults()) == ("open", [])


def test_a_ref_comes_before_a_code_and_lasts_beyond_a_chunk(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "CHUNK", 2)
    book.post("add", title="早", unit="综合组", code="a")
    advanced: list[int] = []
    more = [ADD | {"again": True} for _ in range(4)]
    lines = [ADD | {"ref": "a"}, *more, {"op": "close", "task": "a"}, {"op": "close", "task": 4}]
    assert run(book, *lines, advanced=advanced)[0] == 7
    assert book.rows("SELECT id FROM task WHERE status = 'closed' ORDER BY id") == [(2,), (4,)]
    assert (sum(advanced), book.faults()) == (7, [])


@pytest.mark.parametrize(
    ("line", "where", "what"),
    [
        ('{"op": "add", "title": "甲", "unit": "综合组", "title": "乙"}', "第2行 title", "同一项写了两次"),
        ('{"op": "add", "op": "close", "title": "甲", "unit": "综合组"}', "第2行 op", "同一项写了两次"),
        ('{"op": "add", "title": "乙", "part-of": 1, "part_of": 1}', "第2行 part-of", "同一项写了两次"),
        ('{"op": "add", "title": {"深": 1, "深": 2}, "unit": "综合组"}', "第2行 深", "同一项写了两次"),
        ('{"op": "note", "task": 1, "text": "' + "长" * 1_400_000 + '"}', "第2行", "一行超过 4 MB"),
        ('{"op": "note", "task": ' + "9" * 5000 + "}", "第2行", "不是一个完整的 JSON 对象"),
        ('{"op": ' + "[" * 100_000, "第2行", "不是一个完整的 JSON 对象"),
    ],
    ids=["twice", "op", "spelling", "deep", "long", "digits", "nested"],
)
def test_a_line_that_says_something_twice_or_too_much(book: Book, line: str, where: str, what: str) -> None:
    with pytest.raises(BadValue) as caught:
        run(book, ADD, line.encode())
    assert (caught.value.where, caught.value.what) == (where, what)


def test_a_key_may_be_written_as_the_option_is_typed(book: Book) -> None:
    late = {"op": "extend", "task": "a", "due": "2013-03-29", "reason": "x", "approved-by": "王主任"}
    run(book, ADD | {"ref": "a", "due": "2013-03-20"}, ADD | {"title": "乙", "part-of": "a"}, late)
    assert (book.task("2013-001-01").part_of, book.task("1").extensions) == (1, 1)


def test_blank_lines_and_a_mark_at_the_beginning_count_but_do_nothing(book: Book) -> None:
    raw = json.dumps(ADD | {"again": True}).encode()
    assert run(book, b"\xef\xbb\xbf" + raw + b"\r\n", b"\n", b"   \n", raw)[0] == 2
    assert run(book) == (0, [])


@pytest.mark.parametrize(
    ("line", "exit_code", "where", "what"),
    [
        (b"{", 2, "第3行", "JSON"),
        (b"[1]", 2, "第3行", "不是 JSON 对象"),
        (b'"x"', 2, "第3行", "不是 JSON 对象"),
        (b"[" * 100_000, 2, "第3行", "JSON"),
        (b'{"op":"add","title":"\xb9\xab"}', 2, "第3行", "UTF-8"),
        (b'{"op":"close","task":1,"n":' + b"9" * 5000 + b"}", 2, "第3行", ""),
        ({"title": "甲"}, 2, "第3行", "操作"),
        ({"op": "destroy"}, 2, "第3行", "destroy"),
        ({"op": ["add"]}, 2, "第3行", "操作"),
        ({"op": "\x1b[31m" + "x" * 500}, 2, "第3行", "操作"),
        (ADD | {"colour": "red"}, 2, "第3行", "colour"),
        (ADD | {"title": 3}, 2, "第3行 title", "文字"),
        (ADD | {"with": "宣传组"}, 2, "第3行 with", "数组"),
        (ADD | {"with": ["宣传组", 1]}, 2, "第3行 with", "数组"),
        (ADD | {"key": 1}, 2, "第3行 key", "true"),
        (ADD | {"due": "2013-02-30"}, 2, "第3行 due", ""),
        (ADD | {"title": "长" * 200_000}, 2, "第3行 title", "最多"),
        (b'{"op":"add","title":"\\ud800","unit":"\xe4\xb9\x99"}', 2, "第3行 title", "代理"),
        (b'{"op":"close","task":"\\ud800"}', 2, "第3行 task", "代理"),
        (ADD | {"ref": "a"}, 2, "第3行", "ref"),
        ({"op": "close"}, 2, "第3行", "task"),
        ({"op": "close", "task": 1.5}, 2, "第3行 task", ""),
        ({"op": "close", "task": True}, 2, "第3行 task", ""),
        ({"op": "note", "task": 1, "text": "x", "progress": 1.5}, 2, "第3行 progress", "整数"),
        ({"op": "note", "task": 1, "text": "x", "progress": 10**50}, 2, "第3行 progress", "100"),
        ({"op": "close", "task": "无"}, 4, "第3行", "没有编号"),
        ({"op": "close", "task": 99}, 4, "第3行", "没有序号为 99 的"),
        ({"op": "close", "task": -1}, 4, "第3行", "没有序号"),
        ({"op": "close", "task": 10**30}, 4, "第3行", "没有序号"),
        ({"op": "close", "task": "\0"}, 4, "第3行", "没有编号"),
        ({"op": "undo", "seq": 99}, 4, "第3行", "记录"),
        ({"op": "undo", "seq": 10**30}, 4, "第3行", "记录"),
        ({"op": "reopen", "task": 1, "reason": "x"}, 5, "第3行", "不能恢复"),
        ({"op": "close", "task": 1, "on": "2013-03-20"}, 5, "第3行 on", "晚于今天"),
        (ADD | {"code": "2013-001"}, 5, "第3行", "已经用过"),
    ],
)
def test_a_failing_line_is_named_and_nothing_is_done(
    book: Book, line: Any, exit_code: int, where: str, what: str
) -> None:
    with pytest.raises(LedgerError) as caught:
        run(book, ADD | {"ref": "a"}, b"\n", line, ADD)
    sentence = caught.value.sentence()
    assert caught.value.exit_code == exit_code
    assert caught.value.where.startswith(where)
    assert what in sentence
    assert len(sentence) < 400
    assert book.rows("SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM task)") == [(1, 0)]


def test_the_operations_are_the_writing_commands() -> None:
    operations = (
        "add edit note extend submit accept return close pause resume reopen cancel evidence urge flag unflag slip "
        "rate tally undo"
    )
    assert list(batch.OPERATIONS) == operations.split()


def test_a_task_for_each_unit_and_counts_towards_it(book: Book) -> None:
    done, named = run(
        book,
        ADD | {"ref": "a", "each": ["宣传组"], "due": "3月底前不少于2条"},
        ADD | {"title": "乙", "each": []},
        {"op": "tally", "task": "a", "count": 2, "note": "两条"},
        {"op": "tally", "task": 2, "on": "2013-03-19"},
    )
    assert (done, named) == (4, [1, 2, 3])
    assert book.rows("SELECT unit, status, tally FROM task ORDER BY id") == [
        ("综合组", "closed", 2),
        ("宣传组", "open", 1),
        ("综合组", "open", 0),
    ]
