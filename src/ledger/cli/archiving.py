"""Filing tasks that are done (归档): an archive with a folder for each."""

from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.base.errors import BadValue
from ledger.base.files import replaced
from ledger.base.text import quote, visible
from ledger.cli import clerk, options, values
from ledger.cli.chinese import see_help
from ledger.cli.context import Context

if TYPE_CHECKING:
    from ledger.cli.binding import Office
    from ledger.services.archiving import Cases


def archive(
    ctx: typer.Context,
    task: Annotated[list[str] | None, options.Tasks.__metadata__[0]] = None,
    activity: Annotated[
        list[str] | None,
        typer.Option("--activity", "-a", metavar="活动", help="该活动里销了号的", autocompletion=values.activities),
    ] = None,
    year: Annotated[int | None, typer.Option("--year", metavar="年份", min=1, max=9999, help="该年销号的")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="公文另存一份 PDF/A,要有 LibreOffice,较慢")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="文件", help="写成哪个 zip 文件", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="以 JSON 输出归档的结果")] = False,
) -> None:
    """归档:把销了号的事项各立一卷,写成一个 zip 文件:办理经过、佐证、督办单、印发件,封面、卷内目录、备考表,证明。

    包里带核验程序,到哪里都能自己核对:ledger verify 案卷.zip;解开以后 sha256sum -c SHA256SUMS,各卷里
    python3 核验.py 证明.json。

    例:
        ledger archive 12 13 -o 案卷.zip
        ledger archive --year 2013 -o 2013年案卷.zip
        ledger archive --activity 学习实践活动 --pdf -o 案卷.zip
    """
    from ledger.render.output import STDOUT
    from ledger.services import archiving

    if task and (activity or year is not None):
        raise BadValue("写明了事项,就不能再用 --activity、--year 挑选", "两者请分两次办")
    if not task and not activity and year is None:
        raise BadValue("没有写明归档哪些事项", f"请写明事项,或用 --activity、--year 挑选;{see_help(ctx)}")
    if output is None or output == STDOUT:
        raise BadValue("没有写明写到哪个文件", "请加上 -o 案卷.zip")
    context = Context.of(ctx)
    with context.reading() as view:
        if task:
            tasks, left = archiving.named(view.reader, task, view.today, view.rules), 0
        else:
            from ledger.cli.scoping import scope_of

            activities = scope_of(view.reader, view.rules, None, activity).activities
            tasks, left = archiving.filtered(view.reader, activities, year, view.today, view.rules)
        cases = archiving.gather(view.reader, view.rules.name, tasks)
    from ledger.cli.binding import Office

    with TemporaryDirectory(prefix="ledger-") if pdf else nullcontext() as scratch:
        extras = context.extras(output)._replace(archival=Path(scratch) if scratch else None)
        sums = _write(context, output, cases, Office(view.rules, view.today, context.zone, context.actor, extras))
    if left:
        typer.echo(f"有 {left} 件还没有销号,没有归档", err=True)
    clerk.tell_written(output)
    if json:
        context.print_json({"tasks": [task.code for task in tasks], "left": left, "sums": sums})
    else:
        typer.echo(f"已归档 {len(tasks)} 件,校验码 {sums}")


def _write(context: Context, output: Path, cases: "Cases", office: "Office") -> str:
    """Write the archive, whole or not at all: the SHA-256 of its sums."""
    from ledger.base.file_names import file_names
    from ledger.cli.binding import Binder
    from ledger.cli.progress import progress
    from ledger.render.package import Package
    from ledger.store.vault import vault_of

    name = f"文件{quote(visible(str(output)))}"
    folders = file_names(f"{case.task.code} {case.task.title}" for case in cases.cases)
    with (
        replaced(output, name, None, context.kept) as file,
        Package(file, office.today) as package,
        progress("归档", len(cases.cases)) as advance,
    ):
        binder = Binder(package, cases, vault_of(context.location), office)
        for case, folder in zip(cases.cases, folders, strict=True):
            binder.bind(case, folder)
            advance(1)
        return package.finish()
