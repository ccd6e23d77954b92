"""What became of a unit's name or a task's code since: what was written under the old one still belongs to it."""

import json

from ledger.store.queries import IN_FORCE
from ledger.store.reader import Reader


def name_now(reader: Reader, unit: str, since: int) -> str:
    """The name that a unit of the time of entry `since` goes by: another where it was renamed or merged, so that no
    task is led under the old one any more. Of the tasks that were given away before that, the last tells."""
    return _now(reader, "unit", unit, since)


def code_now(reader: Reader, code: str, since: int) -> str:
    """The code that a task of the time of entry `since` bears."""
    return _now(reader, "code", code, since)


def _now(reader: Reader, column: str, value: str, since: int) -> str:
    while not reader.rows(f"SELECT 1 FROM task t WHERE t.{column} = :value LIMIT 1", {"value": value}):
        edits = reader.rows(
            "SELECT e.seq, e.changes FROM entry e WHERE e.action = 'edit' AND e.seq > :since "
            f"AND e.changes LIKE :pattern AND {IN_FORCE} ORDER BY e.seq DESC",
            {"since": since, "pattern": f'%"{column}"%'},
        )
        moved = ((seq, json.loads(changes).get(column, (None, None))) for seq, changes in edits)
        found = next(((seq, after) for seq, (before, after) in moved if before == value), None)
        if found is None:
            break
        since, value = found
    return value
