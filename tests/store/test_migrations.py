"""The revisions lead to the schema of a new ledger, on both databases."""

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from ledger.base.errors import StoreUnusable
from ledger.services import upgrading
from ledger.services.upgrading import upgrade
from ledger.store import expected
from ledger.store.location import Location
from ledger.store.revision import REVISIONS
from tests.conftest import Book, Clerk

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture(params=REVISIONS[:-1])
def fixture(request: pytest.FixtureRequest) -> Path:
    """The folder of an earlier revision."""
    return FIXTURES / str(request.param)


def test_each_revision_leads_to_the_next() -> None:
    config = Config()
    config.set_main_option("script_location", "ledger.store:migrations")
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert [script.revision for script in reversed(scripts)] == list(REVISIONS)
    assert [script.down_revision for script in reversed(scripts)] == [None, *REVISIONS[:-1]]


def test_an_upgraded_file_has_the_schema_of_a_new_one(fixture: Path, tmp_path: Path, clerk: Clerk) -> None:
    store = tmp_path / "ledger.db"
    store.write_bytes((fixture / "ledger.db").read_bytes())
    clerk("--db", str(store), "upgrade")
    connection = sqlite3.connect(store)
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    connection.close()
    assert {name: expected.plain(sql) for name, sql in found.items()} == expected.expected()


@pytest.fixture
def old(database: Location, fixture: Path) -> Location:
    """The ledger of that revision on a server: its schema as it was created, its rows as they are in the file."""
    file = sqlite3.connect(fixture / "ledger.db")
    with connected(database) as server:
        server.execute((fixture / "postgresql.sql").read_bytes())
        for table in ("entry", "task", "span", "setting", "series", "code"):
            kinds = dict(server.execute(f"SELECT column_name, data_type {OF_COLUMNS}", (table,)).fetchall())
            names = ", ".join(f'"{name}"' for name in kinds)
            for row in file.execute(f"SELECT {names} FROM {table}"):
                values = [read(value, kind) for value, kind in zip(row, kinds.values(), strict=True)]
                marks = ", ".join(["%s"] * len(values))
                server.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})".encode(), values)
    file.close()
    return database


OF_COLUMNS = "FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position"
CATALOG = (
    f"SELECT table_name, column_name, data_type, collation_name, is_nullable, character_maximum_length, column_default "
    f"{OF_COLUMNS.replace('table_name = %s', 'table_schema = current_schema()').replace('BY', 'BY table_name,')}",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexname",
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0 "
    "AND connamespace = current_schema()::regnamespace ORDER BY conname, conrelid",
    "SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace ORDER BY proname",
)


def connected(location: Location) -> "psycopg.Connection[Any]":
    return psycopg.connect(str(location.url).replace("+psycopg", ""))


def read(value: Any, kind: str) -> Any:
    if value is None:
        return None
    return date.fromisoformat(value) if kind == "date" else bool(value) if kind == "boolean" else value


def catalog(location: Location) -> list[list[tuple[Any, ...]]]:
    with connected(location) as server:
        return [server.execute(query.encode()).fetchall() for query in CATALOG]


def content(location: Location) -> list[Any]:
    tables = ("entry", "task", "span", "setting", "series", "code", "alembic_version")
    with connected(location) as server:
        return [server.execute(f"SELECT * FROM {table} ORDER BY 1".encode()).fetchall() for table in tables]


def test_an_upgraded_database_has_the_schema_and_the_answers_of_a_new_one(
    old: Location, fixture: Path, server: str, tmp_path: Path, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    url = str(old.url)
    before = content(old)[0]
    assert f"是旧版({fixture.name})的" in clerk("--db", url, "week").err
    export = clerk("--db", url, "export").out
    answer = clerk("--db", url, "upgrade")
    assert (answer.code, answer.err) == (0, "")
    (kept,) = tmp_path.glob("*-备份-*.jsonl")
    assert kept.read_text("utf-8") == export
    assert content(old)[0] == before
    assert clerk("--db", url, "check") == (0, "", "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE new_{fixture.name}".encode())
    new = Location(
        None, server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/new_{fixture.name}?")
    )
    assert clerk("--db", str(new.url), "import", kept.name).code == 0
    assert catalog(old) == catalog(new)
    assert content(old) == content(new)
    assert "不用升级" in clerk("--db", url, "upgrade").out


def test_what_fails_on_a_server_leaves_it_as_it_was(old: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    before = catalog(old), content(old)

    def refuse(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(upgrading, "_require_sound", refuse)
    with pytest.raises(ZeroDivisionError):
        upgrade(old, lambda: None, lambda _: None)
    assert (catalog(old), content(old)) == before
    monkeypatch.undo()
    assert upgrade(old, lambda: None, lambda _: None) is not None
    assert Book(old).faults() == []


@pytest.mark.faults
def test_an_upgrade_waits_its_turn_on_a_server(old: Location) -> None:
    """For a reader that looks at a table as long as a writer would, then gives up with nothing changed."""
    before = catalog(old)
    with connected(old) as reading:
        reading.execute(b"SELECT * FROM task LIMIT 1")
        with pytest.raises(StoreUnusable, match="占用"):
            upgrade(old, lambda: None, lambda _: None)
    assert catalog(old) == before


@pytest.mark.parametrize("harm", ["DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('9999')"])
def test_a_revision_that_is_none(old: Location, clerk: Clerk, harm: str) -> None:
    with connected(old) as server:
        server.execute(harm.encode())
    for words in ("upgrade", "backup", "week"):
        answer = clerk("--db", str(old.url), words)
        assert (answer.code, answer.out) == (7, "")
        assert "版本标记不对" in answer.err
