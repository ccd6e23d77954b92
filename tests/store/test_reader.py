"""Reading an SQLite ledger: one snapshot, nothing written, everything unusable told as exit 7."""

import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from ledger.base.errors import StoreUnusable
from ledger.store.location import Location
from ledger.store.opening import open_reader
from tests.conftest import Book


def test_days_go_in_as_dates_and_parameters_by_name(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", due="2013-03-20")
    with book.reading() as reader:
        sql = "SELECT code FROM task WHERE due_on = :day AND unit = :unit"
        assert reader.rows(sql, {"day": date(2013, 3, 20), "unit": "综合组"}) == [("2013-001",)]
        assert list(reader.stream(sql, {"day": date(2013, 3, 21), "unit": "综合组"})) == []


def test_a_reader_cannot_write(book: Book) -> None:
    with book.reading() as reader, pytest.raises(StoreUnusable, match="只读"):
        reader.rows("DELETE FROM task")


def test_a_reader_keeps_its_snapshot_and_holds_off_the_writer_no_longer_than_it_reads(book: Book) -> None:
    with book.reading() as reader:
        before = reader.rows("SELECT count(*) FROM task")
    book.post("add", title="甲", unit="综合组")
    assert (before, book.rows("SELECT count(*) FROM task")) == ([(0,)], [(1,)])


@pytest.mark.parametrize("name", ["missing.db", "none/ledger.db", "ledger.db/x"])
def test_a_store_that_does_not_exist_is_never_an_empty_ledger(book: Book, tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreUnusable, match="没有台账") as caught:
        open_reader(Location(tmp_path / name))
    assert caught.value.exit_code == 7
    assert not (tmp_path / "missing.db").exists()


def test_an_empty_file_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreUnusable, match="没有台账"):
        open_reader(Location(tmp_path / "empty.db"))


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("这不是台账" * 500)
    with pytest.raises(StoreUnusable, match="不是台账文件"):
        open_reader(Location(tmp_path / "text.db"))


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="打不开"):
        open_reader(Location(tmp_path))


def test_a_database_of_another_program(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE task(id)")
    other.close()
    with pytest.raises(StoreUnusable, match="不是台账文件"):
        open_reader(Location(tmp_path / "other.db"))


def test_a_ledger_of_a_newer_program(book: Book) -> None:
    path = book.location.path
    assert path is not None
    with sqlite3.connect(path) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    with pytest.raises(StoreUnusable, match=r"版本\(9999\)与本程序不符"):
        open_reader(book.location)
    with pytest.raises(StoreUnusable, match="9999"), book.journal():
        pass


def test_a_torn_file_is_told_as_damaged(book: Book) -> None:
    path = book.location.path
    assert path is not None
    for number in range(30):
        book.post("add", title=f"事项{number}" * 30, unit="综合组")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(StoreUnusable, match="已损坏"):
        book.rows("SELECT * FROM task")


@pytest.mark.parametrize("name", ["问?号#和 空格%41.db", "a&mode=memory.db"])
def test_any_file_name_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    book = Book(Location(tmp_path / name)).found()
    book.post("add", title="甲", unit="综合组")
    assert os.listdir(tmp_path) == [name]
    assert book.task("1").title == "甲"


KILLED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE task SET title = title || 'x', measure = hex(zeroblob(20000))")
os._exit(9)
"""


def test_a_ledger_that_a_killed_writer_left_half_written_is_read_as_it_was(book: Book) -> None:
    for number in range(20):
        book.post("add", title=f"事项{number}", unit="综合组")
    path = book.location.path
    assert path is not None
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False, timeout=60)
    assert path.with_name("ledger.db-journal").stat().st_size > 0
    assert book.faults() == []
    assert book.rows("SELECT count(*) FROM task WHERE title LIKE '%x'") == [(0,)]


def test_a_ledger_locked_by_another_program_is_told_as_busy(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **how: connect(*args, **how | {"timeout": 0.1}))
    path = book.location.path
    assert path is not None
    holder = connect(f"file:{quote(str(path))}", uri=True, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreUnusable, match="正被别的程序占用"):
            open_reader(book.location)
        with pytest.raises(StoreUnusable, match="正被别的程序占用"):
            book.post("add", title="甲", unit="综合组")
    finally:
        holder.close()
    assert book.faults() == []
