"""A report kept as JSON and had again: every kind of part of it, and every report that the program makes."""

import json
from datetime import date

import pytest

from ledger.dates.period import Kind, parse_period
from ledger.reports.bulletin import bulletin_of, bulletin_report
from ledger.reports.circular import ranking_report
from ledger.reports.frozen import freeze, thaw
from ledger.reports.lists import overdue_tasks
from ledger.reports.periods import period_report
from ledger.reports.present import list_report, summary_report, week_report
from ledger.reports.ranking import ranking_of
from ledger.reports.report import GAP, Alarm, Band, Bar, Change, Issue, Rate, Report, State, Total
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 25)


def again(report: Report) -> Report:
    found = thaw(json.loads(json.dumps(freeze(report))))
    assert isinstance(found, Report)
    return found


@pytest.fixture
def reports(book: Book) -> list[Report]:
    book.post("add", title="甲", unit="综合组", on="2013-03-01", due="2013-03-08", activity="学创活动", key=True)
    book.post("add", title="乙", unit="宣传组", on="2013-03-18", due="2013-03-28")
    book.post("note", task="1", text="缺经费", problem=True)
    book.post("close", task="2", today="2013-03-20", on="2013-03-20")
    with book.reading() as reader:
        rules = queries.rules(reader)
        found = []
        for kind in (Kind.WEEK, Kind.MONTH, Kind.YEAR):
            period = parse_period(None, kind, TODAY)
            made = period_report(reader, period, TODAY, rules, Scope(), full=True, trend=True)
            laid_out = week_report if kind is Kind.WEEK else summary_report
            found += [laid_out(made, rules, full=True, paged=paged) for paged in (True, False)]
        march = parse_period("2013-03", Kind.MONTH, TODAY)
        found.append(ranking_report(ranking_of(reader, march, TODAY, rules, Scope(), None, None, None), rules))
        found.append(bulletin_report(bulletin_of(reader, march, TODAY, rules, Scope(), None)))
        found.append(list_report("逾期清单", overdue_tasks(reader, TODAY, Scope(), 0), TODAY, rules, None))
    return found


def test_every_report_is_had_again(reports: list[Report]) -> None:
    for report in reports:
        assert again(report) == report


def test_every_part_stays_of_its_kind() -> None:
    row = Total(
        (1, "文", 0.5, date(2013, 3, 19), Rate(1, 3), GAP, State("red", "红", ("逾期",)), Bar(1, 2), Change(2, 1), None)
    )
    issue = Issue("〔2013〕1号", TODAY, "办公室")
    report = Report("题", "账", "截至", TODAY, summary=((("逾期", 1, Rate(0, 0), Alarm("逾期", 2)),),), issue=issue)
    assert again(report).summary == report.summary and again(report).issue == issue
    thawed = thaw(json.loads(json.dumps(freeze([row, Band(("一、",)), (True, None)]))))
    assert [type(one) for one in thawed] == [Total, Band, tuple]
    assert thawed[0] == row and [type(cell) for cell in thawed[0]] == [type(cell) for cell in row]
    assert thawed[0][5] is GAP and thawed[2] == (True, None)


def test_what_no_report_holds_is_refused() -> None:
    with pytest.raises(TypeError):
        freeze({"a": 1})
    for wrong in (["Exec", 1], [], ["Rate"], ["day", "x"]):
        with pytest.raises((ValueError, TypeError, LookupError)):
            thaw(wrong)
