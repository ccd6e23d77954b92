"""The seam on a server: what a broken COMMIT became, roles with few rights, servers that are no PostgreSQL."""

import re
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from ledger.base.errors import StoreUnusable, Unconfirmed
from ledger.store import server as seam
from ledger.store.location import Location
from tests.children import LIMIT
from tests.conftest import Book, Clerk
from tests.store.proxy import LATER, NEVER, relayed


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seam, "_PAUSES", (0.01, 0.05, 0.1))


@pytest.fixture
def served(database: Location) -> Book:
    return Book(database).found()


def titles(book: Book) -> list[str]:
    return [title for (title,) in book.rows("SELECT title FROM task ORDER BY id")]


def test_a_commit_that_happened_is_no_error(served: Book) -> None:
    with relayed(served.location, LATER) as broken:
        assert Book(broken).post("add", title="甲", unit="综合组").code == "2013-001"
    assert titles(served) == ["甲"]
    assert served.faults() == []


def test_a_commit_that_did_not_happen_is_told_so(served: Book, clerk: Clerk) -> None:
    with relayed(served.location, NEVER) as broken:
        answer = clerk("--db", str(broken.url), "add", "甲", "--unit", "综合组")
    assert (answer.code, answer.out) == (7, "")
    assert "连不上台账" in answer.err
    assert "未写入任何内容" in answer.err
    assert "secret" not in answer.err
    assert titles(served) == []


@pytest.mark.parametrize(("breaks", "there"), [(LATER, ["甲"]), (NEVER, [])])
def test_where_nobody_can_be_asked_neither_is_claimed(
    served: Book, clerk: Clerk, breaks: str, there: list[str]
) -> None:
    with relayed(served.location, breaks, deaf=True) as broken:
        answer = clerk("--db", str(broken.url), "add", "甲", "--unit", "综合组")
    assert (answer.code, answer.out) == (Unconfirmed.exit_code, "") == (7, "")
    assert "未写入" not in answer.err
    assert "有第2号记录即已写入" in answer.err
    assert titles(served) == there


def test_a_new_ledger_whose_commit_breaks(database: Location) -> None:
    with relayed(database, LATER) as broken:
        Book(broken).found()
    assert Book(database).faults() == []


@pytest.fixture
def clerk_role(served: Book, server: str) -> Iterator[Book]:
    """A role that may append to the journal and keep the projections, and sees no catalogue beyond."""
    name = str(served.location.url).partition("/ledger_")[2].partition("?")[0]
    role = f"clerk_{name}"
    with psycopg.connect(str(served.location.url).replace("+psycopg", ""), autocommit=True) as connection:
        for statement in (
            f'CREATE ROLE "{role}" LOGIN',
            f'GRANT SELECT, INSERT ON entry, code TO "{role}"',
            f'GRANT SELECT, INSERT, UPDATE, DELETE ON task, span, setting, series TO "{role}"',
            f'GRANT SELECT ON alembic_version TO "{role}"',
            "REVOKE SELECT ON pg_class FROM PUBLIC",
        ):
            connection.execute(statement.encode())
    yield Book(Location(None, str(served.location.url).replace("//postgres", f"//{role}")))


def test_a_role_with_few_rights_reads_and_writes(clerk_role: Book) -> None:
    assert clerk_role.post("add", title="甲", unit="综合组").code == "2013-001"
    assert clerk_role.post("close", task="1").status == "closed"
    with pytest.raises(StoreUnusable, match="没有读写台账"), clerk_role.journal() as journal:
        journal.writer.execute("DELETE FROM entry")


def put(database: Location, *statements: str) -> None:
    with psycopg.connect(str(database.url).replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(b"SET allow_system_table_mods = on")
        for statement in statements:
            connection.execute(statement.encode())


@pytest.mark.parametrize(
    "version",
    [
        "(openGauss 5.0.0 build a07d57c3) compiled at 2023-03-29 03:07:56 commit 0 last mr",
        "KingbaseES V008R006C005B0041 on x86_64-pc-linux-gnu, compiled by gcc",
        "CockroachDB CCL v22.2.0 (x86_64-pc-linux-gnu, built 2022/12/05, go1.19.1)",
    ],
)
@pytest.mark.parametrize("command", [("week",), ("add", "甲", "--unit", "综合组"), ("check",)], ids=" ".join)
def test_a_server_of_another_kind(database: Location, clerk: Clerk, version: str, command: tuple[str, ...]) -> None:
    put(
        database,
        "CREATE OR REPLACE FUNCTION pg_catalog.version() RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE "
        f"AS $$ SELECT '{version}'::text $$",
    )
    answer = clerk("--db", str(database.url), *command)
    assert (answer.code, answer.out) == (7, "")
    assert "不是 PostgreSQL" in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1", "EUC_CN"])
def test_a_database_that_does_not_keep_utf_8(server: str, database: Location, clerk: Clerk, encoding: str) -> None:
    name = f"other_{encoding.lower()}"
    with psycopg.connect(server, autocommit=True) as connection:
        made = f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
        connection.execute(made.encode())
    try:
        path = re.sub(r"/ledger_\w+", f"/{name}", str(database.url))
        answer = clerk("--db", path, "add", "甲", "--unit", "综合组")
        assert (answer.code, answer.out) == (7, "")
        assert f"以 {encoding} 存文字" in answer.err
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.mark.parametrize(
    "setting", ["client_encoding = 'LATIN1'", "datestyle = 'German, DMY'", "timezone = 'Pacific/Apia'"]
)
def test_what_a_database_sets_for_its_sessions_changes_nothing(served: Book, setting: str) -> None:
    with seam.open_writer(served.location) as writer:
        ((name,),) = writer.rows("SELECT current_database()")
        writer.execute(f'ALTER DATABASE "{name}" SET {setting}')
    served.post("add", title="甲", unit="综合组", due="2013-04-01")
    assert titles(served) == ["甲"]
    assert served.faults() == []


BREAKING = """
import sys, psycopg
from ledger.base.errors import StoreUnusable
from ledger.store.location import location_of
from ledger.store.opening import open_writer
try:
    with open_writer(location_of(sys.argv[1])) as writer:
        ((pid,),) = writer.rows("SELECT pg_backend_pid()")
        with psycopg.connect(sys.argv[1].replace("+psycopg", ""), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        rows = [{"name": name, "value": "1"} for name in ("甲", "乙")]
        writer.execute_many("INSERT INTO setting VALUES (:name, :value)", rows)
except StoreUnusable as error:
    print(error.sentence())
"""


def test_a_driver_remarks_nothing_on_a_connection_that_breaks_amid_many_rows(served: Book) -> None:
    words = [sys.executable, "-c", BREAKING, str(served.location.url)]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT, check=True)
    assert "连不上台账" in ended.stdout
    assert ended.stderr == ""
