"""RRULEs as others expand them, against the ledger's own periods."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.deadline import parse_deadline
from ledger.dates.recurrence import Recurrence
from ledger.dates.rrule import MOST, YEARS, rrule_note
from ledger.dates.workdays import Workdays

TODAY = date(2013, 3, 19)
BY_THE_CALENDAR = [
    "每日",
    "每两天",
    "每周五",
    "隔周",
    "每旬",
    "每月30日",
    "每月次月5日前",
    "每季度末月20日",
    "每年2月29日",
    "每周二、周四",
    "每两周周一、周三",
    "每月1日、11日、21日",
    "每月15日、30日",
    "每月第一个周一、第三个周一",
    "每季度最后一个周六",
    "每学期",
    "每年6月、12月",
    "每年3月20日、9月20日",
]


def note(text: str, today: date = TODAY, rest_day: str = "keep", table: dict[date, bool] | None = None) -> str:
    workdays = Workdays(table or {})
    recurrence = parse_deadline(text, today, workdays=workdays).recurrence
    assert recurrence is not None
    return rrule_note(recurrence, today, workdays, rest_day)


@pytest.mark.parametrize(
    ("text", "rest_day", "said"),
    [
        ("每月最后一个工作日", "keep", "节假日和调休,与本台账的各期不同:2013年4月28日的一期,按RRULE是2013年4月30日"),
        ("每个工作日", "keep", "节假日和调休,与本台账的各期不同:2013年4月7日的一期,按RRULE是2013年4月4日"),
        ("每周最后一个工作日", "after", "节假日和调休,与本台账的各期不同:2013年4月7日的一期,按RRULE是2013年4月5日"),
        ("每月", "before", "遇休息日的提前,与本台账的各期不同:2013年3月29日的一期,按RRULE是2013年3月31日"),
        ("每月", "after", "遇休息日的顺延,与本台账的各期不同:2013年4月1日的一期,按RRULE是2013年3月31日"),
        ("每月最后一个周日", "before", "遇休息日的提前,与本台账的各期不同:2013年3月29日的一期,按RRULE是2013年3月31日"),
    ],
)
def test_the_first_day_that_differs_is_told(text: str, rest_day: str, said: str) -> None:
    assert note(text, rest_day=rest_day) == f"RRULE未含{said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每年春节前", "节假日和调休,与本台账的各期不同:2015年2月17日的一期,按RRULE是2015年1月30日"),
        ("每年国庆节前", "节假日和调休,与本台账的各期不同:2023年9月28日的一期,按RRULE是2023年9月30日"),
        ("每季度至2013年11月底", "止期,与本台账的各期不同:2013年11月30日的一期,按RRULE没有这一期"),
    ],
)
def test_what_no_rule_can_say_is_told(text: str, said: str) -> None:
    assert note(text) == f"RRULE未含{said}"


def test_a_bounded_rule_ends_with_its_bound() -> None:
    assert note("2013年每月5日前") == note("每月25日前至年底") == ""


@given(text=st.sampled_from(BY_THE_CALENDAR), today=st.dates(date(1, 2, 1), date(9990, 1, 1)))
def test_a_rule_by_the_calendar_alone_is_kept(text: str, today: date) -> None:
    assert note(text, today) == ""


def test_the_office_s_own_days_count() -> None:
    told = note("每年12月第一个周三", date(2014, 1, 1), "after", {date(2015, 12, 2): False})
    assert told.endswith("2015年12月3日的一期,按RRULE是2015年12月2日")


def test_the_look_ahead_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Workdays] = []
    moved = Workdays.moved

    def counting(self: Workdays, day: date, rest_day: str) -> date:
        looked.append(self)
        return moved(self, day, rest_day)

    monkeypatch.setattr(Workdays, "moved", counting)
    assert note("每日") == ""
    assert len(looked) == MOST
    looked.clear()
    assert note("每年") == ""
    assert len(looked) == YEARS + 2  # the last shows that the years are over


def test_the_calendar_ends() -> None:
    assert rrule_note(Recurrence("day"), date(9999, 12, 30), Workdays(), "keep") == ""
