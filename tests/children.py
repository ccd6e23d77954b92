"""Processes of a test's own, for which no test waits without end.

Each is killed when its time is up, so that whoever reads of it, writes to it or waits for it goes on, and fails. Each
begins with the signals that ask to end at their default: a job in the background may have inherited that they are
ignored. `tests/test_limits.py` holds that no test starts one in another way.
"""

import os
import select
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

LIMIT = 120
"""Seconds after which something is taken to hang."""

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Child = subprocess.Popen[Any]


def heeding_signals() -> None:
    """What a process does before it becomes the program: it heeds what asks it to end, as at a terminal."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def started(
    words: Sequence[str | Path], *, limit: float = LIMIT, before: Callable[[], object] = heeding_signals, **how: Any
) -> Iterator[Child]:
    """A process, from here to the end of the block or for `limit` seconds; `how` as `Popen` takes it."""
    with subprocess.Popen(words, preexec_fn=before, **how) as process:
        guard = threading.Timer(limit, process.kill)
        guard.daemon = True
        guard.start()
        try:
            yield process
        finally:
            guard.cancel()
            process.kill()
            if process.stdin:
                with suppress(BrokenPipeError):
                    process.stdin.close()


def heard(end: int, seconds: float = LIMIT) -> bytes:
    """What comes next at this end of a pipe or a terminal; nothing once the other side is closed.

    Raises `TimeoutError` when nothing comes.
    """
    if not select.select([end], [], [], seconds)[0]:
        raise TimeoutError(f"nothing came for {seconds} s")
    try:
        return os.read(end, 65536)
    except OSError:  # Linux says so when the other side of a terminal is closed
        return b""


def all_heard(end: int) -> bytes:
    """All that comes until the other side is closed."""
    return b"".join(iter(lambda: heard(end), b""))


def until_read(path: Path) -> int:
    """A named pipe opened for writing, once the program reads it: to wait for that in `open` may be for ever."""
    for _ in range(LIMIT * 100):
        with suppress(OSError):
            end = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
            os.set_blocking(end, True)
            return end
        threading.Event().wait(0.01)
    pytest.fail(f"nobody reads {path}")
