"""What a deadline means, without registering anything."""

from typing import Annotated

import typer

from ledger.base.errors import LedgerError
from ledger.cli import options
from ledger.cli.context import Context
from ledger.model.rules import Rules, year_meant


def when(
    ctx: typer.Context,
    expression: Annotated[str, typer.Argument(metavar="时限", help="如 3月底前、15个工作日内、每季度末月20日前")],
    year: options.Year = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="日期", help="N日内从这一天的次日起算", show_default="今天")
    ] = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """时限换算:一句时限是哪一天,不登记任何事项,也不需要台账。

    写明日期和星期、遇休息日时的前后工作日、宽限、周期和今后五期,并提示年份等推定之处。

    例:
        ledger when 3月下旬
        ledger when 20个工作日内 --on 2013-03-19
        ledger when "每月25日前,不少于3条" --format json
    """
    from ledger.dates.deadline import parse_day
    from ledger.reports.when import meaning_object, meaning_of, meaning_report

    context = Context.of(ctx)
    chosen = context.format(format, output)
    rules = _rules(context)
    meant = year_meant(rules, year)
    base = None if on is None else parse_day(on, context.today, meant)
    meaning = meaning_of(expression, context.today, meant, base, rules)
    context.emit(chosen, output, lambda: meaning_report(meaning, context.today, rules), lambda: meaning_object(meaning))


def _rules(context: Context) -> Rules:
    """Those of the ledger when there is one that can be read; the language needs none."""
    try:
        with context.reading() as view:
            return view.rules
    except LedgerError:
        return Rules(name="")
