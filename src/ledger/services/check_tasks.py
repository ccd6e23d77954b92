"""The part of the ledger's check that goes through the tasks: each as it is stored, against a replay of its entries.

By the numbers that there are, whatever they are: what was tampered with may say any, or a text.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from ledger.base.errors import LedgerError
from ledger.base.text import visible
from ledger.model.entry import Entry
from ledger.model.entry_rules import nonsense
from ledger.model.fields import LABELS
from ledger.model.replay import rebuild
from ledger.model.soundness import NONSENSE
from ledger.model.task import COLUMNS
from ledger.store import queries
from ledger.store.reader import Reader, Row
from ledger.store.rows import year_and_number
from ledger.store.spans import span_rows, stored_span

RANGE = 5000
"""Tasks compared at a time: what keeps the memory flat."""

Findings = Iterator[str]
Bounds = dict[str, Any]

_of_step = lru_cache(256)(json.loads)
_LONGEST_STEP = 64
"""Characters of what a step changes: most entries are steps, and alike. What is longer is like nothing else."""


def _loads(changes: str) -> Any:
    return _of_step(changes) if len(changes) <= _LONGEST_STEP else json.loads(changes)


def read(row: Row) -> Entry | str:
    """An entry; or a finding where it makes no sense, or cannot be read at all."""
    try:
        entry = queries.entry_of(row, _loads)
    except NONSENSE:
        return f"第{row[0]}号记录:有读不懂的值"
    wrong = nonsense(entry)
    return f"第{row[0]}号记录:{visible(wrong)}" if wrong else entry


def shown(value: Any) -> str:
    return visible("空" if value is None else str(value))[:100]


def ranges(reader: Reader) -> Iterator[Bounds]:
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


def of_range(reader: Reader, bounds: Bounds, given: set[str]) -> Findings:
    """The findings of these tasks; `given` comes to hold the codes that their entries gave."""
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
            found = read(row)
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


def of_codes(reader: Reader, given: set[str]) -> Findings:
    """The register of codes against those that entries gave."""
    registered = {code: number for code, *number in reader.rows("SELECT code, year, number FROM code")}
    yield from (f"编号 {shown(code)} 给出过,却没有登记在册" for code in sorted(given - registered.keys()))
    yield from (f"编号 {shown(code)} 登记在册,却从未给出" for code in sorted(registered.keys() - given, key=str))
    for code, number in registered.items():
        if code in given and tuple(number) != year_and_number(code):
            yield f"编号 {shown(code)} 的年份和顺序号存得不对"


def of_parts(reader: Reader) -> Findings:
    """Wholes against their parts."""
    if queries.are_divided(reader):
        from ledger.store.families import unsound

        yield from unsound(reader)


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
        yield f"事项 {shown(stored[1])} 没有登记记录"
    if passed:
        yield f"第{shown(number)}号事项有状态经过而没有登记记录"


def _compared(code: str, stored: Row, wanted: Row) -> Findings:
    for name, was, now in zip(COLUMNS, stored, wanted, strict=True):
        if was != now:
            yield f"事项 {visible(code)} 的“{LABELS.get(name, name)}”存为 {shown(was)},按记录应为 {shown(now)}"


def _compared_spans(code: str, stored: list[Row], wanted: list[Row]) -> Findings:
    found, should = ({row[0]: row for row in rows} for rows in (stored, wanted))
    for seq in sorted(found.keys() | should.keys(), key=lambda seq: (str(type(seq)), seq)):
        if found.get(seq) != should.get(seq):
            was, now = ("空" if one is None else _passed(*one) for one in (found.get(seq), should.get(seq)))
            yield f"事项 {visible(code)} 的状态经过与记录不符:第{shown(seq)}号存为 {was},按记录应为 {now}"


def _passed(seq: Any, task: Any, status: Any, came_from: Any, since: Any, until: Any, judged_on: Any) -> str:
    return visible(f"{status} {since} 至 {until}(自 {came_from or '登记'},以 {judged_on} 计)")
