"""What leaders said of tasks in a period (批示、点评)."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.model.task import Task
from ledger.reports.columns import column
from ledger.reports.report import Column, Row, Section
from ledger.store import queries
from ledger.store.conditions import IS_EVENT
from ledger.store.counts import Scope
from ledger.store.queries import IN_FORCE, day_of
from ledger.store.reader import Reader

_SAID = f"""e.{IS_EVENT} AND e.action = 'remark' AND e."on" BETWEEN :first AND :last AND {IN_FORCE}"""
_REMARKS = f"""
SELECT e.task, e."on", e.note, e.changes FROM entry e JOIN task t ON t.id = e.task WHERE {_SAID}{{scope}}
ORDER BY e."on", e.seq
"""
_TASKS = f"WHERE t.id IN (SELECT e.task FROM entry e WHERE {_SAID}){{scope}}"
_COLUMNS = (
    Column("日期", "date", "on"),
    Column("领导", "name", "who"),
    Column("批示", name="remark"),
    column("code", "code"),
    column("title"),
    column("unit", "name"),
)


class Remark(NamedTuple):
    """`who` said `text` of a task; `tone` is praise or criticism (表扬、批评), None where it is neither."""

    task: Task
    on: date
    text: str
    who: str
    tone: str | None

    @property
    def words(self) -> str:
        """批示：张某（批评）：…, as it stands beside the task in a document."""
        return f"批示：{self.who}{f'（{self.tone}）' if self.tone else ''}：{self.text.rstrip('。')}。"


def remarks_of(reader: Reader, first: date, last: date, scope: Scope) -> list[Remark]:
    """What was said in these days, by day."""
    named = {"first": first, "last": last, **scope.parameters}
    if not (found := reader.rows(_REMARKS.format(scope=scope.sql), named)):
        return []
    tasks = {task.id: task for task in queries.tasks(reader, _TASKS.format(scope=scope.sql), named)}
    return [Remark(tasks[number], day_of(on), text or "", *_stated(changes)) for number, on, text, changes in found]


def _stated(changes: str) -> tuple[str, str | None]:
    stated = json.loads(changes)
    return stated["who"][1], stated.get("tone", (None, None))[1]


def remarks_section(found: Sequence[Remark]) -> Section:
    rows: list[Row] = [
        (one.on, f"{one.who}({one.tone})" if one.tone else one.who, one.text, task.code, task.title, task.unit)
        for one in found
        for task in (one.task,)
    ]
    return Section("领导批示", _COLUMNS, rows, name="remarks", count=len(rows))


def remark_object(one: Remark, of_task: Callable[[Task], dict[str, Any]]) -> dict[str, Any]:
    return {"task": of_task(one.task), "text": one.text, "who": one.who, "tone": one.tone, "on": one.on}
