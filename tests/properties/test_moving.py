"""A whole ledger handed out and brought in elsewhere is the same ledger: head, projections, lines."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import BadValue
from ledger.importers.journal_lines import Lines, read_entries, read_evidence, read_header
from ledger.render.json_text import compact, summed
from ledger.reports import whole
from ledger.services.check import check
from ledger.services.moving import take_over
from ledger.store import queries
from ledger.store.location import Location
from ledger.store.opening import open_reader
from ledger.store.reader import Reader
from tests.conftest import examples
from tests.properties.histories import BASES, Command, histories
from tests.properties.pair import living
from tests.properties.test_journal import BUSY
from tests.properties.test_series import BASES as DUTY_BASES
from tests.properties.test_series import Step, _steps, office

TABLES = ("entry", "task", "span", "setting", "series", "code")


def lines(reader: Reader, today: date) -> bytes:
    rules = queries.rules(reader)
    header = whole.header(reader, rules, today)
    found = [header, *whole.entries(reader), *whole.tasks(reader, rules, today)]
    return "".join(summed(compact(one) + "\n" for one in found)).encode()


def contents(reader: Reader) -> dict[str, list[Any]]:
    return {table: sorted(reader.rows(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


def bring_in(text: bytes, room: Path) -> Location:
    """A new ledger in `room` of these lines."""
    sent, place = room / "sent.jsonl", Location(room / "moved.db")
    sent.write_bytes(text)
    with sent.open("rb") as file:
        sought = Lines(file)
        header = read_header(sought)
        take_over(place, read_entries(sought, header), lambda _: None, partial(read_evidence, sought, header))
    return place


@contextmanager
def moved(reader: Reader, today: date, near: Path) -> Iterator[Reader]:
    """The ledger brought in to another file."""
    with TemporaryDirectory(dir=near) as room:
        place = bring_in(lines(reader, today), Path(room))
        with closing(open_reader(place)) as there:
            yield there


@given(history=histories)
@examples(40)
def test_any_history_moves_whole(template: Path, history: tuple[date, list[Command]]) -> None:
    with living(template, *history) as pair, pair.reading() as here, moved(here, pair.today, template.parent) as there:
        assert contents(there) == contents(here)
        assert lines(there, pair.today) == lines(here, pair.today)
        assert list(check(there)) == []


@given(base=st.sampled_from(DUTY_BASES), taken=st.lists(_steps, max_size=12))
@examples(25)
def test_recurring_duties_move_with_what_is_still_to_be_opened(template: Path, base: date, taken: list[Step]) -> None:
    with office(template, base) as living_one:
        for step in [Step("found"), *taken]:
            living_one.command(step)
        with living_one.reading() as here, moved(here, living_one.today, template.parent) as there:
            assert contents(there) == contents(here)


@pytest.fixture(scope="module")
def busy_lines(template: Path) -> list[bytes]:
    with living(template, BASES[0], BUSY) as pair, pair.reading() as reader:
        return lines(reader, pair.today).splitlines(keepends=True)


@given(data=st.data())
@examples(120)
def test_whatever_is_changed_on_the_way_stops_it_and_leaves_nothing(
    busy_lines: list[bytes], template: Path, data: st.DataObject
) -> None:
    """A line cut out, doubled, swapped, cut short, or any byte of the journal changed."""
    changed = list(busy_lines)
    entries = sum(b'"hash"' in line for line in changed)
    at = data.draw(st.integers(0, entries), "line")
    kind = data.draw(st.sampled_from(("drop", "double", "swap", "cut", "byte")), "kind")
    if kind == "drop":
        del changed[at]
    elif kind == "double":
        changed.insert(at, changed[at])
    elif kind == "swap":
        changed[at], changed[at - 1] = changed[at - 1], changed[at]
    elif kind == "cut":
        changed[at:] = [changed[at][: data.draw(st.integers(0, len(changed[at]) - 2), "length")]]
    else:
        at = max(at, 1)
        line = bytearray(changed[at])
        place = data.draw(st.integers(0, len(line) - 2), "place")
        line[place] ^= data.draw(st.integers(1, 255), "mask")
        changed[at] = bytes(line)
    _expect_nothing(b"".join(changed), b"".join(busy_lines), template)


def _expect_nothing(text: bytes, sound: bytes, template: Path) -> None:
    """Save where the change means nothing: another blank between two values."""
    with TemporaryDirectory(dir=template.parent) as room, TemporaryDirectory(dir=template.parent) as other:
        try:
            place = bring_in(text, Path(room))
        except BadValue as error:
            assert "行" in error.where
            assert [path.name for path in Path(room).iterdir()] == ["sent.jsonl"]
            return
        with closing(open_reader(place)) as found, closing(open_reader(bring_in(sound, Path(other)))) as whole_one:
            assert contents(found) == contents(whole_one)
