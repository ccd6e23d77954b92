"""A whole ledger brought in: its journal as it was sealed elsewhere, and all that follows from it, in one transaction.

Nothing is added: the last entry has the hash that it had, on whichever database.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import NamedTuple

from ledger.base.errors import BadValue, LedgerError, Refused
from ledger.model.soundness import NONSENSE, require_sound_settings, require_sound_task
from ledger.services import check_tasks
from ledger.store import evidence, faults, posting
from ledger.store.blobs import Blob, Draft
from ledger.store.location import Location
from ledger.store.opening import open_writer
from ledger.store.reader import Writer
from ledger.store.vault import vault_of

CHUNK = 5000
"""Entries written at a time: what keeps the memory flat."""


Files = Callable[[Mapping[str, int]], Iterable[tuple[Blob, Iterator[bytes] | None]]]
"""Reads the files of evidence of these sizes, by SHA-256: each verified as it is read, None for one that is missing."""


class TakenOver(NamedTuple):
    """How many tasks there are, and how many files of evidence that could not be brought."""

    tasks: int
    missing: int


def take_over(
    location: Location, entries: Iterable[posting.Sealed], advance: Callable[[int], None], files: Files = lambda _: ()
) -> TakenOver:
    """Make a new ledger of a journal, its entries verified as they come, and of the files that they name, which have
    their places before the commit.

    Raises `Refused` when there is a ledger already, `BadValue` when the entries do not make one.
    """
    with open_writer(location, create=True) as writer, _drafts() as drafts:
        if writer.rows("SELECT 1 FROM entry LIMIT 1"):
            raise Refused(f"台账 {location} 已有记录,不能再导入整本台账", "请用 --db 另指一个还不存在的台账")
        coming = iter(entries)
        try:
            while chunk := list(islice(coming, CHUNK)):
                posting.write_entries(writer, chunk)
                advance(len(chunk))
            tasks = post_all(writer, advance)
        except LedgerError as error:
            if (isinstance(error, BadValue) and error.where) or not isinstance(
                error, BadValue | Refused | faults.Clash
            ):
                raise
            raise _senseless(error) from error
        except NONSENSE as error:
            raise _senseless(error) from error
        missing = _bring(writer, files, drafts)
    return TakenOver(tasks, missing)


@contextmanager
def _drafts() -> Iterator[list[Draft]]:
    """Files that get their places when the block ends, and are cleared away when it fails."""
    found: list[Draft] = []
    try:
        yield found
        for draft in found:
            draft.place()
    except BaseException:
        for draft in found:
            draft.drop()
        raise


def _bring(writer: Writer, files: Files, drafts: list[Draft]) -> int:
    """Copy the files that the journal names: how many are missing."""
    missing, vault = 0, vault_of(writer.location, writer)
    for blob, chunks in files({blob.sha256: blob.size for blob, _, _ in evidence.named(writer)}):
        if chunks is None:
            missing += 1
        else:
            drafts.append(vault.bring(partial(iter, chunks), blob))
    return missing


def post_all(writer: Writer, advance: Callable[[int], None]) -> int:
    """Post all that follows from the journal into empty tables: the number of tasks. Raises `LedgerError` or one of
    `NONSENSE` for what makes no sense."""
    settings = posting.settings_left(writer)
    rules = require_sound_settings(settings)
    tasks = posting.post_tasks(writer, require_sound_task, advance)
    for finding in check_tasks.of_parts(writer):
        raise Refused(finding)
    posting.post_settings(writer, settings, rules)
    return tasks


def _senseless(error: Exception) -> BadValue:
    """Seals show that nothing was changed since; what was sealed may still be nothing that this program records."""
    where = f"{error.where}:" if isinstance(error, LedgerError) and error.where else ""
    said = "" if isinstance(error, faults.Clash) else f"({where}{str(error)[:100]})"
    return BadValue(f"文件里的记录前后矛盾,不能据以建账{said}", "请向导出的一方核对")
