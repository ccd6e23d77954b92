"""Which revision of the schema a ledger has, and which this program reads and writes."""

from ledger.store import faults
from ledger.store.reader import Reader

REVISIONS = ("0001", "0002", "0003", "0004")
"""The schema's revisions, one after the other; `store/migrations/versions` leads from each to the next."""

REVISION = REVISIONS[-1]
"""The revision that this program reads and writes."""

TABLE = "alembic_version"
READ = f"SELECT version_num FROM {TABLE}"
UNMARKED = "版本标记不对"


def revision_of(reader: Reader) -> str:
    """The revision of a store that was opened, which has one."""
    ((revision,),) = reader.rows(READ)
    return str(revision)


def check_revision(reader: Reader, *, older: bool = False) -> None:
    """Raises `StoreUnusable` when the store is of another revision than this program's, or of none; with `older` an
    earlier one will do."""
    found = reader.rows(READ)
    if len(found) != 1 or not isinstance(found[0][0], str):
        raise faults.damaged(reader.location, UNMARKED)
    ((revision,),) = found
    if revision not in REVISIONS:
        raise faults.too_new(reader.location, revision)
    if revision != REVISION and not older:
        raise faults.too_old(reader.location, revision)
