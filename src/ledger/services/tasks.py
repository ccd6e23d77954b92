"""What a clerk does to tasks: register, correct, report progress, extend. What moves them on is `steps`.

Every command takes its options by the long names that the command line and a batch share, as typed; it reads and checks
them, appends one entry to the journal and gives back the task. Raises `BadValue` for what cannot be read, `NotFound`,
and `Refused` for what the ledger's rules forbid.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ledger.base.errors import BadValue, Refused
from ledger.base.problem_words import says_no_problem
from ledger.base.text import quote
from ledger.model.actions import CRITICISM, PRAISE
from ledger.model.entry import Changes
from ledger.model.fields import LABELS
from ledger.model.lifecycle import require_status
from ledger.model.replay import change, rebuild
from ledger.model.rules import Rules, year_meant
from ledger.model.task import Task
from ledger.services import deadlines, dividing, limits, series
from ledger.services.evidence import attach
from ledger.services.fields import (
    RECURRING,
    UNTIL,
    Naming,
    Options,
    business_day,
    fields_of,
    missing,
    note_of,
    percent,
    required_text,
    task_named,
    with_tags,
)
from ledger.services.stated import stated
from ledger.store import queries
from ledger.store.journal import Journal


def add(journal: Journal, options: Options) -> Task:
    """Register a task (登记), with `part_of` a part of another one; `on` is the day it was given out, which may be to
    come."""
    if (whole := dividing.whole_named(journal, options)) is not None:
        options = dividing.taken_over(whole, options)
    for name in ("title", "unit"):
        if not options.get(name):
            raise missing(name, LABELS[name])
    if whole is None and "due" not in options and (usual := limits.usual(journal.rules, options.get("source"))):
        options = {**options, "due": usual[1]}
        journal.remark(f"没有写明时限,按“{usual[0]}”的规定时限 {usual[1]}")
    fields = fields_of(journal, with_tags(options, ()), journal.today)
    said = note_of(options, "note")
    recurring, until = fields.pop(RECURRING, None), fields.pop(UNTIL, None)
    if whole is not None and recurring is None:
        dividing.place(journal, whole, fields)
    fields.setdefault("assigned_on", journal.today)
    if recurring is not None:
        first = _begin_series(journal, options, fields, recurring, until, said)
        return first if first.feedback is None else _told_feedback(journal, first)
    _require_no_series(options, until)
    if fields.get("code") is None:
        fields["code"] = journal.codes.next(fields["assigned_on"].year)
    with Naming("code"):
        task = journal.add(fields, said)
    dividing.tell_beyond(journal, task)
    return task if task.feedback is None else _told_feedback(journal, task)


def _begin_series(
    journal: Journal, options: Options, fields: dict[str, Any], recurring: Any, until: date | None, said: str | None
) -> Task:
    if options.get("part_of"):
        raise BadValue("循环任务不能作分解事项", "请另行登记循环任务,或写明分解事项的确切时限")
    with Naming("due"):
        year = year_meant(journal.rules, options.get("year"))
        return series.begin(journal, fields, recurring, until, year, said, chained=bool(options.get("chained")))


def _require_no_series(options: Options, until: date | None) -> None:
    """Raises `BadValue` for what only recurring duties have."""
    if options.get("chained"):
        raise BadValue("--chained 只用于循环任务", "请用 --due 写明周期,如 每周五")
    if until is not None:
        raise BadValue("--until 只用于循环任务", "时限请用 --due 写明")


def _told_feedback(journal: Journal, task: Task, *, is_edit: bool = False) -> Task:
    """The task, after having told by when its next report is due."""
    from ledger.services.feedback import tell_next  # few tasks have a cycle: no other command pays for it

    tell_next(journal, task, is_edit=is_edit)
    return task


def register(journal: Journal, options: Options) -> list[Task]:
    """Register a task, the same once for each of the units of `each`, every one under a code of its own; with `parts`
    these are parts of the first. Where a group is named, each of its units is meant."""
    common = {name: value for name, value in options.items() if name not in ("each", "parts")}
    with Naming("each"):
        others = dividing.units_named(journal, options.get("each") or ())
    unit = str(options.get("unit") or "").strip()
    group, divides = dividing.group_meant(journal, unit), bool(options.get("parts"))
    opened = divides or dividing.is_opened(journal, group)
    members = [*others, *(group.units if group is not None and opened else ())]
    if (above := dividing.whole_named(journal, options)) is not None:
        if divides:
            raise BadValue("--parts 与 --part-of 不能同时使用", "分解只有两级:用 --part-of 的,各单位写在 --each 里")
        common["part_of"] = above.id
        return _add_to(journal, common, members if opened or not unit else [unit, *members])
    if not opened:
        return _add_to(journal, common, [unit, *others])
    dividing.require_units(members)
    whole = add(journal, common)
    parts = {name: value for name, value in common.items() if name != "code"} | {"part_of": whole.id}
    return [whole, *_add_to(journal, parts, members)]


def _add_to(journal: Journal, common: Options, units: Iterable[str]) -> list[Task]:
    """One task for each of the units, all else alike."""
    distinct = dict.fromkeys(units)
    if len(distinct) > 1 and common.get("code"):
        with Naming("each"):
            raise BadValue("编号不能几个单位共用", "分给几个单位的任务由程序编号,请去掉 --code")
    if not distinct:
        return [add(journal, common)]
    return [add(journal, {**common, "unit": unit} if unit else common) for unit in distinct]


def edit(journal: Journal, options: Options) -> Task:
    """Correct a task (修改): a mistake in its registration. A corrected deadline counts as no extension.

    Without a difference nothing is appended.
    """
    task = task_named(journal, options)
    if options.keys() <= {"task", "year"}:
        raise BadValue("没有写明改什么", "请用 --title、--owner、--due 等写明要改正的各项")
    fields = fields_of(journal, with_tags(options, task.tags), task.assigned_on)
    if fields.keys() & {RECURRING, UNTIL}:
        raise BadValue("循环的时限不能用在已登记的事项上", "循环任务请用 ledger series edit,或另行登记")
    changes = change(task, fields)
    note = note_of(options, "note")
    if not changes and note is None:
        journal.remark(f"事项 {task.code} 没有变化")
        return task
    code = task.code
    journal.post("edit", task, journal.today, note, changes)
    if "code" in changes:
        _tell_of_code(journal, code, task.code)
    if "feedback" in changes:
        _told_feedback(journal, task, is_edit=True)
    if "assigned_on" in changes:
        task_id = task.id
        for _, entries in journal.entries_in_force([task_id]):
            rebuild(entries)
        task = journal.task(task_id)
    if "due_on" in changes:
        dividing.tell_beyond(journal, task)
    return task


def _tell_of_code(journal: Journal, before: str, after: str) -> None:
    """What came from a task goes on naming it: by its new code."""
    journal.flush()
    for task in queries.tasks_from(journal.writer, [before]):
        journal.post("edit", journal.task(task.id), journal.today, None, {"origin": [before, after]})


def note(journal: Journal, options: Options) -> Task:
    """Tell progress (进展), raise a problem or resolve the open ones; as a `report` (反馈) that the unit owes, or what
    a leader says of it (批示). That there is none (无) is no problem."""
    task = task_named(journal, options)
    on = business_day(journal, options)
    text = required_text(options, "text", "进展内容")
    if any(options.get(name) for name in _REMARKING):
        return _remark(journal, task, on, text, options)
    changes: Changes = {}
    if options.get("progress") is not None:
        with Naming("progress"):
            changes["progress"] = [task.progress, percent(options["progress"])]
    if options.get("problem") and options.get("resolves"):
        raise BadValue("--problem 与 --resolves 不能同时使用", "请分两次登记")
    action = "report" if options.get("report") else "note"
    if options.get("problem") and says_no_problem(text):
        more = ";原有的问题已经解决的,请用 --resolves" if task.open_problems else ""
        journal.remark(f"事项 {task.code}:{quote(text)}是没有问题,不登记为问题{more}")
        return journal.post(action, task, on, None, changes) if changes or action == "report" else task
    if options.get("problem"):
        require_status(task, "problem")
        changes["problem"] = [None, text]
    if options.get("resolves"):
        if not task.open_problems:
            raise Refused(f"事项 {task.code} 没有未解决的问题", "只记进展请去掉 --resolves")
        texts = [problem.text for problem in task.open_problems]
        changes["problem"] = [texts, None]
        if len(texts) > 1:
            journal.remark(f"事项 {task.code} 的{len(texts)}个问题一并了结:{'、'.join(map(quote, texts))}")
    attach(journal, task, on, options.get("evidence", ()))
    return journal.post(action, task, on, None if action == "report" and _is_nil(text, changes) else text, changes)


def _is_nil(text: str, changes: Changes) -> bool:
    """Whether a report has nothing to tell (零报告), so that what was told last stands."""
    from ledger.services.feedback import says_nil  # only reports ask

    return "problem" not in changes and says_nil(text)


_REMARKING = ("remark", "praise", "criticism")


def _remark(journal: Journal, task: Task, on: date, text: str, options: Options) -> Task:
    """What a leader says of a task (批示、点评), praise or criticism where it is one."""
    if not options.get("remark"):
        raise BadValue("--praise、--criticism 只与 --remark 同用", "请用 --remark 写明是哪位领导的批示")
    if others := [name for name in ("progress", "problem", "resolves", "report") if options.get(name)]:
        raise BadValue(f"--remark 与 --{others[0]} 不能同时使用", "批示和进展请分两次登记")
    if options.get("praise") and options.get("criticism"):
        raise BadValue("--praise 与 --criticism 不能同时使用", "请分两次登记")
    tone = PRAISE if options.get("praise") else CRITICISM if options.get("criticism") else None
    attach(journal, task, on, options.get("evidence", ()))
    return journal.post("remark", task, on, text, stated("remark", {"who": options["remark"], "tone": tone}))


def extend(journal: Journal, options: Options) -> Task:
    """Extend the deadline (延期), with a reason and a new exact day; beyond what the office allows only where somebody
    approved of it."""
    task = task_named(journal, options)
    on = business_day(journal, options)
    reason = required_text(options, "reason", "延期理由")
    require_status(task, "extend")
    due_on, text = new_deadline(journal, options)
    with Naming("due"):
        if due_on == task.due_on:
            raise Refused(f"事项 {task.code} 的时限本来就是 {task.due_on}", "请核对新时限")
    approved = stated("extend", options)
    if not approved:
        _require_allowed(journal.rules, task, due_on)
    if task.due_on is not None and due_on < task.due_on:
        journal.remark(f"事项 {task.code} 的新时限 {due_on} 早于原来的 {task.due_on},请核对")
    changes = change(task, {"due_on": due_on, "due_text": text, "grace_days": 0})
    journal.post("extend", task, on, reason, changes | approved)
    if task.extensions > 1:
        journal.remark(f"事项 {task.code} 这是第{task.extensions}次延期,原定时限 {task.original_due_on or '没有'}")
    if task.extended_late:
        journal.remark(f"事项 {task.code} 过了时限才延期,销号时按期与否仍按 {task.binding_last_day} 计")
    dividing.tell_beyond(journal, task)
    return task


def new_deadline(journal: Journal, options: Options) -> tuple[date, str]:
    """The exact day that an extension is to, and how it was written. Raises `BadValue`."""
    on = business_day(journal, options)
    with Naming("due"):
        text, year = required_text(options, "due", "新时限"), year_meant(journal.rules, options.get("year"))
        deadline = deadlines.deadline(journal, text, year, on)
        if deadline.due_on is None or deadline.recurrence is not None:
            raise BadValue(f"新时限“{deadline.text}”没有确切日期", "延期须写明到哪一天")
    return deadline.due_on, deadline.text


def _require_allowed(rules: Rules, task: Task, due_on: date) -> None:
    """Raises `Refused` for one extension more, or for more days after the original deadline, than the office allows."""
    advice = f"经领导批准的,用 ledger extend {task.code} 加 --approved-by 批准人"
    if rules.extension_times is not None and task.extensions >= rules.extension_times:
        what = f"事项 {task.code} 已延期{task.extensions}次,本台账最多延{rules.extension_times}次"
        raise Refused(what, advice)
    if rules.extension_days is not None and task.original_due_on is not None:
        days = (due_on - task.original_due_on).days
        if days > rules.extension_days:
            what = f"事项 {task.code} 延到 {due_on} 比原定晚{days}天,本台账最多延{rules.extension_days}天"
            raise Refused(what, advice)
