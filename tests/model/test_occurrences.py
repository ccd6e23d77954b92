"""Which periods a series has."""

from datetime import date
from itertools import islice

import pytest

from ledger.model.occurrences import MOST, cut, holding, horizon, next_of, occurrences, span_of
from ledger.model.rules import Rules
from ledger.model.series import Series
from ledger.model.task import Task

DAY = date(2013, 3, 19)
RULES = Rules(stages={"推进实施": (date(2013, 3, 1), date(2013, 11, 30))})


def duty(words: str, **how: object) -> Series:
    return Series(1, {"title": "例会", "unit": "综合组"}, words, DAY)._replace(**how)  # type: ignore[arg-type]


def staged(words: str, **how: object) -> Series:
    return duty(words, **how)._replace(fields={"title": "例会", "unit": "综合组", "stage": "推进实施"})


@pytest.mark.parametrize(
    ("series", "first", "last"),
    [
        (duty("每月"), DAY, None),
        (duty("每月", start_on=date(2013, 1, 1), end_on=date(2013, 6, 30)), date(2013, 1, 1), date(2013, 6, 30)),
        (staged("每月"), date(2013, 3, 1), date(2013, 11, 30)),
        (staged("每月", end_on=date(2014, 1, 1)), date(2013, 3, 1), date(2013, 11, 30)),
        (staged("每月", end_on=date(2013, 6, 1), start_on=DAY), DAY, date(2013, 6, 1)),
    ],
)
def test_the_earlier_end_holds(series: Series, first: date, last: date | None) -> None:
    assert span_of(series, RULES) == (first, last)


@pytest.mark.parametrize(
    ("series", "found"),
    [
        (duty("每月31日前", start_on=date(2012, 1, 31)), ["01-31 01-31", "02-01 02-29", "03-01 03-31", "04-01 04-30"]),
        (duty("每年2月29日前", start_on=date(2012, 2, 1)), ["02-01 02-29", "01-01 02-28", "01-01 02-28"]),
        (staged("每季度"), ["03-01 03-31", "04-01 06-30", "07-01 09-30", "10-01 11-30"]),
        (duty("每周五", gaps=((date(2013, 3, 25), date(2013, 3, 25)),)), ["03-19 03-22", "04-01 04-05"]),
        (duty("每周五", gaps=((date(2013, 3, 25), None),)), ["03-19 03-22"]),
    ],
)
def test_periods(series: Series, found: list[str]) -> None:
    some = islice(occurrences(series, RULES), len(found))
    assert [f"{one.start_on:%m-%d} {one.due_on:%m-%d}" for one in some] == found


def test_gaps_keep_the_numbers_of_the_periods() -> None:
    series = duty("每周五", gaps=((date(2013, 3, 25), date(2013, 3, 25)),))
    assert [one.number for one in islice(occurrences(series, RULES), 3)] == [1, 3, 4]


def test_a_stopped_series_comes_to_its_end() -> None:
    assert len(list(occurrences(staged("每季度"), RULES))) == 4
    assert len(list(occurrences(duty("每日"), RULES))) == MOST


@pytest.mark.parametrize(
    ("words", "rest_day", "due"),
    [("每月底前", "keep", "03-31"), ("每月底前", "before", "03-29"), ("每月30日前", "after", "04-01")],
)
def test_a_rest_day_moves_the_deadline(words: str, rest_day: str, due: str) -> None:
    first = next(occurrences(duty(words), Rules(rest_day=rest_day)))
    assert f"{first.due_on:%m-%d}" == due


@pytest.mark.parametrize(
    ("series", "day", "start"),
    [
        (duty("每月25日前"), date(2013, 4, 27), date(2013, 4, 1)),
        (duty("每月"), DAY, DAY),
        (duty("每月"), date(2013, 3, 18), None),
        (staged("每月"), date(2013, 12, 1), None),
        (duty("每周五", gaps=((date(2013, 3, 25), None),)), date(2013, 4, 3), date(2013, 4, 1)),
    ],
)
def test_the_period_that_holds_a_day(series: Series, day: date, start: date | None) -> None:
    found = holding(series, RULES, day)
    assert (found and found.start_on) == start


@pytest.mark.parametrize(
    ("series", "last"),
    [
        (duty("每季度", end_on=date(2013, 11, 30)), date(2013, 11, 30)),
        (duty("每月", end_on=date(2013, 11, 30)), None),
        (duty("每月25日前", end_on=date(2013, 11, 28)), None),
        (duty("每月25日前", end_on=date(2013, 11, 20)), date(2013, 11, 20)),
        (duty("每月", end_on=date.max), None),
        (duty("每月"), None),
    ],
)
def test_an_end_in_the_midst_of_a_period_cuts_it(series: Series, last: date | None) -> None:
    assert cut(series, RULES) == last


@pytest.mark.parametrize(("today", "day"), [(DAY, date(2014, 4, 23)), (date(9999, 12, 1), date.max)])
def test_the_horizon_ends_with_the_calendar(today: date, day: date) -> None:
    assert horizon(today) == day


AFTER = "上一期销号后10日内"
GAP = ((date(2013, 4, 1), date(2013, 4, 9)),)


def ended(day: str, begun: str = "2013-03-19", status: str = "closed") -> Task:
    """The task of a period, closed on a day."""
    since = date.fromisoformat(begun)
    return Task(
        1,
        "1",
        "例会",
        "综合组",
        status=status,
        assigned_on=since,
        stepped_on=date.fromisoformat(day),
        occurrence_on=since,
    )


@pytest.mark.parametrize(
    ("series", "tasks", "found"),
    [
        (duty(AFTER), [], "03-19 03-19 03-29"),
        (duty(AFTER, start_on=date(2013, 5, 1)), [], "05-01 05-01 05-11"),
        (staged(AFTER), [], "03-19 03-19 03-29"),
        (duty(AFTER), [ended("2013-03-25")], "03-25 03-25 04-04"),
        (duty(AFTER), [ended("2013-03-25", status="cancelled")], "03-25 03-25 04-04"),
        (duty(AFTER), [ended("2013-03-25", status="open")], None),
        (duty(AFTER), [ended("2013-03-25", status="submitted")], None),
        (duty(AFTER), [ended("2013-03-25"), ended("2013-03-22", status="paused")], None),
        (duty(AFTER), [ended("2013-03-19")], "03-19 03-20 03-29"),
        (duty(AFTER), [ended("2013-04-02"), ended("2013-03-28", "2013-03-26")], "04-02 04-02 04-12"),
        (duty(AFTER, gaps=GAP), [ended("2013-04-05")], "04-10 04-10 04-20"),
        (duty(AFTER, gaps=((date(2013, 4, 1), None),)), [ended("2013-04-05")], None),
        (staged(AFTER), [ended("2013-11-25")], "11-25 11-25 11-30"),
        (staged(AFTER), [ended("2013-11-30")], None),
        (duty(AFTER), [ended("9999-12-30")], "12-30 12-30 12-31"),
        (duty("每周五"), [], "03-19 03-19 03-22"),
        (duty("每周五"), [ended("2013-03-20")], "03-25 03-25 03-29"),
        (duty("每周五"), [ended("2013-04-05")], "04-05 04-01 04-05"),
        (duty("每周五"), [ended("2013-04-06")], "04-08 04-08 04-12"),
        (duty("每周五", gaps=GAP), [ended("2013-03-27")], "03-27 03-25 03-29"),
        (duty("每周五", gaps=GAP), [ended("2013-04-03")], "04-15 04-15 04-19"),
        (duty("每周五", gaps=((date(2013, 3, 20), None),)), [ended("2013-03-20")], None),
        (duty("每周五", end_on=date(2013, 3, 24)), [ended("2013-03-20")], None),
        (duty("每月25日前", start_on=date(2012, 1, 1)), [], "03-19 03-01 03-25"),
    ],
)
def test_what_a_chained_series_opens_next(series: Series, tasks: list[Task], found: str | None) -> None:
    coming = next_of(series._replace(chained=True), RULES, tasks)
    days = coming and (coming.given_on, coming.period.start_on, coming.period.due_on)
    assert (days and " ".join(f"{day:%m-%d}" for day in days)) == found


@pytest.mark.parametrize(
    ("day", "passed"), [("2013-03-29", []), ("2013-03-30", ["03-29"]), ("2013-04-13", ["03-29", "04-05", "04-12"])]
)
def test_what_it_passes_over(day: str, passed: list[str]) -> None:
    coming = next_of(duty("每周五", chained=True), RULES, [ended(day)])
    assert coming is not None
    assert [f"{one.due_on:%m-%d}" for one in coming.passed] == passed
