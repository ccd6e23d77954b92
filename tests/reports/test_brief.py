"""Short texts (that they count what the figures count, over random histories: `tests/properties/test_parts.py`)."""

from datetime import date
from typing import Any

import pytest

from ledger.dates.period import Kind, parse_period
from ledger.reports.brief import MOST_QUIET, overdue_brief, period_brief
from ledger.reports.lists import overdue_tasks
from ledger.reports.periods import period_report
from ledger.reports.report import Report
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 19)


def brief(book: Book, named: str = "2013-W12", kind: Kind = Kind.WEEK, scope: Scope = Scope()) -> Report:
    with book.reading() as reader:
        period, rules = parse_period(named, kind, TODAY), queries.rules(reader)
        return period_brief(period_report(reader, period, TODAY, rules, scope, full=True, trend=False))


def overdue(book: Book, within: int = 0) -> Report:
    with book.reading() as reader:
        found = overdue_tasks(reader, TODAY, Scope(), within)
        rules = queries.rules(reader)
        return overdue_brief(found, TODAY, rules, None, queries.units(reader, rules.units), within)


def add(book: Book, title: str, due: str, unit: str = "综合组", **more: Any) -> None:
    book.post("add", title=title, unit=unit, due=due, on="2013-02-01", **more)


def test_a_week(filled: Book) -> None:
    found = brief(filled)
    assert (found.title, found.period) == ("周工作提示", "2013年第12周(3月18日—3月24日)")
    assert found.message == (
        "本周应销号3件，已销号1件、尚未销号2件；在办4件，其中逾期1件。",
        "综合组：本周到期1件——会议（3月20日周三）；逾期1件——方案（已逾期9天）。",
        "无到期待办、无逾期：督导组。",
    )


def test_what_is_listed_by_name_comes_first(book: Book) -> None:
    for number, title in enumerate(("甲", "乙", "丙", "丁"), start=1):
        add(book, title, f"2013-03-1{number}")
    book.post("flag", task="4", on="2013-03-18")
    line = "综合组：逾期4件——①丁（已逾期5天，挂牌督办）②甲（已逾期8天）③乙（已逾期7天）等4件。"
    assert brief(book).message[1] == overdue(book).message[1] == line


def test_of_a_series_it_is_told_how_many_wait(book: Book) -> None:
    book.post("add", title="周报", unit="综合组", due="每周五", on="2013-03-01", today="2013-03-18")
    book.post("submit", task="2013-001-01", on="2013-03-18")
    assert overdue(book).message[1] == "综合组：逾期3件——周报（已逾期17天，共3次，1次待审核）。"


def test_a_week_to_come_tells_what_it_will_inherit(filled: Book) -> None:
    assert brief(filled, "2013-W13").message == (
        "下周应销号3件，已销号0件、尚未销号3件；在办4件，其中逾期1件。",
        "综合组：结转1件——会议（3月20日周三）；逾期1件——方案（已逾期9天）。",
        "督导组：下周到期1件——调研 Report（3月29日周五）。",
    )


def test_a_week_that_is_over_is_told_by_its_last_day(book: Book) -> None:
    add(book, "周日到期", "2013-03-17")
    add(book, "周五到期", "2013-03-15")
    first, line = brief(book, "2013-W11").message
    assert first == "上周应销号2件，已销号0件、到期未销号2件；在办2件，其中逾期2件。"
    assert line == "综合组：逾期2件——①周五到期（已逾期2天）②周日到期（3月17日周日到期）。"


@pytest.mark.parametrize(
    ("named", "called"), [("2013-W10", "第10周"), ("2013-W11", "上周"), ("2013-W12", "本周"), ("2013-W14", "第14周")]
)
def test_a_week_is_called_as_its_reader_calls_it(book: Book, named: str, called: str) -> None:
    assert brief(book, named).message[0].startswith(f"{called}没有应销号事项；")


def test_titles_stand_as_they_are_and_no_more_than_three(book: Book) -> None:
    for day, title in enumerate(("甲(一)", "乙【b】", "丙；丁", "戊\u3000己"), start=10):
        add(book, title, f"2013-03-{day}")
    assert brief(book).message[1] == (
        "综合组：逾期4件——①甲(一)（已逾期9天）②乙【b】（已逾期8天）③丙；丁（已逾期7天）等4件。"
    )


def test_a_series_is_named_once(book: Book) -> None:
    book.post("add", title="每日巡查", unit="综合组", due="每周二、周四", on="2013-03-04")
    assert brief(book).message == (
        "本周应销号6件，已销号0件、尚未销号6件；在办5件，其中逾期4件。",
        "综合组：本周到期2件——每日巡查（3月19日周二，共2次）；逾期4件——每日巡查（已逾期14天，共4次）。",
    )


def test_what_waits_and_what_is_in_grace(book: Book) -> None:
    add(book, "按期申请", "2013-03-15")
    add(book, "晚申请", "2013-03-12")
    add(book, "还在宽限", "2013年3月15日左右")
    book.post("submit", task=1, on="2013-03-14")
    book.post("submit", task=2, on="2013-03-14")
    assert brief(book).message == (
        "本周应销号3件，已销号0件、尚未销号3件；在办3件，其中逾期1件。",
        "综合组：结转1件——还在宽限（3月15日周五，宽限至3月20日）；待审核1件——按期申请（3月15日周五）；"
        "逾期1件——晚申请（已逾期2天，待审核）。",
    )


def test_what_is_given_out_late_is_overdue_though_no_list_owed_it(book: Book) -> None:
    book.post("add", title="补登", unit="综合组", due="2013-03-08", on="2013-03-18")
    assert brief(book).message == (
        "本周没有应销号事项；在办1件，其中逾期1件。",
        "综合组：逾期1件——补登（已逾期11天）。",
    )


def test_nothing_is_one_line(book: Book) -> None:
    assert brief(book).message == ("本周没有应销号事项；没有在办事项。",)
    add(book, "以后的事", "2013-06-30")
    assert brief(book).message == ("本周没有应销号事项；在办1件，没有逾期。",)


def test_units_with_nothing_are_told_in_one_line_and_not_all(book: Book) -> None:
    add(book, "方案", "2013-03-10")
    for number in range(MOST_QUIET + 1):
        add(book, "以后的事", "2013-06-30", f"组{number}", again=True)
    *_, last = brief(book).message
    assert last == "无到期待办、无逾期：组0、组1、组2、组3、组4、组5、组6、组7等9个单位。"


@pytest.mark.parametrize(
    ("named", "kind", "title", "first"),
    [
        ("2013-03", Kind.MONTH, "工作提示", "3月应销号5件，已销号2件、尚未销号3件；在办4件，其中逾期1件。"),
        ("2013-H1", Kind.HALF, "工作提示", "上半年应销号6件，已销号2件、尚未销号4件；在办4件，其中逾期1件。"),
    ],
)
def test_the_longer_periods(filled: Book, named: str, kind: Kind, title: str, first: str) -> None:
    found = brief(filled, named, kind)
    assert (found.title, found.message[0]) == (title, first)


def test_overdue_worst_first_by_unit(filled: Book) -> None:
    add(filled, "简报二", "2013-03-18", "宣传组")
    add(filled, "总结", "2013-03-01")
    assert overdue(filled).message == (
        "共逾期3件，涉及2个单位。",
        "综合组：逾期2件——①总结（已逾期18天）②方案（已逾期9天）。",
        "宣传组：逾期1件——简报二（已逾期1天）。",
    )


def test_overdue_and_soon(filled: Book) -> None:
    found = overdue(filled, 3)
    assert found.title == "逾期及3天内到期提示"
    assert found.message == (
        "共2件：逾期1件、3天内到期1件。",
        "综合组：逾期1件——方案（已逾期9天）；3天内到期1件——会议（3月20日周三）。",
    )


def test_what_is_due_soon_and_waits_is_said_to_wait(book: Book) -> None:
    add(book, "会议", "2013-03-20")
    book.post("submit", task=1, on="2013-03-19")
    assert overdue(book, 3).message[1] == "综合组：3天内到期1件——会议（3月20日周三，待审核）。"
    assert brief(book).message[1] == "综合组：待审核1件——会议（3月20日周三）。"


def test_nothing_overdue_is_one_line(book: Book) -> None:
    assert overdue(book).message == ("没有逾期的事项。",)
    assert overdue(book, 3).message == ("没有逾期和3天内到期的事项。",)
