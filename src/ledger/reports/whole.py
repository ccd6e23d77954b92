"""The whole ledger as objects for programs and for moving, one a line of JSON Lines.

First a header, then every entry of the journal with what is sealed of it and its hash, then the tasks as they stand.
The entries alone make a ledger again (`services.moving`); the tasks follow from them and are there to be read. Nothing
depends on the clock: the same ledger gives the same lines on the same business day.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ledger.model.entry import GENESIS, canonical_form, encode, seal
from ledger.model.rules import Rules
from ledger.model.task import task_object
from ledger.reports.lists import tell_parts
from ledger.store import faults, queries
from ledger.store.head import digest_of
from ledger.store.reader import Reader

FORMAT = 1
"""The form of these lines; a program that reads it refuses a higher number."""

RANGE = 5000
"""Entries and tasks read at a time: what keeps the memory flat on a server's database too."""


def header(reader: Reader, rules: Rules, today: date) -> dict[str, Any]:
    """`entries` and `tasks` are counts, `head` is the hash of the last entry, `today` the business day of the tasks."""
    ((entries, tasks),) = reader.rows("SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM task)")
    head = reader.rows("SELECT hash FROM entry ORDER BY seq DESC LIMIT 1")
    found = {"ledger": rules.name, "format": FORMAT, "entries": entries, "tasks": tasks}
    return {**found, "head": head[0][0] if head else GENESIS, "today": today}


def entries(reader: Reader) -> Iterator[dict[str, Any]]:
    """The journal, every seal verified on the way. Raises `StoreUnusable` at one that is broken."""
    previous, digest = GENESIS, digest_of(reader)
    ((last,),) = reader.rows("SELECT max(seq) FROM entry")
    for expected, entry in enumerate(_ranges(reader, last or 0), start=1):
        sealed = seal(previous, canonical_form(entry, encode(entry.changes)), digest)
        if entry.seq != expected or sealed != entry.hash:
            raise faults.damaged(reader.location, f"第{entry.seq}号记录与封印不符")
        previous = entry.hash
        yield entry._asdict()


def _ranges(reader: Reader, last: int) -> Iterator[Any]:
    for first in range(1, last + 1, RANGE):
        bounds = {"first": first, "last": first + RANGE - 1}
        yield from queries.entries(reader, "e.seq BETWEEN :first AND :last", bounds)


def tasks(reader: Reader, rules: Rules, today: date) -> Iterator[dict[str, Any]]:
    """Every task as the contract's object, in the order of number."""
    ((last,),) = reader.rows("SELECT max(id) FROM task")
    for first in range(1, (last or 0) + 1, RANGE):
        bounds = {"first": first, "last": first + RANGE - 1}
        found = queries.tasks(reader, "WHERE t.id BETWEEN :first AND :last ORDER BY t.id", bounds)
        tell_parts(reader, found, today)
        for task in found:
            yield task_object(task, today, rules.thresholds)
