"""Moments as they are asked for, and what none of them is."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from ledger.base.errors import BadValue
from ledger.dates.instant import parse_instant

TODAY = date(2013, 3, 19)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2013-03-18", "2013-03-18T23:59:59.999999"),
        ("昨天", "2013-03-18T23:59:59.999999"),
        ("2013-03-19 18:00", "2013-03-19T18:00:59.999999"),
        ("2013-03-19T18:00", "2013-03-19T18:00:59.999999"),
        (" 2013-03-19  9:05 ", "2013-03-19T09:05:59.999999"),
        ("２０１３－０３－１９　１８：００", "2013-03-19T18:00:59.999999"),
        ("2013/3/19 18:00:05", "2013-03-19T18:00:05"),
        ("2013-03-19T18:00:05.250000", "2013-03-19T18:00:05.250000"),
        ("3月19日 09:30", "2013-03-19T09:30:59.999999"),
        ("2013年3月19日18:00", "2013-03-19T18:00:59.999999"),
        ("昨天 18:00", "2013-03-18T18:00:59.999999"),
        ("20130319T1800", "2013-03-19T18:00:59.999999"),
        ("2013-03-18T23:30:00Z", "2013-03-19T07:30:00"),
        ("2013-03-19T18:00+08:00", "2013-03-19T18:00:59.999999"),
        ("20130319T180000+0900", "2013-03-19T17:00:00"),
        ("2013-03-19 18:00:00 -01:00", "2013-03-20T03:00:00"),
        ("2013-W12-2T18:00:00+08:00", "2013-03-19T18:00:00"),
    ],
)
def test_a_moment(text: str, local: str) -> None:
    assert parse_instant(text, TODAY, ZONE).astimezone(ZONE).isoformat() == f"{local}+08:00"


@pytest.mark.parametrize(
    "text",
    ["", " ", "18:00", "T18:00", "2013-03-19T25:00", "2013-03-19 18:60", "2013-03-19 18", "2013-02-30 18:00",
     "2013-W12", "昨天下午", "会后 18:00", "2013-03-19 18:00 CST", "0001-01-01T00:00+08:00",
     "9999-12-31T23:59:59-12:00"],
)  # fmt: skip
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(BadValue) as raised:
        parse_instant(text, TODAY, ZONE)
    assert "“2013-03-19 18:00”,或带时区的 2013-03-19T18:00:00+08:00" in str(raised.value.hint)
