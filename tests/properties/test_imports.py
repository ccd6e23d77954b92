"""Importing over random sheets and ledgers: once or twice is the same, the trial tells the truth, undo undoes it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.base.errors import LedgerError
from ledger.importers.sheet import Row, Sheet
from ledger.services.batch import OPERATIONS
from ledger.services.intake import take_in
from ledger.services.sheets import File
from ledger.services.taken import Manner, RejectedRows, Taken
from ledger.services.undo import undo
from ledger.store import queries, schedule
from ledger.store.location import Location
from ledger.store.spans import span_rows
from tests.conftest import Book, examples

TODAY = "2013-03-19"
UPDATE, TRIAL = Manner(update=True), Manner(trial=True)
_words = {
    "code": ("A-1", "A-2", "2013-002", "2013-004"),
    "owner": ("李四", "王五"),
    "with": (["督导组"], ["督导组", "宣传组"]),
    "key": (True,),
    "due": ("2013-03-31", "2013-04-10", "3月底", "4月左右", "适时", "20日内", "每季度", "3月底前不少于3条"),
    "due_text": ("3月底", "月底"),
    "on": ("2013-02-01", "2013-03-05", "2013-04-01"),
    "start": ("2013-02-20",),
    "note": ("已起草", "已送审", "经费不足"),
    "problem": ("经费不足", "人手不足", "无"),
    "progress": (0, 60, 100),
    "outcome": ("已完成", "正在办理", "会议已召开"),
    "closed_on": ("2013-03-18", "2013-03-11"),
}
_rows = st.fixed_dictionaries(
    {"title": st.sampled_from(("甲", "乙", "甲 ")), "unit": st.sampled_from(("综合组", "宣传组"))},
    optional={name: st.sampled_from(values) for name, values in _words.items()},
).map(lambda row: {name: value for name, value in row.items() if len(row) < 8 or name not in ("closed_on", "code")})
_sheets = st.lists(_rows, min_size=1, max_size=4)
_steps = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(
            (
                ("close", {"on": "2013-03-18"}),
                ("cancel", {"reason": "不办"}),
                ("reopen", {"reason": "回头看"}),
                ("extend", {"due": "2013-05-10", "reason": "改期"}),
                ("note", {"text": "已送审", "progress": 80}),
                ("note", {"text": "已拨付", "resolves": True}),
                ("edit", {"owner": "赵六", "due": "2013-04-20"}),
            )
        ),
    ),
    max_size=3,
)


@contextmanager
def lived(template: Path, first: list[dict[str, Any]], steps: list[tuple[int, Any]]) -> Iterator[Book]:
    """A ledger that took in one sheet, as far as it could, and went on from there."""
    with TemporaryDirectory(dir=template.parent) as room:
        path = Path(room) / "ledger.db"
        shutil.copy(template, path)
        book = Book(Location(path))
        for row in first:
            with suppress(RejectedRows):
                take(book, [row], UPDATE)
        for number, (operation, options) in steps:
            with suppress(LedgerError), book.journal(TODAY) as journal:
                OPERATIONS[operation][0](journal, {"task": number, **options})
        yield book


class GivenUp(Exception):
    """Ends a trial."""


def take(book: Book, rows: list[dict[str, Any]], manner: Manner) -> Taken:
    """Import rows; of a trial nothing stays."""
    read = [Row(line, row) for line, row in enumerate(rows, start=2)]
    columns = {name: (name, place) for place, name in enumerate(_words)}
    files = [File("表.csv", sha256(repr(rows).encode()).hexdigest(), [Sheet("", columns, [], read, [], [])])]
    with suppress(GivenUp), book.journal(TODAY) as journal:
        taken = take_in(journal, files, manner, lambda _: None)
        if manner.trial:
            raise GivenUp
    return taken


def contents(book: Book) -> tuple[Any, ...]:
    with book.reading() as reader:
        tasks = queries.tasks(reader, "ORDER BY t.id")
        return (
            tasks,
            list(span_rows(reader, "1 = 1", {})),
            queries.settings(reader),
            schedule.all_series(reader),
        )


def told(taken: Taken) -> tuple[Any, ...]:
    """What an import came to, for comparison."""
    refused = [(one.where, one.error.what) for one in taken.rejections]
    changed = [(one.place.line, one.code, one.differences) for one in (*taken.changed, *taken.left)]
    return [(place.line, number) for place, number in taken.registered], changed, taken.same, refused


@given(first=_sheets, steps=_steps, rows=_sheets)
@examples(60)
def test_the_trial_tells_what_an_update_does(template: Path, first: Any, steps: Any, rows: Any) -> None:
    with lived(template, first, steps) as book:
        before, journal = contents(book), book.rows("SELECT max(seq) FROM entry")
        planned = take(book, rows, TRIAL)
        assert (contents(book), book.rows("SELECT max(seq) FROM entry")) == (before, journal)
        try:
            done = take(book, rows, UPDATE)
        except RejectedRows as rejected:
            assert told(planned)[3] == [(one.where, one.error.what) for one in rejected.rejections]
            assert (contents(book), book.rows("SELECT max(seq) FROM entry")) == (before, journal)
            return
        assert told(planned) == told(done)
        places = [place.line for place, _ in done.registered] + [one.place.line for one in (*done.changed, *done.left)]
        assert len(set(places)) + done.same == len(rows)
        assert book.faults() == []


@given(first=_sheets, steps=_steps, rows=_sheets, manner=st.sampled_from((UPDATE, Manner())))
@examples(60)
def test_twice_is_once_and_undo_is_never(template: Path, first: Any, steps: Any, rows: Any, manner: Manner) -> None:
    with lived(template, first, steps) as book:
        before = contents(book)
        try:
            take(book, rows, manner)
        except RejectedRows:
            return
        after, journal = contents(book), book.rows("SELECT max(seq) FROM entry")
        again = take(book, rows, manner)
        assert again.registered == []
        assert not (again.changed and manner.update)
        assert again.same + len({one.place.line for one in (*again.changed, *again.left)}) == len(rows)
        assert (contents(book), book.rows("SELECT max(seq) FROM entry")) == (after, journal)
        if after != before:
            with book.journal(TODAY) as writing:
                undo(writing, None, None)
            assert contents(book) == before
            assert book.faults() == []
