"""What the database says when it cannot go on, told in one Chinese sentence with the next step."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ledger.base.errors import Refused, StoreUnusable, Unconfirmed, reason
from ledger.base.text import masked
from ledger.store.location import Location

APPLICATION_ID = 0x4C444752
"""Marks an SQLite file as a ledger ("LDGR" in its header)."""

_CLASH = "SQLITE_CONSTRAINT"

_SENTENCES = {
    "SQLITE_FULL": ("磁盘已满,台账 {where} 写不进去", "清出空间后重试"),
    "SQLITE_CANTOPEN": ("台账 {where} 打不开", "请核对路径和权限"),
    "SQLITE_NOTADB": ("{where} 不是台账文件", "请核对 --db 或 LEDGER_DB"),
    "SQLITE_CORRUPT": ("台账 {where} 的文件已损坏", "请换用备份,并保留原文件备查"),
    "SQLITE_BUSY": ("台账 {where} 正被别的程序占用", "请稍后重试"),
    "SQLITE_LOCKED": ("台账 {where} 正被别的程序占用", "请稍后重试"),
    "SQLITE_READONLY_DBMOVED": ("台账 {where} 刚刚换成了另一个文件", "请再运行一次"),
    "SQLITE_READONLY": ("台账 {where} 是只读的", "请核对文件和目录的权限"),
    "SQLITE_PERM": ("没有读写台账 {where} 的权限", "请核对文件和目录的权限"),
    "SQLITE_IOERR": ("读写台账 {where} 时磁盘出错", "请核对磁盘后重试"),
    "SQLITE_INTERRUPT": (
        "台账 {where} 所在的数据库中止了这次操作,多半是超过了它的时限",
        "请稍后重试,或请管理员放宽时限",
    ),
    _CLASH: ("台账 {where} 的数据表不容这样写", "请用 ledger check 核对台账"),
}

_BY_SQLSTATE = {
    "22": _CLASH,
    "23": _CLASH,
    "25006": "SQLITE_READONLY",
    "42501": "SQLITE_PERM",
    "53100": "SQLITE_FULL",
    "55P03": "SQLITE_BUSY",
    "40": "SQLITE_BUSY",
    "57014": "SQLITE_INTERRUPT",
    "58": "SQLITE_IOERR",
    "XX001": "SQLITE_CORRUPT",
    "XX002": "SQLITE_CORRUPT",
}
"""PostgreSQL's error codes, or how they begin, that mean what an error of SQLite means."""


class Clash(StoreUnusable):
    """A constraint of the store forbids what was to be written: a code given twice, a text that is too long."""


class TooNew(StoreUnusable):
    """The ledger is of a revision that this program does not know."""


def missing(location: Location) -> StoreUnusable:
    """The store does not exist: never shown as an empty ledger."""
    return StoreUnusable(f"没有台账 {location}", "先用 ledger init 建账,或用 --db、LEDGER_DB 指明台账")


def not_yet(location: Location) -> StoreUnusable:
    """At that moment the ledger had not been begun: never shown as an empty one."""
    return StoreUnusable(f"那时还没有台账 {location}", "请用建账以后的时刻")


def there_already(location: Location) -> Refused:
    return Refused(f"台账 {location} 已经存在", "直接使用即可;要另建一本请换个路径")


def foreign(location: Location) -> StoreUnusable:
    what, hint = _SENTENCES["SQLITE_NOTADB"]
    return StoreUnusable(what.format(where=location), hint)


def too_new(location: Location, revision: str) -> StoreUnusable:
    return TooNew(f"台账 {location} 的版本({revision})与本程序不符", "请升级 ledger 程序后再用")


def too_old(location: Location, revision: str) -> StoreUnusable:
    return StoreUnusable(f"台账 {location} 是旧版({revision})的", "请先运行 ledger upgrade 升级,它会先留一份备份")


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
        if is_broken(error):
            return unreachable(location)
        sqlstate = error.sqlstate or ""
        name = next((known for code, known in _BY_SQLSTATE.items() if sqlstate.startswith(code)), "")
    for known, (what, hint) in _SENTENCES.items():
        if name.startswith(known):
            kind = Clash if known == _CLASH else StoreUnusable
            return kind(what.format(where=location), hint)
    said = reason(error) if isinstance(error, OSError) else masked(" ".join(str(error).split()))
    return StoreUnusable(f"台账 {location} 不能使用({said[:200]})", "请核对台账地址后重试")


def is_broken(error: BaseException | None) -> bool:
    """Whether a server's driver says that there is no connection, or no longer one."""
    sqlstate = getattr(error, "sqlstate", None) or ("08" if type(error).__name__ == "OperationalError" else "")
    return sqlstate[:2] in ("08", "57") and sqlstate != "57014"  # a statement was cancelled, no more


def unreachable(location: Location) -> StoreUnusable:
    """No server answers, it turns the user away, or the connection broke."""
    return StoreUnusable(f"连不上台账 {location} 所在的数据库", "请核对地址、用户名和密码,并确认数据库在运行")


def unconfirmed(location: Location, seq: int) -> Unconfirmed:
    """The connection broke at COMMIT, and the server cannot be asked whether it happened."""
    hint = f"请在连上后用 ledger log 查看:有第{seq}号记录即已写入,没有再重做一次"
    return Unconfirmed(f"提交时与台账 {location} 的连接断了,是否写入尚不能确定", hint)


def other_server(location: Location) -> StoreUnusable:
    """Its dialect and its locks are not PostgreSQL's (openGauss, KingbaseES, CockroachDB): no figure would be safe."""
    return StoreUnusable(f"台账 {location} 所在的数据库不是 PostgreSQL", "请改用 PostgreSQL,或用 SQLite 文件")


def other_encoding(location: Location, encoding: str) -> StoreUnusable:
    what = f"台账 {location} 所在的数据库以 {encoding} 存文字,存不全汉字"
    return StoreUnusable(what, "请另建编码为 UTF8 的数据库(CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0)")
