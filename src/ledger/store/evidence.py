"""The files of evidence that the journal names."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ledger.model.actions import EVIDENCE
from ledger.model.entry import Entry
from ledger.model.evidence import tells_a_file
from ledger.model.soundness import NONSENSE
from ledger.store import queries
from ledger.store.blobs import Blob
from ledger.store.conditions import IS_EVENT
from ledger.store.reader import Reader

_IS_ONE = f"e.action = '{EVIDENCE}' AND e.{IS_EVENT}"


class File(NamedTuple):
    """A file of a task. It keeps its `number` among them whatever is taken back before it."""

    number: int
    seq: int
    name: str
    type: str
    blob: Blob
    on: date
    actor: str
    note: str | None
    in_force: bool


def of_task(reader: Reader, task: int) -> list[File]:
    """The files of a task, those that were taken back too, in the order of recording."""
    where = f"e.task = :task AND e.action = '{EVIDENCE}'"
    with queries.readable(reader):
        rows = queries.rows_with_voided(reader, where, {"task": task})
        return [_file(number, queries.entry_of(row), row[12]) for number, row in enumerate(rows, start=1)]


def _file(number: int, entry: Entry, voided: Any) -> File:
    name, kind = (entry.changes[key][1] for key in ("name", "type"))
    in_force = not voided
    return File(number, entry.seq, name, kind, blob_of(entry), entry.on, entry.actor, entry.note, in_force)


def blob_of(entry: Entry) -> Blob:
    return Blob(entry.changes["sha256"][1], entry.changes["size"][1])


def named(reader: Reader) -> Iterator[tuple[Blob, int, str]]:
    """What each file is that the journal names, those of entries taken back too, with the first entry that does and
    the name it has there. What makes no sense names nothing: that is for `check` to tell."""
    seen: set[bytes] = set()
    for row in reader.stream(f"SELECT {queries.ENTRY_COLUMNS} FROM entry e WHERE {_IS_ONE} ORDER BY e.seq"):
        try:
            entry = queries.entry_of(row)
            sound = tells_a_file(entry.changes)
        except NONSENSE:
            continue
        if sound and (digest := bytes.fromhex(entry.changes["sha256"][1])) not in seen:
            seen.add(digest)
            yield blob_of(entry), entry.seq, entry.changes["name"][1]
