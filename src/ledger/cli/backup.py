"""Copies of the whole ledger: made, and put back."""

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.base.errors import BadValue, StoreUnusable, opening
from ledger.base.files import require_replaceable, told
from ledger.base.placing import free_name, passing, place, require_free
from ledger.base.text import quote, visible
from ledger.cli.context import Context
from ledger.cli.export import SUFFIXES, whole_ledger
from ledger.render.output import STDOUT, emit_lines
from ledger.store.head import Head
from ledger.store.vault import folder_of

if TYPE_CHECKING:
    from ledger.store.backup import BackedUp

_MOMENT = "%Y%m%d-%H%M%S"


def backup(
    ctx: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="文件或目录", help="备份写到哪里,不覆盖已有的文件", show_default="台账旁边"
        ),
    ] = None,
) -> None:
    """备份整本台账,有人正在用也可以;写完核对无误才算数。

    没有写明文件时,备份在台账旁边,名字带上时刻。用 restore 放回去。有佐证的,X.db 的佐证备份在 X.evidence 目录,
    两样放在一起才还原得全。后缀 .jsonl 的备份是整本导出(同 export),
    PostgreSQL 上的台账只有这一种,用 import 在别处恢复;数据库本身的备份请用 pg_dump。

    例:
        ledger backup
        ledger backup -o /media/优盘
        ledger backup -o 年终.db
    """
    context = Context.of(ctx)
    target = _target(context, output)
    head, files, missing = back_up(context, target)
    typer.echo(f"已备份到 {visible(str(target))}:{told_head(head)}")
    if files > missing and target.suffix.lower() not in SUFFIXES:
        typer.echo(f"连同佐证 {files - missing} 份,在 {visible(str(folder_of(target)))}")
    if missing:
        typer.echo(f"有{missing}份佐证找不到或被改动过,没有备份;用 ledger check 查看是哪些", err=True)


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="backup 写出的备份")],
) -> None:
    """把备份放回台账的位置;现在的台账改名留在旁边,不会丢。

    备份先核对,有损坏就不动现在的台账。备份之后登记的事不在备份里:它们仍在改了名的那本里,可用 --db 打开查看。

    例:
        ledger restore 台账-备份-20261121-173000.db
    """
    from ledger.importers.journal_lines import is_whole_ledger
    from ledger.store import backup as copies
    from ledger.store.revision import REVISION

    context = Context.of(ctx)
    hint = "请用 ledger --db 新台账 import 文件,在别处恢复"
    if context.location.path is None:
        raise BadValue(f"台账 {context.location} 在数据库里,不能用文件替换", hint)
    if file.is_file():
        with opening(file), file.open("rb") as opened:
            if is_whole_ledger(opened):
                raise BadValue(f"{quote(str(file))}是整本导出,不是台账文件", hint)
    found = copies.restore(context.make_room(), file, _moment(context))
    if found.aside is not None:
        old = told_head(found.old) if found.old else "内容读不通"
        beside = context.location.path.with_name(found.aside.name)
        shown = beside if beside.exists() else found.aside  # in another folder where the store is a link
        typer.echo(f"原来的台账改名为 {visible(str(shown))}:{old}")
    typer.echo(f"已由 {visible(str(file))} 还原 {context.location}:{told_head(found.head)}")
    if found.missing:
        typer.echo(f"有{found.missing}份佐证在备份旁边找不到;用 ledger check 查看是哪些", err=True)
    if found.revision != REVISION:
        typer.echo("它是旧版的台账,请运行 ledger upgrade 升级后使用", err=True)


def told_head(head: Head) -> str:
    """The last entry of a ledger, by which two of them can be told apart."""
    return f"{head.seq} 条记录,末条封印 {head.hash[:12]}"


def back_up(context: Context, target: Path, *, files: bool = True) -> "BackedUp":
    """Write a verified copy under a name that is free; of a ledger on a server, or with the suffix of one, the whole
    export. Beside it the `files` of evidence."""
    from ledger.store import backup as copies

    if target.suffix.lower() in SUFFIXES:
        return copies.BackedUp(_export(context, target))
    return copies.back_up(context.location, target, files=files)


def default_target(context: Context, folder: Path | None = None) -> Path:
    """A free name for a copy that is made now: in a folder, else beside the store, or of one on a server here."""
    path = context.location.path
    if path is None:
        name = str(context.location.url).partition("?")[0].rpartition("/")[2]
        return free_name((folder or Path()) / f"{name or '台账'}-备份-{_moment(context)}.jsonl")
    return free_name((folder or path.parent) / f"{path.stem}-备份-{_moment(context)}{path.suffix or '.db'}")


def _target(context: Context, output: Path | None) -> Path:
    if output is None:
        return default_target(context)
    if output == STDOUT:
        raise BadValue("备份要写成文件,不能写到标准输出", "请用 -o 写明文件,或用 ledger export")
    if output.is_dir():
        return default_target(context, output)
    if context.location.path is None and output.suffix.lower() not in SUFFIXES:
        raise BadValue("数据库里的台账备份成整本导出,后缀应为 .jsonl", "请改用 .jsonl;数据库本身的备份请用 pg_dump")
    name = f"文件{quote(str(output))}"
    require_free(output)
    with told(name):
        require_replaceable(output, name, context.kept)  # it may be what belongs to a ledger
    return output


def _moment(context: Context) -> str:
    return f"{context.now.astimezone(context.zone):{_MOMENT}}"


def _export(context: Context, target: Path) -> Head:
    """Write the whole export, and read back every line of it."""
    from ledger.importers.journal_lines import Lines, read_entries, read_evidence, read_header
    from ledger.model.actions import EVIDENCE
    from ledger.model.evidence import size_of

    require_free(target)
    with told(f"文件{quote(str(target))}"), passing(target) as made:
        emit_lines(made, whole_ledger(context), ())
        try:
            with made.open("rb") as file:
                lines = Lines(file)
                header = read_header(lines)
                count, sizes = 0, dict[str, int]()
                for entry, _ in read_entries(lines, header):
                    count += 1
                    if entry.action == EVIDENCE:
                        sizes[entry.changes["sha256"][1]] = size_of(entry.changes)
                for _, chunks in read_evidence(lines, header, sizes):
                    deque(chunks or (), 0)
        except BadValue as error:
            raise StoreUnusable(f"写出的备份读回来不对({error.what})", "请核对磁盘,再备份一次") from error
        place(made, target)
    return Head(count, header.head)
