"""From each revision of the schema to the next, on SQLite and PostgreSQL alike, by alembic.

`run` carries out what is missing inside the transaction of a writer and ends nothing. Only the journal must come
through as it is: the tables that follow from it are made anew by a revision that changes them, and posted anew
afterwards (`services.upgrading`). Imported by an upgrade alone.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from ledger.store.reader import Writer
from ledger.store.revision import REVISION
from ledger.store.server import SqlWriter, told
from ledger.store.sqlite import SqliteWriter


def run(writer: Writer) -> None:
    """Bring the tables of a ledger to this program's revision. Raises `StoreUnusable`."""
    config = Config()
    config.set_main_option("script_location", "ledger.store:migrations")
    with told(writer.location), _connection_of(writer) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, REVISION)


class _Lent:
    """A connection of sqlite3 as SQLAlchemy may use it: the transaction it is in is not SQLAlchemy's to end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        pass

    rollback = close = commit


@contextmanager
def _connection_of(writer: Writer) -> Iterator[sa.Connection]:
    """A connection of SQLAlchemy in the writer's transaction."""
    if isinstance(writer, SqlWriter):
        yield writer.connection
        return
    assert isinstance(writer, SqliteWriter)
    lent: Any = _Lent(writer.connection)
    with sa.create_engine("sqlite://", creator=lambda: lent, poolclass=sa.StaticPool).connect() as connection:
        connection.begin()  # for alembic to find a transaction, and leave it alone
        yield connection
