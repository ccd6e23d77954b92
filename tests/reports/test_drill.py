"""A figure opened: the tasks and entries behind it."""

from datetime import date

import pytest

from ledger.base.errors import BadValue
from ledger.dates.period import Kind, parse_period
from ledger.reports.drill import FIGURES, LABELS, Drill, drill, drill_report, figure_named
from ledger.reports.figures import Figures
from ledger.reports.rate import Rate
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 25)


@pytest.fixture
def march(book: Book) -> Book:
    """Of four tasks the first is struck off in time, restored and struck off again, late; the third is extended."""
    for title, unit, due in (
        ("甲", "综合组", "08"),
        ("乙", "宣传组", "15"),
        ("丙", "综合组", "20"),
        ("丁", "宣传组", "29"),
    ):
        book.post("add", title=title, unit=unit, on="2013-03-01", due=f"2013-03-{due}")
    book.post("close", task="1", on="2013-03-07", today="2013-03-07")
    book.post("reopen", task="1", on="2013-03-11", today="2013-03-11", reason="没有办好")
    book.post("extend", task="3", on="2013-03-12", today="2013-03-12", due="2013-03-28", reason="等批复")
    book.post("close", task="1", on="2013-03-14", today="2013-03-14")
    book.post("close", task="2", on="2013-03-14", today="2013-03-14")
    return book


def opened(book: Book, figure: str, named: str = "2013-03", scope: Scope = Scope()) -> Drill:
    with book.reading() as reader:
        return drill(reader, parse_period(named, Kind.MONTH, TODAY), TODAY, scope, figure, "学创台账", None)


def told(found: Drill) -> list[tuple[str, int | None, bool]]:
    return [(one.task.title, one.seq, one.counted) for one in found.elements]


def test_what_counts_twice_stands_twice(march: Book) -> None:
    assert told(opened(march, "closed")) == [("甲", 6, True), ("甲", 9, True), ("乙", 10, True)]
    assert opened(march, "closed").value == 3
    assert told(opened(march, "extended")) == [("丙", 8, True)]


def test_a_rate_opens_to_what_it_is_a_share_of(march: Book) -> None:
    found = opened(march, "on_time_rate")
    assert told(found) == [("甲", 6, True), ("乙", 10, True), ("甲", 9, False)]
    assert found.value == Rate(2, 3)
    assert [(one.task.title, one.counted) for one in opened(march, "completion_rate").elements] == [
        ("甲", True), ("乙", True), ("丙", False), ("丁", False),
    ]  # fmt: skip
    assert opened(march, "completion_rate", scope=Scope(("宣传组",))).value == Rate(1, 2)


def test_the_page_has_both_parts_of_a_rate(march: Book) -> None:
    with march.reading() as reader:
        rules = queries.rules(reader)
    page = drill_report(opened(march, "on_time_rate"), rules)
    assert (page.title, page.summary) == ("按期率明细", ((("按期率", Rate(2, 3)),),))
    assert [section.heading for section in page.sections] == ["计入(2)", "未计入(1)"]
    assert drill_report(opened(march, "closed"), rules).sections[0].rows[0][-1] == 6


def test_a_period_to_come_has_what_is_due_in_it(march: Book) -> None:
    march.post("add", title="戊", unit="综合组", on="2013-04-02", due="2013-04-10")
    assert told(opened(march, "due", "2013-04")) == [("戊", None, True)]


def test_figures_are_named_by_key_and_by_the_offices_words() -> None:
    keys = set(Figures().as_json())
    assert set(FIGURES) == set(LABELS) == keys
    assert figure_named(" 逾期在办 ") == figure_named("overdue") == "overdue"
    assert figure_named("销号") == figure_named("本期销号") == "closed"
    with pytest.raises(BadValue, match="没有数字“什么”"):
        figure_named("什么")
