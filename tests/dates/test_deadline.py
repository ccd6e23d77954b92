from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue
from ledger.dates.deadline import Deadline, Unreadable, parse_day, parse_deadline

TODAY = date(2013, 3, 19)
DAYS = st.dates(min_value=date(1000, 1, 1))
SPELLINGS = [
    "{0:04d}-{1:02d}-{2:02d}",
    "{0:04d}-{1}-{2}",
    "{0:04d}{1:02d}{2:02d}",
    "{0:04d}/{1}/{2}",
    "{0:04d}.{1}.{2}",
    "{0:04d}.{1:02d}.{2:02d}",
    "{0:04d}年{1}月{2}日",
    "{0:04d}年{1:02d}月{2:02d}号",
    " {0:04d} 年 {1} 月 {2} 日 ",
]
WIDE = {0x30 + n: 0xFF10 + n for n in range(10)} | {ord(c): ord(c) + 0xFEE0 for c in "-/."} | {0x20: 0x3000}


@pytest.mark.parametrize("spelling", SPELLINGS)
@given(day=DAYS)
def test_every_spelling_of_a_date_is_read(spelling: str, day: date) -> None:
    text = spelling.format(day.year, day.month, day.day)
    for form in (text, text.translate(WIDE)):
        assert parse_day(form, TODAY) == day
        assert parse_deadline(form, TODAY) == Deadline(form.strip(), None, day)


@pytest.mark.parametrize(
    ("text", "days"),
    [("今天", 0), ("今日", 0), ("当天", 0), ("当日", 0), ("明天", 1), ("明日", 1), (" 后天\n", 2)],
)
def test_words_count_from_today(text: str, days: int) -> None:
    day = TODAY + timedelta(days=days)
    assert parse_deadline(text, TODAY) == Deadline(text.strip(), None, day)
    assert parse_day(text, TODAY) == day


def test_yesterday_is_a_day_but_no_deadline() -> None:
    assert parse_day("昨天", TODAY) == parse_day("昨日", TODAY) == date(2013, 3, 18)
    with pytest.raises(Unreadable, match="完成时限“昨天”读不懂"):
        parse_deadline("昨天", TODAY)


@pytest.mark.parametrize(
    ("text", "today", "year", "day"),
    [
        ("3月20日", TODAY, None, date(2013, 3, 20)),
        ("3月15号", TODAY, None, date(2013, 3, 15)),
        ("3月20日", date(2026, 11, 21), None, date(2027, 3, 20)),
        ("3月20日", date(2026, 11, 21), 2026, date(2026, 3, 20)),
        ("1月1日", date(2013, 4, 1), None, date(2013, 1, 1)),  # 90 days past
        ("1月1日", date(2013, 4, 2), None, date(2014, 1, 1)),  # 91 days past
        ("2月29日", date(2015, 12, 1), None, date(2016, 2, 29)),
        ("2月29日", TODAY, 2012, date(2012, 2, 29)),
    ],
)
def test_a_date_without_year_notes_the_year_it_took(text: str, today: date, year: int | None, day: date) -> None:
    deadline = parse_deadline(text, today, year)
    assert (deadline.due_on, deadline.notes) == (day, (f"未写年份,按{day.year}年",))
    assert parse_day(text, today, year) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2013-02-30", "2013年2月30日"),
        ("20130230", "2013年2月30日"),
        ("2013.13.1", "2013年13月1日"),
        ("2013年2月29日", "2013年2月29日"),
        ("2月29日", "2013年2月29日"),
        ("13月1日", "2013年13月1日"),
        ("0月0日", "2013年0月0日"),
        ("0000-01-01", "0年1月1日"),
        ("0000年3月1日", "0年3月1日"),
    ],
)
def test_an_impossible_day_is_named(text: str, day: str) -> None:
    for parse in (parse_day, parse_deadline):
        with pytest.raises(BadValue, match=f"没有{day}这一天") as caught:
            parse(text, TODAY)
        assert not isinstance(caught.value, Unreadable)


@pytest.mark.parametrize("today", [date(9999, 12, 31), date(9999, 12, 30)])
def test_the_end_of_the_calendar(today: date) -> None:
    with pytest.raises(BadValue):
        parse_deadline("后天", today)
    with pytest.raises(BadValue, match="没有10000年1月1日这一天"):
        parse_day("1月1日", today)
    with pytest.raises(BadValue):
        parse_day("昨天", date.min)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "适时", "3", "2013", "201303", "2013-03", "13-3-20", "12013-3-20", "2013-3/20", "2013-003-20"),
        *("2013-03-20-", "2013 03 20", "2013-03-2 0", "3月", "3月20", "20日", "2013年3月20", "123月1日", "3月123日"),
        *("13年3月20日", "今天明天", "3月20日前", "٢٠١٣-03-20", "2013-03-20T10:00", "²月1日"),
    ],
)
def test_what_is_no_date_is_refused_with_the_spellings(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_day(text, TODAY)
    assert caught.value.what == f"日期“{text}”读不懂"
    assert "2013年3月20日" in caught.value.hint
    with pytest.raises(Unreadable):
        parse_deadline(text, TODAY)


@pytest.mark.parametrize("unit", ["1", "年", "今天", " ", "-", "\x1b[31m", "\u202e", "\ud800"])
def test_long_and_hostile_text_is_named_short_and_harmless(unit: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_deadline(unit * 200_000, TODAY)
    assert len(caught.value.what) < 80
    assert caught.value.what.isprintable()


@given(text=st.text(max_size=12) | st.text(alphabet="0123年月日号-/.今天明后昨", max_size=12), today=st.dates())
def test_any_text_is_a_day_or_refused(text: str, today: date) -> None:
    try:
        assert isinstance(parse_day(text, today), date)
        deadline = parse_deadline(text, today)
        assert isinstance(deadline.due_on, date)
    except BadValue as error:
        assert error.what
