"""Evaluations as they are found again: alike on a server, as of a moment, by period and scope, with what rectifies."""

from datetime import UTC, date, datetime

from ledger.dates.period import Kind, period_of
from ledger.model.rules import Rules
from ledger.reports.periods import period_report
from ledger.reports.ratings import Rated, called, ratings
from ledger.services import units
from ledger.services.rating import rate
from ledger.store import queries
from ledger.store.counts import Scope
from ledger.store.past import recall
from tests.conftest import Book

FIRST, LAST, TODAY = date(2013, 3, 1), date(2013, 3, 31), date(2013, 3, 19)


def rated(book: Book, today: str, name: str, **options: object) -> None:
    with book.journal(today) as journal:
        rate(journal, {"name": name, **options})


def fill(book: Book) -> Book:
    book.post("add", title="方案", unit="综合组", leader="甲领导", activity="学创", on="2013-03-01", today="2013-03-01")
    book.post("add", title="宣传", unit="宣传组", on="2013-03-01", today="2013-03-01")
    rated(book, "2013-03-05", "宣传组", percent="86.5", sample=200)
    rated(book, "2013-03-06", "1", satisfied=5, basically=1, dissatisfied=4)
    rated(book, "2013-03-12", "宣传组", percent="88")
    book.post("close", task=3, today="2013-03-14")
    rated(book, "2013-03-15", "宣传组", percent="70")
    rated(book, "2013-03-18", "宣传组", percent="95")
    with book.journal("2013-03-18") as journal:
        units.rename(journal, "宣传组", "宣传处")
    return book


def found(book: Book, scope: Scope = Scope(), first: date = FIRST, last: date = LAST) -> list[Rated]:
    with book.reading() as reader:
        return ratings(reader, queries.rules(reader), first, last, scope)


def said(some: list[Rated]) -> list[tuple[str, str, str | None]]:
    return [(one.origin, str(one.rating), one.rectifying.code if one.rectifying else None) for one in some]


def test_each_with_what_rectified_it_then(book: Book) -> None:
    assert said(found(fill(book))) == [
        ("2013-001", "60%(6/10)", "2013-004"),
        ("宣传处", "86.5%(样本200)", "2013-003"),
        ("宣传处", "88%", "2013-003"),
        ("宣传处", "70%", "2013-005"),
        ("宣传处", "95%", None),
    ]
    assert book.faults() == []


def test_by_period_unit_activity_and_leader(book: Book) -> None:
    fill(book)
    assert said(found(book, first=date(2013, 3, 6), last=date(2013, 3, 6))) == [("2013-001", "60%(6/10)", "2013-004")]
    assert found(book, first=date(2013, 3, 7), last=date(2013, 3, 11)) == []
    assert {one.origin for one in found(book, Scope(units=("宣传处",)))} == {"宣传处"}
    assert {one.origin for one in found(book, Scope(activities=("学创",)))} == {"2013-001"}
    assert {one.origin for one in found(book, Scope(leaders=("甲领导",)))} == {"2013-001"}
    assert {one.origin for one in found(book, Scope(leaders=("甲领导",), led=("宣传处",)))} == {"2013-001", "宣传处"}


def test_whose_are_asked_for(book: Book) -> None:
    fill(book)
    with book.reading() as reader:
        asked = [called(reader, Rules(), name, TODAY) for name in (None, " 宣传 处", "1")]
    assert asked == [
        (Scope(), None, None),
        (Scope(units=("宣传处",)), None, "宣传处"),
        (Scope(units=("综合组",)), 1, "2013-001 方案"),
    ]


def test_as_of_a_moment(book: Book) -> None:
    fill(book)
    with book.reading() as reader:
        then = recall(reader, datetime(2013, 3, 12, 12, tzinfo=UTC))
        told = ratings(then, queries.rules(then), FIRST, LAST, Scope())
    assert [one.origin for one in told] == ["2013-001", "宣传组", "宣传组"]


def test_a_report_without_any_has_no_section(book: Book) -> None:
    fill(book)
    with book.reading() as reader:
        rules = queries.rules(reader)
        report = period_report(reader, period_of(Kind.WEEK, date(2013, 2, 20)), TODAY, rules, Scope())
    assert "satisfaction" not in report.as_json()["sections"]
