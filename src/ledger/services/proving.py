"""What an auditor is given: anchors (how many entries there are, the last one's seal, the root of the tree over all),
and the proof of one task's record, which `base.verifier` checks without the rest of the ledger. docs/format.md has the
forms, docs/proof.md says what each of them shows.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.base import verifier
from ledger.base.errors import CheckFailed
from ledger.base.verifier import GENESIS, PROOF, Anchor, Broken, Chain, Digest, Found, leaf_of
from ledger.model.entry import Entry, digest_of
from ledger.model.task import Task
from ledger.store import queries
from ledger.store.head import hash_of, sealed
from ledger.store.reader import Reader


def verify(
    reader: Reader, ledger: str, wanted: Sequence[Anchor] = (), advance: Callable[[int], None] = lambda _: None
) -> Found:
    """Follow the chain from the first entry, and hold it against anchors. Raises `CheckFailed`, `StoreUnusable`."""
    hash = hash_of(reader)
    digest_of(hash)
    chain = Chain(wanted)
    try:
        chain.begin(hash)
        for form, seq, seal in sealed(reader):
            chain.take(form, seq, seal)
            advance(1)
        if not chain.seq:
            raise Broken("台账没有任何记录")
        return Found(ledger, hash, chain.seq, chain.finish())
    except Broken as error:
        raise CheckFailed(str(error), "请保留原文件,换用备份或查明原因") from None


def sealed_by(reader: Reader, hash: str) -> Anchor:
    """The anchor of the entry that has this hash. Raises `CheckFailed` where none has."""
    found = reader.rows("SELECT seq FROM entry WHERE hash = :hash", {"hash": hash})
    if not found:
        raise CheckFailed("时间戳所盖的封印不在这本台账里", "请核对台账和时间戳")
    return Anchor(found[0][0], hash)


class Seals(NamedTuple):
    """The hashes of all entries, and the tree over them, level by level from its leaves up."""

    hashes: Sequence[str]
    levels: Sequence[Sequence[bytes]]


def seals(reader: Reader, found: Found) -> Seals:
    hashes = [seal for (seal,) in reader.rows("SELECT hash FROM entry ORDER BY seq")]
    return Seals(hashes, _levels(digest_of(found.hash), hashes))


def proof(reader: Reader, found: Found, task: Task, all_seals: Seals | None = None) -> Iterator[object]:
    """The lines of the proof of a task's record, save the sum at their end, as `base.verifier` reads them: each of its
    entries with its predecessor's hash and its path to the root over all. Who proves many brings `all_seals`."""
    hashes, levels = all_seals or seals(reader, found)
    entries = list(queries.entries(reader, "e.task = :task", {"task": task.id}))
    named = {"ledger": found.ledger, "hash": found.hash, "anchor": str(found.anchor)}
    yield {PROOF: 1, **named, "task": task.code, "entries": len(entries)}
    for entry in entries:
        yield entry._asdict()
        yield {"previous": hashes[entry.seq - 2] if entry.seq > 1 else GENESIS, "path": _path(levels, entry)}


def verifier_source() -> bytes:
    """The program that checks what an auditor is given, for him to read and to run."""
    return Path(verifier.__file__).read_bytes()


def _levels(digest: Digest, hashes: Sequence[str]) -> list[list[bytes]]:
    """The tree from its leaves up: each pair makes the node above it, one that is left over goes up as it is, which is
    the tree of RFC 6962."""
    level = [leaf_of(digest, one) for one in hashes]
    found = [level]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [digest(b"\x01" + left + right).digest() for left, right in pairs]
        level = above + level[len(above) * 2 :]
        found.append(level)
    return found


def _path(levels: Sequence[Sequence[bytes]], entry: Entry) -> list[str]:
    """The nodes beside the way from the entry's leaf to the root."""
    at, found = entry.seq - 1, []
    for level in levels:
        if (beside := at ^ 1) < len(level):
            found.append(level[beside].hex())
        at >>= 1
    return found
