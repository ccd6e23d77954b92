"""Each thing that a database objects to has its own sentence."""

import sqlite3
from pathlib import Path

import psycopg
import pytest

from ledger.base.errors import StoreUnusable
from ledger.store import faults
from ledger.store.location import Location

HERE = Location(Path("台账.db"))


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("SQLITE_FULL", "磁盘已满"),
        ("SQLITE_CANTOPEN_ISDIR", "打不开"),
        ("SQLITE_NOTADB", "不是台账文件"),
        ("SQLITE_CORRUPT_INDEX", "已损坏"),
        ("SQLITE_BUSY_SNAPSHOT", "正被别的程序占用"),
        ("SQLITE_LOCKED", "正被别的程序占用"),
        ("SQLITE_READONLY_ROLLBACK", "只读"),
        ("SQLITE_READONLY_DBMOVED", "换成了另一个文件"),
        ("SQLITE_PERM", "没有读写"),
        ("SQLITE_IOERR_WRITE", "磁盘出错"),
        ("SQLITE_ERROR", "不能使用(what it says)"),
    ],
)
def test_errors_of_sqlite(name: str, what: str) -> None:
    error = sqlite3.OperationalError("what it\n says")
    error.sqlite_errorname = name
    found = faults.sentence_of(HERE, error)
    assert what in found.what
    assert "台账.db" in found.what
    assert (found.exit_code, "\n" in found.sentence()) == (7, False)


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (psycopg.OperationalError("connection refused"), "连不上"),
        (psycopg.errors.AdminShutdown(), "连不上"),
        (psycopg.errors.ConnectionFailure(), "连不上"),
        (psycopg.errors.QueryCanceled("statement timeout"), "时限"),
        (psycopg.errors.LockNotAvailable(), "正被别的程序占用"),
        (psycopg.errors.DeadlockDetected(), "正被别的程序占用"),
        (psycopg.errors.DiskFull(), "磁盘已满"),
        (psycopg.errors.InsufficientPrivilege(), "没有读写"),
        (psycopg.errors.ReadOnlySqlTransaction(), "只读"),
        (psycopg.errors.IndexCorrupted(), "已损坏"),
        (psycopg.errors.UndefinedTable("no such table"), "不能使用(no such table)"),
        (psycopg.ProgrammingError("wrongly used"), "不能使用(wrongly used)"),
        (PermissionError(13, "Permission denied"), "不能使用(没有权限)"),
    ],
)
def test_errors_of_others(error: Exception, what: str) -> None:
    found = faults.sentence_of(HERE, error)
    assert what in found.what
    assert found.hint


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (faults.missing(HERE), "没有台账 台账.db"),
        (faults.foreign(HERE), "台账.db 不是台账文件"),
        (faults.too_new(HERE, "0009"), "台账 台账.db 的版本(0009)与本程序不符"),
        (faults.damaged(HERE, "why"), "台账 台账.db 的内容读不通(why)"),
    ],
)
def test_what_the_store_finds_itself(fault: StoreUnusable, what: str) -> None:
    assert (fault.what, fault.exit_code) == (what, 7)
    assert fault.hint


def test_only_errors_of_the_driver_are_turned_into_sentences() -> None:
    with pytest.raises(StoreUnusable) as caught, faults.told(HERE):
        sqlite3.connect(":memory:").execute("nonsense")
    assert isinstance(caught.value.__cause__, sqlite3.OperationalError)
    with pytest.raises(KeyError), faults.told(HERE):
        raise KeyError


def test_what_a_driver_says_is_told_without_the_password() -> None:
    error = ValueError("invalid dsn: host=h password=tOp5ecret, or postgresql://u:tOp5ecret@h/db")
    assert "tOp5ecret" not in faults.sentence_of(Location(None, "postgresql+psycopg://u:tOp5ecret@h/db"), error).what
