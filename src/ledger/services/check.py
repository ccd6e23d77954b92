"""The ledger's own check: the chain of seals, and the projections against a replay of the journal.

Each finding is one line of Chinese; a sound ledger gives none.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from ledger.base.errors import Refused, StoreUnusable
from ledger.base.text import visible
from ledger.model.entry import Entry, broken_seals
from ledger.model.replay import Span, rebuild
from ledger.model.rules import LABELS as RULE_LABELS
from ledger.model.task import COLUMNS, LABELS, Task
from ledger.store import past, queries, schedule
from ledger.store.reader import Reader

RANGE = 5000
"""Tasks compared at a time: what keeps the memory flat."""

Findings = Iterator[str]


def check(reader: Reader) -> Findings:
    """Every difference between what is stored and what the journal says."""
    for part in (_seals, _file, _settings, _tasks, _codes):
        try:
            yield from part(reader)
        except StoreUnusable as error:
            yield error.what


def _seals(reader: Reader) -> Findings:
    return (f"第{seq}号记录:{what}" for seq, what in broken_seals(queries.sealed(reader)))


def _file(reader: Reader) -> Findings:
    """SQLite's own check sees a torn file, and an index that says otherwise than its table (lists and figures are
    answered from it); the triggers keep the journal appended only."""
    if reader.location.path is None:
        kept, named = ["entry_appended_only"], "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    else:
        kept, named = ["entry_no_delete", "entry_no_update"], "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (finding,) in reader.rows("PRAGMA integrity_check(20)"):
            if finding != "ok":
                yield f"文件结构:{finding}"
    found = {name for (name,) in reader.rows(named)}
    yield from (f"缺少保护记录的触发器 {name}" for name in kept if name not in found)


def _settings(reader: Reader) -> Findings:
    expected = past.replay_settings(_readable(queries.entries(reader, f"e.task IS NULL AND {queries.IN_FORCE}")))
    stored = queries.settings(reader) | {series.name: series.definition() for series in schedule.all_series(reader)}
    for name in sorted(expected.keys() | stored.keys()):
        if expected.get(name) != stored.get(name):
            label = RULE_LABELS.get(name, name)
            yield f"设置“{label}”存为 {_shown(stored.get(name))},按记录应为 {_shown(expected.get(name))}"


def _readable(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries up to the first that cannot be read: the seals have named it already."""
    try:
        yield from entries
    except ValueError:
        return


def _tasks(reader: Reader) -> Findings:
    """By the numbers that there are, whatever they are: what was tampered with may say any, or a text."""
    for bounds in _ranges(reader):
        yield from _range(reader, bounds)


def _ranges(reader: Reader) -> Iterator[dict[str, Any]]:
    """The first and the last of each so many numbers that name a task in any table."""
    beyond, last = "IS NOT NULL", None
    while True:
        parts = (
            f"SELECT n FROM (SELECT DISTINCT {name} AS n FROM {table} WHERE {name} {beyond} ORDER BY n LIMIT {RANGE}) s"
            for table, name in (("task", "id"), ("entry", "task"), ("span", "task"))
        )
        found = reader.rows(f"{' UNION '.join(parts)} ORDER BY 1 LIMIT {RANGE}", {} if last is None else {"last": last})
        if not found:
            return
        ((first,), (last,)) = found[0], found[-1]
        yield {"first": first, "last": last}
        beyond = "> :last"


def _range(reader: Reader, bounds: dict[str, Any]) -> Findings:
    between = "BETWEEN :first AND :last"
    tasks = {task.id: task for task in queries.tasks(reader, f"WHERE t.id {between}", bounds)}
    spans = {key: list(group) for key, group in groupby(queries.spans(reader, f"task {between}", bounds), _task_of)}
    for task_id, rows in groupby(queries.rows_in_force(reader, **bounds), lambda row: row[1]):
        try:
            task, expected = rebuild(map(queries.entry_of, rows))
        except (Refused, ValueError, TypeError, LookupError, AttributeError) as error:
            tasks.pop(task_id, None)
            spans.pop(task_id, None)
            yield f"第{task_id}号事项的记录读不通:{error}"
            continue
        yield from _compare(tasks.pop(task_id, None), task)
        if spans.pop(task_id, []) != expected:
            yield f"事项 {visible(task.code)} 的状态经过与记录不符"
    yield from (f"事项 {visible(task.code)} 没有登记记录" for task in tasks.values())
    yield from (f"第{task_id}号事项有状态经过而没有登记记录" for task_id in spans)


def _task_of(span: Span) -> int:
    return span.task


def _compare(stored: Task | None, expected: Task) -> Findings:
    if stored is None:
        yield f"事项 {visible(expected.code)} 有记录而不在台账上"
        return
    if stored == expected:
        return
    for name in COLUMNS:
        attribute = "with_units" if name == "with" else name
        was, should = getattr(stored, attribute), getattr(expected, attribute)
        if was != should:
            label = LABELS.get(name, name)
            yield f"事项 {visible(expected.code)} 的“{label}”存为 {_shown(was)},按记录应为 {_shown(should)}"


def _shown(value: Any) -> str:
    return visible("空" if value is None else str(value))


def _codes(reader: Reader) -> Findings:
    """Every code ever given is registered, so that it is never given again."""
    registered = {code for (code,) in reader.rows("SELECT code FROM code")}
    pattern = {"code": '%"code":%'}
    for seq, changes in reader.stream("SELECT e.seq, e.changes FROM entry e WHERE e.changes LIKE :code", pattern):
        try:
            code = json.loads(changes)["code"][1]
        except (ValueError, LookupError, TypeError):
            continue
        if code not in registered:
            yield f"第{seq}号记录的编号 {visible(str(code))} 没有登记在册"
