"""Combing (梳理): which tasks of the week are gone through, in which order, and that they were.

An answer that a clerk gives to a task counts for the task as it was shown: `require_as_shown` looks inside the
transaction that takes it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from ledger.base.errors import Refused
from ledger.dates.period import Kind, period_of
from ledger.model.actions import COMB
from ledger.services.progress import progress_in
from ledger.store import queries
from ledger.store.conditions import GIVEN_OUT, RUNNING, silent
from ledger.store.journal import Journal
from ledger.store.reader import Reader

GROUPS: Mapping[str, str] = {
    "late": "结转和逾期",
    "due": "本周到期",
    "stale": "久无进展",
    "undated": "无明确时限",
    "waiting": "待审核",
}
"""The groups in the order of the walk. A task stands in one: what waits for the office's word in the last, whatever
its deadline, and any other in the first that it fits."""

FOUND = "查找所得"
"""What is said of a task that is on none of the lists: the clerk asked for it."""

_LISTED = f"""
SELECT id, part FROM (
    SELECT t.id, t.last_day, t.due_on, t.assigned_on, CASE
        WHEN t.status = 'submitted' THEN 'waiting'
        WHEN t.last_day < :today OR t.due_on < :first THEN 'late'
        WHEN t.due_on <= :last THEN 'due'
        WHEN {silent(":since")} THEN 'stale'
        WHEN t.due_on IS NULL THEN 'undated'
    END AS part
    FROM task t WHERE t.status IN {RUNNING} AND {GIVEN_OUT}
) x WHERE part IS NOT NULL
ORDER BY {" ".join(["CASE part", *(f"WHEN '{part}' THEN {at}" for at, part in enumerate(GROUPS)), "END"])},
    last_day IS NULL, last_day, assigned_on, id
"""


class Listed(NamedTuple):
    """A task of the walk by its number, and the group (a key of `GROUPS`) that it stands in."""

    task: int
    group: str


class Changed(Refused):
    """The task was changed since it was shown: the answer may be meant otherwise now."""


def listed(reader: Reader, today: date, weeks: int) -> list[Listed]:
    """What is to be gone through on a day: carried over and overdue, due this week, told nothing of for so many weeks,
    without a deadline, submitted. Paused tasks, and those that go well, are left alone."""
    week = period_of(Kind.WEEK, today)
    since = today - timedelta(weeks=min(weeks, (today - date.min).days // 7))
    days = {"today": today, "first": week.start, "last": week.end, "since": since}
    return [Listed(*row) for row in reader.rows(_LISTED, days)]


def last_seq(reader: Reader, task: int) -> int:
    """The number of the last entry of a task, voids included: with it the task changes, and only then."""
    ((seq,),) = reader.rows("SELECT max(e.seq) FROM entry e WHERE e.task = :task", {"task": task})
    return int(seq or 0)


def require_as_shown(journal: Journal, task: int, seq: int) -> None:
    """Nothing was recorded of the task since it was shown, when `seq` was its last entry. Raises `Changed`."""
    if last_seq(journal.writer, task) != seq:
        raise Changed(f"事项 {journal.task(task).code} 刚刚有了新的记录", "请看过再定")


_PHRASES = f"""
SELECT e.note FROM entry e
WHERE e.seq > (SELECT max(seq) FROM entry) - 5000 AND e.action = :action AND e.seq = e.command
    AND length(e.note) <= 40 AND e.changes NOT LIKE '%"problem"%' AND {queries.IN_FORCE}
GROUP BY e.note ORDER BY count(*) DESC, max(e.seq) DESC LIMIT 30
"""


MOST_PHRASES = 9


def phrases(reader: Reader, action: str) -> list[str]:
    """What clerks write of late with an action, the most usual first: offered to be chosen. A text of several lines, or
    with a percentage, is its task's own; so is what stands in sheets, of which only the first entry may be told."""
    found = [note for (note,) in reader.rows(_PHRASES, {"action": action})]
    return [note for note in found if "\n" not in note and progress_in(note) == (None, False)][:MOST_PHRASES]


def owners(reader: Reader, unit: str) -> list[str]:
    """Who does the tasks of a unit, the latest first."""
    where = "t.unit = :unit AND t.owner IS NOT NULL GROUP BY t.owner ORDER BY max(t.id) DESC"
    return [
        owner
        for (owner,) in reader.rows(f"SELECT t.owner FROM task t WHERE {where} LIMIT {MOST_PHRASES}", {"unit": unit})
    ]


def record(journal: Journal, seen: int, listed: int, before: int | None = None) -> None:
    """That the week's list was combed: so many of so many tasks gone through; `before` is how many of them this walk
    has recorded already."""
    journal.record(COMB, {"seen": [before, seen], "listed": [None, listed]})
