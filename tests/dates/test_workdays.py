from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue
from ledger.dates.workdays import Workdays

DAYS = st.dates(date(2003, 1, 1), date(2030, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "works", "certain"),
    [
        ("2013-03-19", True, True),
        ("2013-03-23", False, True),  # Saturday
        ("2013-04-04", False, True),  # 清明
        ("2013-04-07", True, True),  # a Sunday worked for it
        ("2014-01-30", True, True),  # 除夕, no holiday in 2014
        ("2025-01-28", False, True),  # 除夕, one in 2025
        ("2027-02-05", False, False),
        ("2027-02-09", True, False),
        ("2027-05-02", False, False),
        ("2003-12-31", True, False),
    ],
)
def test_is_workday(on: str, works: bool, certain: bool) -> None:
    assert Workdays().is_workday(day(on)) == (works, certain)


def test_twenty_working_days_count_the_sunday_worked_for_a_holiday() -> None:
    assert Workdays().add(day("2013-03-19"), 20) == (day("2013-04-17"), True)
    assert Workdays().add(day("2013-04-17"), -20) == (day("2013-03-19"), True)
    assert Workdays().add(day("2026-12-31"), 1) == (day("2027-01-04"), False)


def test_the_office_has_the_last_word() -> None:
    table = {day("2013-03-20"): False, day("2013-03-23"): True, day("2027-02-14"): True, day("2028-03-01"): False}
    workdays = Workdays(table)
    assert workdays.add(day("2013-03-19"), 3)[0] == day("2013-03-23")
    assert workdays.is_workday(day("2027-03-01")) == (True, True)  # a 班 of 2027: its notice is in the table
    assert workdays.is_workday(day("2028-03-02")) == (True, False)
    assert [workdays.knows(year) for year in (2003, 2004, 2026, 2027, 2028)] == [False, True, True, True, False]


def test_neighbours_and_time_off() -> None:
    workdays = Workdays()
    assert workdays.neighbours(day("2013-04-05")) == (day("2013-04-03"), day("2013-04-07"))
    assert workdays.time_off(day("2013-10-01")) == (day("2013-10-01"), day("2013-10-07"))


@pytest.mark.parametrize(
    ("n", "found"), [(-1, "2013-03-29"), (1, "2013-03-01"), (3, "2013-03-05"), (21, "2013-03-29"), (22, None)]
)
def test_nth_of_march_2013(n: int, found: str | None) -> None:
    nth, certain = Workdays().nth(day("2013-03-01"), day("2013-03-31"), n)
    assert (nth and nth.isoformat(), certain) == (found, True)


def test_a_span_of_rest_has_no_last_workday() -> None:
    assert Workdays().nth(day("2013-03-23"), day("2013-03-24"), -1)[0] is None
    assert Workdays().nth(date.min, date.max, 1) == (None, False)


@pytest.mark.parametrize(
    ("rest_day", "to"), [("keep", "2013-04-05"), ("before", "2013-04-03"), ("after", "2013-04-07")]
)
def test_moved(rest_day: str, to: str) -> None:
    assert Workdays().moved(day("2013-04-05"), rest_day) == day(to)
    assert Workdays().moved(day("2013-04-03"), rest_day) == day("2013-04-03")


def test_the_calendar_ends() -> None:
    with pytest.raises(BadValue):
        Workdays().add(date.max, 1)
    with pytest.raises(BadValue):
        Workdays().add(date.min, -1)


@given(on=DAYS, n=st.integers(1, 60))
def test_counting_forth_and_back(on: date, n: int) -> None:
    workdays = Workdays()
    end, _ = workdays.add(on, n)
    days = [on + timedelta(days=k) for k in range(1, (end - on).days + 1)]
    assert sum(workdays.is_workday(one)[0] for one in days) == n
    assert workdays.is_workday(end)[0]
