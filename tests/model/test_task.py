"""A task's light, its days left and its object, derived from the stored row and a day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ledger.dates.workdays import Workdays
from ledger.model.task import (
    CANCELLED,
    CLOSED,
    COLUMNS,
    JSON_KEYS,
    LIGHT_WORDS,
    OPEN,
    PAUSED,
    SUBMITTED,
    Problem,
    Task,
    Thresholds,
    days_left,
    is_behind,
    last_day_of,
    light,
    task_object,
)

TODAY = date(2013, 3, 19)


def task(left: int | None, status: str = OPEN) -> Task:
    """A task whose last day is so many days ahead."""
    return Task(1, "2013-001", "甲", "综合组", status=status, last_day=left_to(left))


def left_to(left: int | None) -> date | None:
    return None if left is None else TODAY + timedelta(days=left)


@pytest.mark.parametrize(
    ("due_on", "grace", "last"),
    [
        (None, 0, None),
        (None, 10, None),
        (date(2013, 2, 28), 0, date(2013, 2, 28)),
        (date(2013, 2, 28), 5, date(2013, 3, 5)),
        (date(9999, 12, 31), 5, date.max),
        (date(9999, 12, 28), 10**9, date.max),
    ],
)
def test_the_last_day_is_the_deadline_plus_its_grace(due_on: date | None, grace: int, last: date | None) -> None:
    assert last_day_of(due_on, grace) == last


@pytest.mark.parametrize(
    ("left", "shown"),
    [(-1, "red"), (-4000, "red"), (0, "yellow"), (3, "yellow"), (4, "blue"), (7, "blue"), (8, "green"), (None, "grey")],
)
@pytest.mark.parametrize("status", [OPEN, SUBMITTED])
def test_the_light_of_a_task_in_hand(left: int | None, shown: str, status: str) -> None:
    assert light(task(left, status), TODAY, Thresholds()) == shown
    assert days_left(task(left, status), TODAY) == left


@pytest.mark.parametrize(("status", "shown"), [(PAUSED, "grey"), (CLOSED, "done"), (CANCELLED, "done")])
def test_a_task_that_stands_still_or_is_finished_has_no_days_left(status: str, shown: str) -> None:
    assert light(task(-5, status), TODAY, Thresholds()) == shown
    assert days_left(task(-5, status), TODAY) is None


@pytest.mark.parametrize(
    ("thresholds", "left", "shown"),
    [(Thresholds(0, 0), 0, "yellow"), (Thresholds(0, 0), 1, "green"), (Thresholds(5, 3), 4, "yellow")],
)
def test_thresholds_are_the_office_s_own(thresholds: Thresholds, left: int, shown: str) -> None:
    assert light(task(left), TODAY, thresholds) == shown


@pytest.mark.parametrize(
    ("today", "left", "shown"),
    [
        (date(2013, 9, 27), 0, "yellow"),  # a Friday before 国庆节 with 班 on Sunday 29 September
        (date(2013, 9, 27), 11, "yellow"),  # 29, 30 September, 8 October
        (date(2013, 9, 27), 12, "blue"),
        (date(2013, 9, 27), 15, "blue"),  # Saturday 12 October, worked
        (date(2013, 9, 27), 17, "green"),
        (date(2013, 9, 27), -1, "red"),
        (date(9999, 12, 30), 1, "yellow"),
    ],
)
def test_lights_in_working_days(today: date, left: int, shown: str) -> None:
    found = Task(1, "2013-001", "甲", "综合组", last_day=today + timedelta(days=left))
    assert light(found, today, Thresholds(workdays=Workdays())) == shown
    assert days_left(found, today) == left


def test_every_light_but_done_has_its_word() -> None:
    assert set(LIGHT_WORDS) == {"red", "yellow", "blue", "green", "grey"}


CONTRACT = (
    "id code title unit with owner leader activity stage source measure key flagged status assigned_on start_on due_on "
    "due_text grace_days original_due_on extensions submitted_on closed_on progress note carried_times series quota "
    "light days_left"
)


def test_the_object_has_the_keys_of_the_contract() -> None:
    found = Task(
        7, "A-7", "甲", "综合组", ("宣传组",), last_day=TODAY, problems=(Problem(9, "经费", date(2013, 3, 1)),)
    )  # fmt: skip
    shown = task_object(found, TODAY, Thresholds(), 2)
    assert set(CONTRACT.split()) <= set(shown)
    assert (shown["id"], shown["code"], shown["with"], shown["carried_times"]) == (7, "A-7", ["宣传组"], 2)
    assert (shown["light"], shown["days_left"]) == ("yellow", 0)
    assert shown["problems"] == [{"text": "经费", "since": date(2013, 3, 1)}]
    assert not set(shown) & {"last_day", "binding_last_day", "status_seq", "with_units"}


def test_the_columns_of_the_table_begin_with_the_keys_of_the_object() -> None:
    assert COLUMNS[: len(JSON_KEYS)] == JSON_KEYS
    assert COLUMNS[4] == "with"


@pytest.mark.parametrize(
    ("told", "today", "behind"),
    [
        (91, "2013-11-30", True),  # a year's plan stands at 11/12 then
        (92, "2013-11-30", False),
        (50, "2013-07-02", False),
        (49, "2013-07-02", True),
        (0, "2013-01-01", False),  # on the day itself nothing has passed
        (None, "2013-11-30", False),
        (99, "2013-12-31", True),
        (99, "2014-01-01", False),  # overdue, which says more
    ],
)
def test_progress_behind_its_time(told: int | None, today: str, behind: bool) -> None:
    days: dict[str, Any] = {
        "assigned_on": date(2013, 1, 1),
        "due_on": date(2013, 12, 31),
        "last_day": date(2013, 12, 31),
    }
    task = Task(1, "2013-001", "甲", "综合组", progress=told, **days)
    assert is_behind(task, date.fromisoformat(today)) is behind
    for status in (SUBMITTED, PAUSED, CLOSED):
        assert not is_behind(replace(task, status=status), date.fromisoformat(today))


def test_time_passes_from_the_start_to_the_last_day_of_grace() -> None:
    days: dict[str, Any] = {"assigned_on": date(2013, 3, 1), "start_on": date(2013, 3, 11), "due_on": date(2013, 3, 21)}
    task = Task(1, "2013-001", "甲", "综合组", progress=40, last_day=date(2013, 3, 31), **days)
    assert not is_behind(task, date(2013, 3, 19)) and is_behind(task, date(2013, 3, 20))
    assert not is_behind(replace(task, last_day=None), date(2013, 3, 20))
