"""The ledger's own settings: each change an entry of the journal."""

from typing import Any

from ledger.base.errors import BadValue
from ledger.base.text import clean
from ledger.model.rules import LABELS, number_of
from ledger.store.journal import Journal

CHANGEABLE = tuple(name for name in LABELS if name != "units")


def begin(journal: Journal, name: str) -> None:
    """The first entry of a new ledger: its name."""
    journal.configure({"name": [None, _value("name", name)]}, action="init")
    journal.begin_command()


def set_rule(journal: Journal, name: str, text: str) -> None:
    """Set one of `CHANGEABLE`, or with an empty text put it back to its default. Raises `BadValue`."""
    before = journal.settings.get(name)
    after = _value(name, text) if text else None
    if name == "name" and after is None:
        raise BadValue("台账名称不能为空", "请写明台账名称")
    if before == after:
        journal.remark(f"设置“{LABELS[name]}”没有变化")
        return
    journal.configure({name: [before, after]})


def _value(name: str, text: str) -> Any:
    return clean(text, LABELS[name], limit=100) if name == "name" else number_of(name, text)
