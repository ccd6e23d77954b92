"""A small program on the seam: `python -m sample_app ARGS`."""

import sys
from typing import Annotated

import typer
from typer.core import TyperGroup
from typer.main import get_group

from ledger.cli.completion import install_completion, show_completion
from ledger.cli.lazy import Entry, LazyGroup
from ledger.cli.run import run


class Root(LazyGroup):
    """All commands of the sample."""

    table = (
        Entry("show", "sample_tasks", "show", "周", "报表"),
        Entry("close", "sample_tasks", "close", "销号", "事项"),
        Entry("fail", "sample_tasks", "fail", "失败", "事项"),
        Entry("flood", "sample_tasks", "flood", "刷屏", "报表"),
        Entry("wait", "sample_tasks", "wait", "等待", "事项"),
        Entry("config", "sample_tasks", "settings", "设置", "保管"),
    )


class Fragile(LazyGroup):
    """The same with a command that cannot be loaded."""

    table = (*Root.table, Entry("broken", "sample_broken", "broken", "坏", "保管"))


def root(
    ctx: typer.Context,
    db: Annotated[str | None, typer.Option(metavar="路径", help="使用哪一个台账")] = None,
    install_: Annotated[
        bool, typer.Option("--install-completion", callback=install_completion, is_eager=True, help="装上命令补全")
    ] = False,
    show_: Annotated[
        bool, typer.Option("--show-completion", callback=show_completion, is_eager=True, help="显示补全脚本")
    ] = False,
) -> None:
    """一个小样。"""
    if ctx.invoked_subcommand is None:
        print("一览")


def command(group: type[LazyGroup] = Root) -> TyperGroup:
    """The sample's command line."""
    app = typer.Typer(cls=group, add_completion=False)
    app.callback(invoke_without_command=True)(root)
    return get_group(app)


if __name__ == "__main__":
    sys.exit(run(command(), sys.argv[1:]))
