"""The sentences of a document: their parts add up to the whole, and so do their percentages."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.period import Kind, parse_any_period, period_of
from ledger.reports.figures import Figures, PeriodFigures
from ledger.reports.sentences import following, named, nil_units, opening, problem_lines

TODAY = date(2013, 3, 19)
MONTH = period_of(Kind.MONTH, TODAY)
counts = st.integers(0, 400)


def test_the_sentence_of_the_circular() -> None:
    """As an office printed it: 22 件, 6 件占27%, 16 件占73%."""
    found = opening(Figures(opening=22, closing=22, carried=10, due=12, met=6), MONTH, TODAY)
    assert found[1] == (
        "3月应销号事项22件（上期结转10件、本期到期12件），截至3月19日，已销号6件，占27%；尚未销号16件，占73%。"
    )


@given(counts, counts, counts, counts, counts)
def test_the_parts_of_every_sentence_add_up(begun: int, added: int, reopened: int, closed: int, met: int) -> None:
    whole = begun + added + reopened
    closed = min(closed, whole)
    figures = Figures(
        opening=begun,
        added=added,
        reopened=reopened,
        closed=closed,
        closing=whole - closed,
        carried=met,
        due=5,
        met=met,
    )
    stock, duty, *_ = opening(figures, MONTH, TODAY)
    before, after = stock.split("截至") if whole else ("", "")
    assert sum(map(int, re.findall(r"(\d+)件", before))) == whole
    assert re.findall(r"共(\d+)件", after) == ([str(whole)] if whole else [])
    assert sum(map(int, re.findall(r"(?:已销号|撤销|在办)(\d+)件", after))) == whole
    assert sum(map(int, re.findall(r"占(\d+)%", after))) == (100 if whole else 0)
    assert sum(map(int, re.findall(r"(?:已销号|尚未销号)(\d+)件", duty))) == met + 5
    assert sum(map(int, re.findall(r"占(\d+)%", duty))) == 100


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (Figures(), ["3月没有在办事项，也没有新增事项。", "3月没有应销号事项。"]),
        (
            Figures(added=4, closing=4, due=2, overdue=1),
            [
                "3月新增4件。截至3月19日，共4件，已销号0件，占0%；在办4件，占100%，其中逾期1件。",
                "3月应销号事项2件（均为本期到期），截至3月19日，已销号0件，占0%；尚未销号2件，占100%。",
            ],
        ),
        (
            Figures(opening=3, reopened=1, closed=3, cancelled=1, carried=3, met=3, on_time=2, late=1),
            [
                "3月初在办事项3件，其间恢复1件。截至3月19日，共4件，已销号3件，占75%；撤销1件，占25%。",
                "3月应销号事项3件（均为上期结转），截至3月19日，已销号3件，占100%。",
                "3月销号的有时限事项3件，其中按期办结2件、超期办结1件，按期率67%。",
            ],
        ),
        (
            Figures(opening=1, closed=1, on_time=1),
            [
                "3月初在办事项1件，没有新增事项。截至3月19日，共1件，已销号1件，占100%。",
                "3月没有应销号事项。",
                "3月销号的1件有时限事项全部按期办结。",
            ],
        ),
    ],
)
def test_what_there_is_nothing_of_is_left_out(figures: Figures, said: list[str]) -> None:
    assert opening(figures, MONTH, TODAY) == said


def test_a_period_to_come_and_one_of_another_year() -> None:
    figures = Figures(opening=2, closing=2, carried=1, due=1)
    assert opening(figures, MONTH.next, TODAY) == [
        "4月尚未开始。截至3月19日，在办事项2件。",
        "4月应销号事项2件（上期结转1件、本期到期1件）。",
    ]
    over = opening(figures, period_of(Kind.YEAR, date(2012, 1, 1)), TODAY)
    assert "截至12月31日，" in over[0]
    assert "已销号0件，占0%；到期未销号2件，占100%" in over[1]


@pytest.mark.parametrize(
    ("period", "own", "after"),
    [("2013-W12", "本周", "下周"), ("2013-03", "3月", "4月"), ("2013-12", "12月", "2014年1月"),
     ("2013-Q1", "一季度", "二季度"), ("2013-H2", "下半年", "2014年上半年"), ("2013", "2013年", "2014年"),
     ("2013-03-19", "3月19日", "3月20日"), ("9999", "9999年", "此后")],
)  # fmt: skip
def test_what_a_period_is_called(period: str, own: str, after: str) -> None:
    found = parse_any_period(period, TODAY)
    assert (named(found), following(found)) == (own, after)


def test_units_that_have_nothing_to_report() -> None:
    units = [("综合组", Figures(opening=1, closing=1)), ("宣传组", Figures()), ("督导组", Figures())]
    figures = PeriodFigures(Figures(), units, [], [])
    assert nil_units(figures, "month", MONTH) == "宣传组、督导组3月无任务。"
    assert nil_units(figures, "rank", MONTH) == "综合组、宣传组、督导组3月没有应销号事项，不排名次。"
    assert nil_units(PeriodFigures(Figures(), units[:1], [], []), "month", MONTH) == ""


def test_problems_are_numbered_where_there_are_several() -> None:
    assert problem_lines([("方案:没有钱。", "综合组", "3月1日提出")]) == ["方案:没有钱（综合组牵头，3月1日提出）。"]
    found = problem_lines([("事", "甲", "3月1日提出")] * 21)
    assert [line.partition("事")[0] for line in (found[0], found[9], found[10], found[20])] == [
        "一是", "十是", "十一是", "二十一是",
    ]  # fmt: skip
