"""The weekly list on one sheet."""

from dataclasses import replace
from datetime import date
from typing import Any

from ledger.dates.period import Kind, period_of
from ledger.model.rules import Rules
from ledger.model.task import Problem, Task, Thresholds
from ledger.reports.figures import Figures, PeriodFigures
from ledger.reports.periods import SECTIONS, PeriodReport
from ledger.reports.present import week_report
from ledger.reports.report import Band, Report, Row, State
from ledger.reports.sheet import folded
from ledger.reports.standing import Standing

TODAY = date(2013, 3, 19)


def task(number: int, title: str = "制定方案", **fields: Any) -> Task:
    values = {"unit": "综合组", "assigned_on": date(2013, 2, 1), "due_on": date(2013, 3, 20)}
    due = {"original_due_on": values["due_on"], "last_day": fields.get("due_on", values["due_on"])}
    return Task(number, f"2013-{number:03d}", title, **({**values, **due} | fields))


def weekly(troubled: list[Task] | None = None, **sections: list[Task]) -> Report:
    figures = PeriodFigures(Figures(), [], [], [])
    period = period_of(Kind.WEEK, TODAY)
    found = {name: list[Task]() for name in (*SECTIONS, "nil")} | sections
    report = PeriodReport(
        "学创台账", period, TODAY, None, Thresholds(), figures, found, troubled or [], [], Standing(TODAY, {}, {})
    )
    return week_report(report, Rules("学创台账"), full=False, paged=True)


def rows(report: Report) -> list[Row]:
    assert report.sheet is not None
    return report.sheet.rows


def bands(report: Report) -> list[object]:
    return [row[0] for row in rows(report) if isinstance(row, Band)]


def tasks(report: Report) -> list[Row]:
    return [row for row in rows(report) if not isinstance(row, Band)]


def test_the_agenda_stands_in_bands_even_where_there_is_nothing() -> None:
    assert bands(weekly(due=[task(1)])) == [
        "一、上周销号(0)　无",
        "二、上周未完成结转(0)　无",
        "三、本周到期(1)",
        "四、本周新增(0)　无",
        "五、下周预告(0)　无",
        "六、无明确时限(0)　无",
        "七、突出问题(0)　无",
    ]


def test_a_row_says_who_does_it_what_was_done_and_what_is_in_the_way() -> None:
    problems = (
        Problem(1, "经费未落实。", TODAY),
        Problem(2, "人手不足", TODAY),
        Problem(3, "旧的", TODAY, date(2013, 3, 1)),
    )
    one = task(
        1, "调研", with_units=("宣传组", "督导组"), owner="李某", progress=60, note="初稿已成", problems=problems
    )
    (row,) = tasks(weekly(due=[one]))
    place, title, units, owner, due, note, problem, state = row
    assert (place, title, owner, due) == ("1", "调研", "李某", date(2013, 3, 20))
    assert units == "综合组\n宣传组、督导组"
    assert note == "60%，初稿已成"
    assert problem == "经费未落实；人手不足"
    assert isinstance(state, State) and state.light == "yellow"


def test_a_share_that_the_note_tells_is_told_once() -> None:
    found = weekly(due=[task(1, progress=60, note="已完成60%"), task(2, progress=30), task(3, note="有进展")])
    assert [row[5] for row in tasks(found)] == ["已完成60%", "30%", "有进展"]


def test_what_was_told_above_is_pointed_at() -> None:
    one = task(1, note="初稿已成", problems=(Problem(1, "缺经费", TODAY),))
    other = task(2, "别的", problems=(Problem(1, "缺人", TODAY),), due_on=date(2013, 6, 1))
    found = weekly([one, other], due=[one], added=[one, task(3)])
    assert [(row[0], row[5], row[6]) for row in tasks(found)] == [
        ("1", "初稿已成", "缺经费"),
        ("2", "见第1项", None),
        ("3", None, None),
        ("4", None, "缺人"),
    ]
    assert bands(found)[-1] == "七、突出问题(2)：见第1项"
    assert tasks(found)[-1][1] == "别的"


def test_occurrences_to_come_are_one_row_those_due_now_are_not() -> None:
    days = [date(2013, 3, day) for day in (25, 26, 27, 28)]
    daily = [task(n, "每日报送", series=1, due_on=day) for n, day in enumerate(days, start=1)]
    single = task(9, "方案", due_on=date(2013, 3, 26))
    found = weekly(next=[daily[0], single, *daily[1:]], due=[replace(one, id=one.id + 20) for one in daily])
    assert [(row[1], row[4]) for row in tasks(found)][-2:] == [("每日报送(4次)", "3月25日起"), ("方案", single.due_on)]
    assert len(tasks(found)) == 6
    assert "五、下周预告(5)" in bands(found)
    section = next(one for one in found.sections if one.name == "next")
    assert [row[1] for row in section.rows] == ["每日报送(4次)", "方案"]


def test_folding_keeps_the_order_of_the_first() -> None:
    some = [task(1, series=2), task(2), task(3, series=1), task(4, series=2), task(5)]
    assert [[one.id for one in group] for group in folded(some)] == [[1, 4], [2], [3], [5]]


def test_what_is_listed_by_name_is_not_folded() -> None:
    some = [task(3, series=2, flagged=True), task(1, series=2), task(2, series=2), task(4, series=2, flagged=True)]
    assert [[one.id for one in group] for group in folded(some)] == [[3], [1, 2], [4]]
