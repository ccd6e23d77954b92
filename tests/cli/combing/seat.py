"""A clerk's seat at `ledger comb`: a terminal of its own, what is typed there, what appears, what is recorded.

All waiting ends after `PATIENCE` seconds, as a failure.
"""

import codecs
import fcntl
import os
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pyte
import pytest

from tests.children import heard, heeding_signals, started
from tests.conftest import TODAY, Book

LEDGER = Path(sys.executable).with_name("ledger")
PATIENCE = 60
DOWN, ESCAPE, BACKSPACE, LEFT = "\x1b[B", "\x1b", "\x7f", "\x1b[D"
WHEEL_DOWN, WHEEL_UP = "\x1b[<65;10;5M", "\x1b[<64;10;5M"


def at_terminal() -> None:
    """Make the standard input the terminal that signals come from."""
    heeding_signals()
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Seat:
    """`ledger comb ARGS` on the ledger of `book`, at a terminal of so many columns and rows."""

    def __init__(self, book: Book, *args: str, columns: int = 80, rows: int = 24, **env: str) -> None:
        assert book.location.path is not None
        self._book, self.raw = book, ""
        self._screen = pyte.Screen(columns, rows)
        self._stream, self._decoder = pyte.Stream(self._screen), codecs.getincrementaldecoder("utf-8")("replace")
        place = book.location.path.parent
        told = {
            "PATH": os.defpath, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "LEDGER_DB": str(book.location.path),
            "LEDGER_CONFIG": str(place / "settings.json"), "LEDGER_TODAY": TODAY, "LEDGER_ACTOR": "张三",
        } | env  # fmt: skip
        self._end, theirs = os.openpty()
        self.resize(columns, rows)
        streams: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
        self._running = ExitStack()
        self._process = self._running.enter_context(
            started([LEDGER, "comb", *args], before=at_terminal, cwd=place, env=told, **streams)
        )
        os.close(theirs)

    @property
    def shown(self) -> str:
        """What is on the screen now."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys: str) -> None:
        self.send(keys.encode())

    def send(self, keys: bytes) -> None:
        os.write(self._end, keys)

    def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Wait for what must come to hold, following what appears meanwhile."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                pytest.fail(f"it never came to {what}; the screen:\n{self.shown}")
            self._hear(0.05)

    def _hear(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            if came := self._decoder.decode(heard(self._end, seconds)):
                self.raw += came
                self._stream.feed(came)
                return True
        return False

    def wait_for(self, text: str) -> None:
        """Until the text is on the screen."""
        self.until(lambda: text in self.shown, f"show {text!r}")

    def wait_for_entries(self, action: str, count: int = 1) -> list[tuple[Any, ...]]:
        """Until so many entries of an action are in force: (task, note, changes, command, actor) of each."""
        sql = (
            "SELECT task, note, changes, command, actor FROM entry e WHERE action = "
            f"'{action}' AND NOT EXISTS (SELECT 1 FROM entry v WHERE v.voids = e.seq) ORDER BY seq"
        )
        self.until(lambda: len(self._book.rows(sql)) == count, f"{count} entries {action}")
        return self._book.rows(sql)

    def kill(self) -> None:
        """As a power cut does."""
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE)

    def hang_up(self) -> int:
        """Close the window; gives the exit code of the program."""
        os.close(self._end)
        self._end = -1
        return int(self._process.wait(PATIENCE))

    def ended(self) -> int:
        """What it says to its end is followed; gives its exit code."""
        self.until(lambda: self._process.poll() is not None, "an end")
        while self._hear(0.2):
            pass
        return int(self._process.wait(PATIENCE))

    def close(self) -> None:
        if self._end >= 0:
            os.close(self._end)
        with self._running, suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
