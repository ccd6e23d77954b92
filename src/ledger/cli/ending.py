"""The signals that ask the program to end: it ends as on Ctrl-C, by an exception that undoes what was begun."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = [number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None]


@contextmanager
def ending_tidily() -> Iterator[None]:
    """Inside, the first of these signals raises `KeyboardInterrupt`; those that follow are let go by, lest they break
    off the tidying up.

    One that is ignored already stays so: `nohup` says that the terminal may go, and a shell starts what is in the
    background with Ctrl-C ignored, since that is meant for the program in front.
    """
    if threading.current_thread() is not threading.main_thread():  # Python hands signals to the main thread alone
        yield
        return
    is_ending = False

    def end(number: int, frame: object) -> None:
        nonlocal is_ending
        if not is_ending:
            is_ending = True
            raise KeyboardInterrupt

    before = {number: how for number in _SIGNALS if (how := signal.getsignal(number)) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, how in before.items():
            signal.signal(number, how)
