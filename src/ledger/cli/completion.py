"""Shell completion: what Tab offers, handed to the shells so that none of it is ever run.

The texts offered come from other people's sheets. The scripts in `shells/` take them as data, by instructions of their
own; scripts that Typer wrote for earlier versions evaluate or insert what they get, and are told harmless words alone
(`shells/former.py`). The two callbacks belong to the root's `--install-completion` and `--show-completion`.
"""

import os
import sys
from collections.abc import Iterator, Sequence

import typer

from ledger.base.errors import BadValue
from ledger.base.text import decoded, visible
from ledger.cli.names import TRACEBACK
from ledger.cli.shells.offers import offers
from ledger.cli.typer_seam import Command, get_shell_name

_LISTED = "63"
"""bash's COMP_TYPE when what is offered is only listed: several offers are then shown and none of them is inserted."""


def complete(command: Command, variable: str, instruction: str, argv: Sequence[str]) -> int:
    """Print what the shell asked for; gives the exit code. A shell in the midst of a line is never told of an error."""
    try:
        if instruction.startswith("offer_"):
            _print(_lines(command, instruction.removeprefix("offer_"), [decoded(word) for word in argv]))
            return 0
        from ledger.cli.shells.former import complete_former

        return complete_former(command, variable, instruction)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 0
    except Exception:
        if os.environ.get(TRACEBACK) == "1":
            raise
        return 1


def _lines(command: Command, shell: str, argv: list[str]) -> Iterator[str]:
    """The answer to the script of that shell, a line for each offer."""
    if shell == "bash":
        from ledger.cli.shells.quoting import bash_line, bash_quoted

        typed, breaks, replaced, *manner = argv
        line = bash_line(typed, breaks)
        if line.tail != replaced:
            return  # readline sees other quotes than we do: nothing would be sure to stay one word
        head = line.word[: line.kept]
        found = [
            (word, f"{value}  {about}" if about else value)
            for value, about in offers(command, line.words[1:], line.word)
            if value.startswith(head) and (word := bash_quoted(value[line.kept :], line.quote)) is not None
        ]
        is_shown = manner == [_LISTED] and len(found) > 1
        yield from (shown if is_shown else word for word, shown in found)
        return
    *words, word = argv[1:]
    if shell == "fish":
        from ledger.cli.shells.quoting import literal_start

        word = literal_start(word)
    for value, about in offers(command, words, word):
        if shell == "fish" and value.startswith("~"):
            continue  # fish quotes all but that, and would give the program somebody's home directory
        yield f"{value}\t{about}" if about else value


def _print(lines: Iterator[str]) -> None:
    """In the encoding of the user's shell: read in another, a character may swallow the backslash after it."""
    import codecs
    import locale

    encoding = codecs.lookup(locale.getencoding()).name
    if encoding in ("ascii", "iso8859-1"):
        encoding = "utf-8"
    for line in lines:
        try:
            sys.stdout.buffer.write(line.encode(encoding) + b"\n")
        except UnicodeEncodeError:
            continue


def install_completion(ctx: typer.Context, wanted: bool) -> None:
    """Write the script into the files of the user's shell, and leave."""
    if not wanted or ctx.resilient_parsing:
        return
    from ledger.cli.shells.install import install

    shell = _shell()
    typer.echo(f"已为 {shell} 装好命令补全:{visible(str(install(shell)))}。重新打开终端后生效。")
    raise typer.Exit


def show_completion(ctx: typer.Context, wanted: bool) -> None:
    """Print the script for the user's shell, and leave."""
    if not wanted or ctx.resilient_parsing:
        return
    from ledger.cli.shells.install import script

    typer.echo(script(_shell()), nl=False)
    raise typer.Exit


def _shell() -> str:
    from ledger.cli.shells.install import SHELLS

    shell = get_shell_name()
    if shell not in SHELLS:
        raise BadValue(f"当前的命令行外壳({shell or '未知'})没有命令补全", f"请在 {'、'.join(SHELLS)} 中运行")
    return shell
