"""The files that a command brings as evidence (佐证): looked at, copied before any lock is held, and given their places
just before the commit.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ledger.base.errors import BadValue, LedgerError, StoreUnusable, opening
from ledger.base.files import is_same, ledger_files
from ledger.base.text import clean, quote
from ledger.model.evidence import NAME_LIMIT, is_file_name, size_words
from ledger.store.blobs import CHUNK, Blob, Draft
from ledger.store.location import Location
from ledger.store.reader import Writer
from ledger.store.vault import vault_of

_MILLION = 1_000_000


class Brought:
    """Files by their paths as typed, each copied once, however often a command is tried anew or names it.

    `most` is how many million bytes one may have, None for any. Those that were not kept in the end are cleared away
    by `close`, at the end of the transaction where they do not `last` longer.
    """

    def __init__(
        self, location: Location, most: int | None, writer: Writer | None = None, *, last: bool = False
    ) -> None:
        self._location, self._most, self._last = location, most, last
        self._vault = vault_of(location, writer)
        self._drafts: dict[str, Draft] = {}
        self._wanted: dict[str, Draft] = {}
        self.told: dict[int, set[tuple[str, str]]] = {}  # by task: name and SHA-256, as the transaction knows them

    def take(self, path: str) -> tuple[str, Blob]:
        """The name of a file and what it holds, copied. Raises `BadValue` for what is no evidence, `NotFound`,
        `StoreUnusable`."""
        name = _name_of(path)
        if path not in self._drafts:
            source = Path(path)
            self._require_foreign(source)
            draft = self._vault.bring(lambda: self._chunks(source))
            self._drafts[path] = draft
            if not draft.blob.size:
                raise BadValue(f"文件{quote(path)}是空的", "请核对是不是要附的文件")
        return name, self._drafts[path].blob

    def want(self, path: str) -> None:
        """What the running transaction names."""
        self._wanted[path] = self._drafts[path]

    def place(self) -> None:
        """Give what the transaction names its places. Raises `StoreUnusable`."""
        for path, draft in self._wanted.items():
            draft.place()
            self._drafts.pop(path, None)  # another of the same path would be another file

    def end(self) -> None:
        """The transaction is over, or was given up: another one names none yet."""
        self._wanted.clear()
        self.told.clear()
        if not self._last:
            self.close()

    def close(self) -> None:
        """Clear away what no entry came to name."""
        for draft in self._drafts.values():
            with suppress(LedgerError):
                draft.drop()
        self._drafts.clear()

    def _require_foreign(self, path: Path) -> None:
        """Raises `BadValue` for the ledger itself."""
        if self._location.path is not None and any(is_same(path, one) for one in ledger_files(self._location.path)):
            raise BadValue(f"{quote(str(path))}就是现在的台账", "请核对路径;要留底请用 ledger backup")

    def _chunks(self, path: Path) -> Iterator[bytes]:
        """What a regular file holds, to the end that it had when it was opened."""
        with opening(path):
            self._require_fit(path, path.stat())
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
            with os.fdopen(handle, "rb") as file:
                was = os.fstat(handle)
                self._require_fit(path, was)
                yield from iter(lambda: file.read(CHUNK), b"")
                now = os.fstat(handle)
        if (was.st_size, was.st_mtime_ns) != (now.st_size, now.st_mtime_ns):
            raise StoreUnusable(f"文件{quote(str(path))}在存入时被改动了", "请关闭正在编辑它的程序,再试一次")

    def _require_fit(self, path: Path, status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            what = "目录" if stat.S_ISDIR(status.st_mode) else "设备、管道或套接字"
            raise BadValue(f"{quote(str(path))}是{what},不能作佐证", "请写明文件;整个目录请先压缩成一个文件")
        if self._most is not None and status.st_size > self._most * _MILLION:
            what = f"文件{quote(str(path))}有 {size_words(status.st_size)},超过佐证的上限 {self._most} MB"
            raise BadValue(what, "请压缩或分开,或用 ledger config set 佐证兆数上限 改大")


def _name_of(path: str) -> str:
    """The name that a file is recorded by. Raises `BadValue` for one that could not be shown or given back."""
    name = Path(path).name
    if name:
        name = clean(name, "佐证的文件名", limit=NAME_LIMIT)
        if not is_file_name(name):
            raise BadValue(f"佐证的文件名{quote(name)}里有不能用的字符", "请把文件改名后再附")
    return name
