"""Taking in rows: all, or every bad one named and none."""

from typing import Any

import pytest

from ledger.services import intake
from tests.conftest import Book

GOOD: dict[str, Any] = {"title": "甲", "unit": "综合组"}
HEADINGS = {"title": "工作任务", "unit": "牵头单位", "due": "截止日期", "on": "交办日期"}


def take(book: Book, *rows: dict[str, Any], on: str | None = None, told: list[int] | None = None) -> list[int]:
    numbered = [(line, options, HEADINGS) for line, options in enumerate(rows, start=2)]
    with book.journal() as journal:
        return intake.register_rows(journal, numbered, on, (told if told is not None else []).append).numbers


def test_what_deadlines_in_words_became(book: Book) -> None:
    rows = [GOOD | {"due": due} for due in ("2013-03-29", "3月下旬", "6月左右", "适时", "每季度")]
    with book.journal() as journal:
        found = intake.register_rows(journal, [(n, row, HEADINGS) for n, row in enumerate(rows, 2)], None, print)
        assert not journal.remarks
    assert [(one.line, one.words, one.meaning) for one in found.conversions] == [
        (3, "3月下旬", "2013年3月31日 周日"),
        (4, "6月左右", "2013年6月30日 周日,宽限10天"),
        (5, "适时", "无期限"),
        (6, "每季度", "循环任务1,最近一期 2013年3月31日 周日"),
    ]
    assert "未写年份,按2013年" in found.conversions[0].remarks


def test_rows_become_tasks_of_one_command(book: Book) -> None:
    assert take(book, GOOD, GOOD | {"on": "2013-02-01"}, on="2013-03-01") == [1, 2]
    assert book.rows("SELECT assigned_on FROM task ORDER BY id") == [("2013-03-01",), ("2013-02-01",)]
    assert book.rows("SELECT DISTINCT command FROM entry WHERE seq > 1") == [(2,)]


def test_without_a_day_it_is_today(book: Book) -> None:
    take(book, GOOD)
    assert book.rows("SELECT assigned_on FROM task") == [("2013-03-19",)]


def test_every_bad_row_is_named_and_none_taken(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_FLUSH_EVERY", 2)
    told: list[int] = []
    rows = [GOOD, GOOD | {"due": "2013-02-30"}, {"unit": "综合组"}, GOOD | {"code": "X"}, GOOD | {"code": "X"}, GOOD]
    with pytest.raises(intake.RejectedRows) as caught:
        take(book, *rows, told=told)
    found = caught.value
    assert [rejection.where for rejection in found.rejections] == [
        "第3行“截止日期”列", "第4行“工作任务”列", "第6行",
    ]  # fmt: skip
    assert "X" in found.rejections[-1].error.what
    assert (found.what, found.exit_code, told) == ("有 3 行不能导入", 2, [2, 2, 2])
    assert book.rows("SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM task)") == [(1, 0)]


def test_a_refusal_keeps_its_exit_code(book: Book) -> None:
    take(book, GOOD | {"code": "X"})
    with pytest.raises(intake.RejectedRows) as caught:
        take(book, GOOD | {"code": "X"})
    assert caught.value.exit_code == 5
