"""The ledger's own check: the chain of seals, each entry and its place, the schema, and every projection against a
replay of the journal.

Each finding is one line of Chinese; a sound ledger gives none. Nothing is taken on trust, neither what a row says nor
which rows there are: tasks are gone through by the numbers that any table has.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from ledger.base.errors import LedgerError, StoreUnusable
from ledger.base.text import visible
from ledger.model.actions import ACTIONS
from ledger.model.entry import Entry, broken_seals
from ledger.model.entry_rules import Sequence, nonsense
from ledger.model.fields import LABELS
from ledger.model.replay import rebuild
from ledger.model.rules import label_of
from ledger.model.series import number_of
from ledger.model.soundness import NONSENSE, require_sound_settings
from ledger.model.task import COLUMNS
from ledger.store import expected, past, queries, schedule
from ledger.store.head import sealed
from ledger.store.reader import Reader, Row
from ledger.store.rows import year_and_number
from ledger.store.spans import span_rows, stored_span

RANGE = 5000
"""Tasks compared at a time: what keeps the memory flat."""

Findings = Iterator[str]

_of_step = lru_cache(256)(json.loads)
_LONGEST_STEP = 64
"""Characters of what a step changes: most entries are steps, and alike. What is longer is like nothing else."""


def _loads(changes: str) -> Any:
    return _of_step(changes) if len(changes) <= _LONGEST_STEP else json.loads(changes)


def check(reader: Reader) -> Findings:
    """Every difference between what is stored and what the journal says."""
    for part in (_seals, _places, _file, _settings, _tasks):
        try:
            yield from part(reader)
        except StoreUnusable as error:
            yield error.what


# --- the journal -----------------------------------------------------------------------------------------------------


def _seals(reader: Reader) -> Findings:
    if not reader.rows("SELECT 1 FROM entry LIMIT 1"):
        yield "台账没有任何记录"
    yield from (f"第{seq}号记录:{what}" for seq, what in broken_seals(sealed(reader)))


def _places(reader: Reader) -> Findings:
    order = Sequence()
    for row in reader.stream("SELECT seq, task, action, recorded_at, voids, command FROM entry ORDER BY seq"):
        if wrong := order.wrong(*row):
            yield f"第{row[0]}号记录:{wrong}"


def _read(row: Row) -> Entry | str:
    """An entry; or a finding where it makes no sense, or cannot be read at all."""
    try:
        entry = queries.entry_of(row, _loads)
    except NONSENSE:
        return f"第{row[0]}号记录:有读不懂的值"
    wrong = nonsense(entry)
    return f"第{row[0]}号记录:{visible(wrong)}" if wrong else entry


# --- the file --------------------------------------------------------------------------------------------------------


def _file(reader: Reader) -> Findings:
    """SQLite's own check sees a torn file, and an index that says otherwise than its table (lists and figures are
    answered from it); the triggers keep the journal appended only."""
    if reader.location.path is None:
        found = {name for (name,) in reader.rows("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")}
        if "entry_appended_only" not in found:
            yield "缺少保护记录的触发器 entry_appended_only"
        return
    for (finding,) in reader.rows("PRAGMA integrity_check(20)"):
        if finding != "ok":
            yield f"文件结构:{visible(str(finding))}"
    yield from _schema(reader)


def _schema(reader: Reader) -> Findings:
    wanted = expected.expected()
    kinds = {"trigger": "保护记录的触发器", "index": "索引", "table": "表", "view": "视图"}
    found = {name: (kind, sql) for kind, name, sql in reader.rows("SELECT type, name, sql FROM sqlite_master")}
    for name, sql in wanted.items():
        kind = kinds[sql.split()[1].lower().replace("unique", "index")]
        if name not in found:
            yield f"缺少{kind} {name}"
        elif expected.plain(found[name][1] or "") != sql:
            yield f"{kind} {name} 被改动过"
    for name, (kind, sql) in found.items():
        if name not in wanted and kind in ("trigger", "index") and sql is not None:
            yield f"多出{kinds[kind].removeprefix('保护记录的')} {visible(name)}"


# --- settings and series ---------------------------------------------------------------------------------------------


def _settings(reader: Reader) -> Findings:
    sound: list[Entry] = []
    readable = True
    for row in queries.rows_with_voided(reader, "e.task IS NULL"):
        found = _read(row)
        if isinstance(found, str):
            yield found
            readable = False
        elif ACTIONS[found.action].settles and not row[12]:
            sound.append(found)
    should = past.replay_settings(sound)
    stored, series = queries.settings(reader), _stored_series(reader)
    definitions = {f"series:{number}": definition for number, (definition, _) in series.items()}
    yield from _compared_settings(stored | definitions, should)
    if not readable:
        return
    try:
        rules = require_sound_settings(should)
        following = schedule.following(reader, should, rules)
    except NONSENSE as error:
        yield f"按记录得出的设置读不通:{visible(str(error))[:100]}"
        return
    for number, (_, next_on) in series.items():
        if f"series:{number}" in should and next_on != _text(following.get(number)):
            was, now = _shown(next_on), _shown(following.get(number))
            yield f"循环任务{number}下次开出的日期存为 {was},按记录应为 {now}"


def _stored_series(reader: Reader) -> dict[Any, tuple[Any, Any]]:
    """Number → definition and next day, as they are stored; of a definition that is no JSON its text."""
    found: dict[Any, tuple[Any, Any]] = {}
    for number, text, next_on in reader.rows("SELECT id, definition, next_on FROM series ORDER BY id"):
        try:
            definition = json.loads(text)
        except (ValueError, TypeError, RecursionError):
            definition = text
        found[number] = definition, _text(next_on)
    return found


def _text(day: Any) -> Any:
    """SQLite has days as texts, PostgreSQL as days."""
    return None if day is None else str(day)


def _compared_settings(stored: Mapping[str, Any], should: Mapping[str, Any]) -> Findings:
    for name in sorted(stored.keys() | should.keys(), key=str):
        was, now = stored.get(name), should.get(name)
        if was != now or type(was) is not type(now):
            yield f"设置“{visible(_label(name))}”存为 {_shown(was)},按记录应为 {_shown(now)}"


def _label(name: str) -> str:
    try:
        number_of(name)
    except ValueError:
        return name
    return label_of(name)


# --- tasks -----------------------------------------------------------------------------------------------------------


def _tasks(reader: Reader) -> Findings:
    """By the numbers that there are, whatever they are: what was tampered with may say any, or a text."""
    registered = {code: number for code, *number in reader.rows("SELECT code, year, number FROM code")}
    given: set[str] = set()
    for bounds in _ranges(reader):
        yield from _range(reader, bounds, given)
    yield from (f"编号 {_shown(code)} 给出过,却没有登记在册" for code in sorted(given - registered.keys()))
    yield from (f"编号 {_shown(code)} 登记在册,却从未给出" for code in sorted(registered.keys() - given, key=str))
    for code, number in registered.items():
        if code in given and tuple(number) != year_and_number(code):
            yield f"编号 {_shown(code)} 的年份和顺序号存得不对"


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


def _range(reader: Reader, bounds: dict[str, Any], given: set[str]) -> Findings:
    between = "BETWEEN :first AND :last"
    tasks = {row[0]: row for row in queries.task_rows(reader, f"WHERE t.id {between}", bounds)}
    found_spans = span_rows(reader, f"task {between}", bounds)
    spans = {number: list(group) for number, group in groupby(found_spans, itemgetter(1))}
    rows = queries.rows_with_voided(reader, f"e.task {between}", bounds)
    for number, group in groupby(rows, itemgetter(1)):
        stored, passed = tasks.pop(number, None), spans.pop(number, [])
        in_force: list[Entry] = []
        is_sound = True
        for row in group:
            found = _read(row)
            if isinstance(found, str):
                yield found
                is_sound = False
                continue
            if "code" in found.changes:
                given.add(found.changes["code"][1])
            if found.action != "void" and not row[12]:
                in_force.append(found)
        if is_sound and in_force:
            yield from _replayed(number, in_force, stored, passed)
        elif is_sound:
            yield from _unfounded(number, stored, passed)
    for number in dict.fromkeys((*tasks, *spans)):
        yield from _unfounded(number, tasks.get(number), spans.get(number, []))


def _replayed(number: Any, entries: Iterable[Entry], stored: Row | None, passed: list[Row]) -> Findings:
    try:
        task, replayed = rebuild(entries)
    except LedgerError as error:
        yield f"第{number}号事项的记录读不通:{visible(error.what)}{f'({error.where})' if error.where else ''}"
        return
    except NONSENSE as error:
        yield f"第{number}号事项的记录读不通:{visible(str(error))[:100]}"
        return
    wanted, spans = queries.stored_row(task), list(map(stored_span, replayed))
    if stored is None:
        yield f"事项 {visible(task.code)} 有记录而不在台账上"
    elif stored != wanted:
        yield from _compared(task.code, stored, wanted)
    if passed != spans:
        yield from _compared_spans(task.code, passed, spans)


def _unfounded(number: Any, stored: Row | None, passed: list[Row]) -> Findings:
    if stored is not None:
        yield f"事项 {_shown(stored[1])} 没有登记记录"
    if passed:
        yield f"第{_shown(number)}号事项有状态经过而没有登记记录"


def _compared(code: str, stored: Row, wanted: Row) -> Findings:
    for name, was, now in zip(COLUMNS, stored, wanted, strict=True):
        if was != now:
            yield f"事项 {visible(code)} 的“{LABELS.get(name, name)}”存为 {_shown(was)},按记录应为 {_shown(now)}"


def _compared_spans(code: str, stored: list[Row], wanted: list[Row]) -> Findings:
    found, should = ({row[0]: row for row in rows} for rows in (stored, wanted))
    for seq in sorted(found.keys() | should.keys(), key=lambda seq: (str(type(seq)), seq)):
        if found.get(seq) != should.get(seq):
            was, now = ("空" if one is None else _passed(*one) for one in (found.get(seq), should.get(seq)))
            yield f"事项 {visible(code)} 的状态经过与记录不符:第{_shown(seq)}号存为 {was},按记录应为 {now}"


def _passed(seq: Any, task: Any, status: Any, came_from: Any, since: Any, until: Any, judged_on: Any) -> str:
    return visible(f"{status} {since} 至 {until}(自 {came_from or '登记'},以 {judged_on} 计)")


def _shown(value: Any) -> str:
    return visible("空" if value is None else str(value))[:100]
