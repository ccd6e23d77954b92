"""What a slip (督办单) says, field by field, and the list of those that were issued, with their receipts."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.dates.day import long_day
from ledger.model.entry import Entry
from ledger.model.rules import Rules
from ledger.model.slips import GIVING, SLIPS, URGING, Issued
from ledger.model.task import SLIP_WORDS, Task, task_object
from ledger.reports.columns import column
from ledger.reports.present import counted, moment_of
from ledger.reports.report import Column, Issue, Report, Row, Section
from ledger.store import lookup
from ledger.store.counts import Scope
from ledger.store.reader import Reader
from ledger.store.slips import slips, taken_back


class Paper(NamedTuple):
    """A slip to be printed: of the `task` as its `entries` in force had left it, for the last of them that the kind is
    for (`of`). `seq` is the entry of one that was issued before; `number` the 文号, that of a draft without its
    `nth`."""

    task: Task
    kind: str
    number: str
    nth: int | None
    of: Entry
    on: date
    entries: Sequence[Entry]
    seq: int | None = None


FIELDS = (
    *("单名", "文号", "草稿", "签发日期", "编号", "督办事项", "督办内容", "依据", "牵头单位", "配合单位"),
    *("责任领导", "责任人", "交办日期", "完成时限", "反馈周期", "联系人", "电话", "备注"),
    *("已逾期天数", "第几次催办", "催办单", "催办日期", "催办方式", "催办对象", "催办内容"),
    *("办结情况", "佐证", "核查人", "核查方式", "审核意见", "销号日期"),
)
"""What a template may call the texts of a slip; what it does not have is empty."""


def fields_of(paper: Paper, rules: Rules) -> dict[str, str]:
    """The texts of a slip by their names; what is not known is left for the pen."""
    task = paper.task
    due = long_day(task.due_on) if task.due_on else task.due_text
    said = {
        "单名": SLIPS[paper.kind].word,
        "文号": paper.number,
        "草稿": "草稿" if paper.nth is None else None,
        "签发日期": long_day(paper.on),
        "编号": task.code,
        "督办事项": task.title,
        "督办内容": task.measure,
        "依据": "；".join([*([task.source] if task.source else []), *_instructions(paper.entries)]),
        "牵头单位": task.unit,
        "配合单位": "、".join(task.with_units),
        "责任领导": task.leader,
        "责任人": task.owner,
        "交办日期": long_day(task.assigned_on),
        "完成时限": due,
        "反馈周期": task.feedback,
        "联系人": rules.contact,
        "电话": rules.phone,
        **_OF_KIND.get(paper.kind, _closing)(paper),
    }
    return {name: said.get(name) or "" for name in FIELDS}


def _instructions(entries: Sequence[Entry]) -> list[str]:
    """What leaders wrote on it (批示); praise and blame are none."""
    remarks = [(entry, _stated(entry)) for entry in entries if entry.action == "remark"]
    return [f"{said.get('who')}批示：{one.note}" for one, said in remarks if one.note and "tone" not in said]


def _giving(paper: Paper) -> dict[str, str | None]:
    """A task that is given out anew says why, and which deadline it had."""
    task, why = paper.task, f"：{paper.of.note}" if paper.of.note else ""
    if paper.of.action == "reopen":
        return {"备注": f"{long_day(paper.of.on)}恢复办理{why}"}
    if paper.of.action == "extend":
        was = f"，原定时限{long_day(task.original_due_on)}" if task.original_due_on else ""
        return {"备注": f"第{task.extensions}次延期{was}{why}"}
    return {}


def _urging(paper: Paper) -> dict[str, str | None]:
    """How late it is on the day of the slip, which urging it is, and its colour: always as a word, for colour is lost
    in print."""
    task, said = paper.task, _stated(paper.of)
    late = None if task.last_day is None else (paper.on - task.last_day).days
    return {
        "已逾期天数": None if late is None else f"{late}天" if late > 0 else "未逾期",
        "第几次催办": f"第{said['urges']}次",
        "催办单": SLIP_WORDS[said.get("slip") or task.slip or "blue"],
        "催办日期": long_day(paper.of.on),
        "催办方式": said.get("method"),
        "催办对象": said.get("to"),
        "催办内容": paper.of.note,
    }


def _closing(paper: Paper) -> dict[str, str | None]:
    """Who strikes off has looked at it and answers for it (谁验收谁负责); what he says of an acceptance is his finding,
    what is said of a striking off at once what was done."""
    finding = paper.of.note if paper.of.action == "accept" else None
    files = [_stated(entry).get("name") for entry in paper.entries if entry.action == "evidence"]
    return {
        "办结情况": paper.task.note,
        "佐证": "、".join(str(name) for name in files if name),
        "核查人": paper.of.actor,
        "核查方式": _stated(paper.of).get("method"),
        "审核意见": finding or "准予销号",
        "销号日期": long_day(paper.of.on),
    }


_OF_KIND = {GIVING: _giving, URGING: _urging}


def _stated(entry: Entry) -> dict[str, Any]:
    return {name: after for name, (_, after) in entry.changes.items()}


def slips_report(papers: Sequence[Paper], today: date, rules: Rules) -> Report:
    """The slips of one kind as a document, one a page."""
    kind = SLIPS[papers[0].kind]
    issue = Issue(office=rules.office)
    pages = tuple(fields_of(paper, rules) for paper in papers)
    return Report(kind.word, rules.name, moment_of(today, None), today, kind=kind.document, issue=issue, pages=pages)


# --- the list --------------------------------------------------------------------------------------------------------


class Sent(NamedTuple):
    """A slip that was issued, with its task as it is now, and whether it was voided (作废), or what it was for taken
    back, since."""

    slip: Issued
    task: Task
    is_void: bool
    is_idle: bool


def sent(reader: Reader, scope: Scope, kind: str | None, *, received: bool) -> list[Sent]:
    """The slips that wait for a receipt, those that are out longest first; with `received` all, as they were issued,
    voided ones too, for every number is answered for. Nobody need sign for one whose occasion was taken back."""
    issued = [one for one in slips(reader, voided=received) if kind in (None, one.kind)]
    waiting = [one for one in issued if received or one.received_on is None]
    tasks = lookup.tasks_numbered(reader, {one.task for one in waiting}, scope.sql, scope.parameters)
    found = [one for one in waiting if one.task in tasks]
    gone = taken_back(reader, sorted({seq for one in found for seq in (one.of, one.seq)}))
    made = [Sent(one, tasks[one.task], one.seq in gone, one.of in gone) for one in found]
    if received:
        return made
    return sorted((one for one in made if not one.is_idle), key=lambda one: (one.slip.on, one.slip.seq))


def sent_report(found: Sequence[Sent], today: date, rules: Rules, as_of: str | None, *, received: bool) -> Report:
    """The list of slips; with `received` also who signed for them and when."""
    columns = (
        Column("文号", "code", "number"),
        Column("督办单", "name", "kind"),
        column("code", "code"),
        column("title"),
        column("unit", "name"),
        Column("签发日期", "date", "on"),
        *((Column("签收日期", "date", "received_on"), Column("签收人", "name", "received_by")) if received else ()),
        Column("签收天数" if received else "已发出天数", "number", "days"),
        *((Column("备注", "name", "remark"),) if received else ()),
    )
    rows: list[Row] = []
    for slip, task, is_void, is_idle in found:
        named = (slip.number, SLIPS[slip.kind].word, task.code, task.title, task.unit, slip.on)
        days = None if received and slip.received_on is None else slip.days(today)
        more = (slip.received_on, slip.received_by, days, "作废" if is_void else "所据记录已冲销" if is_idle else None)
        rows.append((*named, *(more if received else (days,))))
    title = "督办单清单" if received else "未签收督办单清单"
    section = Section("", columns, rows, name="slips")
    return Report(title, rules.name, moment_of(today, as_of), today, "", counted(len(found), "张"), [section])


def sent_object(one: Sent, today: date, rules: Rules) -> dict[str, Any]:
    """A slip of the list, with its task."""
    found = slip_object(one.slip)
    waits = one.slip.received_on is None and not (one.is_void or one.is_idle)
    told = {"days": one.slip.days(today) if waits else None, "void": one.is_void, "idle": one.is_idle}
    return {"task": task_object(one.task, today, rules.thresholds), **found, **told}


def slip_object(slip: Issued) -> dict[str, Any]:
    """`of` is the entry that the slip is for, `seq` its own."""
    return {name: value for name, value in slip._asdict().items() if name != "task"}
