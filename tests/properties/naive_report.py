"""The oracle's report of a period: every figure and every section by looking at each task on each day that matters.

Periods are found by walking the calendar day by day; days belong to one period as long as their `name_of` is the same.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.properties.naive import UNFINISHED, Card, NaiveLedger

DAY = timedelta(days=1)
PARTS = {"week": "day", "month": "week", "quarter": "month", "half": "quarter", "year": "quarter"}
FLOWS = {"reopened": {"reopen"}, "closed": {"close", "accept"}, "cancelled": {"cancel"}}
OBJECT = (
    "id", "title", "unit", "with", "activity", "key", "status", "assigned_on", "due_on", "grace_days",
    "original_due_on", "extensions", "submitted_on", "closed_on", "progress", "note", "quota", "carried_times", "light",
    "days_left", "later", "flagged", "flag_until", "urges", "slip", "part_of", "parts",
)  # fmt: skip
"""The keys of a task object that are compared."""

Figures = dict[str, Any]


def name_of(kind: str, day: date) -> str:
    if kind == "day":
        return str(day)
    if kind == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    place = {"month": f"-{day.month:02d}", "quarter": f"-Q{(day.month + 2) // 3}", "half": f"-H{1 + (day.month > 6)}"}
    return f"{day.year}{place.get(kind, '')}"


def span_of(kind: str, day: date) -> tuple[date, date]:
    """First and last day of the period that the day lies in."""
    start = end = day
    while name_of(kind, start - DAY) == name_of(kind, day):
        start -= DAY
    while name_of(kind, end + DAY) == name_of(kind, day):
        end += DAY
    return start, end


def parts_of(kind: str, start: date, end: date) -> Iterator[tuple[str, date, date]]:
    first = start
    while first <= end:
        last = first
        while last < end and name_of(PARTS[kind], last + DAY) == name_of(PARTS[kind], first):
            last += DAY
        yield name_of(PARTS[kind], first), first, last
        first = last + DAY


def carried_times(kind: str, due: date | None, given_out: date, start: date) -> int:
    if due is None or due >= start:
        return 0
    times, due = 0, max(due, given_out)
    while due < start:
        due = span_of(kind, due)[1] + DAY
        times += 1
    return times


def is_open(card: Card, day: date) -> bool:
    return card.status_on(day) in UNFINISHED


def dropped(card: Card, day: date) -> bool:
    return card.status_on(day) in ("cancelled", "paused")


def is_carried(card: Card, s: date, c: date) -> bool:
    return is_open(card, s - DAY) and card.due_on is not None and card.due_on < s and not dropped(card, c)


def is_due(card: Card, s: date, e: date, c: date) -> bool:
    in_time = card.due_on is not None and s <= card.due_on <= e
    return in_time and card.assigned_on <= e and not dropped(card, c)


def count(cards: list[Card], s: date, e: date, today: date) -> Figures:
    """The contract's table, line by line."""
    c = min(e, today)
    found: Figures = {"opening": sum(is_open(card, min(s - DAY, c)) for card in cards)}
    found["added"] = sum(s <= card.assigned_on <= c for card in cards)
    for name, wanted in FLOWS.items():
        found[name] = sum(action in wanted and s <= on <= c for card in cards for on, action in card.steps)
    found["closing"] = sum(is_open(card, c) for card in cards)
    found["carried"] = sum(is_carried(card, s, c) for card in cards)
    found["due"] = sum(is_due(card, s, e, c) for card in cards)
    found["obligation"] = found["carried"] + found["due"]
    owed = [card for card in cards if is_carried(card, s, c) or is_due(card, s, e, c)]
    found["met"] = sum(card.status_on(c) == "closed" for card in owed)
    found["completion_rate"] = _rate(found["met"], found["obligation"])
    closings = [(card, judged) for card in cards for on, judged in card.closings() if s <= on <= c]
    found["on_time"] = sum(card.binding is not None and on <= card.binding for card, on in closings)
    found["late"] = sum(card.binding is not None and on > card.binding for card, on in closings)
    found["on_time_rate"] = _rate(found["on_time"], found["on_time"] + found["late"])
    judged = [(on, last) for card, on in closings if (last := card.original_last_day) is not None]
    found["on_time_rate_original"] = _rate(sum(on <= last for on, last in judged), len(judged))
    limit = min(e, today - DAY)
    found["overdue"] = sum(is_overdue(card, c, limit) for card in cards)
    found["extended"] = sum(s <= on <= c for card in cards for on in card.extended_on)
    return found


def is_overdue(card: Card, c: date, limit: date) -> bool:
    """In hand at the end of c and not paused, past its last day, and not submitted in time."""
    if not is_open(card, c) or card.status_on(c) == "paused" or card.last_day is None or card.last_day > limit:
        return False
    submitted = card.submission(c) if card.status_on(c) == "submitted" else None
    return submitted is None or submitted > card.last_day


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def task_object(now: Card, kind: str, start: date, end: date, today: date) -> dict[str, Any]:
    """As at the end of a period that is over; what came after is told apart."""
    over = end < today
    card, today = (now.at_end_of(end), end) if over else (now, today)
    later = None
    if over and now.steps and now.steps[-1][0] > end:
        later = {"status": now.status, "on": now.steps[-1][0]}
    judged = card.submitted_on if card.status == "submitted" and card.submitted_on else today
    left = None if card.last_day is None or card.status not in ("open", "submitted") else (card.last_day - judged).days
    if card.status not in UNFINISHED:
        light = "done"
    elif left is None:
        light = "grey"
    else:
        light = "red" if left < 0 else "yellow" if left <= 3 else "blue" if left <= 7 else "green"
    done, every = now.parts_done(end if over else None)
    progress = 100 * done // every if every and card.progress is None else card.progress
    values = (
        card.id, card.title, card.unit, list(card.helpers), card.activity, card.key, card.status, card.assigned_on,
        card.due_on, card.grace, card.original_due_on, card.extensions, card.submitted_on,
        card.steps[-1][0] if card.status == "closed" else None, 100 if card.status == "closed" else progress,
        card.note,
        card.quota and {"least": card.quota, "most": None, "counter": "条", "count": card.tally},
        carried_times(kind, card.due_on, card.assigned_on, start), light, left, later,
        card.flagged, card.flag_until, card.urges, card.slip,
        card.part_of, {"done": done, "all": every} if every else None,
    )  # fmt: skip
    found = dict(zip(OBJECT, values, strict=True))
    return found | {"problems": [{"text": text, "since": since} for text, since in card.problems]}


def _sections(cards: list[Card], kind: str, s: date, e: date, today: date, full: bool) -> dict[str, list[Card]]:
    c = min(e, today)
    ps, pe = span_of(kind, s - DAY)
    ns, ne = span_of(kind, e + DAY)

    def stepped(card: Card, flow: str, first: date, last: date) -> bool:
        return any(action in FLOWS[flow] and first <= on <= last for on, action in card.steps)

    found = {
        "closed_before": [card for card in cards if stepped(card, "closed", ps, min(pe, today))],
        "carried": [card for card in cards if is_carried(card, s, c)],
        "due": [card for card in cards if is_due(card, s, e, c)],
        "added": [card for card in cards if s <= card.assigned_on <= c],
        "reopened": [card for card in cards if stepped(card, "reopened", s, c)],
        "closed": [card for card in cards if stepped(card, "closed", s, c)],
        "cancelled": [card for card in cards if stepped(card, "cancelled", s, c)],
        # Announced are also tasks still to be given out, if that is by then.
        "next": [
            card
            for card in cards
            if card.due_on is not None
            and ns <= card.due_on <= ne
            and card.assigned_on <= ne
            and (card.status_on(c) in UNFINISHED or (card.assigned_on > today and card.status in UNFINISHED))
        ],
        "undated": [card for card in cards if is_open(card, c) and card.due_on is None],
        "nil": [
            card
            for card in cards
            if card.quota and is_due(card, s, e, c) and is_open(card, c) and all(on > c for on, _ in card.counts)
        ],
    }
    if kind in ("quarter", "half", "year") and not full:
        for name in ("closed_before", "added", "closed", "cancelled"):
            found[name] = []
        for name in ("carried", "due"):
            found[name] = [card for card in found[name] if card.status_on(c) != "closed"]
    return found


def report(
    ledger: NaiveLedger,
    kind: str,
    day: date,
    today: date,
    order: tuple[str, ...],
    *,
    unit: str | None = None,
    activity: str | None = None,
    full: bool = False,
) -> dict[str, Any]:
    """The comparable part of the contract's report: sections sorted by number, problems as they are counted."""
    everything = ledger.cards()
    cards = [card for card in everything if unit in (None, card.unit) and activity in (None, card.activity)]
    s, e = span_of(kind, day)
    units = list(dict.fromkeys(card.unit for card in everything))
    units = [name for name in order if name in units] + [name for name in units if name not in order]
    activities: list[str | None] = [*dict.fromkeys(card.activity for card in everything if card.activity is not None)]
    if any(card.activity is None for card in everything):
        activities.append(None)
    units = [unit] if unit is not None else units
    activities = [activity] if activity is not None else activities
    sections = _sections(cards, kind, s, e, today, full)
    c = min(e, today)
    standing = {card.id: card.at_end_of(e) if e < today else card for card in cards if is_open(card, c)}
    solved = {number: card.problems for number, card in standing.items() if card.status in UNFINISHED}
    troubled = sorted((card for card in cards if solved.get(card.id)), key=lambda card: (not card.key, card.id))
    objects: dict[str, list[Any]] = {
        name: [task_object(card, kind, s, e, today) for card in chosen] for name, chosen in sections.items()
    }
    objects |= {"owed": [], "remarks": []}  # in these histories no unit is asked for reports, and no leader remarks
    objects["problems"] = [
        {"task": task_object(card, kind, s, e, today), "text": text, "since": since}
        for card in troubled
        for text, since in solved[card.id]
    ]
    return {
        "period": {"kind": kind, "label": name_of(kind, s), "start": s, "end": e},
        "today": today,
        "totals": count(cards, s, e, today),
        "by_unit": [
            {"name": name, **count([card for card in cards if card.unit == name], s, e, today)} for name in units
        ],
        "by_activity": [
            {"name": name, **count([card for card in cards if card.activity == name], s, e, today)}
            for name in activities
        ],
        "trend": [
            {"label": label, "start": first, "end": last, **count(cards, first, last, today)}
            for label, first, last in parts_of(kind, s, e)
        ],
        "sections": objects,
    }


def comparable(found: dict[str, Any]) -> dict[str, Any]:
    """A report of the program in the shape of `report`."""

    def chosen(task: dict[str, Any]) -> dict[str, Any]:
        return {name: task.get(name) for name in (*OBJECT, "problems")}

    sections: dict[str, list[Any]] = {
        name: sorted((chosen(task) for task in tasks), key=lambda task: int(task["id"]))
        for name, tasks in found["sections"].items()
        if name != "problems"
    }
    sections["problems"] = [{**problem, "task": chosen(problem["task"])} for problem in found["sections"]["problems"]]
    kept = ("period", "today", "totals", "by_unit", "by_activity", "trend")
    return {**{name: found[name] for name in kept}, "sections": sections}
