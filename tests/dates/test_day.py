from datetime import date, timedelta

import pytest

from ledger.dates.day import WEEKDAYS, iso_day, long_day, month_day, short_day, weekday

TODAY = date(2013, 3, 19)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2013, 3, 20), "3月20日 周三"),
        (date(2013, 12, 1), "12月1日 周日"),
        (date(2014, 3, 20), "2014年3月20日 周四"),
        (date(2012, 12, 31), "2012年12月31日 周一"),
        (date(1, 1, 1), "1年1月1日 周一"),
        (date(9999, 12, 31), "9999年12月31日 周五"),
    ],
)
def test_short_day_names_the_year_only_when_it_is_another(day: date, shown: str) -> None:
    assert short_day(day, TODAY) == shown


def test_long_and_month_day() -> None:
    assert (long_day(TODAY), month_day(TODAY)) == ("2013年3月19日", "3月19日")


def test_the_week_begins_on_monday() -> None:
    monday = date(2013, 3, 18)
    assert [weekday(monday + timedelta(days=n)) for n in range(7)] == [f"周{word}" for word in WEEKDAYS]
    assert weekday(monday) == "周一"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2013-03-19", date(2013, 3, 19)),
        ("2012-02-29", date(2012, 2, 29)),
        ("2013-02-29", None),
        ("2013-3-19", None),
        ("2013-W12-1", None),
        ("20130319", None),
        ("２０１３-03-19", None),
        (" 2013-03-19", None),
        ("3月19日", None),
        ("", None),
    ],
)
def test_a_day_that_a_program_writes(text: str, day: date | None) -> None:
    assert iso_day(text) == day
