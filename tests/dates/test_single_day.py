from datetime import date

import pytest

from ledger.dates.deadline import Unreadable, parse_day

TODAY = date(2013, 3, 19)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天", "2013-03-18"),
        ("前天", "2013-03-17"),
        ("大后天", "2013-03-22"),
        ("上周五", "2013-03-15"),
        ("本周星期五", "2013-03-22"),
        ("下下周一", "2013-04-01"),
        ("上个星期三", "2013-03-13"),
        ("二〇一三年三月二十日", "2013-03-20"),
        ("三月十五日", "2013-03-15"),
        ("今年3月1日", "2013-03-01"),
        ("去年12月31号", "2012-12-31"),
    ],
)
def test_days(text: str, day: str) -> None:
    assert parse_day(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "3月1、2日",
            "3月1-5日",
            "上周",
            "本月",
            "下月5日",
            "3月底",
            "3.20",
            "3/20",
            "2013-03",
            "20日",
            "周五",
            "一季度",
        ),
        *("春节", "上月最后一天", "3月20日前", "适时", "三日内", "每周五", "今年", "上周末"),
    ],
)
def test_what_is_no_single_day_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_day(text, TODAY)
