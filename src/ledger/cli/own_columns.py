"""The office's own columns: declared, listed and withdrawn by one command."""

from typing import Annotated

import typer

from ledger.base.errors import BadValue
from ledger.base.text import quote, visible
from ledger.cli import options
from ledger.cli.context import Context


def field(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="列名", help="如 资金来源", show_default="列出已设的各列")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="去掉这一列,已填的内容仍留在记录里")] = False,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """自定列:台账之外另设的列,登记、修改、导入、导出、清单和公文都带着它。

    设了以后用 add、edit 的 --field 列名=内容 填写,导入的表里同名的列自动收入。不带列名时列出已设的各列。

    例:
        ledger config field 资金来源
        ledger config field
        ledger config field --remove 资金来源
    """
    if name is None:
        if remove:
            raise BadValue("没有写明去掉哪一列", "请写明列名,用 ledger config field 查看已设的各列")
        _show(ctx, format, output)
        return
    from ledger.importers.headings import field_of, folded, is_taken, named_as
    from ledger.services.own_columns import declare, withdraw

    if not remove and is_taken(name):
        known = field_of(folded(name))
        meant = f"它会被当作“{named_as(known)}”" if known else "它是台账自有的一列"
        raise BadValue(f"列名{quote(name)}不能作自定列,{meant}", "请换一个名称,如加上限定的词")
    with Context.of(ctx).writing(create=not remove) as journal:
        column, holding = withdraw(journal, name) if remove else (declare(journal, name), 0)
    if not remove:
        typer.echo(f"已设自定列“{visible(column)}”")
        return
    kept = f";{holding} 件事项已填的内容留在记录里,不再列出,重设同名的列即可再见" if holding else ""
    typer.echo(f"已去掉自定列“{visible(column)}”{kept}")


def _show(ctx: typer.Context, format: str | None, output: "options.Output") -> None:
    from ledger.reports.settings import columns_report, own_column_counts

    Context.of(ctx).show(
        format,
        output,
        lambda view: own_column_counts(view.reader, view.rules),
        columns_report,
        lambda found: [{"name": name, "tasks": tasks} for name, tasks in found],
    )
