"""The part of the ledger's check that goes through the files of evidence: each that the journal names is hashed anew.

The files are read when the ledger's reader is closed: whoever has many of them keeps nobody from writing meanwhile.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ledger.base.errors import StoreUnusable
from ledger.base.text import quote, visible
from ledger.store import evidence
from ledger.store.blobs import Blob, Vault
from ledger.store.reader import Reader
from ledger.store.vault import wrong

_TOLD = 5


class Named(NamedTuple):
    """A file that the journal names, with its first entry and its name there."""

    blob: Blob
    seq: int
    name: str


def named(reader: Reader) -> list[Named]:
    """All of them, of which little is kept; none where the ledger cannot be read, which `check` tells."""
    try:
        return [Named(*one) for one in evidence.named(reader)]
    except StoreUnusable:
        return []


def of_files(vault: Vault, files: Sequence[Named], advance: Callable[[int], None]) -> Iterator[str]:
    """What is missing or altered. `advance` is told of each file that was looked at."""
    for one in files:
        if became := wrong(vault, one.blob):
            yield f"第{one.seq}号记录的佐证{quote(one.name)}{became}(SHA-256 {one.blob.sha256[:12]}…)"
        advance(1)


def strangers(vault: Vault, files: Sequence[Named]) -> list[str]:
    """What lies among the files and no entry names: left by a command that was given up, or put there by hand."""
    known = {bytes.fromhex(one.blob.sha256) for one in files}
    return sorted(name for name in vault.names() if not _is_known(name, known))


def _is_known(name: str, known: set[bytes]) -> bool:
    try:
        return bytes.fromhex(name) in known
    except ValueError:
        return False


def told(found: Sequence[str]) -> str:
    """That there are some, in a line."""
    some = "、".join(visible(name)[:40] for name in found[:_TOLD]) + ("等" if len(found) > _TOLD else "")
    return f"佐证里有{len(found)}个文件没有记录提到({some}):不影响台账,可能是中途放弃的操作留下的,或是别人放进去的"
