"""What a command states beside what it changes: who asked, how it was checked, who approved (`lifecycle.Fact`)."""

from ledger.base.errors import BadValue
from ledger.base.text import clean, quote
from ledger.model.actions import ACTIONS
from ledger.model.entry import Changes
from ledger.model.lifecycle import Fact
from ledger.services.fields import Naming, Options

_OPTIONS = {"who": "remark"}
"""Fact → the option that states it, where that is called otherwise."""


def stated(action: str, options: Options) -> Changes:
    """The facts that an action may state, of those that the options do. Raises `BadValue`."""
    return {
        fact.name: [None, _read(fact, options[fact.name])] for fact in ACTIONS[action].states if options.get(fact.name)
    }


def _read(fact: Fact, text: str | bool) -> str | bool:
    if isinstance(text, bool):
        return text
    with Naming(_OPTIONS.get(fact.name, fact.name)):
        if fact.choices and text not in fact.choices:
            raise BadValue(f"{fact.label}{quote(text)}不对", f"可用的有 {'、'.join(fact.choices)}")
        return clean(text, fact.label, limit=fact.limit, multiline=fact.multiline)
