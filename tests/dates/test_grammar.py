"""The language by tables; every date was worked out by hand from the calendar of its year."""

import csv
from datetime import date
from pathlib import Path

import pytest

from ledger.base.errors import BadValue
from ledger.dates.deadline import Deadline, parse_deadline

DATA = Path(__file__).parent / "data"
TODAY = date(2013, 3, 19)  # a Tuesday


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(deadline: Deadline) -> str:
    """date 2013-03-31, range 2013-03-01 2013-03-31, recurring 2013-03-01 2013-03-31, open; with +grace and ×quota."""
    days = [day.isoformat() for day in (deadline.start_on, deadline.due_on) if day]
    grace = [f"+{deadline.grace_days}"] if deadline.grace_days else []
    quota = deadline.quota
    counted = [f"×{quota.least}{f'-{quota.most}' if quota.most else ''}{quota.counter}"] if quota else []
    return " ".join([deadline.kind, *days, *grace, *counted])


@pytest.mark.parametrize("row", rows("deadlines.csv"), ids=lambda row: f"{row['expression']} {row['reference_date']}")
def test_worked_examples(row: dict[str, str]) -> None:
    deadline = parse_deadline(row["expression"], date.fromisoformat(row["reference_date"]))
    assert deadline.kind == row["kind"]
    assert (deadline.due_on.isoformat() if deadline.due_on else "") == row["due"]
    if row["kind"] == "range":
        assert deadline.start_on is not None
        assert deadline.start_on.isoformat() == row["start"]


@pytest.mark.parametrize("row", rows("plan_2013.csv"), ids=lambda row: row["编号"])
def test_the_plan_as_written(row: dict[str, str]) -> None:
    text = row["完成时限"]
    deadline = parse_deadline(text, date(2013, 2, 1), 2013)
    if text.startswith("每"):
        assert deadline.recurrence is not None  # its two dates are its stage's span
    elif text in ("适时", "即时", "定期"):
        assert shown(deadline) == "open"
    else:
        assert shown(deadline).split()[:3] == ["range", row["开始日期"], row["截止日期"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # days
        ("20130320前", "date 2013-03-20"),
        ("2013.3.20前", "date 2013-03-20"),
        ("3.20", "date 2013-03-20"),
        ("3/20", "date 2013-03-20"),
        ("二〇一三年三月二十日前", "date 2013-03-20"),
        ("\uff13月\uff12\uff10日之前", "date 2013-03-20"),
        ("3月20日(周三)前", "date 2013-03-20"),
        ("3月20日17:30前", "date 2013-03-20"),
        ("12月31日24时前", "date 2013-12-31"),
        ("周五17:30前", "date 2013-03-22"),
        ("周二", "date 2013-03-19"),
        ("周一", "date 2013-03-25"),
        ("星期日前", "date 2013-03-24"),
        ("下周五下班前", "date 2013-03-29"),
        ("下个星期三", "date 2013-03-27"),
        ("下下周一上午9点前", "date 2013-04-01"),
        ("上周五", "date 2013-03-15"),
        ("今晚", "date 2013-03-19"),
        ("立即", "date 2013-03-19"),
        ("下午5点半前", "date 2013-03-19"),
        ("下班前", "date 2013-03-19"),
        ("大后天", "date 2013-03-22"),
        ("20日", "date 2013-03-20"),
        ("10日前", "date 2013-04-10"),
        ("廿五日前", "date 2013-03-25"),
        ("下月5日前", "date 2013-04-05"),
        ("次月5日前", "date 2013-04-05"),
        ("不晚于3月20日", "date 2013-03-20"),
        ("截至3月底", "date 2013-03-31"),
        ("请于3月底前报送", "date 2013-03-31"),
        # weeks
        ("周末前", "date 2013-03-24"),
        ("下周末", "range 2013-03-30 2013-03-31"),
        ("周内", "range 2013-03-18 2013-03-24"),
        ("2013年第12周", "range 2013-03-18 2013-03-24"),
        # months and what narrows them
        ("月底前", "date 2013-03-31"),
        ("月底", "range 2013-03-25 2013-03-31"),
        ("月初", "range 2013-04-01 2013-04-05"),
        ("上旬", "range 2013-04-01 2013-04-10"),
        ("三月中旬", "range 2013-03-11 2013-03-20"),
        ("3月上半月", "range 2013-03-01 2013-03-15"),
        ("3月下半月", "range 2013-03-16 2013-03-31"),
        ("3月中", "range 2013-03-11 2013-03-20"),
        ("二〇一三年三月底", "range 2013-03-25 2013-03-31"),
        ("2012年2月底", "range 2012-02-25 2012-02-29"),
        ("2013-03", "range 2013-03-01 2013-03-31"),
        ("3月第二个周五", "date 2013-03-08"),
        ("3月第一个工作日", "date 2013-03-01"),
        ("本月最后一个工作日", "date 2013-03-29"),
        ("4月倒数第二个工作日", "date 2013-04-27"),
        ("下月最后一天", "date 2013-04-30"),
        ("10月前", "date 2013-09-30"),
        # quarters, halves, years
        ("2013年一季度", "range 2013-01-01 2013-03-31"),
        ("第二季度末", "date 2013-06-30"),
        ("季末", "date 2013-03-31"),
        ("半年末", "date 2013-06-30"),
        ("下季度首月10日前", "date 2013-04-10"),
        ("二季度末月20日", "date 2013-06-20"),
        ("二季度第二个月15日前", "date 2013-05-15"),
        ("前两个季度", "range 2013-01-01 2013-06-30"),
        ("上半年", "range 2013-01-01 2013-06-30"),
        ("下半年末", "date 2013-12-31"),
        ("2013年底前", "date 2013-12-31"),
        ("今年年底", "date 2013-12-31"),
        ("年内", "date 2013-12-31"),
        ("明年初", "range 2014-01-01 2014-01-31"),
        ("明年一季度末", "date 2014-03-31"),
        ("年中", "range 2013-06-01 2013-06-30"),
        ("2014年度", "range 2014-01-01 2014-12-31"),
        # spans
        ("4-5月", "range 2013-04-01 2013-05-31"),
        ("4月—6月", "range 2013-04-01 2013-06-30"),
        ("三至五月", "range 2013-03-01 2013-05-31"),
        ("2、3月份", "range 2013-02-01 2013-03-31"),
        ("十一、十二月", "range 2013-11-01 2013-12-31"),
        ("一、二季度", "range 2013-01-01 2013-06-30"),
        ("2月底3月初", "range 2013-02-25 2013-03-05"),
        ("12月底1月初", "range 2013-12-25 2014-01-05"),
        ("3月中旬至4月上旬", "range 2013-03-11 2013-04-10"),
        ("12月至次年2月", "range 2013-12-01 2014-02-28"),
        ("12月20日至1月10日", "range 2013-12-20 2014-01-10"),
        ("元月至3月", "range 2013-01-01 2013-03-31"),
        ("2014年元月15日前", "date 2014-01-15"),
        ("2013年12月至2月", "range 2013-12-01 2014-02-28"),
        ("12月至2014年2月", "range 2013-12-01 2014-02-28"),
        ("3月20日至25日", "range 2013-03-20 2013-03-25"),
        ("20-25日", "range 2013-03-20 2013-03-25"),
        ("25日至5日", "range 2013-03-25 2013-04-05"),
        ("本月25日至下月5日", "range 2013-03-25 2013-04-05"),
        ("12.1-12.20", "range 2013-12-01 2013-12-20"),
        ("2013.3.1-2013.3.31", "range 2013-03-01 2013-03-31"),
        ("2013-03-01至2013-03-31", "range 2013-03-01 2013-03-31"),
        ("3月初至年底", "range 2013-03-01 2013-12-31"),
        ("即日起至3月底", "range 2013-03-19 2013-03-31"),
        ("从4月1日起至4月30日", "range 2013-04-01 2013-04-30"),
        # durations
        ("十五日内", "date 2013-04-03"),
        ("一周之内", "date 2013-03-26"),
        ("两个星期", "date 2013-04-02"),
        ("半年内", "date 2013-09-19"),
        ("半个月内", "date 2013-04-03"),
        ("一个半月内", "date 2013-05-04"),
        ("两年内", "date 2015-03-19"),
        ("48小时内", "date 2013-03-21"),
        ("10个工作日", "date 2013-04-02"),
        ("15个工作日内", "date 2013-04-10"),
        ("三天后", "date 2013-03-22"),
        ("自交办之日起10日内", "date 2013-03-29"),
        ("3月20日起15日内", "date 2013-04-04"),
        ("限3日内", "date 2013-03-22"),
        # holidays
        ("节前", "date 2013-04-03"),
        ("清明节前", "date 2013-04-03"),
        ("“五一”前", "date 2013-04-28"),
        ("端午前", "date 2013-06-09"),
        ("双节前", "date 2013-09-18"),
        ("国庆节前", "date 2013-09-30"),
        ("十一前", "date 2013-09-30"),
        ("年前", "date 2014-01-30"),
        ("2014年元旦前", "date 2013-12-31"),
        ("春节前一周", "date 2014-01-24"),
        ("七一前", "date 2013-06-30"),
        ("八一前", "date 2013-07-31"),
        ("五四前", "date 2013-05-03"),
        ("三八节前", "date 2014-03-07"),
        ("国庆期间", "range 2013-10-01 2013-10-07"),
        ("两节期间", "range 2014-01-01 2014-02-06"),
        ("中秋、国庆期间", "range 2013-09-19 2013-10-07"),
        ("国庆节后一周内", "date 2013-10-14"),
        ("节后第一个工作日", "date 2013-04-07"),
        ("春节后", "open 2014-02-07"),
        ("五一至十一", "range 2013-05-01 2013-10-01"),
        # soft
        ("5月左右", "range 2013-05-01 2013-05-31 +10"),
        ("二季度左右", "range 2013-04-01 2013-06-30 +10"),
        ("6月中旬左右", "range 2013-06-11 2013-06-20 +5"),
        ("五一前后", "date 2013-05-01 +5"),
        # recurring
        ("每周一", "recurring 2013-03-25 2013-03-25"),
        ("每周五一次", "recurring 2013-03-18 2013-03-22"),
        ("每月10日前", "recurring 2013-04-01 2013-04-10"),
        ("每月次月5日前", "recurring 2013-03-01 2013-04-05"),
        ("每季度首月10日前", "recurring 2013-04-01 2013-04-10"),
        ("每季度结束后10日内", "recurring 2013-01-01 2013-04-10"),
        ("每半年一次", "recurring 2013-01-01 2013-06-30"),
        ("每年12月底前", "recurring 2013-01-01 2013-12-31"),
        ("每年年初", "recurring 2014-01-01 2014-01-31"),
        ("隔周", "recurring 2013-03-18 2013-03-31"),
        ("按季度", "recurring 2013-01-01 2013-03-31"),
        ("每天17:00前", "recurring 2013-03-19 2013-03-19"),
        ("每月底左右", "recurring 2013-03-01 2013-03-31 +10"),
        # quotas
        ("每月不少于3条", "recurring 2013-03-01 2013-03-31 ×3条"),
        ("每月至少报送3条信息", "recurring 2013-03-01 2013-03-31 ×3条"),
        ("每月25日前,不少于3条", "recurring 2013-03-01 2013-03-25 ×3条"),
        ("每个季度至少1个", "recurring 2013-01-01 2013-03-31 ×1个"),
        ("每周二、周四", "recurring 2013-03-18 2013-03-19"),
        ("每季度召开一次", "recurring 2013-01-01 2013-03-31"),
        ("每周一至两次", "recurring 2013-03-18 2013-03-24 ×1-2次"),
        ("一年两次", "recurring 2013-01-01 2013-12-31 ×2次"),
        ("全年10篇以上", "range 2013-01-01 2013-12-31 ×10篇"),
        ("5月底前至少2次", "date 2013-05-31 ×2次"),
        ("分二次", "open ×2次"),
        # open
        ("长期", "open"),
        ("适时开展", "open"),
        ("会后", "open"),
        ("会后三日内", "open"),
        ("两会前", "open"),
        ("即日起", "open 2013-03-19"),
        ("限期", "open"),
        ("另行通知", "open"),
    ],
)
def test_what_an_office_writes(text: str, expected: str) -> None:
    assert shown(parse_deadline(text, TODAY)) == expected


@pytest.mark.parametrize(
    "row", rows("real_deadlines.csv"), ids=lambda row: f"{row['expression']} {row['reference_date']}"
)
def test_what_real_documents_say(row: dict[str, str]) -> None:
    """`also` are the other readings that would do, `refused` an error that asks."""
    try:
        deadline = parse_deadline(row["expression"], date.fromisoformat(row["reference_date"]))
    except BadValue:
        found = "refused"
    else:
        found = f"{deadline.kind}:{deadline.due_on or ''}"
        if row["kind"] == deadline.kind == "range":
            assert str(deadline.start_on) == row["start"]
    wanted = [f"{row['kind']}:{row['due']}".rstrip(":"), *row["also"].split(";")]
    assert found.rstrip(":") in wanted or found.partition(":")[0] in wanted


@pytest.mark.parametrize("row", rows("written.csv"), ids=lambda row: row["expression"])
def test_what_else_is_written(row: dict[str, str]) -> None:
    try:
        found = shown(parse_deadline(row["expression"], date(2025, 2, 10)))
    except BadValue:
        found = "refused"
    assert found == row["means"]


SEVERAL = [
    ("5月左右和9月左右", "“5月左右”(2013年5月31日 周五)、“9月左右”(2013年9月30日 周一)"),
    ("5、9月左右", "“5月左右”(2013年5月31日 周五)、“9月左右”(2013年9月30日 周一)"),
    ("6月底、12月底", "“6月底”(2013年6月30日 周日)、“12月底”(2013年12月31日 周二)"),
    ("3月10、20日前", "“3月10日前”(2013年3月10日 周日)、“3月20日前”(2013年3月20日 周三)"),
    ("4月15日前完成初稿,4月底前印发", "“4月15日前”(2013年4月15日 周一)、“4月底前”(2013年4月30日 周二)"),
    ("2014年6月底前见效,12月底前全面完成", "“2014年6月底前”(2014年6月30日 周一)、“12月底前”(2014年12月31日 周三)"),
    ("4月~6月/9月~11月", "“4月~6月”(2013年6月30日 周日)、“9月~11月”(2013年11月30日 周六)"),
    ("每周五、每月25日前", "“每周五前”(2013年3月22日 周五)、“每月25日前”(2013年3月25日 周一)"),
    ("每年6月底、12月20日前", "“每年6月底前”(2013年6月30日 周日)、“每年12月20日前”(2013年12月20日 周五)"),
    ("年底前完成,每季度报送进展", "“年底前”(2013年12月31日 周二)、“每季度底前”(2013年3月31日 周日)"),
    ("5日内答复,15日内办结", "“5日内”(2013年3月24日 周日)、“15日内”(2013年4月3日 周三)"),
    ("3月底前报送,会后3日内印发", "“3月底前”(2013年3月31日 周日)、“会后3日内”(无期限)"),
]


def test_of_many_deadlines_the_first_are_named() -> None:
    with pytest.raises(BadValue) as caught:
        parse_deadline("1月、3月、5月、7月、9月、11月", TODAY)
    assert caught.value.what == "时限“1月、3月、5月、7月、9月、11月”里有6个时限"
    assert caught.value.hint.endswith("“9月”(2013年9月30日 周一)等")


@pytest.mark.parametrize(("text", "several"), SEVERAL)
def test_several_deadlines_in_one_ask_for_several_tasks(text: str, several: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_deadline(text, TODAY)
    assert caught.value.what == f"时限“{text}”里有2个时限"
    assert caught.value.hint == f"请分2件登记:{several}"
