from datetime import date
from typing import Any

import pytest

from ledger.base.errors import BadValue, Refused
from ledger.model.lifecycle import STEPS
from ledger.model.task import CLOSED, OPEN, PAUSED, SUBMITTED, Task
from ledger.services import quotas, steps
from ledger.services.settings import set_rule
from ledger.services.undo import undo
from ledger.store.journal import Journal
from tests.conftest import TODAY, Book

ADD = {"title": "制定方案", "unit": "综合组", "due": "2013-03-20", "on": "2013-03-01"}


@pytest.fixture
def reviewed(book: Book) -> Book:
    with book.journal() as journal:
        set_rule(journal, "review", "是")
    book.post("add", **ADD)
    return book


def take(journal: Journal, action: str, **options: object) -> Task:
    return steps.step(action)(journal, {"task": 1, **options})


def by(book: Book, actor: str, action: str, **options: Any) -> Task:
    return book.post(action, actor=actor, task=1, **options)


def actions(book: Book) -> list[str]:
    return [action for (action,) in book.rows("SELECT action FROM entry WHERE task = 1 ORDER BY seq")]


def test_without_review_one_clerk_does_both(book: Book) -> None:
    book.post("add", **ADD)
    with book.journal() as journal:
        take(journal, "submit", on="2013-03-05")
        assert take(journal, "accept", on="2013-03-08").status == CLOSED
    with book.journal() as journal:
        take(journal, "reopen", reason="回头看")
        assert take(journal, "close").status == CLOSED


@pytest.mark.parametrize("status", [OPEN, PAUSED])
def test_under_review_only_what_was_submitted_is_struck_off(reviewed: Book, status: str) -> None:
    with reviewed.journal() as journal:
        if status == PAUSED:
            take(journal, "pause", reason="等批复")
        with pytest.raises(Refused, match="销号须经审核") as refusal:
            take(journal, "close")
        assert ("resume" in refusal.value.hint) == (status == PAUSED)


@pytest.mark.parametrize("action", ["accept", "close"])
@pytest.mark.parametrize(("named", "others"), [(None, "李四"), ("王五", "张三")])
def test_another_accepts_whatever_the_step_is_called(
    reviewed: Book, action: str, named: str | None, others: str
) -> None:
    submitter = by(reviewed, "张三", "submit", by=named)
    assert submitter.status == SUBMITTED
    with pytest.raises(Refused, match=f"“{named or '张三'}”申请销号的,不能由本人审核"):
        by(reviewed, named or "张三", action)
    done = by(reviewed, others, action)
    assert (done.status, actions(reviewed)[-1]) == (CLOSED, "accept")


def test_a_whole_refused_under_review_says_how_parts_are_done_there(reviewed: Book) -> None:
    reviewed.post("add", title="分", unit="宣传组", part_of="1")
    reviewed.post("submit", task="2013-001-01", by="王五")
    by(reviewed, "张三", "submit", by="王五")
    reviewed.post("return", task="2013-001-01", reason="缺材料")
    with pytest.raises(Refused, match="还有1件分解事项没有办结,不能销号") as refusal:
        by(reviewed, "张三", "accept")
    assert refusal.value.hint == "先把它们申请、审核销号(ledger submit、ledger accept)或撤销(ledger cancel)"


@pytest.mark.parametrize(("setting", "step"), [("是", "可以申请销号:ledger submit"), ("否", "可以销号:ledger close")])
def test_a_whole_whose_parts_are_done_is_told_what_comes_next(reviewed: Book, setting: str, step: str) -> None:
    with reviewed.journal() as journal:
        set_rule(journal, "review", setting)
    reviewed.post("add", title="分", unit="宣传组", part_of="1")
    reviewed.post("submit", task="2013-001-01", by="王五")
    with reviewed.journal() as journal:
        steps.step("accept")(journal, {"task": "2013-001-01"})
        journal.settle()
        assert list(journal.remarks) == [f"事项 2013-001 的1件分解事项都已办结,{step} 2013-001"]


def test_a_submission_not_yet_written_is_known_too(reviewed: Book) -> None:
    with reviewed.journal() as journal:
        task = take(journal, "submit", by="李四")
        assert steps.submitter(journal, task) == "李四"
        journal.flush()
        assert steps.submitter(journal, journal.task(1)) == "李四"
        take(journal, "return", reason="缺纪要")
        assert steps.submitter(journal, take(journal, "submit")) == journal.stamp.actor


def test_the_deadline_is_judged_by_the_submission_that_was_accepted(reviewed: Book) -> None:
    with reviewed.journal() as journal:
        take(journal, "submit", on="2013-03-18", by="李四")
    late = by(reviewed, "王五", "accept")
    assert (late.submitted_on, late.closed_on) == (date(2013, 3, 18), date.fromisoformat(TODAY))


def test_what_is_done_elsewhere_is_submitted_once(reviewed: Book) -> None:
    with reviewed.journal() as journal:
        assert steps.strike_off(journal, {"task": 1, "note": "已印发"}).status == SUBMITTED
        assert steps.strike_off(journal, {"task": 1, "note": "已印发"}).status == SUBMITTED
    assert actions(reviewed) == ["add", "submit"]
    with reviewed.journal() as journal:
        set_rule(journal, "review", "否")
        assert steps.strike_off(journal, {"task": 1}).status == CLOSED


def test_a_full_count_is_submitted_under_review_and_taken_back_with_it(reviewed: Book) -> None:
    reviewed.post("add", title="报信息", unit="宣传组", due="3月底前不少于1条", on="2013-03-01")
    with reviewed.journal() as journal:
        assert quotas.tally(journal, {"task": 2}).status == SUBMITTED
    with reviewed.journal() as journal:
        assert [task.status for task in undo(journal, None, None)] == [OPEN]


@pytest.mark.parametrize("action", ["submit", "close"])
def test_a_result_is_long_enough_or_refused(book: Book, action: str) -> None:
    book.post("add", **ADD)
    with book.journal() as journal:
        set_rule(journal, "result_length", "5")
        for note, said in ((None, "没有写"), ("已办", "只有2个字"), ("方案印发", "只有4个字")):
            with pytest.raises(Refused, match=f"办理结果{said},本台账要求至少5个字"):
                take(journal, action, note=note)
        assert take(journal, action, note="方案已印发").status == STEPS[action].to


def test_a_result_told_before_counts_and_acceptance_needs_none(book: Book) -> None:
    book.post("add", **ADD)
    with book.journal() as journal:
        set_rule(journal, "result_length", "5")
    book.post("note", task=1, text="方案已经印发")
    with book.journal() as journal:
        take(journal, "submit")
        done = take(journal, "accept", note="属实")
    assert (done.status, done.note) == (CLOSED, "方案已经印发"), "the reviewer's word is no progress"


@pytest.mark.parametrize(
    ("action", "options", "said"),
    [
        ("submit", {"by": "甲" * 101}, "申请人"),
        ("submit", {"by": "甲\n乙"}, "申请人"),
        ("accept", {"method": "电话"}, "审核方式“电话”不对"),
    ],
)
def test_what_a_step_states_is_held_in_bounds(book: Book, action: str, options: dict[str, str], said: str) -> None:
    book.post("add", **ADD)
    with book.journal() as journal:
        if action == "accept":
            take(journal, "submit")
        with pytest.raises(BadValue, match=said):
            take(journal, action, **options)


def test_a_pause_is_told_with_its_days_and_moves_no_deadline(book: Book) -> None:
    book.post("add", **ADD)
    with book.journal() as journal:
        take(journal, "pause", reason="等批复", on="2013-03-02")
        found = take(journal, "resume", on="2013-03-12")
        assert (found.status, found.due_on) == (OPEN, date(2013, 3, 20))
        [told] = journal.remarks
    assert "中止了10天(2013年3月2日至2013年3月12日)" in told
    assert told.endswith("ledger extend 2013-001 --due 2013-03-30 --reason 中止10天")


@pytest.mark.parametrize("due", ["", "9999-12-31"])
def test_what_cannot_be_put_off_is_not_proposed(book: Book, due: str) -> None:
    book.post("add", **{**ADD, "due": due})
    with book.journal() as journal:
        take(journal, "pause", reason="等批复", on="2013-03-02")
        take(journal, "resume", on="2013-03-12")
        assert "extend" not in "".join(journal.remarks)


def test_a_closing_is_marked_by_whoever_strikes_off(reviewed: Book) -> None:
    by(reviewed, "李四", "submit")
    assert by(reviewed, "张三", "close", highlight=True).highlight
    assert reviewed.rows("SELECT highlight FROM task") == [(1,)]
    assert not by(reviewed, "张三", "reopen", reason="回头看").highlight
    with reviewed.journal() as journal:
        (task,) = undo(journal, None, None)
    assert task.highlight
    assert reviewed.rows("SELECT highlight FROM task") == [(1,)]
