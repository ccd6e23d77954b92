"""Rows as they are written: statements made from the names of columns, many rows at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ledger.model.entry import Entry, encode
from ledger.model.replay import Span, rebuild
from ledger.model.task import Task
from ledger.store import queries
from ledger.store.reader import Parameters, Writer


def insert(writer: Writer, table: str, rows: Sequence[Parameters], *, keep: bool = False) -> None:
    """Write new rows (column → value, all with the same columns) into a table; `keep` what is there already."""
    if rows:
        names = ", ".join(f'"{name}"' for name in rows[0])
        values = ", ".join(f":{name}" for name in rows[0])
        there = " ON CONFLICT DO NOTHING" if keep else ""
        writer.execute_many(f"INSERT INTO {table} ({names}) VALUES ({values}){there}", rows)


def update_tasks(writer: Writer, before: Mapping[int, dict[str, Any]], tasks: Mapping[int, Task]) -> None:
    """Write of each task what has changed since `before`: the indexes on all else are then left alone."""
    alike: dict[tuple[str, ...], list[Parameters]] = {}
    for task_id, was in before.items():
        row = queries.task_row(tasks[task_id])
        changed = {name: value for name, value in row.items() if value != was[name]}
        if changed:
            alike.setdefault(tuple(changed), []).append({"of_task": task_id, **changed})
    for names, rows in alike.items():
        values = ", ".join(f'"{name}" = :{name}' for name in names)
        writer.execute_many(f"UPDATE task SET {values} WHERE id = :of_task", rows)


def restate(writer: Writer, balances: Mapping[int, Sequence[Entry]]) -> list[Task]:
    """Bring tasks' projections to what their entries in force say (task → entries); a task without any is gone.

    Gives back those that remain. Raises `Refused` when the entries do not replay.
    """
    rebuilt = [rebuild(entries) for entries in balances.values() if entries]
    gone = [{"of_task": task_id} for task_id in balances]
    writer.execute_many("DELETE FROM task WHERE id = :of_task", gone)
    writer.execute_many("DELETE FROM span WHERE task = :of_task", gone)
    insert_tasks(writer, rebuilt)
    return [task for task, _ in rebuilt]


def insert_tasks(writer: Writer, rebuilt: Sequence[tuple[Task, Iterable[Span]]]) -> None:
    """Write tasks and their spans as they were replayed."""
    insert(writer, "task", [queries.task_row(task) for task, _ in rebuilt])
    insert(writer, "span", [span._asdict() for _, spans in rebuilt for span in spans])


def year_and_number(code: str) -> tuple[int | None, int | None]:
    """The year and the number of a code of the default form; of any other none."""
    head, _, tail = code.partition("-")
    standard = len(head) == 4 and len(tail) in range(3, 10) and code.isascii() and (head + tail).isdigit()
    return (int(head), int(tail)) if standard else (None, None)


def code_row(code: str) -> dict[str, Any]:
    """A code as it is registered."""
    year, number = year_and_number(code)
    return {"code": code, "year": year, "number": number}


def post_setting(writer: Writer, name: str, value: Any) -> None:
    """Bring a setting to this value; None removes it."""
    writer.execute("DELETE FROM setting WHERE name = :name", {"name": name})
    if value is not None:
        insert(writer, "setting", [{"name": name, "value": encode(value)}])


def post_series(writer: Writer, number: int, definition: dict[str, Any] | None) -> None:
    """Bring a series to this definition; None removes it. Of a new one nothing has been opened yet."""
    this = {"number": number}
    if definition is None:
        writer.execute("DELETE FROM series WHERE id = :number", this)
        return
    text = encode(definition)
    if not writer.execute("UPDATE series SET definition = :text WHERE id = :number", this | {"text": text}):
        insert(writer, "series", [{"id": number, "definition": text, "next_on": date.min}])


def open_from(writer: Writer, number: int, day: date | None) -> None:
    """Set the day from which a series' periods have yet to be opened; None when there are no more."""
    writer.execute("UPDATE series SET next_on = :day WHERE id = :number", {"day": day, "number": number})
