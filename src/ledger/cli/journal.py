"""The journal as it can be read."""

from typing import Annotated, Any

import typer

from ledger.cli import options, values
from ledger.cli.context import Context
from ledger.reports.history import entry_object, log_report
from ledger.store import naming, queries


def log(
    ctx: typer.Context,
    task: Annotated[
        str | None,
        typer.Argument(metavar="事项", help="只列这一项的", show_default="全部", autocompletion=values.tasks),
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=0, metavar="条数", help="只列最近几条")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="姓名", help="只列该经办人的")] = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """记录:何时、何人、对哪一项、改了什么、为什么,只增不改。

    例:
        ledger log --limit 20
        ledger log 2013-012
    """
    context = Context.of(ctx)
    chosen = context.format(format, output)
    with context.reading(as_of) as view:
        where, parameters = ["1 = 1"], dict[str, Any]()
        meant = None if task is None else naming.find(view.reader, task, view.today, naming.ANY)
        if meant is not None:
            where.append("e.task = :task")
            parameters["task"] = meant.id
        if by is not None:
            where.append("e.actor = :actor")
            parameters["actor"] = by
        found = queries.logged(view.reader, " AND ".join(where), parameters, limit)
    context.emit(
        chosen,
        output,
        lambda: log_report(found, view.today, view.rules, view.as_of, context.zone, meant),
        lambda: [entry_object(logged) for logged in found],
    )
