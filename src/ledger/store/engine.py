"""The writing path: an engine for the ledger's URL and one transaction per command.

A new SQLite ledger is built beside its place and linked there when its first command has been committed, so that a
failing command leaves no empty file.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from ledger.base.errors import Refused, StoreUnusable, reason
from ledger.store import faults, schema
from ledger.store.location import Location
from ledger.store.reader import REVISION, Row, check_revision

_PATIENCE = 10
"""Seconds to wait for another writer, or for a server that does not answer."""

_APPEND_LOCK = 0x4C444752
"""The key of PostgreSQL's advisory lock that serializes writers."""


class SqlReader:
    """A reader over a SQLAlchemy connection: reading inside a transaction, and any database but SQLite."""

    def __init__(self, location: Location, connection: sa.Connection) -> None:
        self.location = location
        self.connection = connection

    def stream(self, sql: str, parameters: Mapping[str, Any] = {}) -> Iterator[Row]:
        with _told(self.location):
            for row in self.connection.execute(sa.text(sql), dict(parameters)):
                yield tuple(row)

    def rows(self, sql: str, parameters: Mapping[str, Any] = {}) -> list[Row]:
        return list(self.stream(sql, parameters))

    def close(self) -> None:
        self.connection.close()


def server_reader(location: Location) -> SqlReader:
    """A reader over PostgreSQL: one read-only snapshot."""
    with _told(location):
        reader = SqlReader(location, _server_engine(location).connect())
        try:
            reader.connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            if not sa.inspect(reader.connection).has_table("alembic_version"):
                raise faults.missing(location)
            check_revision(reader)
        except BaseException:
            reader.close()
            raise
        return reader


@contextmanager
def writing(location: Location, *, create: bool = False, must_be_new: bool = False) -> Iterator[Session]:
    """One transaction on the ledger: committed when the block ends, rolled back when it raises.

    With `create` a ledger that does not exist is built; `must_be_new` refuses one that does. Whether it was just
    built shows in its journal being empty. Raises `StoreUnusable`, `Refused`.
    """
    path = location.path
    exists = path is None or (path.exists() and path.stat().st_size > 0)
    if path is not None and exists and must_be_new:
        raise Refused(f"台账 {location} 已经存在", "直接使用即可;要另建一本请换个路径")
    if path is not None and not exists:
        if not create:
            raise faults.missing(location)
        with _new_file(path, location) as draft, _transaction(location, draft, build=True) as session:
            yield session
        return
    with _transaction(location, path, build=create, must_be_new=must_be_new) as session:
        yield session


@contextmanager
def _told(location: Location) -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise faults.sentence_of(location, error.orig or error) from error
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreUnusable(f"连不上 {location}({error})", "请核对地址,并装好 ledger[postgres]") from error


@contextmanager
def _new_file(path: Path, location: Location) -> Iterator[Path]:
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        draft.open("xb").close()
    except OSError as error:
        raise StoreUnusable(f"不能在 {path.parent} 建立台账({reason(error)})", "请核对目录和权限") from error
    try:
        yield draft
        if path.exists() and path.stat().st_size == 0:
            path.unlink()
        os.link(draft, path)
    except FileExistsError as error:
        raise StoreUnusable(f"台账 {location} 刚被别的程序建立", "请重试") from error
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _transaction(location: Location, path: Path | None, *, build: bool, must_be_new: bool = False) -> Iterator[Session]:
    engine = _server_engine(location) if path is None else _file_engine(path)
    try:
        with _told(location), Session(engine) as session:
            connection = session.connection()
            if path is None:
                connection.execute(sa.text(f"SET LOCAL lock_timeout = '{_PATIENCE}s'"))
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _APPEND_LOCK})
            _prepare(location, connection, build=build, must_be_new=must_be_new)
            yield session
            session.commit()
    finally:
        engine.dispose()


def _prepare(location: Location, connection: sa.Connection, *, build: bool, must_be_new: bool) -> None:
    """Check that this is a ledger of this program's revision, or build its tables."""
    sqlite = connection.dialect.name == "sqlite"
    application_id = connection.exec_driver_sql("PRAGMA application_id").scalar() if sqlite else None
    if sa.inspect(connection).has_table("alembic_version"):
        if must_be_new:
            raise Refused(f"台账 {location} 已经存在", "直接使用即可;要另建一本请换个地址")
        if sqlite and application_id != faults.APPLICATION_ID:
            raise faults.foreign(location)
        check_revision(SqlReader(location, connection))
        return
    if not build:
        raise faults.missing(location) if not sqlite else faults.foreign(location)
    if sa.inspect(connection).get_table_names():
        raise faults.foreign(location)
    if sqlite:
        connection.exec_driver_sql(f"PRAGMA application_id = {faults.APPLICATION_ID}")
    SQLModel.metadata.create_all(connection)
    connection.execute(schema.revision.insert().values(version_num=REVISION))


def _file_engine(path: Path) -> sa.Engine:
    """The driver's own transactions lose concurrent updates: off with them, and BEGIN IMMEDIATE instead."""
    uri = f"file:{quote(str(path.absolute()))}?mode=rw"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _server_engine(location: Location) -> sa.Engine:
    assert location.url is not None
    patience = {} if "connect_timeout" in location.url else {"connect_timeout": _PATIENCE}
    return sa.create_engine(location.url, connect_args=patience, poolclass=sa.NullPool)
