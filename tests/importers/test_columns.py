"""What whole columns tell: counts and codes, codes that a spreadsheet spoilt, shares and percentages."""

from typing import Any

import pytest

from ledger.importers.columns import is_count, settle_outcome, settle_progress, spoilt_codes
from ledger.importers.sheet import Row


def rows(field: str, values: str) -> list[Row]:
    return [Row(line, {field: value}) for line, value in enumerate(values.split(), 2)]


@pytest.mark.parametrize(
    "values", ["1 2 3", "一 二 三", "(1) (2) (3)", "1.1 1.2 2.1", "001 002 003", "1 2 附 4", "A A"]
)
def test_mere_counts(values: str) -> None:
    assert is_count(rows("code", values))


@pytest.mark.parametrize(
    "values", ["学-1 学-2", "1-1 1-2 2-1", "012 045 103", "一-1 一-2", "县办〔2025〕3 县办〔2025〕4"]
)
def test_codes(values: str) -> None:
    assert not is_count(rows("code", values))


@pytest.mark.parametrize(
    ("values", "spoilt"),
    [
        ("A-1 2025/3/1 A-3", [3]),
        ("A-1 3月1日 1月2日", [3, 4]),
        ("A-1 2-Jan Mar-25", [3, 4]),
        ("A-1 2025-03-01 A-3", [3]),
        ("1E+05 1.2e+11", [2, 3]),
        ("001 2 003", [3]),
        ("A-1 A-2 45717", [4]),
        ("A-1 A-2 A-3 17", [5]),
        ("2025-03-01 2025-03-02", []),  # all alike: codes by month
        ("2025-03-01 2025-13-45 2025-03-02", []),
        ("12 12-1 12-2", []),
        ("7 8 9", []),
        ("001 099 100 1000", []),
        ("1-1 1-2", []),
    ],
)
def test_codes_spoilt_by_a_spreadsheet(values: str, spoilt: list[int]) -> None:
    assert [one.line for one in spoilt_codes(rows("code", values))] == spoilt


@pytest.mark.parametrize(
    ("values", "heading", "percent"),
    [
        ("0.5 1 0", "完成率", [50, 100, 0]),
        ("1 1", "进度", [100, 100]),
        ("0 0", "进度", [0, 0]),
        ("0.333 0.29", "完成进度", [33, 29]),
        ("60 1 100", "进度", [60, 1, 100]),
        ("60% 0.5 1%", "进度", [60, 50, 1]),
        ("1 0", "进度(%)", [1, 0]),
        ("６０％ 100%", "进度", [60, 100]),
    ],
)
def test_shares_and_percentages(values: str, heading: str, percent: list[int]) -> None:
    found = rows("progress", values)
    _, refused = settle_progress(found, heading)
    assert ([row.options["progress"] for row in found], refused) == (percent, [])


@pytest.mark.parametrize(("values", "shares"), [("0.5 1", True), ("1 1", True), ("0 0", False), ("60 1", False)])
def test_shares_are_told(values: str, shares: bool) -> None:
    told, _ = settle_progress(rows("progress", values), "进度")
    assert bool(told) == shares


def test_a_fraction_among_percentages_is_refused() -> None:
    _, refused = settle_progress(rows("progress", "60 0.5"), "进度")
    assert [(one.line, one.error.what) for one in refused] == [(3, "“0.5”看不出是0.5%还是50%")]


def test_progress_in_words_goes_into_the_note() -> None:
    found: list[Row] = [Row(2, {"progress": "过半", "note": "在建"}), Row(3, {"progress": "80"})]
    settle_progress(found, "形象进度")
    expected: list[dict[str, Any]] = [{"note": "在建;形象进度:过半"}, {"progress": 80}]
    assert [row.options for row in found] == expected


def test_a_state_in_a_column_of_progress_is_the_outcome() -> None:
    found = rows("progress", "已完成 进行中 未开始 0.5")
    settle_progress(found, "完成进度")
    assert [row.options for row in found] == [
        {"outcome": "已完成"},
        {"outcome": "进行中"},
        {"outcome": "未开始"},
        {"progress": 50},
    ]


@pytest.mark.parametrize(
    ("values", "read"),
    [
        ("0.5 1", [{"progress": 50}, {"progress": 100, "outcome": "100%"}]),
        ("3 100", [{"outcome": "3"}, {"outcome": "100"}]),  # perhaps a number of things
        ("50% 已完成", [{"progress": 50}, {"outcome": "已完成"}]),
        ("0.5 已完成", [{"outcome": "0.5"}, {"outcome": "已完成"}]),
        ("已完成80% 未完成", [{"outcome": "已完成80%"}, {"outcome": "未完成"}]),
    ],
)
def test_percentages_in_a_column_of_outcomes(values: str, read: list[dict[str, Any]]) -> None:
    found = rows("outcome", values)
    settle_outcome(found, "完成情况")
    assert [row.options for row in found] == read
