"""Devices of a test's own: those of the system are shared by all who run, and a program gone wrong may replace them."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

_NULL, _FULL = (1, 3), (1, 7)


def null(path: Path) -> None:
    """Makes what is like /dev/null; a named pipe for those who may make no device."""
    if not _made(path, _NULL):
        os.mkfifo(path)


@contextmanager
def full(folder: Path) -> Iterator[TextIO]:
    """A stream without room, to be a process's own: nothing is told its name."""
    path = folder / ".full"
    with (path if _made(path, _FULL) else Path("/dev/full")).open("w") as stream:
        path.unlink(missing_ok=True)
        yield stream


def _made(path: Path, number: tuple[int, int]) -> bool:
    """Whether a device could be made there and opened: not where one is no superuser, nor on every file system."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(*number))
    except PermissionError:
        return False
    try:
        path.open("w").close()
    except PermissionError:
        path.unlink()
        return False
    return True
