"""Evaluations (满意度评价): registered, and listed where none is given."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger.base.errors import BadValue
from ledger.base.text import visible
from ledger.cli import options, values
from ledger.cli.context import Context
from ledger.cli.stepping import describe, typed_options

if TYPE_CHECKING:
    from ledger.reports.ratings import Rated
    from ledger.services.rating import Outcome
    from ledger.store.journal import Journal

_FOR_LISTS = ("period", "as_of", "format", "output")


def rate(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="单位或事项",
            help="单位的全称,否则按事项",
            show_default="列出已有的评价",
            autocompletion=values.rated,
        ),
    ] = None,
    percent: Annotated[str | None, typer.Option("--percent", metavar="百分数", help="满意度,如 86.5 或 86.5%")] = None,
    sample: Annotated[int | None, typer.Option("--sample", metavar="人数", help="样本数:多少人作了评价")] = None,
    satisfied: Annotated[int | None, typer.Option("--satisfied", metavar="人数", help="满意的人数")] = None,
    basically: Annotated[int | None, typer.Option("--basically", metavar="人数", help="基本满意的人数")] = None,
    dissatisfied: Annotated[int | None, typer.Option("--dissatisfied", metavar="人数", help="不满意的人数")] = None,
    rectify: Annotated[bool | None, typer.Option("--rectify", help="低于底线的登记整改事项")] = None,
    reopen: Annotated[bool | None, typer.Option("--reopen", help="不达标的已销号事项同时恢复办理")] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="理由", help="恢复的理由")] = None,
    on: options.On = None,
    note: Annotated[str | None, typer.Option("--note", metavar="文字", help="谁评的、怎样评的")] = None,
    json: options.Json = False,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="时段", help="只列这段时间的,如 本季度、2013-03", autocompletion=values.spans),
    ] = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """满意度评价:对单位,或对一件事项的办理;不写结果时列出已有的评价。

    满意度写百分数,或写满意、基本满意、不满意的人数,按(满意+基本满意)÷总人数计算。低于底线(设置 满意度底线,90%)的,
    同时给该单位(事项的牵头单位)登记“…满意度整改”,30日内(设置 整改天数)完成;设置 自动登记整改 为否的只作提示。

    例:
        ledger rate 宣传组 --percent 86.5 --sample 200 --note 群众满意度测评
        ledger rate 12 --satisfied 60 --basically 20 --dissatisfied 10
        ledger rate 12 --percent 70% --reopen
        ledger rate --period 本季度
    """
    typed = typed_options(ctx)
    listing = [name for name in _FOR_LISTS if typed.pop(name, None) is not None]
    given = typed.keys() - {"name"}
    if listing and given:
        raise BadValue(f"--{listing[0].replace('_', '-')} 只用于列出评价", "登记评价的,请去掉它")
    if given and name is None:
        raise BadValue("没有写评价的是谁", "请写单位的全称或事项的编号,如 ledger rate 宣传组 --percent 86.5")
    if json and not given:
        raise BadValue("--json 只用于登记评价", "列出评价请用 -f json")
    if given:
        _register(ctx, typed, json)
    else:
        _show(ctx, name, period, as_of, format, output)


def _register(ctx: typer.Context, typed: dict[str, Any], json: bool) -> None:
    from ledger.services.rating import rate as register

    context = Context.of(ctx)
    made, journal = context.asking(lambda journal: register(journal, typed))
    if json:
        context.print_json(_object(context, journal, made))
        return
    if not typed.keys() <= {"name", "rectify", "on"}:
        typer.echo(f"已评价 {_of(made.rated)} · 满意度 {made.rated.words}")
    if made.rectifying is not None:
        typer.echo(f"已登记整改 {describe(made.rectifying)}")
    if made.task is not None and typed.get("reopen"):
        typer.echo(f"已恢复 {describe(made.task)}")


def _of(rated: "Rated") -> str:
    return visible(rated.unit if rated.task is None else f"{rated.task.code} {rated.task.title}")


def _object(context: Context, journal: "Journal", made: "Outcome") -> dict[str, Any]:
    """The task rated, or the unit, with the evaluation and the task that is to put it right."""
    from ledger.model.task import task_object
    from ledger.reports.ratings import rating_object

    of, registered = (
        None if task is None else task_object(task, context.today, journal.rules.thresholds)
        for task in (made.task, made.rectifying)
    )
    return {**(of or {"unit": made.rated.unit}), "rating": rating_object(made.rated), "rectification": registered}


def _show(
    ctx: typer.Context, name: str | None, period: str | None, as_of: str | None, format: str | None, output: Path | None
) -> None:
    """The evaluations of a period, and of one unit with its tasks or of one task where it is named."""
    from ledger.cli.clerk import tell
    from ledger.dates.spans import Days
    from ledger.reports.rating_list import ratings_report
    from ledger.reports.ratings import called, rating_object, ratings

    context = Context.of(ctx)
    chosen = context.format(format, output)
    days, said = Days(date.min, date.max), ""
    assumed: Sequence[str] = ()
    with context.reading(as_of) as view:
        if period:
            from ledger.dates.within import parse_within, words

            days, assumed = parse_within(period, view.today, view.rules.year)
            said = words(days)
        scope, of, subject = called(view.reader, view.rules, name, view.today)
        found = [
            one
            for one in ratings(view.reader, view.rules, days.first, days.last, scope)
            if of is None or (one.task is not None and one.task.id == of)
        ]
    tell([f"--period {period}:{note}" for note in assumed])
    context.emit(
        chosen,
        output,
        lambda: ratings_report(found, view.today, view.rules, view.as_of, said, subject),
        lambda: [rating_object(one) for one in found],
    )
