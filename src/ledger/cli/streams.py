"""The three standard streams, whatever they were started as: closed, full, left by their reader, in another encoding.

A stream that was closed (`>&-`) has its number taken by the null device before anything is opened: the store or an
output would get it, and be written into by what is meant for the stream. The device is opened the wrong way round, so
that a result for a closed stdout fails as it does for one that cannot be written, and a closed stdin cannot be read;
only what is said on a closed stderr goes nowhere.
"""

import io
import os
import sys
from contextlib import suppress
from typing import TextIO

from ledger.base.text import masked, visible

_CLOSED = {"stdin": ("r", os.O_WRONLY), "stdout": ("w", os.O_RDONLY), "stderr": ("w", os.O_WRONLY)}
"""By number: how a stream is meant to be used, and how the null device stands in for it."""


def settle() -> None:
    """Make the streams fit for use; UTF-8 off a terminal, on one its own encoding, with escapes for what that cannot
    show."""
    for number, (name, (mode, flags)) in enumerate(_CLOSED.items()):
        if getattr(sys, name) is not None and not _is_free(number):
            continue
        descriptor = os.open(os.devnull, flags)  # the lowest free number, and those below are taken by now
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def is_attended() -> bool:
    """Whether somebody sits at the terminal: all three streams are one."""
    return all(
        stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)
    )


def _is_free(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False


def silence(stream: TextIO) -> None:
    """Point a stream at nothing: a broken one the interpreter would try again at exit, and complain; a stalled one
    would keep it from ending."""
    with suppress(OSError, ValueError):
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stream.fileno())
        os.close(descriptor)


def say(sentence: str) -> None:
    """One line on stderr, if anyone hears it."""
    try:
        sys.stderr.write(visible(masked(sentence)) + "\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def is_stalled(stream: TextIO) -> bool:
    """Whether a line written to the stream now would wait for its reader."""
    from select import select

    with suppress(OSError, ValueError):  # no file, or a system that can ask this of sockets alone
        return not select([], [stream], [], 0)[1]
    return False
