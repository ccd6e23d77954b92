"""One command's transaction: a ledger begun where there is none, the work, and the periods that have come due."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ledger.base.asking import Answers
from ledger.services.occurrences import open_due
from ledger.services.settings import Founding, begin
from ledger.store.journal import Journal, Stamp, open_journal
from ledger.store.location import Location


@contextmanager
def command(
    location: Location,
    stamp: Callable[[], Stamp],
    *,
    create: bool = False,
    founding: Founding | None = None,
    answers: Answers | None = None,
) -> Iterator[Journal]:
    """A journal: flushed and committed when the block ends, given up when it raises.

    `stamp` is asked anew by every command, so that those of a long session bear their true moments. With `create` a
    ledger that does not exist is begun; a `founding` begins one that must not exist yet. Raises `StoreUnusable`,
    `Refused`.
    """
    must_be_new = founding is not None
    with open_journal(location, stamp(), create=create, must_be_new=must_be_new, answers=answers) as journal:
        if journal.is_new:
            begin(journal, founding or Founding())
        yield journal
        open_due(journal)
