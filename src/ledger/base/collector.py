"""Work that makes much and keeps it, without the collector of circles looking for some in it again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """For the rows of an import, which stay to its end and form no circles, the looking would cost an eighth of all the
    time. What is no longer referred to is freed as ever."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
