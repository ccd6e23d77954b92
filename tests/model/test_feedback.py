"""Which days a report is due on, and what became of each: the cases that are easily got wrong."""

from datetime import date

import pytest

from ledger.model.feedback import (
    LATE,
    MISSING,
    Calendar,
    Owing,
    Stay,
    due_days,
    faults,
    is_cycle,
    next_due,
    owing,
    past_dues,
)
from ledger.model.rules import Rules

FOREVER = date.max


def march(*days: int) -> list[date]:
    return [date(2013, 3, day) for day in days]


FRIDAYS = march(1, 8, 15, 22, 29)
OPEN = [Stay(date(2013, 3, 1), FOREVER, 2)]


def told(
    reports: list[date], now: date, stays: list[Stay] = OPEN, days: list[date] = FRIDAYS, begin: int = 1
) -> list[tuple[int, str]]:
    return [(one.due.day, one.kind) for one in faults(days, begin, stays, reports, now)]


def test_given_out_on_a_friday_a_task_owes_from_the_next_one_on() -> None:
    days, begin = Calendar(Rules(), date(2013, 2, 1), date(2013, 3, 22)).of("每周五", date(2013, 3, 1), None)
    assert days[begin] == date(2013, 3, 8)
    assert told(march(1), date(2013, 3, 9)) == []  # a report of the first day is for the first due day
    assert told([], date(2013, 3, 8)) == []  # nothing is late on the day itself
    assert told([], date(2013, 3, 9)) == [(8, LATE)]


def test_a_report_on_the_due_day_is_in_time_and_one_of_the_day_after_is_not() -> None:
    assert told(march(8), date(2013, 3, 15)) == []
    assert told(march(9), date(2013, 3, 15)) == [(8, LATE)]


def test_a_report_late_for_one_day_is_in_time_for_the_next() -> None:
    assert told(march(15), date(2013, 3, 22)) == [(8, LATE)]
    assert told(march(16), date(2013, 3, 22)) == [(8, MISSING), (15, LATE)]


def test_two_reports_in_one_window_are_for_one_day() -> None:
    assert told(march(9, 10), date(2013, 3, 23)) == [(8, LATE), (22, LATE)]


def test_what_may_still_come_is_late_and_then_missing() -> None:
    assert told([], date(2013, 3, 15)) == [(8, LATE)]
    assert told([], date(2013, 3, 16)) == [(8, MISSING), (15, LATE)]


def test_nothing_is_owed_of_a_due_day_at_whose_end_the_task_was_not_open() -> None:
    closed_on_the_day = [Stay(date(2013, 3, 1), date(2013, 3, 8), 2)]
    assert told([], date(2013, 3, 30), closed_on_the_day) == []
    over_a_due_day = [Stay(date(2013, 3, 1), date(2013, 3, 7), 2), Stay(date(2013, 3, 15), FOREVER, 9)]
    assert told([], date(2013, 3, 16), over_a_due_day) == [(15, LATE)]  # resumed on the day itself


def test_one_report_alone_may_come_late_for_a_week() -> None:
    days = march(20)
    assert told(march(27), date(2013, 3, 30), days=days, begin=0) == [(20, LATE)]
    assert told(march(28), date(2013, 3, 30), days=days, begin=0) == [(20, MISSING)]
    assert owing(days, 0, OPEN, march(28), date(2013, 3, 30), date(2013, 3, 30)) is None
    assert told(march(2), date(2013, 3, 30), days=days, begin=0) == []


def test_who_owes_and_since_when() -> None:
    now = date(2013, 3, 23)
    assert owing(FRIDAYS, 1, OPEN, [], now, now) == Owing(date(2013, 3, 8), 1, 2)
    assert owing(FRIDAYS, 1, OPEN, march(9), now, now) == Owing(date(2013, 3, 22), 2, 0)
    assert owing(FRIDAYS, 1, OPEN, march(22), now, now) is None
    soon = date(2013, 3, 30)
    assert owing(FRIDAYS, 1, OPEN, march(22), now, soon) == Owing(date(2013, 3, 29), 1, 1)
    assert owing(FRIDAYS, 1, OPEN, march(23), now, soon) is None


def test_rest_days_move_due_days_as_the_ledger_has_it() -> None:
    first, last = date(2013, 3, 1), date(2013, 6, 30)
    assert due_days("每月25日前", first, last, Rules())[:4] == [date(2013, m, 25) for m in (3, 4, 5, 6)]
    moved = due_days("每月25日前", first, last, Rules(rest_day="before"))
    assert moved[2] == date(2013, 5, 24)  # the 25th of May is a Saturday
    assert due_days("每月25日前", first, last, Rules(rest_day="after"))[2] == date(2013, 5, 27)


def test_one_report_is_due_by_the_deadline_or_within_fifteen_days() -> None:
    calendar, given = Calendar(Rules(), date(2013, 3, 1), date(2013, 5, 1)), date(2013, 3, 1)
    assert calendar.of("一次性", given, date(2013, 3, 20)) == ([date(2013, 3, 20)], 0)
    assert calendar.of("一次性", given, None) == ([date(2013, 3, 16)], 0)
    assert calendar.of("2013-04-10前一次性", given, date(2013, 3, 20)) == ([date(2013, 4, 10)], 0)


def test_the_next_due_day() -> None:
    given = date(2013, 3, 1)
    assert [past_dues("每周五", given, None, day, Rules()) for day in march(8, 9, 22, 23)] == [0, 1, 2, 3]
    assert past_dues("一次性", given, date(2013, 3, 10), date(2013, 3, 11), Rules()) == 1
    assert next_due("每周五", given, None, date(2013, 3, 1), Rules()) == date(2013, 3, 8)
    assert next_due("每周五", given, None, date(2013, 3, 15), Rules()) == date(2013, 3, 15)
    assert next_due("一次性", given, date(2013, 3, 10), date(2013, 3, 15), Rules()) is None
    assert next_due("每周五前至2013年3月20日", given, None, date(2013, 3, 25), Rules()) is None


@pytest.mark.parametrize("cycle", ["每周五", "每月25日前", "一次性", "2013-03-25前一次性", "每个工作日", "每年春节前"])
def test_cycles(cycle: str) -> None:
    assert is_cycle(cycle)


@pytest.mark.parametrize("cycle", ["", "某某", "3月底", "上一期销号后10日内", "2013-13-01前一次性", "适时", None, 3])
def test_what_is_no_cycle(cycle: object) -> None:
    assert not is_cycle(cycle)
