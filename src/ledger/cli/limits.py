"""Usual deadlines by the kind of source."""

from typing import Annotated

import typer

from ledger.base.text import visible
from ledger.cli import options
from ledger.cli.context import Context


def limits(
    ctx: typer.Context,
    texts: Annotated[
        list[str] | None,
        typer.Argument(metavar="来源=时限…", help="如 批示=15(日)、急件=5个工作日内", show_default="列出已设的"),
    ] = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """规定时限:登记时任务来源含有这几个字而没有写明时限的,按它定时限,并告知。时限写成空的就取消。

    例:
        ledger config limits 批示=15 会议纪要=20 公文=30
        ledger config limits
        ledger config limits 公文=
    """
    from ledger.reports.settings import limits_report
    from ledger.services.limits import set_limits

    context = Context.of(ctx)
    if texts:
        with context.writing() as journal:
            changed = set_limits(journal, texts)
        for source, words in changed.items():
            typer.echo(f"规定时限 {visible(source)}:{visible(words) if words else '已取消'}")
    else:
        context.show(format, output, lambda view: view.rules.limits, limits_report)
