"""Slips (督办单): the papers with which a task is given out, urged on and struck off, each under a number (文号).

A slip is for an *occasion*, an entry of its task: the giving-out is the registration, or what came last of a restoring
(恢复) and an extension, for each of these gives the task out anew, with another deadline; the urging and the striking
off are the last in force. One occasion has one slip in force, which is printed again under its number, as it was
issued. Numbers run by kind and year; one that was ever given, voided since or not, is never given again.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from ledger.model.actions import ISSUE, RECEIVE
from ledger.model.entry import Entry

NUMBER_LIMIT = 60


class SlipKind(NamedTuple):
    """`word` is how the paper is called, `prefix` the setting of the words before its year, `occasions` the actions
    that it may be for; it is set in the document of the kind `document`."""

    word: str
    document: str
    prefix: str
    occasions: tuple[str, ...]


GIVING, URGING, CLOSING = "交办", "催办", "办结"
SLIPS = {
    GIVING: SlipKind("督办通知单", "notice", "notice_prefix", ("add", "reopen", "extend")),
    URGING: SlipKind("催办单", "urging", "urging_prefix", ("urge",)),
    CLOSING: SlipKind("办结单", "closing", "closing_prefix", ("close", "accept")),
}


class Issued(NamedTuple):
    """A slip in force: `seq` is its entry, `of` that of its occasion, `nth` its running number; who `received` it and
    when, if that is known."""

    seq: int
    task: int
    kind: str
    number: str
    nth: int
    of: int
    on: date
    received_on: date | None = None
    received_by: str | None = None

    def days(self, today: date) -> int:
        """For how many days it has been out without a receipt, or was."""
        return ((self.received_on or today) - self.on).days


def number_of_slip(prefix: str, year: int, nth: int | None) -> str:
    """The 文号; that of a draft has room for its number. The year stands in 〔〕 (GB/T 9704)."""
    return f"{prefix}〔{year:04}〕{'　' if nth is None else nth}号"


def prefix_of(number: str) -> str:
    return number.rpartition("〔")[0]


def issued(entries: Iterable[Entry]) -> list[Issued]:
    """The slips among entries in force, in the order of recording, each with its receipt."""
    found: dict[int, Issued] = {}
    for entry in entries:
        said = {name: after for name, (_, after) in entry.changes.items()}
        if entry.action == ISSUE and entry.task is not None:
            found[entry.seq] = Issued(entry.seq, entry.task, on=entry.on, **said)
        elif entry.action == RECEIVE and (slip := found.get(said["of"])) is not None:
            found[slip.seq] = slip._replace(received_on=entry.on, received_by=said["by"])
    return list(found.values())


def occasion(kind: str, entries: Iterable[Entry]) -> Entry | None:
    """The last entry, of those in force of a task, that a slip of this kind is for."""
    fitting = [entry for entry in entries if entry.action in SLIPS[kind].occasions]
    return fitting[-1] if fitting else None


def is_sound(action: str, seq: int, changes: Mapping[str, Any]) -> bool:
    """Whether the changes of an entry of `PAPERS` say what they must, beside what it states."""
    values = {name: after for name, (before, after) in changes.items() if before is None}
    wanted = {"kind", "number", "nth", "of"} if action == ISSUE else {"number", "of", "by"}
    number, of = values["number"], values["of"]
    return (
        values.keys() == changes.keys() == wanted
        and (type(number) is str and 0 < len(number) <= NUMBER_LIMIT and number.isprintable())
        and (type(of) is int and 0 < of < seq)
        and (action == RECEIVE or (values["kind"] in SLIPS and type(values["nth"]) is int and values["nth"] > 0))
    )
