"""An entry of the journal, its canonical form and its seal.

The canonical form of an entry is a JSON array of its fields in the order of `SEALED`: no white space, no floats,
non-ASCII characters as they are, days as YYYY-MM-DD, missing values null; `changes` stands in it as the stored JSON
text, so that verifying never parses it. An entry's hash is SHA-256, or SM3 (国密, GB/T 32905) where the ledger was
begun with it, over the previous entry's hash (64 hexadecimal digits; `GENESIS` before the first) followed by the
canonical form in UTF-8. An edit, a gap or a reordering anywhere breaks every later hash; a cut tail shows only against
a head kept elsewhere.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple

from ledger.base.errors import StoreUnusable

GENESIS = "0" * 64
HASHES = ("sha256", "sm3")
"""What a ledger may be sealed with; the first where nothing was said when it was begun. Each gives 32 bytes."""

Digest = Callable[[bytes], Any]
"""What makes the hash of some bytes, with `hexdigest`."""

Changes = dict[str, list[Any]]
"""What an entry changed: field → [before, after], values as JSON has them."""

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""The one JSON encoder of everything that is stored."""


class Entry(NamedTuple):
    """What happened to a task, or to the ledger itself when `task` is None.

    `on` is the business date; `recorded_at` the moment of recording in UTC ("2026-11-21T06:30:00.000000Z"); `actor`
    who says so and `account` the account of the operating system; `voids` the seq of the entry that a voiding entry
    (冲销) takes back; `command` the seq of the first entry of the command that this one belongs to.
    """

    seq: int
    task: int | None
    action: str
    on: date
    recorded_at: str
    actor: str
    account: str
    note: str | None
    changes: Changes
    voids: int | None
    command: int
    hash: str = ""


SEALED = Entry._fields[:-1]


def digest_of(name: str) -> Digest:
    """What seals with the hash of this name. Raises `StoreUnusable` where this machine has it not: SM3 is OpenSSL's."""
    if name == HASHES[0]:
        return sha256
    if name not in hashlib.algorithms_available:
        raise StoreUnusable(
            f"本机的 Python 没有 {name.upper()[:20]} 杂凑算法,这本台账不能封印和核对",
            "请换用 OpenSSL 3 的 Python;新建台账可用 sha256",
        )
    return partial(hashlib.new, name)


def hash_named(founding: str) -> str:
    """The name of the hash in the `changes` of a founding entry; what cannot be read is sealed with the usual one, and
    its seal tells."""
    try:
        name = json.loads(founding)["hash"][1]
    except (ValueError, TypeError, LookupError):
        return HASHES[0]
    return name if name in HASHES else HASHES[0]


def seal(previous: str, canonical: str, digest: Digest = sha256) -> str:
    """The hash of an entry with this canonical form that follows the entry whose hash is `previous`."""
    return str(digest((previous + canonical).encode()).hexdigest())


def canonical_form(entry: Entry, changes: str) -> str:
    """The canonical form; `changes` is the JSON text as it is stored."""
    on = entry.on.isoformat()
    return encode((*entry[:3], on, *entry[4:8], changes, *entry[9:11]))


def broken_seals(rows: Iterable[tuple[bytes, int, str]], digest: Digest = sha256) -> Iterator[tuple[int, str]]:
    """Verify rows of (canonical form in UTF-8, seq, stored hash) in the order of seq.

    Yields (seq, what is wrong) for each break. After a break the stored hash is taken as given, so that one edited
    entry is one finding, not a flood.
    """
    previous, expected = GENESIS, 1
    for canonical, seq, stored in rows:
        if seq != expected:
            yield seq, f"缺少第{expected}号至第{seq - 1}号记录"
        if digest(previous.encode() + canonical).hexdigest() != stored:
            yield seq, "内容与封印不符"
        previous, expected = stored, seq + 1
