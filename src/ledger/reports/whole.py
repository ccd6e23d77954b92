"""The whole ledger as objects for programs and for moving, one a line of JSON Lines.

First a header, then every entry of the journal with what is sealed of it and its hash, then the tasks as they stand,
then the files of evidence that the entries name, in parts, and last the SHA-256 of all lines (`json_text.summed`). The
entries and the files make a ledger again (`services.moving`); the tasks follow from them and are there to be read.
Nothing depends on the clock: the same ledger gives the same lines on the same business day.
"""

from binascii import b2a_base64
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ledger.model.entry import GENESIS, canonical_form, encode, seal
from ledger.model.rules import Rules
from ledger.model.task import task_object
from ledger.reports.lists import tell_parts
from ledger.store import faults, queries
from ledger.store.blobs import Blob, Vault
from ledger.store.head import digest_of
from ledger.store.reader import Reader
from ledger.store.vault import wrong

FORMAT = 2
"""The form of these lines; a program that reads it refuses a higher number. The first had neither evidence nor sum."""

RANGE = 5000
"""Entries and tasks read at a time: what keeps the memory flat on a server's database too."""


def header(reader: Reader, rules: Rules, today: date, files: int = 0) -> dict[str, Any]:
    """`entries` and `tasks` are counts, as is `evidence` of the `files` where there are any; `head` is the hash of the
    last entry, `today` the business day of the tasks."""
    ((entries, tasks),) = reader.rows("SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM task)")
    head = reader.rows("SELECT hash FROM entry ORDER BY seq DESC LIMIT 1")
    found = {"ledger": rules.name, "format": FORMAT, "entries": entries, "tasks": tasks}
    if files:
        found["evidence"] = files
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


def evidence(vault: Vault, blobs: Iterable[Blob]) -> Iterator[dict[str, Any]]:
    """Each file in parts of less than 1 MiB in base64, the first of which is 1. One that is not there as it was
    recorded is told as missing."""
    for blob in blobs:
        if wrong(vault, blob):
            yield {"evidence": blob.sha256, "missing": True}
            continue
        for part, chunk in enumerate(vault.chunks(blob.sha256), start=1):
            data = b2a_base64(chunk, newline=False).decode("ascii")
            yield {"evidence": blob.sha256, "part": part, "data": data}
