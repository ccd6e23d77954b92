"""The reports of periods: week, month, quarter, half and year."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ledger.base.formats import FORMATS
from ledger.cli.asked import Asked, Made
from ledger.cli.context import View
from ledger.cli.drilling import opened
from ledger.cli.reporting import OF_RANKING, reporting
from ledger.dates.period import Kind, Period, parse_period
from ledger.model.rules import Rules
from ledger.reports.columns import columns_for
from ledger.reports.periods import PeriodReport, period_report
from ledger.reports.present import summary_report, week_report
from ledger.reports.report import Report
from ledger.store.counts import Scope

if TYPE_CHECKING:
    from ledger.reports.report import Openings


def made(kind: Kind, view: View, asked: Asked) -> Iterator[Made]:
    """The report of a period of this kind; a weekly list counts its trend where it is told."""
    reader, rules, today, scope = view.reader, view.rules, view.today, asked.scope
    if asked.drill is not None:
        yield opened(view, parse_period(asked.period, kind, today), scope, asked.drill, asked.format)
        return
    period, full = parse_period(asked.period, kind, today), asked.full or asked.brief
    trend = not asked.brief and (kind is not Kind.WEEK or full or FORMATS[asked.format].figures)
    if asked.by is None:
        found = period_report(
            reader, period, today, rules, scope, full=full, trend=trend, as_of=view.as_of, compare=asked.compare
        )
        openings = _openings(view, asked, period, scope)
        yield Made(partial(_report, found, rules, asked, openings), found.as_json, period=period)
        return
    from ledger.reports.parts import WITHOUT, period_parts

    for name, part in period_parts(
        reader, period, today, rules, scope, asked.by, full=full, trend=trend, as_of=view.as_of
    ):
        openings = _openings(view, asked, period, scope.narrowed(asked.by, name)) if name else None
        yield Made(partial(_report, part, rules, asked, openings), part.as_json, name or WITHOUT, period)


def _openings(view: View, asked: Asked, period: Period, scope: Scope) -> "Openings | None":
    """What the figures count, for a format that leads from them to it."""
    if asked.brief or not FORMATS[asked.format].opens:
        return None
    from ledger.reports.openings import openings_of

    return openings_of(view.reader, period, view.today, view.rules, scope)


def _report(found: PeriodReport, rules: Rules, asked: Asked, openings: "Openings | None") -> Report:
    if asked.brief:
        from ledger.reports.brief import period_brief

        return period_brief(found)
    laid_out = week_report if found.period.kind is Kind.WEEK else summary_report
    shown, paged = columns_for(asked.format, rules, of_list=False), FORMATS[asked.format].place == "file"
    return replace(laid_out(found, rules, full=asked.full, paged=paged, shown=shown), openings=openings)


week = reporting(
    """周工作清单:上周销号、结转、本周到期、本周新增、下周预告、无明确时限。

    例:
        ledger week
        ledger week 上周 --unit 综合组
        ledger week 2013-W12 -o 周清单.md
        ledger week --brief --unit 综合组
        ledger week --split-by unit -o 周清单.docx
        ledger week --drill 逾期在办
    """,
    Kind.WEEK,
    partial(made, Kind.WEEK),
    without=OF_RANKING,
)

month = reporting(
    """月度小结:总体情况、分单位、分活动、走势、突出问题、下期到期和未销号清单。

    例:
        ledger month
        ledger month 2013-03 --format json
        ledger month 上月 --compare -o 小结.docx
    """,
    Kind.MONTH,
    partial(made, Kind.MONTH),
    without=OF_RANKING,
)

quarter = reporting(
    """季度阶段性小结。

    例:
        ledger quarter 2013-Q1
        ledger quarter 上季度 --full
    """,
    Kind.QUARTER,
    partial(made, Kind.QUARTER),
    without=OF_RANKING,
)

half = reporting(
    """半年阶段性小结。

    例:
        ledger half 上半年
        ledger half 2013-H1
    """,
    Kind.HALF,
    partial(made, Kind.HALF),
    without=OF_RANKING,
)

year = reporting(
    """年度总结。

    例:
        ledger year 2013
        ledger year 去年 --activity 学创活动
    """,
    Kind.YEAR,
    partial(made, Kind.YEAR),
    without=OF_RANKING,
)
