"""Copies of a ledger: whole, verified, never over anything; put back without losing what was there."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.base.errors import BadValue, NotFound, Refused, StoreUnusable
from ledger.base.files import COMPANIONS
from ledger.store import backup, faults, sqlite
from ledger.store.backup import back_up, restore
from ledger.store.head import Head
from ledger.store.location import Location
from tests.children import LIMIT, started
from tests.conftest import Book

MOMENT = "20261121-173000"
ASIDE = f"ledger-换下-{MOMENT}.db"


@pytest.fixture
def store(every_action: Book) -> Path:
    assert every_action.location.path is not None
    return every_action.location.path


@pytest.fixture
def kept(every_action: Book, store: Path) -> Path:
    """A backup of the ledger, after which one more task was entered."""
    back_up(every_action.location, store.with_name("备份.db"))
    every_action.post("add", title="备份以后登记的", unit="综合组")
    return store.with_name("备份.db")


def dump(path: Path) -> list[str]:
    """The whole content of a database."""
    connection = sqlite3.connect(path)
    found = list(connection.iterdump())
    connection.close()
    return found


def names(store: Path) -> list[str]:
    """What lies beside the ledger, but for evidence."""
    beside = sorted(path.name for path in store.parent.iterdir())
    return [name for name in beside if not name.endswith((".evidence", ".pdf"))]


def test_a_copy_is_the_ledger(every_action: Book, store: Path) -> None:
    store.chmod(0o640)
    target = store.with_name("备份.db")
    head = back_up(every_action.location, target).head
    assert [tuple(head)] == every_action.rows("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1")
    assert dump(target) == dump(store)
    assert Book(Location(target)).faults() == []
    assert target.stat().st_mode & 0o777 == 0o640
    assert names(store) == ["ledger.db", "备份.db"]


def test_nothing_is_written_over(every_action: Book, store: Path) -> None:
    target = store.with_name("备份.db")
    for taken in ("备份.db", "备份.db-journal"):
        store.with_name(taken).write_text("别人的")
        with pytest.raises(Refused, match="不会覆盖"):
            back_up(every_action.location, target)
        store.with_name(taken).unlink()
    target.symlink_to("没有的文件")
    with pytest.raises(Refused, match="不会覆盖"):
        back_up(every_action.location, target)
    assert names(store) == ["ledger.db", "备份.db"]


def test_a_name_that_is_taken_meanwhile_is_left_alone(
    every_action: Book, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, copy = store.with_name("备份.db"), backup._copy

    def meanwhile(*given: object) -> object:
        target.write_text("别人的")
        return copy(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_copy", meanwhile)
    with pytest.raises(Refused, match="不会覆盖"):
        back_up(every_action.location, target)
    assert target.read_text() == "别人的"
    assert names(store) == ["ledger.db", "备份.db"]


WRITER = """
import sys
from tests.children import LIMIT, started
from tests.conftest import Book
from ledger.store.location import Location
from pathlib import Path
for number in range(int(sys.argv[2])):
    Book(Location(Path(sys.argv[1]))).post("add", title=f"第{number}件", unit="综合组")
"""


def test_a_ledger_in_use(book: Book) -> None:
    """While somebody writes, each copy is the ledger as it was between two commands."""
    store = book.location.path
    assert store is not None
    heads: list[Head] = []
    with started([sys.executable, "-c", WRITER, str(store), "30"]) as writing:
        while writing.poll() is None or not heads:
            target = store.with_name(f"{len(heads)}.db")
            heads.append(back_up(book.location, target).head)
            copy = Book(Location(target))
            assert copy.rows("SELECT count(*) FROM entry") == [(heads[-1].seq,)]
            assert copy.faults() == []
            assert book.rows(f"SELECT hash FROM entry WHERE seq = {heads[-1].seq}") == [(heads[-1].hash,)]
        assert writing.wait(LIMIT) == 0
    assert heads == sorted(heads, key=lambda head: head.seq)


def flip(store: Path, sought: bytes) -> None:
    """Change a byte of a text in the file, as a bad disk may."""
    content = bytearray(store.read_bytes())
    at = content.index(sought)
    content[at] ^= 1
    store.write_bytes(content)


def test_a_damaged_ledger_gives_no_backup(every_action: Book, store: Path) -> None:
    flip(store, '"title":[null,"报信息"]'.encode())
    with pytest.raises(StoreUnusable, match="内容与封印不符"):
        back_up(every_action.location, store.with_name("备份.db"))
    assert names(store) == ["ledger.db"]


@pytest.mark.parametrize("room", [20_000, 80_000])
def test_a_full_disk_leaves_nothing(every_action: Book, store: Path, room: int) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path; from ledger.store.backup import back_up\n"
        "from ledger.store.location import Location; from ledger.base.errors import StoreUnusable\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)\n"
        "try: back_up(Location(Path(sys.argv[1])), Path(sys.argv[1]).with_name('备份.db'))\n"
        "except StoreUnusable as error: print(error.sentence())\n"
    )
    assert store.stat().st_size > room
    ended = subprocess.run(
        [sys.executable, "-c", code, str(store), str(room)],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert ended.stdout.count("\n") == 1
    assert "备份.db" in ended.stdout
    assert names(store) == ["ledger.db"]


# --- restoring -----------------------------------------------------------------------------------------------------


def test_what_was_there_is_put_aside(every_action: Book, store: Path, kept: Path) -> None:
    was, copy = dump(store), dump(kept)
    store.chmod(0o640)
    found = restore(every_action.location, kept, MOMENT)
    assert found.aside == store.with_name(ASIDE)
    assert found.old is not None and found.old.seq == found.head.seq + 1
    assert (dump(store), dump(found.aside)) == (copy, was)
    assert store.stat().st_mode & 0o777 == 0o640
    every_action.post("add", title="还原以后登记的", unit="综合组")
    assert every_action.faults() == Book(Location(found.aside)).faults() == []
    assert restore(every_action.location, kept, MOMENT).aside == store.with_name(f"ledger-换下-{MOMENT}-2.db")
    assert len(names(store)) == 4


def test_a_system_without_links(every_action: Book, store: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    was, copy = dump(store), dump(kept)
    restore(every_action.location, kept, MOMENT)
    assert (dump(store), dump(store.with_name(ASIDE))) == (copy, was)
    back_up(every_action.location, store.with_name("又一份.db"))
    assert names(store) == sorted(["ledger.db", ASIDE, "又一份.db", "备份.db"])


KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE task SET title = 'x' || hex(zeroblob(3000))")
connection.execute("UPDATE span SET status = 'killed'")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_journal_of_a_killed_writer_is_not_rolled_back_into_the_copy(
    every_action: Book, store: Path, kept: Path
) -> None:
    was, copy = dump(store), dump(kept)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(store)], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert Path(f"{store}-journal").stat().st_size > 0
    restore(every_action.location, kept, MOMENT)
    assert (dump(store), dump(store.with_name(ASIDE))) == (copy, was)
    assert names(store) == sorted(["ledger.db", ASIDE, "备份.db"])


def test_a_journal_without_its_store_goes_aside(every_action: Book, store: Path, kept: Path) -> None:
    """It would be rolled back into any file of that name."""
    copy = dump(kept)
    subprocess.run([sys.executable, "-c", KILLED, str(store)], check=False, timeout=60)
    journal = Path(f"{store}-journal").read_bytes()
    store.unlink()
    found = restore(every_action.location, kept, MOMENT)
    assert (found.aside, found.old) == (None, None)
    assert dump(store) == copy
    assert every_action.faults() == []
    assert store.with_name(f"{ASIDE}-journal").read_bytes() == journal


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, "这不是台账".encode() * 500])
def test_a_store_that_cannot_be_read_is_put_aside_as_it_is(
    every_action: Book, store: Path, kept: Path, content: bytes
) -> None:
    copy = dump(kept)
    store.write_bytes(content)
    found = restore(every_action.location, kept, MOMENT)
    assert found.old is None
    assert store.with_name(ASIDE).read_bytes() == content
    assert dump(store) == copy


LOGGING = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("UPDATE setting SET value = 'in the log alone'")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_store_with_a_log_of_writes_is_put_aside_whole(every_action: Book, store: Path, kept: Path) -> None:
    subprocess.run([sys.executable, "-c", LOGGING, str(store)], check=False, timeout=60)
    assert [Path(f"{store}{ending}").exists() for ending in COMPANIONS] == [False, True, True]
    restore(every_action.location, kept, MOMENT)
    assert any("in the log alone" in line for line in dump(store.with_name(ASIDE)))
    assert every_action.faults() == []
    assert names(store) == sorted(["ledger.db", ASIDE, "备份.db"])


def test_a_writer_that_waited_with_the_old_file_is_told(
    every_action: Book, store: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the turn cannot be had, SQLite keeps apart who has the old file open already."""
    exchange, waiting = backup._exchange, sqlite.connect(store, "rw")

    def with_one_waiting(*given: Path) -> None:
        waiting.execute("PRAGMA busy_timeout=0")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            waiting.execute("BEGIN IMMEDIATE")
        exchange(*given)

    monkeypatch.setattr(backup, "_exchange", with_one_waiting)
    restore(every_action.location, kept, MOMENT)
    was = dump(store.with_name(ASIDE))
    waiting.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as caught:
        waiting.execute("DELETE FROM task")
        waiting.execute("COMMIT")
    waiting.close()
    assert "换成了另一个文件" in faults.sentence_of(every_action.location, caught.value).what
    assert dump(store.with_name(ASIDE)) == was


def test_no_commit_is_lost_between(every_action: Book, store: Path, kept: Path) -> None:
    """What writers were told is written stands in one of the two."""
    words = [sys.executable, "-c", WRITER, str(store), "15"]
    asides: list[Path | None] = []
    with started(words) as one, started(words) as other:
        while not asides or one.poll() is None or other.poll() is None:
            asides.append(restore(every_action.location, kept, f"{len(asides)}").aside)
        assert [one.wait(LIMIT), other.wait(LIMIT)] == [0, 0]
    kept_tasks = Book(Location(kept)).rows("SELECT count(*) FROM task")[0][0]
    found = 0
    for place in (store, *asides):
        assert place is not None
        book = Book(Location(place))
        assert book.faults() == []
        found += book.rows("SELECT count(*) FROM task")[0][0] - kept_tasks
    assert found == 31  # both have written 15, and one was there that the copy lacks


def test_what_fails_leaves_all_as_it_was(
    every_action: Book, store: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = dump(store)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StoreUnusable, match="无法写入"):
        restore(every_action.location, kept, MOMENT)
    assert dump(store) == was
    assert names(store) == ["ledger.db", "备份.db"]


def test_what_is_no_backup_moves_nothing(every_action: Book, store: Path, kept: Path) -> None:
    was = dump(store)
    newer, cut, flipped = (store.with_name(name) for name in ("新.db", "残.db", "坏.db"))
    for path in (newer, cut, flipped):
        path.write_bytes(kept.read_bytes())
    connection = sqlite3.connect(newer)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    cut.write_bytes(cut.read_bytes()[:-4096])
    flip(flipped, '"title":[null,"报信息"]'.encode())
    before = names(store)
    for path in (newer, cut, flipped):
        with pytest.raises(StoreUnusable) as caught:
            restore(every_action.location, path, MOMENT)
        assert path.name in caught.value.sentence()
        assert ("请升级 ledger 程序" if path is newer else "台账没有动") in caught.value.sentence()
    with pytest.raises(NotFound):
        restore(every_action.location, store.with_name("没有"), MOMENT)
    with pytest.raises(BadValue, match="就是现在的台账"):
        restore(every_action.location, store, MOMENT)
    assert dump(store) == was
    assert names(store) == before


def test_another_program_s_database_is_not_put_aside(kept: Path) -> None:
    other = kept.with_name("other.db")
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE contact (name)")
    connection.close()
    with pytest.raises(StoreUnusable, match="不是台账文件"):
        restore(Location(other), kept, MOMENT)
    assert names(other) == ["ledger.db", "other.db", "备份.db"]


def test_a_store_that_somebody_holds(
    every_action: Book, store: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.store.backup.PATIENCE", 0.1)
    monkeypatch.setattr("ledger.store.sqlite.PATIENCE", 0.1)
    holder = sqlite3.connect(store, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnusable, match="占用"):
        restore(every_action.location, kept, MOMENT)
    holder.close()
    assert names(store) == ["ledger.db", "备份.db"]
