"""A group that knows its commands by a table and loads only the one that is called.

The table gives each command's English name, the module and attribute that hold it (a function or a `typer.Typer`), its
Chinese alias and the heading it stands under in the help. An alias is another spelling of the command, not another
command: contexts, errors and usage lines always carry the English name, and the help lists the command once. Only the
help and the completion of command names load the other modules, for their summaries.
"""

from importlib import import_module
from typing import ClassVar, NamedTuple

from ledger.cli.chinese import ChineseGroup, build
from ledger.cli.typer_seam import Command, CompletionItem, Context


class Entry(NamedTuple):
    """One command of a `LazyGroup`."""

    name: str
    module: str
    attribute: str
    alias: str | None
    heading: str


class LazyGroup(ChineseGroup):
    """The commands of `table`, in its order."""

    table: ClassVar[tuple[Entry, ...]] = ()

    def _entry(self, typed: str) -> Entry | None:
        return next((entry for entry in self.table if typed in (entry.name, entry.alias)), None)

    def named(self, typed: str) -> str | None:
        entry = self._entry(typed)
        return entry.name if entry else None

    def spellings(self) -> list[str]:
        return [spelling for entry in self.table for spelling in (entry.name, entry.alias) if spelling]

    def list_commands(self, ctx: Context) -> list[str]:
        return [entry.name for entry in self.table]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command of that name or alias, its module imported now if it was not before."""
        entry = self._entry(cmd_name)
        if entry is None:
            return None
        if entry.name not in self.commands:
            self.commands[entry.name] = build(getattr(import_module(entry.module), entry.attribute), entry.name)
        return self.commands[entry.name]

    def chapters(self, ctx: Context) -> dict[str, list[tuple[str, str]]]:
        widest = max(len(entry.name) for entry in self.table)
        chapters: dict[str, list[tuple[str, str]]] = {}
        for entry in self.table:
            command = self.get_command(ctx, entry.name)
            if command is not None and not command.hidden:
                label = f"{entry.name:{widest}} {entry.alias}" if entry.alias else entry.name
                chapters.setdefault(entry.heading, []).append((label, command.get_short_help_str()))
        return chapters

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """The names that begin so; an alias only once its beginning is typed, lest each command be offered twice."""
        found = super().shell_complete(ctx, incomplete)
        for entry in self.table:
            command = self.get_command(ctx, entry.name) if _begun(entry.alias, incomplete) else None
            if command is not None and not command.hidden:
                found.append(CompletionItem(entry.alias, help=command.get_short_help_str()))
        return found


def _begun(alias: str | None, incomplete: str) -> bool:
    return bool(alias and incomplete and alias.startswith(incomplete))
