from datetime import date

import pytest

from ledger.reports.problems import problem_object, problems, problems_report
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 19)


@pytest.fixture
def troubled(book: Book) -> Book:
    """Task 1 has a problem since the 5th, the key task 2 since the 11th, task 3 had one; task 4 is cancelled."""
    for title, unit, key in (
        ("甲", "综合组", False),
        ("乙", "宣传组", True),
        ("丙", "宣传组", False),
        ("丁", "督导组", False),
    ):
        book.post("add", title=title, unit=unit, key=key, on="2013-03-01")
    for task, day in ((1, 5), (2, 11), (3, 4), (4, 4)):
        book.post("note", task=task, text=f"缺{task}", problem=True, on=f"2013-03-{day:02}")
    book.post("note", task=3, text="有了", resolves=True, on="2013-03-12")
    book.post("cancel", task=4, reason="不办了", on="2013-03-12")
    return book


@pytest.mark.parametrize(
    ("scope", "solved", "found"),
    [
        (Scope(), False, ["缺2", "缺1"]),
        (Scope(), True, ["缺2", "缺3", "缺4", "缺1"]),
        (Scope(("宣传组",)), False, ["缺2"]),
        (Scope(("宣传组", "综合组")), True, ["缺2", "缺3", "缺1"]),
        (Scope(("督导组",)), False, []),
    ],
)
def test_key_tasks_first_then_the_oldest(troubled: Book, scope: Scope, solved: bool, found: list[str]) -> None:
    with troubled.reading() as reader:
        assert [one.problem.text for one in problems(reader, scope, solved=solved)] == found


def test_since_when_and_for_how_long(troubled: Book) -> None:
    with troubled.reading() as reader:
        rules = queries.rules(reader)
        found = problems(reader, Scope(), solved=True)
    report = problems_report(found, TODAY, rules, None, solved=True)
    days = [row[6:] for row in report.sections[0].rows]
    assert days == [(8, None), (8, date(2013, 3, 12)), (15, None), (14, None)]
    assert [len(row) for row in problems_report(found, TODAY, rules, None, solved=False).sections[0].rows] == [7] * 4
    last = problem_object(found[1], TODAY, rules)
    assert (last["text"], last["since"], last["until"]) == ("缺3", date(2013, 3, 4), date(2013, 3, 12))
