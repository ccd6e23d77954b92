from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue
from ledger.base.text import visible
from ledger.dates.period import Kind, Period, parse_any_period, parse_period, period_of

TODAY = date(2013, 3, 19)
KINDS = st.sampled_from(Kind)


@pytest.mark.parametrize(
    ("kind", "day", "start", "end", "label", "chinese"),
    [
        (Kind.DAY, "2013-03-19", "2013-03-19", "2013-03-19", "2013-03-19", "3月19日 周二"),
        (Kind.WEEK, "2013-03-19", "2013-03-18", "2013-03-24", "2013-W12", "2013年第12周(3月18日—3月24日)"),
        (Kind.WEEK, "2012-12-31", "2012-12-31", "2013-01-06", "2013-W01", "2013年第1周(2012年12月31日—2013年1月6日)"),
        (Kind.WEEK, "2016-01-03", "2015-12-28", "2016-01-03", "2015-W53", "2015年第53周(2015年12月28日—2016年1月3日)"),
        (Kind.WEEK, "9999-12-31", "9999-12-27", "9999-12-31", "9999-W52", "9999年第52周(12月27日—12月31日)"),
        (Kind.WEEK, "0001-01-01", "0001-01-01", "0001-01-07", "0001-W01", "1年第1周(1月1日—1月7日)"),
        (Kind.MONTH, "2012-02-29", "2012-02-01", "2012-02-29", "2012-02", "2012年2月"),
        (Kind.MONTH, "9999-12-01", "9999-12-01", "9999-12-31", "9999-12", "9999年12月"),
        (Kind.QUARTER, "2013-03-19", "2013-01-01", "2013-03-31", "2013-Q1", "2013年一季度"),
        (Kind.QUARTER, "2013-12-31", "2013-10-01", "2013-12-31", "2013-Q4", "2013年四季度"),
        (Kind.HALF, "2013-06-30", "2013-01-01", "2013-06-30", "2013-H1", "2013年上半年"),
        (Kind.HALF, "2013-07-01", "2013-07-01", "2013-12-31", "2013-H2", "2013年下半年"),
        (Kind.YEAR, "2013-07-01", "2013-01-01", "2013-12-31", "2013", "2013年"),
        (Kind.YEAR, "0001-01-01", "0001-01-01", "0001-12-31", "0001", "1年"),
    ],
)
def test_period_of(kind: Kind, day: str, start: str, end: str, label: str, chinese: str) -> None:
    period = period_of(kind, date.fromisoformat(day))
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert (period.label, period.chinese) == (label, chinese)


@given(kind=KINDS, day=st.dates())
def test_periods_of_a_kind_tile_the_calendar(kind: Kind, day: date) -> None:
    period = period_of(kind, day)
    assert period.start <= day <= period.end
    assert period_of(kind, period.start) == period_of(kind, period.end) == period
    if period.end < date.max:
        assert period.next.start == period.end + timedelta(days=1)
        assert period.next.index == period.index + 1
        assert period.next.previous == period


@given(kind=KINDS, one=st.dates(), other=st.dates())
def test_a_difference_of_indexes_counts_periods(kind: Kind, one: date, other: date) -> None:
    first, second = period_of(kind, one), period_of(kind, other)
    assert first.shift(second.index - first.index) == second
    assert second.shift(first.index - second.index) == first


@given(kind=KINDS, day=st.dates(), n=st.integers(-(10**12), 10**12))
def test_a_shift_arrives_or_leaves_the_calendar(kind: Kind, day: date, n: int) -> None:
    try:
        assert period_of(kind, day).shift(n).index == period_of(kind, day).index + n
    except BadValue as error:
        assert "超出" in error.what


@pytest.mark.parametrize(
    ("kind", "day", "labels"),
    [
        (Kind.DAY, TODAY, ""),
        (Kind.WEEK, TODAY, "2013-03-18 2013-03-19 2013-03-20 2013-03-21 2013-03-22 2013-03-23 2013-03-24"),
        (Kind.WEEK, date.max, "9999-12-27 9999-12-28 9999-12-29 9999-12-30 9999-12-31"),
        (Kind.MONTH, TODAY, "2013-W09 2013-W10 2013-W11 2013-W12 2013-W13"),
        (Kind.MONTH, date(2021, 1, 1), "2020-W53 2021-W01 2021-W02 2021-W03 2021-W04"),
        (Kind.MONTH, date.max, "9999-W48 9999-W49 9999-W50 9999-W51 9999-W52"),
        (Kind.QUARTER, TODAY, "2013-01 2013-02 2013-03"),
        (Kind.HALF, date(2013, 7, 1), "2013-Q3 2013-Q4"),
        (Kind.YEAR, date.max, "9999-Q1 9999-Q2 9999-Q3 9999-Q4"),
    ],
)
def test_sub_periods(kind: Kind, day: date, labels: str) -> None:
    assert [sub.label for sub in period_of(kind, day).sub_periods()] == labels.split()


def test_weeks_of_a_month_are_cut_at_its_ends() -> None:
    weeks = period_of(Kind.MONTH, TODAY).sub_periods()
    assert weeks[0] == Period(Kind.WEEK, date(2013, 3, 1), date(2013, 3, 3))
    assert weeks[0].chinese == "2013年第9周(3月1日—3月3日)"
    assert weeks[0].next == period_of(Kind.WEEK, date(2013, 3, 4))
    assert len(weeks[0].sub_periods()) == 3
    assert period_of(Kind.MONTH, date(2013, 9, 1)).sub_periods()[0].chinese == "2013年第35周(9月1日)"


@given(kind=KINDS, day=st.dates())
def test_sub_periods_cover_the_period_without_gap(kind: Kind, day: date) -> None:
    period = period_of(kind, day)
    subs = period.sub_periods()
    days = [sub.start.toordinal() + n for sub in subs for n in range((sub.end - sub.start).days + 1)]
    whole = range(period.start.toordinal(), period.end.toordinal() + 1)
    assert days == ([] if kind is Kind.DAY else list(whole))


@pytest.mark.parametrize(
    ("kind", "text", "label"),
    [
        (Kind.WEEK, None, "2013-W12"),
        (Kind.WEEK, "-1", "2013-W11"),
        (Kind.WEEK, "+1", "2013-W13"),
        (Kind.WEEK, "-12", "2012-W52"),
        (Kind.WEEK, "-0", "2013-W12"),
        (Kind.WEEK, "\uff0d\uff11", "2013-W11"),
        (Kind.WEEK, "\uff12\uff10\uff11\uff13\uff0d\uff37\uff11\uff12", "2013-W12"),
        (Kind.WEEK, "2015-W53", "2015-W53"),
        (Kind.WEEK, "2013W12", "2013-W12"),
        (Kind.WEEK, "2013-w9", "2013-W09"),
        (Kind.WEEK, "2013年第12周", "2013-W12"),
        (Kind.WEEK, "第12周", "2013-W12"),
        (Kind.WEEK, "第十二周", "2013-W12"),
        (Kind.WEEK, "2013年第十二周", "2013-W12"),
        (Kind.WEEK, "去年第52周", "2012-W52"),
        (Kind.WEEK, "第2星期", "2013-W02"),
        (Kind.WEEK, "上周", "2013-W11"),
        (Kind.WEEK, "这周", "2013-W12"),
        (Kind.WEEK, "上个星期", "2013-W11"),
        (Kind.WEEK, " 本周 ", "2013-W12"),
        (Kind.WEEK, "下周", "2013-W13"),
        (Kind.WEEK, "2013-03-20", "2013-W12"),
        (Kind.WEEK, "20121231", "2013-W01"),
        (Kind.WEEK, "2013年3月31号", "2013-W13"),
        (Kind.WEEK, "9999-12-31", "9999-W52"),
        (Kind.WEEK, "0001-01-01", "0001-W01"),
        (Kind.MONTH, "2013-03", "2013-03"),
        (Kind.MONTH, "2013/3", "2013-03"),
        (Kind.MONTH, "2013.12", "2013-12"),
        (Kind.MONTH, "2013年3月", "2013-03"),
        (Kind.MONTH, "11月", "2013-11"),
        (Kind.MONTH, "三月", "2013-03"),
        (Kind.MONTH, "2013 年 3 月", "2013-03"),
        (Kind.MONTH, "去年　十二月份", "2012-12"),
        (Kind.MONTH, "元月份", "2013-01"),
        (Kind.WEEK, "2013年 第 12 周", "2013-W12"),
        (Kind.QUARTER, "第 三 季度", "2013-Q3"),
        (Kind.MONTH, "十二月份", "2013-12"),
        (Kind.MONTH, "2013年三月", "2013-03"),
        (Kind.MONTH, "二〇一三年三月", "2013-03"),
        (Kind.MONTH, "13年3月", "2013-03"),
        (Kind.MONTH, "去年11月", "2012-11"),
        (Kind.MONTH, "三月五日", "2013-03"),
        (Kind.MONTH, "当月", "2013-03"),
        (Kind.MONTH, "上月", "2013-02"),
        (Kind.MONTH, "本月", "2013-03"),
        (Kind.MONTH, "下个月", "2013-04"),
        (Kind.MONTH, "明天", "2013-03"),
        (Kind.QUARTER, "2013-Q4", "2013-Q4"),
        (Kind.QUARTER, "2013年四季度", "2013-Q4"),
        (Kind.QUARTER, "第二季度", "2013-Q2"),
        (Kind.QUARTER, "三季度", "2013-Q3"),
        (Kind.QUARTER, "2013三季度", "2013-Q3"),
        (Kind.QUARTER, "第三个季度", "2013-Q3"),
        (Kind.QUARTER, "2012年度四季度", "2012-Q4"),
        (Kind.QUARTER, "去年第四季度", "2012-Q4"),
        (Kind.QUARTER, "上季度", "2012-Q4"),
        (Kind.QUARTER, "本季", "2013-Q1"),
        (Kind.HALF, "去年下半年", "2012-H2"),
        (Kind.HALF, "2013年度上半年", "2013-H1"),
        (Kind.YEAR, "二〇一二年", "2012"),
        (Kind.YEAR, "2012年度", "2012"),
        (Kind.YEAR, "全年", "2013"),
        (Kind.YEAR, "前年", "2011"),
        (Kind.QUARTER, "本季度", "2013-Q1"),
        (Kind.QUARTER, "下季度", "2013-Q2"),
        (Kind.QUARTER, "-1", "2012-Q4"),
        (Kind.HALF, "2013-H2", "2013-H2"),
        (Kind.HALF, "上半年", "2013-H1"),
        (Kind.HALF, "下半年", "2013-H2"),
        (Kind.HALF, "2012年下半年", "2012-H2"),
        (Kind.HALF, "-1", "2012-H2"),
        (Kind.YEAR, "2013", "2013"),
        (Kind.YEAR, "2012年", "2012"),
        (Kind.YEAR, "去年", "2012"),
        (Kind.YEAR, "今年", "2013"),
        (Kind.YEAR, "明年", "2014"),
        (Kind.YEAR, "2011-03-19", "2011"),
        (Kind.DAY, "昨天", "2013-03-18"),
    ],
)
def test_parse_period(kind: Kind, text: str | None, label: str) -> None:
    period = parse_period(text, kind, TODAY)
    assert (period.kind, period.label) == (kind, label)
    if text and not text.strip().startswith(("-", "+", "\uff0d")) and kind is parse_any_period(text, TODAY).kind:
        assert parse_any_period(text, TODAY) == period


@given(kind=KINDS, day=st.dates(), today=st.dates())
def test_every_label_is_read_back(kind: Kind, day: date, today: date) -> None:
    period = period_of(kind, day)
    assert parse_period(period.label, kind, today) == parse_any_period(period.label, today) == period
    assert parse_period(day.isoformat(), kind, today) == period
    if kind is not Kind.DAY and day.year >= 1000:
        assert parse_period(period.chinese.partition("(")[0], kind, today) == period


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (Kind.WEEK, "2013-03", "一个月"),
        (Kind.MONTH, "2013-W12", "一周"),
        (Kind.MONTH, "今年", "一年"),
        (Kind.YEAR, "2013-Q1", "一个季度"),
        (Kind.QUARTER, "上半年", "半年"),
        (Kind.HALF, "2013", "一年"),
    ],
)
def test_a_period_of_another_kind_is_refused_naming_what_fits(kind: Kind, text: str, found: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_period(text, kind, TODAY)
    assert caught.value.what.startswith(f"时段“{text}”是{found},")
    for example in caught.value.hint.removeprefix("可写 ").partition(",")[0].split("、"):
        assert parse_period(example, kind, TODAY).kind is kind


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "text",
    ["2025-W60", "2013-W53", "2013-W00", "0000-W01", "2013-13", "2013-00", "2013-Q5", "2013-Q0", "2013-H3", "0000"],
)
def test_an_impossible_period_is_named(kind: Kind, text: str) -> None:
    with pytest.raises(BadValue, match=f"没有“{text}”这个时段"):
        parse_period(text, kind, TODAY)


def test_a_week_53_that_is_missing_is_explained() -> None:
    with pytest.raises(BadValue) as caught:
        parse_period("2013-W53", Kind.WEEK, TODAY)
    assert caught.value.hint == "2013年有52周"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "1", "12", "10000", "12013-W01", "2013-W", "2013-W123", "2013-013", "201303", "2013 03", "20 13"),
        *("--fromat", "+", "1+", "+1x", "+9999999999", "-99999999", "前三季度", "上上周", "年", "某天", "2013-02-30"),
        *("2013-W12-1", "Q1", "十一", "一周", "两周", "三个月", "三年", "周三", "第三"),
    ],
)
def test_what_names_no_period_is_refused(kind: Kind, text: str) -> None:
    with pytest.raises(BadValue):
        parse_period(text, kind, TODAY)
    with pytest.raises(BadValue):
        parse_any_period(text, TODAY)


@pytest.mark.parametrize(("text", "today"), [("下周", date.max), ("上月", date.min), ("-1", date.min)])
def test_steps_out_of_the_calendar_are_refused(text: str, today: date) -> None:
    for kind in Kind:
        with pytest.raises(BadValue):
            parse_period(text, kind, today)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2013-03-20", date(2013, 3, 20), date(2013, 3, 20)),
        ("今天", TODAY, TODAY),
        ("2013-W12", date(2013, 3, 18), date(2013, 3, 24)),
        ("下半年", date(2013, 7, 1), date(2013, 12, 31)),
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
    ],
)
def test_any_period_infers_the_kind(text: str, start: date, end: date) -> None:
    period = parse_any_period(text, TODAY)
    assert (period.start, period.end) == (start, end)


def test_a_date_without_year_looks_back_for_reports_and_ahead_for_deadlines() -> None:
    november = date(2013, 11, 21)
    assert parse_period("3月20日", Kind.WEEK, november).label == "2013-W12"
    assert parse_any_period("3月20日", november).label == "2014-03-20"


TEXTS = st.text(max_size=12) | st.text(alphabet="0123459WQH-/.年月日第周季度上下半本今+", max_size=10)


@given(text=TEXTS, kind=st.none() | KINDS, today=st.dates())
def test_any_text_is_a_period_or_refused(text: str, kind: Kind | None, today: date) -> None:
    try:
        period = parse_period(text, kind, today) if kind else parse_any_period(text, today)
        assert period.start <= period.end
    except BadValue as error:
        assert error.what == visible(error.what)


@pytest.mark.parametrize("unit", ["1", "上半年", "\x1b[2J", "\ud800", "-"])
def test_long_text_is_named_short(unit: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_period(unit * 200_000, Kind.WEEK, TODAY)
    assert len(caught.value.what) < 80
