"""The lifecycle under random legal and illegal commands: exit code, reason, tasks and figures are the oracle's.

The program runs whole, in this process; the oracle (`naive_office`) knows the contract alone. What is refused must be
refused for a reason that the oracle has too, in one line, and must write nothing.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from tests.conftest import EXAMPLES, examples
from tests.properties.naive import STEPS, UNFINISHED, Card
from tests.properties.naive_office import OFFICE, Office, against_dividing, against_moving, changed, submitter, urged
from tests.properties.office_pair import LONG_ENOUGH, SETTINGS, Both, Options, asked, together
from tests.properties.pair import UNITS

ACTORS = ("张三", "李四", "王五")
BASES = (date(2013, 3, 20), date(2012, 2, 27), date(2020, 12, 30))
COLOURS = {None: None, "橙单": "orange", "红单": "red"}
actors = st.sampled_from(ACTORS)
tasks = st.integers(0, 5)
backs = st.just(0) | st.just(0) | st.integers(0, 4) | st.integers(-2, 12)
notes = st.none() | st.sampled_from(("已报", "已全部办结", LONG_ENOUGH))
days = st.integers(-4, 12) | st.integers(-30, 45)
units = st.none() | st.sampled_from(UNITS)
changes = st.sampled_from([("review", True), *((name, value) for name in SETTINGS for value in SETTINGS[name])])


class Lifecycle(Both):
    """What an office does with its tasks, and what it should not."""

    def __init__(self, template: Path) -> None:
        super().__init__(template, BASES[0])

    @initialize(base=st.sampled_from(BASES), review=st.booleans())
    def begin(self, base: date, review: bool) -> None:
        self.today = base
        if review:
            self.settle(ACTORS[0], ("review", True))
        self.add(ACTORS[0], 3, 5, UNITS[0], False)

    @rule(days=st.sampled_from((1, 1, 2, 3, 7, 12, -2)))
    def go_on(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.compared = False

    @rule(
        actor=actors, back=st.integers(-3, 20), due=st.none() | days, unit=st.sampled_from(UNITS), grace=st.booleans()
    )
    def add(self, actor: str, back: int, due: int | None, unit: str, grace: bool) -> None:
        number = max(self.naive.numbers(), default=0) + 1
        on = self.today - timedelta(days=back)
        day = None if due is None else self.today + timedelta(days=due)
        argv: tuple[str, ...] = ("add", f"事项{number}", f"--unit={unit}", f"--on={on}", "--json")
        argv = argv if day is None else (*argv, f"--due={day}{'左右' if grace else ''}")
        fields = {"title": f"事项{number}", "unit": unit, "assigned_on": on, "due_on": day}
        fields["grace"] = 5 if grace and day else 0
        post = lambda office, command: office.record(actor, command, number, "add", on, after=fields)  # noqa: E731
        self.same_task(self.live(actor, argv, set(), post))

    @rule(which=tasks, actor=actors, back=st.integers(-1, 6), due=st.none() | days, unit=st.sampled_from(UNITS))
    def divide(self, which: int, actor: str, back: int, due: int | None, unit: str) -> None:
        """A part of a task: without a deadline of its own it has the whole's."""
        whole, card = self.chosen(which)
        number, on = max(self.naive.numbers()) + 1, self.today - timedelta(days=back)
        day = None if due is None else self.today + timedelta(days=due)
        argv = ("add", f"事项{number}", f"--unit={unit}", f"--on={on}", f"--part-of=id:{whole}", "--json")

        def post(office: Office, command: int) -> None:
            assert card is not None
            own = {"due_on": card.due_on, "grace": card.grace} if day is None else {"due_on": day}
            fields = {"title": f"事项{number}", "unit": unit, "assigned_on": on, "part_of": whole, **own}
            office.record(actor, command, number, "add", on, after=fields)

        told = self.live(actor, argv if day is None else (*argv, f"--due={day}"), against_dividing(card), post)
        if told is not None:
            self.same_task(told)

    @rule(
        action=st.sampled_from(sorted(STEPS)), which=tasks, actor=actors, back=backs, said=notes, by=st.none() | actors
    )
    def step(self, action: str, which: int, actor: str, back: int, said: str | None, by: str | None) -> None:
        by = by if action == "submit" else None
        options: Options = {asked(action): said, "by": by}
        card = self.chosen(which)[1]
        self.act(
            action,
            which,
            actor,
            back,
            options,
            lambda card: self.naive.against_step(card, action, actor, said),
            lambda card: {"after": {"by": by}} if by else {},
            self.naive.meant(card, action) if card else None,
        )

    @rule(which=tasks, actor=actors)
    def add_evidence(self, which: int, actor: str) -> None:
        number, card = self.chosen(which)
        path = self.path.with_name("佐证.txt")
        path.write_text(str(self.naive.head))
        forbidden = {"no such"} if card is None else self.naive.against_day(card, self.today, self.today)
        post = lambda office, command: office.record(actor, command, number, "evidence", self.today)  # noqa: E731
        self.live(actor, ("evidence", "add", f"id:{number}", str(path)), forbidden, post)

    @rule(which=tasks, actor=actors, turn=st.integers(0, 9), back=st.integers(0, 2))
    def turn(self, which: int, actor: str, turn: int, back: int) -> None:
        """A step that the status allows, so that lives go on."""
        card = self.chosen(which)[1]
        if card is not None:
            allowed = [name for name, (_, sources) in STEPS.items() if card.status in sources]
            self.step(allowed[turn % len(allowed)], which, actor, back, LONG_ENOUGH, None)

    @rule(
        steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), tasks), min_size=2, max_size=3),
        actor=actors,
        back=st.integers(0, 3),
        batched=st.booleans(),
    )
    def steps_together(self, steps: list[tuple[str, int]], actor: str, back: int, batched: bool) -> None:
        """One step on several tasks, or a batch of several steps: all or none."""
        foreseen, on = self.naive.copy(), self.today - timedelta(days=back)
        found = [(action, self.chosen(which)[0]) for action, which in steps]
        if not batched:
            one = "close" if steps[0][0] in ("reopen", "cancel") else steps[0][0]
            found = [*dict.fromkeys((one, number) for _, number in found)]
        forbidden, start = set[str](), foreseen.head + 1
        for action, number in found:
            card = foreseen.card(number)
            against = {"no such"} if card is None else foreseen.against_day(card, on, self.today)
            against |= set() if card is None else foreseen.against_step(card, action, actor, LONG_ENOUGH)
            forbidden |= against
            if card is not None and not against:
                foreseen.record(actor, start, number, foreseen.meant(card, action), on, text=LONG_ENOUGH)
            elif batched:
                break
        argv = self.batch(found, on) if batched else together(found, on)
        self.live(actor, argv, forbidden, lambda office, command: office.follow(foreseen))

    @precondition(lambda self: any(card.status == "submitted" for card in self.naive.cards()))
    @rule(which=tasks, back=st.integers(0, 2), action=st.sampled_from(("accept", "close")))
    def accept_own(self, which: int, back: int, action: str) -> None:
        """Who submitted it tries to accept it."""
        waiting = [card for card in self.naive.cards() if card.status == "submitted"]
        card = waiting[which % len(waiting)]
        self.step(action, self.naive.numbers().index(card.id), submitter(card), back, None, None)

    @rule(actor=actors, unit=units, back=backs)
    def accept_all(self, actor: str, unit: str | None, back: int) -> None:
        unit, on = self.known(unit), self.today - timedelta(days=back)
        waiting = self.naive.waiting(actor, unit)
        argv = ("accept", "--submitted", "--yes", "--json", *((f"--unit={unit}",) if unit else ()), f"--on={on}")
        forbidden = set[str]().union(*(self.naive.against_day(card, on, self.today) for card in waiting))

        def post(office: Office, command: int) -> None:
            for card in waiting:
                office.record(actor, command, card.id, "accept", on)

        told = self.live(actor, argv, forbidden, post)
        if told is not None:
            self.naive.reorder([task["id"] for task in told])

    @rule(
        which=tasks,
        actor=actors,
        corrected=st.sampled_from(("unit", "due", "no due", "on")),
        unit=st.sampled_from(UNITS),
        away=days,
    )
    def edit(self, which: int, actor: str, corrected: str, unit: str, away: int) -> None:
        """A registration is corrected on any day, and in any status; it may not be after the steps taken."""
        number, card = self.chosen(which)
        day = self.today + timedelta(days=away)
        due = day if corrected == "due" else None
        deadline = {"due_on": due, "original_due_on": due, "grace": 0}
        corrections: dict[str, dict[str, Any]] = {"unit": {"unit": unit}, "on": {"assigned_on": day}}
        after = corrections.get(corrected, deadline)
        word = {"unit": f"--unit={unit}", "on": f"--on={day}", "due": f"--due={day}", "no due": "--due="}[corrected]

        def post(office: Office, command: int) -> None:
            change = card and changed(card, after)
            if change:
                office.record(actor, command, number, "edit", self.today, **change)

        forbidden = {"no such"} if card is None else against_moving(card, after.get("assigned_on"))
        told = self.live(actor, ("edit", f"id:{number}", word, "--json"), forbidden, post)
        if told is not None:
            self.same_task(told)

    @rule(which=tasks, actor=actors, back=backs, due=days, approved=st.booleans())
    def extend(self, which: int, actor: str, back: int, due: int, approved: bool) -> None:
        day = self.today + timedelta(days=due)
        options: Options = {"due": str(day), "reason": "须再研究", "approved-by": "李主任" if approved else None}

        def what(card: Card) -> dict[str, Any]:
            ended = {"grace": card.grace} if card.grace else {}
            return {"after": {"due_on": day}, "before": {"due_on": card.due_on, **ended}}

        against = lambda card: self.naive.against_extending(card, day, approved)  # noqa: E731
        self.act("extend", which, actor, back, options, against, what)

    @rule(
        which=tasks,
        actor=actors,
        back=backs,
        progress=st.none() | st.integers(0, 100),
        kind=st.sampled_from((None, None, "problem", "resolves")),
    )
    def note(self, which: int, actor: str, back: int, progress: int | None, kind: str | None) -> None:
        options: Options = {"text": f"正在办理,第{self.naive.head}次"}
        options |= {} if progress is None else {"progress": str(progress)}
        options |= {kind: True} if kind else {}
        after = ({} if progress is None else {"progress": progress}) | ({"problem": kind} if kind else {})

        def against(card: Card) -> set[str]:
            if kind == "problem":
                return set() if card.status in UNFINISHED else {"status"}
            return {"nothing to resolve"} if kind == "resolves" and not card.problems else set()

        self.act("note", which, actor, back, options, against, lambda card: {"after": after})

    @rule(which=tasks, actor=actors, back=backs, again=st.booleans(), level=st.sampled_from((None, *COLOURS)))
    def urge(self, which: int, actor: str, back: int, again: bool, level: str | None) -> None:
        on = self.today - timedelta(days=back)
        options: Options = {"method": "电话", "level": level, "again": again or None}

        def what(card: Card) -> dict[str, Any]:
            return {"after": urged(card, COLOURS[level]), "before": {"urges": card.urges, "slip": card.slip}}

        self.act("urge", which, actor, back, options, lambda card: self.naive.against_urging(card, on, again), what)

    @rule(which=tasks, actor=actors, back=backs, ahead=st.none() | st.integers(0, 20))
    def flag(self, which: int, actor: str, back: int, ahead: int | None) -> None:
        until = None if ahead is None else self.today + timedelta(days=ahead - back)

        def what(card: Card) -> dict[str, Any] | None:
            return changed(card, {"flagged": True, "flag_until": until or card.flag_until})

        against = lambda card: set() if card.status in UNFINISHED else {"status"}  # noqa: E731
        self.act("flag", which, actor, back, {"until": str(until) if until else None}, against, what)

    @rule(which=tasks, actor=actors, back=backs)
    def unflag(self, which: int, actor: str, back: int) -> None:
        against = lambda card: set() if card.flagged else {"not flagged"}  # noqa: E731
        what = lambda card: changed(card, {"flagged": False, "flag_until": None})  # noqa: E731
        self.act("unflag", which, actor, back, {}, against, what)

    @rule(actor=actors, change=changes)
    def settle(self, actor: str, change: tuple[str, Any]) -> None:
        name, value = change
        before = self.naive.stored(name)

        def post(office: Office, command: int) -> None:
            if before != value:
                what = {"before": {name: before}, "after": {name: value}}
                office.record(actor, command, OFFICE, "config", self.today, **what)

        self.live(actor, ("config", "set", name, SETTINGS[name][value]), set(), post)

    @rule(actor=actors, place=st.none() | st.integers(0, 40))
    def undo(self, actor: str, place: int | None) -> None:
        """The actor's last command, or one entry; the second, the order of the units, stays."""
        seq = None if place is None else 1 + place % (self.naive.head + 2)
        seq = 1 if seq == 2 else seq
        forbidden = self.naive.against_undoing(actor, seq)
        post = lambda office, command: office.void(actor, command, self.today, seq)  # noqa: E731
        self.live(actor, ("undo", *(() if seq is None else (str(seq),))), forbidden, post)

    @rule(kind=st.sampled_from(("week", "month", "quarter")), away=st.integers(-30, 20), unit=units)
    def look(self, kind: str, away: int, unit: str | None) -> None:
        self.same_report(kind, self.today + timedelta(days=away), unit)

    @invariant()
    def all_is_alike(self) -> None:
        """Every task, what is late, every figure and section of this week and month; what was refused wrote nothing."""
        if not self.compared:
            self.same_ledger()
        self.compared = True


@pytest.mark.hypothesis
def test_the_lifecycle_is_the_contracts(template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LEDGER_DB", "LEDGER_TZ", "LEDGER_FORMAT", "LEDGER_TRACEBACK", "LEDGER_TODAY", "LEDGER_ACTOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path / "settings.json"))

    class OfTemplate(Lifecycle):
        def __init__(self) -> None:
            super().__init__(template)

    run_state_machine_as_test(OfTemplate, settings=settings(examples(12, EXAMPLES // 5), stateful_step_count=20))
