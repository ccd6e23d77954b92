"""Figures by group of units over random histories and groupings: each group is what the oracle counts of its units, the
groups of a set add up to the whole; what a leader looks after is what he answers for and what his units lead."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.period import Kind, period_of
from ledger.model.rules import UNGROUPED, Group, GroupSet
from ledger.reports.figures import figures_of
from ledger.reports.lists import Filter, list_tasks
from ledger.reports.periods import period_report
from ledger.reports.ranking import ranking_of
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import examples
from tests.properties.histories import Command, Question, histories, questions
from tests.properties.naive_report import count
from tests.properties.pair import ORDER, UNITS, living

History = tuple[date, list[Command]]
GROUPS = ("东片", "西片", "北片")
ADDED = (
    "opening", "added", "reopened", "closed", "cancelled", "closing", "carried", "due", "obligation", "met",
    "on_time", "late", "overdue", "extended",
)  # fmt: skip
LED = "王主任"
LEAD = f"UPDATE task SET leader = CASE id % 3 WHEN 0 THEN NULL WHEN 1 THEN '{LED}' ELSE '李主任' END"
"""The histories know no leaders."""


def set_of(name: str, places: list[int | None]) -> GroupSet:
    """Each unit in the group of its place, or in none; a group may have units that the ledger does not know."""
    members = {
        group: [unit for unit, at in zip(UNITS, places, strict=True) if at == place]
        for place, group in enumerate(GROUPS)
    }
    return GroupSet(
        name, tuple(Group(f"{name}{group}", None, (*units, f"{group}新区")) for group, units in members.items())
    )


sets = st.tuples(*(st.lists(st.none() | st.integers(0, 2), min_size=3, max_size=3) for _ in range(2))).map(
    lambda places: (set_of("甲", places[0]), set_of("乙", places[1]))
)


@given(history=histories, asked=st.lists(questions, min_size=2, max_size=4), groups=sets)
@examples(40)
def test_groups_are_what_the_oracle_counts_and_add_up(
    template: Path, history: History, asked: list[Question], groups: tuple[GroupSet, ...]
) -> None:
    with living(template, *history) as pair, pair.reading() as reader:
        rules = queries.rules(reader)._replace(groups=groups)
        cards = pair.naive.cards()
        leading = {card.unit for card in cards}
        for question in asked:
            today = pair.today + timedelta(days=question.off)
            period = period_of(Kind(question.kind), pair.today + timedelta(days=question.away))
            found = period_report(reader, period, today, rules, Scope()).as_json()
            for one in groups:
                rows = [row for row in found["by_group"] if row["set"] == one.name]
                names = [group.name for group in one.groups if leading & {*group.units}]
                rest = [UNGROUPED] if any(one.of(unit) is None for unit in leading) else []
                assert [row["name"] for row in rows] == names + rest
                for row in rows:
                    inside = [card for card in cards if _group(one, card.unit) == row["name"]]
                    assert {*row["units"]} == {card.unit for card in inside}
                    expected = count(inside, period.start, period.end, today)
                    assert {name: row[name] for name in expected} == expected
                for name in ADDED:
                    assert sum(row[name] for row in rows) == found["totals"][name]


def _group(one: GroupSet, unit: str) -> str:
    group = one.of(unit)
    return UNGROUPED if group is None else group.name


@given(history=histories, question=questions, groups=sets)
@examples(40)
def test_ranking_within_groups_ranks_every_unit_once(
    template: Path, history: History, question: Question, groups: tuple[GroupSet, ...]
) -> None:
    with living(template, *history) as pair, pair.reading() as reader:
        rules = queries.rules(reader)._replace(groups=groups)
        period = period_of(Kind(question.kind), pair.today + timedelta(days=question.away))
        whole = ranking_of(reader, period, pair.today, rules)
        found = ranking_of(reader, period, pair.today, rules, within=groups[0])
        plain = {one.name: one.figures for one in whole.units}
        assert {one.name: one.figures for one in found.units} == plain and len(found.units) == len(plain)
        order = [one.name for one in whole.units]
        for name in {one.group for one in found.units}:
            inside = [one for one in found.units if one.group == name]
            assert [one.name for one in inside] == sorted((one.name for one in inside), key=order.index)
            assert all(_group(groups[0], one.name) == name for one in inside)
            assert all(one.place in (1, None) for one in inside[:1])
        assert found.totals == whole.totals
        assert {task.id for task in found.overdue} == {task.id for task in whole.overdue}


@given(history=histories, question=questions, led=st.sets(st.sampled_from(UNITS)))
@examples(40)
def test_a_leader_has_his_own_tasks_and_those_of_his_units(
    template: Path, history: History, question: Question, led: set[str]
) -> None:
    with living(template, *history) as pair:
        assert pair.location.path is not None
        with closing(sqlite3.connect(pair.location.path)) as store, store:
            store.execute(LEAD)
        cards = [card for card in pair.naive.cards() if card.id % 3 == 1 or card.unit in led]
        today = pair.today + timedelta(days=question.off)
        period = period_of(Kind(question.kind), pair.today + timedelta(days=question.away))
        scope = Scope(leaders=(LED,), led=tuple(led))
        with pair.reading() as reader:
            figures = figures_of(reader, period, today, scope, ORDER)
            chosen = Filter(("all",), leader=(LED,), led=tuple(led), ahead=True)
            listed = list_tasks(reader, chosen, pair.today, queries.rules(reader))
        assert {task.id for task in listed} == {card.id for card in cards}
        expected = count(cards, period.start, period.end, today)
        assert figures.totals.as_json() == {name: expected[name] for name in figures.totals.as_json()}
