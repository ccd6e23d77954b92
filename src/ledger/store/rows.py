"""Rows as they are written: handed straight to the driver, many at a time."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from ledger.model.entry import Entry, encode
from ledger.model.replay import rebuild
from ledger.model.task import Task
from ledger.store import queries, schema

Rows = Sequence[dict[str, Any]]


def write(connection: sa.Connection, statement: sa.Insert | sa.Update | sa.Delete, rows: Rows) -> None:
    """Give the rows straight to the driver: prepared by SQLAlchemy one by one, they cost twice as much."""
    if rows:
        compiled = statement.compile(dialect=connection.dialect)
        order = getattr(compiled, "positiontup", None)  # None where the driver takes parameters by name
        given = list(rows) if order is None else [tuple(map(row.__getitem__, order)) for row in rows]
        connection.exec_driver_sql(str(compiled), given)


def update_tasks(connection: sa.Connection, before: Mapping[int, dict[str, Any]], tasks: Mapping[int, Task]) -> None:
    """Write of each task what has changed since `before`: the indexes on all else are then left alone."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for task_id, was in before.items():
        row = queries.task_row(tasks[task_id])
        changed = {name: value for name, value in row.items() if value != was[name]}
        if changed:
            alike.setdefault(tuple(changed), []).append({"of_task": task_id, **changed})
    update = schema.task.update().where(schema.task.c.id == sa.bindparam("of_task"))
    for names, rows in alike.items():
        write(connection, update.values({name: sa.bindparam(name) for name in names}), rows)


def restate(connection: sa.Connection, balances: Mapping[int, Sequence[Entry]]) -> list[Task]:
    """Bring tasks' projections to what their entries in force say (task → entries); a task without any is gone.

    Gives back those that remain. Raises `Refused` when the entries do not replay.
    """
    rebuilt = [rebuild(entries) for entries in balances.values() if entries]
    gone = [{"of_task": task_id} for task_id in balances]
    write(connection, schema.task.delete().where(schema.task.c.id == sa.bindparam("of_task")), gone)
    write(connection, schema.span.delete().where(schema.span.c.task == sa.bindparam("of_task")), gone)
    write(connection, schema.task.insert(), [queries.task_row(task) for task, _ in rebuilt])
    write(connection, schema.span.insert(), [span._asdict() for _, spans in rebuilt for span in spans])
    return [task for task, _ in rebuilt]


def year_and_number(code: str) -> tuple[int | None, int | None]:
    """The year and the number of a code of the default form; of any other none."""
    head, _, tail = code.partition("-")
    standard = len(head) == 4 and len(tail) in range(3, 10) and code.isascii() and (head + tail).isdigit()
    return (int(head), int(tail)) if standard else (None, None)


def post_series(connection: sa.Connection, number: int, definition: dict[str, Any] | None) -> None:
    """Bring a series to this definition; None removes it. Of a new one nothing has been opened yet."""
    this = schema.series.c.id == number
    if definition is None:
        connection.execute(schema.series.delete().where(this))
        return
    text = encode(definition)
    if not connection.execute(schema.series.update().where(this).values(definition=text)).rowcount:
        connection.execute(schema.series.insert().values(id=number, definition=text, next_on=date.min))


def open_from(connection: sa.Connection, number: int, day: date | None) -> None:
    """Set the day from which a series' periods have yet to be opened; None when there are no more."""
    connection.execute(schema.series.update().where(schema.series.c.id == number).values(next_on=day))
