"""The rules of counting as SQL: what is unfinished, given out, carried over, due, overdue, or was at the end of a day.

Figures, lists, ranks, forms and completion put their queries together from these, so that none can count otherwise. In
them `t` is a task and `n` a span; days are named as in `store.counts`, behind ":" (parameters) or "p." (columns).
"""

from collections.abc import Iterable, Sequence

from ledger.model.actions import EVENTS, PAPERS, RATE
from ledger.model.task import CANCELLED, CLOSED, OPEN, PAUSED, SUBMITTED
from ledger.model.task import UNFINISHED as _UNFINISHED
from ledger.store import queries


def among(statuses: Iterable[str]) -> str:
    """The list of these statuses, to be put behind IN."""
    return f"({', '.join(map(repr, statuses))})"


def one_of(column: str, parameter: str, values: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The condition that a column of `t` has one of these values, with its parameters, called after `parameter`."""
    named = {f"{parameter}{place}": value for place, value in enumerate(values)}
    return f"t.{column} IN ({', '.join(f':{name}' for name in named)})", named


def answered_by(leaders: Sequence[str], units: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The condition that one of these leaders answers for a task (责任领导), or that it is led by one of the units that
    they look after (联系点), with its parameters."""
    condition, named = one_of("leader", "leader_", leaders)
    if not units:
        return condition, named
    of_units, theirs = one_of("unit", "led_", units)
    return f"({condition} OR {of_units})", named | theirs


UNFINISHED = among(_UNFINISHED)
"""In hand, in every figure."""

RUNNING = among((OPEN, SUBMITTED))
"""In hand, and not paused."""


def doing(status: str) -> str:
    """In hand, neither submitted nor paused: reports on it are owed."""
    return f"{status} = '{OPEN}'"


IS_EVENT = f"action IN {among(EVENTS)}"
"""An entry that is looked for by its day: the condition of its index, to be said to the letter by what shall use it."""


RATED = f"e.{IS_EVENT} AND e.action = '{RATE}' AND e.\"on\" BETWEEN :first AND :last"
"""An evaluation (满意度) of these days."""


def given_out(by: str) -> str:
    """Nearly all tasks are: <= would draw SQLite to that index."""
    return f"NOT t.assigned_on > {by}"


GIVEN_OUT = given_out(":today")
TO_BE_GIVEN_OUT = f"t.assigned_on > :today AND t.status IN {UNFINISHED}"
IN_HAND = f"t.status IN {UNFINISHED} AND {GIVEN_OUT}"


FLAGGED_FIRST = "t.flagged DESC, "
"""What is listed by name (挂牌督办) heads every list."""


def stands(span: str, day: str) -> str:
    """The span is in force at the end of the day."""
    return f"{span}.since <= {day} AND {span}.until > {day}"


def fate(task: str, day: str) -> str:
    """The status of a task at the end of a day, '' where it had none yet."""
    return f"coalesce((SELECT q.status FROM span q WHERE q.task = {task} AND {stands('q', day)}), '')"


def carried(span: str, due_on: str, at: str) -> str:
    """The span, one of what is unfinished, ran into the period, whose deadline came before it."""
    return f"{stands(span, f'{at}b')} AND {due_on} < {at}s"


def due(first: str, last: str) -> str:
    """The deadline is in the period, and the task was given out by its end."""
    return f"t.due_on BETWEEN {first} AND {last} AND t.assigned_on <= {last}"


def owed(fate: str) -> str:
    """What is carried over or due counts by its fate, unless it was cancelled or paused."""
    return f"{fate} NOT IN {among((CANCELLED, PAUSED))}"


def met(fate: str) -> str:
    return f"{fate} = '{CLOSED}'"


def unmet(fate: str) -> str:
    """Owed, and not struck off."""
    return f"{fate} NOT IN {among((CANCELLED, PAUSED, CLOSED))}"


def overdue(
    until: str, *, status: str = "t.status", last_day: str = "t.last_day", judged: str = "t.submitted_on"
) -> str:
    """In hand and not paused, its last day within `until` ("< :today"), and not submitted in time: a submission is
    judged by its own day (`judged`), however long it waits to be accepted."""
    waits = f"{status} = '{SUBMITTED}' AND {judged} <= {last_day}"
    return f"{status} IN {RUNNING} AND {last_day} {until} AND NOT ({waits})"


OVERDUE_OR_SOON = f"t.status IN {RUNNING} AND t.last_day <= :until AND (t.last_day >= :today OR {overdue('< :today')})"
"""Overdue, or with its last day in the days to come, submitted or not: what waits may still be returned."""


_BY_OTHERS = among(("edit", "urge", "flag", "unflag", "remark", RATE, *PAPERS))
"""What tells nothing of how far a task has come: its unit is pressed, papers go out, leaders and others judge."""


def silent(since: str) -> str:
    """The task was given out by the day, and nothing was told of it since: neither progress nor a problem, a count, an
    extension or a step. A correction of its registration tells nothing, nor does what others did about it."""
    told = f'e.task = t.id AND e.action NOT IN {_BY_OTHERS} AND e."on" > {since} AND {queries.IN_FORCE}'
    return f"t.assigned_on <= {since} AND NOT EXISTS (SELECT 1 FROM entry e WHERE {told})"


BEGUN = {
    "added": "{span}.came_from = ''",
    "reopened": "{span}.status = 'open' AND {span}.came_from IN ('closed', 'cancelled')",
    "closed": "{span}.status = 'closed'",
    "cancelled": "{span}.status = 'cancelled'",
}
"""Flow → which spans are of it, by the status that they reached and from where, whatever the step is called."""
