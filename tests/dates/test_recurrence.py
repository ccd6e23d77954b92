from datetime import date, datetime

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue
from ledger.dates.deadline import parse_deadline
from ledger.dates.recurrence import Recurrence
from ledger.dates.rrule import rrule_of
from ledger.dates.workdays import Workdays

TODAY = date(2013, 3, 19)
EXPRESSIONS = [
    *(
        "每日",
        "每三天",
        "每周",
        "每周一",
        "每两周",
        "每三周周五",
        "每旬",
        "每半月",
        "每月",
        "每月25日前",
        "每月31日",
        "每月30日",
    ),
    *(
        "每月29日",
        "每月第二个周三",
        "每月最后一个周五",
        "每月次月5日前",
        "每季度",
        "每季度末月20日",
        "每季度首月10日前",
        "每季度末月30日",
    ),
    *(
        "每季度第二个月15日前",
        "每季度结束后10日内",
        "每半年",
        "每半年首月底",
        "每年",
        "每年2月29日",
        "每年6月第一个周一",
    ),
    *("每两个月20日", "每五个月", "每两年3月底前", "每三个月", "每年一季度", "每月第五个周一"),
    *("每周二、周四", "每周一、三、五", "每两周周一、周三", "每月1日、11日、21日", "每月10、30日", "每月15日、29日"),
    *("每月5日和月底", "每月第一、第三个周一", "每季度最后一个周六", "每季度第一个周一", "每年最后一个周五"),
    *("每年6月、12月", "每年3、9月20日前", "每年2、8月30日", "每季度首月、末月10日前", "每学期", "每年8月前"),
]
BY_WORKDAYS = [
    "每个工作日",
    "每周最后一个工作日",
    "每月最后一个工作日",
    "每月第三个工作日",
    "每季度首月第五个工作日",
    "每季度最后一个工作日",
    "每周第一个工作日、最后一个工作日",
    "每月第一个工作日和第十个工作日",
]


def read(text: str, today: date = TODAY) -> Recurrence:
    recurrence = parse_deadline(text, today).recurrence
    assert isinstance(recurrence, Recurrence)
    return recurrence


def dues(text: str, first: str, last: str, **options: object) -> list[str]:
    found = read(text).occurrences(date.fromisoformat(first), date.fromisoformat(last), **options)  # type: ignore[arg-type]
    return [occurrence.due_on.isoformat() for occurrence in found]


@pytest.mark.parametrize(
    ("text", "first", "last", "expected"),
    [
        ("每月31日", "2012-01-01", "2012-04-30", "2012-01-31 2012-02-29 2012-03-31 2012-04-30"),
        ("每月30日", "2013-01-01", "2013-03-31", "2013-01-30 2013-02-28 2013-03-30"),
        ("每年2月29日", "2011-01-01", "2013-12-31", "2011-02-28 2012-02-29 2013-02-28"),
        ("每旬", "2013-02-01", "2013-02-28", "2013-02-10 2013-02-20 2013-02-28"),
        ("每半月", "2013-02-01", "2013-02-28", "2013-02-15 2013-02-28"),
        ("每月最后一个工作日", "2013-03-01", "2013-06-30", "2013-03-29 2013-04-28 2013-05-31 2013-06-28"),
        ("每个工作日", "2013-04-03", "2013-04-08", "2013-04-03 2013-04-07 2013-04-08"),
        ("每月第五个周一", "2013-03-01", "2013-08-31", "2013-04-29 2013-07-29"),
        ("每季度结束后10日内", "2013-01-01", "2013-06-30", "2013-04-10 2013-06-30"),  # the second cut
        ("每半年", "2013-03-01", "2013-11-30", "2013-06-30 2013-11-30"),
        ("每季度", "2013-03-01", "2013-11-30", "2013-03-31 2013-06-30 2013-09-30 2013-11-30"),
        ("每月10日前", "2013-03-15", "2013-05-05", "2013-04-10 2013-05-05"),
    ],
)
def test_occurrences(text: str, first: str, last: str, expected: str) -> None:
    assert dues(text, first, last) == expected.split()


def test_a_span_cuts_the_periods_at_its_ends() -> None:
    found = list(read("每季度").occurrences(date(2013, 3, 1), date(2013, 5, 15)))
    assert found == [(date(2013, 3, 1), date(2013, 3, 31)), (date(2013, 4, 1), date(2013, 5, 15))]


def test_a_rest_day_is_moved_within_the_span() -> None:
    workdays = Workdays()
    assert dues("每月", "2013-03-01", "2013-04-30", workdays=workdays, rest_day="before") == [
        "2013-03-29",
        "2013-04-28",
    ]
    assert dues("每月", "2013-03-01", "2013-04-30", workdays=workdays, rest_day="after") == ["2013-04-01", "2013-04-30"]


def test_every_second_week_is_counted_from_the_week_it_was_given_out() -> None:
    assert dues("每两周", "2013-03-18", "2013-04-20") == ["2013-03-31", "2013-04-14", "2013-04-20"]
    fortnight = parse_deadline("每两周", date(2013, 5, 1), assigned_on=TODAY).recurrence
    assert fortnight == read("每两周")
    assert fortnight != read("每两周", date(2013, 3, 25))


@pytest.mark.parametrize(
    ("text", "words", "rrule"),
    [
        ("每周五下班前", "每周五前", "FREQ=WEEKLY;BYDAY=FR"),
        ("每周", "每周日前", "FREQ=WEEKLY;BYDAY=SU"),
        ("隔周", "每两周周日前", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"),
        ("每月", "每月底前", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("每月二十五日前", "每月25日前", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("每月30日", "每月30日前", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ("每月最后一个工作日", "每月最后一个工作日", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("每旬", "每旬末前", "FREQ=MONTHLY;BYMONTHDAY=10,20,-1"),
        ("每季度末月20日", "每季度末月20日前", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
        ("每季度结束后10日内", "每季度次月10日前", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
        ("每半年一次", "每半年底前", "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1"),
        ("每年12月底前", "每年12月底前", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        ("每年6月第一个周一", "每年6月第1个周一前", "FREQ=YEARLY;BYMONTH=6;BYDAY=1MO"),
        ("每个工作日", "每个工作日", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("隔日", "每两天", "FREQ=DAILY;INTERVAL=2"),
    ],
)
def test_words_and_rule(text: str, words: str, rrule: str) -> None:
    recurrence = read(text)
    assert (recurrence.words, rrule_of(recurrence)) == (words, rrule)


@given(text=st.sampled_from(EXPRESSIONS + BY_WORKDAYS), today=st.dates(date(1, 2, 1), date(9990, 1, 1)))
def test_the_words_are_read_back(text: str, today: date) -> None:
    recurrence = read(text, today)
    assert read(recurrence.words, today) == recurrence


@given(text=st.sampled_from(EXPRESSIONS), first=st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_the_rule_means_the_same_days_to_others(text: str, first: date) -> None:
    recurrence = read(text, first)
    start = recurrence.current(first)
    last = date(start.due_on.year + 6, 1, 1)
    expected = [
        day.date()
        for day in rrulestr(
            str(rrule_of(recurrence)), dtstart=datetime.combine(start.due_on, datetime.min.time())
        ).between(
            datetime.combine(start.due_on, datetime.min.time()), datetime.combine(last, datetime.min.time()), inc=True
        )
    ]
    # A period is cut at the span's end: what would be due after it is due there.
    found = [one.due_on for one in recurrence.occurrences(start.start_on, last) if one.due_on >= start.due_on]
    assert [day for day in found if day < last] == [day for day in expected if day < last]


@given(text=st.sampled_from(EXPRESSIONS + BY_WORKDAYS), today=st.dates(date(2005, 1, 1), date(2030, 12, 31)))
def test_the_current_occurrence_is_the_first_not_yet_due(text: str, today: date) -> None:
    recurrence = read(text, today)
    now = recurrence.current(today)
    assert now.due_on >= today
    assert now.due_on >= now.start_on
    rest = recurrence.occurrences(now.start_on, date(today.year + 4, 1, 1))
    assert min(one.due_on for one in rest if one.due_on >= today) == now.due_on


@given(text=st.sampled_from(EXPRESSIONS), first=st.dates(date(2005, 1, 1), date(2025, 1, 1)), days=st.integers(0, 900))
def test_occurrences_lie_in_the_span_in_order(text: str, first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    found = list(read(text).occurrences(first, last))
    assert found == sorted(found)
    assert all(first <= one.start_on <= one.due_on <= last for one in found)


@pytest.mark.parametrize("text", EXPRESSIONS + BY_WORKDAYS)
def test_the_calendar_ends(text: str) -> None:
    recurrence = read(text)
    assert all(one.due_on <= date.max for one in recurrence.occurrences(date(9990, 1, 1), date.max, rest_day="before"))
    try:
        recurrence.current(date.max)
    except BadValue as error:
        assert recurrence.words in error.what


@pytest.mark.parametrize(
    ("text", "today", "start", "due"),
    [
        ("每月次月5日前", "2013-03-03", "2013-02-01", "2013-03-05"),  # February's is still to come
        ("每月次月5日前", "2013-03-05", "2013-02-01", "2013-03-05"),
        ("每月次月5日前", "2013-03-06", "2013-03-01", "2013-04-05"),
        ("每季度结束后10日内", "2013-04-10", "2013-01-01", "2013-04-10"),
        ("每季度结束后10日内", "2013-04-11", "2013-04-01", "2013-07-10"),
        ("每年次月20日前", "2013-01-19", "2012-01-01", "2013-01-20"),
        ("每月25日前", "2013-03-26", "2013-04-01", "2013-04-25"),
        ("每周五", "2013-03-23", "2013-03-25", "2013-03-29"),
    ],
)
def test_what_is_due_next_may_belong_to_the_period_before(text: str, today: str, start: str, due: str) -> None:
    found = read(text, date.fromisoformat(today)).current(date.fromisoformat(today))
    assert found == (date.fromisoformat(start), date.fromisoformat(due))


@pytest.mark.parametrize(
    ("text", "given_out", "expected"),
    [
        ("每两周周五", "2013-03-18", "03-01 03-15 03-29"),  # a Monday begins its week
        ("每两周周五", "2013-03-24", "03-01 03-15 03-29"),  # and the Sunday ends it
        ("每两周周五", "2013-03-25", "03-08 03-22 04-05"),
        ("每两周周五", "2013-03-31", "03-08 03-22 04-05"),
        ("每两周周五", "2013-04-01", "03-01 03-15 03-29"),  # two weeks on the same ones
        ("隔周", "2013-03-25", "03-10 03-24 04-07"),
        ("每三周周一", "2013-03-19", "03-11 04-01 04-22"),
        ("每三周周一", "2013-03-26", "03-18 04-08 04-29"),
        ("每四天", "2013-03-19", "03-02 03-06 03-10"),
        ("每两个月20日", "2013-03-19", "04-20 06-20 08-20"),
        ("每两个月10日", "2013-04-19", "03-10 05-10 07-10"),
    ],
)
def test_every_nth_is_counted_from_the_day_it_was_given_out(text: str, given_out: str, expected: str) -> None:
    found = read(text, date.fromisoformat(given_out)).occurrences(date(2013, 3, 1), date(2013, 12, 31))
    assert [f"{one.due_on:%m-%d}" for one in found][:3] == expected.split()


def test_an_anchor_is_kept_small_so_that_the_same_duty_is_the_same() -> None:
    assert read("每两周") == read("每两周", date(2013, 4, 2)) != read("每两周", date(2013, 3, 26))
    assert read("每三天") == read("每三天", date(2013, 3, 22)) != read("每三天", date(2013, 3, 20))


@pytest.mark.parametrize(
    ("day", "dues_of_2013", "leap", "rrule"),
    [
        (28, "01-28 02-28 03-28 04-28", "02-28", "BYMONTHDAY=28"),
        (29, "01-29 02-28 03-29 04-29", "02-29", "BYMONTHDAY=28,29;BYSETPOS=-1"),
        (30, "01-30 02-28 03-30 04-30", "02-29", "BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        (31, "01-31 02-28 03-31 04-30", "02-29", "BYMONTHDAY=-1"),
    ],
)
def test_days_that_short_months_lack(day: int, dues_of_2013: str, leap: str, rrule: str) -> None:
    text = f"每月{day}日"
    assert dues(text, "2013-01-01", "2013-05-01")[:4] == [f"2013-{found}" for found in dues_of_2013.split()]
    assert dues(text, "2012-02-01", "2012-02-29") == [f"2012-{leap}"]
    assert rrule_of(read(text)) == f"FREQ=MONTHLY;{rrule}"
    assert read(text, date(2013, 2, 28)).current(date(2013, 2, 28)).due_on == date(2013, 2, 28)


@pytest.mark.parametrize(
    ("text", "first", "last", "expected"),
    [
        ("每季度末月30日", "2013-01-01", "2013-12-31", "2013-03-30 2013-06-30 2013-09-30 2013-12-30"),
        ("每季度末月31日", "2013-01-01", "2013-12-31", "2013-03-31 2013-06-30 2013-09-30 2013-12-31"),
        ("每季度第二个月30日", "2013-01-01", "2013-12-31", "2013-02-28 2013-05-30 2013-08-30 2013-11-30"),
        ("每年2月30日", "2012-01-01", "2013-12-31", "2012-02-29 2013-02-28"),
    ],
)
def test_days_that_short_months_of_longer_periods_lack(text: str, first: str, last: str, expected: str) -> None:
    assert dues(text, first, last) == expected.split()
