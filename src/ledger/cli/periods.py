"""The reports of periods: week, month, quarter, half and year."""

from collections.abc import Callable
from pathlib import Path

import typer

from ledger.base.formats import FORMATS
from ledger.cli import options
from ledger.cli.context import Context
from ledger.cli.issue import Sending, sent
from ledger.cli.lists import require_known
from ledger.dates.period import Kind, parse_period
from ledger.model.rules import Rules
from ledger.reports.columns import columns_for
from ledger.reports.periods import PeriodReport, period_report
from ledger.reports.present import summary_report, week_report
from ledger.reports.report import Report
from ledger.store.counts import Scope


def _command(kind: Kind, help: str) -> Callable[..., None]:
    """The command that reports periods of this kind; they differ in their help alone."""

    def report(
        ctx: typer.Context,
        period: options.Period = None,
        unit: options.Unit = None,
        activity: options.Activity = None,
        full: options.Full = False,
        number: options.Number = None,
        issued: options.Issued = None,
        office: options.Office = None,
        template: options.Template = None,
        as_of: options.AsOf = None,
        format: options.Format = None,
        output: options.Output = None,
    ) -> None:
        sending = Sending(number, issued, office, template)
        _report(ctx, kind, period, Scope(unit, activity), full, sending, as_of, format, output)

    report.__doc__ = help
    return report


week = _command(
    Kind.WEEK,
    """周工作清单:上周销号、结转、本周到期、本周新增、下周预告、无明确时限。

    例:
        ledger week
        ledger week 上周 --unit 综合组
        ledger week 2013-W12 -o 周清单.md
    """,
)

month = _command(
    Kind.MONTH,
    """月度小结:总体情况、分单位、分活动、走势、突出问题、下期到期和未销号清单。

    例:
        ledger month
        ledger month 2013-03 --format json
    """,
)

quarter = _command(
    Kind.QUARTER,
    """季度阶段性小结。

    例:
        ledger quarter 2013-Q1
        ledger quarter 上季度 --full
    """,
)

half = _command(
    Kind.HALF,
    """半年阶段性小结。

    例:
        ledger half 上半年
        ledger half 2013-H1
    """,
)

year = _command(
    Kind.YEAR,
    """年度总结。

    例:
        ledger year 2013
        ledger year 去年 --activity 学创活动
    """,
)


def _report(
    ctx: typer.Context,
    kind: Kind,
    named: str | None,
    scope: Scope,
    full: bool,
    sending: Sending,
    as_of: str | None,
    format: str | None,
    output: Path | None,
) -> None:
    context = Context.of(ctx)
    chosen = context.format(format, output)
    brief = kind is Kind.WEEK and not full and not FORMATS[chosen].figures
    with context.reading(as_of) as view:
        issue = sending.issue(chosen, view.today)
        require_known(view.reader, view.rules, scope)
        period = parse_period(named, kind, view.today)
        found = period_report(
            view.reader, period, view.today, view.rules, scope, full=full, trend=not brief, as_of=view.as_of
        )
    context.emit(
        chosen,
        output,
        lambda: sent(_present(found, view.rules, full, chosen), issue, chosen, scope),
        found.as_json,
        sending.template,
    )


def _present(found: PeriodReport, rules: Rules, full: bool, format: str) -> Report:
    shown = columns_for(format, of_list=False)
    if found.period.kind is Kind.WEEK:
        return week_report(found, rules, full=full, figures=FORMATS[format].figures, shown=shown)
    return summary_report(found, rules, full=full, shown=shown)
