"""What is said to the clerk, and what is asked at the terminal: by a command of its own, on a real terminal."""

import io
import sys

import pytest

from ledger.base.asking import Question
from ledger.cli import clerk
from ledger.cli.context import Context, Globals
from ledger.model.task import Task
from ledger.store.journal import Journal
from tests.conftest import Book

QUESTION = Question("没有单位“县水务局”,已有“县水利局”", "改为“县水利局”吗?", "照写登记")


def test_of_very_many_remarks_only_the_first_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    clerk.tell([f"提示{number}" for number in range(1, 24)])
    said = capsys.readouterr().err.splitlines()
    assert said == [*(f"提示{number}" for number in range(1, 21)), "另有 3 条提示"]


def typing(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let the clerk have typed this."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("y\n", True), ("是\n", True), ("\n", False), ("否\n", False), ("什么\nY\n", True)],
)
def test_an_answer_is_yes_no_or_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, answer: bool
) -> None:
    typing(monkeypatch, typed)
    assert clerk.answered([QUESTION]) == {QUESTION: answer}
    prompt = "没有单位“县水务局”,已有“县水利局”。改为“县水利局”吗?(y 是,回车 否:照写登记)"
    assert capsys.readouterr().err == prompt * typed.count("\n")


def test_input_that_ends_before_the_answer_is_an_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "什么\n")
    with pytest.raises(KeyboardInterrupt):
        clerk.answered([QUESTION])


def added(journal: Journal) -> Task:
    unit = "县水利局" if journal.ask(*QUESTION) else "县水务局"
    fields = {"code": journal.codes.next(2013), "title": "巡查", "unit": unit, "assigned_on": journal.today}
    return journal.add(fields, None)


@pytest.mark.parametrize(("typed", "unit"), [("y\n", "县水利局"), ("\n", "县水务局")])
def test_a_question_is_asked_with_nothing_written_and_the_work_done_anew(
    book: Book, monkeypatch: pytest.MonkeyPatch, typed: str, unit: str
) -> None:
    monkeypatch.setattr(clerk, "can_ask", lambda: True)
    typing(monkeypatch, typed)
    context = Context(Globals(db=str(book.location.path), today="2013-03-19"))
    task, _ = context.asking(added)
    assert (task.id, task.unit) == (1, unit)
    assert book.rows("SELECT action FROM entry ORDER BY seq") == [("init",), ("add",)]


def test_elsewhere_the_course_taken_is_told(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    task, _ = Context(Globals(db=str(book.location.path), today="2013-03-19")).asking(added)
    assert task.unit == "县水务局"
    assert capsys.readouterr().err == "没有单位“县水务局”,已有“县水利局”,照写登记\n"
