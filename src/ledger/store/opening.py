"""The door to a ledger: a reader or a writer over the database that its location names."""

from collections.abc import Iterator
from contextlib import contextmanager

from ledger.store import sqlite
from ledger.store.location import Location
from ledger.store.reader import Reader, Writer


def open_reader(location: Location) -> Reader:
    """A reader over an existing ledger. Raises `StoreUnusable` when there is none or it cannot be read."""
    if location.path is not None:
        return sqlite.open_reader(location)
    from ledger.store import server  # with SQLAlchemy, for a server alone

    return server.open_reader(location)


@contextmanager
def open_writer(location: Location, *, create: bool = False, must_be_new: bool = False) -> Iterator[Writer]:
    """One transaction on the ledger: committed when the block ends, rolled back when it raises.

    With `create` a ledger that does not exist is begun (its journal is empty then); `must_be_new` refuses one that
    does. Raises `StoreUnusable`, `Refused`.
    """
    if location.path is not None:
        with sqlite.open_writer(location, create=create, must_be_new=must_be_new) as writer:
            yield writer
        return
    from ledger.store import server

    with server.open_writer(location, create=create, must_be_new=must_be_new) as writer:
        yield writer
