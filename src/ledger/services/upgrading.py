"""A ledger of an older revision brought up to date: in one transaction, or left as it was.

The journal is not touched. A copy is kept first; then the tables are migrated, all that follows from the journal is
posted anew and compared as `check` does, and the head must be what it was.
"""

from collections.abc import Callable
from contextlib import closing
from typing import NamedTuple

from ledger.base.errors import LedgerError, StoreUnusable
from ledger.model.soundness import NONSENSE
from ledger.services.check import check
from ledger.services.moving import post_all
from ledger.store import faults, posting
from ledger.store.head import Head, head_of
from ledger.store.location import Location
from ledger.store.opening import open_reader, open_writer
from ledger.store.reader import Reader, Writer
from ledger.store.revision import REVISION, revision_of


class Upgraded(NamedTuple):
    """From which revision, the last entry, and how many tasks were posted."""

    revision: str
    head: Head
    tasks: int


def is_current(location: Location) -> bool:
    """Whether a ledger is of this program's revision. Raises `StoreUnusable` for one that it does not know."""
    with closing(open_reader(location, older=True)) as reader:
        return revision_of(reader) == REVISION


def upgrade(location: Location, keep: Callable[[], object], advance: Callable[[int], None]) -> Upgraded | None:
    """Bring a ledger to this program's revision; None when it has that already.

    `keep` makes the copy, while nobody can write. Raises `StoreUnusable` with nothing changed.
    """
    if is_current(location):
        return None
    with open_writer(location, older=True) as writer:
        was = revision_of(writer)
        if was == REVISION:  # by somebody else meanwhile
            return None
        keep()
        before = _journal(writer)
        tasks = _bring_up_to_date(writer, advance)
        _require_sound(writer)
        if _journal(writer) != before:
            raise _given_up(location, "记录有变")
        head = head_of(writer)
    if not is_current(location):  # a server whose connection broke at COMMIT
        raise _given_up(location, "没有提交成功")
    return Upgraded(was, head, tasks)


def _journal(reader: Reader) -> tuple[Head, int]:
    ((count,),) = reader.rows("SELECT count(*) FROM entry")
    return head_of(reader), count


def _bring_up_to_date(writer: Writer, advance: Callable[[int], None]) -> int:
    from ledger.store import migrations  # with alembic, for an upgrade alone

    migrations.run(writer)
    posting.clear(writer)
    try:
        posting.post_codes(writer)
        return post_all(writer, advance)
    except StoreUnusable:
        raise
    except LedgerError as error:
        raise faults.damaged(writer.location, error.what) from error
    except NONSENSE as error:
        raise faults.damaged(writer.location, str(error)[:100]) from error


def _require_sound(writer: Writer) -> None:
    finding = next(check(writer), None)
    if finding is not None:
        raise _given_up(writer.location, finding)


def _given_up(location: Location, why: str) -> StoreUnusable:
    return StoreUnusable(f"台账 {location} 升级后核对不符({why})", "台账仍是旧版;请把这句话连同备份报告给维护者")
