"""Shell completion: Typer's mechanism and scripts, with our words.

Importing this registers Typer's completion classes. The two callbacks belong to the root's `--install-completion` and
`--show-completion`.
"""

import os

import typer
from typer import _completion_classes
from typer._click import Command
from typer._completion_shared import _completion_scripts, _get_shell_name, get_completion_script, install
from typer.completion import shell_complete

from ledger.base.errors import BadValue, StoreUnusable
from ledger.cli.run import COMPLETE, PROGRAM, TRACEBACK


def _as_it_is(text: str) -> str:
    return text


_completion_classes.completion_init()
# Typer loads all of rich's Markdown and markup to strip markup from help texts, at each press of TAB; ours have none.
_completion_classes._sanitize_help_text = _as_it_is


def complete(command: Command, program: str, variable: str, instruction: str) -> int:
    """Print what the shell asked for; gives the exit code. A shell in the midst of a line is never told of an error."""
    try:
        return shell_complete(command, {}, program, variable, instruction)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 0
    except Exception:
        if os.environ.get(TRACEBACK) == "1":
            raise
        return 1


def install_completion(ctx: typer.Context, wanted: bool) -> None:
    """Write the script into the files of the user's shell, and leave."""
    if not wanted or ctx.resilient_parsing:
        return
    try:
        shell, path = install(_shell(), PROGRAM, COMPLETE)
    except OSError as error:
        raise StoreUnusable(f"补全脚本写不进去({error.filename})", "请检查主目录的权限") from error
    typer.echo(f"已为 {shell} 装好命令补全:{path}。重新打开终端后生效。")
    raise typer.Exit


def show_completion(ctx: typer.Context, wanted: bool) -> None:
    """Print the script for the user's shell, and leave."""
    if not wanted or ctx.resilient_parsing:
        return
    typer.echo(get_completion_script(prog_name=PROGRAM, complete_var=COMPLETE, shell=_shell()))
    raise typer.Exit


def _shell() -> str:
    shell = _get_shell_name()
    if shell not in _completion_scripts:
        raise BadValue(f"认不出当前的命令行外壳({shell or '未知'})", f"请在 {'、'.join(_completion_scripts)} 中运行")
    return shell
