"""Spans of days that a list is asked for: what is read, what is told, what is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue
from ledger.dates.spans import Days
from ledger.dates.within import parse_within, words

TODAY = date(2013, 3, 19)
NOVEMBER = date(2013, 11, 20)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5月1日至5月15日", "2013年5月1日—5月15日"),
        ("5月1日-15日", "2013年5月1日—5月15日"),
        ("5月1日到15日", "2013年5月1日—5月15日"),
        ("５月１日～５月１５日", "2013年5月1日—5月15日"),
        ("五月一日至十五日", "2013年5月1日—5月15日"),
        ("从5月1日至5月15日", "2013年5月1日—5月15日"),
        ("5.1-5.15", "2013年5月1日—5月15日"),
        ("5/1-5/15", "2013年5月1日—5月15日"),
        ("2013.5.1-5.15", "2013年5月1日—5月15日"),
        ("2013-05-01至2013-05-15", "2013年5月1日—5月15日"),
        ("20130501-20130515", "2013年5月1日—5月15日"),
        ("2013-12-20至2014-01-10", "2013年12月20日—2014年1月10日"),
        ("2013-05-01至2014-05-01", "2013年5月1日—2014年5月1日"),
        ("去年12月至今年2月", "2012年12月1日—2013年2月28日"),
        ("2013-2015年", "2013年1月1日—2015年12月31日"),
        ("本周至下周", "2013年3月18日—3月31日"),
        ("周一至周五", "2013年3月18日—3月22日"),
        ("星期三到星期日", "2013年3月20日—3月24日"),
        ("周一至三", "2013年3月18日—3月20日"),
        ("周五至周一", "2013年3月22日—3月25日"),
        ("下周一至周三", "2013年3月25日—3月27日"),
        ("上周五-周日", "2013年3月15日—3月17日"),
        ("上周五至本周三", "2013年3月15日—3月20日"),
        ("今年以来", "2013年1月1日—3月19日"),
        ("3月1日至今", "2013年3月1日—3月19日"),
        ("去年12月起至今", "2012年12月1日—2013年3月19日"),
        ("上周至本周", "2013年3月11日—3月24日"),
        ("昨天至今天", "2013年3月18日—3月19日"),
        ("今天至周五", "2013年3月19日—3月22日"),
        ("2013-W12至2013-W14", "2013年3月18日—4月7日"),
        ("第12周至第14周", "2013年3月18日—4月7日"),
        ("5月上旬", "2013年5月1日—5月10日"),
        ("5月中旬至6月上旬", "2013年5月11日—6月10日"),
        ("月底", "2013年3月25日—3月31日"),
        ("本月1日至15日", "2013年3月1日—3月15日"),
        ("3-5月", "2013年3月1日—5月31日"),
        ("一季度至二季度", "2013年1月1日—6月30日"),
        ("前三季度", "2013年1月1日—9月30日"),
        ("国庆期间", "2013年10月1日—10月7日"),
        ("5月1日至5月1日", "2013年5月1日"),
        ("本周", "2013年3月18日—3月24日"),
        ("2013-03", "2013年3月1日—3月31日"),
        ("3月20日", "2013年3月20日"),
        ("今天", "2013年3月19日"),
    ],
)
def test_read_without_a_doubt(text: str, said: str) -> None:
    days, assumed = parse_within(text, TODAY)
    assert (words(days), assumed) == (said, ())


@pytest.mark.parametrize(
    ("text", "today", "year", "said", "told"),
    [
        ("12月20日至1月10日", TODAY, None, "2013年12月20日—2014年1月10日", "止期早于起期的月日,按2014年"),
        ("11月至2月", TODAY, None, "2013年11月1日—2014年2月28日", "止期早于起期的月日,按2014年"),
        ("2013年12月20日至1月1日", TODAY, None, "2013年12月20日—2014年1月1日", "止期未写年份,早于起期的月日,按2014年"),
        ("3月1日至3月15日", NOVEMBER, None, "2014年3月1日—3月15日", "未写年份,按2014年"),
        ("3月5日", NOVEMBER, None, "2014年3月5日", "没有写明年份,按2014年"),
        ("1日至15日", TODAY, None, "2013年4月1日—4月15日", "未写月份,按2013年4月"),
        ("上旬", NOVEMBER, None, "2013年12月1日—12月10日", "未写月份,按2013年12月"),
        ("春节期间", TODAY, None, "2014年1月31日—2月6日", "未写年份,按2014年春节"),
        ("3月1日至15日报送", TODAY, None, "2013年3月1日—3月15日", None),
        ("3月1日至3月15日", NOVEMBER, 2013, "2013年3月1日—3月15日", None),
        ("3月5日", NOVEMBER, 2013, "2013年3月5日", None),
        ("3月5日", date(2014, 1, 5), 2013, "2013年3月5日", "没有写明年份,按2013年"),
        ("3月1日至15日", date(2014, 1, 5), 2013, "2013年3月1日—3月15日", "没有写明年份,按2013年"),
        ("2014年3月1日至15日", date(2014, 1, 5), 2013, "2014年3月1日—3月15日", None),
        ("上周至下周", date(2014, 1, 5), 2013, "2013年12月23日—2014年1月12日", None),
        ("今天至月底", date(2012, 2, 29), None, "2012年2月29日", None),
        ("昨天至2月底", date(2013, 2, 28), None, "2013年2月27日—2月28日", None),
        ("周一至周五", date(2013, 3, 23), None, "2013年3月25日—3月29日", None),
        ("今天至年底", date(2013, 12, 31), None, "2013年12月31日", None),
    ],
)  # fmt: skip
def test_what_is_assumed_is_told(text: str, today: date, year: int | None, said: str, told: str | None) -> None:
    days, assumed = parse_within(text, today, year)
    assert words(days) == said
    assert list(assumed) == ([told] if told else [])


@pytest.mark.parametrize(
    "text",
    [
        "5月15日至5月1日", "5月15日-1日", "五月十五日至五月一日", "2013-05-15至2013-05-01", "2013年5月15日至5月1日",
        "下周至本周", "今天至昨天", "6月至3月", "下周五至周一",
    ],
)  # fmt: skip
def test_a_span_that_ends_before_it_begins_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="早于起期"):
        parse_within(text, TODAY)


@pytest.mark.parametrize(
    "text", ["2月30日至3月5日", "5月1日至5月32日", "2013-02-29至2013-03-01", "4月31日", "13月1日至13月5日"]
)
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="没有"):
        parse_within(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "", "近期", "5月15日前", "月底前", "5月左右", "每月1日至5日", "三个工作日内", "5-15", "5月1日、5月15日",
        "5月1日至", "至5月15日", "5月1日至5月15日至6月1日", "报告", "综合组", "5月不少于3条", "2013-05-01~15",
        "0501-0515", "0501", "0501至0515", "除5月1日至15日", "5月1日至15日以外", "不含5月", "材料到位5月15日",
        "报送至5月15日",
    ],
)  # fmt: skip
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="读不懂"):
        parse_within(text, TODAY)


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)), st.integers(1, 400))
def test_two_days_in_full_are_taken_as_they_stand(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assert parse_within(f"{first}至{last}", TODAY) == (Days(first, last), ())
    if first.year == last.year == TODAY.year:
        written = f"{first.month}月{first.day}日至{last.month}月{last.day}日"
        assert parse_within(written, TODAY)[0] == Days(first, last)
