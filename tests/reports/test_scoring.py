"""Scores of one small ledger, worked out by hand for the four example rules; streaks; who is shown.

March 2013, seen on 10 April (什么时候办结,比时限早几天):

====  ======  ========  ==========  ==================================================================================
task  lead    assists   deadline    what became of it in March
====  ======  ========  ==========  ==================================================================================
1     甲局    乙局      3-10        struck off on the 5th: 5 days early
2     甲局    丙局      3-10        struck off on the 15th: late
3     乙局              3-20        struck off on its last day: neither early nor late
4     乙局              3-12        put off to the 18th, submitted, returned on the 17th; overdue; urged twice
5     丙局    甲局      3-25        struck off on the 20th, restored on the 31st, overdue; flagged that day
6     丙局              3-31        struck off, restored and struck off on the 29th: done once, 2 days early
7     办公室            6-1         nothing: without items
8     丙局              3-20左右    struck off on the 19th: a day early, days of grace do not count
9     丁局              4-15        struck off on 28 March: 18 days early, not owed in March
10    甲局              3-20        struck off on 20 March, and that taken back by `undo`; on 8 March put off to June
====  ======  ========  ==========  ==================================================================================
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ledger.dates.period import parse_any_period
from ledger.importers.rule_file import read_rule
from ledger.model.rules import Group, GroupSet, Rules
from ledger.model.scoring import Rule
from ledger.reports.points import points_of
from ledger.reports.ranking import Ranking, ranking_of
from ledger.services.undo import undo
from ledger.store.counts import Scope
from tests.conftest import Book

EXAMPLES = Path(__file__).parents[2] / "examples" / "scoring"
TODAY = date(2013, 4, 10)
TASKS: tuple[tuple[str, list[str], str], ...] = (
    ("甲局", ["乙局"], "2013-03-10"), ("甲局", ["丙局"], "2013-03-10"), ("乙局", [], "2013-03-20"),
    ("乙局", [], "2013-03-12"), ("丙局", ["甲局"], "2013-03-25"), ("丙局", [], "2013-03-31"),
    ("办公室", [], "2013-06-01"), ("丙局", [], "2013-03-20左右"), ("丁局", [], "2013-04-15"),
    ("甲局", [], "2013-03-20"),
)  # fmt: skip
DEEDS: tuple[tuple[str, int, str, dict[str, Any]], ...] = (
    ("close", 1, "2013-03-05", {}),
    ("close", 2, "2013-03-15", {}),
    ("close", 3, "2013-03-20", {}),
    ("extend", 4, "2013-03-11", {"due": "2013-03-18", "reason": "场地未定"}),
    ("submit", 4, "2013-03-16", {}),
    ("return", 4, "2013-03-17", {"reason": "缺会议纪要"}),
    ("urge", 4, "2013-03-25", {"method": "电话"}),
    ("urge", 4, "2013-03-25", {"method": "现场", "again": True}),
    ("close", 5, "2013-03-20", {}),
    ("reopen", 5, "2013-03-31", {"reason": "没有办到位"}),
    ("flag", 5, "2013-03-31", {}),
    ("close", 6, "2013-03-29", {}),
    ("reopen", 6, "2013-03-29", {"reason": "漏了附件"}),
    ("close", 6, "2013-03-29", {}),
    ("close", 8, "2013-03-19", {}),
    ("close", 9, "2013-03-28", {}),
    ("extend", 10, "2013-03-08", {"due": "2013-06-20", "reason": "等批复"}),
    ("close", 10, "2013-03-20", {}),
)
SCORES = {
    # 只扣不奖,基础分100:甲 −5(2) −2.5(5协办);乙 −5(4) −2(退回) −1×2(催办);丙 −2.5(2协办) −5(5) −3(挂牌)
    "县政府督查室": {"甲局": 92.5, "乙局": 91, "丙局": 89.5, "丁局": None, "办公室": None},
    # 基础分80:甲 +2×2 +1(1早5天) −5;乙 +2 +1(1协办) −5;丙 +2×2 +1 −2.5 −5(早2天、1天不足3天);丁只有一件
    "市委办公室": {"甲局": 80, "乙局": 78, "丙局": 77.5, "丁局": None, "办公室": None},
    # 从0分起:甲 3×2+0.5;乙 3+1.5−3;丙 3×2+1.5+0.5×2−3;丁 3+0.5
    "乡镇党政办": {"甲局": 6.5, "丙局": 5.5, "丁局": 3.5, "乙局": 1.5, "办公室": None},
    # 基础分100:甲 +2×2 −0.5(10延期);乙 +2 −4 −0.5 −6;丙 +2×2 −10×2 −6 −8;丁 +2
    "整改办": {"甲局": 103.5, "丁局": 102, "乙局": 91.5, "丙局": 70, "办公室": None},
}


@pytest.fixture
def judged(book: Book) -> Book:
    return fill(book)


def fill(book: Book) -> Book:
    """What became of the tasks of the table above."""
    for at, (unit, others, due) in enumerate(TASKS, start=1):
        book.post("add", title=f"事项{at}", unit=unit, with_=others, due=due, on="2013-03-01", today="2013-03-01")
    for action, task, on, more in DEEDS:
        book.post(action, task=task, on=on, today="2013-04-01", **more)
    with book.journal("2013-04-01") as journal:
        undo(journal, None, None)
    return book


def ranked(book: Book, rule: Rule, period: str = "2013-03", **more: Any) -> Ranking:
    with book.reading() as reader:
        rules = Rules("台账", units=("甲局", "乙局", "丙局", "丁局", "办公室"))
        return ranking_of(reader, parse_any_period(period, TODAY), TODAY, rules, rule=rule, **more)


def scores(ranking: Ranking) -> dict[str, float | None]:
    return {row["name"]: row["score"] for row in ranking.as_json()["ranking"]}


@pytest.mark.parametrize("name", SCORES)
def test_the_examples_give_what_was_worked_out_by_hand(judged: Book, name: str) -> None:
    rule = read_rule(EXAMPLES / f"{name}.toml")
    found = ranked(judged, rule)
    assert scores(found) == SCORES[name]
    placed = [unit for unit, score in SCORES[name].items() if score is not None]
    assert [one.name for one in found.units if one.place is not None] == placed
    with judged.reading() as reader:
        for unit, score in SCORES[name].items():
            told = points_of(reader, unit, found.period, TODAY, rule, Scope(), None).as_json("台账")
            if score is not None:
                assert told["base"] + sum(line["points"] for line in told["lines"]) + told["cut"] == score
            assert told["score"] == score


def test_every_example_is_worked_out() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.toml")} == {*SCORES}


def test_the_entries_behind_a_score(judged: Book) -> None:
    rule = read_rule(EXAMPLES / "整改办.toml")
    with judged.reading() as reader:
        period = parse_any_period("2013-03", TODAY)
        told = points_of(reader, "乙局", period, TODAY, rule, Scope(), None).as_json("台账")
        entries = {row[0]: row[1:] for row in reader.rows("SELECT e.seq, e.action, e.task FROM entry e")}
    assert [(line["event"], line["code"], str(line["on"]), line["detail"]) for line in told["lines"]] == [
        ("lead", "2013-003", "2013-03-20", None),
        ("overdue", "2013-004", "2013-03-18", "逾期13天"),
        ("returned", "2013-004", "2013-03-17", "缺会议纪要"),
        ("extended", "2013-004", "2013-03-11", "场地未定"),
    ]
    assert [entries[line["entry"]] for line in told["lines"]] == [
        ("close", 3), ("return", 4), ("return", 4), ("extend", 4),
    ]  # fmt: skip


def test_cap_and_floor_are_points_too(judged: Book) -> None:
    rule = Rule("办法", Decimal(10), {"lead": Decimal(2), "overdue": Decimal(-9)}, Decimal(11), Decimal(9))
    found = ranked(judged, rule)
    assert scores(found) == {"甲局": 11, "丁局": 11, "乙局": 9, "丙局": 9, "办公室": None}
    assert {one.name: one.score and one.score.cut for one in found.units} == {
        "甲局": -3, "丁局": -1, "乙局": 6, "丙局": 4, "办公室": 0,
    }  # fmt: skip


def test_lists_name_all_ties_and_the_excluded_stand_apart(judged: Book) -> None:
    rule = Rule("办法", Decimal(10), {"overdue": Decimal(-1)}, exclude=("甲局",), listed=1)
    found = ranked(judged, rule)
    assert scores(found) == {"乙局": 9, "丙局": 9, "甲局": None, "丁局": None, "办公室": None}
    assert [(one.name, one.place) for one in found.units][:2] == [("乙局", 1), ("丙局", 1)]
    assert ([one.name for one in found.red], found.black) == (["乙局", "丙局"], [])
    assert found.scoring is not None and found.scoring.streaks.red == {"乙局": 1, "丙局": 1}


def test_nobodys_score_depends_on_who_is_shown(judged: Book) -> None:
    rule = read_rule(EXAMPLES / "县政府督查室.toml")
    whole = scores(ranked(judged, rule))
    assert scores(ranked(judged, rule, scope=Scope(units=("丙局",)))) == {"丙局": whole["丙局"]}
    groups = GroupSet("片区", (Group("东片", None, ("甲局", "乙局")), Group("西片", None, ("丙局", "丁局"))))
    within = ranked(judged, rule, within=groups)
    assert scores(within) == whole
    assert [(one.group, one.name, one.place) for one in within.units if one.place] == [
        ("东片", "甲局", 1), ("东片", "乙局", 2), ("西片", "丙局", 1),
    ]  # fmt: skip


def test_streaks_go_back_while_they_last(book: Book) -> None:
    for at, (unit, month) in enumerate([("甲局", 1), ("甲局", 2), ("甲局", 3), ("乙局", 1), ("乙局", 2), ("乙局", 3)]):
        book.post("add", title=f"事项{at}", unit=unit, due=f"2013-{month:02d}-20", on=f"2013-{month:02d}-01")
    for task, day in ((1, "2013-01-10"), (4, "2013-01-25"), (2, "2013-02-25"), (5, "2013-02-10")):
        book.post("close", task=task, on=day)
    book.post("close", task=6, on="2013-03-10")
    rule = Rule("办法", Decimal(100), {"late": Decimal(-5), "overdue": Decimal(-5)}, listed=1)
    found = ranked(book, rule)
    assert [one.name for one in found.red] == ["乙局"] and [one.name for one in found.black] == ["甲局"]
    assert found.scoring is not None
    assert (found.scoring.streaks.red, found.scoring.streaks.black) == ({"乙局": 2}, {"甲局": 2})


def test_streaks_know_what_was_an_entry_in_the_periods_before(book: Book) -> None:
    for unit in ("甲局", "乙局"):
        book.post("add", title=unit, unit=unit, due="2012-12-20", on="2012-12-01")
    for day in ("2013-01-10", "2013-02-10", "2013-02-28", "2013-03-01"):
        book.post("submit", task=1, on=day, today="2013-04-10")
        book.post("return", task=1, on=day, reason="没有办到位", today="2013-04-10")
    found = ranked(book, Rule("办法", Decimal(100), {"returned": Decimal(-5)}, listed=1))
    assert scores(found) == {"乙局": 100, "甲局": 95}
    assert found.scoring is not None and found.scoring.streaks == ({"乙局": 4}, {"甲局": 3})


def test_a_streak_is_counted_for_a_year_at_most(book: Book) -> None:
    for unit, due in (("甲局", "2011-01-01"), ("乙局", "")):
        book.post("add", title=unit, unit=unit, due=due, on="2010-12-01")
    for year in (2011, 2012, 2013):
        for month in range(1, 13 if year < 2013 else 4):
            book.post("add", title=f"{year}{month}", unit="乙局", due=f"{year}-{month:02d}-10", on="2010-12-01")
    rule = Rule("办法", Decimal(100), {"overdue_assist": Decimal(-5), "overdue": Decimal(-5)}, listed=1)
    found = ranked(book, rule)
    assert found.scoring is not None and found.scoring.streaks.red == {"甲局": 12}
