"""Copies of a ledger in an SQLite file: made while it is in use, verified, put in another's place.

Nothing is ever overwritten or removed. A copy is verified before it gets its name: the file's own check, the chain of
seals, as many rows in every table. What it replaces keeps its content under another name, and no writer's commit falls
between the two: they are held off meanwhile, and one that waits with the old file open is refused by SQLite, which sees
that its file has moved.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from ledger.base.errors import BadValue, NotFound, StoreUnusable
from ledger.base.files import COMPANIONS, told
from ledger.base.placing import free_name, passing, place, require_free, settle, settle_folder
from ledger.base.text import quote
from ledger.base.turn import PATIENCE, turn
from ledger.model.entry import broken_seals
from ledger.store import carrying, faults, sqlite
from ledger.store.head import HEAD, Head, digest_of, head_of, sealed
from ledger.store.location import Location
from ledger.store.reader import Reader
from ledger.store.revision import revision_of

_UNREADABLE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"


class BackedUp(NamedTuple):
    """The last entry of a copy, and of its files of evidence how many there should be and how many are missing."""

    head: Head
    files: int = 0
    missing: int = 0


class Restored(NamedTuple):
    """What became of it: the copy's head and revision; where what was there is now (None: nothing was there), and its
    head (None: it cannot be read); how many files of evidence are nowhere to be found."""

    head: Head
    revision: str
    aside: Path | None
    old: Head | None
    missing: int


def require_sound(reader: Reader) -> None:
    """Raises `StoreUnusable` for a broken file or a broken seal."""
    for (finding,) in reader.rows("PRAGMA integrity_check(1)"):
        if finding != "ok":
            raise faults.damaged(reader.location, "文件结构已损坏")
    for seq, what in broken_seals(sealed(reader), digest_of(reader)):
        raise faults.damaged(reader.location, f"第{seq}号记录:{what}")


def back_up(location: Location, target: Path, *, files: bool = True) -> BackedUp:
    """Write a verified copy under a name that is free, and beside it the `files` of evidence that it names.

    Raises `StoreUnusable` when the ledger cannot be read or is damaged or the copy cannot be written, `Refused` when
    there is such a file.
    """
    for ending in ("", *COMPANIONS):
        require_free(Path(f"{target}{ending}"))
    with told(quote(str(target))), passing(target) as made:
        head, _ = _copy(location, made, target)
        blobs = carrying.named_by(made) if files else []
        with carrying.carried(blobs, sqlite.file_of(location), target) as missing:
            place(made, target)
    return BackedUp(head, len(blobs), missing)


def restore(location: Location, source: Path, moment: str) -> Restored:
    """Put a copy of the ledger `source` in the place of the store; what is there keeps its content under a name with
    this moment. Raises as `back_up` does, `NotFound` without such a file, `BadValue` when it is the store itself."""
    path = sqlite.file_of(location)
    if not source.exists():
        raise NotFound(f"没有文件{quote(str(source))}", "请核对路径")
    if path.exists() and path.samefile(source):
        raise BadValue(f"{quote(str(source))}就是现在的台账", "请写明备份的文件")
    with told(quote(str(path))), passing(path) as made:
        head, revision = _copy(Location(source), made, path, "台账没有动;请另用一份备份")
        settle(made)
        blobs = carrying.named_by(made)
        missing = carrying.bring(blobs, sqlite.file_of(Location(source)), path)
        aside = free_name(path.with_name(f"{path.stem}-换下-{moment}{path.suffix}"))
        with (
            turn(path, PATIENCE),
            _held(location, path) as (is_there, old),
            carrying.set_aside(blobs, path, aside) if is_there else nullcontext(),
        ):
            _exchange(made, path, aside)
    return Restored(head, revision, aside if is_there else None, old, missing)


def _copy(source: Location, made: Path, target: Path, hint: str = "") -> tuple[Head, str]:
    """Copy a ledger in use, of a revision that is known, to a new file, and verify that: its head and its revision.

    `target` is what an error calls the new file, `hint` what to do where the source is at fault.
    """
    with _advising(hint):
        reader = sqlite.open_reader(source, older=True)
    with closing(reader):
        mode = stat.S_IMODE(sqlite.file_of(source).stat().st_mode) | stat.S_IRUSR | stat.S_IWUSR
        os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(made, isolation_level=None)) as new:
            sqlite.copy(reader, new, Location(target))
            with faults.told(Location(target)):
                new.execute("PRAGMA journal_mode=DELETE")
        made.chmod(mode)
        head, counts = head_of(reader), _counts(reader)
        revision = revision_of(reader)
    with closing(sqlite.open_reader(Location(made), older=True)) as copy, _advising(hint):
        copy.location = source  # what is wrong with it was wrong there
        require_sound(copy)
        if head_of(copy) != head or _counts(copy) != counts:
            raise faults.damaged(source, "副本与原件不一致")
    return head, revision


@contextmanager
def _advising(hint: str) -> Iterator[None]:
    try:
        yield
    except StoreUnusable as error:
        if hint and not isinstance(error, faults.TooNew):
            error.hint = hint
        raise


def _counts(reader: Reader) -> dict[str, int]:
    """Table → how many rows it has."""
    names = sorted(name for (name,) in reader.rows(_TABLES))
    return {name: reader.rows(f'SELECT count(*) FROM "{name}"')[0][0] for name in names}


@contextmanager
def _held(location: Location, path: Path) -> Iterator[tuple[bool, Head | None]]:
    """Hold off the writers of a store: whether something is there, and its head where it can be read.

    What a killed writer left half done is rolled back by the way. A file too damaged to be locked has no writers; one
    of another program is refused.
    """
    if not path.exists():
        yield False, None
        return
    with closing(sqlite.connect(path, "rw")) as connection:
        old = None
        try:
            connection.execute("PRAGMA journal_mode=DELETE")  # brings home what stands in a WAL
            connection.execute("BEGIN IMMEDIATE")
            ((mark,),) = connection.execute("PRAGMA application_id")
            if path.stat().st_size and mark != faults.APPLICATION_ID:
                raise faults.foreign(location)
            old = Head(*(connection.execute(HEAD).fetchone() or ()))
        except sqlite3.Error as error:
            if not getattr(error, "sqlite_errorname", "").startswith(_UNREADABLE):
                raise faults.sentence_of(location, error) from error
        yield True, old


def _exchange(made: Path, path: Path, aside: Path) -> None:
    """Give what is at `path` the name `aside`, with what SQLite keeps beside it (a journal that is left there would be
    rolled back into any file of that name), and `path` to the new file; or leave all as it was.

    The name is never without a file where the system knows links, lest somebody begin a ledger there.
    """
    with ExitStack() as back:
        is_there = path.exists()
        if is_there:
            made.chmod(stat.S_IMODE(path.stat().st_mode))
            _name_also(path, aside, back)
        for ending in COMPANIONS:
            companion, put = Path(f"{path}{ending}"), Path(f"{aside}{ending}")
            if companion.exists():
                companion.rename(put)
                back.callback(put.rename, companion)
        if is_there:
            made.replace(path)
        else:
            place(made, path)
        back.pop_all()
    settle_folder(path)


def _name_also(path: Path, aside: Path, back: ExitStack) -> None:
    try:
        os.link(path, aside)
        back.callback(aside.unlink)
    except OSError:
        path.rename(aside)
        back.callback(aside.rename, path)
