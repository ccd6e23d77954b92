"""What proves a journal: its last entry, and the seals of all."""

from collections.abc import Iterator
from typing import NamedTuple

from ledger.model import entry
from ledger.model.entry import GENESIS, SEALED, Digest, encode
from ledger.store.reader import Reader

HEAD = "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1"


class Head(NamedTuple):
    """The last entry of a ledger: how many there are, and the seal of all; without any 0 and `GENESIS`."""

    seq: int = 0
    hash: str = GENESIS


def digest_of(reader: Reader) -> Digest:
    """What this ledger is sealed with, by its first entry. Raises `StoreUnusable` where this machine has it not."""
    return entry.digest_of(hash_of(reader))


def hash_of(reader: Reader) -> str:
    """The name of that hash."""
    found = reader.rows("SELECT changes FROM entry WHERE seq = 1")
    return entry.hash_named(found[0][0]) if found else entry.HASHES[0]


def head_of(reader: Reader) -> Head:
    return Head(*(reader.rows(HEAD) or [()])[0])


def sealed(reader: Reader) -> Iterator[tuple[bytes, int, str]]:
    """Every entry as (canonical form in UTF-8, seq, hash), in the order of seq.

    SQLite's own `json_array` writes the canonical form some three times as fast as Python does; it
    comes as bytes, for what was tampered with may be no text any more.
    """
    columns = ", ".join(f'"{name}"' for name in SEALED)
    if reader.location.path is not None:
        form = f"CAST(json_array({columns}) AS BLOB)"
        for canonical, seq, seal in reader.stream(f"SELECT {form}, seq, CAST(hash AS BLOB) FROM entry ORDER BY seq"):
            yield canonical, seq, seal.decode(errors="replace")
        return
    for row in reader.stream(f"SELECT {columns}, hash FROM entry ORDER BY seq"):
        yield encode((*row[:3], str(row[3]), *row[4:11])).encode(), row[0], row[11]
