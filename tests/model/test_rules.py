"""The ledger's own settings: defaults, values as typed, the office's table of days."""

from datetime import date

import pytest

from ledger.base.errors import BadValue
from ledger.model.rules import LABELS, Rules, label_of, rules_of, value_of, word_of, year_meant, year_unknown
from ledger.model.task import Thresholds


def test_defaults_stand_for_what_was_never_set() -> None:
    assert rules_of({}) == Rules("工作台账", None, 3, 7, ())


def test_what_is_stored_is_in_force_and_what_is_unknown_is_left_aside() -> None:
    found = rules_of({"name": "学创台账", "units": ["甲", "乙"], "yellow_days": 5, "of_a_newer_program": 1})
    assert found == Rules("学创台账", None, 5, 7, ("甲", "乙"))
    assert found.thresholds == Thresholds(5, 7)


def test_every_rule_has_its_name() -> None:
    assert tuple(LABELS) == Rules._fields


def test_the_table_of_days_is_in_order_and_equal_tables_are_one() -> None:
    stored = {"holiday:2027-02-20": "班", "holiday:2027-02-05": "休"}
    rules = rules_of(stored)
    assert rules.holidays == ((date(2027, 2, 5), False), (date(2027, 2, 20), True))
    assert rules.workdays is rules_of(stored).workdays
    assert rules.workdays is not Rules().workdays
    assert rules.workdays.is_workday(date(2027, 2, 20)) == (True, True)


def test_lights_count_working_days_where_the_office_says_so() -> None:
    assert rules_of({"light_days": "working"}).thresholds == Thresholds(3, 7, Rules().workdays)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("year", "台账年度"),
        ("holiday:2027-02-05", "节假日表 2027-02-05"),
        ("limit:批示", "规定时限 批示"),
        ("group:片区", "单位分组 片区"),
        ("series:3", "循环任务3"),
        ("unheard", "unheard"),
    ],
)
def test_each_day_of_the_table_has_its_label(name: str, label: str) -> None:
    assert label_of(name) == label


@pytest.mark.parametrize(("given", "meant"), [(None, 2013), (2014, 2014), (1900, 1900), (9999, 9999)])
def test_the_year_of_a_command_comes_before_the_ledger_s(given: int | None, meant: int) -> None:
    assert year_meant(Rules(year=2013), given) == meant


@pytest.mark.parametrize("given", [0, -1, 1899, 10_000, 10**40])
def test_a_year_out_of_range(given: int) -> None:
    with pytest.raises(BadValue, match="年份"):
        year_meant(Rules(), given)


@pytest.mark.parametrize(
    ("today", "holidays", "unknown"),
    [
        (date(2026, 10, 31), (), None),
        (date(2026, 11, 1), (), 2027),
        (date(2026, 12, 31), ((date(2027, 2, 5), False),), 2027),
        (date(2026, 12, 31), ((date(2027, 2, 20), True),), None),
        (date(2025, 12, 31), (), None),
    ],
)
def test_next_year_is_unknown_until_its_notice_is_in(
    today: date, holidays: tuple[tuple[date, bool], ...], unknown: int | None
) -> None:
    assert year_unknown(today, Rules(holidays=holidays)) == unknown


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("year", "1900", 1900),
        ("year", "9999", 9999),
        ("yellow_days", "0", 0),
        ("blue_days", "365", 365),
        ("rest_day", "before", "before"),
        ("rest_day", "不动", "keep"),
        ("rest_day", "顺延", "after"),
        ("light_days", "working", "working"),
        ("light_days", "工作日", "working"),
        ("review", "是", True),
        ("review", "false", False),
        ("result_length", "20", 20),
    ],
)
def test_values_as_typed(name: str, text: str, value: int | str) -> None:
    assert value_of(name, text) == value


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("rest_day", "before", "提前"),
        ("light_days", "calendar", "日历日"),
        ("review", True, "是"),
        ("year", 2013, None),
    ],
)
def test_what_is_one_of_a_few_has_a_word(name: str, value: int | str, word: str | None) -> None:
    assert word_of(name, value) == word


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("year", "1899"),
        ("year", "10000"),
        ("year", "20130"),
        ("year", "9" * 10_000),
        ("yellow_days", "366"),
        ("yellow_days", "-1"),
        ("blue_days", "3.5"),
        ("blue_days", "三"),
        ("blue_days", "３"),
        ("blue_days", " 3"),
        ("blue_days", ""),
        ("blue_days", "²"),
        ("blue_days", "0000400"),
        ("rest_day", "later"),
        ("rest_day", "KEEP"),
        ("light_days", ""),
        ("review", "1"),
        ("review", "True"),
        ("result_length", "1001"),
    ],
)
def test_everything_else_is_refused(name: str, text: str) -> None:
    with pytest.raises(BadValue, match=LABELS[name]):
        value_of(name, text)
