from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue
from ledger.base.text import visible
from ledger.dates import deadline as module
from ledger.dates.deadline import Deadline, Unreadable, parse_day, parse_deadline
from ledger.dates.words import words
from ledger.dates.workdays import Workdays

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
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")


def due(text: str, today: date = TODAY, year: int | None = None) -> date | None:
    return parse_deadline(text, today, year).due_on


@pytest.mark.parametrize("spelling", SPELLINGS)
@given(day=DAYS)
def test_every_spelling_of_a_date_is_read(spelling: str, day: date) -> None:
    text = spelling.format(day.year, day.month, day.day)
    past = (TODAY - day).days
    notes = (f"时限已过{past}天",) if past > 0 else ()
    for form in (text, text.translate(WIDE)):
        assert parse_day(form, TODAY) == day
        assert parse_deadline(form, TODAY) == Deadline(form.strip(), None, day, notes=notes)
        assert due(f"{form}前") == due(f"{form}之前") == day


@given(day=DAYS)
def test_a_year_in_chinese_digits_is_read(day: date) -> None:
    assert due(f"{str(day.year).translate(HAN)}年{day.month}月{day.day}日前") == day


@given(first=DAYS, other=DAYS)
def test_every_span_of_dates_is_read(first: date, other: date) -> None:
    first, last = sorted((first, other))
    deadline = parse_deadline(f"{first}至{last}", TODAY)
    assert (deadline.start_on or deadline.due_on, deadline.due_on) == (first, last)
    assert deadline.kind == ("range" if first < last else "date")


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
def test_a_date_without_year_notes_a_year_that_is_not_the_ledger_s_own(
    text: str, today: date, year: int | None, day: date
) -> None:
    """Without a year of the ledger's its own is the current one."""
    deadline = parse_deadline(text, today, year)
    past = (f"时限已过{(today - day).days}天",) if day < today else ()
    own = day.year == (year or today.year)
    assert (deadline.due_on, deadline.notes) == (day, (*(() if own else (f"未写年份,按{day.year}年",)), *past))
    assert deadline.warnings == deadline.notes
    assert parse_day(text, today, year) == day


@pytest.mark.parametrize(
    ("text", "today", "year", "day"),
    [
        ("年初", date(2013, 1, 31), None, "2013-01-31"),
        ("年初", date(2013, 2, 1), 2013, "2014-01-31"),
        ("月初", date(2013, 3, 5), None, "2013-03-05"),
        ("月初", date(2013, 12, 6), None, "2014-01-05"),
        ("元旦前", date(2013, 12, 31), None, "2013-12-31"),
        ("元旦前", date(2014, 1, 1), None, "2014-12-31"),
        ("国庆节前", date(2013, 12, 31), 2013, "2014-09-30"),  # the next to come, whatever the ledger's year says
        ("国庆节前", date(2026, 11, 21), 2013, "2013-09-30"),  # but not in the ledger of another year
        ("春节前", date(2013, 12, 20), 2014, "2014-01-30"),
        ("上半年", date(2013, 9, 28), None, "2013-06-30"),
        ("上半年", date(2013, 9, 29), None, "2014-06-30"),
        ("上半年", date(2013, 9, 29), 2013, "2013-06-30"),
    ],
)
def test_what_is_over_comes_again(text: str, today: date, year: int | None, day: str) -> None:
    assert due(text, today, year) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("本周一", "时限已过1天"),
        ("10日前", "未写月份,按2013年4月"),
        ("春节前", "未写年份,按2014年春节"),
        ("节前", "“节”按2013年清明节"),
        ("两节前", "“两节”按元旦、春节"),
        ("半年内", "“半年”指6个月,不是上半年或下半年"),
        ("5月前", "“5月前”按5月开始以前计,至4月30日;如含5月,请写“5月底前”"),
        ("下周前", "“下周前”按下周开始以前计,至3月24日;如含下周,请写“下周底前”"),
        ("本月前", "“本月前”按含当期计,至3月31日"),
        ("上半年前", "“上半年前”按含当期计,至6月30日"),
        ("每年8月前", "“每年8月前”按到期的月份开始以前计,即每年7月底前;如含该月,请写“每年8月底前”"),
        ("9月投入使用", "时限按“9月”,“投入使用”不影响日期"),
        ("3月底前(初稿)", "时限按“3月底前”,“(初稿)”不影响日期"),
        ("初稿3月底前报办公室", "时限按“3月底前”,“初稿”“报办公室”不影响日期"),
        ("2013年底前,并长期坚持", "时限按“2013年底前”,“并长期坚持”不影响日期"),
        ("4月10日前报送一季度工作总结", "时限按“4月10日前”,“报送一季度工作总结”不影响日期"),
        ("长期坚持,每季度调度一次", "时限按“每季度”,“长期坚持”不影响日期"),
        ("6月、7月完成建设", "时限按“6月、7月”,“完成建设”不影响日期"),
        ("汛期前(5月底)", "时限按“5月底”,“汛期前”不影响日期"),
        ("15日", "“15日”按4月15日计;如指若干天以内,请写“15日内”"),
        ("每月1-5日", "“1-5日”按5日到期计"),
        ("每年5月至9月", "“5月至9月”按9月到期计"),
        ("按省厅要求办理", "“按省厅要求办理”没有写明日期,按无期限"),
        ("已完成", "“已完成”是办理情况,不是时限,按无期限"),
        ("开学前", "“开学前”没有确定的日期,请写明日期"),
        ("验收合格后10日内", "“验收合格后10日内”没有确定的日期,请写明日期"),
        ("2013年6月30日-5月31日", "止期未写年份,早于起期的月日,按2014年"),
        ("2013年12月至2月", "止期未写年份,早于起期的月日,按2014年"),
        ("每学期", "“每学期”按2月至7月、8月至次年1月计,止期请核对"),
        ("会后", "“会后”没有确定的日期,请写明日期"),
        ("即日起", "“即日”起没有写明止期,请写明日期"),
        ("国庆节后", "2013年10月7日以后没有写明止期,请写明日期"),
        ("2027年春节前", "未含调休"),
        ("2027年3月1日起3个工作日内", "未含调休"),
        ("限期", "“限期”没有写明日期,请写明,如“限3月底前”"),
    ],
)
def test_notes(text: str, note: str) -> None:
    assert note in parse_deadline(text, TODAY).notes


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("2013年6月底前完成1号楼建设", "完成1号楼建设"),
        ("2013年6月底前完成春节慰问方案", "完成春节慰问方案"),
        ("2013年6月底前完成全年任务的50%", "完成全年任务的50%"),
        ("2013年6月底前出台《2014-2016年行动方案》", "出台《2014-2016年行动方案》"),
    ],
)
def test_what_work_is_about_is_told_as_it_stands_and_nothing_else(text: str, left: str) -> None:
    assert parse_deadline(text, TODAY).notes == (f"时限按“2013年6月底前”,“{left}”不影响日期",)


@pytest.mark.parametrize("text", ["3月底前完成", "务于3月底前报送", "原则上一般在3月底前办结。", "完成时限:3月31日"])
def test_what_only_leads_up_or_says_done_is_not_told(text: str) -> None:
    assert parse_deadline(text, TODAY, 2013).notes == ()


def test_only_a_limit_without_a_date_is_no_deadline_to_register() -> None:
    assert parse_deadline("限期", TODAY).needs_date
    assert parse_deadline("限期整改", TODAY).needs_date
    assert not any(parse_deadline(text, TODAY).needs_date for text in ("限期3月底前", "会后", "待定", "即日起"))


@pytest.mark.parametrize(
    ("text", "rest_day", "day", "note"),
    [
        ("3月24日", "keep", "2013-03-24", "3月24日 周日是休息日,前一工作日3月22日 周五,后一工作日3月25日 周一"),
        ("3月24日", "before", "2013-03-22", "3月24日 周日是休息日,提前到3月22日 周五"),
        ("3月24日", "after", "2013-03-25", "3月24日 周日是休息日,顺延到3月25日 周一"),
        ("2027年3月15日", "keep", "2027-03-15", "未含调休"),
    ],
)
def test_a_rest_day_is_told_with_the_working_days_around_it(text: str, rest_day: str, day: str, note: str) -> None:
    deadline = parse_deadline(text, TODAY, workdays=Workdays(), rest_day=rest_day)
    assert deadline.due_on == date.fromisoformat(day)
    assert note in deadline.notes
    if rest_day == "keep":
        assert note not in parse_deadline(text, TODAY).notes  # not asked for


def test_the_office_table_moves_working_days() -> None:
    workdays = Workdays({date(2013, 3, 20): False})
    assert parse_deadline("3个工作日内", TODAY, workdays=workdays).due_on == date(2013, 3, 25)


def test_durations_count_from_the_day_the_task_was_given_out() -> None:
    for text, day in (("三日内", "2013-03-04"), ("一个月内", "2013-04-01"), ("2个工作日内", "2013-03-05")):
        assert parse_deadline(text, TODAY, assigned_on=date(2013, 3, 1)).due_on == date.fromisoformat(day)
    assert parse_deadline("明天", TODAY, assigned_on=date(2013, 3, 1)).due_on == date(2013, 3, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2013-02-30", "没有2013年2月30日这一天"),
        ("20130230", "没有2013年2月30日这一天"),
        ("2013.13.1", "没有2013年13月1日这一天"),
        ("2013年2月29日", "没有2013年2月29日这一天"),
        ("2月29日", "没有2013年2月29日这一天"),
        ("3月32日", "没有2013年3月32日这一天"),
        ("13月1日", "没有13月"),
        ("0月0日", "没有0月"),
        ("0000-01-01", "没有0年1月1日这一天"),
        ("0000年3月1日", "0年超出了公元1年至9999年"),
    ],
)
def test_an_impossible_day_is_named(text: str, day: str) -> None:
    for parse in (parse_day, parse_deadline):
        with pytest.raises(BadValue, match=day) as caught:
            parse(text, TODAY)
        assert not isinstance(caught.value, Unreadable)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("3月第五个周四", "没有第5个周四"),
        ("五季度", "没有第5季度"),
        ("2013年第53周", "没有2013年第53周"),
        ("2013-03-20至2013-03-01", "止期2013-03-01早于起期2013-03-20"),
        ("3月20日(周四)前", "2013年3月20日是周三,不是周四"),
        ("2101年春节前", "没有2101年春节的日期资料"),
        ("9999日内", None),
    ],
)
def test_what_cannot_be_is_said(text: str, what: str | None) -> None:
    if what is None:
        assert due(text) == TODAY + timedelta(days=9999)
        return
    with pytest.raises(BadValue, match=what.replace("(", r"\(")) as caught:
        parse_deadline(text, TODAY)
    assert not isinstance(caught.value, Unreadable)


@pytest.mark.parametrize("today", [date(9999, 12, 31), date(9999, 12, 30)])
def test_the_end_of_the_calendar(today: date) -> None:
    for text in ("后天", "三日内", "一年内", "下周五", "下月底", "春节前", "3个工作日内"):
        with pytest.raises(BadValue):
            parse_deadline(text, today)
    with pytest.raises(BadValue, match="10000年超出了公元1年至9999年"):
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


@pytest.mark.parametrize(
    ("text", "stuck"),
    [
        ("3月第五个星期", "第五个星期"),
        ("3月20", "20"),
        ("3月底前前", "前"),
        ("每月某日", "某日"),
        ("每季度25日", "25日"),
        ("13-3-20", "13-3-20"),
        ("2013-3/20", "/20"),
        ("某天", "某天"),
        ("3-20", "3-20"),
        ("13年3月20日", "13年3月20日"),
        ("25:00前", "25:00前"),
        ("  下周 八 ", "八"),
        ("3", "3"),
        ("2022年或更长时间", "或更长时间"),
        ("除7月外", "外"),
        ("6月底前(特殊情况除外)", "除外)"),
        ("不早于3月20日", "不早于3月20日"),
        ("几个月内", "几个月内"),
        ("猴年马月", "猴年马月"),
        ("吃饭前", "吃饭前"),
        ("急件1—5日内", "急件1—5日内"),
        ("“十四五”初期", "十四五”初期"),
        ("T+30", "T+30"),
        ("每20日前", "日前"),
        ("每12月底前", "12月底前"),
    ],
)
def test_what_cannot_be_read_is_marked_with_two_suggestions(text: str, stuck: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_deadline(text, TODAY)
    assert caught.value.what == f"完成时限“{text.strip()}”读不懂,卡在“{stuck}”"
    assert caught.value.hint.startswith("可写“")
    assert caught.value.hint.count("“") == 2


@pytest.mark.parametrize("text", ["每", "3月底至", "自"])
def test_what_is_unfinished_is_said(text: str) -> None:
    with pytest.raises(Unreadable, match="没有写完"):
        parse_deadline(text, TODAY)


def test_every_suggestion_is_read() -> None:
    for _, *suggestions in module._SUGGESTIONS:
        for suggestion in suggestions:
            assert parse_deadline(suggestion.format(2013), TODAY).kind


@pytest.mark.parametrize("unit", ["1", "年", "今天", " ", "-", "每", "和", "\x1b[31m", "\u202e", "\ud800"])
def test_long_and_hostile_text_is_named_short_and_harmless(unit: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_deadline(unit * 200_000, TODAY)
    assert len(caught.value.what) < 80
    assert caught.value.what.isprintable()


RELATIVE = [
    *(
        "今天",
        "明天下班前",
        "后天",
        "三日内",
        "一周内",
        "十五日内",
        "一个月内",
        "半年内",
        "两年内",
        "3个工作日内",
        "20个工作日内",
    ),
    *(
        "周三前",
        "周日",
        "本周内",
        "本周五",
        "下周三前",
        "下下周五",
        "周末前",
        "本月上旬",
        "下月初",
        "下月底前",
        "月底",
        "月初",
        "上旬",
    ),
    *(
        "20日",
        "本季度末",
        "下季度初",
        "季末",
        "今年底",
        "明年3月底前",
        "年初",
        "春节前",
        "元旦前",
        "国庆节后一周内",
        "节前",
        "七一前",
    ),
    *(
        "每周",
        "每周五",
        "每旬",
        "每月25日前",
        "每月最后一个工作日",
        "每季度末月20日",
        "每半年",
        "每年2月29日",
        "年底前",
        "3月15日前",
    ),
]


@given(text=st.sampled_from(RELATIVE), today=st.dates(date(2003, 1, 1), date(2040, 12, 31)), ahead=st.integers(1, 400))
def test_a_later_day_never_means_an_earlier_deadline(text: str, today: date, ahead: int) -> None:
    sooner, later = due(text, today), due(text, today + timedelta(days=ahead))
    assert sooner is not None
    assert later is not None
    assert sooner <= later


VOCABULARY = [*sorted(words()), *"0123456789一二三十两 !", "2013", "20", "31", "周一", "星期五", "五一", "十一"]
CORE = list("每周月日年季度一二三1230前底初末至、和个第半内后起左右上中下旬节")
PHRASES = st.lists(st.sampled_from(VOCABULARY) | st.sampled_from(CORE), max_size=9).map("".join)
TABLE = Workdays({date(2013, 3, 23): True})


@given(
    text=st.text(max_size=12) | PHRASES | st.text(alphabet="0123年月日号-/.今天明后昨", max_size=12),
    today=st.dates() | st.just(TODAY),
    year=st.none() | st.integers(1, 9999),
    rest_day=st.sampled_from(["keep", "before", "after"]),
    workdays=st.sampled_from([None, TABLE]),
)
def test_any_text_is_read_or_refused(
    text: str, today: date, year: int | None, rest_day: str, workdays: Workdays | None
) -> None:
    try:
        assert isinstance(parse_day(text, today), date)
    except BadValue as error:
        assert error.what
    try:
        deadline = parse_deadline(text, today, year, workdays=workdays, rest_day=rest_day)
    except BadValue as error:
        assert error.what == visible(error.what)
        return
    assert (deadline.due_on is None) == (deadline.kind == "open")
    assert (deadline.recurrence is not None) == (deadline.kind == "recurring")
    if deadline.start_on and deadline.due_on:
        assert deadline.start_on <= deadline.due_on
    assert deadline.text == text.strip()


@pytest.mark.parametrize(("year", "named"), [(2027, "2027-03-20"), (None, "2026-03-20")])
def test_examples_are_of_the_ledger_s_year_else_of_the_current_one(year: int | None, named: str) -> None:
    for read in (parse_day, parse_deadline):
        with pytest.raises(Unreadable) as raised:
            read("看着办吧", date(2026, 11, 21), year)
        assert named in raised.value.hint
        assert "2013" not in raised.value.hint
