"""Taking back (冲销): a wrong entry is not erased; a later entry voids it and both stay readable.

An entry can be voided when the rest still replays, that is when nothing in force builds on it.
"""

from collections.abc import Iterator, Mapping, Sequence

from ledger.base.errors import NotFound, Refused
from ledger.base.text import clean, clip, quote
from ledger.model.actions import ACTION_WORDS, ACTIONS, IMPORT, RATE
from ledger.model.entry import Entry
from ledger.model.fields import NOTE_LIMIT
from ledger.model.rules import label_of
from ledger.model.series import number_of
from ledger.model.task import Task
from ledger.services import series
from ledger.store import queries
from ledger.store.conditions import among
from ledger.store.journal import Journal

_PASSED_OVER = among(("init", *(name for name, action in ACTIONS.items() if action.aside)))
_NAMED = 3
"""Tasks, and settings, that are named when more are taken back."""


def undo(journal: Journal, seq: int | None, reason: str | None) -> list[Task]:
    """Void entry `seq`, or this actor's last command whole; the tasks concerned that still exist, as they are now.

    Raises `NotFound` when there is no such entry and `Refused` when it is no longer in force, can never be voided, or
    later entries in force build on it.
    """
    journal.flush()
    said = clean(reason, "理由", limit=NOTE_LIMIT, multiline=True) if reason else None
    return _take_back(
        journal, _last_command(journal) if seq is None else _with_the_next(journal, _entry(journal, seq)), said
    )


def undo_command(journal: Journal, command: int) -> list[Task]:
    """Void what the command whose first entry this is left in force, whole; as `undo`."""
    entries = _entries_of(journal, command)
    if not entries:
        raise Refused("这次操作已经撤回", "不必再撤")
    return _take_back(journal, entries, None)


def _take_back(journal: Journal, entries: Sequence[Entry], said: str | None) -> list[Task]:
    for entry in reversed(entries):
        journal.void(entry, said)
    journal.flush()
    what = "、".join(dict.fromkeys(ACTION_WORDS[entry.action] for entry in entries))
    span = (
        f"第{entries[0].seq}号" if len(entries) == 1 else f"第{entries[0].seq}至{entries[-1].seq}号中的{len(entries)}条"
    )
    journal.remark(f"已冲销{span}记录({what}){_of_what(journal, entries)}")
    touched, then = series.touched_by(journal, entries), journal.rules
    _restore_settings(journal, entries)
    tasks = _restore_tasks(journal, entries)
    series.restore(journal, touched, then)
    return tasks


def _of_what(journal: Journal, entries: Sequence[Entry]) -> str:
    """What the entries are of, as the clerk knows it: titles, settings; of many their number and the first ones."""
    ids = list(dict.fromkeys(entry.task for entry in entries if entry.task is not None))
    tasks = [f"{task.code}{quote(task.title, 40)}" for one in ids[:_NAMED] for task in _numbered(journal, one)]
    settled = list(dict.fromkeys(said for entry in entries for said in _settled(entry)))
    found = [*tasks, *settled[:_NAMED]]
    many = f"共{len(ids)}件," if len(ids) > 1 else ""
    rest = "等" if max(len(ids), len(settled)) > _NAMED else ""
    return f":{many}{'、'.join(found)}{rest}" if found else ""


def _numbered(journal: Journal, number: int) -> list[Task]:
    return queries.tasks(journal.writer, "WHERE t.id = :id", {"id": number})


def _settled(entry: Entry) -> Iterator[str]:
    """Settings by their labels, recurring duties with their titles, a file by its name."""
    if entry.action == RATE and "unit" in entry.changes:
        yield quote(entry.changes["unit"][1])
    if entry.action == IMPORT:
        yield quote(entry.changes["file"][1], 40)
    for name, (before, after) in entry.changes.items() if ACTIONS[entry.action].settles else ():
        duty = (after or before) if number_of(name) is not None else None
        yield f"{label_of(name)}{quote(duty['fields']['title'], 40)}" if duty else f"“{label_of(name)}”"


def _last_command(journal: Journal) -> list[Entry]:
    """The entries in force of this actor's last command; takings back, openings by the horizon and what is only said
    are passed over."""
    newest = journal.writer.rows(
        f"SELECT e.command FROM entry e WHERE e.actor = :actor AND e.action NOT IN {_PASSED_OVER} "
        "AND NOT EXISTS (SELECT 1 FROM entry f WHERE f.seq = e.command AND f.action = 'void') AND NOT ("
        "e.action = 'add' AND EXISTS (SELECT 1 FROM task t WHERE t.id = e.task AND t.occurrence_on IS NOT NULL)) "
        f"AND e.command < :running AND {queries.IN_FORCE} ORDER BY e.seq DESC LIMIT 1",
        {"actor": journal.stamp.actor, "running": journal.command},
    )
    if not newest:
        raise Refused(
            f"“{journal.stamp.actor}”没有可以撤回的操作", "用 ledger log 查看记录,或用 ledger undo 序号 指明一条"
        )
    return _entries_of(journal, newest[0][0])


def _entries_of(journal: Journal, command: int) -> list[Entry]:
    where = f"e.command = :command AND e.action NOT IN {_PASSED_OVER} AND {queries.IN_FORCE}"
    return list(queries.entries(journal.writer, where, {"command": command}))


def _entry(journal: Journal, seq: int) -> Entry:
    found = queries.logged(journal.writer, "e.seq = :seq", {"seq": seq}) if 0 < seq < 2**63 else []
    if not found:
        raise NotFound(f"没有第{clip(str(seq), 30)}号记录", "用 ledger log 查看记录的序号")
    entry, voided_by = found[0].entry, found[0].voided_by
    if voided_by is not None:
        raise Refused(f"第{seq}号记录已被第{voided_by}号冲销", "不必再撤")
    if entry.action == "add" and "series" in entry.changes:
        raise Refused(f"第{seq}号记录是循环任务自动开出的一期,不单独冲销", "不办这一期请用 ledger series skip")
    if ACTIONS[entry.action].lasting:
        raise Refused(f"第{seq}号记录是{ACTION_WORDS[entry.action]},不能冲销", "如需改正,请另行登记")
    return entry


def _with_the_next(journal: Journal, entry: Entry) -> list[Entry]:
    """The entry, and the period of a chained series that its command opened because of it."""
    where = (
        f"e.command = :command AND e.seq > :seq AND e.action = 'add' AND {queries.IN_FORCE} AND EXISTS "
        "(SELECT 1 FROM task n JOIN task t ON t.series = n.series "
        "WHERE t.id = :task AND n.id = e.task AND n.occurrence_on > t.occurrence_on)"
    )
    this = {"command": entry.command, "seq": entry.seq, "task": entry.task}
    return [entry, *(queries.entries(journal.writer, where, this) if entry.task is not None else ())]


def _restore_tasks(journal: Journal, entries: Sequence[Entry]) -> list[Task]:
    ids = list(dict.fromkeys(entry.task for entry in entries if entry.task is not None))
    rest = dict(journal.entries_in_force(ids))
    try:
        return journal.restate({task_id: rest.get(task_id, []) for task_id in ids})
    except Refused as error:
        raise Refused(f"后来还有记录以它为依据,不能冲销({_later(rest, entries)})", "请先从最近的一条撤起") from error


def _later(rest: Mapping[int, Sequence[Entry]], entries: Sequence[Entry]) -> str:
    """The entries in force of the same tasks that came after those to be voided, latest first."""
    first = {entry.task: entry.seq for entry in reversed(entries)}
    later = [entry for task, kept in rest.items() for entry in kept if entry.seq > first[task]]
    later.sort(key=lambda entry: -entry.seq)
    return "、".join(f"第{entry.seq}号{ACTION_WORDS[entry.action]}" for entry in later[:3])


def _restore_settings(journal: Journal, entries: Sequence[Entry]) -> None:
    """Put back what each voided change of settings found, unless a later one builds on it, be it to the same value."""
    for entry in reversed(entries):
        if not ACTIONS[entry.action].settles:
            continue
        later = queries.entries(
            journal.writer, f"e.task IS NULL AND e.seq > :seq AND {queries.IN_FORCE}", {"seq": entry.seq}
        )
        changed = {name for one in later if ACTIONS[one.action].settles for name in one.changes}
        for name, (_, after) in entry.changes.items():
            if name in changed or journal.stored_setting(name) != after:
                what = f"“{label_of(name)}”后来又改过,不能冲销第{entry.seq}号记录"
                raise Refused(what, "请先从最近的一条撤起,或重新设置")
        journal.post_settings({name: before for name, (before, _) in entry.changes.items()})
