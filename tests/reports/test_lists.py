"""Lists of tasks: every filter, every order."""

from datetime import date
from typing import Any

import pytest

from ledger.base.errors import BadValue
from ledger.dates.within import parse_within
from ledger.model.task import Task
from ledger.reports.lists import SORTS, Filter, glance, lines_of, list_tasks, overdue_tasks
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 19)
SEVERAL = ("status", "unit", "assisting", "owner", "activity", "stage")


def listed(book: Book, **chosen: Any) -> list[int]:
    with book.reading() as reader:
        several = {name: (value,) for name, value in chosen.items() if isinstance(value, str) and name in SEVERAL}
        return [task.id for task in list_tasks(reader, Filter(**chosen | several), TODAY, queries.rules(reader))]


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ({}, [1, 4, 5, 6]),
        ({"ahead": True}, [1, 4, 5, 8, 6]),
        ({"status": "open"}, [1, 4, 5, 6]),
        ({"status": "closed"}, [3, 2]),
        ({"status": "cancelled"}, [7]),
        ({"status": "paused"}, []),
        ({"status": "submitted"}, []),
        ({"status": "all"}, [1, 3, 2, 4, 7, 5, 6]),
        ({"unit": "督导组"}, [5, 6]),
        ({"unit": "宣传组", "status": "all"}, [3, 2]),
        ({"assisting": "综合组", "status": "all"}, [3]),
        ({"assisting": "综合", "status": "all"}, []),
        ({"owner": "李四"}, [1]),
        ({"activity": "学创", "status": "all"}, [1, 2]),
        ({"stage": "推进实施"}, [4]),
        ({"unit": ("督导组", "宣传组"), "status": "all"}, [3, 2, 5, 6]),
        ({"status": ("closed", "cancelled")}, [3, 2, 7]),
        ({"status": ("closed", "all")}, [1, 3, 2, 4, 7, 5, 6]),
        ({"assisting": ("综合组", "无此组"), "status": "all"}, [3]),
        ({"key": True}, [1]),
        ({"flagged": True}, []),
        ({"overdue": True, "status": "all"}, [1]),
        ({"undated": True}, [6]),
        ({"due": parse_within("2013-W12", TODAY)[0]}, [4]),
        ({"due": parse_within("2013-03", TODAY)[0], "status": "all"}, [1, 3, 2, 4, 7, 5]),
        ({"grep": "report"}, [5]),
        ({"grep": "REPORT"}, [5]),
        ({"grep": "会议"}, [4, 5]),
        ({"grep": "经费"}, [1]),
        ({"grep": "013-00", "status": "all"}, [1, 3, 2, 4, 7, 5, 6]),
        ({"grep": "%"}, []),
        ({"grep": "_"}, []),
        ({"grep": "' OR 1 = 1 --"}, []),
        ({"limit": 2}, [1, 4]),
        ({"limit": 0}, []),
        ({"limit": 10**30}, [1, 4, 5, 6]),
        ({"assisting": "综合组", "status": "all", "limit": 0}, []),
        ({"unit": "综合组", "overdue": True, "key": True}, [1]),
    ],
)
def test_filters(filled: Book, chosen: dict[str, Any], numbers: list[int]) -> None:
    assert listed(filled, **chosen) == numbers


@pytest.mark.parametrize("text", ["É", "é", "Д", "Ａ", "ß"])
def test_a_letter_that_databases_do_not_fold_is_found_as_it_stands(book: Book, text: str) -> None:
    book.post("add", title=f"甲{text}乙", unit="综合组")
    assert listed(book, grep=text) == [1]


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        ("due", [1, 3, 2, 4, 7, 5, 6]),
        ("code", [1, 2, 3, 4, 5, 6, 7]),
        ("assigned", [1, 2, 3, 4, 6, 7, 5]),
        ("closed", [2, 3, 1, 4, 5, 6, 7]),
        ("unit", [3, 2, 5, 6, 1, 4, 7]),
        ("owner", [1, 3, 2, 4, 7, 5, 6]),
        ("title", [2, 4, 7, 1, 6, 3, 5]),
        ("id", [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_orders(filled: Book, order: str, numbers: list[int]) -> None:
    assert order in SORTS
    assert listed(filled, status="all", sort=order) == numbers


def test_units_in_the_office_s_order(filled: Book) -> None:
    from ledger.services.units import order

    with filled.journal() as journal:
        order(journal, ["督导组", "综合组"])
    assert listed(filled, status="all", sort="unit") == [5, 6, 1, 4, 7, 3, 2]


@pytest.mark.parametrize(
    ("unit", "within", "numbers"),
    [(None, 0, [1]), (None, 1, [1, 4]), (None, 10, [1, 4, 5]), ("督导组", 10, [5]), ("宣传组", 999, [])],
)
def test_overdue_worst_first(filled: Book, unit: str | None, within: int, numbers: list[int]) -> None:
    with filled.reading() as reader:
        assert [task.id for task in overdue_tasks(reader, TODAY, Scope((unit,) if unit else ()), within)] == numbers


@pytest.mark.parametrize("within", [10**7, 10**30])
def test_more_days_than_the_calendar_has(filled: Book, within: int) -> None:
    with filled.reading() as reader, pytest.raises(BadValue, match="太大"):
        overdue_tasks(reader, TODAY, Scope(), within)


def test_today_at_a_glance(filled: Book) -> None:
    with filled.reading() as reader:
        found = glance(reader, TODAY, queries.rules(reader))
    assert ([task.id for task in found.overdue], [task.id for task in found.soon]) == ([1], [4])
    assert (found.week.label, found.figures.closing) == ("2013-W12", 4)


@pytest.mark.parametrize(
    ("due", "submitted", "within", "listed"),
    [
        ("2013-03-15", "2013-03-15", 0, False),
        ("2013-03-15", "2013-03-16", 0, True),
        ("2013-03-15", "2013-03-15", 7, False),
        ("2013-03-22", "2013-03-18", 0, False),
        ("2013-03-22", "2013-03-18", 7, True),  # due in those days all the same
    ],
)
def test_what_was_submitted_in_time_is_not_overdue_while_it_waits(
    book: Book, due: str, submitted: str, within: int, listed: bool
) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01", due=due)
    book.post("submit", task="1", on=submitted)
    with book.reading() as reader:
        rules = queries.rules(reader)
        assert [task.id for task in overdue_tasks(reader, TODAY, Scope(), within)] == [1] * listed
        is_late = submitted > due
        assert [task.id for task in list_tasks(reader, Filter(overdue=True), TODAY, rules)] == [1] * is_late
        seen = glance(reader, TODAY, rules)
        assert ([task.id for task in seen.overdue], seen.figures.overdue) == ([1] * is_late, int(is_late))


def period(number: int, due: str, begins: str, series: int | None = 1, **how: Any) -> Task:
    """A task, or the period of a series; days of March."""
    begun, last = date.fromisoformat(f"2013-{begins}"), date.fromisoformat(f"2013-{due}")
    days = {"assigned_on": begun, "due_on": last, "last_day": last, "occurrence_on": None if series is None else begun}
    return Task(number, str(number), "例会", "综合组", series=series, **days | how)


@pytest.mark.parametrize(
    ("tasks", "lines"),
    [
        ([period(1, "03-08", "03-04"), period(2, "03-15", "03-11"), period(3, "03-22", "03-18")], [[1, 2, 3]]),
        ([period(1, "03-22", "03-18"), period(2, "03-22", "03-18", None), period(3, "03-29", "03-19")], [[1, 3], [2]]),
        ([period(1, "03-22", "03-18"), period(2, "03-22", "03-18", 2)], [[1], [2]]),
        ([period(2, "03-15", "03-11"), period(1, "03-30", "03-04")], [[2], [1]]),  # put off: the red one has its line
        ([period(2, "03-14", "03-11"), period(3, "03-15", "03-12"), period(1, "03-30", "03-04")], [[2, 3], [1]]),
        ([period(2, "03-30", "03-11"), period(1, "03-31", "03-04")], [[2], [1]]),
        ([period(2, "03-21", "03-11"), period(3, "03-29", "03-18"), period(1, "04-30", "03-04")], [[2, 3], [1]]),
        (
            [
                period(1, "03-08", "03-04", submitted_on=date(2013, 3, 8), status="submitted"),
                period(2, "03-15", "03-11"),
            ],
            [[1], [2]],
        ),
        ([period(1, "03-08", "03-04", status="closed"), period(2, "03-15", "03-11", status="closed")], [[1], [2]]),
        ([period(1, "03-08", "03-04", status="paused"), period(2, "03-15", "03-11")], [[1], [2]]),
        ([period(1, "03-29", "03-25"), period(2, "04-05", "04-01")], [[1, 2]]),
        (
            [period(2, "03-15", "03-11", flagged=True), period(1, "03-08", "03-04"), period(3, "03-22", "03-18")],
            [[2], [1, 3]],
        ),
        ([period(1, "03-21", "03-25"), period(2, "03-22", "03-18")], [[2, 1]]),
        ([], []),
    ],
)
def test_one_line_for_what_is_unfinished_of_a_series(tasks: list[Task], lines: list[list[int]]) -> None:
    assert [[task.id for task in line] for line in lines_of(tasks, TODAY)] == lines
