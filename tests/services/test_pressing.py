from datetime import date
from typing import Any

import pytest

from ledger.base.errors import BadValue, Refused
from ledger.model.task import CLOSED, PAUSED, SUBMITTED, Task
from ledger.services.settings import set_rule
from ledger.services.undo import undo
from tests.conftest import Book


@pytest.fixture
def pressed(book: Book) -> Book:
    book.post("add", title="制定方案", unit="综合组", due="2013-03-10", on="2013-03-01")
    return book


def urge(book: Book, day: int, **options: Any) -> Task:
    return book.post("urge", **{"task": 1, "method": "电话", "on": f"2013-03-{day:02}", **options})


def test_slips_rise_with_each_urging_and_are_taken_back_in_order(pressed: Book) -> None:
    found = [urge(pressed, day) for day in (4, 5, 6, 7)]
    assert [(task.urges, task.slip) for task in found] == [(1, "blue"), (2, "orange"), (3, "red"), (4, "red")]
    back = []
    for _ in found:
        with pressed.journal() as journal:
            back += undo(journal, None, None)
    assert [(task.urges, task.slip) for task in back] == [(3, "red"), (2, "orange"), (1, "blue"), (0, None)]
    assert back[-1].urged_on is None


@pytest.mark.parametrize(
    ("settings", "day", "level", "slip"),
    [
        ({}, 10, None, "blue"),
        ({}, 19, None, "blue"),
        ({}, 10, "橙", "orange"),
        ({}, 10, "red", "red"),
        ({"orange_days": "5"}, 14, None, "blue"),
        ({"orange_days": "5"}, 15, None, "orange"),
        ({"orange_days": "5", "red_days": "7"}, 17, None, "red"),
        ({"orange_days": "5", "red_days": "7"}, 17, "蓝单", "red"),
        ({"red_urges": "1"}, 10, None, "red"),
    ],
)
def test_by_how_late_it_is_and_how_urgent(
    pressed: Book, settings: dict[str, str], day: int, level: str | None, slip: str
) -> None:
    with pressed.journal() as journal:
        for name, value in settings.items():
            set_rule(journal, name, value)
    assert urge(pressed, day, level=level).slip == slip


def test_not_twice_a_day_unless_again(pressed: Book) -> None:
    urge(pressed, 15)
    with pytest.raises(Refused, match="2013年3月15日已经催办过"):
        urge(pressed, 15, method="现场")
    assert urge(pressed, 15, again=True).urges == 2
    assert urge(pressed, 16).urges == 3


def test_an_urging_told_afterwards_does_not_hide_a_later_one(pressed: Book) -> None:
    for day in (16, 14):
        urge(pressed, day)
    for day in (14, 16):
        with pytest.raises(Refused, match=f"2013年3月{day}日已经催办过"):
            urge(pressed, day)
    assert urge(pressed, 15).urged_on == date(2013, 3, 16)


@pytest.mark.parametrize("status", [SUBMITTED, PAUSED, CLOSED])
def test_only_what_is_being_done_is_urged(pressed: Book, status: str) -> None:
    step = {SUBMITTED: "submit", PAUSED: "pause", CLOSED: "close"}[status]
    pressed.post(step, task=1, reason="等", on="2013-03-05")
    with pytest.raises(Refused, match="不能催办"):
        urge(pressed, 6)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"method": None}, "缺少催办方式"),
        ({"method": "书面"}, "催办方式“书面”不对"),
        ({"level": "黑单"}, "催办单“黑单”不对"),
        ({"reply": "甲" * 5001}, "答复"),
        ({"to": "甲\n乙"}, "催办对象"),
    ],
)
def test_what_cannot_be_read(pressed: Book, options: dict[str, Any], said: str) -> None:
    with pytest.raises(BadValue, match=said):
        urge(pressed, 5, **options)


def test_what_was_said_and_answered_is_no_progress(pressed: Book) -> None:
    assert urge(pressed, 5, note="请抓紧", reply="即办\n周五报送").note is None
    assert "周五报送" in pressed.rows("SELECT changes FROM entry WHERE action = 'urge'")[0][0]


def test_flagged_until_a_day_and_taken_down(pressed: Book) -> None:
    found = pressed.post("flag", task=1, until="4月底", on="2013-03-05")
    assert (found.flagged, found.flag_until) == (True, date(2013, 4, 30))
    assert pressed.post("flag", task=1, note="再次点名", on="2013-03-06").flag_until == date(2013, 4, 30)
    assert pressed.post("flag", task=1, until="5月底", on="2013-03-06").flag_until == date(2013, 5, 31)
    found = pressed.post("unflag", task=1, on="2013-03-07")
    assert (found.flagged, found.flag_until) == (False, None)
    with pytest.raises(Refused, match="没有挂牌"):
        pressed.post("unflag", task=1)


def test_flagging_alike_again_says_so_and_records_nothing(pressed: Book) -> None:
    pressed.post("flag", task=1, until="2013-04-30")
    pressed.post("flag", task=1, until="2013-04-30")
    assert pressed.rows("SELECT count(*) FROM entry WHERE action = 'flag'") == [(1,)]
    with pytest.raises(Refused, match="交办日期"):
        pressed.post("flag", task=1, until="2013-04-30", on="2013-02-28")


@pytest.mark.parametrize("until", ["2013-03-04", "适时", "甲"])
def test_a_day_that_is_none_or_past(pressed: Book, until: str) -> None:
    with pytest.raises(BadValue):
        pressed.post("flag", task=1, until=until, on="2013-03-05")
