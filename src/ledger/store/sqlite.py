"""The seam on SQLite: the standard library's sqlite3 alone.

A ledger is begun in its place, within the transaction of its first command: what fails or is killed there is rolled
back by SQLite, to an empty file that is as good as none, and of two that begin the same ledger the second finds it.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from urllib.parse import quote

from ledger.base import text
from ledger.base.errors import StoreUnusable, reason
from ledger.base.turn import PATIENCE, turn
from ledger.store import faults
from ledger.store.location import Location
from ledger.store.reader import Parameters, Row
from ledger.store.revision import TABLE, UNMARKED, check_revision

_AT_ONCE = 500
"""Rows fetched at a time: one by one they cost twice as much."""

_JOURNALS = {
    "-journal": (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", bytes(8)),  # zeros until it is on disk
    "-wal": (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", bytes(4)),
}
"""What SQLite keeps of changes beside a file, and how that begins: https://sqlite.org/fileformat2.html"""

_OF_THE_SOURCE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_BUSY", "SQLITE_LOCKED")
"""Errors of a copy that are its original's."""

_PASSING = 10
"""Pages of cache while a copy is made: each is seen once, and the processor keeps so few at hand."""

_BEGUN = b"S"
"""What SQLite itself writes into an empty file, on FAT under macOS."""

sqlite3.register_adapter(date, date.isoformat)


class SqliteReader:
    """A reader over a connection of sqlite3; days go in as ISO text and come out as such."""

    def __init__(self, location: Location, connection: sqlite3.Connection) -> None:
        self.location = location
        self.connection = connection

    def stream(self, sql: str, parameters: Parameters = {}) -> Iterator[Row]:
        with faults.told(self.location):
            found = self.connection.execute(sql, parameters)
            while some := found.fetchmany(_AT_ONCE):
                yield from some

    def rows(self, sql: str, parameters: Parameters = {}) -> list[Row]:
        with faults.told(self.location):
            return self.connection.execute(sql, parameters).fetchall()

    def close(self) -> None:
        self.connection.close()


class SqliteWriter(SqliteReader):
    """A writer over a connection in a transaction."""

    def execute(self, sql: str, parameters: Parameters = {}) -> int:
        with faults.told(self.location):
            return self.connection.execute(sql, parameters).rowcount

    def execute_many(self, sql: str, rows: Sequence[Parameters]) -> None:
        with faults.told(self.location):
            self.connection.executemany(sql, rows)


def open_reader(location: Location, *, older: bool = False) -> SqliteReader:
    """A reader over an existing ledger. Raises `StoreUnusable` when there is none or it cannot be read, or, without
    `older`, when it is of an older revision.

    A ledger that a killed writer left with a hot journal needs a writable handle to be read: so `ro` only where the
    file may not be written, else `rw` with `query_only`.
    """
    path = file_of(location)
    if _size(path, location) == 0:
        raise faults.missing(location)
    with faults.told(location):
        reader = SqliteReader(location, connect(path, "rw" if os.access(path, os.W_OK) else "ro"))
        try:
            reader.connection.execute("PRAGMA query_only=ON")
            reader.connection.execute("BEGIN")
            if _is_empty(reader):
                raise faults.missing(location)
            _check(reader, older=older)
        except BaseException:
            reader.close()
            raise
        return reader


def copy(reader: SqliteReader, target: sqlite3.Connection, place: Location) -> None:
    """Copy what the reader sees, page by page and in one go. Raises `StoreUnusable` for the ledger or for the `place`
    of the copy, whichever is at fault."""
    both = reader.connection, target
    try:
        kept = [one.execute("PRAGMA cache_size").fetchone()[0] for one in both]
        for one in both:
            one.execute(f"PRAGMA cache_size = {_PASSING}")
        reader.connection.backup(target)
        for one, size in zip(both, kept, strict=True):
            one.execute(f"PRAGMA cache_size = {int(size)}")
    except sqlite3.Error as error:
        is_source = getattr(error, "sqlite_errorname", "").startswith(_OF_THE_SOURCE)
        raise faults.sentence_of(reader.location if is_source else place, error) from error


@contextmanager
def open_writer(
    location: Location, *, create: bool = False, must_be_new: bool = False, older: bool = False
) -> Iterator[SqliteWriter]:
    """One transaction, as `opening.open_writer` says; begun by BEGIN IMMEDIATE, so that no read of it goes stale."""
    path = file_of(location)
    _require_place(location, path, create=create, must_be_new=must_be_new)
    with turn(path, PATIENCE) as alone, faults.told(location):
        made = create and _made(path, location)
        try:
            with closing(connect(path, "rw")) as connection:  # closing rolls back what was not committed
                connection.execute("PRAGMA synchronous=FULL")
                connection.execute(
                    f"PRAGMA foreign_keys={'OFF' if older else 'ON'}"
                )  # a table made anew drops its rows
                connection.execute("BEGIN IMMEDIATE")
                writer = SqliteWriter(location, connection)
                _prepare(writer, create=create, must_be_new=must_be_new, older=older)
                yield writer
                connection.execute("COMMIT")
        finally:
            if made and alone:  # nobody else has it open to write
                _clear(path)


def file_of(location: Location) -> Path:
    """The file that holds the ledger: through a link its target, there or not.

    Raises `StoreUnusable` for what is no file: a directory, a device, a pipe, a socket; and for a file of one byte,
    which SQLite would take for an empty one.
    """
    assert location.path is not None
    try:
        path = Path(os.path.realpath(location.path))
        status = path.stat()
        foreign = status.st_size == 1 and stat.S_ISREG(status.st_mode) and path.read_bytes() != _BEGUN
    except (FileNotFoundError, NotADirectoryError):
        return path
    except OSError as error:
        raise StoreUnusable(f"台账 {location} 打不开({reason(error)})", "请核对路径和权限") from error
    if foreign:
        raise faults.foreign(location)
    if not stat.S_ISREG(status.st_mode):
        what = "目录" if stat.S_ISDIR(status.st_mode) else "设备、管道或套接字"
        raise StoreUnusable(f"台账 {location} 打不开:它是{what},不是文件", "请核对 --db 或 LEDGER_DB")
    return path


def _size(path: Path, location: Location) -> int:
    """The bytes that the file holds, 0 where there is none."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        raise faults.sentence_of(location, error) from error


def _require_place(location: Location, path: Path, *, create: bool, must_be_new: bool) -> None:
    """What can be said before anything is opened; the transaction looks again."""
    if _size(path, location) == 0:
        if not create:
            raise faults.missing(location)
    elif must_be_new:
        raise faults.there_already(location)


def _made(path: Path, location: Location) -> bool:
    """Make the file of a new ledger; False when there is one. A journal without its file belongs to a ledger that was
    moved, or to somebody else: SQLite would clear it away."""
    assert location.path is not None
    beside = [path.with_name(path.name + ending) for ending in _JOURNALS]
    left = next((one for one in beside if _size(one, location)), None)
    if left and not os.path.lexists(path):  # in this order: another that begins it makes the file first
        raise _in_the_way(left)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
    except FileExistsError:
        return False
    except OSError as error:
        raise StoreUnusable(f"不能在 {location.path.parent} 建立台账({reason(error)})", "请核对目录和权限") from error
    return True


def _clear(path: Path) -> None:
    with suppress(OSError):
        if path.stat().st_size == 0:
            path.unlink()


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """The driver's own transactions lose concurrent updates: off with them. Raises `StoreUnusable` where SQLite would
    clear away, as a journal, a file that is none."""
    for ending, beginnings in _JOURNALS.items():
        _require_journal(path.with_name(path.name + ending), beginnings)
    uri = f"file:{quote(str(path))}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)


def _require_journal(beside: Path, beginnings: tuple[bytes, ...]) -> None:
    try:
        own = stat.S_ISREG(beside.lstat().st_mode)
        if own:
            with beside.open("rb") as file:
                own = file.read(len(beginnings[0])) in (b"", *beginnings)
    except OSError:  # none, or SQLite says what is wrong with it
        return
    if not own:
        raise _in_the_way(beside)


def _in_the_way(beside: Path) -> StoreUnusable:
    return StoreUnusable(
        f"台账旁边的{text.quote(str(beside))}不是它的日志,打开台账会毁掉那个文件",
        "请先把它改名或移走,或换一个台账文件名",
    )


def _is_empty(reader: SqliteReader) -> bool:
    """Whether the file holds nothing yet: what a killed beginning leaves, rolled back; not what another program marked
    as its own."""
    return reader.rows("PRAGMA schema_version") == [(0,)] and reader.rows("PRAGMA application_id") == [(0,)]


def _check(reader: SqliteReader, *, older: bool) -> None:
    if reader.rows("PRAGMA application_id") != [(faults.APPLICATION_ID,)]:
        raise faults.foreign(reader.location)
    if not reader.rows(f"SELECT 1 FROM sqlite_master WHERE name = '{TABLE}'"):
        raise faults.damaged(reader.location, UNMARKED)
    check_revision(reader, older=older)


def _prepare(writer: SqliteWriter, *, create: bool, must_be_new: bool, older: bool) -> None:
    """Check that this is a ledger of a revision that may be written, or build its tables."""
    if not _is_empty(writer):
        _check(writer, older=older)
        if must_be_new:
            raise faults.there_already(writer.location)
    elif create:
        from ledger.store.schema import build  # with SQLModel, for a new ledger alone

        writer.execute(f"PRAGMA application_id = {faults.APPLICATION_ID}")
        build(writer, "sqlite")
    else:
        raise faults.missing(writer.location)
