"""The reading path: plain SQL over a connection that cannot write.

On SQLite it is the standard library alone; on any other URL SQLAlchemy, imported only then. Both take `:name`
parameters and give tuples, so one query text serves both. All that one reader reads is one snapshot.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol
from urllib.parse import quote

from ledger.store import faults
from ledger.store.location import Location

REVISION = "0001"
"""The schema's revision that this program reads and writes."""

Row = tuple[Any, ...]

sqlite3.register_adapter(date, date.isoformat)


class Reader(Protocol):
    """What a query needs of a connection."""

    location: Location

    def stream(self, sql: str, parameters: Mapping[str, Any] = {}) -> Iterator[Row]:
        """The rows of a query, one after the other."""

    def rows(self, sql: str, parameters: Mapping[str, Any] = {}) -> list[Row]:
        """All rows of a query."""

    def close(self) -> None:
        """End the snapshot and give back the connection."""


class SqliteReader:
    """A reader over a connection of the standard library's sqlite3; days go in as ISO text and come out as such."""

    def __init__(self, location: Location, connection: sqlite3.Connection) -> None:
        self.location = location
        self.connection = connection

    def stream(self, sql: str, parameters: Mapping[str, Any] = {}) -> Iterator[Row]:
        with faults.told(self.location):
            found = self.connection.execute(sql, parameters)
            for row in found:  # noqa: UP028 - `yield from` closes the cursor, perhaps after its connection
                yield row

    def rows(self, sql: str, parameters: Mapping[str, Any] = {}) -> list[Row]:
        return list(self.stream(sql, parameters))

    def close(self) -> None:
        self.connection.close()


def open_reader(location: Location) -> Reader:
    """A reader over an existing ledger. Raises `StoreUnusable` when there is none or it cannot be read."""
    if location.path is None:
        from ledger.store.engine import server_reader

        return server_reader(location)
    with faults.told(location):
        reader = SqliteReader(location, _connect(location))
        try:
            _check(reader)
        except BaseException:
            reader.close()
            raise
        return reader


def _connect(location: Location) -> sqlite3.Connection:
    """A ledger that a killed writer left with a hot journal needs a writable handle to be read: so `ro` only where
    the file may not be written, else `rw` with `query_only`."""
    path = location.path
    assert path is not None
    try:
        if path.stat().st_size == 0:
            raise faults.missing(location)
    except (FileNotFoundError, NotADirectoryError):
        raise faults.missing(location) from None
    except OSError as error:
        raise faults.sentence_of(location, error) from error
    mode = "rw" if os.access(path, os.W_OK) else "ro"
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=10, isolation_level=None)
    connection.execute("PRAGMA query_only=ON")
    connection.execute("BEGIN")
    return connection


def _check(reader: SqliteReader) -> None:
    ((application_id,),) = reader.rows("PRAGMA application_id")
    if application_id != faults.APPLICATION_ID:
        raise faults.foreign(reader.location)
    check_revision(reader)


def check_revision(reader: Reader) -> None:
    """Raises `StoreUnusable` when the store is of another revision than this program's."""
    ((revision,),) = reader.rows("SELECT version_num FROM alembic_version")
    if revision != REVISION:
        raise faults.too_new(reader.location, revision)
