"""The files that the program writes: each is there whole or as it was before, and none takes the place of a file that
must be kept.

What may not be replaced: anything that is no regular file (a link, directory, device, pipe); the files that the
command works with, which its caller names (`Kept`); and any database of SQLite with what belongs to it, for that may be
somebody's ledger. All of it is looked at before anything is written.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO, Any, NamedTuple

from ledger.base.errors import BadValue, StoreUnusable, reason
from ledger.base.text import masked, quote

SQLITE = b"SQLite format 3\0"
"""How every file of SQLite begins."""
_LEDGER = b"LDGR"
"""The application id of a ledger, 68 bytes into the header of its file."""

COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a file, by the end of its name."""
EVIDENCE = ".evidence"
"""What the folder of a ledger's evidence ends in."""
_ELSEWHERE = "请另给一个文件名;输出到标准输出用 -,到设备或管道再重定向"


class Kept(NamedTuple):
    """A file that no output may replace, and what an error calls it; `-` is what standard input reads."""

    path: Path
    what: str


Write = Callable[[IO[bytes]], object]


def expanded(text: str) -> Path:
    """The path with its `~` put in full. Raises `BadValue` where that is nobody's home."""
    try:
        return Path(text).expanduser()
    except (RuntimeError, KeyError):
        raise BadValue(f"路径{quote(masked(text))}里的 ~ 不知是谁的主目录", "请写完整的路径") from None


def turn_of(path: Path) -> Path:
    """The file beside a ledger whose lock is a writer's turn: there only while somebody writes."""
    return path.with_name(f".{path.name}.lock")


def ledger_files(path: Path) -> list[Path]:
    """All files that a ledger in the SQLite file `path` has, or may have for a while."""
    beside = [path.with_name(path.name + ending) for ending in COMPANIONS] if path.name else []
    return [path, *beside, *([turn_of(path)] if path.name else [])]


@contextmanager
def told(name: str) -> Iterator[None]:
    """What the system refuses while `name` is written, said in Chinese."""
    try:
        yield
    except OSError as error:
        raise StoreUnusable(f"无法写入{name}:{reason(error)}", "请换一个位置或处理后重试") from error


@contextmanager
def replaced(
    path: Path, name: str, encoding: str | None, kept: Iterable[Kept] = (), *, private: bool = False
) -> Iterator[IO[Any]]:
    """A file that takes the place of `path`, and its permissions, once it is wholly on disk; else nothing changes.

    It takes text in `encoding`, bytes without one; `name` is what an error calls it. A `private` one is for its owner
    alone. Raises `StoreUnusable`."""
    with told(name), _draft(path, name, kept, private) as draft:
        with draft.open("wb") as raw:
            file = raw if encoding is None else TextIOWrapper(raw, encoding, "backslashreplace", newline="")
            yield file
            file.flush()
            os.fsync(raw.fileno())
        draft.replace(path)


class Unclosed(BytesIO):
    """Stays open until it is gone: an archive that a full disk cut off finishes itself when it is cleared away, and
    complains on stderr where it cannot."""

    def close(self) -> None:
        pass


def write_at_once(write: Write, file: IO[bytes]) -> None:
    """Let `write` make an archive, and write that whole."""
    made = Unclosed()
    write(made)
    file.write(made.getbuffer())


def write_into(folder: Path, contents: Iterable[tuple[str, Write]], kept: Sequence[Kept] = ()) -> list[Path]:
    """Write files by their names into a folder, made if need be: all of them, or none where one cannot be written.

    Raises `StoreUnusable`."""
    with _folder(folder, kept), ExitStack() as drafts:
        done = []
        for file_name, write in contents:
            path = folder / file_name
            name = f"文件{quote(str(path))}"
            with told(name):
                draft = drafts.enter_context(_draft(path, name, kept, private=False))
                with draft.open("wb") as file:
                    write_at_once(write, file)
                    file.flush()
                    os.fsync(file.fileno())
            done.append((draft, path))
        for draft, path in done:
            with told(f"文件{quote(str(path))}"):
                draft.replace(path)
    return [path for _, path in done]


def make_folder(folder: Path) -> None:
    """See that there is such a folder, and the way to it. Raises `StoreUnusable`."""
    with told(f"目录{quote(str(folder))}"):
        folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def _folder(folder: Path, kept: Sequence[Kept]) -> Iterator[None]:
    """The folder is there; one that had to be made goes again when the block fails."""
    name = f"目录{quote(str(folder))}"
    made: list[Path] = []
    try:
        with told(name):
            missing = [place for place in (folder, *folder.parents) if not place.exists()]
            for place in reversed(missing):
                _require_free(place, name, kept)
                place.mkdir()
                made.append(place)
            if not folder.is_dir():
                raise FileExistsError(errno.EEXIST, "no directory")
        yield
    except BaseException:
        for place in reversed(made):
            with suppress(OSError):
                place.rmdir()
        raise


@contextmanager
def _draft(path: Path, name: str, kept: Iterable[Kept], private: bool) -> Iterator[Path]:
    """An empty file beside `path` with the owner and the permissions that `path` shall have; it goes with the block."""
    was = require_replaceable(path, name, kept)
    mode = 0o600 if private else stat.S_IMODE(was.st_mode) if was else None
    draft = path.with_name(f".ledger-{os.urandom(6).hex()}.tmp")
    try:
        opened = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666 if mode is None else mode)
        os.close(opened)
        if was and hasattr(os, "chown"):  # root must not take a clerk's file away from him
            with suppress(OSError):
                os.chown(draft, was.st_uid, was.st_gid)
        if mode is not None:  # in full: creating it was subject to the umask
            draft.chmod(mode)
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def require_replaceable(path: Path, name: str, kept: Iterable[Kept]) -> os.stat_result | None:
    """How the file stands that is to be replaced, None where there is none. Raises `StoreUnusable` if it must stay."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        found = None
    if kind := _kind(found):
        raise StoreUnusable(f"无法写入{name}:它是{kind}", _ELSEWHERE)
    _require_free(path, name, kept)
    if found and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "read-only")
    return found


def _require_free(path: Path, name: str, kept: Iterable[Kept]) -> None:
    named = (one.what for one in kept if is_same(path, one.path))
    if what := next(named, "") or _database(path):
        raise StoreUnusable(f"无法写入{name}:它是{what}", _ELSEWHERE)


def _kind(found: os.stat_result | None) -> str:
    """What it is that is no regular file, "" if it is one or none."""
    if found is None or stat.S_ISREG(found.st_mode):
        return ""
    return "符号链接" if stat.S_ISLNK(found.st_mode) else "目录" if stat.S_ISDIR(found.st_mode) else "设备或管道"


def _database(path: Path) -> str:
    """What it is to a database of SQLite, "" if nothing."""
    if header := _header(path):
        return "一本台账" if header[68:72] == _LEDGER else "一个数据库"
    if any(map(_header, _evidenced(path))):
        return "一本台账的佐证"
    return "一本台账的附属文件" if any(map(_header, _owners(path))) else ""


def _evidenced(path: Path) -> list[Path]:
    """The databases in whose folder of evidence (`store.vault`) it would lie."""
    folders = [one for one in path.absolute().parents if one.suffix == EVIDENCE]
    return [one for folder in folders for one in (folder.with_suffix(".db"), folder.with_suffix(""))]


def _owners(path: Path) -> list[Path]:
    """The databases to which a file of this name would belong."""
    folded = path.name.casefold()
    found = [
        path.with_name(path.name[: -len(end)]) for end in COMPANIONS if len(folded) > len(end) and folded.endswith(end)
    ]
    if folded.startswith(".") and folded.endswith(".lock") and len(folded) > len("..lock"):
        found.append(path.with_name(path.name[1 : -len(".lock")]))
    return found


def _header(path: Path) -> bytes:
    """How a database of SQLite begins; empty for any other file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return b""
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return b""
    return header if header.startswith(SQLITE) else b""


def is_same(path: Path, other: Path) -> bool:
    """Whether both are one file, whatever they are called; where one is not there yet, by folder and name."""
    with suppress(OSError):
        theirs = os.fstat(0) if other == Path("-") else other.stat()
        with suppress(FileNotFoundError):
            return os.path.samestat(path.stat(), theirs)
    with suppress(OSError):
        return folded_name(path.name) == folded_name(other.name) and path.parent.samefile(other.parent)
    return False


def folded_name(name: str) -> str:
    """Equal for names that some file system takes for one."""
    from unicodedata import normalize

    return normalize("NFC", normalize("NFC", name).casefold())
