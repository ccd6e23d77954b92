"""Why it lags: the latest open problem, else the latest reason; as it stood at the end of the period."""

from datetime import date

from ledger.dates.period import parse_any_period
from ledger.model.rules import Rules
from ledger.reports.circular import ranking_report
from ledger.reports.columns import WHOLE
from ledger.reports.ranking import Ranking, ranking_of
from ledger.services.undo import undo
from tests.conftest import Book

TODAY = date(2013, 4, 10)


def ranked(book: Book, period: str = "2013-03") -> Ranking:
    with book.reading() as reader:
        return ranking_of(reader, parse_any_period(period, TODAY), TODAY, Rules("台账"))


def told(book: Book, period: str = "2013-03") -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["kind"], row["text"]) for row in ranked(book, period).as_json()["causes"]}


def lagging(book: Book, unit: str = "甲局", due: str = "2013-03-10") -> int:
    return book.post("add", title="事项", unit=unit, due=due, on="2013-03-01").id


def test_a_problem_tells_before_a_reason_and_the_latest_before_others(book: Book) -> None:
    for _ in range(4):
        lagging(book)
    book.post("extend", task=1, due="2013-03-12", reason="场地未定", on="2013-03-02")
    book.post("submit", task=1, on="2013-03-03")
    book.post("return", task=1, reason="缺会议纪要", on="2013-03-04")
    book.post("note", task=2, text="缺经费", problem=True, on="2013-03-02")
    book.post("note", task=2, text="缺人", problem=True, on="2013-03-05")
    book.post("extend", task=2, due="2013-03-14", reason="等批复", on="2013-03-06")
    book.post("note", task=3, text="缺经费", problem=True, on="2013-03-02")
    book.post("note", task=3, text="已拨付", resolves=True, on="2013-03-05")
    assert told(book) == {"2013-001": ("退回", "缺会议纪要"), "2013-002": ("问题", "缺人")}


def test_what_came_after_the_period_or_was_taken_back_tells_nothing(book: Book) -> None:
    lagging(book)
    book.post("note", task=1, text="缺人", problem=True, on="2013-04-02", today="2013-04-10")
    book.post("extend", task=1, due="2013-05-10", reason="等批复", on="2013-04-03", today="2013-04-10")
    assert told(book) == {}
    with book.reading() as reader:
        ((seq,),) = reader.rows("SELECT max(e.seq) FROM entry e")
    with book.journal("2013-04-10") as journal:
        undo(journal, seq, None)
    found = ranked(book, "2013-04").as_json()["causes"]
    assert [(row["kind"], row["text"], row["on"]) for row in found] == [("问题", "缺人", date(2013, 4, 2))]


def test_who_is_blamed_is_told_with_the_task_that_tells_most(book: Book) -> None:
    for at in range(6):
        number = lagging(book, f"单位{at}")
        if at < 5:
            book.post("close", task=number, on="2013-03-08" if at < 3 else "2013-03-12")
    number = lagging(book, "单位5", "2013-06-01")
    book.post("note", task=number, text="征地受阻", problem=True, on="2013-03-12")
    report = ranking_report(ranked(book), Rules("台账"))
    black = next(one for one in report.sections if one.name == "black")
    assert black.columns[-1].title == "原因"
    assert (black.rows[0][1], black.rows[0][-1]) == ("单位5", "事项(问题:征地受阻)")
    assert all(row[-1] is None for row in black.rows[1:])


def test_beside_what_is_overdue_where_it_is_read(book: Book) -> None:
    lagging(book)
    lagging(book)
    book.post("pause", task=2, reason="等资金", on="2013-03-02")
    book.post("resume", task=2, on="2013-03-03")
    read, kept = (ranking_report(ranked(book), Rules("台账"), *of).sections[-1] for of in ((), (WHOLE,)))
    assert [row[1] for row in read.rows] == ["事项", "事项(中止:等资金)"]
    assert [row[1] for row in kept.rows] == ["事项", "事项"]
