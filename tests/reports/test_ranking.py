"""The circular: order, places, the two lists, sums."""

from datetime import date

import pytest

from ledger.dates.period import parse_any_period
from ledger.model.rules import Rules
from ledger.reports.circular import ranking_report
from ledger.reports.figures import NAMES
from ledger.reports.ranking import Ranking, ranking_of
from ledger.reports.report import Rate
from ledger.services.batch import OPERATIONS
from ledger.store.counts import Scope
from tests.conftest import Book, balanced

TODAY = date(2013, 3, 19)


def ranked(book: Book, period: str, activity: str | None = None) -> Ranking:
    with book.reading() as reader:
        return ranking_of(
            reader,
            parse_any_period(period, TODAY),
            TODAY,
            Rules("学创台账"),
            Scope(activities=(activity,) if activity else ()),
        )


@pytest.mark.parametrize("period", ["2013-W11", "2013-W12", "2013-02", "2013-03", "2013-04", "2013-Q1", "2013"])
def test_sums_and_overdue_agree_with_the_figures(filled: Book, period: str) -> None:
    found = ranked(filled, period)
    assert {one.name for one in found.units} == {"综合组", "宣传组", "督导组"}
    for name in NAMES:
        assert sum(getattr(one.figures, name) for one in found.units) == getattr(found.totals, name)
    assert balanced(found.totals)
    for one in found.units:
        assert [task.unit for task in found.overdue].count(one.name) == one.figures.overdue


def test_what_is_given_out_after_today_is_left_out(filled: Book) -> None:
    with filled.journal() as journal:
        later = {"title": "月底的事", "unit": "宣传组", "due": "2013-03-30", "on": "2013-03-25"}
        OPERATIONS["add"][0](journal, later)
    assert [(one.name, one.figures.due) for one in ranked(filled, "2013-03").units] == [
        ("宣传组", 2), ("督导组", 1), ("综合组", 2),
    ]  # fmt: skip


def test_one_activity(filled: Book) -> None:
    found = ranked(filled, "2013-03", "学创")
    assert [(one.name, one.place) for one in found.units] == [("宣传组", 1), ("综合组", 2), ("督导组", None)]


def test_laid_out_and_as_an_object(filled: Book) -> None:
    found = ranked(filled, "2013-W12")
    report = ranking_report(found, Rules("学创台账"))
    assert [section.name for section in report.sections] == ["ranking", "overdue"]
    head, *_, last = report.sections[0].rows
    assert head[:5] == (1, "宣传组", 1, 1, Rate(1, 1))
    assert last[:2] == ("合计", None)
    assert report.kind == "rank" and report.figures is not None and report.span == found.period
    value = found.as_json()
    assert list(value) == [
        "ledger",
        "period",
        "today",
        "as_of",
        "totals",
        "ranking",
        "red",
        "black",
        "overdue",
        "causes",
    ]
    assert value["ranking"][0]["place"] == 1
    assert [task["code"] for task in value["overdue"]] == [task.code for task in found.overdue]


def test_how_many_tasks_were_put_off_however_often(book: Book) -> None:
    for title in ("甲", "乙"):
        book.post("add", title=title, unit="综合组", on="2013-03-01", due="2013-03-10")
    for due in ("2013-03-15", "2013-03-20"):
        book.post("extend", task="1", due=due, reason="场地未定", on="2013-03-05")
    found = ranked(book, "2013-03")
    (unit,) = found.as_json()["ranking"]
    assert (unit["extended"], unit["extended_tasks"]) == (2, 1)
    (table, *_) = ranking_report(found, Rules()).sections
    assert (table.columns[-1].title, table.rows[0][-1]) == ("延期件数", 1)
