"""What `ledger comb` costs at a terminal: CPU time until its first screen is there, and of each key (Linux)."""

import os
import pty
import select
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import environment

KEYS = (
    " ",
    " ",
    "b",
    "m",
    "m",
    "x",
    "n",
    "过半",
    "\r",
    "c",
    "u",
    "d",
    "月底",
    "\r",
    "改期",
    "\r",
    "a",
    "\x1b",
    "/",
    "\x1b",
)
"""Walking, marking, a note, a closing taken back, an extension; what is asked and called off."""
LAST_WORD = "退出".encode()
"""What stands at the end of the first screen."""
PATIENCE, QUIET = 30.0, 0.5


class Cost(NamedTuple):
    """Seconds of CPU: until the first screen, and for the dearest key, which is named."""

    first: float
    key: float
    dearest: str


def combed(argv: Sequence[str]) -> Cost:
    """Sit down at it, press `KEYS`, leave. Raises `SystemExit` where no screen comes."""
    process, end = pty.fork()
    if process == 0:
        os.execve(argv[0], list(argv), environment({"TERM": "xterm-256color"}))
    try:
        if LAST_WORD not in _heard(end, PATIENCE, LAST_WORD):
            raise SystemExit(f"no screen: {' '.join(argv)}")
        first = _used(process)
        _heard(end, QUIET)
        costs = {f"{at} {key!r}": _pressed(process, end, key) for at, key in enumerate(KEYS)}
        dearest = max(costs, key=lambda key: costs[key])
        return Cost(first, costs[dearest], dearest)
    finally:
        os.write(end, b"q")
        _heard(end, QUIET)
        os.close(end)
        os.waitpid(process, 0)


def _pressed(process: int, end: int, key: str) -> float:
    before = _used(process)
    os.write(end, key.encode())
    _heard(end, QUIET)
    return _used(process) - before


def _used(process: int) -> float:
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def _heard(end: int, seconds: float, until: bytes = b"") -> bytes:
    """What comes until nothing does for so long, or until this came."""
    found, limit = b"", time.monotonic() + PATIENCE
    while time.monotonic() < limit and select.select([end], [], [], seconds)[0]:
        try:
            found += os.read(end, 65536)
        except OSError:  # the other side is closed
            break
        if until and until in found:
            break
    return found
