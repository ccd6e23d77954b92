"""Keeping the ledger: founding it, checking it, bringing it up to date."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.base.errors import BadValue
from ledger.base.text import quote, visible
from ledger.cli.context import Context
from ledger.cli.progress import progress
from ledger.model.entry import HASHES
from ledger.model.rules import DEFAULT_NAME, year_unknown
from ledger.store import queries

if TYPE_CHECKING:
    from ledger.services.check_evidence import Named
    from ledger.store.blobs import Vault


def init(
    ctx: typer.Context,
    name: Annotated[str, typer.Option("--name", metavar="名称", help="台账名称,印在每张报表上")] = DEFAULT_NAME,
    hash: Annotated[
        str,
        typer.Option(
            "--hash",
            metavar="算法",
            help="记录的封印用哪种杂凑算法:sha256,或国密 sm3;建账后不能再改",
            autocompletion=lambda: list(HASHES),
        ),
    ] = HASHES[0],
) -> None:
    """建立一本新台账。

    例:
        ledger init --name 学创台账
        ledger init --name 学创台账 --hash sm3
        ledger --db 2013.db init --name 学创台账
    """
    if (chosen := hash.lower()) not in HASHES:
        raise BadValue(f"杂凑算法{quote(hash)}不认识", f"可用的有 {'、'.join(HASHES)}")
    from ledger.services.settings import Founding

    with Context.of(ctx).writing(create=True, founding=Founding(name, chosen)):
        pass


def check(ctx: typer.Context) -> None:
    """核对台账:记录的封印是否完好,在册情况是否与记录一致,佐证文件是否都在、都没有改动。

    一切相符时不出声,以 0 退出;否则每处不符一行,以 6 退出。11月起,次年的节假日安排还没有时提醒一句。

    例:
        ledger check && echo 台账完好
    """
    from ledger.services.beside import in_two
    from ledger.services.check import check as find_faults
    from ledger.services.check_evidence import named
    from ledger.store.vault import vault_of

    context = Context.of(ctx)
    with ExitStack() as held:
        reader = held.enter_context(context.opened())
        findings = list(find_faults(reader, in_two))
        rules = None if findings else queries.rules(reader)
        files = named(reader)
        if context.location.path is not None:  # files beside a ledger keep nobody from writing
            held.close()
        found, strange = _of_files(vault_of(context.location, reader=reader), files)
    findings += found
    for finding in findings:  # with the reader closed: whoever reads them slowly keeps no one from writing
        typer.echo(finding)
    if rules is not None and (unknown := year_unknown(context.today, rules)):
        typer.echo(
            f"{unknown}年的节假日安排尚未录入,跨年的工作日暂按周一至周五和法定节日推算(未含调休);"
            "放假通知公布后请用 ledger config holidays import 导入",
            err=True,
        )
    if strange:
        typer.echo(strange, err=True)
    if findings:
        typer.echo(f"错误:核对发现 {len(findings)} 处不符。未写入任何内容;请保留原文件,换用备份或查明原因。", err=True)
        raise typer.Exit(6)


def _of_files(vault: "Vault", files: "Sequence[Named]") -> tuple[list[str], str]:
    """What is wrong with the files of evidence, and what is to be said of those that no entry names."""
    from ledger.services.check_evidence import of_files, strangers, told

    with progress("核对佐证", len(files)) as advance:
        found = list(of_files(vault, files, advance))
    strange = strangers(vault, files)
    return found, told(strange) if strange else ""


def upgrade(ctx: typer.Context) -> None:
    """把旧版程序建的台账升级到现在的版本;先留一份备份,记录一条不动。

    升级一气做完:中途断电、出错或按了 Ctrl-C,台账还是原来的样子。台账旧了,别的命令会提示运行它,不会自行升级。

    例:
        ledger upgrade
        ledger --db 2013.db upgrade
    """
    from ledger.cli.backup import back_up, default_target, told_head
    from ledger.services.upgrading import is_current
    from ledger.services.upgrading import upgrade as bring_up_to_date
    from ledger.store.revision import REVISION

    context = Context.of(ctx)
    if is_current(context.location):
        typer.echo(f"台账 {context.location} 已是当前版本({REVISION}),不用升级")
        return
    target = default_target(context)
    with progress("升级") as advance:
        done = bring_up_to_date(context.location, lambda: back_up(context, target, files=False), advance)
    if done is not None:
        typer.echo(f"升级前的台账已备份到 {visible(str(target))}")
        typer.echo(
            f"台账 {context.location} 已由 {done.revision} 版升级到 {REVISION} 版:{done.tasks} 件事项,"
            f"{told_head(done.head)},与升级前相同"
        )
