"""Evidence (佐证): the files of a task listed, given back, added."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.cli import options, values
from ledger.cli.chinese import GroupWithDefault
from ledger.cli.context import Context
from ledger.cli.stepping import carry_out

if TYPE_CHECKING:
    from ledger.store.evidence import File

evidence = typer.Typer(
    cls=GroupWithDefault,
    help="""佐证:列出一件事项的佐证文件,取回,补充。申请、销号、记进展时附上用它们的 --evidence。

    例:
        ledger evidence 12
        ledger evidence add 12 会议纪要.pdf
        ledger evidence get 12 1
    """,
)


@evidence.command("list")
def list_(
    ctx: typer.Context,
    task: options.Task,
    as_of: options.AsOf = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """列出一件事项的佐证:文件名、大小、何时何人存入的。写作 ledger evidence 事项 即可。

    附错了的,用 ledger undo 记录号 撤回那一条,就不再列出;存下的文件仍在,因为记录里还写着它。

    例:
        ledger evidence 12
        ledger evidence 12 --format json
    """
    from ledger.reports.evidence import evidence_report, file_object
    from ledger.store import evidence, naming

    context = Context.of(ctx)
    chosen = context.format(format, output)
    with context.reading(as_of) as view:
        meant = naming.find(view.reader, task, view.today, naming.ANY)
        found = [one for one in evidence.of_task(view.reader, meant.id) if one.in_force]
    context.emit(
        chosen,
        output,
        lambda: evidence_report(meant, found, view.today, view.rules, view.as_of),
        lambda: [file_object(one) for one in found],
    )


@evidence.command()
def get(
    ctx: typer.Context,
    task: options.Task,
    which: Annotated[
        str | None,
        typer.Argument(
            metavar="件号", help="第几件,或文件名", show_default="只有一件的就是它", autocompletion=values.evidence
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="文件或目录", help="写到哪里,不覆盖已有的文件", show_default="当前目录,原来的名字"
        ),
    ] = None,
) -> None:
    """取回一件佐证,内容与存入时核对无误才写出。

    例:
        ledger evidence get 12 1
        ledger evidence get 12 会议纪要.pdf -o /media/优盘
    """
    from ledger.cli.giving_back import give_back
    from ledger.services.evidence import chosen
    from ledger.store import evidence, naming

    context = Context.of(ctx)
    with context.reading() as view:
        meant = naming.find(view.reader, task, view.today, naming.ANY)
        found: File = chosen(meant, evidence.of_task(view.reader, meant.id), which)
    give_back(context, found, output)


@evidence.command()
def add(
    ctx: typer.Context,
    task: options.Task,
    evidence: Annotated[list[Path], typer.Argument(metavar="文件…", help="佐证文件,可写多个")],
    on: options.On = None,
    note: Annotated[str | None, typer.Option("--note", metavar="文字", help="是什么,说明什么")] = None,
    json: options.Json = False,
) -> None:
    """补充佐证:给一件事项存入文件,销了号的也可以补。

    文件复制一份存在台账旁边(台账在数据库里的,存进数据库),同样的内容只存一份。

    例:
        ledger evidence add 12 会议纪要.pdf 现场照片.jpg
        ledger evidence add 12 批复.pdf --note 省里的批复 --on 2013-03-15
    """
    from ledger.services.evidence import add as step

    carry_out(ctx, step, lambda one: f"现有佐证{one.evidence}件", json)
