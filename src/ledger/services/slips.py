"""Slips issued and signed for (出单、签收): which task may have which, under which number (`model.slips`).

What a slip says is found under the lock that gives its number, so that paper and journal are of one state; a slip that
was issued before says what it said then, for one number is one paper. Who wants it otherwise voids it and issues
another.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.base.errors import BadValue, Refused
from ledger.base.text import quote
from ledger.dates.day import long_day
from ledger.model.actions import ISSUE, RECEIVE
from ledger.model.entry import Changes, Entry
from ledger.model.replay import rebuild
from ledger.model.rules import year_meant
from ledger.model.slips import CLOSING, GIVING, SLIPS, URGING, Issued, issued, number_of_slip, occasion
from ledger.model.task import CLOSED, STATUS_WORDS, SUBMITTED, UNFINISHED, Task
from ledger.reports.lists import Filter, list_tasks
from ledger.reports.slips import Paper, fields_of
from ledger.services import deadlines
from ledger.services.choosing import confirmed, due_line
from ledger.services.fields import Naming, Options, business_day, missing, task_named
from ledger.services.stated import stated
from ledger.store.journal import Journal
from ledger.store.naming import ANY, FINISHED, IN_HAND, Sought
from ledger.store.slips import last_number, slips

MOST = 300
"""Slips that are issued at once: a document of so many pages is held in memory, and within what a template may make."""


def kind_of(options: Options) -> str:
    """Which kind of slip is meant. Raises `BadValue`."""
    kind = options.get("kind")
    words = {name: name for name in SLIPS} | {one.word: name for name, one in SLIPS.items()}
    with Naming("kind"):
        if not kind:
            raise BadValue("没有写明出哪一种督办单", f"请加上 --kind {'|'.join(SLIPS)}")
        if kind not in words:
            raise BadValue(f"督办单的种类{quote(str(kind))}不对", f"可用的有 {'、'.join(SLIPS)}")
    return words[kind]


def sought(options: Options) -> Sought:
    """Among which tasks one that is named by its title is looked for."""
    if options.get("received"):
        return ANY
    return FINISHED if kind_of(options) == CLOSING else IN_HAND


# --- issuing ---------------------------------------------------------------------------------------------------------


def issue(journal: Journal, numbers: Sequence[int], options: Options) -> list[Paper]:
    """The slips of one `kind` for these tasks, in this order: new ones recorded under the next numbers, those that were
    issued for the same occasion as they were; with `draft` none is recorded. Raises `Refused` where a task has no such
    occasion."""
    kind, on = kind_of(options), business_day(journal, options)
    if len(numbers) > MOST:
        raise BadValue(f"一次最多出 {MOST} 张督办单,这里有 {len(numbers)} 张", "请用 --unit、--group 分几次出")
    prefix = getattr(journal.rules, SLIPS[kind].prefix)
    entries = dict(journal.entries_in_force(numbers))
    last, found = last_number(journal.writer, kind, prefix, on.year), list[Paper]()
    for number in numbers:
        task, past = journal.task(number), entries[number]
        before = None if options.get("draft") else _issued_before(kind, past)
        if before is not None:
            paper = as_issued(before, past)
            _tell_of_changes(journal, paper, task, past)
        else:
            of = _require_occasion(task, kind, on, past)
            last += not options.get("draft")
            nth = None if options.get("draft") else last
            paper = Paper(task, kind, number_of_slip(prefix, on.year, nth), nth, of, on, past)
            if nth is not None:
                said = {"kind": kind, "number": paper.number, "nth": nth, "of": of.seq}
                journal.post(ISSUE, task, on, None, {name: [None, value] for name, value in said.items()})
        found.append(paper)
    return found


def _issued_before(kind: str, entries: Sequence[Entry]) -> Issued | None:
    """The slip in force for the same occasion."""
    of = occasion(kind, entries)
    return next((one for one in issued(entries) if one.kind == kind and of is not None and one.of == of.seq), None)


def as_issued(slip: Issued, entries: Iterable[Entry]) -> Paper:
    """The slip as it was issued: of the task as what was recorded before it had left it."""
    past = [entry for entry in entries if entry.seq < slip.seq]
    of = next(entry for entry in past if entry.seq == slip.of)
    return Paper(rebuild(past)[0], slip.kind, slip.number, slip.nth, of, slip.on, past, slip.seq)


def _tell_of_changes(journal: Journal, paper: Paper, task: Task, entries: Sequence[Entry]) -> None:
    now = fields_of(paper._replace(task=task, entries=entries), journal.rules)
    was = fields_of(paper, journal.rules)
    changed = [name for name in was if was[name] != now[name]]
    if changed:
        journal.remark(
            f"{paper.number} 照{long_day(paper.on)}签发时的内容补打,此后改过的不在其中({'、'.join(changed)});"
            f"要按现在的内容出,先用 ledger undo {paper.seq} 作废,再出一张,另编号"
        )


def _require_occasion(task: Task, kind: str, on: date, entries: Sequence[Entry]) -> Entry:
    word, of = SLIPS[kind].word, occasion(kind, entries)
    if kind == CLOSING:
        if task.status != CLOSED:
            step = "accept" if task.status == SUBMITTED else "close"
            how = f"用 ledger {step} {task.code} {'审核' if step == 'accept' else ''}销号"
            raise _refused(task, word, f"先{how},再出{word}")
    elif task.status not in UNFINISHED:
        raise _refused(task, word, f"如确需重办,先用 ledger reopen {task.code} 恢复")
    if of is None:
        assert kind == URGING
        raise Refused(
            f"事项 {task.code} 还没有催办过,没有可出的{word}",
            f"先用 ledger urge {task.code} --method 电话 记下催办,再出{word}",
        )
    first = max(of.on, task.assigned_on) if kind == GIVING else of.on
    if on < first:
        raise Refused(f"日期 {on} 早于事项 {task.code} 的{_CALLED[kind]}日期 {first}", "请核对日期")
    return of


_CALLED = {GIVING: "交办", URGING: "催办", CLOSING: "销号"}


def _refused(task: Task, word: str, advice: str) -> Refused:
    return Refused(f"事项 {task.code} 现为“{STATUS_WORDS[task.status]}”,不能出{word}", advice)


def to_be_issued(journal: Journal, filter: Filter, options: Options, *, sure: bool) -> list[int]:
    """The numbers of the tasks that a filter finds and that may have such a slip, shown and asked about first; those
    that have it are left out, and told. For receipts, those whose last slip nobody has signed for."""
    kind = None if options.get("received") and not options.get("kind") else kind_of(options)
    if options.get("received"):
        last = {one.task: one for one in slips(journal.writer) if kind in (None, one.kind)}
        found = _listed(journal, filter._replace(status=("all",)))
        fitting = [task for task in found if task.id in last and last[task.id].received_on is None]
        return confirmed(journal, fitting, due_line, f"共 {len(fitting)} 件", "签收", sure=sure)
    assert kind is not None
    found = _listed(journal, filter._replace(status=(CLOSED,) if kind == CLOSING else ()))
    entries = dict(journal.entries_in_force([task.id for task in found]))
    able = [task for task in found if occasion(kind, entries[task.id]) is not None]
    fresh = [task for task in able if options.get("draft") or _issued_before(kind, entries[task.id]) is None]
    if len(fresh) < len(able):
        journal.remark(f"有 {len(able) - len(fresh)} 件已经出过{SLIPS[kind].word},不再出;补打的请写明事项")
    return confirmed(journal, fresh, due_line, f"共 {len(fresh)} 件", f"出{SLIPS[kind].word}", sure=sure)


def _listed(journal: Journal, filter: Filter) -> list[Task]:
    return list_tasks(journal.writer, filter, journal.today, journal.rules)


# --- receipts --------------------------------------------------------------------------------------------------------


def receive(journal: Journal, options: Options) -> Task:
    """As `received`: the task."""
    return received(journal, options)[0]


def received(journal: Journal, options: Options) -> tuple[Task, str]:
    """Record that a task's last slip, or its last of a `kind`, was `received` on a day, `by` whom: the task
    and the number of the slip. Raises `Refused` where there is none, or it was signed for before."""
    for name, label in (("received", "签收日期"), ("by", "签收人")):
        if not options.get(name):
            raise missing(name, label)
    kind = kind_of(options) if options.get("kind") else None
    number = task_named(journal, options, ANY).id
    past = dict(journal.entries_in_force([number]))[number]
    task = journal.task(number)
    slip = _to_be_received(task, kind, past)
    with Naming("received"):
        on = deadlines.past_day(journal, options["received"], year_meant(journal.rules, options.get("year")))
        if on > journal.today:
            raise Refused(f"签收日期 {on} 晚于今天({journal.today})", "只能记已经签收的,请核对日期")
        if on < slip.on:
            raise Refused(f"签收日期 {on} 早于 {slip.number} 的签发日期 {slip.on}", "请核对日期")
    said: Changes = {"number": [None, slip.number], "of": [None, slip.seq]}
    return journal.post(RECEIVE, task, on, None, said | stated(RECEIVE, options)), slip.number


def _to_be_received(task: Task, kind: str | None, entries: Iterable[Entry]) -> Issued:
    found = [one for one in issued(entries) if kind in (None, one.kind)]
    if not found:
        word = SLIPS[kind].word if kind else "督办单"
        how = f"ledger slip {task.code} --kind {kind or GIVING} -o 督办单.docx"
        raise Refused(f"事项 {task.code} 还没有出过{word}", f"先用 {how} 出单")
    slip = found[-1]
    if slip.received_on is not None:
        what = f"{slip.number} 已由{quote(slip.received_by or '')}在{long_day(slip.received_on)}签收"
        raise Refused(what, "如是另一种督办单,请用 --kind 写明;记错的先用 ledger undo 序号 冲销")
    return slip
