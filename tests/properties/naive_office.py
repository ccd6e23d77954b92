"""The oracle of supervision: what the office's settings forbid beside the lifecycle, and for which reasons.

Written from the interface contract alone, as `naive` is. A command may be forbidden for several reasons at once; which
of them is told is the program's choice.
"""

from datetime import date
from typing import Any

from tests.properties.naive import STEPS, UNFINISHED, Card, Deed, Forbidden, NaiveLedger

OFFICE = 0
"""The number under which changes of settings stand among the deeds."""
DEFAULTS: dict[str, Any] = {"review": False, "result_length": 0, "evidence_required": False, "extension_times": None}
SLIPS = ("blue", "orange", "red")


class Office(NaiveLedger):
    """All deeds, those on the settings too."""

    def copy(self) -> "Office":
        other = Office(self.head)
        other.deeds = list(self.deeds)
        return other

    def follow(self, other: "Office") -> None:
        """Come to what another one, begun from here, has come to."""
        self.deeds, self.head = other.deeds, other.head

    def stored(self, name: str) -> Any:
        """What a setting was set to, None where it is left at its default."""
        found = None
        for deed in self.in_force():
            if deed.task == OFFICE:
                found = deed.after.get(name, found)
        return found

    def setting(self, name: str) -> Any:
        found = self.stored(name)
        return DEFAULTS[name] if found is None else found

    def numbers(self) -> list[int]:
        return [number for number in super().numbers() if number != OFFICE]

    def card(self, number: int) -> Card | None:
        """A task; of the settings none, once each change of them is found to follow from the one before."""
        if number != OFFICE:
            return super().card(number)
        held: dict[str, Any] = dict.fromkeys(DEFAULTS)
        for deed in self.in_force():
            if deed.task == OFFICE:
                if any(held[name] != before for name, before in deed.before.items()):
                    raise Forbidden("builds on another deed")
                held |= deed.after
        return None

    # --- what is forbidden -------------------------------------------------------------------------------------------

    def meant(self, card: Card, action: str) -> str:
        """Under review striking off what waits is accepting it."""
        reviewed = action == "close" and self.setting("review") and card.status == "submitted"
        return "accept" if reviewed else action

    def against_day(self, card: Card, on: date, today: date) -> set[str]:
        found = {"to come"} if on > today else set()
        if on < card.assigned_on:
            found.add("before it was given out")
        if any(on < step for step, _ in card.steps):
            found.add("before the last step")
        return found

    def against_step(self, card: Card, action: str, actor: str, said: str | None) -> set[str]:
        action, review = self.meant(card, action), self.setting("review")
        found = set() if card.status in STEPS[action][1] else {"status"}
        if action == "close" and review and card.status in UNFINISHED:
            found.add("not submitted")
        if action == "accept" and review and card.status == "submitted" and submitter(card) == actor:
            found.add("own submission")
        return found | (self._lacking(card, said) if action in ("submit", "close") else set())

    def _lacking(self, card: Card, said: str | None) -> set[str]:
        """What the office asks for before what is not submitted yet."""
        if card.status == "submitted":
            return set()
        found = {"result"} if len(said or card.note or "") < self.setting("result_length") else set()
        return found | ({"no evidence"} if self.setting("evidence_required") and not pieces(card) else set())

    def against_extending(self, card: Card, due: date, approved: bool) -> set[str]:
        found = set() if card.status in UNFINISHED else {"status"}
        if due == card.due_on:
            found.add("the same deadline")
        limit = self.setting("extension_times")
        if limit is not None and card.extensions >= limit and not approved:
            found.add("too often")
        return found

    def against_urging(self, card: Card, on: date, again: bool) -> set[str]:
        found = set() if card.status == "open" else {"status"}
        if not again and any(deed.action == "urge" and deed.on == on for deed in card.deeds):
            found.add("urged that day")
        return found

    def against_undoing(self, actor: str, seq: int | None) -> set[str]:
        """Beside what later deeds build on: the first entry founds the ledger, the second is nobody's."""
        if seq is None:
            return set() if any(deed.actor == actor for deed in self.in_force()) else {"nothing to take back"}
        if seq > self.head:
            return {"no such"}
        deed = next((deed for deed in self.deeds if deed.seq == seq), None)
        if deed is None or deed.voids is not None:
            return {"lasting"}
        return set() if deed in self.in_force() else {"voided"}

    def reorder(self, numbers: list[int]) -> None:
        """The last deeds in the order of their tasks, which is the program's choice."""
        last = self.deeds[len(self.deeds) - len(numbers) :]
        assert sorted(deed.task for deed in last) == sorted(numbers)
        last.sort(key=lambda deed: numbers.index(deed.task))
        for place, deed in enumerate(last):
            deed.seq = self.head - len(numbers) + 1 + place
        self.deeds[len(self.deeds) - len(numbers) :] = last

    def waiting(self, actor: str, unit: str | None) -> list[Card]:
        """What `accept --submitted` takes: under review the actor's own submissions go on waiting, and wholes for those
        of their parts that are not taken."""
        found = [card for card in self.cards() if card.status == "submitted" and unit in (None, card.unit)]
        found = [card for card in found if not self.setting("review") or submitter(card) != actor]
        taken = {card.id for card in found}
        return [card for card in found if not {part.id for part in card.parts if part.status in UNFINISHED} - taken]


def pieces(card: Card) -> int:
    """How many files show that it is done."""
    return [deed.action for deed in card.deeds].count("evidence")


def submitter(card: Card) -> str:
    """Who submitted what waits: the name given, else the actor's."""
    last: Deed = [deed for deed in card.deeds if deed.action == "submit"][-1]
    return str(last.after.get("by", last.actor))


def against_dividing(card: Card | None) -> set[str]:
    """There are two levels, and what has ended is not divided."""
    if card is None:
        return {"no such"}
    return set() if card.part_of is None and card.status in UNFINISHED else {"parts"}


def against_moving(card: Card, day: date | None) -> set[str]:
    """What is against giving it out on another day: a step before that day."""
    return {"steps before"} if day is not None and any(step < day for step, _ in card.steps) else set()


def urged(card: Card, level: str | None) -> dict[str, Any]:
    """The second urging is orange, the third red; never milder than the last, nor than is asked for."""
    urges = card.urges + 1
    colours = {"blue", *({"orange"} if urges >= 2 else ()), *({"red"} if urges >= 3 else ())}
    colours |= {one for one in (card.slip, level) if one is not None}
    return {"urges": urges, "slip": max(colours, key=SLIPS.index)}


def changed(card: Card, after: dict[str, Any]) -> dict[str, Any] | None:
    """What of it differs from what the card holds, before and after; None where nothing does."""
    found = {name: value for name, value in after.items() if getattr(card, name) != value}
    return {"before": {name: getattr(card, name) for name in found}, "after": found} if found else None
