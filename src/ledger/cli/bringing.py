"""Files that a command brings as evidence (佐证): copied before it locks anything."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ledger.base.errors import LedgerError
from ledger.cli.context import Context


@contextmanager
def bringing(context: Context, paths: Iterable[str | Path], *, later: bool = False) -> Iterator[None]:
    """Copy files to what is kept of a ledger; those that no entry of the block comes to name are cleared away.

    Raises `BadValue`, `NotFound`, `StoreUnusable`; what cannot be copied may also wait until it is asked for `later`,
    where more can be said of it, or the ledger is begun.
    """
    wanted = [*map(str, paths)]
    if not wanted:
        yield
        return
    try:
        most = _most(context)
    except LedgerError:
        if not later:
            raise
        yield
        return
    from ledger.store.brought import Brought  # few commands bring any

    with closing(Brought(context.location, most, last=True)) as context.brought:
        for path in wanted:
            try:
                context.brought.take(path)
            except LedgerError:
                if not later:
                    raise
        yield


def _most(context: Context) -> int | None:
    from ledger.store import queries

    with context.opened() as reader:
        return queries.rules(reader).evidence_size
