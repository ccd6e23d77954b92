"""Work on one ledger shared between two processes, where there are two processors and much of it."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING, TypeVar

from ledger.store.opening import open_reader
from ledger.store.reader import Reader

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Found = TypeVar("Found")
FEW = 8
"""Parts that one process is done with before a second has begun."""


def in_two(reader: Reader, parts: Sequence[Callable[[Reader], Found]]) -> list[Found]:
    """What each part finds, in their order; whichever process is free takes the next one.

    The other one reads by a reader of its own; this one's snapshot keeps writers from a file meanwhile, so that both
    see the same. What it does not bring home, whatever became of it, is done here.
    """
    if sys.platform != "linux" or len(parts) < FEW or reader.location.path is None or not _has_two_processors():
        return [part(reader) for part in parts]
    from multiprocessing import get_context  # for a large ledger alone

    context = get_context("fork")
    next_part = context.Value("i", 0)

    def taken() -> Iterator[int]:
        while True:
            with next_part.get_lock():
                at = next_part.value
                next_part.value += 1
            if at >= len(parts):
                return
            yield at

    def help_out(end: "Connection") -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one in front ends both
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with closing(open_reader(reader.location)) as own, suppress(OSError):
            end.send({at: parts[at](own) for at in taken()})

    ours, theirs = context.Pipe(duplex=False)
    helper = context.Process(target=help_out, args=(theirs,), daemon=True)
    helper.start()
    theirs.close()
    try:
        found = {at: parts[at](reader) for at in taken()}
        with suppress(EOFError):
            found |= ours.recv()
    finally:
        helper.terminate()
        helper.join()
    return [found[at] if at in found else parts[at](reader) for at in range(len(parts))]


def _has_two_processors() -> bool:
    """Told by Linux alone; elsewhere a fork of a process that has loaded much is not to be relied on either."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1
