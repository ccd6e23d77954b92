"""Where the files of evidence (佐证) are kept: each once, under the SHA-256 of what it holds.

Of a ledger in an SQLite file they lie in a folder beside it, `X.evidence` beside `X.db`, through links where the ledger
lies in truth; of one on a server in a table of its database (`store.vault_table`), the one place that all who work with
it reach. A file that is kept is never changed. It is copied and on disk before an entry names it, so that no entry
names what is not there; what a command gave up leaves at most a file that no entry names.
"""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from ledger.base.errors import StoreUnusable, reason
from ledger.base.files import EVIDENCE, told
from ledger.base.placing import settle_folder
from ledger.base.text import quote
from ledger.model.evidence import DIGEST
from ledger.store.blobs import CHUNK, Blob, Chunks, Draft, Summed, Unreadable, Vault, blob_of
from ledger.store.location import Location
from ledger.store.reader import Reader, Writer

_FOLDER, _DRAFT, _KEPT = 0o700, 0o600, 0o444
"""For the owner alone, unless he opens the folder to others; what is kept is for nobody to change."""


def vault_of(location: Location, writer: Writer | None = None, reader: Reader | None = None) -> Vault:
    """The files of a ledger: on a server through the `writer` that begins it, or this `reader`, where one is given."""
    if location.path is not None:
        from ledger.store.sqlite import file_of

        return Folder(folder_of(file_of(location)))
    from ledger.store.vault_table import Table

    return Table(location, writer, reader)


def folder_of(store: Path) -> Path:
    """The folder of evidence that belongs to an SQLite file."""
    return store.with_suffix(EVIDENCE) if store.suffix == ".db" else store.with_name(store.name + EVIDENCE)


def verified(vault: Vault, blob: Blob) -> Iterator[bytes]:
    """What a file holds. Raises `StoreUnusable` at the end, where it is not what was recorded."""
    passing = Summed(vault.chunks(blob.sha256))
    yield from passing
    if (found := passing.blob) != blob:
        what = "内容被改动过" if found.size else "找不到"
        raise StoreUnusable(f"佐证 {blob.sha256[:12]}… {what}", "用 ledger check 查看还有哪些;请从备份里找回")


def wrong(vault: Vault, blob: Blob) -> str:
    """What has become of a file, "" where it is as it was recorded."""
    try:
        found = blob_of(vault.chunks(blob.sha256))
    except Unreadable as error:
        return error.what
    return "" if found == blob else "内容被改动过" if found.size else "找不到"


def copied(source: Vault, target: Vault, blob: Blob) -> bool:
    """Copy a file from one ledger's to another's: False where the source has none that is as it was recorded."""
    try:
        draft = target.bring(lambda: source.chunks(blob.sha256))
    except Unreadable:
        return False
    if draft.blob != blob:
        draft.drop()
        return False
    draft.place()
    return True


class Folder:
    """Files in a folder: `ab/` and sixty-four digits, of which those are the first two."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._name = f"佐证目录{quote(str(path))}"

    def bring(self, chunks: Chunks, known: Blob | None = None) -> Draft:
        with told(self._name):
            _make(self.path, _FOLDER)
            draft = self.path / f".ledger-{os.urandom(6).hex()}.tmp"
            try:
                blob = _written(draft, chunks())
            except BaseException:
                self._drop(draft)
                raise
        return Draft(blob, lambda: self._place(draft, blob.sha256), lambda: self._drop(draft))

    def _place(self, draft: Path, digest: str) -> None:
        """What lies there already, the same or damaged, gives way."""
        target = self._file(digest)
        with told(self._name):
            _make(target.parent, self._mode())
            if sys.platform == "win32" and target.exists():
                target.chmod(_DRAFT)
            draft.chmod(self._mode() & _KEPT)
            draft.replace(target)
            settle_folder(target)

    def _mode(self) -> int:
        """Who may come in, as the folder itself says: clerks who share a ledger open it to their group."""
        return stat.S_IMODE(self.path.stat().st_mode)

    def _drop(self, draft: Path) -> None:
        with told(self._name):
            draft.unlink(missing_ok=True)
        with suppress(OSError):
            self.path.rmdir()  # where nothing else is kept

    def link(self, to: "Folder") -> None:
        """Have all that is kept here kept there as well, without a copy where the system knows links."""
        for digest in filter(DIGEST.fullmatch, self.names()):
            source, target = self._file(digest), to._file(digest)
            with told(to._name):
                _make(to.path, self._mode())
                _make(target.parent, self._mode())
                try:
                    os.link(source, target)
                except OSError:  # a file system that knows no links
                    shutil.copy2(source, target)

    def forget(self, digest: str) -> None:
        with told(self._name):
            self._file(digest).unlink(missing_ok=True)

    def _file(self, digest: str) -> Path:
        return self.path / digest[:2] / digest

    def chunks(self, digest: str) -> Iterator[bytes]:
        """A link or a device in its place is not it."""
        flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            handle = os.open(self._file(digest), os.O_RDONLY | flags)
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                os.close(handle)
                return
            with os.fdopen(handle, "rb") as file:
                yield from iter(lambda: file.read(CHUNK), b"")
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM, errno.EIO):
                raise Unreadable(f"读不了({reason(error)})", "请核对权限和磁盘") from error

    def names(self) -> Iterator[str]:
        if not self.path.is_dir():
            return
        with suppress(PermissionError):  # what cannot be read is told by `wrong`
            for entry in os.scandir(self.path):
                if len(entry.name) != 2 or not entry.is_dir(follow_symlinks=False):
                    yield entry.name
                    continue
                for one in os.scandir(entry.path):
                    right = DIGEST.fullmatch(one.name) and one.name.startswith(entry.name)
                    yield one.name if right else f"{entry.name}/{one.name}"


def _make(folder: Path, mode: int) -> None:
    if not folder.is_dir():
        folder.mkdir(_FOLDER, exist_ok=True)
        if mode != _FOLDER:
            folder.chmod(mode)
        settle_folder(folder)


def _written(draft: Path, chunks: Iterable[bytes]) -> Blob:
    """Write a new file and wait until it is on disk."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    passing = Summed(chunks)
    with os.fdopen(os.open(draft, flags, _DRAFT), "wb") as file:
        file.writelines(passing)
        file.flush()
        os.fsync(file.fileno())
    return passing.blob
