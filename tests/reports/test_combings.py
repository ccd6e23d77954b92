"""When the week's list was combed: in the weekly list, in its JSON, in the journal."""

from datetime import UTC, date

import pytest

from ledger.dates.period import Kind, parse_period
from ledger.model.rules import Rules
from ledger.reports.combings import Combing, words
from ledger.reports.history import log_report
from ledger.reports.periods import PeriodReport, period_report
from ledger.reports.present import week_report
from ledger.services import combing
from ledger.services.undo import undo
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 19)


@pytest.fixture
def combed(book: Book) -> Book:
    """Combed on Sunday, Monday and Tuesday; what was recorded of Monday by mistake is taken back."""
    for today, actor, seen in (("2013-03-17", "张三", 9), ("2013-03-18", "张三", 37), ("2013-03-18", "王五", 1)):
        with book.journal(today, actor) as journal:
            combing.record(journal, seen, 37)
    with book.journal("2013-03-18", "王五") as journal:
        undo(journal, 4, None)
    with book.journal("2013-03-19", "李四") as journal:
        combing.record(journal, 5, 40)
    return book


def report(book: Book, named: str = "2013-W12", kind: Kind = Kind.WEEK, scope: Scope = Scope()) -> PeriodReport:
    with book.reading() as reader:
        return period_report(reader, parse_period(named, kind, TODAY), TODAY, queries.rules(reader), scope)


def test_the_weekly_list_says_who_combed_it(combed: Book) -> None:
    found = report(combed)
    assert found.as_json()["combed"] == [
        {"on": date(2013, 3, 18), "actor": "张三", "seen": 37, "listed": 37},
        {"on": date(2013, 3, 19), "actor": "李四", "seen": 5, "listed": 40},
    ]
    assert week_report(found, Rules("x"), full=False).summary == (
        (("3月18日由张三梳理,37件;3月19日由李四梳理,5件(应梳理40件)",),),
    )


def test_nothing_is_said_where_nobody_combed_it(combed: Book) -> None:
    assert week_report(report(combed, "2013-W10"), Rules("x"), full=False).summary == ()
    assert report(combed, scope=Scope(("综合组",))).combings == []
    assert "combed" not in report(combed, "2013-03", Kind.MONTH).as_json()


def test_the_latest_are_told() -> None:
    found = [Combing(date(2013, 3, day), "张三", day, day) for day in range(18, 23)]
    assert words(found) == "3月20日由张三梳理,20件;3月21日由张三梳理,21件;3月22日由张三梳理,22件"


def test_those_of_one_hand_and_day_are_told_together() -> None:
    found = [Combing(date(2013, 3, 18), "张三", 12, 37), Combing(date(2013, 3, 19), "李四", 3, 3)]
    found.append(Combing(date(2013, 3, 18), "张三", 25, 30))
    assert words(found) == "3月18日由张三梳理2次,计37件次;3月19日由李四梳理,3件"


def test_a_walk_that_was_recorded_on_the_way_is_told_once(book: Book) -> None:
    for actor, seen, before in (
        ("张三", 1, None),
        ("李四", 1, None),
        ("张三", 12, 1),
        ("张三", 30, 12),
        ("王五", 3, 2),
    ):
        with book.journal(actor=actor) as journal:
            combing.record(journal, seen, 37, before)
    assert [(one.actor, one.seen) for one in report(book).combings] == [("李四", 1), ("张三", 30), ("王五", 3)]
    assert book.faults() == []


def test_the_journal_says_how_many(combed: Book) -> None:
    with combed.reading() as reader:
        logged = queries.logged(reader, "e.action = 'comb'", {})
    rows = log_report(logged, TODAY, Rules("x"), None, UTC).sections[0].rows
    assert [row[2:6] for row in rows] == [
        ("梳理", date(2013, 3, 17), "9件(应梳理37件)", "张三"),
        ("梳理", date(2013, 3, 18), "37件", "张三"),
        ("梳理", date(2013, 3, 18), "1件(应梳理37件);〔已被第5号冲销〕", "王五"),
        ("梳理", date(2013, 3, 19), "5件(应梳理40件)", "李四"),
    ]
