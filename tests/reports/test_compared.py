"""A period beside the one before it and that of last year: which days are compared, and what cannot be."""

from datetime import date
from typing import Any

import pytest

from ledger.dates.period import Kind, parse_period
from ledger.reports.compared import Comparison, Other, comparison_line, comparison_section
from ledger.reports.figures import TOTALS, Figures
from ledger.reports.periods import PeriodReport, period_report
from ledger.reports.report import GAP, Change, Rate, text_of
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book


@pytest.fixture
def years(book: Book) -> Book:
    """Tasks of two years, some of them struck off, the first given out on 2012-01-09."""
    for on, unit, due, closed in (
        ("2012-01-09", "综合组", "2012-01-20", "2012-01-18"),
        ("2012-02-01", "宣传组", "2012-03-10", "2012-03-12"),
        ("2012-03-05", "综合组", "2012-03-16", None),
        ("2013-01-07", "督导组", "2013-02-08", "2013-02-18"),
        ("2013-02-04", "综合组", "2013-02-19", "2013-02-25"),
        ("2013-02-20", "宣传组", "2013-03-08", "2013-03-08"),
        ("2013-03-04", "督导组", "2013-03-29", None),
    ):
        task = book.post("add", title=f"{on}的事", unit=unit, on=on, due=due, today="2013-03-19")
        if closed:
            book.post("close", task=task.id, on=closed)
    return book


def report(book: Book, kind: Kind, named: str, today: date, scope: Scope = Scope(), compare: bool = True) -> Any:
    with book.reading() as reader:
        period = parse_period(named, kind, today)
        return period_report(reader, period, today, queries.rules(reader), scope, compare=compare)


def compared(found: PeriodReport) -> Comparison:
    assert found.compared is not None
    return found.compared


@pytest.mark.parametrize(
    ("kind", "named", "today", "previous", "year_ago"),
    [
        (Kind.WEEK, "2013-W12", "2013-03-19", ("2013-W11", "2013-03-12"), ("2012-W12", "2012-03-20")),
        (Kind.WEEK, "2013-W11", "2013-03-19", ("2013-W10", "2013-03-10"), ("2012-W11", "2012-03-18")),
        (Kind.MONTH, "2013-03", "2013-03-19", ("2013-02", "2013-02-19"), ("2012-03", "2012-03-19")),
        (Kind.MONTH, "2013-03", "2013-03-30", ("2013-02", "2013-02-28"), ("2012-03", "2012-03-30")),
        (Kind.MONTH, "2013-03", "2013-03-31", ("2013-02", "2013-02-28"), ("2012-03", "2012-03-31")),
        (Kind.MONTH, "2013-02", "2013-02-28", ("2013-01", "2013-01-31"), ("2012-02", "2012-02-29")),
        (Kind.MONTH, "2013-02", "2013-02-27", ("2013-01", "2013-01-27"), ("2012-02", "2012-02-27")),
        (Kind.MONTH, "2013-02", "2013-03-19", ("2013-01", "2013-01-31"), ("2012-02", "2012-02-29")),
        (Kind.QUARTER, "2013-Q1", "2013-03-19", ("2012-Q4", "2012-12-19"), ("2012-Q1", "2012-03-19")),
        (Kind.QUARTER, "2013-Q2", "2013-05-31", ("2013-Q1", "2013-02-28"), ("2012-Q2", "2012-05-31")),
        (Kind.HALF, "2013-H1", "2013-03-19", ("2012-H2", "2012-09-19"), ("2012-H1", "2012-03-19")),
        (Kind.YEAR, "2013", "2013-03-19", ("2012", "2012-03-19"), ("2012", "2012-03-19")),
        (Kind.YEAR, "2012", "2013-03-19", ("2011", "2011-12-31"), ("2011", "2011-12-31")),
    ],
)
def test_a_running_period_is_compared_up_to_the_same_day(
    years: Book, kind: Kind, named: str, today: str, previous: tuple[str, str], year_ago: tuple[str, str]
) -> None:
    found = compared(report(years, kind, named, date.fromisoformat(today)))
    said = [(other.period.label, other.until.isoformat()) for other in (found.previous, found.year_ago) if other]
    assert said == [previous, year_ago]


@pytest.mark.parametrize("scope", [Scope(), Scope(("综合组",)), Scope(("宣传组", "督导组"))], ids=str)
@pytest.mark.parametrize("today", ["2013-02-18", "2013-03-08", "2013-03-19", "2013-03-31", "2013-12-31"])
@pytest.mark.parametrize("kind", [Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR])
def test_each_compared_figure_is_that_of_the_other_periods_own_report(
    years: Book, kind: Kind, today: str, scope: Scope
) -> None:
    day = date.fromisoformat(today)
    whole = report(years, kind, today, day, scope)
    found = compared(whole)
    object_of = found.as_json(whole.figures.totals)
    for name, other in (("previous", found.previous), ("year_ago", found.year_ago)):
        assert other is not None
        own = report(years, kind, other.period.label, other.until, scope, compare=False).as_json()
        told = object_of[name]
        assert {one: told[one] for one in ("period", "totals", "by_unit", "by_activity")} == {
            one: own[one] for one in ("period", "totals", "by_unit", "by_activity")
        }
        assert "compare" not in own
        for figure, value in whole.as_json()["totals"].items():
            before = own["totals"][figure]
            wanted = None if value is None or before is None else pytest.approx(value - before, abs=1e-6)
            assert told["change"][figure] == wanted


def test_what_is_over_is_compared_with_the_whole_as_it_is_known_today(years: Book) -> None:
    today = date(2013, 3, 19)
    found = compared(report(years, Kind.MONTH, "2013-02", today))
    assert found.year_ago is not None
    assert found.year_ago.figures is not None
    own = report(years, Kind.MONTH, "2012-02", today, compare=False)
    assert found.year_ago.figures.totals == own.figures.totals


def cells(book: Book, kind: Kind, named: str, today: str) -> tuple[dict[str, tuple[Any, ...]], str]:
    """The rows for people by their first cell, and the line above them."""
    day = date.fromisoformat(today)
    found = report(book, kind, named, day)
    section = comparison_section(compared(found), found.period, day, found.figures.totals)
    line = comparison_line(compared(found), found.period, day)
    return {str(row[0]): row[1:] for row in section.rows}, " | ".join(map(text_of, line))


def test_the_table_has_every_figure_with_its_days(years: Book) -> None:
    rows, line = cells(years, Kind.MONTH, "2013-03", "2013-03-19")
    assert [*rows] == ["起止", *(label for label, _, _ in TOTALS)]
    assert rows["起止"] == ("3.1至3.19", "2.1至2.19", None, "2012.3.1至3.19", None)
    assert rows["本期新增"] == (1, 1, Change(1, 1), 1, Change(1, 1))
    assert rows["销号率"][0] == Rate(1, 3)
    assert line == (
        "本期 3月1日—19日 | 环比 上期 2月1日—19日 | 同比 去年同期 2012年3月1日—19日 | 本期未完,各算到同一天"
    )


def test_a_year_has_one_to_compare_with(years: Book) -> None:
    rows, line = cells(years, Kind.YEAR, "2013", "2013-12-31")
    assert rows["起止"] == ("1.1至12.31", "2012.1.1至12.31", None)
    assert line == "本期 1月1日—12月31日 | 同比 上年 2012年1月1日—12月31日 | 台账始于2012年1月9日"


def test_nothing_is_compared_with_what_was_before_the_ledger(years: Book) -> None:
    rows, line = cells(years, Kind.MONTH, "2012-03", "2012-03-12")
    assert rows["本期销号"] == (1, 0, Change(1, 0), GAP, GAP)
    assert "同比 去年同期 2011年3月1日—12日(台账尚未启用)" in line
    rows, line = cells(years, Kind.MONTH, "2012-02", "2012-02-08")
    assert rows["本期新增"] == (1, GAP, GAP, GAP, GAP)
    rows, line = cells(years, Kind.MONTH, "2012-02", "2012-02-09")
    assert rows["本期新增"] == (1, 1, Change(1, 1), GAP, GAP)
    assert "台账始于2012年1月9日" in line
    assert cells(years, Kind.MONTH, "2012-03", "2013-03-12")[1].endswith("(台账尚未启用)")


def test_a_ledger_without_tasks_compares_nothing(book: Book) -> None:
    rows, _ = cells(book, Kind.WEEK, "2013-W12", "2013-03-19")
    assert rows["期末在办"] == (0, GAP, GAP, GAP, GAP)
    found = report(book, Kind.WEEK, "2013-W12", date(2013, 3, 19)).as_json()["compare"]
    assert found["begun"] is None
    assert (found["previous"]["totals"], found["previous"]["change"], found["previous"]["by_unit"]) == (None, None, [])


def test_a_rate_of_nothing_is_no_rate_to_compare(years: Book) -> None:
    rows, _ = cells(years, Kind.WEEK, "2013-W12", "2013-03-19")
    assert rows["按期率"][0] == Rate(0, 0)
    assert rows["按期率"][2] == GAP
    found = report(years, Kind.WEEK, "2013-W12", date(2013, 3, 19)).as_json()["compare"]
    assert found["previous"]["change"]["on_time_rate"] is None


def test_a_week_that_last_year_did_not_have(years: Book) -> None:
    found = report(years, Kind.WEEK, "2020-W53", date(2021, 2, 1))
    assert compared(found).year_ago is None
    assert found.as_json()["compare"]["year_ago"] is None
    rows, line = cells(years, Kind.WEEK, "2020-W53", "2021-02-01")
    assert rows["期末在办"][3:] == (GAP, GAP)
    assert "同比 去年同期 没有这个时段" in line
    assert rows["起止"][0] == "2020.12.28至2021.1.3"
    assert line.startswith("本期 2020年12月28日—2021年1月3日")


def test_a_period_to_come_is_not_compared(years: Book) -> None:
    rows, line = cells(years, Kind.MONTH, "2013-04", "2013-03-19")
    assert rows["起止"] == ("4.1至4.30", GAP, None, GAP, None)
    assert rows["期末在办"][1:] == (GAP, GAP, GAP, GAP)
    assert line == "本期尚未开始,不作比较"


@pytest.mark.parametrize(("kind", "named"), [(Kind.WEEK, "0001-01-03"), (Kind.YEAR, "0002"), (Kind.MONTH, "0001-01")])
def test_the_calendar_begins_somewhere(years: Book, kind: Kind, named: str) -> None:
    found = compared(report(years, kind, named, date(2013, 3, 19)))
    assert found.year_ago is None
    assert found.previous is None or found.previous.figures is None


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (5, 2, "+3"),
        (2, 5, "−3"),
        (2, 2, "0"),
        (Rate(1, 3), Rate(1, 2), "−16.7个百分点"),
        (Rate(1, 2), Rate(1, 3), "+16.7个百分点"),
        (Rate(3, 3), Rate(0, 7), "+100个百分点"),
        (Rate(2, 4), Rate(1, 2), "0个百分点"),
        (Rate(1000, 1001), Rate(999, 1000), "+不足0.1个百分点"),
        (Rate(1, 2000), Rate(0, 2000), "+0.1个百分点"),
        (Rate(25, 100), Rate(24, 100), "+1个百分点"),
    ],
)
def test_counts_change_by_a_difference_and_rates_by_points(now: int | Rate, before: int | Rate, said: str) -> None:
    assert str(Change(now, before)) == said


def test_it_costs_nothing_where_it_is_not_asked_for(years: Book) -> None:
    found = report(years, Kind.MONTH, "2013-03", date(2013, 3, 19), compare=False)
    assert found.compared is None
    assert "compare" not in found.as_json()
    assert Other(found.period, date(2013, 3, 19), None).as_json(Figures())["change"] is None
