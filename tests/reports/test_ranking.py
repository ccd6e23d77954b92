"""The circular: order, places, the two lists, sums."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.period import parse_any_period
from ledger.model.rules import Rules
from ledger.reports.figures import NAMES, Figures
from ledger.reports.ranking import SHOWN, Placed, Ranking, placed, praised_and_blamed, ranking_of, ranking_report
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


def figures(met: int, due: int, on_time: int = 0, late: int = 0, overdue: int = 0) -> Figures:
    return Figures(due=due, met=met, on_time=on_time, late=late, overdue=overdue)


def places(*of: Figures) -> list[tuple[str, int | None]]:
    return [(one.name, one.place) for one in placed([(str(at), part) for at, part in enumerate(of)])]


def test_order_is_by_rate_then_timeliness_then_late_then_overdue() -> None:
    found = places(
        figures(1, 2), figures(2, 2, on_time=1, late=1), figures(4, 4, on_time=2), figures(1, 2, overdue=1),
        figures(2, 4), figures(4, 4, on_time=2, late=2),
    )  # fmt: skip
    assert found == [("2", 1), ("1", 2), ("5", 3), ("0", 4), ("4", 4), ("3", 6)]


def test_a_unit_with_nothing_due_has_no_place_and_stands_last() -> None:
    assert places(figures(0, 0), figures(0, 3)) == [("1", 1), ("0", None)]


some_figures = st.builds(
    lambda due, met, on_time, late, overdue: figures(min(met, due), due, on_time, late, overdue),
    *[st.integers(0, 3)] * 5,
)


@given(st.lists(some_figures, max_size=24))
def test_places_and_lists_hold_together(parts: list[Figures]) -> None:
    units = placed([(str(at), part) for at, part in enumerate(parts)])
    assert sorted(one.name for one in units) == sorted(str(at) for at in range(len(parts)))
    having = [one for one in units if one.place is not None]
    assert having == units[: len(having)] and all(one.figures.obligation for one in having)
    rates = [one.figures.met / one.figures.obligation for one in having]
    assert rates == sorted(rates, reverse=True)
    assert all(one.place == 1 + sum(other.place < one.place for other in having) for one in having)  # type: ignore[operator]
    red, black = praised_and_blamed(units)
    assert not {one.name for one in red} & {one.name for one in black}
    if len(having) <= SHOWN:
        assert not red and not black
    if red and black:
        assert max(one.place or 0 for one in red) < min(one.place or 0 for one in black)


def test_the_lists_have_the_first_and_the_last_five_ties_whole() -> None:
    units = [Placed(at, str(at), figures(20 - at, 20)) for at in range(1, 13)]
    red, black = praised_and_blamed(units)
    assert [one.place for one in red] == [1, 2, 3, 4, 5]
    assert [one.place for one in black] == [12, 11, 10, 9, 8]
    alike = placed([(str(at), figures(1 if at < 4 else 0, 2)) for at in range(12)])
    red, black = praised_and_blamed(alike)
    assert ([one.place for one in red], {one.place for one in black}, len(black)) == ([1] * 4, {5}, 8)


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
    assert list(value) == ["ledger", "period", "today", "as_of", "totals", "ranking", "red", "black", "overdue"]
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
