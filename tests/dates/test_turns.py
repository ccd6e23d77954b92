"""Duties that follow their own last period, as offices write them."""

from datetime import date

import pytest

from ledger.base.errors import BadValue
from ledger.dates.deadline import parse_deadline
from ledger.dates.following import Following
from ledger.dates.workdays import Workdays

TODAY = date(2013, 3, 19)  # a Tuesday
WRITTEN = {
    "上一期销号后10日内": Following(days=10),
    "上期销号后十天": Following(days=10),
    "上一期办结后5个工作日": Following(workdays=5),
    "上一次办理完毕后十个工作日以内报送": Following(workdays=10),
    "上次销号后一周": Following(days=7),
    "上次销号之后两周内": Following(days=14),
    "上一轮完成以后1个月内": Following(months=1),
    "前一期销号后三个月": Following(months=3),
    "上回销账后半个月内": Following(days=15),
    "上一期销号后一个半月内": Following(months=1, days=15),
    "上期销号后半年内": Following(months=6),
    "自上期销号之日起15日内": Following(days=15),
    "上一期销号次日起20日内": Following(days=20),
    "上一期任务销号后的30天内": Following(days=30),
    "上一批办结10日后": Following(days=10),
    "上期销号满7天": Following(days=7),
    "上一期销号后10日": Following(days=10),
    "上一期销号后第10天": Following(days=10),
    "上一期销号后第3个工作日": Following(workdays=3),
    "上一期销号后3至5日内": Following(days=5),
    "上一期销号后次日": Following(days=1),
    "上期办结当天": Following(),
    "办结上一期后10日内": Following(days=10),
    "每次在前次办结后7天内": Following(days=7),
    "务于上一期 销号后 １０日内完成": Following(days=10),
}


@pytest.mark.parametrize(("text", "meant"), WRITTEN.items())
def test_how_offices_write_it(text: str, meant: Following) -> None:
    found = parse_deadline(text, TODAY)
    assert (found.kind, found.recurrence) == ("recurring", meant)
    assert (found.start_on, found.due_on) == (TODAY, meant.due(TODAY, Workdays()))


@pytest.mark.parametrize("meant", sorted(set(WRITTEN.values())))
def test_its_words_are_read_back(meant: Following) -> None:
    assert parse_deadline(meant.words, TODAY).recurrence == meant


@pytest.mark.parametrize(("text", "grace"), [("上次销号后一个月左右", 10), ("上次销号后10天左右", 5)])
def test_one_that_is_not_exact_has_its_grace(text: str, grace: int) -> None:
    assert parse_deadline(text, TODAY).grace_days == grace


def test_how_many_are_wanted_each_time() -> None:
    found = parse_deadline("上一期销号后10日内不少于3条", TODAY)
    assert (found.recurrence, found.quota and found.quota.least) == (Following(days=10), 3)


@pytest.mark.parametrize(
    "text",
    [
        "上次会议后5日内",
        "上次检查结束后10日内",
        "上一项完成后10日内",
        "上一轮巡察结束后30日内",
        "前期完成后10日内",
        "验收合格后10日内",
    ],
)
def test_the_end_of_something_else_is_an_event(text: str) -> None:
    found = parse_deadline(text, TODAY)
    assert (found.kind, found.recurrence) == ("open", None)


@pytest.mark.parametrize(
    "text", ["上一期销号后", "上期销号后下周五前", "上期销号后几天内", "上一期销号后三五天内", "上期销号次日第3天"]
)
def test_no_length_that_could_be_meant(text: str) -> None:
    with pytest.raises(BadValue):
        parse_deadline(text, TODAY)


def test_beside_a_day_it_is_one_deadline_of_two() -> None:
    with pytest.raises(BadValue, match="2个时限"):
        parse_deadline("上期销号后10日内,月底前", TODAY)
