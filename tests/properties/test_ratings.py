"""Evaluations over random histories: the section of a period's report against a list kept beside, with each one's exact
share; and what is left to be rectified against the units and tasks that were rated below the floor and not yet put
right."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.period import Kind, period_of
from ledger.model.task import UNFINISHED
from ledger.reports.parts import period_parts
from ledger.reports.periods import period_report
from ledger.services import tasks, units
from ledger.services.rating import rate
from ledger.services.steps import step
from ledger.services.undo import undo
from ledger.store import queries
from ledger.store.counts import Scope
from ledger.store.location import Location
from tests.conftest import Book, examples

BASE = date(2013, 3, 1)
RATED = ("综合组", "宣传组", "2013-001", "2013-002")
LEADS = {"2013-001": "综合组", "2013-002": "宣传组"}
COUNTS = st.tuples(*(st.integers(0, 20),) * 3).filter(any)
PERCENTS = st.integers(0, 10_000)
DEEDS = st.one_of(
    st.tuples(st.just("rate"), st.sampled_from(RATED), COUNTS | PERCENTS, st.integers(0, 3)),
    st.tuples(st.just("close"), st.integers(0, 3)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("rename"), st.sampled_from(("宣传组", "宣传处"))),
)


class Told(NamedTuple):
    of: str
    on: date
    share: Fraction


class State(NamedTuple):
    """The evaluations, what is to be put right (origin), and what 宣传组 is called."""

    told: tuple[Told, ...] = ()
    left: tuple[str, ...] = ()
    called: str = "宣传组"


def share_of(found: Any) -> Fraction:
    return Fraction(found, 10_000) if isinstance(found, int) else Fraction(found[0] + found[1], sum(found))


def options_of(found: Any) -> dict[str, Any]:
    if isinstance(found, int):
        return {"percent": f"{found // 100}.{found % 100:02d}%"}
    return dict(zip(("satisfied", "basically", "dissatisfied"), found, strict=True))


def live(book: Book, deeds: Sequence[Any]) -> tuple[State, date]:
    """The oracle's state after all deeds, a day each, which the ledger goes through as well."""
    states, today = [State()], BASE
    for deed in deeds:
        today += timedelta(1)
        state = states[-1]
        with book.journal(today.isoformat()) as journal:
            if deed[0] == "rate":
                _, of, found, ago = deed
                on = max(BASE, today - timedelta(ago))
                of = state.called if of == "宣传组" else of
                rate(journal, {"name": of, "on": on.isoformat(), **options_of(found)})
                share = share_of(found)
                left = (*state.left, of) if share < Fraction(9, 10) and of not in state.left else state.left
                states.append(state._replace(told=(*state.told, Told(of, on, share)), left=left))
            elif deed[0] == "close" and deed[1] < len(state.left):
                origin = state.left[deed[1]]
                (task,) = [task for task in queries.tasks_from(journal.writer, [origin]) if task.status in UNFINISHED]
                step("close")(journal, {"task": task.id})
                states.append(state._replace(left=tuple(one for one in state.left if one != origin)))
            elif deed[0] == "undo" and len(states) > 1:
                undo(journal, None, None)
                states.pop()
            elif deed[0] == "rename" and deed[1] != state.called:
                units.rename(journal, state.called, deed[1])
                told = tuple(one._replace(of=deed[1] if one.of == state.called else one.of) for one in state.told)
                left = tuple(deed[1] if one == state.called else one for one in state.left)
                states.append(State(told, left, deed[1]))
    return states[-1], today


@examples(60)
@given(st.lists(DEEDS, max_size=14), st.sampled_from((Kind.WEEK, Kind.MONTH, Kind.QUARTER)), st.integers(-1, 1))
def test_the_section_of_a_report_has_each_evaluation_of_its_days(deeds: list[Any], kind: Kind, shift: int) -> None:
    with TemporaryDirectory() as room:
        book = Book(Location(Path(room) / "ledger.db")).found()
        with book.journal(BASE.isoformat(), actor="建账人") as journal:
            for code, unit in LEADS.items():
                tasks.add(journal, {"title": f"{unit}的方案", "unit": unit, "code": code})
        state, today = live(book, deeds)
        period = period_of(kind, today + shift * timedelta(7))
        with book.reading() as reader:
            rules = queries.rules(reader)
            report = period_report(reader, period, today, rules, Scope())
            parts = dict(period_parts(reader, period, today, rules, Scope(), "unit"))
            alone = period_report(reader, period, today, rules, Scope(units=(state.called,)))
            unfinished = {task.origin for task in queries.tasks(reader, "WHERE t.origin IS NOT NULL")} & {
                task.origin for task in queries.tasks(reader, "") if task.status in UNFINISHED and task.origin
            }
        wanted = [one for one in state.told if period.start <= one.on <= min(period.end, today)]
        found = [Told(one.origin, one.on, Fraction(*one.rating.share)) for one in report.ratings]
        assert sorted(found) == sorted(wanted)
        assert [one.is_below for one in report.ratings] == [share < Fraction(9, 10) for _, _, share in found]
        assert unfinished == set(state.left)
        led = {one for one, unit in LEADS.items() if unit == "宣传组"} | {state.called}
        assert sorted(one.origin for one in alone.ratings) == sorted(one.of for one in wanted if one.of in led)
        assert sorted(one.seq for part in parts.values() for one in part.ratings) == sorted(
            one.seq for one in report.ratings
        )
        assert [one.rectifying is not None for one in report.ratings if one.is_below].count(False) == 0
        assert book.faults() == []
