"""When the periods of a duty without a calendar are due."""

from datetime import date

import pytest

from ledger.dates.following import Following
from ledger.dates.rrule import rrule_note, rrule_of
from ledger.dates.workdays import Workdays

TUESDAY = date(2013, 3, 19)


@pytest.mark.parametrize(
    ("length", "due"),
    [
        (Following(days=10), "2013-03-29"),
        (Following(workdays=20), "2013-04-17"),  # 调休 counted
        (Following(months=1), "2013-04-19"),
        (Following(months=1, days=15), "2013-05-04"),
        (Following(), "2013-03-19"),
    ],
)
def test_counted_from_the_next_day(length: Following, due: str) -> None:
    assert str(length.due(TUESDAY, Workdays())) == due


@pytest.mark.parametrize(
    ("rest_day", "due"), [("keep", "2013-03-24"), ("before", "2013-03-22"), ("after", "2013-03-25")]
)
def test_a_rest_day_gives_way_as_the_ledger_says(rest_day: str, due: str) -> None:
    assert str(Following(days=5).due(TUESDAY, Workdays(), rest_day)) == due


def test_a_month_without_the_day_ends_it() -> None:
    assert Following(months=1).due(date(2013, 1, 31), Workdays()) == date(2013, 2, 28)


@pytest.mark.parametrize(
    ("last", "found"), [("2013-03-18", []), ("2013-03-25", ["2013-03-25"]), ("2013-12-31", ["2013-03-29"])]
)
def test_the_end_cuts_the_one_period_that_it_has(last: str, found: list[str]) -> None:
    occurrences = Following(days=10).occurrences(TUESDAY, date.fromisoformat(last))
    assert [str(one.due_on) for one in occurrences] == found


def test_no_rule_has_its_days() -> None:
    assert rrule_of(Following(days=10)) is None
    note = rrule_note(Following(days=10), TUESDAY, Workdays(), "keep")
    assert note == "上一期销号后10日内:上一期销号那天才开出下一期,RRULE写不出"
