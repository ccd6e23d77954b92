"""When the week's list was combed (梳理), by whom, and how many tasks of how many."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger.base.text import visible
from ledger.dates.day import month_day
from ledger.model.actions import COMB
from ledger.model.entry import Changes
from ledger.store import queries
from ledger.store.reader import Reader

_MOST = 3
"""Of the combings of a week so many hands and days are told, the latest: it is one line."""


class Combing(NamedTuple):
    """One walk through the list."""

    on: date
    actor: str
    seen: int
    listed: int


def combings(reader: Reader, first: date, last: date) -> list[Combing]:
    """Those of the days from `first` to `last`, in the order of recording: a walk is recorded when its first answer is
    given and again when it is left, then with how many it had recorded before."""
    where = f"e.task IS NULL AND e.action = '{COMB}' AND e.\"on\" BETWEEN :first AND :last AND {queries.IN_FORCE}"
    found: list[Combing] = []
    for entry in queries.entries(reader, where, {"first": first, "last": last}):
        before = entry.changes["seen"][0]
        if begun := [one for one in found if before is not None and (one.actor, one.seen) == (entry.actor, before)]:
            found.remove(begun[-1])
        found.append(Combing(entry.on, entry.actor, *counts(entry.changes)))
    return found


def counts(changes: Changes) -> tuple[int, int]:
    """How many were gone through, of how many."""
    return changes["seen"][1], changes["listed"][1]


def count_words(seen: int, listed: int) -> str:
    return f"{seen}件" if seen == listed else f"{seen}件(应梳理{listed}件)"


def words(found: Sequence[Combing]) -> str:
    """「3月18日由张三梳理,37件」, empty where nobody combed."""
    told: dict[tuple[date, str], list[Combing]] = {}
    for one in found:
        told.setdefault((one.on, one.actor), []).append(one)
    return ";".join(_by_one(same) for same in list(told.values())[-_MOST:])


def _by_one(same: Sequence[Combing]) -> str:
    """Those of one hand and one day: gone through again, a task counts again."""
    last = same[-1]
    by = f"{month_day(last.on)}由{visible(last.actor)}梳理"
    if len(same) == 1:
        return f"{by},{count_words(last.seen, last.listed)}"
    return f"{by}{len(same)}次,计{sum(one.seen for one in same)}件次"
