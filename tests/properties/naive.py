"""The oracle's ledger: what was done, as plain lists, and what it makes of a task by going through them.

Written from the interface contract alone, as slowly as it can be said; nothing of `ledger` is used. A *deed* is one
entry; a *card* is a task after its deeds in force, with its lifecycle steps as (day, action) in the order of recording.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

STEPS = {
    "submit": ("submitted", {"open"}),
    "return": ("open", {"submitted"}),
    "accept": ("closed", {"submitted"}),
    "close": ("closed", {"open", "submitted", "paused"}),
    "pause": ("paused", {"open"}),
    "resume": ("open", {"paused"}),
    "reopen": ("open", {"closed", "cancelled"}),
    "cancel": ("cancelled", {"open", "submitted", "paused"}),
}
"""Step → the status after it, the statuses before it."""
UNFINISHED = {"open", "submitted", "paused"}
FOR = {"extend": UNFINISHED, "flag": UNFINISHED, "urge": {"open"}}
"""What else is for tasks of some statuses alone."""


class Forbidden(Exception):
    """The contract refuses it (exit 5)."""


@dataclass
class Deed:
    """One entry: `after` and `before` have the fields that it changed; `voids` the seq that it takes back."""

    seq: int
    task: int
    actor: str
    command: int
    action: str
    on: date
    after: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    text: str | None = None
    voids: int | None = None


@dataclass
class Card:
    """A task as its deeds in force leave it."""

    id: int
    title: str = ""
    unit: str = ""
    helpers: tuple[str, ...] = ()
    activity: str | None = None
    key: bool = False
    assigned_on: date = date.min
    due_on: date | None = None
    grace: int = 0
    original_due_on: date | None = None
    original_grace: int = 0
    binding: date | None = None
    asked_too_late: bool = False
    part_of: int | None = None
    extensions: int = 0
    progress: int | None = None
    note: str | None = None
    quota: int | None = None
    counts: list[tuple[date, int]] = field(default_factory=list)
    problems: list[tuple[str, date]] = field(default_factory=list)
    steps: list[tuple[date, str]] = field(default_factory=list)
    extended_on: list[date] = field(default_factory=list)
    flagged: bool = False
    flag_until: date | None = None
    urges: int = 0
    slip: str | None = None
    deeds: list[Deed] = field(default_factory=list)
    parts: list["Card"] = field(default_factory=list)

    def parts_done(self, day: date | None) -> tuple[int, int]:
        """How many of its parts were struck off at the end of a day, or are now, of how many that were given out and
        not cancelled."""
        found = [part.status if day is None else part.status_on(day) for part in self.parts]
        return found.count("closed"), sum(status not in (None, "cancelled") for status in found)

    def status_on(self, day: date) -> str | None:
        """The status at the end of a day, None before the task was given out."""
        if day < self.assigned_on:
            return None
        status = "open"
        for on, action in self.steps:
            if on <= day:
                status = STEPS[action][0]
        return status

    @property
    def status(self) -> str:
        return STEPS[self.steps[-1][1]][0] if self.steps else "open"

    def in_hand_after(self, day: date) -> bool:
        """Whether it was open or paused at some time after a day, be it for moments."""
        statuses = ["open", *(STEPS[action][0] for _, action in self.steps)]
        ends = [*(on for on, _ in self.steps), date.max]
        return any(status in ("open", "paused") and end > day for status, end in zip(statuses, ends, strict=True))

    @property
    def submitted_on(self) -> date | None:
        """The submission in force: none after a return or a restoring."""
        return self.submission(date.max)

    def submission(self, day: date) -> date | None:
        """The submission in force at the end of a day."""
        found = None
        for on, action in self.steps:
            if on <= day and action in ("submit", "return", "reopen"):
                found = on if action == "submit" else None
        return found

    def closings(self) -> list[tuple[date, date]]:
        """Each closing: its day, and the day it is judged by, that of the submission that it accepted or its own."""
        found, before = [], (date.min, "add")
        for on, action in self.steps:
            if action in ("close", "accept"):
                found.append((on, before[0] if before[1] == "submit" else on))
            before = (on, action)
        return found

    def at_end_of(self, day: date) -> "Card":
        """The card with its steps, counts, progress, note, problems and pressure as they were at the end of a day."""
        was = replace(self, steps=[(on, action) for on, action in self.steps if on <= day])
        was.counts = [(on, count) for on, count in self.counts if on <= day]
        was.progress, was.note, was.problems = None, None, []
        was.flagged, was.flag_until, was.urges, was.slip = False, None, 0, None
        for deed in self.deeds:
            if deed.action == "add" or deed.on <= day:
                _tell(was, deed)
                _press(was, {**deed.after, "urges": was.urges + 1} if deed.action == "urge" else deed.after)
        return was

    @property
    def tally(self) -> int:
        return sum(count for _, count in self.counts)

    @property
    def last_day(self) -> date | None:
        return plus_grace(self.due_on, self.grace)

    @property
    def original_last_day(self) -> date | None:
        return plus_grace(self.original_due_on, self.original_grace)


def plus_grace(day: date | None, grace: int) -> date | None:
    return None if day is None else day + timedelta(days=grace)


def card_of(deeds: list[Deed]) -> Card:
    """Go through a task's deeds in force. Raises `Forbidden` where one builds on something that is not there."""
    first, *rest = deeds
    if first.action != "add":
        raise Forbidden("nothing registered")
    card = Card(first.task, **first.after)
    card.original_due_on, card.original_grace = card.due_on, card.grace
    card.binding = card.last_day
    card.deeds = deeds
    _tell(card, first)
    for deed in rest:
        _post(card, deed)
        _tell(card, deed)
    if any(on < card.assigned_on for on, _ in card.steps):
        raise Forbidden("a step before the task was given out")
    return card


def _look_at(card: Card, deed: Deed) -> None:
    if deed.action != "edit" and (deed.on < card.assigned_on or any(deed.on < on for on, _ in card.steps)):
        raise Forbidden("business dates")
    if card.status not in FOR.get(deed.action, {card.status}):
        raise Forbidden("only a task in hand is extended or pressed")


def _post(card: Card, deed: Deed) -> None:
    _look_at(card, deed)
    if any(getattr(card, name) != before for name, before in deed.before.items()):
        raise Forbidden("builds on another deed")
    if deed.action in STEPS:
        _step(card, deed)
    elif deed.action == "extend":
        _extend(card, deed)
    elif deed.action == "edit":
        _edit(card, deed)
    elif deed.action == "tally":
        if card.quota is None or card.status == "cancelled":
            raise Forbidden("nothing is counted of it")
        card.counts = [*card.counts, (deed.on, deed.after["count"])]
    elif deed.action in ("urge", "flag", "unflag"):
        _press(card, deed.after)
    elif deed.after.get("problem") == "problem" and card.status not in UNFINISHED:
        raise Forbidden("only a task in hand has problems")


def _step(card: Card, deed: Deed) -> None:
    if card.status not in STEPS[deed.action][1]:
        raise Forbidden("status")
    card.steps.append((deed.on, deed.action))


def _extend(card: Card, deed: Deed) -> None:
    if card.due_on is not None and deed.on > card.due_on:
        card.asked_too_late = True
    card.due_on, card.grace = deed.after["due_on"], 0
    card.extensions += 1
    card.extended_on = [*card.extended_on, deed.on]
    if not card.asked_too_late:
        card.binding = card.due_on


def _press(card: Card, after: dict[str, Any]) -> None:
    """Urged, listed by name or taken down from there."""
    for name in after.keys() & {"flagged", "flag_until", "urges", "slip"}:
        setattr(card, name, after[name])


def _edit(card: Card, deed: Deed) -> None:
    for name, value in deed.after.items():
        setattr(card, name, value)
    if deed.after.keys() & {"due_on", "original_due_on", "grace"}:
        card.original_due_on, card.original_grace = card.due_on, card.grace
        card.binding = card.last_day


def _tell(card: Card, deed: Deed) -> None:
    """What a deed says of how far the task has come: progress, what was told last, problems."""
    card.progress = deed.after.get("progress", card.progress) if deed.action == "note" else card.progress
    said = deed.after.get("problem") if deed.action == "note" else None
    if said == "problem":
        card.problems = [*card.problems, (deed.text or "", deed.on)]
    if said == "resolves" or deed.action in ("close", "accept"):
        card.problems = []
    if deed.text is not None and said is None and deed.action in ("add", "note", "submit", "close"):
        card.note = deed.text


def clash(whole: Card, part: Card) -> bool:
    """Whether on any day the whole had ended while the part was in hand: at the day's end; or one of them all day long,
    while the other came and went."""
    stepped = {on for card in (whole, part) for on, _ in card.steps}
    for day in {part.assigned_on, *stepped}:
        eve = day - timedelta(days=1)
        moved, closed = ([on for on, _ in card.steps if on == day] for card in (part, whole))
        ended = [has_ended(whole.status_on(one)) for one in (eve, day)]
        in_hand = [part.status_on(one) in UNFINISHED for one in (eve, day)]
        if ended[1] and in_hand[1]:
            return True
        if all(ended) and not closed and (moved or part.assigned_on == day):
            return True
        ending = any(on == day and has_ended(STEPS[action][0]) for on, action in whole.steps)
        if all(in_hand) and not moved and ending:
            return True
    return False


def has_ended(status: str | None) -> bool:
    return status in ("closed", "cancelled")


class NaiveLedger:
    """All deeds in the order of recording. `head` is the seq of the last entry."""

    def __init__(self, head: int) -> None:
        self.head = head
        self.deeds: list[Deed] = []

    def copy(self) -> "NaiveLedger":
        other = NaiveLedger(self.head)
        other.deeds = list(self.deeds)
        return other

    def in_force(self) -> list[Deed]:
        voided = {deed.voids for deed in self.deeds}
        return [deed for deed in self.deeds if deed.voids is None and deed.seq not in voided]

    def cards(self) -> list[Card]:
        """Every task that exists, by number."""
        found = [card for number in self.numbers() if (card := self.card(number)) is not None]
        for card in found:
            card.parts = [part for part in found if part.part_of == card.id]
        return found

    def numbers(self) -> list[int]:
        """The numbers ever given, undone ones too."""
        return sorted({deed.task for deed in self.deeds})

    def card(self, number: int) -> Card | None:
        deeds = [deed for deed in self.in_force() if deed.task == number]
        return card_of(deeds) if deeds else None

    def parts(self, number: int) -> list[Card]:
        return [card for card in self.cards() if card.part_of == number]

    def hold_wholes_to_their_parts(self, start: int) -> None:
        """At the end of a command whose first entry was `start`. Raises `Forbidden`."""
        for part in self.cards():
            if part.part_of is None:
                continue
            whole = self.card(part.part_of)
            if whole is None:
                raise Forbidden("a part of nothing")
            if clash(whole, part):
                raise Forbidden("a part in hand of a whole that has ended")
            last = [deed for deed in whole.deeds if deed.action in STEPS][-1:]
            if last and last[0].action == "submit" and last[0].seq >= start and part.in_hand_after(last[0].on):
                raise Forbidden("submitted before its part")

    def record(self, actor: str, command: int, task: int, action: str, on: date, **what: Any) -> None:
        """Write down one deed. Raises `Forbidden` when the rules are against it."""
        self.head += 1
        self.deeds.append(Deed(self.head, task, actor, command, action, on, **what))
        self.card(task)

    def void(self, actor: str, command: int, on: date, seq: int | None) -> None:
        """Take back one entry, or the actor's last command whole. Raises `Forbidden`."""
        in_force = self.in_force()
        if seq is None:
            mine = [deed for deed in in_force if deed.actor == actor]
            wrong = [deed for deed in in_force if mine and deed.command == mine[-1].command]
        else:
            wrong = [deed for deed in in_force if deed.seq == seq]
        if not wrong:
            raise Forbidden("nothing to take back")
        for deed in reversed(wrong):
            self.head += 1
            self.deeds.append(Deed(self.head, deed.task, actor, command, "void", on, voids=deed.seq))
        for number in {deed.task for deed in wrong}:
            self.card(number)
