"""Reports owed, late and missing over random histories: what a day-by-day count gives that knows nothing but the rule.

The oracle goes through the calendar day by day: it asks of each day whether a report was due on it, whether the task
was in hand at its end, and which reports came around it.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import Refused
from ledger.dates.period import Kind, period_of
from ledger.dates.workdays import Workdays
from ledger.model.rules import Rules
from ledger.model.scoring import Rule
from ledger.reports.points import points_of
from ledger.services.batch import OPERATIONS
from ledger.services.settings import set_rule
from ledger.store.counts import Scope
from ledger.store.feedback import missed, owed_by
from ledger.store.journal import Stamp, open_journal
from ledger.store.location import Location
from ledger.store.opening import open_reader
from tests.conftest import examples

BEGIN = date(2013, 3, 1)
DAY = timedelta(days=1)
HORIZON = 500
CLOCK = datetime(2026, 11, 26, tzinfo=UTC)
STEPS = {"pause": "paused", "resume": "open", "submit": "submitted", "return": "open", "close": "closed"}
STEPS |= {"reopen": "open", "cancel": "cancelled"}
CYCLES: tuple[str, ...] = (
    "每周五",
    "每周",
    "每周二、周四",
    "每月25日前",
    "每月底",
    "每旬",
    "每季度末月20日前",
    "每个工作日",
    "一次性",
)
CYCLES += ("4月10日前一次性",)


class Event(NamedTuple):
    """Something that happens `gap` days after the last: to which task, and how many days `back` it is dated."""

    gap: int
    kind: str
    task: int
    back: int = 0
    cycle: str = "一次性"


class Card:
    """A task as the oracle knows it."""

    def __init__(self, assigned_on: date, due_on: date | None, cycle: str) -> None:
        self.assigned_on, self.due_on, self.cycle = assigned_on, due_on, cycle
        self.turns = [(assigned_on, "open")]
        self.reports: list[date] = []

    def status_on(self, day: date) -> str:
        return next((status for on, status in reversed(self.turns) if on <= day), "")

    def due_days(self, rest_day: str) -> list[date]:
        """All days by which a report is due, to well behind the histories' end."""
        if self.cycle == "一次性":
            return [self.due_on or self.assigned_on + 15 * DAY]
        if self.cycle == "4月10日前一次性":
            return [date(2013, 4, 10)]
        days = (self.assigned_on + n * DAY for n in range(-40, HORIZON))
        moved = {Workdays().moved(day, rest_day) for day in days if is_due(self.cycle, day)}
        return sorted(day for day in moved if day > self.assigned_on)

    def faults(self, today: date, rest_day: str) -> Iterator[tuple[date, str]]:
        days = self.due_days(rest_day)
        reports = [on for on in self.reports if on <= today]
        for day in days:
            if day >= today or day < self.assigned_on or self.status_on(day) != "open":
                continue
            before = max((other for other in days if other < day), default=None)
            after = min((other for other in days if other > day), default=day + 7 * DAY)
            if any(on <= day and (before is None or on > before) for on in reports):
                continue
            came = any(day < on <= after for on in reports)
            yield day, "late" if came or today <= after else "missing"

    def owes_since(self, day: date, now: date, rest_day: str) -> date | None:
        if self.status_on(day) != "open":
            return None
        days = self.due_days(rest_day)
        last = max((on for on in self.reports if on <= day), default=None)
        answered = None if last is None else min((one for one in days if one >= last), default=date.max)
        return next(
            (
                one
                for one in days
                if self.assigned_on <= one < now
                and self.status_on(one) == "open"
                and (answered is None or one > answered)
            ),
            None,
        )


def is_due(cycle: str, day: date) -> bool:
    ends_month = (day + DAY).day == 1
    return {
        "每周五": day.isoweekday() == 5,
        "每周": day.isoweekday() == 7,
        "每周二、周四": day.isoweekday() in (2, 4),
        "每月25日前": day.day == 25,
        "每月底": ends_month,
        "每旬": day.day in (10, 20) or ends_month,
        "每季度末月20日前": day.day == 20 and day.month % 3 == 0,
        "每个工作日": Workdays().is_workday(day)[0],
    }[cycle]


_tasks = st.lists(
    st.tuples(st.integers(-20, 10), st.none() | st.integers(0, 60), st.sampled_from(CYCLES)), min_size=1, max_size=3
)
_kinds = ("report",) * 8 + (
    "pause",
    "resume",
    "resume",
    "submit",
    "return",
    "close",
    "reopen",
    "cancel",
    "edit",
    "undo",
)
_events = st.lists(
    st.builds(
        Event,
        st.integers(0, 9),
        st.sampled_from(_kinds),
        st.integers(0, 2),
        st.sampled_from((0, 0, 0, 1, 3)),
        st.sampled_from(CYCLES),
    ),
    max_size=25,
)


class World:
    """The program's ledger and the oracle's, living through the same events."""

    def __init__(self, path: Path, rest_day: str) -> None:
        self.location, self.rest_day, self.today = Location(path), rest_day, BEGIN
        self.cards: list[Card] = []
        self.last: tuple[Card, str, object] | None = None
        if rest_day != "keep":
            with open_journal(self.location, Stamp(BEGIN, CLOCK, "建账人", "clerk")) as journal:
                set_rule(journal, "rest_day", rest_day)

    def post(self, kind: str, **options: object) -> bool:
        """Whether the program allowed it."""
        stamp = Stamp(self.today, CLOCK, "张三", "clerk")
        try:
            with open_journal(self.location, stamp) as journal:
                OPERATIONS[kind][0](journal, options)
        except Refused:
            return False
        return True

    def add(self, off: int, due: int | None, cycle: str) -> None:
        on = BEGIN + off * DAY
        due_on = None if due is None else on + due * DAY
        named = {} if due_on is None else {"due": due_on.isoformat()}
        assert self.post(
            "add", title=f"甲{off}{due}", unit="综合组", on=on.isoformat(), feedback=cycle, year=2013, **named
        )
        self.cards.append(Card(on, due_on and Workdays().moved(due_on, self.rest_day), cycle))

    def live(self, event: Event) -> None:
        self.today += event.gap * DAY
        number = event.task % len(self.cards)
        card, on = self.cards[number], self.today - event.back * DAY
        named = {"task": number + 1, "on": on.isoformat()}
        if event.kind == "report":
            if self.post("note", text="无" if event.back else "有进展", report=True, **named):
                card.reports.append(on)
                self.last = (card, "report", on)
        elif event.kind == "edit":
            if self.post("edit", task=number + 1, feedback=event.cycle, year=2013) and card.cycle != event.cycle:
                self.last = (card, "edit", card.cycle)
                card.cycle = event.cycle
        elif event.kind == "undo":
            self.undo()
        elif self.post(event.kind, reason="照办", **named):
            card.turns.append((on, STEPS[event.kind]))
            self.last = (card, "step", None)

    def undo(self) -> None:
        if self.last is None or not self.post("undo"):
            return
        card, kind, held = self.last
        if kind == "report":
            assert isinstance(held, date)
            card.reports.remove(held)
        elif kind == "edit":
            card.cycle = str(held)
        else:
            card.turns.pop()
        self.last = None


@given(
    tasks=_tasks,
    events=_events,
    rest_day=st.sampled_from(("keep", "keep", "before", "after")),
    asked=st.lists(st.tuples(st.integers(-60, 60), st.integers(0, 40)), min_size=1, max_size=4),
)
@examples(150)
def test_reports_owed_late_and_missing_are_what_the_oracle_counts(
    template: Path,
    tasks: list[tuple[int, int | None, str]],
    events: list[Event],
    rest_day: str,
    asked: list[tuple[int, int]],
) -> None:
    with TemporaryDirectory(dir=template.parent) as room:
        path = Path(room) / "ledger.db"
        shutil.copy(template, path)
        world = World(path, rest_day)
        for one in tasks:
            world.add(*one)
        for event in events:
            world.live(event)
        _compare(world, Rules(rest_day=rest_day), asked)


def _compare(world: World, rules: Rules, asked: list[tuple[int, int]]) -> None:
    reader = open_reader(world.location)
    try:
        for off, length in asked:
            first = world.today + off * DAY
            last = first + length * DAY
            for today in (world.today, world.today + 20 * DAY):
                told = [
                    (one.task, one.fault.due, one.fault.kind)
                    for one in missed(reader, rules, first, last, today, Scope())
                ]
                expected = [
                    (number, day, kind)
                    for number, card in enumerate(world.cards, start=1)
                    for day, kind in card.faults(today, world.rest_day)
                    if first <= day <= last
                ]
                assert sorted(told) == sorted(expected)
            _scored_alike(world, rules, first)
            _owed_alike(world, rules, min(first, world.today - DAY), past=True)
        _owed_alike(world, rules, world.today, past=False)
    finally:
        reader.close()


def _scored_alike(world: World, rules: Rules, day: date) -> None:
    """Each due day that was missed costs its points, and every point is opened by an entry of its task."""
    period = period_of(Kind.MONTH, day)
    points = {"report_late": Decimal(-1), "report_missing": Decimal(-3)}
    rule = Rule("办法", Decimal(100), points)
    faults = [
        kind
        for card in world.cards
        for due, kind in card.faults(world.today, world.rest_day)
        if period.start <= due <= period.end
    ]
    reader = open_reader(world.location)
    try:
        found = points_of(reader, "综合组", period, world.today, rule, Scope(), None)
        entries: dict[int, int] = dict(reader.rows("SELECT seq, task FROM entry WHERE task IS NOT NULL"))
    finally:
        reader.close()
    assert sorted(one.event for one in found.events) == sorted(f"report_{kind}" for kind in faults)
    assert all(entries[one.seq] == one.task for one in found.events)
    if found.score is not None and found.score.total is not None:
        assert found.total == 100 - faults.count("late") - 3 * faults.count("missing")
    else:
        assert not faults


def _owed_alike(world: World, rules: Rules, day: date, *, past: bool) -> None:
    now = day + DAY if past else day
    reader = open_reader(world.location)
    try:
        told = {one.task.id: one.owing for one in owed_by(reader, rules, day, now, Scope())}
    finally:
        reader.close()
    since = {
        number: found
        for number, card in enumerate(world.cards, start=1)
        if (found := card.owes_since(day, now, world.rest_day))
    }
    assert {number: owing.since for number, owing in told.items()} == since
    for number, owing in told.items():
        before = Card.faults(_cut(world.cards[number - 1], day), now, world.rest_day)
        kinds = [kind for _, kind in before]
        assert (owing.late, owing.missing) == (kinds.count("late"), kinds.count("missing"))


def _cut(card: Card, day: date) -> Card:
    """The card as far as reports of later days are not known."""
    found = Card(card.assigned_on, card.due_on, card.cycle)
    found.turns, found.reports = card.turns, [on for on in card.reports if on <= day]
    return found
