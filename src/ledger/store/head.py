"""The last entry of a ledger: how many there are, and the seal of all."""

from typing import NamedTuple

from ledger.model.entry import GENESIS
from ledger.store.reader import Reader

HEAD = "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1"


class Head(NamedTuple):
    """Of a ledger without entries 0 and `GENESIS`."""

    seq: int = 0
    hash: str = GENESIS


def head_of(reader: Reader) -> Head:
    return Head(*(reader.rows(HEAD) or [()])[0])
