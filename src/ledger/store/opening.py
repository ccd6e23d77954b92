"""The door to a ledger: a reader or a writer over the database that its location names."""

from collections.abc import Iterator
from contextlib import contextmanager

from ledger.store import sqlite
from ledger.store.location import Location
from ledger.store.reader import Reader, Writer


def open_reader(location: Location, *, older: bool = False) -> Reader:
    """A reader over an existing ledger. Raises `StoreUnusable` when there is none or it cannot be read, or, without
    `older`, when it is of an older revision."""
    if location.path is not None:
        return sqlite.open_reader(location, older=older)
    from ledger.store import server  # with SQLAlchemy, for a server alone

    return server.open_reader(location, older=older)


@contextmanager
def open_writer(
    location: Location, *, create: bool = False, must_be_new: bool = False, older: bool = False
) -> Iterator[Writer]:
    """One transaction on the ledger: committed when the block ends, rolled back when it raises.

    With `create` a ledger that does not exist is begun (its journal is empty then); `must_be_new` refuses one that
    does; `older` takes one of an older revision as well, to bring it up to date. Raises `StoreUnusable`, `Refused`.
    """
    if location.path is not None:
        with sqlite.open_writer(location, create=create, must_be_new=must_be_new, older=older) as writer:
            yield writer
        return
    from ledger.store import server

    with server.open_writer(location, create=create, must_be_new=must_be_new, older=older) as writer:
        yield writer
