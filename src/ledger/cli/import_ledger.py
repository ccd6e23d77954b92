"""What `import` makes of a whole ledger: a new one with the same journal."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import typer

from ledger.base.errors import BadValue
from ledger.cli.context import Context
from ledger.cli.progress import progress

if TYPE_CHECKING:
    from ledger.importers.content import Source


def is_among(files: Sequence["Source"]) -> bool:
    """Whether one of the files is a whole ledger."""
    from ledger.importers.journal_lines import is_whole_ledger

    for source in files:
        with source.opened() as file:
            if is_whole_ledger(file):
                return True
    return False


def require_alone(files: Sequence["Source"], *, trial: bool) -> None:
    """A ledger is made of one file, and cannot be made on trial. Raises `BadValue`."""
    if len(files) > 1 or trial:
        raise BadValue("整本台账须单独导入,不能试算", "请只写这一个文件,并去掉 --dry-run")


def bring_in(context: Context, file: "Source", *, json: bool, beside: bool) -> None:
    """Make a new ledger of a whole one; `beside` has it told on stderr."""
    from ledger.importers.journal_lines import Lines, read_entries, read_evidence, read_header
    from ledger.services.moving import take_over

    with file.opened() as opened:
        lines = Lines(opened)
        header = read_header(lines)
        with progress("导入", 2 * header.entries) as advance:
            entries, files = read_entries(lines, header), partial(read_evidence, lines, header)
            tasks, missing = take_over(context.make_room(), entries, advance, files)
    typer.echo(f"已建立台账 {context.location}", err=True)
    if missing:
        typer.echo(f"有{missing}份佐证在导出时就找不到或被改动过,没有带来;用 ledger check 查看是哪些", err=True)
    if json:
        context.print_json(header._asdict())
    else:
        typer.echo(f"已导入整本台账:{header.entries} 条记录,{tasks} 件事项", err=beside)
