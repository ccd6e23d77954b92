"""The office's own table of days: holidays and 调休 that are not published yet, or are otherwise here."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.cli import options
from ledger.cli.chinese import ChineseGroup
from ledger.cli.context import Context
from ledger.cli.rejections import naming_rows
from ledger.model.rules import DAY_WORDS

holidays = typer.Typer(cls=ChineseGroup, help="节假日表:本单位的放假和调休上班日,优先于已公布的安排。")


@holidays.callback(invoke_without_command=True)
def holidays_(ctx: typer.Context) -> None:
    """节假日表:本单位的放假和调休上班日,优先于已公布的安排;不带命令时列出。

    例:
        ledger config holidays
    """
    if ctx.invoked_subcommand is None:
        list_days(ctx)


@holidays.command("list")
def list_days(ctx: typer.Context, format: options.Format = None, output: options.Output = None) -> None:
    """按日期列出节假日表。

    例:
        ledger config holidays list --format csv -o 节假日.csv
    """
    from ledger.reports.settings import holidays_report

    words = {works: word for word, works in DAY_WORDS.items()}
    Context.of(ctx).show(
        format,
        output,
        lambda view: [(day, words[works]) for day, works in view.rules.holidays],
        holidays_report,
        lambda found: [{"date": day, "day": word} for day, word in found],
    )


@holidays.command("import")
def import_(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="文件", help="CSV,表头为 日期,休/班")]
) -> None:
    """导入放假通知:CSV 文件,列“日期”和“休/班”;有一行不对就全部不导入,并列出每一处。

    例:
        ledger config holidays import 2027年放假安排.csv
    """
    from ledger.importers.holiday_sheet import read_days
    from ledger.services.holidays import HEADINGS, import_days

    rows = read_days(file, HEADINGS)
    with naming_rows(), Context.of(ctx).writing() as journal:
        changed = import_days(journal, rows)
    typer.echo(f"已导入 {len(rows)} 天,其中 {changed} 天有变化")


@holidays.command()
def add(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(metavar="日期", help="哪一天")],
    word: Annotated[str, typer.Argument(metavar="休|班", help="休息还是上班", autocompletion=lambda: list(DAY_WORDS))],
) -> None:
    """写明一天休息还是上班;已有的改写。

    例:
        ledger config holidays add 2027-02-05 休
        ledger config holidays add 2027-02-20 班
    """
    from ledger.services.holidays import add_day

    with Context.of(ctx).writing() as journal:
        found = add_day(journal, day, word)
    typer.echo(f"节假日表 {found}:{word}")
