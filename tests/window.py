"""A program at a terminal of its own: what is typed there, what appears.

All waiting ends after `PATIENCE` seconds, as a failure.
"""

import codecs
import fcntl
import os
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pyte
import pytest

from tests.children import heard, heeding_signals, started

PATIENCE = 60
_DIM, _GREY, _EXTENDED = 2, 90, {38, 48}


def at_terminal() -> None:
    """Make the standard input the terminal that signals come from."""
    heeding_signals()
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Screen(pyte.Screen):
    """A screen that shows faint text as grey, as terminals do; pyte knows no faint text."""

    def select_graphic_rendition(self, *attrs: int, private: bool = False) -> None:
        named = attrs if _EXTENDED & {*attrs} else tuple(_GREY if one == _DIM else one for one in attrs)
        super().select_graphic_rendition(*named, **({"private": True} if private else {}))


class Window:
    """A program at a terminal of so many columns and rows."""

    def __init__(
        self, words: Sequence[str | Path], env: Mapping[str, str], place: Path, columns: int = 80, rows: int = 24
    ) -> None:
        self.raw = ""
        self.screen = Screen(columns, rows)
        self._stream, self._decoder = pyte.Stream(self.screen), codecs.getincrementaldecoder("utf-8")("replace")
        self._end, theirs = os.openpty()
        self.resize(columns, rows)
        streams: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
        self._running = ExitStack()
        told = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"} | dict(env)
        self._process = self._running.enter_context(started(words, before=at_terminal, cwd=place, env=told, **streams))
        os.close(theirs)

    @property
    def shown(self) -> str:
        """What is on the screen now."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
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

    def settle(self) -> None:
        """Until nothing more appears for a while."""
        while self._hear(0.3):
            pass

    def kill(self) -> None:
        """As a power cut does."""
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE)

    def ask_to_end(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def hang_up(self) -> int:
        """Close the window; gives the exit code of the program."""
        os.close(self._end)
        self._end = -1
        return int(self._process.wait(PATIENCE))

    def ended(self) -> int:
        """What it says to its end is followed; gives its exit code."""
        self.until(lambda: self._process.poll() is not None, "an end")
        self.settle()
        return int(self._process.wait(PATIENCE))

    def close(self) -> None:
        if self._end >= 0:
            os.close(self._end)
        with self._running, suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
