from datetime import date

import pytest

from ledger.render.cells import kept_columns, spoken, words
from ledger.reports.report import GAP, Bar, Cell, Column, Rate, Section, State


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("召开会议", "召开会议"),
        ("两\n行\t字", "两 行 字"),
        ("\x1b[31m红\u202e", r"\u{1b}[31m红\u{202e}"),
        (None, ""),
        (0, "0"),
        (-3, "-3"),
        (date(2013, 3, 20), "2013-03-20"),
        (Rate(3, 12), "25%(3/12)"),
        (State("red", "红", ("逾期19天", "结转3次")), "红 逾期19天 结转3次"),
        (State("done", "已销号"), "已销号"),
        (State("done", "", ("3月19日销号",)), "3月19日销号"),
        (Bar(4, 9), "4"),
        (GAP, "—"),
    ],
)
def test_words(cell: Cell, text: str) -> None:
    assert words(cell) == text


@pytest.mark.parametrize(
    ("day", "text"), [(date(2013, 3, 20), "3月20日 周三"), (date(2014, 1, 1), "2014年1月1日 周三")]
)
def test_readers_get_weekdays_and_the_year_of_another_year(day: date, text: str) -> None:
    assert words(day, spoken(date(2013, 3, 19))) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 0, "—"), (0, 3, "0%(0/3)"), (1, 8, "13%(1/8)"), (1, 3, "33%(1/3)"), (2, 3, "67%(2/3)"), (3, 3, "100%(3/3)")],
)
def test_a_rate_rounds_half_up_and_shows_its_denominator(part: int, whole: int, text: str) -> None:
    assert str(Rate(part, whole)) == text


def test_a_column_is_kept_if_any_section_with_the_same_columns_fills_it() -> None:
    columns = tuple(map(Column, "甲乙丙丁"))
    sections = [Section("", columns, [("a", None, "", None)]), Section("", columns, [("a", None, "", 0)])]
    assert kept_columns(sections) == {columns: [0, 3]}


def test_where_nothing_is_filled_every_column_is_kept() -> None:
    columns = tuple(map(Column, "甲乙"))
    assert kept_columns([Section("", columns, [(None, "")])]) == {columns: [0, 1]}
