"""What changed between any two positions: applied to the figures before it gives those after, and no entry is left out.

Both ends are held against ledgers rebuilt of the entries up to them.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.period import Kind, Period, period_of
from ledger.reports.difference import Difference, Position, difference, later
from ledger.reports.drill import FIGURES, drill
from ledger.reports.figures import figures_of
from ledger.reports.rate import Rate
from ledger.store import past, queries
from ledger.store.counts import Scope
from ledger.store.reader import Reader
from tests.conftest import examples
from tests.properties.histories import Command, Question, histories, questions
from tests.properties.pair import ACTIVITIES, UNITS, living
from tests.properties.test_past import WAYS, contents, rebuilt, ways


def compared(present: Reader, a: Position, b: Position, period: Period, scope: Scope) -> Difference:
    """As the command does it: the later state first, then out of it the earlier."""
    with ExitStack() as ending:
        reader = past.recall_to(present, b.seq)
        if reader is not present:
            ending.callback(reader.close)
        seen = later(reader, a, b, period, scope)
        before = past.further(reader, present, a.seq)
        if before is not present:
            ending.callback(before.close)
        return difference(seen, before, a, b, period, scope, "学创台账")


def scope_asked(question: Question) -> Scope:
    unit = () if question.unit is None else (UNITS[question.unit],)
    activity = None if question.activity is None else ACTIVITIES[question.activity]
    return Scope(unit, () if activity is None else (activity,))


@given(history=histories, data=st.data(), way=ways, question=questions, days=st.integers(-30, 30))
@examples(100)
def test_the_difference_applied_to_what_was_gives_what_is(
    template: Path, history: tuple[date, list[Command]], data: st.DataObject, way: str, question: Question, days: int
) -> None:
    with living(template, *history) as pair, pair.reading() as reader:
        first, last = sorted(data.draw(st.tuples(*[st.integers(2, pair.naive.head)] * 2), "positions"))
        a = Position("甲", first, pair.today + timedelta(days=question.off))
        b = Position("乙", last, pair.today + timedelta(days=days))
        period = period_of(Kind(question.kind), pair.today + timedelta(days=question.away))
        scope = scope_asked(question)
        with patch.object(past, "_DEARER", WAYS[way]):
            found = compared(reader, a, b, period, scope)
        with rebuilt(reader, first) as was, rebuilt(reader, last) as now:
            require_exact(found, was, now, scope)
            require_complete(found, was, now)


def require_exact(found: Difference, was: Reader, now: Reader, scope: Scope) -> None:
    before, after = (
        figures_of(reader, found.period, one.today, scope, (), trend=False).totals.as_json()
        for reader, one in ((was, found.a), (now, found.b))
    )
    assert found.figures.keys() == FIGURES.keys() == before.keys()
    for name, figure in found.figures.items():
        assert told(figure.before) == before[name] and told(figure.after) == after[name]
        opened = [
            Counter(
                (one.task.id, one.counted) for one in drill(reader, found.period, day, scope, name, "", None).elements
            )
            for reader, day in ((was, found.a.today), (now, found.b.today))
        ]
        gained, lost = (Counter((one.task, one.counted) for one in some) for some in (figure.gained, figure.lost))
        assert lost <= opened[0] and not lost & gained
        assert opened[0] - lost + gained == opened[1]
        number, whole = (sum(n for (_, counted), n in opened[1].items() if counted), sum(opened[1].values()))
        assert figure.after == (Rate(number, whole) if FIGURES[name].rate else number)
        assert {one.task for one in (*figure.gained, *figure.lost)} <= found.tasks.keys()


def told(value: int | Rate) -> Any:
    return value.share if isinstance(value, Rate) else value


def require_complete(found: Difference, was: Reader, now: Reader) -> None:
    """Of a whole ledger every entry that is in force anew is told or counted, and every one that no longer is, told."""
    before, after = set(in_force(was)), set(in_force(now))
    events = found.happened.events
    assert {event.entry.seq for event in events["voided"] if event.entry} <= before - after
    told_of = {event.entry.seq for name, some in events.items() if name != "voided" for event in some if event.entry}
    problems = {event.problem.seq for name in ("raised", "resolved") for event in events[name] if event.problem}
    assert told_of <= after - before and problems <= after
    if found.scope == Scope():
        assert {event.entry.seq for event in events["voided"] if event.entry} == before - after
        new = [entry for entry in queries.entries(now) if entry.seq in after - before]
        silent = {entry.seq for entry in new if entry.seq not in told_of and "problem" not in entry.changes}
        assert sum(found.happened.others.values()) == len(silent)
        assert not silent & {entry.seq for entry in new if entry.action in ("add", "extend", "edit", "close", "cancel")}


def in_force(reader: Reader) -> Iterator[int]:
    where = f"SELECT e.seq FROM entry e WHERE e.task IS NOT NULL AND {queries.IN_FORCE}"
    return (seq for (seq,) in reader.rows(where))


@given(history=histories, data=st.data())
@examples(40)
def test_a_past_taken_back_further_is_the_earlier_past(
    template: Path, history: tuple[date, list[Command]], data: st.DataObject
) -> None:
    with living(template, *history) as pair, pair.reading() as reader:
        first, last = sorted(data.draw(st.tuples(*[st.integers(2, pair.naive.head)] * 2), "positions"))
        dearer = data.draw(st.sampled_from((0, 10**6)), "dearer")
        with (
            patch.object(past, "_DEARER", dearer),
            rebuilt(reader, first) as should,
            closing(past.further(past.recall_to(reader, last), reader, first)) as found,
        ):
            assert contents(found) == contents(should)
