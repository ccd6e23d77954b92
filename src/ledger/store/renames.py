"""What became of a unit's name since: what was written under the old one still belongs to the unit."""

import json

from ledger.store.queries import IN_FORCE
from ledger.store.reader import Reader


def name_now(reader: Reader, unit: str, since: int) -> str:
    """The name that a unit of the time of entry `since` goes by: another where it was renamed or merged, so that no
    task is led under the old one any more. Of the tasks that were given away before that, the last tells."""
    while not reader.rows("SELECT 1 FROM task t WHERE t.unit = :unit LIMIT 1", {"unit": unit}):
        edits = reader.rows(
            "SELECT e.seq, e.changes FROM entry e WHERE e.action = 'edit' AND e.seq > :since "
            f"AND e.changes LIKE '%\"unit\"%' AND {IN_FORCE} ORDER BY e.seq DESC",
            {"since": since},
        )
        moved = ((seq, json.loads(changes).get("unit", (None, None))) for seq, changes in edits)
        found = next(((seq, after) for seq, (before, after) in moved if before == unit), None)
        if found is None:
            break
        since, unit = found
    return unit
