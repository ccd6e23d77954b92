"""The command reference, written from the help itself: `python -m ledger.cli.reference > docs/commands.md`, and with
`--man` as a page for man(1)."""

import sys
from collections.abc import Iterator
from importlib.metadata import version

from typer.core import TyperGroup

from ledger.cli.names import PROGRAM
from ledger.cli.typer_seam import Command, Context

_WIDTH = 100
_PREAMBLE = """\
# 命令参考

本页由 `python -m ledger.cli.reference` 从程序的帮助生成,请勿手改。
"""


def command_reference(root: TyperGroup) -> str:
    """The help of the root and of every command and subcommand below it, as Markdown."""
    pages = (f"## {ctx.command_path}\n\n```text\n{ctx.get_help()}\n```\n" for ctx in _contexts(root, None, PROGRAM))
    return "\n".join([_PREAMBLE, *pages])


def man_page(root: TyperGroup, version: str) -> str:
    """The same as a page of section 1: https://man7.org/linux/man-pages/man7/man-pages.7.html"""
    head, *others = _contexts(root, None, PROGRAM)
    lines = [
        f'.TH {PROGRAM.upper()} 1 "" "{PROGRAM} {version}" "周工作清单销号台账"',
        ".SH 名称",
        f"{PROGRAM} \\- 周工作清单销号台账",
    ]
    for title, ctx in [("总览", head), *((ctx.command_path, ctx) for ctx in others)]:
        lines += [f".SH {title}", ".nf", *map(_literal, ctx.get_help().splitlines()), ".fi"]
    return "\n".join([*lines, ""])


def _literal(line: str) -> str:
    """A line that troff prints as it stands."""
    line = line.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{line}" if line.startswith((".", "'")) else line


def _contexts(command: Command, parent: Context | None, name: str) -> Iterator[Context]:
    ctx = Context(command, parent=parent, info_name=name, terminal_width=_WIDTH)
    yield ctx
    if isinstance(command, TyperGroup):
        for child in command.list_commands(ctx):
            found = command.get_command(ctx, child)
            if found is not None and not found.hidden:
                yield from _contexts(found, ctx, child)


if __name__ == "__main__":
    from ledger.cli.app import command as whole

    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if sys.argv[1:] == ["--man"]:
        sys.stdout.write(man_page(whole(), version("ledger")))
    else:
        sys.stdout.write(command_reference(whole()))
