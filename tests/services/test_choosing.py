"""Tasks that nobody names: shown and asked about first, and asked anew where they changed meanwhile."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from ledger.cli import clerk
from ledger.cli.context import Context, Globals
from ledger.model.task import Task
from ledger.reports.lists import Filter
from ledger.services.choosing import chosen, to_be_extended
from ledger.services.choosing import waiting as all_waiting
from ledger.services.settings import set_rule
from ledger.services.steps import step
from ledger.store.journal import Journal
from tests.conftest import Book


@pytest.fixture
def waiting(book: Book) -> Book:
    """Two tasks submitted, one in hand."""
    for title in ("制定方案", "召开会议", "开设专栏"):
        book.post("add", title=title, unit="综合组", on="2013-03-01")
    for task in (1, 2):
        book.post("submit", task=task, on="2013-03-14")
    return book


def typing(monkeypatch: pytest.MonkeyPatch, answers: Callable[[int], str]) -> None:
    """Let a clerk sit there who types the answer to the first, second … question."""

    class Stdin:
        asked = 0

        def readline(self) -> str:
            self.asked += 1
            return answers(self.asked)

    monkeypatch.setattr(clerk, "can_ask", lambda: True)
    monkeypatch.setattr(sys, "stdin", Stdin())


def accepted(book: Book) -> list[Task]:
    def work(journal: Journal) -> list[Task]:
        return [
            step("close")(journal, {"task": task, "note": "已核实"}) for task in all_waiting(journal, (), sure=False)
        ]

    found, _ = Context(Globals(db=str(book.location.path), today="2013-03-19")).asking(work)
    return found


def closings(book: Book) -> list[tuple[Any, ...]]:
    return book.rows("SELECT task, note FROM entry WHERE action = 'close' ORDER BY task")


def test_yes_closes_all_that_was_shown(
    waiting: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, lambda asked: "y\n")
    assert [task.id for task in accepted(waiting)] == [1, 2]
    assert closings(waiting) == [(1, "已核实"), (2, "已核实")]
    assert capsys.readouterr().err == (
        "2013-001 制定方案 · 综合组 · 2013年3月14日申请\n2013-002 召开会议 · 综合组 · 2013年3月14日申请\n"
        "共 2 件待审核。都销号吗?(y 是,回车 否:一件也不销号;不必问的加 --yes)"
    )


def test_no_closes_none(waiting: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, lambda asked: "\n")
    assert accepted(waiting) == []
    assert closings(waiting) == []


def test_what_is_submitted_meanwhile_is_asked_anew(
    waiting: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(asked: int) -> str:
        if asked == 1:
            waiting.post("submit", task=3, on="2013-03-19", actor="李四")  # nothing is locked while the clerk thinks
            return "y\n"
        return "\n"

    typing(monkeypatch, answer)
    assert accepted(waiting) == []
    assert closings(waiting) == []
    assert "2013-003 开设专栏" in capsys.readouterr().err.split("共 2 件待审核")[1]


def test_under_review_those_of_ones_own_wait_for_another(waiting: Book) -> None:
    waiting.post("submit", task=3, on="2013-03-14", actor="李四")
    with waiting.journal(actor="李四") as journal:
        set_rule(journal, "review", "是")
        assert all_waiting(journal, (), sure=True) == [1, 2]
        assert "有 1 件是本人申请销号的,留待另一人审核" in journal.remarks


def test_a_filter_chooses_and_says_when_nothing_fits(waiting: Book) -> None:
    with waiting.journal() as journal:
        assert chosen(journal, Filter(unit=("综合组",)), "延期", sure=True) == [1, 2, 3]
        assert chosen(journal, Filter(unit=("宣传组",)), "延期", sure=True) == []
        assert "没有符合条件的事项" in journal.remarks


def test_nobody_there_to_be_asked_nothing_is_chosen(waiting: Book) -> None:
    with waiting.journal() as journal:
        assert chosen(journal, Filter(undated=True), "修改", sure=False) == []
        [told] = journal.remarks
    assert told.endswith("共 3 件,一件也不修改;不必问的加 --yes")


def test_what_is_due_on_the_new_day_already_is_not_extended(book: Book) -> None:
    for due in ("2013-03-20", "2013-03-29", "2013-03-25"):
        book.post("add", title=f"到{due}", unit="综合组", due=due)
    with book.journal() as journal:
        found = to_be_extended(journal, Filter(), {"due": "3月29日", "reason": "统一延期"}, sure=True)
        assert "有 1 件的时限本来就是2013年3月29日,不再延期" in journal.remarks
    assert found == [1, 3]
