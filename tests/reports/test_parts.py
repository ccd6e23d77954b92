"""A report apart for each unit or leader (over random histories: `tests/properties`)."""

from datetime import date

import pytest

from ledger.dates.period import Kind, period_of
from ledger.reports.parts import PARTS, grouped, in_order, period_parts
from ledger.reports.periods import PeriodReport, period_report
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 19)


def parts(book: Book, by: str, kind: Kind = Kind.WEEK, scope: Scope = Scope()) -> dict[str | None, PeriodReport]:
    with book.reading() as reader:
        rules = queries.rules(reader)._replace(units=("督导组", "综合组"))
        return dict(period_parts(reader, period_of(kind, TODAY), TODAY, rules, scope, PARTS[by], full=True))


def led(book: Book) -> Book:
    for task, leader in ((1, "王主任"), (2, "王主任"), (4, "李主任"), (8, "赵主任")):
        book.post("edit", task=task, leader=leader)
    return book


def test_units_come_in_display_order_each_with_its_own(filled: Book) -> None:
    found = parts(filled, "单位")
    assert list(found) == ["督导组", "综合组", "宣传组"]
    assert [task.id for task in found["综合组"].sections["carried"]] == [1]
    assert [task.id for task in found["宣传组"].troubled] == []
    assert [(name, part.closing) for name, part in found["综合组"].figures.by_unit] == [("综合组", 2)]


def test_leaders_come_as_they_are_named_and_who_has_none_last(filled: Book) -> None:
    found = parts(led(filled), "责任领导")
    assert list(found) == ["王主任", "李主任", None]  # 赵主任 has nothing before April
    assert found["王主任"].figures.totals.overdue == 1
    assert [name for name, _ in found["王主任"].figures.by_unit] == ["综合组"]
    assert list(parts(filled, "leader", Kind.YEAR)) == ["王主任", "李主任", "赵主任", None]


@pytest.mark.parametrize("by", ["unit", "leader"])
@pytest.mark.parametrize("kind", [Kind.WEEK, Kind.MONTH, Kind.YEAR])
def test_a_part_is_what_is_told_of_it_alone(filled: Book, by: str, kind: Kind) -> None:
    found = parts(led(filled), by, kind)
    with filled.reading() as reader:
        for name, part in found.items():
            if name is not None:
                scope = Scope().narrowed(PARTS[by], name)
                rules = queries.rules(reader)._replace(units=("督导组", "综合组"))
                alone = period_report(reader, period_of(kind, TODAY), TODAY, rules, scope, full=True)
                assert part.as_json() == alone.as_json()


def test_a_scope_is_taken_apart_too(filled: Book) -> None:
    assert list(parts(led(filled), "unit", scope=Scope(leaders=("王主任",)))) == ["综合组", "宣传组"]
    assert list(parts(filled, "leader", scope=Scope(("综合组",)))) == ["王主任", "李主任", None]


def test_tasks_in_the_order_of_units(filled: Book) -> None:
    with filled.reading() as reader:
        tasks = queries.tasks(reader, "ORDER BY t.id")
    found = in_order(grouped(tasks, "unit"), ("督导组", "没有的组"))
    assert {name: [task.id for task in some] for name, some in found.items()} == {
        "督导组": [5, 6],
        "综合组": [1, 4, 7, 8],
        "宣传组": [2, 3],
    }
    assert list(in_order(grouped(tasks, "leader"), ())) == [None]
