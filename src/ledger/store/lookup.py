"""Rows looked up by many values at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ledger.model.task import Task
from ledger.store import queries
from ledger.store.reader import Reader

_AT_ONCE = 5000
"""Values named in one query: PostgreSQL takes 65,535, SQLite 32,766."""


def among(column: str, values: Sequence[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Conditions that the column has one of these values, each of so many as one query takes, with its parameters."""
    for start in range(0, len(values), _AT_ONCE):
        named = {f"v{place}": value for place, value in enumerate(values[start : start + _AT_ONCE])}
        yield f"{column} IN ({', '.join(f':{name}' for name in named)})", named


def tasks_numbered(
    reader: Reader, numbers: Iterable[int], more: str = "", parameters: Mapping[str, Any] = {}
) -> dict[int, Task]:
    """Those of these tasks that there are and that fulfil `more` (AND … on `task t`), by their numbers, in order."""
    return {
        task.id: task
        for of, named in among("t.id", sorted(numbers))
        for task in queries.tasks(reader, f"WHERE {of}{more} ORDER BY t.id", {**named, **parameters})
    }
