"""What a file of evidence is to the store: what it holds, summed up, and where such files are kept (`store.vault`)."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple, Protocol

from ledger.base.errors import StoreUnusable

CHUNK = 720 << 10
"""Bytes read, hashed and written at a time: in base64 a line of less than 1 MiB."""


class Blob(NamedTuple):
    """What a file holds: its SHA-256 in hexadecimal digits, and its bytes."""

    sha256: str
    size: int


class Draft(NamedTuple):
    """A file that was copied: `place` gives it its place, `drop` clears away what has none."""

    blob: Blob
    place: Callable[[], None]
    drop: Callable[[], None]


Chunks = Callable[[], Iterator[bytes]]
"""What reads a file anew from its beginning."""


class Unreadable(StoreUnusable):
    """A file that is there and cannot be read."""


class Vault(Protocol):
    def bring(self, chunks: Chunks, known: Blob | None = None) -> Draft:
        """Copy a file, read once where it is `known` what it holds. Raises `StoreUnusable`."""

    def chunks(self, digest: str) -> Iterator[bytes]:
        """What the file of this SHA-256 holds, not verified; nothing where there is none. Raises `Unreadable`,
        `StoreUnusable`."""

    def names(self) -> Iterator[str]:
        """Whatever is kept, by its SHA-256, and what is none of it, by its name."""


class Summed:
    """Chunks that are summed up as they pass."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._sum, self._size = chunks, sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._sum.update(chunk)
            self._size += len(chunk)
            yield chunk

    @property
    def blob(self) -> Blob:
        """What has passed."""
        return Blob(self._sum.hexdigest(), self._size)


def blob_of(chunks: Iterable[bytes]) -> Blob:
    """What is read, summed up."""
    summed = Summed(chunks)
    for _ in summed:
        pass
    return summed.blob
