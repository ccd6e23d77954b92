"""What presses a task on: urgings (催办), in slips that rise from blue to red, and listing by name (挂牌督办).

Offices urge in writing or by a visit, never twice a day; who does not move gets the next colour, an urgent matter
starts higher. What is flagged heads every list until it is struck off or taken down.
"""

from datetime import date, timedelta

from ledger.base.errors import BadValue, Refused
from ledger.dates.day import long_day
from ledger.model.lifecycle import check_day, require_status
from ledger.model.replay import change
from ledger.model.rules import Rules, year_meant
from ledger.model.task import SLIP_WORDS, Task
from ledger.services import deadlines
from ledger.services.fields import Naming, Options, business_day, missing, note_of, task_named
from ledger.services.stated import stated
from ledger.store.journal import Journal

_SLIPS = tuple(SLIP_WORDS)


def urge(journal: Journal, options: Options) -> Task:
    """Urge once more (催办): how, whom, what was said and answered. Raises `Refused` for what is not in hand, and for a
    second time on one day unless `again`."""
    task = task_named(journal, options)
    on, said = business_day(journal, options), note_of(options, "note")
    facts = stated("urge", options)
    if "method" not in facts:
        raise missing("method", "催办方式")
    require_status(task, "urge")
    if not options.get("again") and urged_that_day(journal, task, on):
        raise Refused(f"事项 {task.code} 在{long_day(on)}已经催办过", "一天只催一次;确需再催,加 --again")
    task = journal.task(task.id)  # a look into the journal writes out what was kept
    slip = _slip(journal.rules, task, on, options.get("level"))
    last = max(on, task.urged_on or on)
    changes = change(task, {"urges": task.urges + 1, "urged_on": last}) | {"slip": [task.slip, slip]}
    return journal.post("urge", task, on, said, changes | facts)


def urged_that_day(journal: Journal, task: Task, on: date) -> bool:
    """Whether the task was urged on a day, which may be before the last such one."""
    if task.urged_on is None or on >= task.urged_on:
        return on == task.urged_on
    return any(
        entry.on == on and entry.action == "urge" for _, found in journal.entries_in_force([task.id]) for entry in found
    )


def _slip(rules: Rules, task: Task, on: date, level: str | None) -> str:
    """The colour of the next urging: by how many there were and how late it is, never milder than the last one or than
    is asked for."""
    late = 0 if task.last_day is None else (on - task.last_day).days
    reached = [task.slip or _SLIPS[0]]
    for colour, urges, days in (
        ("orange", rules.orange_urges, rules.orange_days),
        ("red", rules.red_urges, rules.red_days),
    ):
        if task.urges + 1 >= urges or (days is not None and late >= days):
            reached.append(colour)
    if level is not None:
        with Naming("level"):
            reached.append(_colour(level))
    return max(reached, key=_SLIPS.index)


def _colour(text: str) -> str:
    for colour, word in SLIP_WORDS.items():
        if text in (colour, word, word[0]):
            return colour
    raise BadValue(f"催办单“{text[:30]}”不对", f"可用的有 {'、'.join(SLIP_WORDS.values())}")


def flag(journal: Journal, options: Options) -> Task:
    """List a task by name (挂牌督办), `until` a day where one is given; without, what is so keeps its day."""
    task = task_named(journal, options)
    on, said = business_day(journal, options), note_of(options, "note")
    require_status(task, "flag")
    until = task.flag_until
    if options.get("until"):
        with Naming("until"):
            until = deadlines.deadline(journal, options["until"], year_meant(journal.rules, None), on).due_on
            if until is None or until < on:
                raise BadValue("挂牌到哪一天不清楚,或已经过去", f"请写日期,如 {on + timedelta(30)}")
    changes = change(task, {"flagged": True, "flag_until": until})
    if not changes and said is None:
        check_day(task, on)
        journal.remark(f"事项 {task.code} 已经挂牌")
        return task
    return journal.post("flag", task, on, said, changes)


def unflag(journal: Journal, options: Options) -> Task:
    """Take a task off the list of those named (摘牌). Raises `Refused` where it is not on it."""
    task = task_named(journal, options)
    on, said = business_day(journal, options), note_of(options, "note")
    if not task.flagged:
        raise Refused(f"事项 {task.code} 没有挂牌", "不必摘牌")
    return journal.post("unflag", task, on, said, change(task, {"flagged": False, "flag_until": None}))
