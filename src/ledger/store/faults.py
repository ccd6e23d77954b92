"""What the database says when it cannot go on, told in one Chinese sentence with the next step."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ledger.base.errors import StoreUnusable, reason
from ledger.store.location import Location

APPLICATION_ID = 0x4C444752
"""Marks an SQLite file as a ledger ("LDGR" in its header)."""

_SENTENCES = {
    "SQLITE_FULL": ("磁盘已满,台账 {where} 写不进去", "清出空间后重试"),
    "SQLITE_CANTOPEN": ("台账 {where} 打不开", "请核对路径和权限"),
    "SQLITE_NOTADB": ("{where} 不是台账文件", "请核对 --db 或 LEDGER_DB"),
    "SQLITE_CORRUPT": ("台账 {where} 的文件已损坏", "请换用备份,并保留原文件备查"),
    "SQLITE_BUSY": ("台账 {where} 正被别的程序占用", "请稍后重试"),
    "SQLITE_LOCKED": ("台账 {where} 正被别的程序占用", "请稍后重试"),
    "SQLITE_READONLY": ("台账 {where} 是只读的", "请核对文件和目录的权限"),
    "SQLITE_PERM": ("没有读写台账 {where} 的权限", "请核对文件和目录的权限"),
    "SQLITE_IOERR": ("读写台账 {where} 时磁盘出错", "请核对磁盘后重试"),
}

_BY_SQLSTATE = {
    "25006": "SQLITE_READONLY",
    "42501": "SQLITE_PERM",
    "53100": "SQLITE_FULL",
    "55P03": "SQLITE_BUSY",
    "40": "SQLITE_BUSY",
    "58": "SQLITE_IOERR",
    "XX001": "SQLITE_CORRUPT",
    "XX002": "SQLITE_CORRUPT",
}
"""PostgreSQL's error codes, or how they begin, that mean what an error of SQLite means."""


def missing(location: Location) -> StoreUnusable:
    """The store does not exist: never shown as an empty ledger."""
    return StoreUnusable(f"没有台账 {location}", "先用 ledger init 建账,或用 --db、LEDGER_DB 指明台账")


def not_yet(location: Location) -> StoreUnusable:
    """At that moment the ledger had not been begun: never shown as an empty one."""
    return StoreUnusable(f"那时还没有台账 {location}", "请用建账以后的时刻")


def foreign(location: Location) -> StoreUnusable:
    what, hint = _SENTENCES["SQLITE_NOTADB"]
    return StoreUnusable(what.format(where=location), hint)


def too_new(location: Location, revision: str) -> StoreUnusable:
    return StoreUnusable(f"台账 {location} 的版本({revision})与本程序不符", "请升级 ledger 程序后再用")


def damaged(location: Location, why: str) -> StoreUnusable:
    return StoreUnusable(f"台账 {location} 的内容读不通({why})", "请用 ledger check 查明,必要时换用备份")


@contextmanager
def told(location: Location) -> Iterator[None]:
    """Turn errors of the database driver into `StoreUnusable`."""
    try:
        yield
    except sqlite3.Error as error:
        raise sentence_of(location, error) from error


def sentence_of(location: Location, error: BaseException) -> StoreUnusable:
    """The sentence for an error of sqlite3 or of another driver, by the error's symbolic name."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if hasattr(error, "sqlstate"):
        sqlstate = error.sqlstate or ("08" if type(error).__name__ == "OperationalError" else "")
        if sqlstate[:2] in ("08", "57"):
            return unreachable(location)
        name = next((known for code, known in _BY_SQLSTATE.items() if sqlstate.startswith(code)), "")
    for known, (what, hint) in _SENTENCES.items():
        if name.startswith(known):
            return StoreUnusable(what.format(where=location), hint)
    said = reason(error) if isinstance(error, OSError) else " ".join(str(error).split())
    return StoreUnusable(f"台账 {location} 不能使用({said[:200]})", "请核对台账地址后重试")


def unreachable(location: Location) -> StoreUnusable:
    """No server answers, it turns the user away, or the connection broke."""
    return StoreUnusable(f"连不上台账 {location} 所在的数据库", "请核对地址、用户名和密码,并确认数据库在运行")
