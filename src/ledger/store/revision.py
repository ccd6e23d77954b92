"""Which revision of the schema a ledger has, and which this program reads and writes."""

from ledger.store import faults
from ledger.store.reader import Reader

REVISION = "0001"
"""The schema's revision that this program reads and writes."""

READ = "SELECT version_num FROM alembic_version"


def check_revision(reader: Reader) -> None:
    """Raises `StoreUnusable` when the store is of another revision than this program's, or of none."""
    found = reader.rows(READ)
    if len(found) != 1 or not isinstance(found[0][0], str):
        raise faults.damaged(reader.location, "版本标记不对")
    if found[0][0] != REVISION:
        raise faults.too_new(reader.location, found[0][0])
