"""Evidence (佐证): files that show how a task was done, kept with the ledger (`store.vault`), each told by an entry.

A file is told before the step that it is for, in the same command, so that taking that back takes back both.
"""

from collections.abc import Sequence
from datetime import date

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.base.text import fold_width, quote
from ledger.model.actions import EVIDENCE
from ledger.model.evidence import media_type
from ledger.model.task import Task
from ledger.services.fields import Naming, Options, business_day, missing, note_of, task_named
from ledger.store import evidence
from ledger.store.brought import Brought
from ledger.store.evidence import File
from ledger.store.journal import Journal
from ledger.store.naming import ANY


def add(journal: Journal, options: Options) -> Task:
    """Keep files with a task (补充佐证), struck off or not."""
    task = task_named(journal, options, ANY)
    if not options.get("evidence"):
        raise missing("evidence", "佐证文件")
    attach(journal, task, business_day(journal, options), options["evidence"], note_of(options, "note"))
    return task


def attach(journal: Journal, task: Task, on: date, paths: Sequence[str], note: str | None = None) -> None:
    """Append an entry for each file, save for one that the task has under that name. Raises `BadValue`, `NotFound`,
    `StoreUnusable`."""
    if not paths:
        return
    brought = journal.brought or _brought_now(journal)
    if (has := brought.told.get(task.id)) is None:
        held = evidence.of_task(journal.writer, task.id) if task.evidence else ()
        has = brought.told[task.id] = {(one.name, one.blob.sha256) for one in held if one.in_force}
    told = []
    for path in paths:
        with Naming("evidence"):
            name, blob = brought.take(str(path))
        brought.want(str(path))  # one that it has already too: what was kept of it may have been lost
        if (name, blob.sha256) in has:
            journal.remark(f"事项 {task.code} 已有佐证{quote(name)},不再重复")
            continue
        has.add((name, blob.sha256))
        told.append(name)
        fields = {"name": name, "type": media_type(name), "size": blob.size, "sha256": blob.sha256}
        journal.post(EVIDENCE, task, on, note, {key: [None, value] for key, value in fields.items()})
    if told:
        more = f"等{len(told)}件" if len(told) > 1 else ""
        journal.remark(f"事项 {task.code} 存入佐证{quote(told[0])}{more}")


def require_evidence(journal: Journal, task: Task, _: str | None = None) -> None:
    """Raises `Refused` where the office wants to see what shows that it was done, and there is nothing."""
    if journal.rules.evidence_required and not task.evidence:
        advice = f"请附上文件:--evidence 文件,或先用 ledger evidence add {task.code} 文件"
        raise Refused(f"事项 {task.code} 没有佐证,本台账要求附佐证才能申请销号或销号", advice)


def _brought_now(journal: Journal) -> Brought:
    """Files that nobody copied before the transaction began. Those of a ledger that is just begun go through it."""
    writer = journal.writer if journal.is_new else None
    journal.brought = Brought(journal.writer.location, journal.rules.evidence_size, writer)
    return journal.brought


def chosen(task: Task, files: Sequence[File], which: str | None) -> File:
    """The file that is meant, by its number or its name. Raises `NotFound`, `BadValue` where several may be."""
    found = [one for one in files if one.in_force]
    if not found:
        raise NotFound(f"事项 {task.code} 没有佐证", f"补充用 ledger evidence add {task.code} 文件")
    listed = f"用 ledger evidence {task.code} 查看件号"
    if which is None:
        if len(found) > 1:
            raise BadValue(f"事项 {task.code} 有{len(found)}件佐证,没有写明哪一件", listed)
        return found[0]
    number = fold_width(which).strip()
    meant = [one for one in found if number == str(one.number)] or [one for one in found if which == one.name]
    if not meant:
        raise NotFound(f"事项 {task.code} 没有佐证{quote(which)}", listed)
    if len(meant) > 1:
        raise BadValue(f"事项 {task.code} 有{len(meant)}件佐证都叫{quote(which)}", listed)
    return meant[0]
