"""The writing path on SQLite: one transaction a command, a new ledger whole or not at all, writers in turn."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import AbstractContextManager, ExitStack, closing
from pathlib import Path
from typing import IO

import pytest

from ledger.base.errors import Refused, StoreUnusable
from ledger.store.location import Location
from ledger.store.opening import open_reader, open_writer
from tests.children import LIMIT, Child, started
from tests.conftest import Book


def test_a_block_that_raises_leaves_nothing(book: Book) -> None:
    with pytest.raises(ZeroDivisionError), book.journal() as journal:
        journal.configure({"year": [None, 2013]})
        journal.flush()
        raise ZeroDivisionError
    assert book.rows("SELECT count(*) FROM entry") == [(1,)]
    assert book.rows("SELECT name FROM setting") == [("name",)]


def test_a_new_ledger_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    book = Book(Location(tmp_path / "ledger.db"))
    with pytest.raises(ZeroDivisionError), book.journal(create=True) as journal:
        assert journal.is_new
        assert (tmp_path / "ledger.db").stat().st_size == 0
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    book.found()
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def test_a_missing_ledger_is_made_only_on_request(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="没有台账"), Book(Location(tmp_path / "ledger.db")).journal():
        pass
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").touch()
    book = Book(Location(tmp_path / "ledger.db")).found()
    assert book.rows("SELECT count(*) FROM entry") == [(1,)]


def test_founding_twice_is_refused_and_creating_takes_what_is_there(book: Book) -> None:
    with pytest.raises(Refused, match="已经存在"):
        book.found()
    with book.journal(create=True) as journal:
        assert not journal.is_new


def test_of_two_that_begin_the_same_ledger_the_second_finds_it(tmp_path: Path) -> None:
    place = tmp_path / "ledger.db"
    with ExitStack() as running:
        writers = [running.enter_context(writer(Book(Location(place)), name, 5, create=True)) for name in "甲乙丙丁"]
        ended = [process.communicate(timeout=LIMIT) for process in writers]
    assert [process.returncode for process in writers] == [0] * 4, ended
    assert Book(Location(place)).rows("SELECT count(*) FROM task") == [(20,)]
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


@pytest.mark.parametrize("place", ["none/ledger.db", "file/ledger.db"])
def test_a_place_where_no_ledger_can_be(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnusable, match=r"不能在 .* 建立台账"):
        Book(Location(tmp_path / place)).found()


def test_files_that_are_no_ledger_are_left_as_they_are(tmp_path: Path) -> None:
    text, other = tmp_path / "text.db", tmp_path / "other.db"
    text.write_text("这不是台账" * 200)
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE task(id)")
    connection.close()
    before = text.read_bytes(), other.read_bytes()
    for path in (text, other):
        with pytest.raises(StoreUnusable, match="不是台账文件"), Book(Location(path)).journal(create=True):
            pass
    assert (text.read_bytes(), other.read_bytes()) == before


@pytest.mark.parametrize("content", [b"\n", b"1"])
def test_a_file_of_one_byte_is_no_empty_file(tmp_path: Path, content: bytes) -> None:
    """SQLite takes it for one."""
    path = tmp_path / "one.db"
    path.write_bytes(content)
    with pytest.raises(StoreUnusable, match="不是台账文件"), Book(Location(path)).journal(create=True):
        pass
    with pytest.raises(StoreUnusable, match="不是台账文件"):
        open_reader(Location(path))
    assert path.read_bytes() == content


def test_a_database_without_tables_that_another_program_marked(tmp_path: Path) -> None:
    path = tmp_path / "marked.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 252006")
    before = path.read_bytes()
    with pytest.raises(StoreUnusable, match="不是台账文件"), Book(Location(path)).journal(create=True):
        pass
    assert path.read_bytes() == before


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_a_file_that_only_bears_the_name_of_a_journal_stays(book: Book, tmp_path: Path, ending: str) -> None:
    """SQLite clears such a file away, be it only to read."""
    new = tmp_path / "new.db"
    assert book.location.path is not None
    others = [Path(f"{path}{ending}") for path in (book.location.path, new)]
    for other in others:
        other.write_text("别人的文件")
    with pytest.raises(StoreUnusable, match="会毁掉"):
        open_reader(book.location)
    with pytest.raises(StoreUnusable, match="会毁掉"), book.journal():
        pass
    with pytest.raises(StoreUnusable, match="会毁掉"), Book(Location(new)).journal(create=True):
        pass
    assert [other.read_text() for other in others] == ["别人的文件"] * 2
    assert not new.exists()


def test_a_journal_whose_ledger_was_moved_away_stays(tmp_path: Path) -> None:
    journal = tmp_path / "moved.db-journal"
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    before = journal.read_bytes()
    with pytest.raises(StoreUnusable, match="会毁掉"), Book(Location(tmp_path / "moved.db")).journal(create=True):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["moved.db-journal"]
    assert journal.read_bytes() == before


def test_the_connection_is_set_as_durability_wants_it(book: Book) -> None:
    with open_writer(book.location) as writer:
        for pragma, value in (("synchronous", 2), ("journal_mode", "delete"), ("foreign_keys", 1)):
            assert writer.rows(f"PRAGMA {pragma}") == [(value,)]


def test_an_error_of_the_driver_inside_the_block_is_told(book: Book) -> None:
    with pytest.raises(StoreUnusable, match="不能使用"), open_writer(book.location) as writer:
        writer.rows("SELECT * FROM no_such_table")


WRITER = """
import sys
from datetime import UTC, date, datetime
from ledger.services.tasks import add
from ledger.store.journal import Stamp, open_journal
from ledger.store.location import location_of
name, rounds, create = sys.argv[2], int(sys.argv[3]), sys.argv[4] == "create"
for number in range(rounds):
    stamp = Stamp(date(2013, 3, 19), datetime.now(UTC), name, "clerk")
    with open_journal(location_of(sys.argv[1]), stamp, create=create) as journal:
        task = add(journal, {"title": f"{name}{number}", "unit": "综合组"})
    print(task.id, task.code, task.title, flush=True)
"""


def writer(
    book: Book, name: str, rounds: int, said: IO[str] | int = subprocess.PIPE, *, create: bool = False
) -> AbstractContextManager[Child]:
    how = "create" if create else "join"
    command = [sys.executable, "-c", WRITER, str(book.location.path), name, str(rounds), how]
    return started(command, stdout=said, stderr=subprocess.PIPE, encoding="utf-8")


def test_four_writers_at_once_lose_and_double_nothing(book: Book) -> None:
    with ExitStack() as running:
        writers = [running.enter_context(writer(book, name, 50)) for name in "甲乙丙丁"]
        ended = [process.communicate(timeout=LIMIT) for process in writers]
    assert [process.returncode for process in writers] == [0] * 4, ended
    said = [line.split() for out, _ in ended for line in out.splitlines()]
    stored = book.rows("SELECT id, code, title FROM task")
    assert sorted(stored) == sorted((int(number), code, title) for number, code, title in said)
    assert [number for number, _, _ in sorted(stored)] == list(range(1, 201))
    assert {code for _, code, _ in stored} == {f"2013-{number:03d}" for number in range(1, 201)}
    assert book.faults() == []


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from ledger.cli.app import command
from ledger.cli.run import run
for number in range(10_000):
    code = run(command(), ["--db", sys.argv[2], "add", f"事项{number}" + "长" * 400, "--unit", "综合组"])
    if code:
        break
sys.exit(code)
"""


def limited(size: int, place: Path) -> subprocess.CompletedProcess[str]:
    """Add tasks until a file of `size` bytes is full."""
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(size), str(place)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def test_a_full_disk_is_told_and_nothing_is_half_written(book: Book) -> None:
    path = book.location.path
    assert path is not None
    ended = limited(path.stat().st_size + 50_000, path)
    assert ended.returncode == 7, ended.stderr
    assert ended.stderr.count("错误:") == ended.stderr.count("未写入任何内容") == 1
    said = ended.stdout.count("已登记")
    assert said > 3
    assert book.faults() == []
    assert book.rows("SELECT count(*) FROM task") == [(said,)]
    book.post("add", title="腾出空间以后", unit="综合组")
    assert book.task(said + 1).title == "腾出空间以后"


def test_a_disk_too_full_to_begin_a_ledger(tmp_path: Path) -> None:
    ended = limited(8_192, tmp_path / "ledger.db")
    assert (ended.returncode, ended.stdout) == (7, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.faults
def test_writers_killed_at_any_moment_lose_nothing_that_was_acknowledged(book: Book, tmp_path: Path) -> None:
    chance = random.Random(2013)
    with (tmp_path / "said").open("w+") as said:
        for round_ in range(12):
            with ExitStack() as running:
                writers = [running.enter_context(writer(book, f"{name}{round_}-", 1000, said)) for name in "甲乙丙丁"]
                before, patience = said.seek(0, os.SEEK_END), time.monotonic() + 30
                while said.seek(0, os.SEEK_END) < before + 200 and time.monotonic() < patience:
                    time.sleep(0.05)
                for process in writers:
                    time.sleep(chance.random() / 3)
                    process.kill()
                    process.communicate(timeout=LIMIT)
            assert book.faults() == []
        said.seek(0)
        acknowledged = {tuple(line.split()) for line in said if line.endswith("\n")}
    stored = {(str(number), code, title) for number, code, title in book.rows("SELECT id, code, title FROM task")}
    assert len(acknowledged) > 50
    assert acknowledged <= stored
    assert len(stored) - len(acknowledged) <= 12 * 4


@pytest.mark.faults
@pytest.mark.parametrize("room", [0, 3_000, 10_000, 20_000, 40_000, 80_000, 160_000])
def test_a_disk_that_fills_at_any_point(book: Book, room: int) -> None:
    path = book.location.path
    assert path is not None
    ended = limited(path.stat().st_size + room, path)
    assert ended.returncode == 7, ended.stderr
    assert book.faults() == []
    assert book.rows("SELECT count(*) FROM task") == [(ended.stdout.count("已登记"),)]
