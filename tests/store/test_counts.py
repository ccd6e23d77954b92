"""The queries of the figures on ledgers small enough to count by hand; March 2013, whose 11th is a Monday."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ledger.dates.period import Kind, Period, period_of
from ledger.store.counts import Counts, Days, Scope, count, days_of
from tests.conftest import Book

WEEK = Period(Kind.WEEK, date(2013, 3, 11), date(2013, 3, 17))
Counted = Callable[..., Counts]


def day(number: int) -> date:
    return date(2013, 3, number)


@pytest.mark.parametrize(
    ("today", "c", "o", "v"),
    [
        pytest.param(day(25), day(17), day(10), day(17), id="past"),
        pytest.param(day(17), day(17), day(10), day(16), id="its last day"),
        pytest.param(day(13), day(13), day(10), day(12), id="running"),
        pytest.param(day(11), day(11), day(10), day(10), id="its first day"),
        pytest.param(day(8), day(8), day(8), day(7), id="to come"),
    ],
)
def test_the_days_that_decide(today: date, c: date, o: date, v: date) -> None:
    assert days_of(WEEK, today) == Days(s=day(11), e=day(17), c=c, b=day(10), o=o, v=v)


def test_the_ends_of_the_calendar_have_their_days_too() -> None:
    assert days_of(period_of(Kind.YEAR, date.min), date.min).b == date.min


@pytest.mark.parametrize("kind", [Kind.WEEK, Kind.YEAR])
def test_what_is_in_hand_still_is_on_the_last_day_of_the_calendar(book: Book, kind: Kind) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01", due="2013-03-08")
    with book.reading() as reader:
        found = count(reader, [days_of(period_of(kind, date.max), date.max)], Scope(), "i")[(0,)]
    assert [found[name] for name in ("opening", "closing", "overdue", "carried")] == [1, 1, 1, 1]


@pytest.fixture
def counted(book: Book) -> Counted:
    """Register tasks, each with its steps, and count them over the week on a day; noughts left out."""

    def work(*tasks: tuple[dict[str, Any], list[tuple[str, int]]], today: int = 31, scope: Scope = Scope()) -> Counts:
        for place, (fields, steps) in enumerate(tasks, start=1):
            given = {"title": "甲", "unit": "综合组", "on": "2013-03-01", **fields}
            book.post("add", today="2013-03-31", **given)
            for action, on in steps:
                options: dict[str, Any] = {"due": "2013-03-29"} if action == "extend" else {}
                book.post(action, today="2013-03-31", task=place, on=str(day(on)), reason="x", **options)
        with book.reading() as reader:
            found = count(reader, [days_of(WEEK, day(today))], scope, "i").get((0,), {})
        return {name: number for name, number in found.items() if number}

    return work


CASES: dict[str, tuple[dict[str, Any], list[tuple[str, int]], int, Counts]] = {
    "an open one without a deadline": ({}, [], 31, {"opening": 1, "closing": 1}),
    "given out on the first day": ({"on": "2013-03-11"}, [], 31, {"added": 1, "closing": 1}),
    "given out on the last day": ({"on": "2013-03-17"}, [], 31, {"added": 1, "closing": 1}),
    "given out the day after": ({"on": "2013-03-18"}, [], 31, {}),
    "given out later in a running week": ({"on": "2013-03-15"}, [], 13, {}),
    "a week to come has no flows": ({"on": "2013-03-12"}, [], 8, {}),
    "a week to come has the stock of today": ({}, [("close", 9)], 8, {"opening": 1, "closing": 1}),
    "due on the last day and open": (
        {"due": "2013-03-17"}, [], 31, {"opening": 1, "closing": 1, "due": 1, "overdue": 1},
    ),
    "due today is not overdue": ({"due": "2013-03-13"}, [], 13, {"opening": 1, "closing": 1, "due": 1}),
    "due yesterday is": ({"due": "2013-03-12"}, [], 13, {"opening": 1, "closing": 1, "due": 1, "overdue": 1}),
    "struck off ahead of its week": ({"due": "2013-03-13"}, [("close", 5)], 31, {"due": 1, "met_due": 1}),
    "struck off on the deadline": (
        {"due": "2013-03-13"}, [("close", 13)], 31,
        {"opening": 1, "closed": 1, "due": 1, "met_due": 1, "on_time": 1, "on_time_original": 1},
    ),
    "struck off a day late": (
        {"due": "2013-03-13"}, [("close", 14)], 31,
        {"opening": 1, "closed": 1, "due": 1, "met_due": 1, "late": 1, "late_original": 1},
    ),
    "struck off after the week": (
        {"due": "2013-03-13"}, [("close", 18)], 31, {"opening": 1, "closing": 1, "due": 1, "overdue": 1},
    ),
    "without a deadline neither on time nor late": ({}, [("close", 14)], 31, {"opening": 1, "closed": 1}),
    "carried and met": (
        {"due": "2013-03-10"}, [("close", 11)], 31,
        {"opening": 1, "closed": 1, "carried": 1, "met_carried": 1, "late": 1, "late_original": 1},
    ),
    "struck off before the week is not carried": ({"due": "2013-03-08"}, [("close", 10)], 31, {}),
    "cancelled owes nothing": (
        {"due": "2013-03-08"}, [("cancel", 12)], 31, {"opening": 1, "cancelled": 1},
    ),
    "cancelled after the week still owes": (
        {"due": "2013-03-13"}, [("cancel", 18)], 31, {"opening": 1, "closing": 1, "due": 1, "overdue": 1},
    ),
    "due and reopened": (
        {"due": "2013-03-13"}, [("close", 5), ("reopen", 14)], 31,
        {"reopened": 1, "closing": 1, "due": 1, "overdue": 1},
    ),
    "closed twice in the week": (
        {"due": "2013-03-13"}, [("close", 12), ("reopen", 13), ("close", 16)], 31,
        {
            "opening": 1, "closed": 2, "reopened": 1, "due": 1, "met_due": 1,
            "on_time": 1, "on_time_original": 1, "late": 1, "late_original": 1,
        },
    ),
    "closed and reopened on one day": (
        {}, [("close", 12), ("reopen", 12)], 31, {"opening": 1, "closed": 1, "reopened": 1, "closing": 1},
    ),
    "extended in time": (
        {"due": "2013-03-13"}, [("extend", 13), ("close", 15)], 31,
        {"opening": 1, "closed": 1, "on_time": 1, "late_original": 1, "extended": 1, "extended_tasks": 1},
    ),
    "extended too late": (
        {"due": "2013-03-13"}, [("extend", 14), ("close", 15)], 31,
        {"opening": 1, "closed": 1, "late": 1, "late_original": 1, "extended": 1, "extended_tasks": 1},
    ),
    "submitted in time and waiting": (
        {"due": "2013-03-13"}, [("submit", 13)], 31, {"opening": 1, "closing": 1, "due": 1},
    ),
    "submitted too late and waiting": (
        {"due": "2013-03-13"}, [("submit", 14)], 31, {"opening": 1, "closing": 1, "due": 1, "overdue": 1},
    ),
    "submitted in time and accepted late": (
        {"due": "2013-03-12"}, [("submit", 12), ("close", 16)], 31,
        {"opening": 1, "closed": 1, "due": 1, "met_due": 1, "on_time": 1, "on_time_original": 1},
    ),
    "returned, then struck off late": (
        {"due": "2013-03-12"}, [("submit", 12), ("return", 13), ("close", 16)], 31,
        {"opening": 1, "closed": 1, "due": 1, "met_due": 1, "late": 1, "late_original": 1},
    ),
    "returned and overdue": (
        {"due": "2013-03-12"}, [("submit", 12), ("return", 13)], 31,
        {"opening": 1, "closing": 1, "due": 1, "overdue": 1},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "steps", "today", "expected"), CASES.values(), ids=CASES)
def test_one_task(
    counted: Counted, fields: dict[str, Any], steps: list[tuple[str, int]], today: int, expected: Counts
) -> None:
    assert counted((fields, steps), today=today) == expected


def test_a_scope_leaves_the_rest_out(counted: Counted) -> None:
    found = counted(
        ({"activity": "学创活动"}, []),
        ({"unit": "督导组", "with": ["综合组"]}, []),
        scope=Scope(("综合组",), ("学创活动",)),
    )
    assert found == {"opening": 1, "closing": 1}


@pytest.mark.parametrize(
    ("scope", "closing"),
    [
        (Scope(leaders=("王主任",)), 1),
        (Scope(leaders=("王主任",), led=("督导组", "综合组")), 2),
        (Scope(("督导组",), leaders=("王主任",), led=("督导组",)), 1),
        (Scope(leaders=("王主任",), led=("督导组",)).narrowed("leader", "李主任"), 1),
    ],
)
def test_a_leader_has_what_he_answers_for_and_what_his_units_lead(counted: Counted, scope: Scope, closing: int) -> None:
    found = counted(
        ({"leader": "王主任"}, []),
        ({"unit": "督导组", "leader": "李主任"}, []),
        ({"unit": "宣传组", "with": ["督导组"]}, []),
        scope=scope,
    )
    assert found["closing"] == closing


GIVEN_OUT: list[tuple[dict[str, Any], list[tuple[str, int]]]] = [
    ({"on": "2013-03-12", "due": "2013-03-16"}, []),
    ({"on": "2013-03-13", "due": "2013-03-16"}, []),
    ({"on": "2013-03-15", "due": "2013-03-16"}, []),
]


@pytest.mark.parametrize(("by", "due"), [(None, 3), (day(15), 3), (day(14), 2), (day(13), 2), (day(12), 1)])
def test_a_scope_leaves_out_what_is_given_out_later(counted: Counted, by: date | None, due: int) -> None:
    assert counted(*GIVEN_OUT, today=14, scope=Scope(given_out_by=by))["due"] == due


def test_many_periods_and_parts_at_once(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    book.post("add", title="乙", unit="督导组", activity="学创活动", on="2013-03-12")
    with book.reading() as reader:
        days = [days_of(part, day(31)) for part in WEEK.sub_periods()]
        trend = count(reader, days, Scope(), "i")
        parts = count(reader, [days_of(WEEK, day(31))], Scope(), "unit, activity")
    assert [trend[(i,)]["closing"] for i in range(7)] == [1, 2, 2, 2, 2, 2, 2]
    assert {key: (found["opening"], found["closing"]) for key, found in parts.items()} == {
        ("综合组", None): (1, 1),
        ("督导组", "学创活动"): (0, 1),
    }
