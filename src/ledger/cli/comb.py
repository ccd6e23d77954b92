"""Combing the week's list at the terminal (梳理)."""

import os
import shlex
import sys
from contextlib import redirect_stderr
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.base.errors import BadValue
from ledger.cli.context import Context

if TYPE_CHECKING:
    from ledger.cli.combing.walk import Walk


_DRAW_NOTHING = ("dumb", "unknown")
"""Terminals, by `TERM`, that show lines and no more."""


def comb(
    ctx: typer.Context,
    stale: Annotated[int, typer.Option("--stale", min=1, metavar="周数", help="几周没有进展的也列入")] = 4,
    plain: Annotated[bool, typer.Option("--plain", help="逐行问答,不用整个屏幕")] = False,
) -> None:
    """梳理:在终端里把本周清单逐件过一遍,一键销号、记进展、延期。

    依次为结转和逾期、本周到期、久无进展、无明确时限和待审核的事项。每办一件即登记一笔,随时退出都不丢失;
    按 u 撤回刚才一笔,事后可用 ledger undo。问到单位、责任人和常写的文字时,写序号或按 Tab 即选。
    屏幕阅读器和简单终端请用 --plain。

    例:
        ledger comb
        ledger comb --stale 2
        ledger comb --plain
    """
    from ledger.cli.combing.walk import Walk

    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise BadValue("梳理要在终端里进行", "查看清单请用 ledger week,成批登记请用 ledger batch")
    context = Context.of(ctx)
    walk = Walk(context, stale, partial(_written, ctx))
    try:
        _show(walk, context, plain or os.environ.get("TERM", "").lower() in _DRAW_NOTHING)
    finally:  # also where it is broken off: what was done is done
        typer.echo("\n".join(walk.finish(f"打印清单:{_printing(ctx)}")))


def _show(walk: "Walk", context: Context, plain: bool) -> None:
    if plain:
        from ledger.cli.combing.plain import run

        run(walk)
        return
    from ledger.cli.combing.screen import Screen

    colour = not os.environ.get("NO_COLOR") and context.settings.get("color") != "never"
    Screen(walk, colour=colour).run()


def _written(ctx: typer.Context, name: str) -> str:
    """Make the week's list as `week -o` does; what that says."""
    from ledger.cli.periods import week

    if name == "-":
        raise BadValue("这里的清单要写进文件", "请写文件名,如 周清单.docx")
    with redirect_stderr(StringIO()) as said:
        week(ctx, output=Path(os.path.expanduser(name)))  # noqa: PTH111 - Path's own raises for an unknown user
    return ";".join(said.getvalue().splitlines())


def _printing(ctx: typer.Context) -> str:
    """The command that prints the list, of the same ledger."""
    told = ctx.find_root().params.get("db")
    return f"ledger {f'--db {shlex.quote(told)} ' if told else ''}week -o 周清单.docx"
