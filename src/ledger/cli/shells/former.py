"""The scripts that Typer wrote for earlier versions, which users still have, are told only what they cannot run.

The one for zsh evaluates the answer, those for bash and PowerShell insert values as they stand. So they are offered
only words that need no quoting in any shell, with ASCII punctuation in descriptions made full-width;
`--install-completion` puts the present script in their place.
"""

from typer.completion import shell_complete

from ledger.cli.names import PROGRAM
from ledger.cli.shells.offers import offers
from ledger.cli.shells.quoting import plain
from ledger.cli.typer_seam import Command, CompletionItem, ShellComplete, add_completion_class, completion_classes

_HARMLESS = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum() and chr(code) not in "-./_"}


class _Plain(ShellComplete):
    """Placed before Typer's class for a shell."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        found = offers(self.cli, args, incomplete)
        return [CompletionItem(value, help=about.translate(_HARMLESS)) for value, about in found if plain(value)]


def _as_it_is(text: str) -> str:
    return text


def complete_former(command: Command, variable: str, instruction: str) -> int:
    """Answer an instruction of Typer's scripts; gives the exit code."""
    # Typer loads all of rich's Markdown and markup to strip markup from help texts; ours have none.
    completion_classes._sanitize_help_text = _as_it_is
    for shell in ("bash", "zsh", "fish", "power_shell"):
        theirs = getattr(completion_classes, f"{shell.title().replace('_', '')}Complete")
        add_completion_class(type(theirs.__name__, (_Plain, theirs), {}), theirs.name)
    add_completion_class(type("Pwsh", (_Plain, completion_classes.PowerShellComplete), {}), "pwsh")
    return shell_complete(command, {}, PROGRAM, variable, instruction)
