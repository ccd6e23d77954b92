"""Issuing reports, listing what was issued, and printing it again."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ledger.base.errors import BadValue, LedgerError
from ledger.cli import options, values
from ledger.cli.chinese import ChineseGroup
from ledger.cli.context import Context, View
from ledger.cli.issue import Sending
from ledger.cli.issuing import copy_of, document, frozen, kind_named, opened_then, value_of
from ledger.model.publication import Publication
from ledger.render.output import require_writable

publications = typer.Typer(cls=ChineseGroup)
Numbered = Annotated[
    int, typer.Argument(metavar="印发号", min=1, help="第几号印发", autocompletion=values.publications)
]


def publish(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="报表",
            help="week、month、quarter、half、year、overdue、rank 或 bulletin",
            autocompletion=values.issued_kinds,
        ),
    ],
    period: options.Period = None,
    number: options.Number = None,
    corrects: Annotated[int | None, typer.Option("--corrects", metavar="印发号", min=1, help="更正哪一号印发")] = None,
    full: options.Full = False,
    issued: options.Issued = None,
    office: options.Office = None,
    format: options.Format = None,
    output: options.Output = None,
    json: Annotated[bool, typer.Option("--json", help="以 JSON 输出印发的记录")] = False,
) -> None:
    """印发:把一份报表照现在的样子定下来,编印发号,记入台账,以后怎么改账都能原样再印。

    各种格式的脚注都有印发号、锚点和校验码。发现错了不改原件:另印发一份,用 --corrects 写明更正第几号;作废用
    ledger publications withdraw。

    例:
        ledger publish week 2013-W12 --number 学创办〔2013〕12号 -o 周清单.docx
        ledger publish month 2013-03
        ledger publish week 2013-W12 --corrects 1
    """
    from ledger.services.publishing import publish as issue

    context = Context.of(ctx)
    named = kind_named(kind)
    if named == "overdue" and period is not None:
        raise BadValue("逾期清单印发的是今天的,不分时段", "请去掉时段;哪一期的逾期见周、月等报表")
    chosen = None if output is None and format is None else context.format(format, output)
    if output is not None:
        require_writable(output, context.kept)
    with context.writing() as journal:
        journal.flush()
        view = View(journal.writer, journal.rules, context.today, None)
        sending = Sending(document(view.reader, named, number, corrects, context.today), issued, office)
        label, content = frozen(view, named, period, sending, full, context.templates)
        found = issue(journal, named, label, content, sending.number, corrects)
    if json:
        context.print_json(found._asdict())
    else:
        typer.echo(f"已印发第{found.number}号:{found.title},校验码 {found.digest}", err=chosen is not None)
    if chosen is not None:
        _write(context, chosen, output, content, found)


def _write(
    context: Context, format: str, output: Path | None, content: Any, found: Publication, template: Path | None = None
) -> None:
    """Print a copy. It is issued whatever becomes of that."""
    try:
        context.emit(
            format,
            output,
            lambda: copy_of(content, found, format, context.zone, restyled=template is not None),
            lambda: value_of(content, found),
            template,
        )
    except LedgerError as error:
        error.unwritten = f"文件(第{found.number}号印发已记入台账,可用 ledger reprint {found.number} 再印)"
        raise


def reprint(
    ctx: typer.Context,
    number: Numbered,
    drill: options.Drill = None,
    unit: options.Units = None,
    template: options.Template = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """再印:印发过的报表原样再印一份,不管台账后来怎样改过。

    --drill 列出印发时的一个数字是哪些事项、哪些记录,--unit 只看一个单位的。

    例:
        ledger reprint 3
        ledger reprint 3 -o 周清单.docx
        ledger reprint 3 --drill 逾期在办
    """
    from ledger.store.publications import content_of, numbered

    context = Context.of(ctx)
    if unit and drill is None:
        raise BadValue("--unit 只用于 --drill 打开的数字", "印发的报表只能整份再印,请去掉 --unit")
    chosen = context.format(format, output)
    with context.reading() as view:
        found = numbered(view.reader, number)
        content = content_of(view.reader, found)
        made = None if drill is None else opened_then(view, found, drill, unit or (), chosen, context.zone)
    if made is not None:
        context.emit(chosen, output, made.report, made.value)
        return
    if found.withdrawn is not None:
        typer.echo(f"第{number}号印发已撤回:{found.withdrawn}", err=True)
    elif found.corrected_by is not None:
        typer.echo(f"第{number}号印发已由第{found.corrected_by}号更正", err=True)
    _write(context, chosen, output, content, found, template)


@publications.callback(invoke_without_command=True)
def publications_(
    ctx: typer.Context, as_of: options.AsOf = None, format: options.Format = None, output: options.Output = None
) -> None:
    """印发过的报表,撤回的、更正过的也在内。

    例:
        ledger publications
        ledger publications --format json
    """
    if ctx.invoked_subcommand is not None:
        return
    from ledger.reports.publications import publications_report
    from ledger.store.publications import publications as issued

    context = Context.of(ctx)
    chosen = context.format(format, output)
    with context.reading(as_of) as view:
        found = issued(view.reader)
    context.emit(
        chosen,
        output,
        lambda: publications_report(found, view.today, view.rules, view.as_of, context.zone),
        lambda: [one._asdict() for one in found],
    )


@publications.command("withdraw")
def withdraw(
    ctx: typer.Context,
    number: Numbered,
    reason: options.Reason,
) -> None:
    """撤回一份印发过的报表:写明理由,仍列在清单里,也还能再印。

    例:
        ledger publications withdraw 3 --reason 数字有误
    """
    from ledger.services.publishing import withdraw as take_back

    with Context.of(ctx).writing() as journal:
        found = take_back(journal, number, reason)
    typer.echo(f"已撤回第{found.number}号印发:{found.title}")
