"""What is read of tasks, entries and settings: one SQL text each, for SQLite and PostgreSQL alike."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from ledger.base.errors import NotFound
from ledger.base.text import clip
from ledger.model.actions import IMPORT
from ledger.model.entry import Entry, encode
from ledger.model.fields import BY_NAME, Kind, named
from ledger.model.quota import quota_of
from ledger.model.rules import UNSET, Rules, label_of, rules_of
from ledger.model.task import COLUMNS, Problem, Task
from ledger.store import faults
from ledger.store.reader import Reader, Row

TASK_COLUMNS = ", ".join(f't."{name}"' for name in COLUMNS)
_DAYS, _FLAGS = (tuple(map(COLUMNS.index, named(kind))) for kind in (Kind.DAY, Kind.FLAG))
_values = attrgetter(*(BY_NAME[name].attribute for name in COLUMNS))
_NAMED = tuple(map(COLUMNS.index, ("code", "title", "unit", "status")))
"""What every task is called by: SQLite would keep anything in a column of texts."""
_WITH, _TAGS, _OWN, _PROBLEMS, _QUOTA = map(COLUMNS.index, ("with", "tags", "own", "problems", "quota"))

ENTRY_COLUMNS = ", ".join(f'e."{name}"' for name in Entry._fields)
_VOIDED = "EXISTS (SELECT 1 FROM entry v WHERE v.voids = e.seq)"
IN_FORCE = f"e.action <> 'void' AND NOT {_VOIDED}"
"""A voided entry counts nowhere, as if it had not been made."""


class LoggedEntry(NamedTuple):
    """An entry as `log` shows it: with the code of its task, the seq of the entry that voids it, and the name of the
    file that it was imported from."""

    entry: Entry
    code: str | None
    voided_by: int | None
    source: str | None = None


@contextmanager
def readable(reader: Reader) -> Iterator[None]:
    """What makes no sense in a store, written by another hand than this program's, is told as its damage."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise faults.damaged(reader.location, str(error)[:100]) from error


def day_of(value: Any) -> Any:
    """A day out of the store: ISO text on SQLite, a `date` on PostgreSQL; None stays None."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(value)


def task_of(row: Row) -> Task:
    """A row of `TASK_COLUMNS` as a task. Raises `ValueError` when it cannot be read."""
    values = list(row)
    for index in _DAYS:
        if values[index] is not None:
            values[index] = day_of(values[index])
    for index in _FLAGS:
        values[index] = bool(values[index])
    values[_WITH] = () if values[_WITH] == "[]" else tuple(json.loads(values[_WITH]))
    values[_TAGS] = () if values[_TAGS] == "[]" else tuple(json.loads(values[_TAGS]))
    values[_OWN] = {} if values[_OWN] == "{}" else dict(json.loads(values[_OWN]))
    values[_PROBLEMS] = tuple(
        Problem(seq, text, day_of(since), day_of(until)) for seq, text, since, until in json.loads(values[_PROBLEMS])
    )
    if values[_QUOTA] is not None:
        quota_of(values[_QUOTA])
    if not all(type(values[index]) is str for index in _NAMED):
        raise ValueError("文字栏里不是文字")
    return Task(*values)


def task_rows(reader: Reader, rest: str, parameters: Mapping[str, Any] = {}) -> Iterator[Row]:
    """Rows of `TASK_COLUMNS` as they are stored, days and flags as SQLite has them."""
    rows = reader.stream(f"SELECT {TASK_COLUMNS} FROM task t {rest}", parameters)
    return rows if reader.location.path is not None else map(_plain, map(list, rows))


def _plain(values: list[Any]) -> Row:
    for index in _DAYS:
        if values[index] is not None:
            values[index] = values[index].isoformat()
    return tuple(values)


def tasks(reader: Reader, rest: str, parameters: Mapping[str, Any] = {}) -> list[Task]:
    """The tasks that `rest` (joins, WHERE, ORDER BY on `task t`) selects."""
    with readable(reader):
        return [task_of(row) for row in reader.stream(f"SELECT {TASK_COLUMNS} FROM task t {rest}", parameters)]


def are_divided(reader: Reader) -> bool:
    """Whether any task has parts (分解): what follows of them is `store.families`, which few ledgers need."""
    return bool(reader.rows("SELECT 1 FROM task t WHERE t.part_of IS NOT NULL LIMIT 1"))


def task_numbered(reader: Reader, number: int) -> Task:
    """The task of this number. Raises `NotFound`."""
    for task in tasks(reader, "WHERE t.id = :id", {"id": number}) if 0 < number < 10**9 else ():
        return task
    raise NotFound(f"没有序号为 {clip(str(number), 30)} 的事项", "用 ledger list --status all 查看全部事项")


def rules(reader: Reader) -> Rules:
    """The ledger's settings in force. Raises `StoreUnusable` when one cannot be read."""
    return rules_from(reader, settings(reader))


def rules_from(reader: Reader, stored: Mapping[str, Any]) -> Rules:
    """The rules that settings make. Raises `StoreUnusable` when one is none of its kind."""
    with readable(reader):
        rules = rules_of(stored)
        for (name, usual), value in zip(Rules()._asdict().items(), rules, strict=True):
            if type(value) not in (type(usual), UNSET.get(name)):
                raise ValueError(f"设置“{label_of(name)}”的值不对")
        return rules


def settings(reader: Reader) -> dict[str, Any]:
    """The stored settings, name → value. Raises `StoreUnusable` when one cannot be read."""
    with readable(reader):
        return {name: json.loads(value) for name, value in reader.rows("SELECT name, value FROM setting")}


def units(reader: Reader, order: tuple[str, ...]) -> list[str]:
    """Every unit that leads any task: those of the office's order first, the rest by their first task."""
    led = _distinct(reader, "unit")
    return [unit for unit in order if unit in led] + [unit for unit in led if unit not in order]


def activities(reader: Reader) -> list[str | None]:
    """Every activity of any task, by first task; None last where there are tasks without one."""
    named: list[str | None] = list(_distinct(reader, "activity"))
    bare = reader.rows("SELECT 1 FROM task t WHERE t.activity IS NULL LIMIT 1")
    return [*named, None] if bare else named


def _distinct(reader: Reader, column: str) -> list[str]:
    """The values of an indexed column by the first task that has them, without visiting every row."""
    following = f"SELECT min(t.{column}) FROM task t WHERE t.{column} > seen.name"
    found = reader.rows(
        f"WITH RECURSIVE seen(name) AS (SELECT min({column}) FROM task "
        f"UNION ALL SELECT ({following}) FROM seen WHERE seen.name IS NOT NULL) "
        f"SELECT name, (SELECT min(t.id) FROM task t WHERE t.{column} = seen.name) FROM seen WHERE name IS NOT NULL"
    )
    return [name for name, _ in sorted(found, key=lambda row: row[1])]


def entry_of(row: Row, read: Callable[[str], Any] = json.loads) -> Entry:
    """A row of `ENTRY_COLUMNS` (what follows them is passed over) as an entry; `read` takes the text of its changes."""
    seq, task, action, on, recorded_at, actor, account, note, changes, voids, command, seal, *_ = row
    return Entry(seq, task, action, day_of(on), recorded_at, actor, account, note, read(changes), voids, command, seal)


def entries(reader: Reader, where: str = "1 = 1", parameters: Mapping[str, Any] = {}) -> Iterator[Entry]:
    """Entries in the order of recording."""
    return map(entry_of, reader.stream(f"SELECT {ENTRY_COLUMNS} FROM entry e WHERE {where} ORDER BY e.seq", parameters))


def said(reader: Reader, task_ids: Sequence[int]) -> dict[int, set[tuple[bool, str]]]:
    """Task → what its entries in force say of it, each with whether it was said as a problem."""
    found: dict[int, set[tuple[bool, str]]] = {}
    if not task_ids:
        return found
    ids = ", ".join(str(int(task_id)) for task_id in task_ids)
    rows = reader.rows(
        f"SELECT e.task, e.changes, e.note FROM entry e WHERE e.task IN ({ids}) AND e.note IS NOT NULL AND {IN_FORCE}"
    )
    for task, changes, note in rows:
        raised = json.loads(changes).get("problem", (None, None))[1] is not None
        found.setdefault(task, set()).add((raised, note))
    return found


def entries_by_task(
    reader: Reader, task_ids: Sequence[int], after: date | None = None
) -> Iterator[tuple[int, list[Entry]]]:
    """Per task its entries in force, in the order of recording; `after` a business day only tasks that have some."""
    for start in range(0, len(task_ids), 500):
        ids = ", ".join(str(int(task_id)) for task_id in task_ids[start : start + 500])
        if after is not None:
            ids = f'SELECT x.task FROM entry x WHERE x.task IN ({ids}) AND x."on" > :day'
        sql = f"SELECT {ENTRY_COLUMNS} FROM entry e WHERE e.task IN ({ids}) AND {IN_FORCE} ORDER BY e.task, e.seq"
        found = reader.rows(sql, {} if after is None else {"day": after})
        for task_id, group in groupby(map(entry_of, found), key=lambda entry: entry.task):
            assert task_id is not None
            yield task_id, list(group)


def rows_in_force(reader: Reader, first: int, last: int) -> list[Row]:
    """Rows of `ENTRY_COLUMNS`, in force, of the tasks numbered `first` to `last`, by task and in order of recording."""
    return reader.rows(
        f"SELECT {ENTRY_COLUMNS} FROM entry e WHERE e.task BETWEEN :first AND :last AND {IN_FORCE} "
        "ORDER BY e.task, e.seq",
        {"first": first, "last": last},
    )


def rows_with_voided(reader: Reader, where: str, parameters: Mapping[str, Any] = {}) -> list[Row]:
    """Rows of `ENTRY_COLUMNS`, each with whether it was voided, by task and in the order of recording."""
    sql = f"SELECT {ENTRY_COLUMNS}, {_VOIDED} FROM entry e WHERE {where} ORDER BY e.task, e.seq"
    return reader.rows(sql, parameters)


def logged(reader: Reader, where: str, parameters: Mapping[str, Any], limit: int | None = None) -> list[LoggedEntry]:
    """Entries as `log` shows them, in the order of recording; with `limit` the latest so many.

    The code of a task whose registration was voided is the one it was registered under.
    """
    last = "" if limit is None else f" LIMIT {min(limit, 10**9)}"
    rows = reader.rows(
        f"SELECT {ENTRY_COLUMNS}, (SELECT t.code FROM task t WHERE t.id = e.task), "
        "(SELECT v.seq FROM entry v WHERE v.voids = e.seq) "
        f"FROM entry e WHERE {where} ORDER BY e.seq DESC{last}",
        parameters,
    )
    cited = _cited(reader, min((row[10] for row in rows), default=0))
    return [_logged(reader, row, cited) for row in reversed(rows)]


def _cited(reader: Reader, first: int) -> dict[int, list[tuple[int, str]]]:
    """Command → the files that it imported, each with the seq of the entry that names it, of the entries from `first`
    on; they are found among the few entries of no task."""
    where, found = "e.task IS NULL AND e.action = :action AND e.seq >= :first", dict[int, list[tuple[int, str]]]()
    for entry in entries(reader, where, {"action": IMPORT, "first": first}):
        found.setdefault(entry.command, []).append((entry.seq, entry.changes["file"][1]))
    return found


def _logged(reader: Reader, row: Row, cited: Mapping[int, list[tuple[int, str]]]) -> LoggedEntry:
    entry, code = entry_of(row[:12]), row[12]
    if code is None and entry.task is not None:
        ((first,),) = reader.rows(
            "SELECT e.changes FROM entry e WHERE e.task = :task ORDER BY e.seq LIMIT 1", {"task": entry.task}
        )
        code = json.loads(first)["code"][1]
    cites = [] if entry.action == IMPORT else cited.get(entry.command, [])
    source = next((file for seq, file in reversed(cites) if seq < entry.seq), None)
    return LoggedEntry(entry, code, row[13], source)


def stored_row(task: Task) -> Row:
    """A task as one of `task_rows`."""
    return _plain(_stored(task))


def task_row(task: Task) -> dict[str, Any]:
    """A task as a row of its table, column → value, days still `date`; the reverse of `task_of`."""
    return dict(zip(COLUMNS, _stored(task), strict=True))


def _stored(task: Task) -> list[Any]:
    values = list(_values(task))
    values[_WITH] = encode(task.with_units) if task.with_units else "[]"
    values[_TAGS] = encode(task.tags) if task.tags else "[]"
    values[_OWN] = encode(dict(sorted(task.own.items()))) if task.own else "{}"
    raised = [(seq, text, since.isoformat(), until and until.isoformat()) for seq, text, since, until in task.problems]
    values[_PROBLEMS] = encode(raised) if raised else "[]"
    return values


_NAMING = """WHERE t.unit = :name OR t."with" LIKE :listed ESCAPE '!'"""


def tasks_naming(reader: Reader, unit: str) -> list[Task]:
    """The tasks that a unit leads or assists."""
    found = tasks(reader, _NAMING, {"name": unit, "listed": like(encode(unit))})
    return [task for task in found if unit in (task.unit, *task.with_units)]  # LIKE knows no case on SQLite


def tasks_from(reader: Reader, origins: Iterable[str]) -> list[Task]:
    """The tasks that came from these (`origin`: a unit, the code of a task), in the order of registration."""
    named = {f"origin_{place}": origin for place, origin in enumerate(dict.fromkeys(origins))}
    where = f"WHERE t.origin IS NOT NULL AND t.origin IN ({', '.join(f':{name}' for name in named)}) ORDER BY t.id"
    return tasks(reader, where, named) if named else []


def like(text: str) -> str:
    """The LIKE pattern (ESCAPE '!') for columns that contain `text`."""
    for special in "!%_":
        text = text.replace(special, "!" + special)
    return f"%{text}%"
