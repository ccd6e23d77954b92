"""Taking in many operations at once: a batch of JSON Lines, a sheet of rows."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from ledger.base.errors import opening
from ledger.cli import options
from ledger.cli.context import Context
from ledger.cli.progress import progress
from ledger.model.task import task_object

if TYPE_CHECKING:
    from ledger.importers.csv_sheet import Sheet


def batch(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="文件", help="JSON Lines 文件,- 为标准输入")],
    json: options.Json = False,
) -> None:
    """批量办理:每行一个 JSON 操作,全部成功才写入,出错指明哪一行。

    op 为 add、edit、note、extend、close、reopen、cancel、tally 或 undo,其余各项与命令的长选项同名。
    task 可写编号、序号,或前面某行 add 的 ref。

    例:
        ledger batch 操作.jsonl
        echo '{"op":"close","task":"2013-001","on":"2013-03-19"}' | ledger batch -
    """
    context = Context.of(ctx)
    with _lines(file) as lines:
        from ledger.services.batch import run

        with context.writing(create=True) as journal, progress("办理") as advance:
            done, numbers = run(journal, lines, advance, keep=json)
            journal.flush()
            objects = [task_object(journal.task(number), context.today, journal.rules.thresholds) for number in numbers]
    if json:
        context.print_json(objects)
    else:
        typer.echo(f"已办理 {done} 项操作")


def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="带中文表头的 CSV 文件")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="日期", help="没有交办日期的行按这一天", show_default="今天")
    ] = None,
    year: options.Year = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="编码", help="文件编码", show_default="UTF-8 或 GB18030,自动识别"),
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="文件", help="时限换算一览写入文件", show_default="显示")
    ] = None,
    json: options.Json = False,
) -> None:
    """导入表格:CSV 文件,第一行为中文表头(编号、工作任务、牵头单位、完成时限、截止日期等)。

    截止日期定时限,完成时限照原文保留;只有完成时限时按其文字换算,并列出换算一览供核对。
    没有对应的列记入进展情况。有一行不对就全部不导入,并列出每一处。

    例:
        ledger import 计划.csv --on 2013-02-01
        ledger import 各单位报送.csv --encoding gb18030
        ledger import 计划.csv --year 2013 --report 换算.csv
    """
    from ledger.importers.csv_sheet import read_sheet

    context = Context.of(ctx)
    sheet = read_sheet(file, encoding)
    from ledger.services.intake import register_rows

    with context.writing(create=True) as journal, progress("导入", sheet.size) as advance, naming_rows():
        numbers, conversions = register_rows(journal, sheet.rows, on, advance, year)
        journal.flush()
        objects = [
            task_object(journal.task(number), context.today, journal.rules.thresholds) for number in numbers if json
        ]
        rules = journal.rules
    _tell_how_read(sheet)
    if json:
        context.print_json(objects)
    else:
        typer.echo(f"已导入 {len(numbers)} 件事项")
    if conversions and (report is not None or not json):
        from ledger.reports.conversions import conversion_report

        page = conversion_report(conversions, context.today, rules)
        context.emit(context.format(None, report), report, lambda: page, lambda: [one._asdict() for one in conversions])


def _tell_how_read(sheet: "Sheet") -> None:
    if sheet.encoding != "utf-8":
        typer.echo(f"文件按 {sheet.encoding} 编码读入", err=True)
    if sheet.extra:
        typer.echo(f"没有对应字段的列记入进展情况:{'、'.join(sheet.extra)}", err=True)


@contextmanager
def naming_rows() -> Iterator[None]:
    """Name on stderr every row of a sheet that cannot be taken."""
    from ledger.services.intake import RejectedRows

    try:
        yield
    except RejectedRows as rejected:
        for where, error in rejected.rejections:
            typer.echo(f"{where}:{';'.join(filter(None, (error.what, error.hint)))}", err=True)
        raise


@contextmanager
def _lines(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    with opening(Path(file)):
        opened = Path(file).open("rb")  # noqa: SIM115 - only the opening may fail so
    with opened:
        yield opened
