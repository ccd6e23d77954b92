"""What is put on file, and what the ledger holds of it."""

from datetime import date
from pathlib import Path

import pytest

from ledger.base.errors import NotFound, Refused
from ledger.model.rules import Rules
from ledger.services import archiving
from ledger.services.archiving import Case
from ledger.services.slips import issue
from ledger.services.undo import undo
from tests.conftest import TODAY, Book

DAY = date.fromisoformat(TODAY)


def case_of(book: Book, name: str) -> Case:
    with book.reading() as reader:
        (task,) = archiving.named(reader, [name], DAY, Rules())
        (case,) = archiving.gather(reader, "台账", [task]).cases
    return case


@pytest.mark.parametrize(
    ("step", "advice"),
    [("note", "ledger close 2013-001 销号"), ("submit", "ledger accept 2013-001 销号"), ("cancel", "撤销的不立卷")],
)
def test_what_is_not_struck_off_is_refused_with_the_step_that_helps(book: Book, step: str, advice: str) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    book.post(step, task=1, text="甲", reason="甲")
    with pytest.raises(Refused) as refused:
        case_of(book, "1")
    assert (advice in refused.value.hint, refused.value.exit_code) == (True, 5)


def test_several_names_in_one_and_one_named_twice(book: Book) -> None:
    for title in ("甲", "乙、丙"):
        book.post("add", title=title, unit="综合组", on="2013-03-01")
    for number in (1, 2):
        book.post("close", task=number)
    with book.reading() as reader:
        for names in (["1、2"], ["1", "2", "1"], ["甲", "乙、丙"]):
            assert [task.id for task in archiving.named(reader, names, DAY, Rules())] == [1, 2]
        with pytest.raises(NotFound):
            archiving.named(reader, ["9"], DAY, Rules())


def test_filters_take_those_struck_off_in_the_year_and_count_those_in_hand(book: Book) -> None:
    for activity, on in (
        ("学习", "2012-11-01"),
        ("学习", "2013-01-04"),
        ("查摆", "2013-01-04"),
        ("学习", "2013-01-05"),
    ):
        book.post("add", title="甲", unit="综合组", activity=activity, on=on)
    book.post("close", task="2012-001", on="2012-12-31")
    book.post("close", task="2013-001", on="2013-01-10")
    book.post("close", task="2013-002", on="2013-01-10")
    with book.reading() as reader:
        for activities, year, wanted in (
            ((), 2012, ([1], 0)),
            ((), 2013, ([2, 3], 1)),
            (("学习",), None, ([1, 2], 1)),
            (("查摆",), 2013, ([3], 0)),
        ):
            found, left = archiving.filtered(reader, activities, year, DAY, Rules())
            assert ([task.id for task in found], left) == wanted
        with pytest.raises(Refused):
            archiving.filtered(reader, ("查摆",), 2012, DAY, Rules())


def test_slips_are_as_they_were_issued_and_those_taken_back_are_not_filed(book: Book, tmp_path: Path) -> None:
    paper = tmp_path / "纪要.txt"
    paper.write_text("甲")
    book.post("add", title="甲", unit="综合组", on="2013-03-01", due="2013-03-20")
    with book.journal() as journal:
        issue(journal, [1], {"kind": "交办"})
    book.post("edit", task=1, owner="李四")
    book.post("close", task=1, evidence=[str(paper)])
    with book.journal() as journal:
        issue(journal, [1], {"kind": "办结"})
    case = case_of(book, "1")
    assert [(slip.kind, slip.number, slip.task.owner) for slip in case.slips] == [
        ("交办", "督办〔2013〕1号", None),
        ("办结", "办结〔2013〕1号", "李四"),
    ]
    assert [file.name for file in case.evidence] == ["纪要.txt"]
    with book.journal() as journal:
        undo(journal, case.slips[-1].seq, None)
    assert [slip.kind for slip in case_of(book, "1").slips] == ["交办"]


def test_of_two_that_a_title_means_the_one_that_is_done(book: Book) -> None:
    for number in (1, 2):
        book.post("add", title="召开会议", unit="综合组", on="2013-03-01")
        if number == 1:
            book.post("close", task=1)
    assert case_of(book, "召开会议").task.id == 1


def test_a_whole_brings_its_parts(book: Book) -> None:
    book.post("add", title="整体", unit="综合组", on="2013-03-01")
    book.post("add", title="分项", part_of="1", on="2013-03-01")
    for number in (2, 1):
        book.post("close", task=number)
    assert [[part.title for part in case_of(book, name).parts] for name in ("整体", "分项")] == [["分项"], []]
