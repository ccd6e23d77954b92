"""Anchors, and the proof of one task's record: of whatever a ledger holds, on both databases."""

import io
import json
import sqlite3
from collections.abc import Iterator

import pytest

from ledger.base.errors import CheckFailed
from ledger.base.verifier import Anchor, Broken, check_file
from ledger.model.task import Task
from ledger.render.json_text import compact, summed
from ledger.services import proving
from ledger.store import queries
from ledger.store.reader import Reader
from tests.conftest import Book


def lines_of(reader: Reader, task: Task) -> list[str]:
    found = proving.verify(reader, "台账")
    return [compact(line) + "\n" for line in proving.proof(reader, found, task)]


def checked(lines: list[str], *wanted: Anchor) -> str:
    return str(check_file(io.BytesIO("".join(summed(lines)).encode()), wanted))


@pytest.fixture
def proven(every_action: Book) -> Iterator[tuple[Reader, Anchor]]:
    """A ledger in which everything happened, and its anchor."""
    with every_action.reading() as reader:
        yield reader, proving.verify(reader, "台账").anchor


def test_every_task_is_proven_and_by_this_anchor_alone(proven: tuple[Reader, Anchor]) -> None:
    reader, anchor = proven
    assert anchor.root is not None
    for task in queries.tasks(reader, "ORDER BY t.id"):
        lines = lines_of(reader, task)
        assert checked(lines, anchor).startswith(f"台账:事项 {task.code} 的 {(len(lines) - 1) // 2} 条记录封印完好")
        for wrong in (
            anchor._replace(root=anchor.hash),
            anchor._replace(hash=anchor.root),
            anchor._replace(seq=anchor.seq - 1),
            anchor._replace(root=None),  # the proof does not show that the root is that of this head
        ):
            with pytest.raises(Broken):
                checked(lines, wrong)


def test_a_proof_with_another_record_in_it_is_none(proven: tuple[Reader, Anchor]) -> None:
    reader, anchor = proven
    first, second = (lines_of(reader, queries.task_numbered(reader, number)) for number in (1, 2))
    header, entry, place, *rest = first
    for lines in (
        [header, second[1], place, *rest],
        [header, entry, second[2], *rest],
        [header, entry.replace("综合组", "宣传组"), place, *rest],
        [header, entry, place],
        [header.replace('"sha256"', '"sm3"'), entry, place, *rest],
        [header.replace('"proof": 1', '"proof": 2'), entry, place, *rest],
    ):
        assert lines != first
        with pytest.raises(Broken):
            checked(lines, anchor)


def test_what_was_cut_or_made_anew_shows_by_an_anchor_alone(book: Book) -> None:
    book.post("add", title="甲", unit="综合组")
    with book.reading() as reader:
        kept = proving.verify(reader, "").anchor
    book.post("close", task="1")
    with book.reading() as reader:
        assert proving.verify(reader, "", [kept]).entries == kept.seq + 1
    with sqlite3.connect(str(book.location)) as store:
        store.executescript("DROP TRIGGER entry_no_delete; DELETE FROM entry WHERE seq > 1")
    store.close()
    with book.reading() as reader:
        assert proving.verify(reader, "").entries == 1
        with pytest.raises(CheckFailed, match="末尾被截去"):
            proving.verify(reader, "", [kept])
        with pytest.raises(CheckFailed, match="不是锚点所记的"):
            proving.verify(reader, "", [Anchor(1, kept.hash)])


def test_what_is_damaged_is_told_by_its_entry(book: Book) -> None:
    book.post("add", title="甲", unit="综合组")
    with sqlite3.connect(str(book.location)) as store:
        store.executescript("DROP TRIGGER entry_no_update; UPDATE entry SET actor = '李四' WHERE seq = 2")
    store.close()
    with book.reading() as reader, pytest.raises(CheckFailed, match="第2号记录的内容与封印不符"):
        proving.verify(reader, "")


def test_a_stamped_hash_is_looked_for(book: Book) -> None:
    with book.reading() as reader:
        anchor = proving.verify(reader, "").anchor
        assert proving.sealed_by(reader, anchor.hash) == Anchor(1, anchor.hash)
        with pytest.raises(CheckFailed):
            proving.sealed_by(reader, "0" * 64)


def test_the_lines_of_a_proof_are_those_of_an_export(proven: tuple[Reader, Anchor]) -> None:
    reader, _ = proven
    lines = lines_of(reader, queries.task_numbered(reader, 1))
    assert json.loads(lines[1]) == json.loads(compact(next(queries.entries(reader, "e.task = 1"))._asdict()))
