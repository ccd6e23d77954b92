"""Commands on recurring duties."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.cli import options
from ledger.cli.chinese import ChineseGroup
from ledger.cli.context import Context

if TYPE_CHECKING:
    from ledger.model.series import Series
    from ledger.store.journal import Journal

series = typer.Typer(cls=ChineseGroup, help="循环任务:查看、改动、暂停、结束、跳过;登记用 ledger add … --due 每季度。")

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出循环任务")]
Number = Annotated[
    int,
    typer.Argument(
        metavar="循环任务", help="循环任务的序号,见 ledger series list", autocompletion=options.values.series
    ),
]


@series.command("list")
def list_(ctx: typer.Context, format: options.Format = None, output: options.Output = None) -> None:
    """列出全部循环任务。

    例:
        ledger series list
    """
    from ledger.reports.series import series_objects, series_report

    context = Context.of(ctx)
    chosen = context.format(format, output)
    warned = chosen == "json"
    context.show(
        chosen, output, lambda view: series_objects(view.reader, view.rules, view.today, warned=warned), series_report
    )


@series.command()
def show(ctx: typer.Context, number: Number, format: options.Format = None, output: options.Output = None) -> None:
    """一项循环任务和它已开出的各期。

    例:
        ledger series show 1
    """
    from ledger.model.task import task_object
    from ledger.reports.present import list_report
    from ledger.reports.series import in_turn, series_object
    from ledger.store import schedule

    context = Context.of(ctx)
    chosen = context.format(format, output)
    with context.reading() as view:
        duty = schedule.find(view.reader, number)
        found = schedule.opened(view.reader, number)
        counts = schedule.opened_counts(view.reader)
        whole = series_object(duty, view.rules, view.today, counts, warned=chosen == "json")
    lasts = f"{whole['start_on']} 至 {whole['end_on']}" if whole["end_on"] else f"{whole['start_on']} 起"
    title = f"循环任务{number} {whole['title']}({whole['words']}{in_turn(whole)},{lasts})"
    context.emit(
        chosen,
        output,
        lambda: list_report(title, found, view.today, view.rules, None),
        lambda: whole | {"tasks": [task_object(task, view.today, view.rules.thresholds) for task in found]},
    )


@series.command()
def preview(
    ctx: typer.Context,
    number: Number,
    count: Annotated[int, typer.Option("--count", min=1, max=1000, metavar="期数", help="列出今后几期")] = 10,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """今后各期的起止,已开出的写明编号。

    例:
        ledger series preview 1 --count 4
    """
    from ledger.reports.series import preview_report, upcoming
    from ledger.store import schedule

    context = Context.of(ctx)
    chosen = context.format(format, output)
    with context.reading() as view:
        duty = schedule.find(view.reader, number)
        found = upcoming(view.reader, duty, view.rules, view.today, count)
    context.emit(chosen, output, lambda: preview_report(duty, found, view.today, view.rules), lambda: found)


@series.command()
@options.describing
def edit(
    ctx: typer.Context,
    number: Number,
    title: Annotated[str | None, typer.Option("--title", metavar="任务", help="任务名称")] = None,
    unit: options.Unit = None,
    with_: options.Assisting = None,
    owner: options.Owner = None,
    leader: options.Leader = None,
    due: Annotated[str | None, typer.Option("--due", metavar="周期", help="如 每月25日前、每季度")] = None,
    chained: Annotated[
        bool | None, typer.Option("--chained/--no-chained", help="上一期销号后才开下一期,还是各期按时开出")
    ] = None,
    key: Annotated[bool | None, typer.Option("--key/--no-key", help="是否重点事项")] = None,
    tag: options.Tags = None,
    untag: options.Untag = None,
    field: options.OwnFields = None,
    json: Json = False,
    **fields: str | None,
) -> None:
    """改动循环任务:对还没开始的各期生效,已开始的照旧。

    例:
        ledger series edit 1 --owner 李四
        ledger series edit 1 --due 每月20日前
        ledger series edit 1 --chained
    """
    from ledger.services.series import edit as change

    given = {name.rstrip("_"): value for name, value in ctx.params.items() if name not in ("number", "json")}
    options_ = {name: value for name, value in given.items() if value not in (None, [], ())}
    _change(ctx, number, json, "已改动", lambda journal, duty: change(journal, duty, options_))


@series.command()
def pause(
    ctx: typer.Context,
    number: Number,
    resume: Annotated[bool, typer.Option("--resume", help="恢复开出")] = False,
    json: Json = False,
) -> None:
    """暂停:明天起开始的各期不再开出;--resume 恢复。

    例:
        ledger series pause 1
        ledger series pause 1 --resume
    """
    from ledger.services import series as duties

    _change(ctx, number, json, "已恢复" if resume else "已暂停", duties.resume if resume else duties.pause)


@series.command()
def end(
    ctx: typer.Context,
    number: Number,
    on: Annotated[str | None, typer.Option("--on", metavar="日期", help="最后一天", show_default="今天")] = None,
    json: Json = False,
) -> None:
    """结束:到这一天为止,跨过它的一期时限提前到这一天。

    例:
        ledger series end 1 --on 11月底
    """
    from ledger.services.fields import last_day_named
    from ledger.services.series import end as finish

    def step(journal: "Journal", duty: "Series") -> int:
        return finish(journal, duty, last_day_named(journal, on, journal.rules.year, journal.today))

    _change(ctx, number, json, "的结束日期已定", step)


@series.command()
def skip(
    ctx: typer.Context,
    number: Number,
    day: Annotated[str, typer.Argument(metavar="日期", help="这一期里的任何一天")],
    json: Json = False,
) -> None:
    """跳过一期:还没开始的不再开出,已开始的撤销。

    例:
        ledger series skip 1 2013-07-15
    """
    from ledger.dates.deadline import parse_day
    from ledger.services.series import skip as leave_out

    def step(journal: "Journal", duty: "Series") -> int:
        return leave_out(journal, duty, parse_day(day, journal.today, journal.rules.year))

    _change(ctx, number, json, "已跳过一期", step)


def _change(ctx: typer.Context, number: int, json: bool, done: str, step: Callable[["Journal", "Series"], int]) -> None:
    """Take a step on a series, and answer: how many periods to come it touched, or the series as JSON."""
    from ledger.reports.series import series_object
    from ledger.services.series import find
    from ledger.store.schedule import opened_counts

    context = Context.of(ctx)
    with context.writing() as journal:
        touched = step(journal, find(journal, number))
        journal.flush()
        if json:
            whole = series_object(find(journal, number), journal.rules, journal.today, opened_counts(journal.writer))
    if json:
        context.print_json(whole)
    else:
        typer.echo(f"循环任务{number}{done},涉及今后 {touched} 期")
