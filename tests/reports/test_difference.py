"""What changed between two positions, for people and for programs."""

from contextlib import closing
from datetime import date

from ledger.dates.period import Kind, period_of
from ledger.reports.difference import Difference, Position, difference, difference_report, later
from ledger.reports.rate import Rate
from ledger.reports.report import GAP, Change
from ledger.store.counts import Scope
from ledger.store.head import head_of
from ledger.store.past import recall_to
from tests.conftest import Book

TODAY = date(2013, 3, 19)


def since(book: Book, first: int, today: date = TODAY, scope: Scope = Scope()) -> Difference:
    with book.reading() as reader:
        a, b = Position("当时", first, TODAY), Position("现在", head_of(reader).seq, today)
        period = period_of(Kind.WEEK, TODAY)
        seen = later(reader, a, b, period, scope)
        with closing(recall_to(reader, first)) as before:
            return difference(seen, before, a, b, period, scope, "学创台账")


def head(book: Book) -> int:
    with book.reading() as reader:
        return head_of(reader).seq


def test_each_figure_is_told_with_the_tasks_that_moved_it_and_why(filled: Book) -> None:
    first = head(filled)
    filled.post("close", task="4", on="2013-03-19")
    filled.post("note", task="1", text="过半")
    found = since(filled, first)
    page = difference_report(found)
    assert page.summary == ((("自当时",), ("至现在",)), (("另有", "进展 1 条"),))
    figures, movers, closed = page.sections
    assert ("本期销号", 1, 2, Change(2, 1)) in figures.rows
    assert ("销号率", Rate(1, 3), Rate(2, 3), Change(Rate(2, 3), Rate(1, 3))) in figures.rows
    title = found.tasks[4].title
    assert ("期末在办", Change(0, 1), "2013-004", title, found.tasks[4].unit, f"销号(第{first + 1}号)") in movers.rows
    assert movers.heading == f"二、数字由来({len(movers.rows)})" and closed.heading == "三、销号(1)"
    value = found.as_json()
    (gained,) = value["figures"]["closed"]["gained"]
    assert (gained["task"], gained["entry"], gained["because"]) == (4, first + 1, [first + 1])
    assert value["figures"]["completion_rate"]["before"] == {"share": 1 / 3, "part": 1, "whole": 3}
    assert [event["entry"] for event in value["tasks"]["closed"]] == [first + 1]
    assert value["tasks"]["others"] == {"note": 1}


def test_what_only_the_day_moved_is_told_as_that(filled: Book) -> None:
    page = difference_report(since(filled, head(filled) - 1, date(2013, 3, 22)))
    assert {row[-1] for row in page.sections[1].rows if row[0] == "逾期在办"} == {"日期推移"}


def test_a_rate_of_nothing_is_not_compared(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", due="2013-03-20", on="2013-03-01")
    first = head(book)
    book.post("close", task="1", on="2013-03-19")
    figures = difference_report(since(book, first)).sections[0]
    assert ("按期率", Rate(0, 0), Rate(1, 1), GAP) in figures.rows


def test_nothing_changed_is_said(filled: Book) -> None:
    filled.post("note", task="1", text="过半")
    page = difference_report(since(filled, head(filled) - 1))
    assert page.sections == [] and page.summary[1:] == ((("本期数字没有变动",),), (("另有", "进展 1 条"),))
