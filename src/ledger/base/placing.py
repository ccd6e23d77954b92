"""Files put in their place whole, on disk for good, and never over another."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.base.errors import Refused
from ledger.base.files import COMPANIONS
from ledger.base.text import quote


@contextmanager
def passing(target: Path) -> Iterator[Path]:
    """A name in the folder of `target` for what is in the making: whatever bears it in the end is removed."""
    made = target.with_name(f".ledger-{os.urandom(6).hex()}.tmp")
    try:
        yield made
    finally:
        for ending in ("", *COMPANIONS):
            with suppress(OSError):
                Path(f"{made}{ending}").unlink()


@contextmanager
def passing_folder(target: Path) -> Iterator[Path]:
    """The same for a folder."""
    made = target.with_name(f".ledger-{os.urandom(6).hex()}.tmp")
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def place(made: Path, target: Path) -> None:
    """Give a finished file its name. Raises `Refused` when something bears it already; else `OSError`."""
    settle(made)
    require_free(target)
    try:
        os.link(made, target)  # unlike a rename it takes no name that somebody took meanwhile
    except FileExistsError:
        require_free(target)
        raise
    except OSError:  # a file system that knows no links
        made.rename(target)
    settle_folder(target)


def require_free(target: Path) -> None:
    """Raises `Refused` when something bears this name."""
    if os.path.lexists(target):
        raise Refused(f"已经有{quote(str(target))},不会覆盖它", "请另给一个文件名")


def free_name(wanted: Path) -> Path:
    """That name, or where something bears it one with a number."""
    found, number = wanted, 1
    while os.path.lexists(found):
        number += 1
        found = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
    return found


def settle(path: Path) -> None:
    """Wait until what was written is on disk."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle_folder(path: Path) -> None:
    """Wait until the name of a file is on disk, where the system knows of such a thing."""
    with suppress(OSError):
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
