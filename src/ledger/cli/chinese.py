"""The seam between Typer and this command line: commands and groups that speak Chinese.

Typer carries its own copy of click, whose words are English literals. What is needed of it stands in `typer_seam` alone
and is used by this folder's `chinese`, `lazy`, `help`, `usage`, `run` and `completion`; command modules hold plain
functions with `Annotated` parameters, and `build` makes commands of them.

**A command's docstring is its help.** The first paragraph is the summary, also shown in the list of commands. Lines of
a paragraph are joined and filled again; an indented line is printed as it stands. What follows a line `例:` is printed
verbatim under 示例, until the end. So::

    def week(...) -> None:
        \"\"\"打印一周的清单和数字。

        没有给出周期时是本周。

        例:
            ledger week
            ledger week -1 --format json
        \"\"\"

What is an argument and what an option is told by `ledger.cli.parsing`; no command needs `ignore_unknown_options`, and
an unknown `--option` is refused everywhere.

Wrong usage found here is raised as `BadValue`; what Typer itself raises is translated by `ledger.cli.usage`.
"""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info, get_group_from_info
from typer.models import CommandInfo, TyperInfo

from ledger.base.errors import BadValue
from ledger.base.text import quote
from ledger.cli.names import SUBCOMMANDS
from ledger.cli.parsing import Parser, too_many
from ledger.cli.typer_seam import Command, CompletionItem, Context, OptionParser


def see_help(ctx: Context | None) -> str:
    """The next step after wrong usage of the command of `ctx`."""
    return f"用 {ctx.command_path if ctx else 'ledger'} --help 查看用法"


def nearest(typed: str, known: list[str]) -> str:
    """“,是不是 X” for the known spelling closest to a typing error, else nothing."""
    close = get_close_matches(typed, known, n=1)
    return f",是不是 {close[0]}" if close else ""


class _Chinese(Command):
    """What commands and groups share: the parser, and help laid out by `ledger.cli.help`, loaded when asked for."""

    def make_parser(self, ctx: Context) -> OptionParser:
        parser = Parser(ctx)
        for param in self.get_params(ctx):
            param.add_to_parser(parser, ctx)
        return parser

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本帮助"
        return option

    def get_help(self, ctx: Context) -> str:
        from ledger.cli.help import page

        return page(self, ctx)

    def get_short_help_str(self, limit: int = 0) -> str:
        """The summary; `limit` is Typer's, counted in letters, and means nothing for Chinese."""
        from ledger.cli.help import summary

        return summary(self.short_help or self.help or "")


class ChineseCommand(_Chinese, TyperCommand):
    """A command whose help and errors are Chinese."""

    allow_extra_args = True  # so that Typer leaves them to `parse_args`, which refuses them in Chinese

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            raise too_many(ctx, left)
        return left


class ChineseGroup(_Chinese, TyperGroup):
    """A group of commands whose help and errors are Chinese.

    A Chinese name is another spelling of the command, not another command: contexts, errors and usage lines always
    carry the English name, and the help lists the command once.
    """

    def alias(self, name: str) -> str | None:
        """The command's Chinese name."""
        return SUBCOMMANDS.get(f"{self.name} {name}") or SUBCOMMANDS.get(name)

    def heading(self, name: str) -> str:
        """What the command stands under in the help."""
        return "命令"

    def named(self, ctx: Context, typed: str) -> str | None:
        """The command meant by what was typed, None when there is none."""
        return next((name for name in self.list_commands(ctx) if typed in (name, self.alias(name))), None)

    def chapters(self, ctx: Context) -> dict[str, list[tuple[str, str]]]:
        """The list of commands in the help: heading → (names, summary) of each command that is not hidden."""
        names = self.list_commands(ctx)
        widest = max(map(len, names), default=0)
        chapters: dict[str, list[tuple[str, str]]] = {}
        for name, command in self._shown(ctx, names):
            label = f"{name:{widest}} {self.alias(name) or ''}".rstrip()
            chapters.setdefault(self.heading(name), []).append((label, command.get_short_help_str()))
        return chapters

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """The names that begin so; a Chinese one only once it is begun, lest each be offered twice."""
        found = super().shell_complete(ctx, incomplete)
        begun = [
            name for name in self.list_commands(ctx) if incomplete and (self.alias(name) or "").startswith(incomplete)
        ]
        shown = self._shown(ctx, begun)
        return found + [CompletionItem(self.alias(name), help=command.get_short_help_str()) for name, command in shown]

    def _shown(self, ctx: Context, names: list[str]) -> Iterator[tuple[str, Command]]:
        for name in names:
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                yield name, command

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        name = self.named(ctx, args[0])
        if name is not None:
            return name, self.get_command(ctx, name), args[1:]
        if ctx.resilient_parsing:
            return None, None, args[1:]
        names = self.list_commands(ctx)
        spellings = [*names, *filter(None, map(self.alias, names))]
        raise BadValue(f"没有命令{quote(args[0])}{nearest(args[0], spellings)}", see_help(ctx))

    def invoke(self, ctx: Context) -> Any:
        if not ctx._protected_args and not self.invoke_without_command:
            raise BadValue(f"{ctx.command_path} 之后缺少子命令", f"可选 {'、'.join(self.list_commands(ctx))}")
        return super().invoke(ctx)


class GroupWithDefault(ChineseGroup):
    """A group whose first command is meant where none is named: `evidence 12` is `evidence list 12`."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        first, *_ = self.list_commands(ctx)
        begun = not args and not ctx.resilient_parsing
        if begun or (args and args[0] not in ("--help", "-h") and self.named(ctx, args[0]) is None):
            args = [first, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Beside the commands what the first one takes first."""
        first = self.commands[self.list_commands(ctx)[0]]
        return super().shell_complete(ctx, incomplete) + first.params[0].shell_complete(ctx, incomplete)


def build(source: Callable[..., Any] | typer.Typer, name: str) -> Command:
    """A command of a function, or a group of a Typer app with its subcommands."""
    if isinstance(source, typer.Typer):
        _make_chinese(source)
        own = source.info.cls
        cls = own if isinstance(own, type) and issubclass(own, ChineseGroup) else ChineseGroup
        group = TyperInfo(source, name=name, cls=cls)
        return get_group_from_info(group, pretty_exceptions_short=False, suggest_commands=False, rich_markup_mode=None)
    command = CommandInfo(name, cls=ChineseCommand, callback=source)
    return get_command_from_info(command, pretty_exceptions_short=False, rich_markup_mode=None)


def _make_chinese(app: typer.Typer) -> None:
    for command in app.registered_commands:
        command.cls = ChineseCommand
    for group in app.registered_groups:
        group.cls = ChineseGroup
        if group.typer_instance is not None:
            _make_chinese(group.typer_instance)
