"""Writers of one SQLite file take turns by an advisory lock on a file beside it.

SQLite alone keeps them apart; but it makes a waiting writer sleep longer and longer, so that one of eight may wait for
seconds while the others go on. The lock only spares them that: where there is none (a share that knows no locks, a
folder that cannot be written, a system without `flock`) or somebody never gives it back, SQLite decides as before.

So do those who change the user's settings, of whom each reads what the one before wrote.
"""

import os
import random
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.base.files import turn_of

_SHORTEST, _LONGEST = 0.001, 0.005
"""Seconds between two tries: short against a transaction of some ten milliseconds, and uneven, so that none starves."""

PATIENCE = 10
"""Seconds that a command waits for others, by whichever lock."""


@contextmanager
def turn(path: Path, patience: float) -> Iterator[bool]:
    """Wait for the turn to write to `path`, `patience` seconds at most; gives whether it came."""
    lock = turn_of(path)
    handle = _taken(lock, patience)
    try:
        yield handle is not None
    finally:
        if handle is not None:
            with suppress(OSError):
                lock.unlink()  # before the lock is let go: who waits for this file finds that it is gone
            os.close(handle)


def _taken(lock: Path, patience: float) -> int | None:
    """A handle on the locked file; None where it cannot be had."""
    if sys.platform == "win32":
        return None
    import fcntl

    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            handle = os.open(lock, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)
        except OSError:
            return None
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or status.st_size:  # somebody's file of that name, not ours to remove
                raise OSError
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(handle), lock.stat()):
                return handle
        except BlockingIOError:
            time.sleep(random.uniform(_SHORTEST, _LONGEST))  # noqa: S311 - no secret
        except FileNotFoundError:
            pass  # given back meanwhile
        except OSError:
            os.close(handle)
            return None
        os.close(handle)
    return None
