"""A report taken apart, over random histories: the parts are what is told of each alone, and add up to the whole; and
what its short text counts is what the figures count."""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.period import Kind, period_of
from ledger.reports.brief import period_brief
from ledger.reports.figures import NAMES, Part
from ledger.reports.parts import period_parts
from ledger.reports.periods import PeriodReport, period_report
from ledger.store import queries
from ledger.store.counts import Scope
from ledger.store.reader import Reader
from tests.conftest import examples
from tests.properties.histories import Command, Question, histories, questions
from tests.properties.pair import Pair, living

LEAD = "UPDATE task SET leader = CASE id % 3 WHEN 0 THEN NULL WHEN 1 THEN '王主任' ELSE '李主任' END"
"""The histories know no leaders."""


@given(history=histories, asked=st.lists(questions, min_size=2, max_size=4))
@examples(40)
def test_the_parts_are_told_as_alone_and_add_up(
    template: Path, history: tuple[date, list[Command]], asked: list[Question]
) -> None:
    with living(template, *history) as pair:
        assert pair.location.path is not None
        with closing(sqlite3.connect(pair.location.path)) as store, store:
            store.execute(LEAD)
        with pair.reading() as reader:
            for question in asked:
                taken_apart(pair, reader, question, "unit")
                taken_apart(pair, reader, question, "leader")


def taken_apart(pair: Pair, reader: Reader, question: Question, by: Part) -> None:
    today = pair.today + timedelta(days=question.off)
    period = period_of(Kind(question.kind), pair.today + timedelta(days=question.away))
    rules = queries.rules(reader)
    whole = period_report(reader, period, today, rules, Scope(), full=True)
    parts = dict(period_parts(reader, period, today, rules, Scope(), by, full=True))
    for figure in NAMES:
        total = getattr(whole.figures.totals, figure)
        assert sum(getattr(part.figures.totals, figure) for part in parts.values()) == total
    for section, tasks in whole.sections.items():
        divided = Counter(task.id for part in parts.values() for task in part.sections[section])
        assert divided == Counter(task.id for task in tasks)
    for name, part in parts.items():
        if name is not None:
            alone = period_report(reader, period, today, rules, Scope().narrowed(by, name), full=True)
            assert part.as_json() == alone.as_json()
    ((last,),) = reader.rows("SELECT max(e.\"on\") FROM entry e WHERE e.action <> 'add'")
    if last is None or str(last) <= str(today):  # on a day before that, tasks are told as they came to be
        for report in (whole, *parts.values()):
            told(report)


def told(report: PeriodReport) -> None:
    """Each task that is not struck off, or is overdue, is counted once in the lines of the short text."""
    first, *lines = period_brief(report).message
    counted = Counter[str]()
    for topic, number in re.findall(r"(到期|结转|待审核|逾期)(\d+)件——", "".join(lines)):
        counted[topic] += int(number)
    totals = report.figures.totals
    unmet = totals.obligation - totals.met
    assert counted["逾期"] == totals.overdue
    assert unmet <= counted.total() <= unmet + totals.overdue
    for number in (totals.obligation, totals.met, unmet) if totals.obligation else ():
        assert f"{number}件" in first
    units = [line.partition("：")[0] for line in lines if not line.startswith("无到期待办")]
    assert units == [unit for unit, _ in report.figures.by_unit if unit in units]
