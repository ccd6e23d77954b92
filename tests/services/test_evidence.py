"""Evidence told by entries, before the step that it is for."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.services.evidence import chosen
from ledger.services.settings import set_rule
from ledger.services.undo import undo
from ledger.store import evidence, queries
from ledger.store.past import recall
from tests.conftest import Book


@pytest.fixture
def paper(book: Book, tmp_path: Path) -> str:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    (tmp_path / "纪要.pdf").write_bytes(b"%PDF-1.4")
    return str(tmp_path / "纪要.pdf")


def actions(book: Book) -> list[str]:
    return [action for (action,) in book.rows("SELECT action FROM entry ORDER BY seq")][2:]


@pytest.mark.parametrize("step", ["note", "submit", "close"])
def test_a_file_is_told_before_its_step_and_taken_back_with_it(book: Book, paper: str, step: str) -> None:
    book.post(step, task=1, text="甲", evidence=[paper], on="2013-03-05")
    assert (actions(book), book.task(1).evidence) == (["evidence", step], 1)
    assert book.rows("SELECT DISTINCT \"on\" FROM entry WHERE action IN ('evidence', 'note', 'submit', 'close')") == [
        ("2013-03-05",)
    ]
    with book.journal() as journal:
        undo(journal, None, None)
    assert (book.task(1).evidence, book.task(1).status, book.faults()) == (0, "open", [])


def test_a_step_that_is_refused_tells_no_file(book: Book, paper: str) -> None:
    book.post("cancel", task=1, reason="取消")
    with pytest.raises(Refused):
        book.post("close", task=1, evidence=[paper])
    assert (actions(book), Path(paper).with_name("ledger.evidence").exists()) == (["cancel"], False)


def test_what_is_struck_off_can_be_given_evidence_but_not_before_that_day(book: Book, paper: str) -> None:
    book.post("close", task=1, on="2013-03-10")
    with pytest.raises(Refused, match="上一次状态变动"):
        book.post("evidence", task=1, evidence=[paper], on="2013-03-09")
    assert book.post("evidence", task=1, evidence=[paper], on="2013-03-11", note="会后补").evidence == 1
    with pytest.raises(BadValue, match="佐证文件"):
        book.post("evidence", task=1)


@pytest.mark.parametrize(("step", "review"), [("submit", "否"), ("close", "否"), ("submit", "是")])
def test_an_office_may_want_to_see_it(book: Book, paper: str, step: str, review: str) -> None:
    with book.journal() as journal:
        set_rule(journal, "evidence_required", "是")
        set_rule(journal, "review", review)
    with pytest.raises(Refused, match="没有佐证,本台账要求附佐证") as caught:
        book.post(step, task=1)
    assert "ledger evidence add 2013-001" in caught.value.hint
    assert book.post(step, task=1, evidence=[paper]).evidence == 1
    book.post("return" if step == "submit" else "reopen", task=1, reason="再看", actor="李四")
    assert book.post(step, task=1).evidence == 1  # what was kept before still shows it


def test_a_full_count_without_evidence_does_not_strike_off(book: Book, paper: str) -> None:
    book.post("add", title="报信息", unit="综合组", due="3月底前不少于2条")
    with book.journal() as journal:
        set_rule(journal, "evidence_required", "是")
    assert book.post("tally", task=2, count=2).status == "open"
    book.post("evidence", task=2, evidence=[paper])
    assert book.post("tally", task=2, count=1).status == "closed"


def test_files_keep_their_numbers_and_are_meant_by_number_or_name(book: Book, paper: str, tmp_path: Path) -> None:
    (tmp_path / "2").write_bytes(b"a file that is called 2")
    (tmp_path / "下").mkdir()
    other = tmp_path / "下" / "纪要.pdf"
    other.write_bytes(b"another of that name")
    for path in (paper, str(tmp_path / "2"), paper, str(other)):
        book.post("evidence", task=1, evidence=[path])
    with book.journal() as journal:
        undo(journal, 3, "附错了")
    book.post("evidence", task=1, evidence=[paper])
    task = book.task(1)
    with book.reading() as reader:
        found = evidence.of_task(reader, 1)
    assert [(one.number, one.seq, one.name, one.in_force) for one in found] == [
        (1, 3, "纪要.pdf", False),
        (2, 4, "2", True),
        (3, 5, "纪要.pdf", True),
        (4, 7, "纪要.pdf", True),
    ]
    assert [chosen(task, found, which).seq for which in ("2", "３", " 4 ")] == [4, 5, 7]
    with pytest.raises(BadValue, match="有2件佐证都叫“纪要"):
        chosen(task, found, "纪要.pdf")
    with pytest.raises(BadValue, match="没有写明哪一件"):
        chosen(task, found, None)
    with pytest.raises(NotFound, match="没有佐证“1”"):
        chosen(task, found, "1")
    with pytest.raises(NotFound, match="没有佐证"):
        chosen(task, found[:1], "1")
    assert chosen(task, found[:2], None).name == "2"


def test_one_command_tells_a_file_of_a_task_once(book: Book, paper: str) -> None:
    book.post("add", title="乙", unit="综合组", on="2013-03-01")
    with book.journal() as journal:
        from ledger.services import batch

        lines = [
            f'{{"op":"note","task":{task},"text":"甲","evidence":["{paper}","{paper}"]}}'.encode() for task in (1, 2, 1)
        ]
        batch.run(journal, lines, lambda _: None)
        assert sum("不再重复" in remark for remark in journal.remarks) == 2
    assert [book.task(number).evidence for number in (1, 2)] == [1, 1]


def test_the_past_has_what_was_recorded_then(book: Book, paper: str) -> None:
    moments = [datetime(2013, 3, day, 4, tzinfo=UTC) for day in (20, 22, 24)]
    book.post("evidence", task=1, evidence=[paper], on="2013-03-04", now=moments[0])
    with book.journal(now=moments[2]) as journal:
        undo(journal, 3, "附错了")
    with book.reading() as reader:
        held = [
            [one.in_force for one in evidence.of_task(recall(reader, moment), 1)]
            for moment in (*moments, datetime(2013, 3, 30, tzinfo=UTC))
        ]
        counts = [queries.task_numbered(recall(reader, moment), 1).evidence for moment in moments]
    assert (held, counts) == ([[True], [True], [False], [False]], [1, 1, 0])
