"""The seam on any database but SQLite, by SQLAlchemy; in earnest that is PostgreSQL.

A connection may break just when COMMIT was sent. Whether the transaction lasts is then known to the server alone: it is
asked, by the seal of the last entry, before anything is said of it.
"""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from ledger.base.errors import StoreUnusable
from ledger.base.turn import PATIENCE
from ledger.store import faults
from ledger.store.head import head_of
from ledger.store.location import Location
from ledger.store.reader import Parameters, Row
from ledger.store.revision import READ, check_revision

_APPEND_LOCK = 0x4C444752
"""The key of PostgreSQL's advisory lock that serializes writers."""

_NO_SUCH_TABLE = "42P01"
_PAUSES = (0.2, 0.5, 1, 2, 4)
"""Seconds between the tries to ask a server whose connection broke: one that restarts is back in a moment."""


logging.getLogger("psycopg").addHandler(logging.NullHandler())
"""What it remarks on a broken connection is told by the one sentence of the error."""


class SqlReader:
    """A reader over a connection of SQLAlchemy."""

    def __init__(self, location: Location, connection: sa.Connection) -> None:
        self.location = location
        self.connection = connection

    def stream(self, sql: str, parameters: Parameters = {}) -> Iterator[Row]:
        with told(self.location):
            for row in self.connection.execute(sa.text(sql), dict(parameters)):
                yield tuple(row)

    def rows(self, sql: str, parameters: Parameters = {}) -> list[Row]:
        return list(self.stream(sql, parameters))

    def close(self) -> None:
        self.connection.close()


class SqlWriter(SqlReader):
    """A writer over a connection in a transaction."""

    def execute(self, sql: str, parameters: Parameters = {}) -> int:
        with told(self.location):
            return self.connection.execute(sa.text(sql), dict(parameters)).rowcount

    def execute_many(self, sql: str, rows: Sequence[Parameters]) -> None:
        """Straight to the driver: prepared by SQLAlchemy row by row, they cost twice as much."""
        if not rows:
            return  # the driver would take none for a statement without parameters
        with told(self.location):
            self.connection.exec_driver_sql(_compiled(sql, self.connection.dialect), [dict(row) for row in rows])


@lru_cache(256)
def _compiled(sql: str, dialect: sa.Dialect) -> str:
    return str(sa.text(sql).compile(dialect=dialect))


def open_reader(location: Location, *, older: bool = False) -> SqlReader:
    """A reader over an existing ledger, with `older` also of an older revision: one read-only snapshot."""
    with told(location):
        reader = SqlReader(location, _connect(location))
        try:
            reader.connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            if not _has_ledger(reader, older=older):
                raise faults.missing(location)
        except BaseException:
            reader.close()
            raise
        return reader


def beside(reader: SqlReader, seq: int, copied: Iterable[str]) -> SqlWriter:
    """A writer over another connection that sees what the reader sees, of the journal what is up to `seq`; these tables
    it has as copies of its own, under the same names, which are gone with it.

    Raises `StoreUnusable` also where the role may make no temporary tables, or the server only follows another.
    """
    place = "SELECT pg_export_snapshot(), relnamespace::regnamespace FROM pg_class WHERE oid = 'entry'::regclass"
    ((snapshot, schema),) = reader.rows(place)
    with told(reader.location):
        writer = SqlWriter(reader.location, _connect(reader.location))
        try:
            writer.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE")
            writer.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
            for table in copied:
                writer.execute(f"CREATE TEMP TABLE {table} (LIKE {schema}.{table} INCLUDING INDEXES)")
                writer.execute(f"INSERT INTO pg_temp.{table} SELECT * FROM {schema}.{table}")
                writer.execute(f"ANALYZE pg_temp.{table}")
            writer.execute(f"CREATE TEMP VIEW entry AS SELECT * FROM {schema}.entry WHERE seq <= {int(seq)}")
        except BaseException:
            writer.close()
            raise
        return writer


@contextmanager
def open_writer(
    location: Location, *, create: bool = False, must_be_new: bool = False, older: bool = False
) -> Iterator[SqlWriter]:
    """One transaction, as `opening.open_writer` says; writers go one after the other."""
    with told(location), _connect(location) as connection:
        writer = SqlWriter(location, connection)
        _wait_turn(writer)
        if _has_ledger(writer, older=older):
            if must_be_new:
                raise faults.there_already(location)
        else:
            if not create:
                raise faults.missing(location)
            connection.rollback()
            _wait_turn(writer)
            _build(writer)
        yield writer
        _commit(writer)


@contextmanager
def apart(location: Location) -> Iterator[SqlWriter]:
    """A transaction that takes no turn: for what no entry names yet."""
    with told(location), _connect(location) as connection:
        yield SqlWriter(location, connection)
        connection.commit()


def _connect(location: Location) -> sa.Connection:
    """Raises `StoreUnusable` for a server that is no PostgreSQL, or keeps its texts in anything but UTF-8."""
    assert location.url is not None

    def require_utf8(connection: Any, _: object) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise faults.other_encoding(location, encoding)

    patience = {} if "connect_timeout" in location.url else {"connect_timeout": PATIENCE}
    given = {**patience, "client_encoding": "UTF8"}  # whatever the database, the role or the environment has set
    engine = sa.create_engine(location.url, connect_args=given, poolclass=sa.NullPool)
    sa.event.listen(engine, "connect", require_utf8, insert=True)  # before SQLAlchemy reads the server's version
    try:
        return engine.connect()
    except AssertionError:  # a version() that is not PostgreSQL's
        raise faults.other_server(location) from None


def _wait_turn(writer: SqlWriter) -> None:
    writer.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
    writer.rows("SELECT pg_advisory_xact_lock(:key)", {"key": _APPEND_LOCK})


def _has_ledger(reader: SqlReader, *, older: bool) -> bool:
    """Whether there is a ledger of a revision that may be used: one query, for a role may be shown no catalogue."""
    try:
        reader.connection.execute(sa.text(READ))
    except sa.exc.ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) == _NO_SUCH_TABLE:
            return False
        raise
    check_revision(reader, older=older)
    return True


def _build(writer: SqlWriter) -> None:
    from ledger.store.schema import build

    if sa.inspect(writer.connection).get_table_names():
        raise faults.foreign(writer.location)
    build(writer, writer.connection.dialect.name)


def _commit(writer: SqlWriter) -> None:
    """Raises `Unconfirmed` when the connection breaks and the server cannot be asked what became of it."""
    seq, seal = head_of(writer)
    try:
        writer.connection.commit()
    except sa.exc.DBAPIError as error:
        if not faults.is_broken(error.orig):
            raise
        if not _lasts(writer.location, seq, seal):
            raise


def _lasts(location: Location, seq: int, seal: str) -> bool:
    """Whether the entry is there after all. The turn is waited for: the server may still be at that commit."""
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            with told(location), closing(SqlWriter(location, _connect(location))) as asking:
                _wait_turn(asking)
                return asking.rows("SELECT hash FROM entry WHERE seq = :seq", {"seq": seq}) == [(seal,)]
        except StoreUnusable:
            continue
    raise faults.unconfirmed(location, seq)


@contextmanager
def told(location: Location) -> Iterator[None]:
    """Turn errors of SQLAlchemy and its driver into `StoreUnusable`."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise faults.sentence_of(location, error.orig or error) from error
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreUnusable(f"连不上 {location}({error})", "请核对地址,并装好 ledger[postgres]") from error
