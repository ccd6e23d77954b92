"""Random histories and questions.

A history is a list of commands; a command is what one run of the program does: by one actor, on one business day, one
or several operations, all or nothing. Operations name their task by its place among those ever registered, and days by
their distance, so that every history means something and shrinks well; what the rules forbid must be refused.
"""

from datetime import date
from typing import NamedTuple

from hypothesis import strategies as st

BASES = (date(2013, 3, 1), date(2020, 12, 14), date(2015, 12, 21), date(2012, 2, 13), date(2012, 12, 17))
"""Around the ends of years, of one with 53 weeks, and of a February with 29 days."""


class Op(NamedTuple):
    """`turn` is the step that the task's status allows: 0 cancels one in hand, 3 submits or returns it, 4 pauses,
    resumes or accepts it, else it is struck off or restored.

    An `add` with the flag `part` registers a part of its task.

    `back` is how many days before today it happened (None: not given); `due` is counted from today."""

    kind: str
    task: int = 0
    back: int | None = None
    due: int | None = None
    unit: int = 0
    activity: int = 0
    flags: frozenset[str] = frozenset()
    number: int = 0


class Command(NamedTuple):
    """`move` is by how many days today has moved on since the last command, `tick` the seconds of the real clock."""

    move: int
    ops: tuple[Op, ...]
    actor: int = 0
    tick: int = 60


class Question(NamedTuple):
    """A report that is asked for: of the period that lies `away` days from the last today, as of a today `off` it."""

    kind: str
    away: int
    off: int
    unit: int | None = None
    activity: int | None = None
    full: bool = False


_nought, _nothing, _unflagged = st.just(0), st.none(), st.just(frozenset[str]())
_back = st.none() | st.integers(0, 6) | st.integers(-2, 25)
_given_out = st.none() | st.integers(0, 20) | st.integers(2, 30) | st.integers(-12, 25)
_a_due = st.integers(-8, 16) | st.integers(-60, 120)
_due = st.none() | _a_due
_recent = st.none() | st.integers(0, 3)
_task, _unit, _activity = st.integers(0, 2) | st.integers(0, 6), st.integers(0, 2), st.integers(0, 2)


def _flags(*names: str, least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(names), min_size=least, max_size=3)


def _op(
    *kinds: str,
    task: st.SearchStrategy[int] = _task,
    back: st.SearchStrategy[int | None] = _back,
    due: st.SearchStrategy[int | None] = _nothing,
    unit: st.SearchStrategy[int] = _nought,
    activity: st.SearchStrategy[int] = _nought,
    flags: st.SearchStrategy[frozenset[str]] = _unflagged,
    number: st.SearchStrategy[int] = _nought,
) -> st.SearchStrategy[Op]:
    return st.builds(Op, st.sampled_from(kinds), task, back, due, unit, activity, flags, number)


_marks = _flags("key", "with", "quota")
_grace = st.sampled_from((0, 0, 0, 2, 5))
_add = _op(
    "add",
    task=_task,
    back=_given_out,
    due=_due,
    unit=_unit,
    activity=_activity,
    flags=st.one_of(_marks, _marks, _flags("key").map(lambda flags: flags | {"part"})),
    number=_grace,
)
_turn = _op("turn", back=_recent, number=st.integers(0, 4))
_step = _op("submit", "accept", "return", "close", "pause", "resume", "reopen", "cancel")
_extend = _op("extend", due=_a_due)
_edited = _flags("unit", "activity", "due", "on", "key", least=1)
_edit = _op("edit", back=_given_out, due=_due, unit=_unit, activity=_activity, flags=_edited)
_tally = _op("tally", back=_recent, number=st.integers(1, 3))
_said = st.sampled_from((frozenset[str](), frozenset({"problem"}), frozenset({"resolves"})))
_note = _op("note", flags=_said, number=st.integers(-1, 100))
_undo = _op("undo", task=_nought, back=_nothing, number=st.just(-1) | st.integers(0, 30))
_one = st.one_of(_add, *(_turn for _ in range(7)), _step, _extend, _extend, _edit, _edit, _note, _note, _tally, _tally)
_some = st.lists(st.one_of(_add, _turn, _edit, _note, _tally), min_size=2, max_size=3).map(tuple)
_ops = st.one_of(*(_one.map(lambda op: (op,)) for _ in range(6)), _some, _undo.map(lambda op: (op,)))

commands = st.builds(
    Command,
    st.sampled_from((0, 0, 1, 1, 2, 3, 5, 7, 12, -3)),
    _ops,
    st.sampled_from((0, 0, 1)),
    st.sampled_from((60, 60, 60, 0, -3600)),
)
_opening = st.lists(_add, min_size=1, max_size=4).map(lambda ops: Command(0, tuple(ops)))
_rest = st.lists(commands, max_size=6) | st.lists(commands, min_size=12, max_size=30)
histories = st.tuples(st.sampled_from(BASES), st.builds(lambda a, b: [a, *b], _opening, _rest))
questions = st.builds(
    Question,
    st.sampled_from(("week", "week", "month", "quarter", "half", "year")),
    st.integers(-10, 10) | st.integers(-90, 60),
    st.just(0) | st.integers(-20, 20),
    st.none() | st.integers(0, 2),
    st.none() | st.integers(1, 2),
    st.booleans(),
)
