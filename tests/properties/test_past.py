"""The past over random histories: whatever way it is recalled, it is what the journal up to there makes, to the row."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.period import Kind, period_of
from ledger.model.entry import encode
from ledger.model.rules import Rules
from ledger.model.task import STATUS_WORDS
from ledger.reports.lists import Filter, list_tasks
from ledger.reports.ranking import ranking_of
from ledger.services.moving import take_over
from ledger.services.settings import set_rule
from ledger.store import past, queries
from ledger.store.journal import Stamp, open_journal
from ledger.store.location import Location
from ledger.store.opening import open_reader
from ledger.store.reader import Reader, Row
from tests.conftest import examples
from tests.properties.histories import Command, Question, histories, questions
from tests.properties.pair import Pair, living
from tests.properties.test_series import BASES, Step, _steps, office

TABLES = {
    **dict.fromkeys(("entry", "task", "span", "setting", "code"), "*"),
    "series": "id, definition",
}
"""Table → what is compared: from where a series goes on opening its periods is of no use to who reads."""

WAYS = {"taken back": 10**6, "replayed": 0}


def contents(reader: Reader) -> dict[str, list[Any]]:
    """Every table, days as SQLite has them."""
    return {
        table: sorted(map(_plain, reader.rows(f"SELECT {what} FROM {table}")), key=repr)
        for table, what in TABLES.items()
    }


def _plain(row: Row) -> Row:
    return tuple(str(value) if isinstance(value, date) else value for value in row)


@contextmanager
def rebuilt(reader: Reader, seq: int) -> Iterator[Reader]:
    """A new ledger made of the entries up to `seq`, as an import makes it."""
    with TemporaryDirectory() as room:
        place = Location(Path(room) / "rebuilt.db")
        found = queries.entries(reader, "e.seq <= :seq", {"seq": seq})
        take_over(place, [(entry, encode(entry.changes)) for entry in found], lambda _: None)
        with closing(open_reader(place)) as there:
            yield there


@contextmanager
def recalled(reader: Reader, seq: int, way: str) -> Iterator[Reader]:
    with patch.object(past, "_DEARER", WAYS[way]), closing(past.recall_to(reader, seq)) as then:
        yield then


ways = st.sampled_from(sorted(WAYS))


@given(history=histories, data=st.data(), way=ways, asked=st.lists(questions, min_size=1, max_size=3))
@examples(80)
def test_any_moment_is_what_the_journal_up_to_there_makes(
    template: Path, history: tuple[date, list[Command]], data: st.DataObject, way: str, asked: list[Question]
) -> None:
    with living(template, *history) as pair:
        seq = data.draw(st.integers(2, pair.naive.head), "seq")
        with pair.reading() as reader, rebuilt(reader, seq) as should, recalled(reader, seq, way) as found:
            assert contents(found) == contents(should)
            for question in asked:
                assert pair.ask(found, question) == pair.ask(should, question)
            assert _read(found, pair) == _read(should, pair)


def _read(reader: Reader, pair: Pair) -> list[Any]:
    """A list, a ranking and the log: of each kind of reading one."""
    rules = queries.rules(reader)
    listed = list_tasks(reader, Filter(tuple(STATUS_WORDS), ahead=True, stale=pair.today), pair.today, rules)
    return [
        listed,
        ranking_of(reader, period_of(Kind("month"), pair.today), pair.today, rules),
        queries.logged(reader, "1 = 1", {}),
    ]


@given(base=st.sampled_from(BASES), taken=st.lists(_steps, max_size=12), data=st.data(), way=ways)
@examples(40)
def test_settings_and_recurring_duties_are_those_of_then(
    template: Path, base: date, taken: list[Step], data: st.DataObject, way: str
) -> None:
    with office(template, base) as living_one:
        for days, step in enumerate([Step("found"), *taken], start=3):
            living_one.command(step)
            if step.number % 3 == 0:
                _set(living_one.location, living_one.today, days)
        with living_one.reading() as reader:
            seq = data.draw(st.integers(2, len(reader.rows("SELECT 1 FROM entry"))), "seq")
            with rebuilt(reader, seq) as should, recalled(reader, seq, way) as found:
                assert contents(found) == contents(should)
                assert queries.rules(found) == queries.rules(should) != Rules()


def _set(location: Location, today: date, days: int) -> None:
    with open_journal(location, Stamp(today, datetime.now().astimezone(), "张三", "clerk")) as journal:
        set_rule(journal, "blue_days", str(days + 20))
