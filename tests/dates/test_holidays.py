from datetime import date

import pytest

from ledger.base.errors import BadValue
from ledger.dates.holidays import STATUTORY, festival, statutory_days, statutory_in_order


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("元旦", 2013, "2013-01-01"),
        ("春节", 2013, "2013-02-10"),
        ("春节", 2014, "2014-01-31"),
        ("春节", 2027, "2027-02-06"),
        ("除夕", 2027, "2027-02-05"),
        ("清明节", 2013, "2013-04-04"),
        ("清明节", 2027, "2027-04-05"),
        ("端午节", 2013, "2013-06-12"),
        ("中秋节", 2013, "2013-09-19"),
        ("中秋节", 2020, "2020-10-01"),
        ("元宵节", 2014, "2014-02-14"),
        ("重阳节", 2013, "2013-10-13"),
        ("建党节", 1, "0001-07-01"),
    ],
)
def test_festival(name: str, year: int, day: str) -> None:
    assert festival(name, year) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("name", "year"), [("春节", 1899), ("春节", 2101), ("清明节", 2101), ("元旦", 0), ("元旦", 10000)]
)
def test_what_no_table_holds_is_refused(name: str, year: int) -> None:
    with pytest.raises(BadValue):
        festival(name, year)


def test_statutory_days() -> None:
    assert sorted(day.isoformat() for day in statutory_days(2027)) == [
        *("2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-04-05", "2027-05-01"),
        *("2027-05-02", "2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02", "2027-10-03"),
    ]
    assert len(statutory_days(1800)) == 6


def test_the_order_of_a_year() -> None:
    assert statutory_in_order(2013) == list(STATUTORY)
    assert statutory_in_order(2020)[-2:] == ["中秋节", "国庆节"]
