"""Taking turns to write: a help to fairness that nothing depends on."""

import fcntl
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from ledger.base.files import turn_of
from ledger.base.turn import turn
from tests.children import started
from tests.conftest import Book


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "台账.db"


def test_the_lock_is_there_only_while_somebody_writes(place: Path) -> None:
    with turn(place, 1) as alone:
        assert alone
        assert turn_of(place).exists()
    assert list(place.parent.iterdir()) == []


def test_only_one_has_the_turn(place: Path) -> None:
    with turn(place, 1), turn(place, 0.05) as alone:
        assert not alone
    with turn(place, 1) as alone:
        assert alone


def test_many_in_turn_are_never_two_at_once(place: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        for _ in range(20):
            with turn(place, 60) as alone:
                assert alone
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert len(most) == 160
    assert set(most) == {1}
    assert list(place.parent.iterdir()) == []


def test_a_lock_that_a_killed_writer_left_is_taken_over_and_removed(place: Path) -> None:
    turn_of(place).touch()
    with turn(place, 1) as alone:
        assert alone
    assert not turn_of(place).exists()


def test_a_file_of_that_name_with_something_in_it_is_somebody_elses(place: Path) -> None:
    turn_of(place).write_text("别人的文件")
    with turn(place, 1) as alone:
        assert not alone
    assert turn_of(place).read_text() == "别人的文件"


def test_the_end_of_a_process_gives_its_turn_back(place: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom ledger.base.turn import turn\n"
        "with turn(Path(sys.argv[1]), 5) as alone:\n    print(alone, flush=True)\n    sys.stdin.read()\n"
    )
    streams: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with started([sys.executable, "-c", program, str(place)], encoding="utf-8", **streams) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        with turn(place, 0.05) as alone:
            assert not alone
    with turn(place, 5) as alone:
        assert alone


def fifo(lock: Path) -> None:
    os.mkfifo(lock)


def link(lock: Path) -> None:
    lock.symlink_to(lock.parent / "elsewhere")


def directory(lock: Path) -> None:
    lock.mkdir()


@pytest.mark.parametrize("plant", [fifo, link, directory])
def test_what_stands_in_the_lock_s_place_is_left_alone(book: Book, plant: object) -> None:
    path = book.location.path
    assert path is not None
    assert callable(plant)
    plant(turn_of(path))
    book.post("add", title="甲", unit="综合组")
    assert book.rows("SELECT count(*) FROM task") == [(1,)]
    assert os.path.lexists(turn_of(path))
    assert not (path.parent / "elsewhere").exists()


def test_a_share_that_knows_no_locks_is_written_to_all_the_same(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    book.post("add", title="甲", unit="综合组")
    assert book.rows("SELECT count(*) FROM task") == [(1,)]


def test_a_lock_that_is_never_given_back_does_not_keep_the_ledger(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book.location.path
    assert path is not None
    monkeypatch.setattr("ledger.store.sqlite.PATIENCE", 0.2)
    with turn_of(path).open("w") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        book.post("add", title="甲", unit="综合组")
    assert book.rows("SELECT count(*) FROM task") == [(1,)]


def test_where_the_system_knows_no_such_lock_sqlite_alone_keeps_writers_apart(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with turn(book.location.path or Path(), 1) as alone:
        assert not alone
    assert book.post("add", title="甲", unit="综合组").id == 1
