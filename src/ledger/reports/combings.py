"""When the week's list was combed (梳理), by whom, and how many tasks of how many."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger.dates.day import month_day
from ledger.model.actions import COMB
from ledger.model.entry import Changes
from ledger.store import queries
from ledger.store.reader import Reader

_MOST = 3
"""Of the combings of a week the latest so many are told: it is one line."""


class Combing(NamedTuple):
    """One walk through the list."""

    on: date
    actor: str
    seen: int
    listed: int


def combings(reader: Reader, first: date, last: date) -> list[Combing]:
    """Those of the days from `first` to `last`, in the order of recording."""
    where = f"e.task IS NULL AND e.action = '{COMB}' AND e.\"on\" BETWEEN :first AND :last AND {queries.IN_FORCE}"
    found = queries.entries(reader, where, {"first": first, "last": last})
    return [Combing(entry.on, entry.actor, *counts(entry.changes)) for entry in found]


def counts(changes: Changes) -> tuple[int, int]:
    """How many were gone through, of how many."""
    return changes["seen"][1], changes["listed"][1]


def count_words(seen: int, listed: int) -> str:
    return f"{seen}件" if seen == listed else f"{seen}件(应梳理{listed}件)"


def words(found: Sequence[Combing]) -> str:
    """「3月18日由张三梳理,37件」, empty where nobody combed."""
    told = (f"{month_day(one.on)}由{one.actor}梳理,{count_words(one.seen, one.listed)}" for one in found[-_MOST:])
    return ";".join(told)
