"""The rules of counting as SQL: what is unfinished, what was at the end of a day, what is overdue.

Figures, lists, ranks and completion put their queries together from these, so that none can count otherwise.
"""

from ledger.model.task import UNFINISHED as _UNFINISHED

UNFINISHED = f"({', '.join(repr(status) for status in _UNFINISHED)})"
"""In hand, in every figure."""


def fate(task: str, day: str) -> str:
    """The status of a task at the end of a day, '' where it had none yet."""
    spans = f"SELECT q.status FROM span q WHERE q.task = {task} AND q.since <= {day} AND q.until > {day}"
    return f"coalesce(({spans}), '')"


def overdue(
    until: str, *, status: str = "t.status", last_day: str = "t.last_day", judged: str = "t.submitted_on"
) -> str:
    """In hand and not paused, its last day within `until` ("< :today"), and not submitted in time: a submission is
    judged by its own day (`judged`), however long it waits to be accepted."""
    waits = f"{status} = 'submitted' AND {judged} <= {last_day}"
    return f"{status} IN ('open', 'submitted') AND {last_day} {until} AND NOT ({waits})"


BEGUN = {
    "added": "{span}.came_from = ''",
    "reopened": "{span}.status = 'open' AND {span}.came_from IN ('closed', 'cancelled')",
    "closed": "{span}.status = 'closed'",
    "cancelled": "{span}.status = 'cancelled'",
}
"""Flow → which spans are of it, by the status that they reached and from where, whatever the step is called."""
