"""A small ledger whose every figure can be counted by hand."""

import pytest

from ledger.services.steps import step
from ledger.services.tasks import add, note
from tests.conftest import Book


@pytest.fixture
def filled(book: Book) -> Book:
    """Seven tasks around the week 2013-W12 (18 to 24 March), today being Tuesday the 19th.

    1 overdue since 10 March, key, with a problem · 2 struck off in the week before, on time · 3 due on the 10th,
    struck off late on the 18th · 4 due on the 20th · 5 given out on the 18th, due next week · 6 without a deadline ·
    7 cancelled on the 19th · 8 given out in April.
    """
    with book.journal() as journal:
        add(
            journal,
            {
                "title": "方案",
                "unit": "综合组",
                "owner": "李四",
                "due": "2013-03-10",
                "on": "2013-02-01",
                "key": True,
                "activity": "学创",
            },
        )
        add(journal, {"title": "专栏", "unit": "宣传组", "due": "2013-03-15", "on": "2013-02-01", "activity": "学创"})
        add(journal, {"title": "简报", "unit": "宣传组", "with": ["综合组"], "due": "2013-03-10", "on": "2013-02-01"})
        add(journal, {"title": "会议", "unit": "综合组", "due": "2013-03-20", "on": "2013-03-01", "stage": "推进实施"})
        add(
            journal,
            {"title": "调研 Report", "unit": "督导组", "due": "2013-03-29", "on": "2013-03-18", "source": "会议纪要"},
        )
        add(journal, {"title": "汇编", "unit": "督导组", "on": "2013-03-04"})
        add(journal, {"title": "参观", "unit": "综合组", "due": "2013-03-22", "on": "2013-03-04"})
        add(journal, {"title": "四月的事", "unit": "综合组", "due": "2013-04-10", "on": "2013-04-01"})
        step("close")(journal, {"task": "2", "on": "2013-03-14"})
        step("close")(journal, {"task": "3", "on": "2013-03-18", "note": "印发"})
        step("cancel")(journal, {"task": "7", "on": "2013-03-19", "reason": "不去了"})
        note(journal, {"task": "6", "text": "缺人", "problem": True, "on": "2013-03-18"})
        note(journal, {"task": "1", "text": "经费", "problem": True, "on": "2013-03-12"})
    return book
