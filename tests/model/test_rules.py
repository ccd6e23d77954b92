"""The ledger's own settings: defaults, and numbers as typed."""

import pytest

from ledger.base.errors import BadValue
from ledger.model.rules import LABELS, Rules, number_of, rules_of
from ledger.model.task import Thresholds


def test_defaults_stand_for_what_was_never_set() -> None:
    assert rules_of({}) == Rules("工作台账", None, 3, 7, ())


def test_what_is_stored_is_in_force_and_what_is_unknown_is_left_aside() -> None:
    found = rules_of({"name": "学创台账", "units": ["甲", "乙"], "yellow_days": 5, "of_a_newer_program": 1})
    assert found == Rules("学创台账", None, 5, 7, ("甲", "乙"))
    assert found.thresholds == Thresholds(5, 7)


def test_every_rule_has_its_name() -> None:
    assert tuple(LABELS) == Rules._fields


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("year", "1900", 1900), ("year", "9999", 9999), ("yellow_days", "0", 0), ("blue_days", "365", 365)],
)
def test_numbers_in_their_range(name: str, text: str, value: int) -> None:
    assert number_of(name, text) == value


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
    ],
)
def test_everything_else_is_refused(name: str, text: str) -> None:
    with pytest.raises(BadValue, match=LABELS[name]):
        number_of(name, text)
