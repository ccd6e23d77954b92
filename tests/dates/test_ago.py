"""How long ago, in every spelling."""

from datetime import date

import pytest

from ledger.base.errors import BadValue
from ledger.dates.ago import parse_ago

TODAY = date(2013, 3, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4周", "2013-03-03"),
        ("4", "2013-03-03"),
        ("４周", "2013-03-03"),
        ("四周", "2013-03-03"),
        ("4 周", "2013-03-03"),
        ("4w", "2013-03-03"),
        ("4W", "2013-03-03"),
        ("28天", "2013-03-03"),
        ("28日", "2013-03-03"),
        ("28d", "2013-03-03"),
        ("两个星期", "2013-03-17"),
        ("三个礼拜以来", "2013-03-10"),
        ("一星期", "2013-03-24"),
        ("十五天", "2013-03-16"),
        ("半个月", "2013-03-16"),
        ("一个月", "2013-02-28"),
        ("1m", "2013-02-28"),
        ("两个季度", "2012-09-30"),
        ("半年", "2012-09-30"),
        ("1年", "2012-03-31"),
    ],
)
def test_a_length_counts_back_from_today(text: str, day: str) -> None:
    assert parse_ago(text, TODAY).isoformat() == day


@pytest.mark.parametrize(
    "text", ["", "0", "0周", "-4周", "3月", "周", "很久", "4.5周", "十十周", "4周5天", "上周", "4ww"]
)
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="读不懂"):
        parse_ago(text, TODAY)


@pytest.mark.parametrize("text", ["999999周", "999999", "9999年", "30000个月"])
def test_none_reaches_before_the_calendar(text: str) -> None:
    with pytest.raises(BadValue, match="太长"):
        parse_ago(text, TODAY)
