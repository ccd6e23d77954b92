"""A group that knows its commands by a table and loads only the one that is called.

The table gives each command's English name, the module and attribute that hold it (a function or a `typer.Typer`), its
Chinese name and the heading it stands under in the help. Only the help and the completion of command names load the
other modules, for their summaries.
"""

from importlib import import_module
from typing import ClassVar, NamedTuple

from ledger.cli.chinese import ChineseGroup, build
from ledger.cli.typer_seam import Command, Context


class Entry(NamedTuple):
    """One command of a `LazyGroup`."""

    name: str
    module: str
    attribute: str
    alias: str
    heading: str


class LazyGroup(ChineseGroup):
    """The commands of `table`, in its order."""

    table: ClassVar[tuple[Entry, ...]] = ()

    def alias(self, name: str) -> str | None:
        return next((entry.alias for entry in self.table if entry.name == name), None)

    def list_commands(self, ctx: Context) -> list[str]:
        return [entry.name for entry in self.table]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command of that name, its module imported now if it was not before."""
        entry = next((entry for entry in self.table if entry.name == cmd_name), None)
        if entry is None:
            return None
        if entry.name not in self.commands:
            self.commands[entry.name] = build(getattr(import_module(entry.module), entry.attribute), entry.name)
        return self.commands[entry.name]

    def heading(self, name: str) -> str:
        return next(entry.heading for entry in self.table if entry.name == name)
