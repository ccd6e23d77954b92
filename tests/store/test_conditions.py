"""What is opened ahead and not given out yet is in hand nowhere."""

from datetime import date
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand

from ledger.base.errors import NotFound
from ledger.cli import values
from ledger.cli.context import Globals
from ledger.dates.period import Kind, period_of
from ledger.model.rules import Rules
from ledger.reports.expected import expected
from ledger.reports.figures import figures_of
from ledger.reports.forms import forms, units_in_hand
from ledger.reports.lists import Filter, glance, list_tasks, overdue_tasks
from ledger.reports.periods import period_report
from ledger.reports.ranking import ranking_of
from ledger.reports.settings import unit_counts
from ledger.services.combing import listed
from ledger.services.occurrences import open_due
from ledger.services.steps import step
from ledger.store import naming
from ledger.store.counts import Scope
from tests.conftest import Book

DAY, RULES = date(2013, 3, 19), Rules()
MONTH = period_of(Kind.MONTH, DAY)


@pytest.fixture
def ahead(book: Book) -> Book:
    """1 is in hand at 综合组; whatever 宣传组 leads is to come: a task with and one without a deadline, periods of a
    series, and the next of a chained one, whose first was struck off."""
    book.post("add", title="方案", unit="综合组", due="2013-03-29")
    book.post("add", title="四月的事", unit="宣传组", due="2013-04-10", on="2013-04-01", owner="王五")
    book.post("add", title="四月的事情", unit="宣传组", on="2013-04-01")
    book.post("add", title="例会", unit="宣传组", due="每周五", start="2013-05-01")
    book.post("add", title="碰头会", unit="宣传组", due="每周五", chained=True)
    with book.journal() as journal:
        step("close")(journal, {"task": "碰头会"})
        open_due(journal)
    assert book.rows("SELECT count(*) > 10 FROM task WHERE status = 'open' AND unit = '宣传组'") == [(1,)]
    return book


def test_lists_and_the_walk(ahead: Book) -> None:
    with ahead.reading() as reader:
        assert [task.id for task in list_tasks(reader, Filter(), DAY, RULES)] == [1]
        assert [task.id for task in list_tasks(reader, Filter(undated=True), DAY, RULES)] == []
        assert [task.id for task in list_tasks(reader, Filter(stale=date(2013, 3, 18)), DAY, RULES)] == []
        assert [task.id for task in overdue_tasks(reader, DAY, Scope(), 999)] == [1]
        assert {one.task for one in listed(reader, DAY, 0)} == {1}
        assert [task.id for task in glance(reader, date(2013, 3, 24), RULES).soon] == [1]


def test_pressing_and_judging_tell_nothing_of_progress(book: Book) -> None:
    book.post("add", title="方案", unit="综合组", on="2013-02-01")
    book.post("urge", task=1, method="电话")
    book.post("flag", task=1)
    book.post("rate", task=1, percent="95")
    with book.reading() as reader:
        assert [task.id for task in list_tasks(reader, Filter(stale=date(2013, 3, 1)), DAY, RULES)] == [1]
    book.post("note", task=1, text="已过半")
    with book.reading() as reader:
        assert list_tasks(reader, Filter(stale=date(2013, 3, 1)), DAY, RULES) == []


def test_figures_and_ranks(ahead: Book) -> None:
    with ahead.reading() as reader:
        figures = dict(figures_of(reader, MONTH, DAY, Scope(), (), trend=False).by_unit)
        ranking = ranking_of(reader, MONTH, DAY, RULES)
        report = period_report(reader, MONTH, DAY, RULES, Scope())
    assert {name: (one.closing, one.overdue) for name, one in figures.items()} == {"综合组": (1, 0), "宣传组": (0, 0)}
    assert {one.name: (one.figures.closing, one.figures.obligation) for one in ranking.units} == {
        "综合组": (1, 1),
        "宣传组": (0, 1),  # what was struck off
    }
    assert [task.id for task in report.sections["undated"]] == []


def test_the_list_of_units(ahead: Book) -> None:
    with ahead.reading() as reader:
        assert unit_counts(reader, RULES, DAY) == [("综合组", 1, 1), ("宣传组", 1, 0)]


def test_forms_and_who_owes_one(ahead: Book) -> None:
    with ahead.reading() as reader:
        assert units_in_hand(reader, RULES, DAY) == ("综合组",)
        assert [(form.unit, len(form.rows)) for form in forms(reader, RULES, DAY, None)] == [("综合组", 1)]
        assert expected(reader, RULES, DAY).missing == [("综合组", 1)]


@pytest.mark.parametrize("typed", ["四月", "例会", "碰头会"])
def test_names(ahead: Book, typed: str) -> None:
    with ahead.reading() as reader, pytest.raises(NotFound):
        naming.find(reader, typed, DAY)


@pytest.mark.parametrize("typed", ["", "2", "2013"])
def test_what_tab_offers(ahead: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str) -> None:
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path / "settings.json"))
    monkeypatch.setenv("LEDGER_TODAY", str(DAY))
    context = typer.Context(TyperCommand("close"), info_name="close", obj=Globals(db=str(ahead.location.path)))
    assert values.tasks(context, typed) == [("2013-001", "方案")]
    assert ("2013-002", "四月的事") in values.tasks(context, "2013-0")
