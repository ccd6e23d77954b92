"""Every figure and every section against the oracle's count, over random histories."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.period import Kind, period_of
from ledger.model.rules import Rules
from ledger.reports.compared import comparison
from ledger.reports.drill import FIGURES, drill
from ledger.reports.figures import figures_of
from ledger.services.check import check
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import examples
from tests.properties.histories import Command, Question, histories, questions
from tests.properties.naive_report import comparable, count, report
from tests.properties.pair import ORDER, living

History = tuple[date, list[Command]]
LONGER = (Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR)
FLOWS = ("added", "reopened", "closed", "cancelled")


def agree(template: Path, history: History, asked: list[Question]) -> None:
    with living(template, *history) as pair, pair.reading() as reader:
        assert list(check(reader)) == []
        for question in asked:
            found, arguments = pair.ask(reader, question)
            assert comparable(found) == report(pair.naive, **arguments)
            balanced(found)


def balanced(found: dict[str, Any]) -> None:
    """期初 + 新增 + 恢复 − 销号 − 撤销 = 期末 in every row; rows add up to the whole, days of the trend chain."""
    totals, trend = found["totals"], found["trend"]
    for row in (totals, *found["by_unit"], *found["by_activity"], *trend):
        flow = row["added"] + row["reopened"] - row["closed"] - row["cancelled"]
        assert row["opening"] + flow == row["closing"]
        assert row["obligation"] == row["carried"] + row["due"] >= row["met"]
    for name in ("opening", *FLOWS, "closing", "obligation", "met", "on_time", "late", "overdue", "extended"):
        assert sum(row[name] for row in found["by_unit"]) == sum(row[name] for row in found["by_activity"])
        assert sum(row[name] for row in found["by_unit"]) == totals[name]
    for name in (*FLOWS, "on_time", "late", "extended"):
        assert sum(row[name] for row in trend) == totals[name]
    chain = [row["closing"] for row in trend]
    assert [row["opening"] for row in trend] == [totals["opening"], *chain[:-1]]
    assert chain[-1] == totals["closing"]


@given(history=histories, asked=st.lists(questions, min_size=4, max_size=8))
@examples(80)
def test_reports_are_what_the_oracle_counts(template: Path, history: History, asked: list[Question]) -> None:
    agree(template, history, asked)


@given(
    history=histories,
    figure=st.sampled_from(sorted(FIGURES)),
    kind=st.sampled_from(list(Kind)),
    away=st.integers(-60, 30),
    off=st.integers(-30, 30),
)
@examples(100)
def test_a_figure_opens_to_as_many_as_it_says(
    template: Path, history: History, figure: str, kind: Kind, away: int, off: int
) -> None:
    """In total, by unit and by activity; each with an entry in force of its task by the end of what is counted."""
    with living(template, *history) as pair, pair.reading() as reader:
        today = date.fromordinal(pair.today.toordinal() + off)
        period = period_of(kind, date.fromordinal(pair.today.toordinal() + away))
        told = figures_of(reader, period, today, Scope(), ORDER, trend=False)
        rows = [(Scope(), told.totals), *((Scope((unit,)), part) for unit, part in told.by_unit)]
        rows += [(Scope(activities=(name,)), part) for name, part in told.by_activity if name is not None]
        for scope, figures in rows:
            found = drill(reader, period, today, scope, figure, "", None)
            assert found.as_json(Rules())["value"] == figures.as_json()[figure]
            for element in found.elements:
                assert not scope.units or element.task.unit in scope.units
                if element.seq is None:
                    continue
                (entry,) = queries.entries(reader, "e.seq = :seq", {"seq": element.seq})
                assert entry.task == element.task.id
                assert entry.on <= min(period.end, today) or entry.action == "add"


@given(history=histories, kind=st.sampled_from(LONGER), away=st.integers(-60, 10), off=st.integers(-30, 30))
@examples(40)
def test_what_a_period_is_compared_with_is_what_the_oracle_counts(
    template: Path, history: History, kind: Kind, away: int, off: int
) -> None:
    with living(template, *history) as pair, pair.reading() as reader:
        today = date.fromordinal(pair.today.toordinal() + off)
        period = period_of(kind, date.fromordinal(pair.today.toordinal() + away))
        found = comparison(reader, period, today, Scope(), ORDER)
        cards = pair.naive.cards()
        assert found.begun == min((card.assigned_on for card in cards), default=None)
        for other in (found.previous, found.year_ago):
            if period.start > today:
                assert other is None
            elif other is not None and other.figures is not None:
                assert other.until <= today
                start, end = other.period.start, other.period.end
                counted_on = today if today >= period.end else other.until
                assert other.figures.totals.as_json() == count(cards, start, end, counted_on)


@pytest.mark.faults
@given(history=histories, asked=st.lists(questions, min_size=4, max_size=8))
@examples(2000)
def test_reports_are_what_the_oracle_counts_in_long_rounds(
    template: Path, history: History, asked: list[Question]
) -> None:
    agree(template, history, asked)


@given(history=histories, kind=st.sampled_from(list(Kind)), away=st.integers(-60, 30), off=st.integers(-30, 30))
@examples(40)
def test_the_closing_of_a_period_is_the_opening_of_the_next(
    template: Path, history: History, kind: Kind, away: int, off: int
) -> None:
    """Counted on one day, whichever: an opening is the stock at the end of min(s - 1, today) by its definition."""
    with living(template, *history) as pair, pair.reading() as reader:
        today = date.fromordinal(pair.today.toordinal() + off)
        period = period_of(kind, date.fromordinal(pair.today.toordinal() + away))
        for scope in (Scope(), Scope(("综合组",)), Scope(activities=("学创活动",))):
            this, following = (figures_of(reader, p, today, scope, ORDER, trend=False) for p in (period, period.next))
            assert this.totals.closing == following.totals.opening
            assert [part.closing for _, part in this.by_unit] == [part.opening for _, part in following.by_unit]
            assert [part.closing for _, part in this.by_activity] == [part.opening for _, part in following.by_activity]
