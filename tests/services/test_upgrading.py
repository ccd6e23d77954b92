"""An older ledger brought up to date: its journal to the letter, all that follows from it posted anew; or as it was."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ledger.base.errors import StoreUnusable
from ledger.services import upgrading
from ledger.services.upgrading import Upgraded, upgrade
from ledger.store import faults
from ledger.store.head import Head
from ledger.store.location import Location
from ledger.store.revision import REVISION, REVISIONS
from tests.conftest import Book, Clerk

FIXTURE = Path(__file__).parents[1] / "fixtures" / "0001"
HEAD = Head(402, json.loads((FIXTURE / "ledger.jsonl").read_text("utf-8").partition("\n")[0])["head"])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store as 0.1.0 wrote it."""
    return shutil.copyfile(FIXTURE / "ledger.db", tmp_path / "ledger.db")


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = list(connection.iterdump())
    connection.close()
    return found


def journal(path: Path) -> list[Any]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT * FROM entry ORDER BY seq").fetchall()
    connection.close()
    return found


def alter(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def nothing(_: int = 0) -> None:
    pass


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_the_journal_is_the_same_and_all_else_follows_from_it(revision: str, tmp_path: Path) -> None:
    folder = FIXTURE.with_name(revision)
    header = json.loads((folder / "ledger.jsonl").read_text("utf-8").partition("\n")[0])
    store = shutil.copyfile(folder / "ledger.db", tmp_path / "ledger.db")
    before, kept = journal(store), []
    done = upgrade(Location(store), lambda: kept.append(dump(store)), nothing)
    assert done == Upgraded(revision, Head(header["entries"], header["head"]), header["tasks"])
    assert kept == [dump(folder / "ledger.db")]
    assert journal(store) == before
    book = Book(Location(store))
    assert book.faults() == []
    assert book.rows("SELECT * FROM alembic_version") == [(REVISION,)]
    assert upgrade(Location(store), pytest.fail, nothing) is None


def test_the_command_keeps_a_copy_first(clerk: Clerk, store: Path) -> None:
    before = dump(store)
    answer = clerk("--db", str(store), "upgrade")
    assert (answer.code, answer.err) == (0, "")
    (kept,) = store.parent.glob("ledger-备份-*.db")
    assert answer.out.splitlines() == [
        f"升级前的台账已备份到 {kept}",
        f"台账 {store} 已由 0001 版升级到 {REVISION} 版:87 件事项,402 条记录,末条封印 {HEAD.hash[:12]},与升级前相同",
    ]
    assert dump(kept) == before
    again = clerk("--db", str(store), "upgrade")
    assert again == (0, f"台账 {store} 已是当前版本({REVISION}),不用升级\n", "")
    assert sorted(path.name for path in store.parent.iterdir()) == sorted([kept.name, "ledger.db"])
    assert clerk("--db", str(store), "check").code == 0
    assert clerk("--db", str(store), "restore", str(kept)).code == 0
    assert clerk("--db", str(store), "check").code == 7
    assert clerk("--db", str(store), "upgrade").code == 0
    assert clerk("--db", str(store), "check").code == 0


@pytest.mark.parametrize(
    "words",
    ["week", "list", "check", "undo", "add 甲 -u 乙", "log --as-of 2026-01-01", "config show", "verify --prove id:1"],
)
def test_all_else_asks_for_it(clerk: Clerk, store: Path, words: str) -> None:
    before = store.read_bytes()
    answer = clerk("--db", str(store), *words.split())
    assert (answer.code, answer.out) == (7, "")
    assert "是旧版(0001)的" in answer.err
    assert "ledger upgrade" in answer.err
    assert store.read_bytes() == before


def test_an_older_ledger_is_exported_as_the_upgraded_one(clerk: Clerk, store: Path) -> None:
    before = clerk("--db", str(store), "export")
    assert clerk("--db", str(store), "upgrade").code == 0
    assert before == clerk("--db", str(store), "export")
    assert before.code == 0


ODD = {
    "none": ("DELETE FROM alembic_version",),
    "two": ("INSERT INTO alembic_version VALUES ('0002')",),
    "null": ("DROP TABLE alembic_version", "CREATE TABLE alembic_version (version_num)",
             "INSERT INTO alembic_version VALUES (NULL)"),
    "blob": ("UPDATE alembic_version SET version_num = x'30303031'",),
    "newer": ("UPDATE alembic_version SET version_num = '9999'",),
    "no table": ("DROP TABLE alembic_version",),
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_a_revision_that_is_none(clerk: Clerk, store: Path, odd: str) -> None:
    alter(store, *ODD[odd])
    before = store.read_bytes()
    for words in (("upgrade",), ("backup",), ("export",), ("week",), ("undo",)):
        answer = clerk("--db", str(store), *words)
        assert (answer.code, answer.out, answer.err.count("\n")) == (7, "", 1)
        assert ("请升级 ledger 程序" if odd == "newer" else "版本标记不对") in answer.err
    assert store.read_bytes() == before
    assert [path.name for path in store.parent.iterdir()] == ["ledger.db"]


def test_a_damaged_ledger_is_left_as_it_is(clerk: Clerk, store: Path) -> None:
    alter(store, "DROP TRIGGER entry_no_update", "UPDATE entry SET note = '改过' WHERE seq = 100")
    before = store.read_bytes()
    answer = clerk("--db", str(store), "upgrade")
    assert (answer.code, answer.out) == (7, "")
    assert "第100号记录" in answer.err
    assert store.read_bytes() == before
    assert [path.name for path in store.parent.iterdir()] == ["ledger.db"]


def test_what_does_not_agree_afterwards_is_given_up(store: Path) -> None:
    alter(store, "CREATE INDEX mine ON task(title)", "DROP TRIGGER entry_no_delete")
    before = dump(store)
    with pytest.raises(StoreUnusable, match="entry_no_delete"):
        upgrade(Location(store), nothing, nothing)
    assert dump(store) == before


STEPS = {
    "begun": "ledger.store.migrations:run 1",
    "a table dropped": "sqlalchemy.engine.default:DefaultDialect.do_execute 4",
    "tables made": "ledger.store.posting:clear 1",
    "codes posted": "ledger.store.posting:post_tasks 1",
    "tasks posted": "ledger.store.posting:post_settings 1",
    "all posted": "ledger.services.upgrading:_require_sound 1",
    "compared": "ledger.services.upgrading:_journal 2",
}
"""Where an upgrade is broken off → what it is just about to call, for which time."""


def breaking(step: str, stop: Any) -> tuple[Any, str, Any]:
    """Where to put what calls `stop` at that step: the module or class, the name, and what to put there."""
    target, _, times = STEPS[step].partition(" ")
    module, _, path = target.partition(":")
    *outer, name = path.split(".")
    place: Any = import_module(module)
    for part in outer:
        place = getattr(place, part)
    whole, left = getattr(place, name), [int(times)]

    def broken(*args: Any, **options: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            stop()
        return whole(*args, **options)

    return place, name, broken


class BrokenOffError(Exception):
    pass


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [BrokenOffError, KeyboardInterrupt])
def test_an_error_in_any_step_leaves_it_as_it_was(
    store: Path, step: str, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop() -> None:
        raise error

    before = dump(store)
    monkeypatch.setattr(*breaking(step, stop))
    with pytest.raises(error):
        upgrade(Location(store), nothing, nothing)
    monkeypatch.undo()
    assert dump(store) == before
    assert [path.name for path in store.parent.iterdir()] == ["ledger.db"]
    assert upgrade(Location(store), nothing, nothing) == Upgraded("0001", HEAD, 87)


KILLED = """
import os, signal, sys
from pathlib import Path
from ledger.services.upgrading import upgrade
from ledger.store import sqlite
from ledger.store.location import Location
from tests.services.test_upgrading import breaking, nothing
place, name, broken = breaking(sys.argv[2], lambda: os.kill(os.getpid(), signal.SIGKILL))
setattr(place, name, broken)
connect = sqlite.connect
def cramped(path, mode):
    connection = connect(path, mode)
    connection.execute("PRAGMA cache_size=1")  # so that pages reach the file before the commit
    return connection
sqlite.connect = cramped
upgrade(Location(Path(sys.argv[1])), nothing, nothing)
"""


@pytest.mark.parametrize("step", STEPS)
def test_killed_in_any_step_it_is_as_it_was(store: Path, step: str) -> None:
    before = dump(store)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(store), step], check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    if step == "compared":
        assert Path(f"{store}-journal").stat().st_size > 0
        assert store.read_bytes() != (FIXTURE / "ledger.db").read_bytes()
    with pytest.raises(StoreUnusable, match=r"是旧版\(0001\)"):
        Book(Location(store)).faults()
    assert dump(store) == before
    assert upgrade(Location(store), nothing, nothing) == Upgraded("0001", HEAD, 87)
    assert Book(Location(store)).faults() == []


def test_nobody_writes_meanwhile(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.store.sqlite.PATIENCE", 0.1)
    other = sqlite3.connect(store, timeout=0.1, isolation_level=None)
    tried = []

    def keep() -> None:
        with pytest.raises(sqlite3.OperationalError) as caught:
            other.execute("BEGIN IMMEDIATE")
        tried.append(faults.sentence_of(Location(store), caught.value).what)

    upgrade(Location(store), keep, nothing)
    other.close()
    assert len(tried) == 1 and "占用" in tried[0]


def test_a_ledger_upgraded_by_somebody_else_meanwhile(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert upgrade(Location(store), nothing, nothing) is not None
    monkeypatch.setattr(upgrading, "is_current", lambda _: False)
    assert upgrade(Location(store), pytest.fail, nothing) is None
