"""What a deadline means, for people and for programs."""

from datetime import date
from typing import Any

import pytest

from ledger.base.errors import BadValue
from ledger.model.rules import Rules
from ledger.reports.when import COMING, meaning_object, meaning_of, meaning_report

TODAY = date(2013, 3, 19)
CONTRACT = "expression kind start_on due_on grace_days recurrence quota warnings workday_before workday_after"


def told(text: str, rules: Rules = Rules(), today: date = TODAY, on: date | None = None) -> dict[str, Any]:
    return meaning_object(meaning_of(text, today, rules.year, on, rules))


def laid_out(text: str) -> dict[str, Any]:
    """The rows of the report, item → what is said of it."""
    rows = meaning_report(meaning_of(text, TODAY, None, None, Rules()), TODAY, Rules()).sections[0].rows
    return {str(item): said for item, said in rows}


def test_the_keys_of_the_contract_come_first() -> None:
    assert list(told("3月20日"))[: len(CONTRACT.split())] == CONTRACT.split()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" 3月20日 ", {"expression": "3月20日", "kind": "date", "start_on": None, "due_on": date(2013, 3, 20)}),
        ("3月下旬", {"kind": "range", "start_on": date(2013, 3, 21), "due_on": date(2013, 3, 31)}),
        ("3月下旬", {"workday_before": date(2013, 3, 29), "workday_after": date(2013, 4, 1)}),
        ("3月20日", {"workday_before": None, "workday_after": None, "warnings": []}),
        ("5月左右", {"grace_days": 10, "recurrence": None, "quota": None}),
        ("每月25日前不少于3条", {"recurrence": "FREQ=MONTHLY;BYMONTHDAY=25", "quota": 3, "kind": "recurring"}),
        ("每月1-2次", {"quota": 1}),
        ("适时", {"kind": "open", "start_on": None, "due_on": None, "occurrences": []}),
    ],
)
def test_what_programs_are_told(text: str, said: dict[str, Any]) -> None:
    assert told(text).items() >= said.items()


def test_the_next_occurrences_begin_with_the_current_one() -> None:
    found = told("每季度")
    assert found["occurrences"][0] == {"start_on": date(2013, 1, 1), "due_on": date(2013, 3, 31)}
    assert [one["due_on"].month for one in found["occurrences"]] == [3, 6, 9, 12, 3]
    assert len(found["occurrences"]) == COMING


def test_an_occurrence_that_falls_due_after_its_period() -> None:
    found = told("每月次月10日前")
    assert [one["due_on"] for one in found["occurrences"][:2]] == [found["due_on"], date(2013, 5, 10)]
    assert found["due_on"] == date(2013, 4, 10)


def test_the_calendar_s_end_leaves_fewer() -> None:
    assert len(told("每月", today=date(9999, 11, 20))["occurrences"]) == 2


def test_the_ledger_s_rules() -> None:
    rules = Rules(year=2014, rest_day="after", holidays=((date(2014, 3, 20), False),))
    found = told("3月20日", rules)
    assert (found["due_on"], found["workday_before"]) == (date(2014, 3, 21), None)
    assert [one["due_on"] for one in told("每季度", Rules(rest_day="before"))["occurrences"][:2]] == [
        date(2013, 3, 29), date(2013, 6, 28),
    ]  # fmt: skip


def test_n_days_are_counted_from_the_day_given() -> None:
    assert told("三日内", on=date(2013, 3, 1))["due_on"] == date(2013, 3, 4)


def test_several_deadlines_in_one_are_refused() -> None:
    with pytest.raises(BadValue, match="有2个时限"):
        told("5月左右和9月左右")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2013-03-20", {"含义": "一个日期", "截止": "2013年3月20日 周三"}),
        (
            "2013-03-23",
            {
                "含义": "一个日期",
                "截止": "2013年3月23日 周六",
                "前一工作日": "2013年3月22日 周五",
                "后一工作日": "2013年3月25日 周一",
            },
        ),
        ("2013-03-15左右", {"宽限": "5天,至2013年3月20日 周三", "提示": "时限已过4天"}),
        ("每月1-2次", {"周期": "每月底前", "RRULE": "FREQ=MONTHLY;BYMONTHDAY=-1", "数量": "不少于1次,至多2次"}),
        ("限期", {"含义": "没有确切时限,不计逾期", "提示": "“限期”没有写明日期,请写明,如“限3月底前”"}),
    ],
)
def test_what_people_are_told(text: str, said: dict[str, str]) -> None:
    found = laid_out(text)
    assert found.items() >= said.items()
    if "2013-03-2" in text:
        assert found == said


def test_occurrences_with_their_weekdays() -> None:
    report = meaning_report(meaning_of("每周五前", TODAY, None, None, Rules()), TODAY, Rules())
    assert report.title == "时限“每周五前”"
    assert report.sections[1].title == "今后5期"
    assert report.sections[1].rows[0] == (1, "2013年3月18日 周一", "2013年3月22日 周五")
