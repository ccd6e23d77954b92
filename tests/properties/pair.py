"""The program's ledger on disk and the oracle's, living through the same commands side by side."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ledger.base.errors import NotFound, Refused
from ledger.dates.meaning import Quota
from ledger.dates.period import Kind, period_of
from ledger.model.quota import quota_text
from ledger.reports.periods import period_report
from ledger.services import quotas, steps, tasks
from ledger.services.settings import Founding, begin
from ledger.services.undo import undo
from ledger.store import queries
from ledger.store.counts import Scope
from ledger.store.journal import Journal, Stamp, open_journal
from ledger.store.location import Location
from ledger.store.opening import open_reader
from ledger.store.reader import Reader
from tests.properties.histories import BASES, Command, Op, Question
from tests.properties.naive import UNFINISHED, Card, Forbidden, NaiveLedger

UNITS = ("综合组", "宣传组", "督导组")
ORDER = ("督导组", "综合组")
ACTIVITIES = (None, "学创活动", "专项整治")
ACTORS = ("张三", "李四")
CLOCK = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
CALLS = {
    "note": tasks.note,
    "extend": tasks.extend,
    "submit": steps.step("submit"),
    **{name: steps.step(name) for name in ("accept", "return", "close", "pause", "resume", "reopen", "cancel")},
    "tally": quotas.tally,
}

TURNS = {
    "open": ("cancel", "close", "close", "submit", "pause"),
    "submitted": ("cancel", "close", "close", "return", "accept"),
    "paused": ("cancel", "close", "close", "resume", "resume"),
}
"""By status the steps that a turn may take; none else but `reopen`."""


def new_ledger(path: Path) -> None:
    """An empty ledger whose units are in an order of their own; its two entries are nobody's of `ACTORS`."""
    with open_journal(Location(path), Stamp(BASES[0], CLOCK, "建账人", "root"), create=True) as journal:
        begin(journal, Founding("学创台账"))
        journal.configure({"units": [None, list(ORDER)]})


@contextmanager
def living(template: Path, base: date, history: list[Command]) -> Iterator["Pair"]:
    """A pair of ledgers that has lived through the history from a first day on; the file goes when the block ends."""
    with TemporaryDirectory(dir=template.parent) as room:
        pair = Pair(template, Path(room) / "ledger.db", base)
        pair.live(history)
        yield pair


class Pair:
    """The program's ledger in a file, and the oracle's, living through the same commands."""

    def __init__(self, template: Path, path: Path, base: date) -> None:
        shutil.copy(template, path)
        self.location = Location(path)
        self.naive = NaiveLedger(2)
        self.today = base
        self.now = CLOCK

    def live(self, history: list[Command]) -> None:
        for command in history:
            self.run(command)

    def run(self, command: Command) -> None:
        """Carry out a command on both. What is forbidden must be refused, and nothing else."""
        self.today += timedelta(days=command.move)
        self.now += timedelta(seconds=command.tick)
        actor = ACTORS[command.actor]
        foreseen, calls = self.naive.copy(), list[Call]()
        start, forbidden, refused = foreseen.head + 1, False, False
        try:
            for op in command.ops:
                calls.append(Call(op, foreseen, self.today))
                calls[-1].foresee(actor, start)
            foreseen.hold_wholes_to_their_parts(start)
        except Forbidden:
            forbidden = True
        said = ""
        try:
            with open_journal(self.location, Stamp(self.today, self.now, actor, "root")) as journal:
                for call in calls:
                    call.carry_out(journal)
        except (Refused, NotFound) as error:
            refused, said = True, error.what
        assert refused == forbidden, f"{command}: {said or 'not refused'}"
        if not refused:
            self.naive = foreseen

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        with closing(open_reader(self.location)) as reader:
            yield reader

    def ask(self, reader: Reader, question: Question) -> tuple[dict[str, Any], dict[str, Any]]:
        """The program's answer, and the arguments that put the same question to the oracle."""
        today = self.today + timedelta(days=question.off)
        day = self.today + timedelta(days=question.away)
        unit = None if question.unit is None else UNITS[question.unit]
        activity = None if question.activity is None else ACTIVITIES[question.activity]
        period = period_of(Kind(question.kind), day)
        rules = queries.rules(reader)
        scope = Scope(() if unit is None else (unit,), () if activity is None else (activity,))
        found = period_report(reader, period, today, rules, scope, full=question.full).as_json()
        asked = {"kind": question.kind, "day": day, "today": today, "order": ORDER}
        return found, {**asked, "unit": unit, "activity": activity, "full": question.full}


class Call:
    """One operation, with the task that it means at its turn."""

    def __init__(self, op: Op, naive: NaiveLedger, today: date) -> None:
        self.op = op
        self.naive = naive
        self.today = today
        numbers = naive.numbers()
        self.number = numbers[op.task % len(numbers)] if numbers else 1
        card = naive.card(self.number)
        if op.kind == "turn" and card is not None:
            self.op = op._replace(kind=TURNS.get(card.status, ("reopen",) * 5)[op.number])
        elif op.kind == "turn":
            self.op = op._replace(kind="close")
        self.divides = self.op.kind == "add" and "part" in self.op.flags and bool(numbers)
        self.whole = card if self.divides else None
        self.next = max(numbers, default=0) + 1
        self.text = f"{self.op.kind}{naive.head}"
        self.seq = None if op.number < 0 else 3 + op.number % max(naive.head - 2, 1)

    @property
    def on(self) -> date:
        return self.today - timedelta(days=self.op.back or 0)

    @property
    def due(self) -> date | None:
        return None if self.op.due is None else self.today + timedelta(days=self.op.due)

    # --- what the contract foresees ----------------------------------------------------------------------------------

    def foresee(self, actor: str, command: int) -> None:
        """Do it on the oracle's ledger. Raises `Forbidden`."""
        op, naive = self.op, self.naive
        if op.kind == "add":
            self._require_whole()
            naive.record(actor, command, self.next, "add", self.on, after=self._registration())
        elif op.kind == "undo":
            naive.void(actor, command, self.today, self.seq)
        elif (card := naive.card(self.number)) is None:
            raise Forbidden("no such task")
        elif op.kind == "edit":
            after = {name: value for name, value in self._corrections().items() if getattr(card, name) != value}
            before = {name: getattr(card, name) for name in after}
            if after:
                naive.record(actor, command, self.number, "edit", self.today, after=after, before=before)
        else:
            what = self._extension(card) if op.kind == "extend" else self._statement(card)
            if self.on > self.today:
                raise Forbidden("a day to come")
            naive.record(actor, command, self.number, op.kind, self.on, text=self.text, **what)
            if op.kind == "tally":
                self._strike_off(actor, command)

    def _strike_off(self, actor: str, command: int) -> None:
        card = self.naive.card(self.number)
        in_hand = any(part.status in UNFINISHED for part in self.naive.parts(self.number))
        if card and card.quota and card.status == "open" and card.tally >= card.quota and not in_hand:
            said = f"已达到数量要求 {card.tally}/{card.quota}"
            self.naive.record(actor, command, self.number, "close", self.on, text=said)

    def _extension(self, card: Card) -> dict[str, Any]:
        if self.due == card.due_on:
            raise Forbidden("the same deadline")
        ended: dict[str, Any] = (
            {"grace": card.grace} if card.grace else {}
        )  # it builds on the days of grace that it ends
        if card.due_on is None:  # and without a day on the words, which then say the quota alone
            ended["quota"] = card.quota
        return {"after": {"due_on": self.due}, "before": {"due_on": card.due_on, **ended}}

    def _statement(self, card: Card) -> dict[str, Any]:
        if self.op.kind == "tally":
            return {"after": {"count": self.op.number}}
        if self.op.kind != "note":
            return {}
        if "resolves" in self.op.flags and not card.problems:
            raise Forbidden("nothing to resolve")
        said: dict[str, Any] = {} if self.op.number < 0 else {"progress": self.op.number}
        return {"after": said | dict(zip(("problem",), self.op.flags, strict=False))}

    def _require_whole(self) -> None:
        if not self.divides:
            return
        if self.whole is None:
            raise Forbidden("no such task")
        if self.whole.part_of is not None or self.whole.status not in UNFINISHED:
            raise Forbidden("it is a part itself, or has ended")

    def _registration(self) -> dict[str, Any]:
        if self.whole is not None:
            return self._part(self.whole)
        op = self.op
        helpers = ("宣传组", "督导组") if "with" in op.flags else ()
        named = {"title": f"事项{self.next}", "unit": UNITS[op.unit], "activity": ACTIVITIES[op.activity]}
        dates = {"assigned_on": self.on, "due_on": self.due, "grace": op.number if self.due else 0}
        marks = {"key": "key" in op.flags, "quota": 3 if "quota" in op.flags else None}
        return {**named, **dates, "helpers": helpers, **marks}

    def _part(self, whole: Card) -> dict[str, Any]:
        """It takes over what it is not given itself."""
        op = self.op
        named: dict[str, Any] = {"title": f"事项{self.next}", "unit": UNITS[op.unit]}
        named["activity"] = ACTIVITIES[op.activity] or whole.activity
        due = {"due_on": self.due, "grace": 0} if self.due else {"due_on": whole.due_on, "grace": whole.grace}
        return {**named, **due, "assigned_on": self.on, "key": "key" in op.flags, "part_of": whole.id}

    def _corrections(self) -> dict[str, Any]:
        op = self.op
        values: dict[str, Any] = {"unit": UNITS[op.unit], "activity": ACTIVITIES[op.activity], "key": True}
        wanted: dict[str, Any] = {name: values[name] for name in ("unit", "activity", "key") if name in op.flags}
        if "on" in op.flags:
            wanted["assigned_on"] = self.on
        if "due" in op.flags:
            wanted |= {"due_on": self.due, "original_due_on": self.due, "grace": 0}
            wanted |= {} if self.due else {"quota": None}
        return wanted

    # --- what the program does ---------------------------------------------------------------------------------------

    def carry_out(self, journal: Journal) -> None:
        op = self.op
        if op.kind == "add":
            self._register(journal)
        elif op.kind == "undo":
            undo(journal, self.seq, None)
        elif op.kind == "edit":
            tasks.edit(journal, self._edit_options())
        else:
            given = {} if op.back is None else {"on": str(self.on)}
            said: dict[str, Any] = dict.fromkeys(("text", "note", "reason"), self.text)
            if op.kind == "note":
                said |= dict.fromkeys(op.flags, True) | ({} if op.number < 0 else {"progress": op.number})
            said |= {"count": op.number} if op.kind == "tally" else {}
            CALLS[op.kind](journal, {"task": self.number, "due": str(self.due), **said, **given})

    def _register(self, journal: Journal) -> None:
        if self.divides:
            named = {"title": f"事项{self.next}", "unit": UNITS[self.op.unit], "activity": ACTIVITIES[self.op.activity]}
            given = {**named, "on": str(self.on), "due": str(self.due or ""), "key": "key" in self.op.flags}
            tasks.add(journal, {name: value for name, value in given.items() if value} | {"part_of": self.number})
            return
        fields = self._registration()
        grace, helpers, quota = fields.pop("grace"), fields.pop("helpers"), fields.pop("quota")
        if not grace and not quota:
            days = {"on": str(fields.pop("assigned_on")), "due": str(fields.pop("due_on") or "")}
            given = {name: value for name, value in {**fields, **days}.items() if value}
            tasks.add(journal, {**given, "with": list(helpers)})
            return
        # No one form of deadline has any grace, any quota and any day.
        fields |= {"with": helpers, "grace_days": grace, "original_due_on": self.due, "due_text": str(self.due)}
        fields |= {"quota": quota_text(Quota(quota, None, "条"))} if quota else {}
        journal.add({**fields, "code": journal.codes.next(self.on.year)}, None)

    def _edit_options(self) -> dict[str, Any]:
        op = self.op
        values = {"unit": UNITS[op.unit], "activity": ACTIVITIES[op.activity] or "", "on": str(self.on), "key": True}
        values["due"] = str(self.due) if self.due else ""
        return {"task": self.number} | {name: values[name] for name in op.flags}
