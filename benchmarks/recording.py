"""Ledgers whose entries were recorded on the days that they tell of, as an office's would be."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path

from benchmarks.generate import Operation
from ledger.base.asking import Answers
from ledger.services import batch
from ledger.services.settings import Founding, begin
from ledger.store.journal import Journal, Stamp
from ledger.store.location import Location
from ledger.store.opening import open_writer

_FIVE = time(9, tzinfo=UTC)
"""When the day's work is recorded: at five in China."""


def record(db: Path, operations: Iterable[Operation]) -> None:
    """Begin a ledger, and carry out operations, in the order of their days, each day's as commands of that day."""
    numbers: dict[str, int] = {}
    with open_writer(Location(db), create=True) as writer:
        for day, of_day in groupby(operations, key=lambda operation: date.fromisoformat(operation["on"])):
            journal = Journal(writer, Stamp(day, datetime.combine(day, _FIVE), "张三", "clerk"), Answers())
            if journal.is_new:
                begin(journal, Founding())
            batch.run(journal, [_line(numbers, operation) for operation in of_day], lambda _: None)
            journal.flush()


def _line(numbers: dict[str, int], operation: Operation) -> bytes:
    """The operation as a line of a batch, its task named by running number: a `ref` holds within one batch only."""
    if operation["op"] == "add":
        numbers[operation["ref"]] = len(numbers) + 1
        return json.dumps(operation | {"again": True}).encode()
    return json.dumps(operation | {"task": numbers[operation["task"]]}).encode()
