"""What leaders say stands in the reports of the days on which they said it, and beside the task on the sheet."""

from datetime import date

from ledger.dates.period import parse_any_period
from ledger.reports.periods import PeriodReport, period_report
from ledger.reports.present import summary_report, week_report
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 19)


def fill(book: Book) -> None:
    for number, unit in enumerate(("综合组", "宣传组"), start=1):
        book.post("add", title=f"甲{number}", unit=unit, on="2013-03-01", due="2013-05-31", feedback="每周五")
    book.post("note", task=1, text="过半", progress=50, report=True, on="2013-03-15")
    book.post("note", task=1, text="做得好。", remark="张某", praise=True)
    book.post("note", task=2, text="抓紧", remark="李某", on="2013-03-12")


def of(book: Book, period: str, scope: Scope = Scope()) -> PeriodReport:
    with book.reading() as reader:
        return period_report(reader, parse_any_period(period, TODAY), TODAY, queries.rules(reader), scope)


def test_they_stand_in_the_period_in_which_they_were_said(book: Book) -> None:
    fill(book)
    assert [(one.who, one.tone) for one in of(book, "2013-W12").remarks] == [("张某", "表扬")]
    assert [(one.who, one.tone) for one in of(book, "2013-W11").remarks] == [("李某", None)]
    assert of(book, "2013-W10").remarks == of(book, "2013-W13").remarks == []
    assert [one.who for one in of(book, "2013-03", Scope(("宣传组",))).remarks] == ["李某"]
    (told,) = of(book, "2013-W12").as_json()["sections"]["remarks"]
    assert (told["task"]["id"], told["who"], told["tone"], told["text"]) == (1, "张某", "表扬", "做得好。")


def test_list_and_summary_have_a_section_of_them(book: Book) -> None:
    fill(book)
    with book.reading() as reader:
        rules = queries.rules(reader)
    week, month = of(book, "2013-W12"), of(book, "2013-03")
    (section,) = [one for one in week_report(week, rules, full=False).sections if one.name == "remarks"]
    assert (section.title, section.rows) == (
        "领导批示",
        [(date(2013, 3, 19), "张某(表扬)", "做得好。", "2013-001", "甲1", "综合组")],
    )
    (section,) = [one for one in summary_report(month, rules, full=False).sections if one.name == "remarks"]
    assert [row[1] for row in section.rows] == ["李某", "张某(表扬)"]
    assert not [one for one in week_report(of(book, "2013-W10"), rules, full=False).sections if one.name == "remarks"]


def test_on_the_sheet_they_stand_beside_the_task_with_what_is_owed(book: Book) -> None:
    fill(book)
    with book.reading() as reader:
        rules = queries.rules(reader)
    sheet = week_report(of(book, "2013-W12"), rules, full=False, paged=True).sheet
    assert sheet is not None
    rows = {row[1]: row for row in sheet.rows if len(row) > 1}
    assert rows["甲1"][5] == "50%，过半\n批示：张某（表扬）：做得好。"
    assert str(rows["甲2"][-1]).count("3月8日起未报送") == 1
    bands = [str(row[0]) for row in sheet.rows if len(row) == 1]
    assert [band for band in bands if "未报送" in band or "批示" in band] == ["七、未报送(1)", "九、领导批示(1)"]
