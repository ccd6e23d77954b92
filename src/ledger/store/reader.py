"""The plain-SQL seam: what the ledger asks of a connection, to read and to write.

Statements take `:name` parameters, rows are tuples; both are alike on SQLite (`store.sqlite`, the standard library
alone) and on any other database (`store.server`, SQLAlchemy), so that one text serves all. Days go in as `date`; they
come out as the driver has them (`queries.day_of`). All that one reader reads is one snapshot.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from ledger.store.location import Location

Row = tuple[Any, ...]
Parameters = Mapping[str, Any]


class Reader(Protocol):
    """What a query needs of a connection."""

    location: Location

    def stream(self, sql: str, parameters: Parameters = {}) -> Iterator[Row]:
        """The rows of a query, one after the other."""

    def rows(self, sql: str, parameters: Parameters = {}) -> list[Row]:
        """All rows of a query."""

    def close(self) -> None:
        """End the snapshot and give back the connection."""


class Writer(Reader, Protocol):
    """A reader that also writes, within one transaction that `opening.open_writer` begins and ends."""

    def execute(self, sql: str, parameters: Parameters = {}) -> int:
        """Carry out one statement: how many rows it changed. Raises `faults.Clash` when a constraint forbids it."""

    def execute_many(self, sql: str, rows: Sequence[Parameters]) -> None:
        """Carry out one statement for each of the rows (column → value, all with the same columns)."""
