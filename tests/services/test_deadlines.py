"""Days and deadlines by the ledger's year, its working days and its rule for rest days."""

from datetime import date

import pytest

from ledger.base.errors import BadValue
from ledger.services.deadlines import day, deadline, first_day, past_day
from ledger.services.holidays import add_day
from ledger.services.settings import set_rule
from tests.conftest import Book

ON = date(2013, 3, 1)


def due(book: Book, text: str, year: int | None = None) -> tuple[date | None, list[str]]:
    with book.journal() as journal:
        found = deadline(journal, text, year, ON)
        return found.due_on, list(journal.remarks)


@pytest.mark.parametrize(
    ("text", "year", "due_on"),
    [
        ("2013-03-20", None, date(2013, 3, 20)),
        ("3月20日", 2014, date(2014, 3, 20)),
        ("三日内", None, date(2013, 3, 4)),
        ("3个工作日内", None, date(2013, 3, 6)),
        ("适时", None, None),
    ],
)
def test_what_it_became(book: Book, text: str, year: int | None, due_on: date | None) -> None:
    assert due(book, text, year)[0] == due_on


def test_what_must_be_known_is_remarked(book: Book) -> None:
    assert due(book, "3月23日")[1] == [
        "3月23日 周六是休息日,前一工作日3月22日 周五,后一工作日3月25日 周一",
    ]


def test_a_rest_day_by_the_office_s_rule_and_table(book: Book) -> None:
    """In one process: what was remembered of the same words before must not stand."""
    assert due(book, "2013-03-22")[0] == date(2013, 3, 22)
    with book.journal() as journal:
        set_rule(journal, "rest_day", "after")
        add_day(journal, "2013-03-22", "休")
        add_day(journal, "2013-03-24", "班")
        assert deadline(journal, "2013-03-22", None, ON).due_on == date(2013, 3, 24)
    assert due(book, "2013-03-22")[0] == date(2013, 3, 24)
    with book.journal() as journal:
        set_rule(journal, "rest_day", "before")
    assert due(book, "2013-03-22") == (date(2013, 3, 21), ["3月22日 周五是休息日,提前到3月21日 周四"])


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("限期", "没有写明日期", "请写明日期"),
        ("5月左右和9月左右", "有2个时限", "分2件登记:“5月左右”(2013年5月31日 周五)、“9月左右”(2013年9月30日 周一)"),
        ("吃饭前", "读不懂", "可写"),
    ],
)
def test_what_is_no_deadline_to_register(book: Book, text: str, what: str, hint: str) -> None:
    with pytest.raises(BadValue, match=what) as caught:
        due(book, text)
    assert hint in caught.value.hint


def test_days_without_a_year(book: Book) -> None:
    with book.journal("2013-12-30") as journal:
        assert past_day(journal, "1月5日", None) == date(2013, 1, 5)
        assert day(journal, "1月5日", None) == date(2014, 1, 5)
        assert past_day(journal, "1月5日", 2012) == day(journal, "1月5日", 2012) == date(2012, 1, 5)


@pytest.mark.parametrize(
    ("text", "first", "told"),
    [
        ("2013-04-02", date(2013, 4, 2), []),
        ("4月", date(2013, 4, 1), ["开始日期“4月”按2013年4月1日"]),
        ("4月中旬", date(2013, 4, 11), ["开始日期“4月中旬”按2013年4月11日"]),
        ("二季度", date(2013, 4, 1), ["开始日期“二季度”按2013年4月1日"]),
        ("即日起", date(2013, 3, 19), ["开始日期“即日起”按2013年3月19日"]),
    ],
)
def test_the_day_on_which_something_begins(book: Book, text: str, first: date, told: list[str]) -> None:
    with book.journal() as journal:
        assert (first_day(journal, text, None), list(journal.remarks)) == (first, told)


@pytest.mark.parametrize("text", ["适时", "每月5日", "吃饭"])
def test_what_begins_on_no_day(book: Book, text: str) -> None:
    with book.journal() as journal, pytest.raises(BadValue, match="读不懂"):
        first_day(journal, text, None)
