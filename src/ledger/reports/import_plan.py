"""What an import would do, for the clerk to look over before it is done."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.model.actions import ACTION_WORDS
from ledger.model.fields import label_of
from ledger.model.rules import Rules
from ledger.model.task import STATUS_WORDS, Task, task_object
from ledger.reports.columns import column
from ledger.reports.conversions import Conversion, conversion_section
from ledger.reports.entry_words import words_of
from ledger.reports.present import moment_of
from ledger.reports.report import Column, Line, Report, Section
from ledger.reports.units_read import UnitsRead, units_object, units_section


class ChangedField(NamedTuple):
    """A field of a task that the sheet states otherwise: where, the task, and the field by column name; `action` is
    what the difference becomes, values as `changes` of an entry keeps them."""

    where: str
    code: str
    title: str
    action: str
    field: str
    before: Any
    after: Any


class ImportPlan(NamedTuple):
    """`new` are the tasks that would be registered, each with where its row stands; `refused` are (where, what is
    wrong, the next step); `changed` counts tasks, `same` those without a difference. `updates` tells whether the
    changes would be made; `units` are cells of units to look over and `deadlines` those of deadlines in words, `left`
    what an update does not take, because the ledger was changed since or an earlier row says otherwise."""

    new: list[tuple[str, Task]]
    changes: list[ChangedField]
    refused: list[tuple[str, str, str]]
    changed: int
    same: int
    updates: bool
    units: Sequence[UnitsRead] = ()
    left: Sequence[ChangedField] = ()
    remarks: Sequence[str] = ()
    deadlines: Sequence[Conversion] = ()


_WHERE = Column("位置", "code")
_NEW = (
    _WHERE,
    column("code", "code"),
    column("title"),
    column("unit", "name"),
    column("due_text", "name"),
    column("due_on", "date"),
    column("status", "name"),
)
_CHANGED = (
    _WHERE,
    column("code", "code"),
    column("title"),
    Column("办理", "code"),
    Column("字段", "code"),
    Column("原为", "name"),
    Column("改为", "name"),
)
_LEFT = (*_CHANGED[:3], Column("字段", "code"), Column("台账为", "name"), Column("表中为", "name"))
_REFUSED = (_WHERE, Column("原因"))


def plan_report(plan: ImportPlan, today: date, rules: Rules) -> Report:
    """New, changed field by field, and refused, a section each; of what is the same the count."""
    counts: Line = (
        ("新登记", len(plan.new), "件"),
        ("有变化", plan.changed, "件"),
        ("相同", plan.same, "件"),
        ("不能导入", len(plan.refused), "处"),
    )
    if plan.left:
        counts = (*counts, ("不按表改动", len(plan.left), "处"))
    summary: list[Line] = [counts, (("以上为试算,没有写入台账",),)]
    if plan.changed and not plan.updates:
        summary.append((("有变化的要加 --update 才会按表更新",),))
    new = [
        (where, task.code, task.title, task.unit, task.due_text, task.due_on, _standing(task))
        for where, task in plan.new
    ]
    changes = [
        (one.where, one.code, one.title, ACTION_WORDS[one.action], label_of(one.field),
         words_of(one.field, one.before), words_of(one.field, one.after))
        for one in plan.changes
    ]  # fmt: skip
    left = [
        (one.where, one.code, one.title, label_of(one.field),
         words_of(one.field, one.before), words_of(one.field, one.after))
        for one in plan.left
    ]  # fmt: skip
    refused = [(where, ";".join(filter(None, (what, hint)))) for where, what, hint in plan.refused]
    sections = [
        Section("新登记", _NEW, [*new], count=len(new)),
        Section("有变化", _CHANGED, [*changes], count=plan.changed),
        Section("不能导入", _REFUSED, [*refused], count=len(refused)),
        *([Section("不按表改动", _LEFT, [*left], count=len(left))] if left else []),
        *([conversion_section(plan.deadlines, "时限换算")] if plan.deadlines else []),
        *([Section("提示", (Column("内容"),), [(one,) for one in plan.remarks])] if plan.remarks else []),
        *([units_section(plan.units)] if plan.units else []),
    ]
    return Report("导入试算", rules.name, moment_of(today, None), today, "", tuple(summary), sections)


def _standing(task: Task) -> str:
    return STATUS_WORDS[task.status] if task.series is None else f"循环任务{task.series}"


def plan_object(plan: ImportPlan, today: date, rules: Rules) -> dict[str, Any]:
    """The plan as JSON: `new` task objects, `changed` and `left` a field each, `refused`, how many are the same."""
    return {
        "new": [{"where": where} | task_object(task, today, rules.thresholds) for where, task in plan.new],
        "changed": [one._asdict() for one in plan.changes],
        "left": [one._asdict() for one in plan.left],
        "refused": [{"where": where, "error": what, "hint": hint} for where, what, hint in plan.refused],
        "remarks": list(plan.remarks),
        "same": plan.same,
        "updates": plan.updates,
        "units": units_object(plan.units),
        "deadlines": [one._asdict() for one in plan.deadlines],
    }
