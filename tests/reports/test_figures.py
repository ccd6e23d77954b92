"""The figures of a period, counted by hand (against a naive count over random histories: `tests/properties`)."""

from datetime import date

import pytest

from ledger.dates.period import Kind, parse_period
from ledger.reports.figures import NAMES, Figures, PeriodFigures, figures_of
from ledger.store.counts import Scope
from tests.conftest import Book, balanced

TODAY = date(2013, 3, 19)


def counted(book: Book, named: str, kind: Kind = Kind.WEEK, scope: Scope = Scope()) -> PeriodFigures:
    with book.reading() as reader:
        return figures_of(reader, parse_period(named, kind, TODAY), TODAY, scope, ("督导组", "综合组"))


def some(figures: Figures, names: str) -> list[int]:
    return [getattr(figures, name) for name in names.split()]


BALANCE = "opening added reopened closed cancelled closing"
OBLIGATION = "carried due obligation met on_time late overdue"


@pytest.mark.parametrize(
    ("named", "balance", "obligation"),
    [
        ("2013-W11", [6, 0, 0, 1, 0, 5], [2, 1, 3, 1, 1, 0, 2]),
        ("2013-W12", [5, 1, 0, 1, 1, 4], [2, 1, 3, 1, 0, 1, 1]),
        ("2013-W13", [4, 0, 0, 0, 0, 4], [2, 1, 3, 0, 0, 0, 1]),
        ("2013-W14", [4, 0, 0, 0, 0, 4], [3, 0, 3, 0, 0, 0, 1]),
    ],
)
def test_a_week_counted_by_hand(filled: Book, named: str, balance: list[int], obligation: list[int]) -> None:
    totals = counted(filled, named).totals
    assert (some(totals, BALANCE), some(totals, OBLIGATION)) == (balance, obligation)
    assert balanced(totals)


def test_units_in_display_order_zeros_too_and_activities_none_last(filled: Book) -> None:
    found = counted(filled, "2013-W12")
    assert [(name, part.closing) for name, part in found.by_unit] == [("督导组", 2), ("综合组", 2), ("宣传组", 0)]
    assert [(name, part.closing) for name, part in found.by_activity] == [("学创", 1), (None, 3)]
    for parts in (found.by_unit, found.by_activity):
        for name in NAMES:
            assert sum(getattr(part, name) for _, part in parts) == getattr(found.totals, name)


def test_the_trend_chains_and_adds_up(filled: Book) -> None:
    found = counted(filled, "2013-03", Kind.MONTH)
    trend = [part for _, part in found.trend]
    assert [part.label for part, _ in found.trend] == ["2013-W09", "2013-W10", "2013-W11", "2013-W12", "2013-W13"]
    assert [one.closing for one in trend[:-1]] == [one.opening for one in trend[1:]]
    assert (trend[0].opening, trend[-1].closing) == (found.totals.opening, found.totals.closing)
    for name in ("added", "reopened", "closed", "cancelled", "on_time", "late"):
        assert sum(getattr(one, name) for one in trend) == getattr(found.totals, name)


@pytest.mark.parametrize(
    ("scope", "closing"),
    [
        (Scope(("综合组",)), 2),
        (Scope((), ("学创",)), 1),
        (Scope(("综合组",), ("学创",)), 1),
        (Scope(("宣传组",), ("学创",)), 0),
        (Scope(("督导组", "综合组")), 4),
    ],
)
def test_a_scope_counts_its_own_alone(filled: Book, scope: Scope, closing: int) -> None:
    found = counted(filled, "2013-W12", scope=scope)
    assert found.totals.closing == closing == found.trend[-1][1].closing
    if scope.units:
        assert [name for name, _ in found.by_unit] == [*scope.units]


@pytest.mark.parametrize(
    ("on_time", "late", "rate"), [(1, 3, 0.25), (3, 1, 0.75), (2, 0, 1.0), (0, 2, 0.0), (0, 0, None)]
)
def test_each_rate_of_what_was_in_time_has_its_own_closings(on_time: int, late: int, rate: float | None) -> None:
    """Those of one say nothing in the other."""
    rates = ("on_time_rate", "on_time_rate_original")
    bound = Figures(on_time=on_time, late=late, on_time_original=1, late_original=1).as_json()
    original = Figures(on_time=1, late=1, on_time_original=on_time, late_original=late).as_json()
    assert [bound[name] for name in rates] == [rate, 0.5]
    assert [original[name] for name in rates] == [0.5, rate]


def test_an_extension_in_time_is_late_by_the_deadline_first_set(book: Book) -> None:
    for number in (1, 2, 3):
        book.post("add", title=f"第{number}件", unit="综合组", due="2013-03-13", on="2013-03-01")
    book.post("extend", task="1", due="2013-03-20", reason="改期", on="2013-03-12")
    for number in (1, 2, 3):
        book.post("close", task=str(number), on="2013-03-14" if number == 1 else "2013-03-12")
    found = counted(book, "2013-W11").totals.as_json()
    assert (found["on_time_rate"], found["on_time_rate_original"]) == (1.0, 2 / 3)


def test_the_json_has_the_keys_of_the_contract_in_its_order() -> None:
    found = Figures(carried=2, due=1, met=1, on_time=1, late=3, late_original=2).as_json()
    assert list(found) == [
        "opening",
        "added",
        "reopened",
        "closed",
        "cancelled",
        "closing",
        "carried",
        "due",
        "obligation",
        "met",
        "completion_rate",
        "on_time",
        "late",
        "on_time_rate",
        "on_time_rate_original",
        "overdue",
        "extended",
    ]
    assert (found["completion_rate"], found["on_time_rate"], found["on_time_rate_original"]) == (1 / 3, 0.25, 0.0)
    empty = Figures().as_json()
    assert (empty["completion_rate"], empty["on_time_rate"], empty["on_time_rate_original"]) == (None, None, None)
