"""Scores over random histories and rules: what the rule gives for what the oracle's tasks went through, counted one by
one as `docs/scoring.md` says; and every point is opened by the entries that add up to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.period import Kind, Period, period_of
from ledger.model.scoring import Rule, plain
from ledger.reports.points import points_of
from ledger.reports.ranking import Ranking, ranking_of
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import examples
from tests.properties.histories import Command, Question, histories, questions
from tests.properties.naive import Card
from tests.properties.naive_report import is_carried, is_due, is_overdue
from tests.properties.pair import UNITS, living

History = tuple[date, list[Command]]
DAY = timedelta(days=1)
CREDITS = ("lead", "assist", "early")
FAULTS = ("late", "late_assist", "overdue", "overdue_assist", "returned", "extended", "reopened")
ASSISTING = {"assist", "late_assist", "overdue_assist"}
ALL = {name: Decimal(1) for name in CREDITS}, {name: Decimal(1) / 2 for name in FAULTS}
_points = st.integers(0, 20).map(lambda halves: Decimal(halves) / 2)
rules = st.builds(
    lambda base, points, cap, floor, least, early, out, listed: Rule(
        "办法",
        base,
        points[0] | {name: -value for name, value in points[1].items()},
        None if cap is None else base + cap,
        None if floor is None else base - floor,
        least,
        listed,
        early,
        out,
    ),
    st.sampled_from((Decimal(0), Decimal(80), Decimal(100))),
    st.just(ALL)
    | st.tuples(
        st.dictionaries(st.sampled_from(CREDITS), _points, max_size=3),
        st.dictionaries(st.sampled_from(FAULTS), _points, min_size=1, max_size=7),
    ),
    st.none() | _points,
    st.none() | _points,
    st.integers(1, 2),
    st.integers(1, 4),
    st.sampled_from(((), (), (), (UNITS[0],))),
    st.integers(1, 2),
)


def events(card: Card, s: date, e: date, today: date, early_days: int) -> Iterator[tuple[str, str, date]]:
    """The unit, the event and its day, of all that a task went through in [s, e]."""
    c = min(e, today)
    helpers = [unit for unit in dict.fromkeys(card.helpers) if unit != card.unit]
    before = [(on, judged) for on, judged in card.closings() if on <= c]
    if card.status_on(c) == "closed" and before[-1][0] >= s:
        on, judged = before[-1]
        yield card.unit, "lead", on
        yield from ((unit, "assist", on) for unit in helpers)
        if card.binding is not None and judged > card.binding:
            yield card.unit, "late", on
            yield from ((unit, "late_assist", on) for unit in helpers)
        if card.binding and card.due_on and judged + early_days * DAY <= min(card.due_on, card.binding):
            yield card.unit, "early", on
    if is_overdue(card, c, min(e, today - DAY)):
        assert card.last_day is not None
        yield card.unit, "overdue", card.last_day
        yield from ((unit, "overdue_assist", card.last_day) for unit in helpers)
    for deed in card.deeds:
        name = {"return": "returned", "extend": "extended", "reopen": "reopened"}.get(deed.action)
        if name and s <= deed.on <= c:
            yield card.unit, name, deed.on


def expected(
    cards: list[Card], period: Period, today: date, rule: Rule
) -> dict[str, tuple[int, float | None, list[str]]]:
    """Unit → its items, its score and its events."""
    s, e, c = period.start, period.end, min(period.end, today)
    items: dict[str, set[int]] = {}
    found: dict[str, list[str]] = {}
    for card in cards:
        if card.assigned_on > today:
            continue
        if is_carried(card, s, c) or is_due(card, s, e, c):
            for unit in (card.unit, *(card.helpers if ASSISTING & rule.points.keys() else ())):
                items.setdefault(unit, set()).add(card.id)
        for unit, name, _ in events(card, s, e, today, rule.early_days):
            if name in rule.points:
                items.setdefault(unit, set()).add(card.id)
                found.setdefault(unit, []).append(name)
    scores: dict[str, tuple[int, float | None, list[str]]] = {}
    for unit in items:
        total = float(rule.base) + sum(float(rule.points[name]) for name in found.get(unit, []))
        if rule.cap is not None:
            total = min(total, float(rule.cap))
        if rule.floor is not None:
            total = max(total, float(rule.floor))
        scored = len(items[unit]) >= rule.min_items and unit not in rule.exclude
        scores[unit] = len(items[unit]), total if scored else None, sorted(found.get(unit, []))
    return scores


@given(history=histories, asked=st.lists(questions, min_size=2, max_size=4), rule=rules)
@examples(100)
def test_scores_are_what_the_oracle_counts(template: Path, history: History, asked: list[Question], rule: Rule) -> None:
    with living(template, *history) as pair, pair.reading() as reader:
        settings, cards = queries.rules(reader), pair.naive.cards()
        known = {card.unit for card in cards}
        apart = rule._replace(exclude=tuple(unit for unit in rule.exclude if unit in known))
        for question in (*asked, Question("year", 0, 0), Question("week", -7, 0)):
            today = pair.today + timedelta(days=question.off)
            period = period_of(Kind(question.kind), pair.today + timedelta(days=question.away))
            counted = expected(cards, period, today, apart)
            found = ranking_of(reader, period, today, settings, rule=apart)
            units = {row["name"]: row for row in found.as_json()["ranking"]}
            assert len(units) == len(found.units) and {*counted} | known == {*units}
            for name, row in units.items():
                items, score, _ = counted.get(name, (0, None, []))
                assert row["score"] == score, name
                assert row["items"] == (0 if name in apart.exclude else items)
            _places_hold(found)
            for name in units:
                told = points_of(reader, name, period, today, apart, Scope(), None).as_json("台账")
                assert told["score"] == units[name]["score"]
                if told["score"] is not None:
                    whole = told["base"] + sum(line["points"] for line in told["lines"]) + told["cut"]
                    assert whole == told["score"]
                    assert sorted(line["event"] for line in told["lines"]) == counted[name][2]


def _places_hold(found: Ranking) -> None:
    """The higher score stands before, alike ones share a place; who has none has no place."""
    scores = {one.name: one.score and one.score.total for one in found.units}
    for one in found.units:
        total = scores[one.name]
        above = [other for other in scores.values() if total is not None and other is not None and other > total]
        assert one.place == (None if total is None else 1 + len(above))
    assert not {one.name for one in found.red} & {one.name for one in found.black}


@given(history=histories, question=questions, rule=rules)
@examples(30)
def test_who_stands_on_a_list_has_stood_there_in_each_period_of_the_streak(
    template: Path, history: History, question: Question, rule: Rule
) -> None:
    with living(template, *history) as pair, pair.reading() as reader:
        settings = queries.rules(reader)
        rule = rule._replace(exclude=(), listed=1, min_items=1)
        period = period_of(Kind(question.kind), pair.today + timedelta(days=question.away))
        found = ranking_of(reader, period, pair.today, settings, rule=rule)
        assert found.scoring is not None
        for side, streaks in found.scoring.streaks._asdict().items():
            assert {*streaks} == {one.name for one in getattr(found, side)}
            for name, times in streaks.items():
                at = period
                for _ in range(times + 1):
                    before = ranking_of(reader, at, pair.today, settings, rule=rule)
                    listed = name in {one.name for one in getattr(before, side)}
                    assert listed == (at.index > period.index - times) or times == 12
                    at = at.previous


def test_points_are_told_without_needless_decimals() -> None:
    assert [plain(Decimal(text)) for text in ("2.50", "2.00", "-0.5", "1E+2")] == [2.5, 2, -0.5, 100]
