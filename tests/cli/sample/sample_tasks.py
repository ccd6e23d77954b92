"""Commands for the tests of the seam, one of each kind."""

import errno
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ledger.base.errors import Refused


class Format(StrEnum):
    table = "table"
    plain = "plain"
    json = "json"


def show(
    period: Annotated[str | None, typer.Argument(metavar="周期", help="要看的周期", show_default="本周")] = None,
    unit: Annotated[list[str] | None, typer.Option(metavar="单位", help="只看这些单位的事项")] = None,
    format: Annotated[Format, typer.Option(help="输出的格式")] = Format.table,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, max=100, help="最多列出多少件")] = None,
    days: Annotated[int, typer.Option(help="天数")] = 7,
    share: Annotated[float | None, typer.Option(help="占比", hidden=True)] = None,
    full: Annotated[bool, typer.Option("--full", help="连同已办结的")] = False,
    file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="读取的文件")] = None,
    on: Annotated[str | None, typer.Option(envvar="SAMPLE_ON", help="业务日期")] = None,
) -> None:
    """打印一个周期的清单。

    没有给出周期时是本周,给出 -1 是上周;清单先列上周销号的事项,再列结转、到期、新增和下周的事项,最后是没有期限的。

        缩进的一行   照原样印出

    例:
        ledger show -1
        ledger show --unit 综合组 \\
            --format json
    """
    print(f"show {period} {unit} {format} {limit} {full} {on}")


def close(
    ctx: typer.Context,
    tasks: Annotated[list[str], typer.Argument(metavar="任务", help="编号或序号")],
    reason: Annotated[str, typer.Option(metavar="文字", help="理由")],
) -> None:
    """销去一件或几件事项。"""
    print(f"{ctx.info_name} {ctx.parent.invoked_subcommand if ctx.parent else None} {tasks} {reason}")


def fail(kind: Annotated[str, typer.Argument(help="怎样失败")] = "refuse") -> None:
    """以各种方式失败。"""
    if kind == "refuse":
        raise Refused("事项 12 已经销号", "要恢复请用 ledger reopen")
    if kind == "hostile":
        raise Refused("没有\x1b[31m\u202e事项\n第二行\udcff")
    if kind == "interrupt":
        raise KeyboardInterrupt
    if kind == "bug":
        raise ZeroDivisionError("除以\n零")
    if kind == "memory":
        raise MemoryError
    if kind == "files":
        raise OSError(errno.EMFILE, "Too many open files", "某个文件")
    if kind == "busy":
        raise BlockingIOError(errno.EAGAIN, "write could not complete without blocking")
    if kind == "full":
        raise OSError(errno.ENOSPC, "No space left on device")
    if kind == "message":
        raise typer.BadParameter("日期要写成 2013-03-20")
    raise typer.Exit(int(kind))


def flood(lines: int = 100_000) -> None:
    """打印许多行。"""
    for line in range(lines):
        print(f"第{line}行")
    print("写完了", file=sys.stderr)


def wait() -> None:
    """等着被打断。"""
    try:
        print("等待", flush=True)
        os.read(0, 1)
    finally:
        print("收拾", file=sys.stderr, flush=True)
        os.read(0, 1)


settings = typer.Typer(help="查看和更改设置。")


@settings.command("show")
def show_settings() -> None:
    """显示全部设置。"""
    print("settings")


@settings.command()
def get(name: Annotated[str, typer.Argument(metavar="名称", help="设置的名称")]) -> None:
    """显示一项设置。"""
    print(f"get {name}")
