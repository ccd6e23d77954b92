"""Registering parts: what they take over, their codes, and the units that a group stands for."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.base.asking import Answers
from ledger.base.errors import BadValue
from ledger.services import choosing, groups, steps, tasks
from ledger.services.batch import run
from ledger.services.undo import undo
from ledger.store.location import Location
from tests.conftest import Book, Clerk


@pytest.fixture
def whole(book: Book) -> Book:
    """2013-001 of 综合组, due 29 March; the group 乡镇 of 甲镇 and 乙镇."""
    with book.journal() as journal:
        tasks.add(
            journal,
            {
                "title": "总任务",
                "unit": "综合组",
                "due": "2013-03-29",
                "activity": "学创",
                "stage": "推进",
                "source": "会议",
            },
        )
        groups.define(journal, "乡镇", ["甲镇", "乙镇"])
    return book


def told(book: Book, **options: Any) -> tuple[list[tuple[str, str, int | None]], list[str]]:
    """What is registered (code, unit, whole), and what is remarked."""
    with book.journal() as journal:
        found = tasks.register(journal, options)
        remarks = list(journal.remarks)
    return [(task.code, task.unit, task.part_of) for task in found], remarks


def test_a_part_takes_over_what_it_is_not_given(whole: Book) -> None:
    part = whole.post("add", title="分", part_of="1")
    assert (part.code, part.unit, part.activity, part.stage, part.source) == (
        "2013-001-01",
        "综合组",
        "学创",
        "推进",
        "会议",
    )
    assert (part.due_on, part.original_due_on, part.part_of) == (date(2013, 3, 29), date(2013, 3, 29), 1)
    other = whole.post("add", title="分", unit="甲镇", part_of="2013-001", activity="专项", due="", code="甲-1")
    assert (other.code, other.unit, other.activity, other.due_on) == ("甲-1", "甲镇", "专项", None)
    assert whole.post("add", title="下一件", unit="综合组").code == "2013-002"
    assert whole.post("add", title="分", unit="乙镇", part_of="1").code == "2013-001-02"


def test_a_whole_to_be_given_out_has_parts_given_out_with_it(whole: Book) -> None:
    whole.post("add", title="下月的", unit="综合组", on="2013-04-08")
    assert whole.post("add", title="分", unit="甲镇", part_of="2").assigned_on == date(2013, 4, 8)


def test_a_part_of_an_occurrence_is_under_its_code(whole: Book) -> None:
    whole.post("add", title="例会", unit="综合组", due="每周五")
    part = whole.post("add", title="备料", unit="甲镇", part_of="2.3")
    assert part.code == "2013-002-03-01"
    assert whole.task("2.3.1").id == part.id
    assert whole.task("2013-002-03").series is not None


def test_a_deadline_beyond_the_wholes_is_told(whole: Book) -> None:
    _, remarks = told(whole, title="分", unit="甲镇", part_of="1", due="2013-04-01")
    assert "分解事项 2013-001-01 的时限 2013-04-01 晚于整体 2013-001 的 2013-03-29,请核对" in remarks
    for step, options in (
        (tasks.extend, {"task": "1.1", "due": "2013-04-02", "reason": "改期"}),
        (tasks.edit, {"task": "1.1", "due": "2013-04-03"}),
    ):
        with whole.journal() as journal:
            step(journal, options)
            assert any("晚于整体 2013-001" in remark for remark in journal.remarks)
    with whole.journal() as journal:
        tasks.edit(journal, {"task": "1", "due": "2013-03-27"})
        assert "事项 2013-001 的时限 2013-03-27 早于它的分解事项 2013-001-01,请核对" in journal.remarks


def test_each_unit_has_a_part(whole: Book) -> None:
    found, _ = told(whole, title="分", part_of="1", each=["各乡镇", "宣传组"])
    assert found == [("2013-001-01", "甲镇", 1), ("2013-001-02", "乙镇", 1), ("2013-001-03", "宣传组", 1)]


def test_a_whole_and_its_parts_in_one(whole: Book) -> None:
    found, _ = told(
        whole, title="自查", unit="综合组", each=["乡镇", "宣传组、甲镇"], parts=True, due="4月底", code="自-1"
    )
    assert found == [("自-1", "综合组", None), ("自-1-01", "甲镇", 2), ("自-1-02", "乙镇", 2), ("自-1-03", "宣传组", 2)]
    assert whole.rows("SELECT DISTINCT command FROM entry WHERE task > 1") != []
    with whole.journal() as journal:
        undo(journal, None, None)
    assert whole.rows("SELECT count(*) FROM task") == [(1,)]


def test_a_group_in_the_place_of_the_unit_is_opened(whole: Book) -> None:
    found, _ = told(whole, title="自查", unit="各乡镇", parts=True)
    assert found == [("2013-002", "各乡镇", None), ("2013-002-01", "甲镇", 2), ("2013-002-02", "乙镇", 2)]
    found, remarks = told(whole, title="另查", unit="各乡镇")
    assert found == [("2013-003", "各乡镇", None)]
    assert any("有2个单位" in remark and "--parts" in remark for remark in remarks)
    answers = Answers(waiting=True)
    with whole.journal(answers=answers) as journal:
        tasks.register(journal, {"title": "再查", "unit": "各乡镇", "part_of": 1})
    answers.given = dict.fromkeys(answers.open, True)
    with whole.journal(answers=answers) as journal:
        found_now = tasks.register(journal, {"title": "再查之二", "unit": "各乡镇", "part_of": 1})
    assert [task.unit for task in found_now] == ["甲镇", "乙镇"]


@pytest.mark.parametrize(
    "options",
    [
        {"unit": "综合组", "parts": True},
        {"unit": "综合组", "part_of": "1", "parts": True, "each": ["甲镇"]},
        {"unit": "综合组", "part_of": "1", "due": "每周五"},
        {"part_of": "1", "each": ["甲镇", "乙镇"], "code": "A"},
    ],
)
def test_what_cannot_be_divided_so_is_refused(whole: Book, options: dict[str, Any]) -> None:
    with pytest.raises(BadValue), whole.journal() as journal:
        tasks.register(journal, {"title": "分", **options})


def test_a_full_count_leaves_a_whole_in_hand(whole: Book) -> None:
    whole.post("add", title="报送信息", unit="综合组", due="3月底前不少于2条")
    whole.post("add", title="分", unit="甲镇", part_of="2")
    assert whole.post("tally", task="2", count=2).status == "open"
    whole.post("close", task="2.1")
    assert whole.post("tally", task="2").status == "closed"


def test_a_batch_names_a_whole_by_its_ref(whole: Book) -> None:
    lines = [
        b'{"op":"add","ref":"w","title":"\xe6\x80\xbb","unit":"\xe7\xbb\xbc\xe5\x90\x88\xe7\xbb\x84"}',
        b'{"op":"add","title":"\xe5\x88\x86","part_of":"w"}',
        b'{"op":"add","title":"\xe5\x86\x8d","part_of":2}',
        b'{"op":"close","task":"w"}',
        b'{"op":"close","task":"2.1"}',
        b'{"op":"close","task":"2.2"}',
    ]
    with whole.journal() as journal:
        assert run(journal, lines, lambda done: None) == (6, [])
    assert whole.rows("SELECT code, status FROM task WHERE id > 1") == [
        ("2013-002", "closed"),
        ("2013-002-01", "closed"),
        ("2013-002-02", "closed"),
    ]


def test_a_batch_names_the_line_that_breaks_a_whole(whole: Book) -> None:
    whole.post("add", title="分", unit="甲镇", part_of="1")
    with pytest.raises(Exception, match="没有办结") as caught, whole.journal() as journal:
        run(journal, [b'{"op":"note","task":"1","text":"a"}', b'{"op":"close","task":"1"}'], lambda done: None)
    assert caught.value.where == "第2行"  # type: ignore[attr-defined]


def test_a_sheet_of_wholes_and_parts_reads_back(whole: Book, clerk: Clerk, tmp_path: Path) -> None:
    """In whatever order: the parts are due first, and the whole was struck off with them."""
    told(whole, title="分", part_of="1", each=["各乡镇"], due="2013-03-15", on="2013-03-01")
    whole.post("add", title="另一件", unit="综合组", due="2013-03-28")
    whole.post("add", title="细化", part_of="2")
    with whole.journal() as journal:
        for name in ("1", "1.1", "1.2"):
            steps.step("close")(journal, {"task": name})
    sheet, other = str(tmp_path / "清单.csv"), Book(Location(tmp_path / "新.db"))
    clerk("--db", str(whole.location), "list", "--status", "all", "-o", sheet)
    again = clerk("--db", str(whole.location), "import", sheet)
    assert again.out == "已有 5 件,没有变化\n"
    assert clerk("--db", str(other.location), "import", sheet).code == 0
    said = (
        "SELECT p.code, p.status, w.code, CASE p.status WHEN 'open' THEN p.progress END "
        "FROM task p LEFT JOIN task w ON w.id = p.part_of ORDER BY p.code"
    )
    assert other.rows(said) == [*whole.rows(said)]
    assert clerk("--db", str(other.location), "check").code == 0


def test_a_whole_waits_for_its_parts_where_all_that_waits_is_accepted(whole: Book) -> None:
    told(whole, title="分", part_of="1", each=["甲镇", "乙镇"])
    with whole.journal() as journal:
        for name in ("1", "1.1", "1.2"):
            steps.step("submit")(journal, {"task": name})
    with whole.journal() as journal:
        assert sorted(choosing.waiting(journal, (), sure=True)) == [1, 2, 3]
        assert choosing.waiting(journal, ("综合组", "甲镇"), sure=True) == [2]
        assert "事项 2013-001 还有分解事项没有办结,留待以后审核" in journal.remarks
