"""Submissions that the rules refuse, and returns; the usual course stands in tests/functional/supervise.test."""

import pytest

from tests.conftest import Book, Clerk


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("submit 1", 5, "现为“已销号”,不能申请销号"),
        ("submit 2", 5, "现为“待审核”,不能申请销号"),
        ("submit 3 2", 5, "现为“待审核”,不能申请销号"),
        ("return 1 --reason 看看", 5, "现为“已销号”,不能退回"),
        ("return 3 --reason 看看", 5, "只有申请了销号、等待审核的事项才能退回"),
        ("return 2", 2, "缺少选项“--reason”"),
    ],
)
def test_refused(book: Book, clerk: Clerk, words: str, code: int, said: str) -> None:
    for title in ("甲", "乙", "丙"):
        book.post("add", title=title, unit="综合组", on="2013-03-01")
    book.post("close", task="1")
    book.post("submit", task="2")
    entries = book.rows("SELECT count(*) FROM entry")
    answer = clerk("--db", str(book.location), *words.split())
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert book.rows("SELECT count(*) FROM entry") == entries
