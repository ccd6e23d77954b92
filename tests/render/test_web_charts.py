from dataclasses import replace
from datetime import date

import pytest

from ledger.dates.period import Kind, parse_period
from ledger.render.web_charts import trend_of
from ledger.reports.figures import Figures, PeriodFigures
from ledger.reports.report import Report

TODAY = date(2013, 3, 19)


def quarter(*figures: Figures) -> Report:
    """A first quarter whose months have these figures; today is in March."""
    parts = parse_period("2013-Q1", Kind.QUARTER, TODAY).sub_periods()
    counted = PeriodFigures(Figures(), [], [], list(zip(parts, figures, strict=True)))
    return Report("", "", "", TODAY, figures=counted)


def test_all_stands_on_scales_from_zero() -> None:
    report = quarter(Figures(added=4, closed=0, closing=40), Figures(added=2, closed=1, closing=20), Figures())
    trend = trend_of(report)
    assert trend is not None
    assert [name for name, _ in trend.names] == ["1月", "2月", "3月"]
    assert [across for _, across in trend.names] == pytest.approx([100 / 6, 50, 500 / 6])
    highest = trend.bars[0].high
    assert [(bar.style, bar.value, bar.high / highest) for bar in trend.bars] == [
        ("added", 4, 1), ("closed", 0, 0), ("added", 2, 0.5), ("closed", 1, 0.25), ("added", 0, 0), ("closed", 0, 0)
    ]  # fmt: skip
    assert all(bar.top + bar.high == trend.base for bar in trend.bars)
    first, second, zero = trend.points
    assert second.down == (first.down + zero.down) / 2
    assert len(trend.lines) == 2


def test_a_period_to_come_is_a_gap() -> None:
    report = replace(quarter(Figures(), Figures(), Figures()), today=date(2013, 2, 1))
    trend = trend_of(report)
    assert trend is not None
    assert (len(trend.names), len(trend.points), len(trend.bars)) == (3, 2, 4)


def test_a_day_is_named_without_its_weekday() -> None:
    days = parse_period("2013-W12", Kind.WEEK, TODAY).sub_periods()
    counted = PeriodFigures(Figures(), [], [], [(day, Figures()) for day in days])
    trend = trend_of(Report("", "", "", TODAY, figures=counted))
    assert trend is not None
    assert trend.names[0][0] == "3月18日"


def test_without_figures_there_is_no_chart() -> None:
    assert trend_of(Report("", "", "", TODAY)) is None
    assert trend_of(Report("", "", "", TODAY, figures=PeriodFigures(Figures(), [], [], []))) is None
