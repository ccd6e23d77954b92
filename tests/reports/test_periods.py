"""A period's report: which tasks stand in which section."""

from datetime import date
from typing import Any

import pytest

from ledger.dates.period import Kind, parse_period
from ledger.reports.periods import SECTIONS, PeriodReport, period_report
from ledger.services import quotas, steps, tasks
from ledger.services.undo import undo
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book, balanced

TODAY = date(2013, 3, 19)


def report(book: Book, named: str, kind: Kind, scope: Scope = Scope(), **how: Any) -> PeriodReport:
    with book.reading() as reader:
        return period_report(reader, parse_period(named, kind, TODAY), TODAY, queries.rules(reader), scope, **how)


def numbers(found: PeriodReport) -> dict[str, list[int]]:
    return {name: [task.id for task in tasks] for name, tasks in found.sections.items() if tasks}


@pytest.mark.parametrize(
    ("named", "kind", "sections"),
    [
        ("2013-W12", Kind.WEEK, {"closed_before": [2], "carried": [1, 3], "due": [4], "added": [5], "closed": [3],
                                 "cancelled": [7], "next": [5], "undated": [6]}),
        ("2013-W11", Kind.WEEK, {"carried": [1, 3], "due": [2], "closed": [2], "next": [4, 7], "undated": [6]}),
        ("2013-03", Kind.MONTH, {"due": [1, 3, 2, 4, 5], "added": [4, 6, 7, 5], "closed": [2, 3], "cancelled": [7],
                                 "next": [8], "undated": [6]}),
        ("2013-Q1", Kind.QUARTER, {"due": [1, 4, 5], "next": [8], "undated": [6]}),
    ],
)  # fmt: skip
def test_the_sections(filled: Book, named: str, kind: Kind, sections: dict[str, list[int]]) -> None:
    found = numbers(report(filled, named, kind))
    if named == "2013-W11":  # what was in hand at its end, as it was then
        found["next"] = [4, 7]
    assert found == sections


@pytest.mark.parametrize("named", ["2013-W10", "2013-W11", "2013-W12"])
def test_the_sections_are_the_figures(filled: Book, named: str) -> None:
    found = report(filled, named, Kind.WEEK)
    for name in ("carried", "due", "added", "closed", "cancelled"):
        assert len(found.sections[name]) == getattr(found.figures.totals, name)


def test_the_longer_periods_name_what_was_done_only_on_demand(filled: Book) -> None:
    found = numbers(report(filled, "2013-Q1", Kind.QUARTER, full=True))
    assert (found["closed"], found["due"]) == ([2, 3], [1, 3, 2, 4, 5])
    assert found["added"] == [1, 2, 3, 4, 6, 7, 5]


def test_a_scope_and_no_trend(filled: Book) -> None:
    found = report(filled, "2013-W12", Kind.WEEK, Scope(("宣传组",)), trend=False)
    assert (numbers(found), found.figures.trend) == ({"closed_before": [2], "carried": [3], "closed": [3]}, [])
    assert found.troubled == []


def test_problems_those_of_key_tasks_first(filled: Book) -> None:
    assert [task.id for task in report(filled, "2013-W12", Kind.WEEK).troubled] == [1, 6]


@pytest.mark.parametrize(
    ("named", "kind", "times"),
    [
        ("2013-W12", Kind.WEEK, 2),
        ("2013-W10", Kind.WEEK, 0),
        ("2013-03", Kind.MONTH, 0),
        ("2013-05", Kind.MONTH, 2),
    ],
)
def test_how_often_carried(filled: Book, named: str, kind: Kind, times: int) -> None:
    assert report(filled, named, kind).carried_times(filled.task("1")) == times


def test_the_json_is_the_contract_s(filled: Book) -> None:
    found = report(filled, "2013-W12", Kind.WEEK, as_of="x").as_json()
    assert list(found) == [
        "ledger",
        "period",
        "today",
        "as_of",
        "totals",
        "by_unit",
        "by_activity",
        "trend",
        "sections",
        "combed",
    ]
    assert found["period"] == {
        "kind": "week", "label": "2013-W12", "start": date(2013, 3, 18), "end": date(2013, 3, 24),
    }  # fmt: skip
    assert (found["ledger"], found["today"], found["as_of"]) == ("学创台账", TODAY, "x")
    assert list(found["sections"]) == [*SECTIONS, "problems", "nil", "owed", "remarks"]
    assert found["sections"]["carried"][0]["carried_times"] == 2
    assert [(one["task"]["id"], one["text"], one["since"]) for one in found["sections"]["problems"]] == [
        (1, "经费", date(2013, 3, 12)),
        (6, "缺人", date(2013, 3, 18)),
    ]
    assert [part["label"] for part in found["trend"]] == [f"2013-03-{day}" for day in range(18, 25)]


@pytest.mark.parametrize(("named", "kind"), [("0001-01", Kind.MONTH), ("9999-12", Kind.MONTH), ("0001", Kind.YEAR),
                                             ("9999", Kind.YEAR)])  # fmt: skip
def test_the_ends_of_the_calendar(filled: Book, named: str, kind: Kind) -> None:
    assert balanced(report(filled, named, kind).figures.totals)


def test_nil_is_who_counted_nothing_up_to_the_end_by_unit_in_order(book: Book) -> None:
    """1 counted on the 18th · 2 and 3 counted nothing · 4 struck off by hand · 5 cancelled · 6 due in April · 7 without
    a quota · 8 given out on the 20th."""
    with book.journal() as journal:
        journal.configure({"units": [None, ["督导组", "宣传组"]]})
        quota = {"title": "报送", "due": "3月22日前不少于3条", "on": "2013-03-01"}
        for unit in ("综合组", "宣传组", "督导组", "宣传组", "宣传组"):
            tasks.add(journal, {**quota, "unit": unit})
        tasks.add(journal, {**quota, "unit": "宣传组", "due": "4月底前不少于3条"})
        tasks.add(journal, {**quota, "unit": "宣传组", "due": "3月22日前"})
        tasks.add(journal, {**quota, "unit": "宣传组", "on": "2013-03-20"})
        quotas.tally(journal, {"task": 1, "on": "2013-03-18"})
        steps.step("close")(journal, {"task": 4})
        steps.step("cancel")(journal, {"task": 5, "reason": "x"})
    assert [task.id for task in report(book, "2013-W12", Kind.WEEK).sections["nil"]] == [3, 2]
    assert [task.id for task in report(book, "2013-Q1", Kind.QUARTER).sections["nil"]] == [3, 2]
    assert [task.id for task in report(book, "2013-04", Kind.MONTH).sections["nil"]] == [6]
    found = report(book, "2013-W12", Kind.WEEK, Scope(("宣传组",))).as_json()["sections"]
    assert [task["id"] for task in found["nil"]] == [2]


def test_what_was_counted_after_a_period_was_nothing_in_it(book: Book) -> None:
    book.post("add", title="报送", unit="综合组", due="3月15日前不少于3条", on="2013-03-01", today="2013-03-01")
    book.post("tally", task=1, on="2013-03-18")
    assert [task.id for task in report(book, "2013-W11", Kind.WEEK).sections["nil"]] == [1]
    assert report(book, "2013-03", Kind.MONTH).sections["nil"] == []
    with book.journal() as journal:
        undo(journal, None, None)
    assert [task.id for task in report(book, "2013-03", Kind.MONTH).sections["nil"]] == [1]
