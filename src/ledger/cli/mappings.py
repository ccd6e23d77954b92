"""The saved mappings of sheets' columns, which `import --save-mapping` keeps."""

from typing import Annotated

import typer

from ledger.cli import options
from ledger.cli.chinese import ChineseGroup
from ledger.cli.context import Context
from ledger.model.rules import saved_mappings

mappings = typer.Typer(cls=ChineseGroup, help="列对应:各单位表格的哪一列作为哪个字段,由 import --save-mapping 存下。")


@mappings.callback(invoke_without_command=True)
def mappings_(ctx: typer.Context) -> None:
    """列对应:各单位表格的哪一列作为哪个字段,由 import --save-mapping 存下;不带命令时列出。

    例:
        ledger config mappings
    """
    if ctx.invoked_subcommand is None:
        list_mappings(ctx)


@mappings.command("list")
def list_mappings(ctx: typer.Context, format: options.Format = None, output: options.Output = None) -> None:
    """列出存下的列对应。

    例:
        ledger config mappings list --format json
    """
    from ledger.reports.settings import mappings_report
    from ledger.store import queries

    Context.of(ctx).show(format, output, lambda view: saved_mappings(queries.settings(view.reader)), mappings_report)


@mappings.command()
def remove(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="名称", help="存下的列对应")]) -> None:
    """删去一种列对应。

    例:
        ledger config mappings remove 宣传组
    """
    from ledger.services.mappings import remove as forget

    with Context.of(ctx).writing() as journal:
        forget(journal, name)
