"""What Tab offers, whatever the shell."""

from collections.abc import Iterator
from typing import NamedTuple

from ledger.base.text import visible
from ledger.cli.names import PROGRAM
from ledger.cli.typer_seam import Command, Parameter, resolve_context, resolve_incomplete

_DESCRIPTION = 60  # characters of a description


class Offer(NamedTuple):
    """A value as the program has to receive it, and what is said about it; one line each, nothing invisible."""

    value: str
    about: str = ""


def offers(command: Command, words: list[str], word: str) -> Iterator[Offer]:
    """What may stand for `word` after `words` (without the program's name); begins as `word` does after `--option=`.

    What cannot be typed as one visible line is not offered, nor, for an argument, what would be read as an option.
    """
    name, equals, _ = word.partition("=")
    lead = f"{name}=" if equals and name.startswith("-") else ""
    context = resolve_context(command, {}, PROGRAM, words)
    wanted, begun = resolve_incomplete(context, words, word)
    is_argument = isinstance(wanted, Parameter) and wanted.param_type_name == "argument"
    for item in wanted.shell_complete(context, begun):
        value = str(item.value)
        if item.type != "plain" or not value or visible(value) != value or (is_argument and value.startswith("-")):
            continue
        about = visible(item.help or "")
        yield Offer(lead + value, about if len(about) <= _DESCRIPTION else about[: _DESCRIPTION - 1] + "…")
