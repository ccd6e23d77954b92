"""Wholes and their parts: what may be closed, reopened, cancelled and taken back, and what a check finds."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.base.errors import NotFound, Refused
from ledger.model.task import Parts
from ledger.services import steps
from ledger.services.check import check
from ledger.services.undo import undo
from ledger.store import families
from ledger.store.families import fill, of
from tests.conftest import TODAY, Book, Clerk


@pytest.fixture
def divided(book: Book) -> Book:
    """2013-001 with two parts, -01 and -02, and 2013-002 beside them."""
    book.post("add", title="总任务", unit="综合组", on="2013-03-01", due="2013-03-29")
    for unit in ("甲镇", "乙镇"):
        book.post("add", title="分任务", unit=unit, on="2013-03-01", part_of="1")
    book.post("add", title="另一件", unit="综合组", on="2013-03-01")
    return book


def refused(book: Book, operation: str, *, said: str, hint: str = "", **options: Any) -> None:
    before = book.rows("SELECT count(*) FROM entry")
    with pytest.raises(Refused) as caught:
        book.post(operation, **options)
    assert said in caught.value.what
    assert hint in caught.value.hint
    assert book.rows("SELECT count(*) FROM entry") == before


def take_back(book: Book, seq: int | None = None) -> None:
    with book.journal() as journal:
        undo(journal, seq, None)


def refused_undo(book: Book, seq: int, *, said: str, hint: str = "") -> None:
    with pytest.raises(Refused) as caught:
        take_back(book, seq)
    assert said in caught.value.what
    assert hint in caught.value.hint


def test_a_whole_is_struck_off_after_its_parts(divided: Book) -> None:
    refused(
        divided,
        "close",
        task="1",
        said="2013-001 还有2件分解事项没有办结,不能销号:2013-001-01(甲镇)、2013-001-02(乙镇)",
    )
    divided.post("close", task="1.1", on="2013-03-05")
    divided.post("pause", task="1.2", on="2013-03-05", reason="等文件")
    refused(divided, "close", task="1", said="还有1件分解事项没有办结,不能销号:2013-001-02(乙镇)", hint="ledger close")
    divided.post("resume", task="1.2", on="2013-03-08")
    divided.post("close", task="1.2", on="2013-03-12")
    refused(
        divided,
        "close",
        task="1",
        on="2013-03-11",
        said="销号日期 2013-03-11 早于分解事项 2013-001-02 办结的 2013-03-12",
    )
    assert divided.post("close", task="1", on="2013-03-12").closed_on == date(2013, 3, 12)
    with divided.reading() as reader:
        assert list(check(reader)) == []


def test_a_part_that_was_dropped_is_done_with(divided: Book) -> None:
    divided.post("cancel", task="1.1", reason="并入乙镇")
    divided.post("close", task="1.2")
    assert divided.post("close", task="1").status == "closed"


def test_a_whole_with_parts_in_hand_is_not_cancelled(divided: Book) -> None:
    divided.post("close", task="1.1")
    refused(divided, "cancel", task="1", reason="不办", said="还有1件分解事项没有办结,不能撤销", hint="ledger cancel")
    divided.post("cancel", task="1.2", reason="不办")
    divided.post("cancel", task="1", reason="不办")
    refused(divided, "reopen", task="1.2", reason="回头看", said="2013-001 已撤销", hint="ledger reopen 2013-001")


def test_a_part_of_a_whole_struck_off_stays_closed(divided: Book) -> None:
    for name in ("1.1", "1.2", "1"):
        divided.post("close", task=name, on="2013-03-10")
    refused(divided, "reopen", task="1.1", reason="回头看", said="2013-001 已销号", hint="先用 ledger reopen 2013-001")
    divided.post("reopen", task="1", on="2013-03-14", reason="回头看")
    refused(
        divided, "reopen", task="1.1", on="2013-03-13", reason="回头看",
        said="2013年3月10日销号、2013年3月14日恢复,其间分解事项 2013-001-01", hint="应不早于 2013-03-14",
    )  # fmt: skip
    divided.post("reopen", task="1.1", on="2013-03-14", reason="回头看")
    assert divided.task("1.1").status == "open"


@pytest.mark.parametrize("order", [("1", "1.1", "1.2"), ("1.2", "1", "1.1"), ("1.1", "1.2", "1")])
def test_one_command_closes_both_in_any_order(divided: Book, order: tuple[str, ...]) -> None:
    with divided.journal() as journal:
        for name in order:
            steps.step("close")(journal, {"task": name})
    assert [divided.task(number).status for number in (1, 2, 3)] == ["closed"] * 3
    with divided.reading() as reader:
        assert list(check(reader)) == []
    divided.post("reopen", task="1", reason="回头看")
    take_back(divided)
    take_back(divided)
    assert [divided.task(number).status for number in (1, 2, 3)] == ["open"] * 3


def test_what_holds_is_not_taken_back(divided: Book) -> None:
    seqs = {}
    for name in ("1.1", "1.2", "1"):
        divided.post("close", task=name, on="2013-03-10")
        ((seqs[name],),) = divided.rows("SELECT max(seq) FROM entry")
    refused_undo(divided, seqs["1.1"], said="2013-001 已销号,它的分解事项 2013-001-01(甲镇) 不能在办")
    refused_undo(divided, 3, said="后来还有记录以它为依据")
    take_back(divided, seqs["1"])
    take_back(divided, seqs["1.1"])
    assert divided.task("1.1").status == "open"
    refused_undo(divided, 2, said="还有分解事项 2013-001-01(甲镇)、2013-001-02(乙镇) 属于它", hint="ledger undo")
    take_back(divided, 3)
    with pytest.raises(NotFound):
        divided.task("2013-001-01")
    assert divided.post("add", title="再分", unit="丙镇", part_of="1").code == "2013-001-03"


def test_a_whole_is_submitted_with_its_parts(divided: Book) -> None:
    divided.post("close", task="1.1")
    refused(divided, "submit", task="1", said="还有1件分解事项没有办结,不能申请销号:2013-001-02(乙镇)")
    with divided.journal() as journal:
        for name in ("1", "1.2"):
            steps.step("submit")(journal, {"task": name})
    refused(divided, "accept", task="1", said="不能销号")
    divided.post("accept", task="1.2")
    assert divided.post("accept", task="1").status == "closed"


def test_a_whole_is_not_submitted_on_an_earlier_day_than_its_parts(divided: Book) -> None:
    divided.post("close", task="1.1", on="2013-03-12")
    divided.post("submit", task="1.2", on="2013-03-11")
    divided.post("accept", task="1.2", on="2013-03-14")
    said = "2013-001 的申请日期 2013-03-11 早于分解事项 2013-001-01 办结或申请的 2013-03-12"
    refused(divided, "submit", task="1", on="2013-03-11", said=said, hint="请核对日期")
    assert str(divided.post("submit", task="1", on="2013-03-12").submitted_on) == "2013-03-12"


@pytest.mark.parametrize(("by", "said"), [("close", "已销号"), ("cancel", "已撤销")])
def test_nothing_is_divided_that_has_ended(divided: Book, by: str, said: str) -> None:
    divided.post(by, task="2", reason="不办") if by == "cancel" else divided.post(by, task="2")
    refused(
        divided, "add", title="分", unit="甲镇", part_of="2", said=f"2013-002 {said},不能再分解", hint="ledger reopen"
    )


def test_a_part_is_not_divided(divided: Book) -> None:
    refused(divided, "add", title="分", unit="丙镇", part_of="1.1", said="本身是分解事项", hint="--part-of 2013-001")


def test_a_part_is_not_given_out_while_its_whole_had_ended(divided: Book) -> None:
    for name in ("1.1", "1.2", "1"):
        divided.post("close", task=name, on="2013-03-10")
    divided.post("reopen", task="1", on="2013-03-14", reason="回头看")
    refused(
        divided, "add", title="补", unit="丙镇", on="2013-03-12", part_of="1", said="其间分解事项 2013-001-03 不能在办"
    )
    divided.post("add", title="补", unit="丙镇", on="2013-03-14", part_of="1")
    refused(divided, "edit", task="1.3", on="2013-03-12", said="其间分解事项 2013-001-03 不能在办")


def test_how_the_parts_stand_is_told(divided: Book) -> None:
    divided.post("close", task="1.1", on="2013-03-10")
    divided.post("edit", task="1.2", due="2013-03-15")
    with divided.reading() as reader:
        tasks = [divided.task(number) for number in (1, 2, 4)]
        fill(reader, tasks, date.fromisoformat(TODAY))
        assert [task.parts for task in tasks] == [Parts(1, 2, 1), None, None]
        assert [task.whole for task in tasks] == [None, "2013-001", None]
        fill(reader, tasks, date.fromisoformat(TODAY), date(2013, 3, 9))
        assert tasks[0].parts == Parts(0, 2)
        assert [part.code for part in of(reader, 1)] == ["2013-001-01", "2013-001-02"]
    assert Parts(1, 2, 1).words == "分解2件,已销1件,逾期1件"


def test_a_journal_that_breaks_them_is_not_taken_over(
    divided: Book, clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(families, "require_sound", lambda *told, **more: None)
        divided.post("close", task="1", on="2013-03-10")
    with divided.reading() as reader:
        (finding,) = [one for one in check(reader) if "2013-001-01" in one]
    assert finding == "事项 2013-001 自 2013-03-10 起已销号,其间分解事项 2013-001-01 仍在办"
    clerk("--db", str(divided.location), "export", "-o", str(tmp_path / "账.jsonl"))
    taken = clerk("--db", str(tmp_path / "新.db"), "import", str(tmp_path / "账.jsonl"))
    assert taken.code == 2
    assert "记录前后矛盾" in taken.err
    assert "分解事项 2013-001-01 仍在办" in taken.err


TAMPERED = {
    "UPDATE task SET part_of = 99 WHERE id = 2": "分解事项 2013-001-01 所属的第99号事项不在台账上",
    "UPDATE task SET part_of = 2 WHERE id = 3": "分解事项 2013-001-02 所属的 2013-001-01 本身是分解事项",
    "UPDATE span SET status = 'closed' WHERE task = 1": (
        "事项 2013-001 自 2013-03-01 起已销号,其间分解事项 2013-001-01 仍在办"
    ),
}


@pytest.mark.parametrize("sql", TAMPERED)
def test_a_check_finds_what_does_not_hold(divided: Book, sql: str) -> None:
    assert divided.location.path is not None
    with closing(sqlite3.connect(divided.location.path)) as store, store:
        store.execute(sql)
    with divided.reading() as reader:
        assert TAMPERED[sql] in list(check(reader))
