"""Recurring duties over random histories: the same occurrences whatever was written in between, none twice; of a
chained series one at a time."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import LedgerError
from ledger.dates.period import Kind, period_of
from ledger.model.occurrences import horizon, next_of, occurrences
from ledger.model.rules import Rules
from ledger.reports.figures import figures_of
from ledger.services import series as duties
from ledger.services import steps, tasks
from ledger.services.check import check
from ledger.services.occurrences import open_due
from ledger.services.settings import set_stage
from ledger.services.undo import undo
from ledger.store import queries, schedule
from ledger.store.counts import Scope
from ledger.store.journal import Journal, Stamp, open_journal
from ledger.store.location import Location
from ledger.store.opening import open_reader
from ledger.store.reader import Reader
from tests.conftest import examples

BASES = (date(2011, 12, 29), date(2012, 1, 31), date(2013, 3, 19), date(2012, 2, 29))
WORDS = (
    "每周五",
    "每两周",
    "每月",
    "每月31日前",
    "每月25日前",
    "每季度",
    "每半年",
    "每旬",
    "每年2月底前",
    "每月不少于3条",
)
FOLLOWING = ("上一期销号后10日内", "上次办结后5个工作日", "上期销号后一个月")


class Step(NamedTuple):
    """One command: `move` days after the last one (or before), by one of two clerks."""

    kind: str
    move: int = 0
    which: int = 0
    number: int = 0
    words: str = "每月"
    actor: int = 0
    chained: bool = False


CLERK = ("plain", "close", "note", "correct")
ENDING = ("close", "close", "close", "cancel", "reopen")
SERIES = ("edit", "due", "pause", "resume", "end", "skip", "stage", "undo", "found", "chain", *ENDING)
_steps = st.builds(
    Step,
    st.sampled_from((*CLERK, *SERIES)),
    st.sampled_from((0, 0, 1, 2, 7, 20, 31, 90, 366, -3, -40)),
    st.integers(0, 30),
    st.integers(0, 200),
    st.sampled_from((*WORDS, *FOLLOWING)),
    st.sampled_from((0, 0, 1)),
    st.booleans(),
)
_clerks = _steps.filter(lambda step: step.kind in CLERK)
_endings = _steps.map(lambda step: step._replace(kind=ENDING[step.number % len(ENDING)], move=abs(step.move)))


class Office:
    """A ledger, its today, and commands on it as the program runs them; what is refused leaves nothing."""

    def __init__(self, location: Location, today: date) -> None:
        self.location, self.today = location, today
        self.latest = today

    def command(self, step: Step) -> None:
        self.today = self.today + timedelta(days=step.move)
        stamp = Stamp(self.today, datetime.now(UTC), ("张三", "李四")[step.actor], "clerk")
        try:
            with open_journal(self.location, stamp) as journal:
                _carry_out(journal, step)
                open_due(journal)
        except LedgerError:
            return
        self.latest = max(self.latest, self.today)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        reader = open_reader(self.location)
        try:
            yield reader
        finally:
            reader.close()


def _carry_out(journal: Journal, step: Step) -> None:
    today = journal.today
    if step.kind == "nothing":
        return
    if step.kind == "plain":
        tasks.add(journal, {"title": "普通", "unit": "综合组", "due": str(today + timedelta(days=9))})
    elif step.kind == "found":
        given = {"title": "循环", "unit": "综合组", "due": step.words, "stage": "推进", "chained": step.chained}
        tasks.add(journal, given)
    elif step.kind == "undo":
        undo(journal, None, None)
    elif step.kind == "stage":
        set_stage(journal, "推进", str(today), str(today + timedelta(days=step.number * 3)))
    elif step.kind in (*CLERK, *ENDING):
        _work(journal, step)
    else:
        _change(journal, step)


def _work(journal: Journal, step: Step) -> None:
    wanted = "t.status <> 'open'" if step.kind == "reopen" else "t.status = 'open'"
    known = queries.tasks(journal.writer, f"WHERE {wanted} ORDER BY t.id")
    task = known[step.which % len(known)].code if known else "1"
    options: dict[str, Any] = {"task": task}
    if step.kind in ENDING:
        steps.step(step.kind)(journal, options | {"reason": "见纪要"})
    elif step.kind == "note":
        tasks.note(journal, options | {"text": "进展"})
    else:
        tasks.edit(journal, options | {"owner": f"王{step.number}"})


def _change(journal: Journal, step: Step) -> None:
    known = schedule.all_series(journal.writer)
    duty = known[step.which % len(known)] if known else duties.find(journal, 1)
    day = journal.today + timedelta(days=step.number)
    if step.kind == "edit":
        duties.edit(journal, duty, {"leader": f"赵{step.number}"})
    elif step.kind == "due":
        duties.edit(journal, duty, {"due": step.words})
    elif step.kind == "end":
        duties.end(journal, duty, day)
    elif step.kind == "skip":
        duties.skip(journal, duty, day)
    elif step.kind == "chain":
        duties.edit(journal, duty, {"chained": step.chained})
    else:
        {"pause": duties.pause, "resume": duties.resume}[step.kind](journal, duty)


@contextmanager
def office(template: Path, base: date) -> Iterator[Office]:
    with TemporaryDirectory(dir=template.parent) as room:
        path = Path(room) / "ledger.db"
        shutil.copy(template, path)
        yield Office(Location(path), base)


def occurred(reader: Reader) -> list[tuple[Any, ...]]:
    sql = "SELECT series, occurrence_on, assigned_on, due_on, title FROM task WHERE series IS NOT NULL ORDER BY 1, 2"
    return reader.rows(sql)


def sound(living: Office) -> None:
    """`check` is clean, no period has two tasks, no task belongs to a series that was never founded, and no chained
    series waits for a period to be opened."""
    with living.reading() as reader:
        assert list(check(reader)) == []
        found = [(number, day) for number, day, *_ in occurred(reader)]
        assert len(found) == len(set(found))
        assert {number for number, _ in found} <= {series.id for series in schedule.all_series(reader)}
        for series in schedule.all_series(reader):
            held = schedule.opened(reader, series.id)
            assert not series.chained or next_of(series, queries.rules(reader), held) is None


def whole(living: Office) -> None:
    """After a command on the latest day the periods to come are those that the definitions say, no more, no fewer."""
    living.command(Step("plain", move=(living.latest - living.today).days))
    sound(living)
    with living.reading() as reader:
        rules, found = queries.rules(reader), [(number, day) for number, day, *_ in occurred(reader)]
        for series in schedule.all_series(reader):
            if series.chained:
                continue
            there = {date.fromisoformat(day) for number, day in found if number == series.id}
            wanted = {one.start_on for one in occurrences_by(series, rules, living)}
            assert {day for day in there if day > living.latest} == {day for day in wanted if day > living.latest}


def occurrences_by(series: Any, rules: Rules, living: Office) -> list[Any]:
    reach = horizon(living.latest)
    found = []
    for one in occurrences(series, rules):
        if one.start_on > reach:
            break
        found.append(one)
    return found


@given(base=st.sampled_from(BASES), words=st.sampled_from(WORDS), steps=st.lists(_clerks, max_size=8))
@examples(60)
def test_whatever_is_written_the_occurrences_are_those_of_one_command_on_the_latest_day(
    template: Path, base: date, words: str, steps: list[Step]
) -> None:
    with office(template, base) as busy, office(template, base) as idle:
        for living in (busy, idle):
            living.command(Step("found", words=words))
        for step in steps:
            busy.command(step)
        idle.command(Step("plain", move=(busy.latest - base).days))
        with busy.reading() as one, idle.reading() as other:
            assert occurred(one) == occurred(other) != []
        whole(busy)


@given(base=st.sampled_from(BASES), words=st.sampled_from(WORDS), steps=st.lists(_steps, max_size=14))
@examples(60)
def test_any_history_leaves_what_the_definitions_say_and_checks_out(
    template: Path, base: date, words: str, steps: list[Step]
) -> None:
    with office(template, base) as living:
        living.command(Step("found", words=words))
        for step in steps:
            living.command(step)
            sound(living)
        whole(living)
        with living.reading() as reader:
            for kind in Kind:
                period = period_of(kind, living.today)
                figures = figures_of(reader, period, living.latest, Scope(), (), trend=False).totals
                flow = figures.added + figures.reopened - figures.closed - figures.cancelled
                assert figures.opening + flow == figures.closing


@given(base=st.sampled_from(BASES), steps=st.lists(_steps, max_size=6), change=_steps)
@examples(60)
def test_a_change_taken_back_at_once_leaves_the_occurrences_as_they_were(
    template: Path, base: date, steps: list[Step], change: Step
) -> None:
    with office(template, base) as living:
        living.command(Step("found", words="每月"))
        for step in steps:
            living.command(step._replace(move=abs(step.move)))
        living.command(Step("plain"))
        with living.reading() as reader:
            before = occurred(reader)
            head = reader.rows("SELECT max(seq) FROM entry")
        living.command(change._replace(kind="edit" if change.kind == "undo" else change.kind, move=0, actor=1))
        with living.reading() as reader:
            wrote = reader.rows("SELECT max(seq) FROM entry") != head
        if wrote:
            living.command(Step("undo", actor=1))
        with living.reading() as reader:
            assert occurred(reader) == before


def piled_up(reader: Reader) -> list[int]:
    """The entries in force that opened a period while one of its series was in hand, by a walk through the journal."""
    standing: dict[int, dict[int, str]] = {}
    of: dict[int, int] = {}
    found = []
    for row in queries.entries(reader, f"e.task IS NOT NULL AND {queries.IN_FORCE}"):
        assert row.task is not None
        if row.action == "add" and "series" in row.changes:
            of[row.task] = row.changes["series"][1]
            held = standing.setdefault(of[row.task], {})
            if "open" in held.values():
                found.append(row.seq)
            held[row.task] = "open"
        elif row.task in of and "status" in row.changes:
            standing[of[row.task]][row.task] = row.changes["status"][1]
    return found


@given(
    base=st.sampled_from(BASES),
    words=st.sampled_from((*WORDS, *FOLLOWING)),
    steps=st.lists(st.one_of(_endings, _clerks.map(lambda step: step._replace(move=abs(step.move)))), max_size=12),
)
@examples(60)
def test_a_chained_series_goes_by_its_closings_alone_and_never_piles_up(
    template: Path, base: date, words: str, steps: list[Step]
) -> None:
    """One ledger is written to in between as well; the other sees nothing but what ends a period or takes it up."""
    with office(template, base) as busy, office(template, base) as quiet:
        for living in (busy, quiet):
            living.command(Step("found", words=words, chained=True))
        for step in steps:
            ends = step.kind in ENDING
            busy.command(step if ends else step._replace(kind="note"))
            quiet.command(step if ends else step._replace(kind="nothing"))
        sound(busy)
        with busy.reading() as one, quiet.reading() as other:
            assert occurred(one) == occurred(other) != []
            assert piled_up(one) == []
