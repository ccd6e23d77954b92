"""What a command states beside what it changes: who asked, how it was checked, who approved (`lifecycle.FACTS`)."""

from collections.abc import Iterable

from ledger.base.errors import BadValue
from ledger.base.text import clean, quote
from ledger.model.entry import Changes
from ledger.model.lifecycle import FACTS, NAME_LIMIT
from ledger.services.fields import Naming, Options


def stated(options: Options, names: Iterable[str]) -> Changes:
    """The facts among these that the options state. Raises `BadValue`."""
    return {name: [None, _fact(name, options[name])] for name in names if options.get(name)}


def _fact(name: str, text: str) -> str:
    label, choices = FACTS[name]
    with Naming(name):
        if choices and text not in choices:
            raise BadValue(f"{label}{quote(text)}不对", f"可用的有 {'、'.join(choices)}")
        return clean(text, label, limit=NAME_LIMIT)
