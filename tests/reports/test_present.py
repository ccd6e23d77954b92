"""What stands where in a list and a summary, in the office's words."""

from datetime import date, timedelta
from typing import Any

import pytest

from ledger.dates.period import Kind, parse_period
from ledger.model.rules import Rules
from ledger.model.task import CANCELLED, CLOSED, OPEN, PAUSED, Task
from ledger.reports.columns import BRIEF, state_of
from ledger.reports.figures import Figures
from ledger.reports.lists import glance
from ledger.reports.periods import period_report
from ledger.reports.present import (
    balance,
    glance_report,
    list_report,
    moment_of,
    summary_report,
    week_report,
)
from ledger.reports.report import Report, State, text_of
from ledger.store import queries
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 19)
QUOTA = '{"least":3,"most":null,"counter":"条"}'


def task(status: str = OPEN, last: date | None = None, **more: Any) -> Task:
    return Task(1, "2013-001", "方案", "综合组", status=status, due_on=last, last_day=last, **more)


def soft(due_on: date) -> Task:
    return Task(
        1, "2013-001", "方案", "综合组", due_on=due_on, grace_days=10, last_day=due_on + timedelta(days=10)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "times", "state"),
    [
        (task(last=date(2013, 3, 18)), 0, State("red", "红", ("逾期1天",))),
        (task(last=date(2013, 2, 28)), 3, State("red", "红", ("逾期19天", "结转3次"))),
        (task(last=date(2013, 3, 19)), 0, State("yellow", "黄", ("今日到期",))),
        (task(last=date(2013, 3, 20)), 0, State("yellow", "黄", ("剩1天",))),
        (task(last=date(2013, 3, 25), extensions=2), 1, State("blue", "蓝", ("剩6天", "结转1次", "延期2次"))),
        (task(last=date(2013, 4, 30)), 0, State("green", "绿", ("剩42天",))),
        (soft(date(2013, 3, 25)), 0, State("green", "绿", ("剩16天", "宽限至4月4日"))),
        (soft(TODAY), 0, State("green", "绿", ("剩10天", "宽限至3月29日"))),
        (soft(date(2013, 3, 15)), 1, State("blue", "蓝", ("宽限至3月25日", "结转1次"))),
        (soft(date(2013, 3, 9)), 0, State("yellow", "黄", ("宽限至3月19日",))),
        (soft(date(2013, 3, 8)), 0, State("red", "红", ("逾期1天",))),
        (task(), 0, State("grey", "灰", ("无期限",))),
        (task(PAUSED, date(2013, 1, 1)), 0, State("grey", "灰", ("中止",))),
        (task(CLOSED, closed_on=date(2013, 3, 15)), 0, State("done", "", ("3月15日销号",))),
        (task(CLOSED, closed_on=date(2012, 12, 31)), 0, State("done", "", ("2012年12月31日销号",))),
        (task(CANCELLED), 0, State("cancelled", "", ("已撤销",))),
        (
            task(last=TODAY, extensions=1, quota=QUOTA, tally=2),
            0,
            State("yellow", "黄", ("今日到期", "延期1次", "2/3条", "差1")),
        ),
        (task(quota=QUOTA), 0, State("grey", "灰", ("无期限", "0/3条", "差3"))),
        (task(PAUSED, quota=QUOTA, tally=1), 0, State("grey", "灰", ("中止", "1/3条", "差2"))),
        (task(CLOSED, closed_on=TODAY, quota=QUOTA, tally=4), 0, State("done", "", ("3月19日销号", "4/3条"))),
        (task(CANCELLED, quota=QUOTA, tally=1), 0, State("cancelled", "", ("已撤销",))),
    ],
)
def test_where_a_task_stands(found: Task, times: int, state: State) -> None:
    assert state_of(found, TODAY, Rules(), times) == state


def test_a_row_marks_key_tasks_and_shows_words_that_stand_for_a_deadline() -> None:
    row = BRIEF.row(task(key=True, due_text="适时", owner="李四"), TODAY, Rules(), 0)
    assert row[:5] == ("2013-001", "★ 方案", "综合组", "李四", "适时")
    assert BRIEF.row(task(last=TODAY, due_text="今天"), TODAY, Rules(), 0)[4] == TODAY


def test_as_of_when_a_report_is_true() -> None:
    assert moment_of(TODAY, None) == "截至2013年3月19日"
    assert moment_of(TODAY, "2013-03-18T23:59:59.999999+08:00") == "截至2013年3月19日(按 2013-03-18 23:59 以前的记录)"


def test_the_balance_in_one_line() -> None:
    figures = Figures(9, 6, 0, 3, 0, 12, carried=8, due=4, met=3, overdue=5)
    assert [text_of(group) for group in balance(figures)] == [
        "期初在办 9 + 新增 6 + 恢复 0 − 销号 3 − 撤销 0 = 期末在办 12", "应销 12 已销 3 销号率 25%(3/12)", "逾期 5"
    ]  # fmt: skip


def of(book: Book, named: str, kind: Kind, *, full: bool = False) -> Report:
    with book.reading() as reader:
        rules = queries.rules(reader)
        found = period_report(reader, parse_period(named, kind, TODAY), TODAY, rules, Scope(), full=full)
    return (week_report if kind is Kind.WEEK else summary_report)(found, rules, full=full)


def test_the_weekly_list_in_the_order_of_the_agenda(filled: Book) -> None:
    found = of(filled, "2013-W12", Kind.WEEK)
    assert (found.title, found.ledger, found.period) == ("周工作清单", "学创台账", "2013年第12周(3月18日—3月24日)")
    assert [section.heading for section in found.sections] == [
        "一、上周销号(1)", "二、上周未完成结转(2)", "三、本周到期(1)", "四、本周新增(1)", "五、下周预告(1)",
        "六、无明确时限(1)", "七、突出问题(2)",
    ]  # fmt: skip
    assert text_of(found.balance[0]) == "期初在办 5 + 新增 1 + 恢复 0 − 销号 1 − 撤销 1 = 期末在办 4"
    assert found.sections[1].rows[0][5] == State("red", "红", ("逾期9天", "结转2次"))
    assert found.sections[-1].rows[0] == ("2013-001", "方案", "经费", "综合组", date(2013, 3, 12))


def test_the_full_weekly_list(filled: Book) -> None:
    titles = [section.heading.partition("、")[2] for section in of(filled, "2013-W12", Kind.WEEK, full=True).sections]
    assert titles[6:] == [
        "本周恢复(0)",
        "本周销号(1)",
        "本周撤销(1)",
        "分单位情况",
        "分活动情况",
        "走势",
        "突出问题(2)",
    ]


@pytest.mark.parametrize(
    ("named", "kind", "title"),
    [("2013-03", Kind.MONTH, "月度小结"), ("2013-Q1", Kind.QUARTER, "季度小结"), ("2013-H1", Kind.HALF, "半年小结"),
     ("2013", Kind.YEAR, "年度总结")],
)  # fmt: skip
def test_a_summary(filled: Book, named: str, kind: Kind, title: str) -> None:
    found = of(filled, named, kind)
    assert found.title == title
    titles = [section.heading.partition("、")[2] for section in found.sections]
    assert titles[:5] == ["总体情况", "分单位情况", "分活动情况", "走势", "突出问题(2)"]
    assert [title.partition("(")[0] for title in titles[5:]] == [
        "下一步工作打算:下期到期",
        "到期未销号清单",
        "在办未到期",
    ]
    full = [section.heading for section in of(filled, named, kind, full=True).sections]
    assert [title.partition("、")[2].partition("(")[0] for title in full[6:]] == [
        "本期新增", "本期恢复", "本期销号", "本期撤销", "到期未销号清单", "在办未到期",
    ]  # fmt: skip


def test_the_tables_of_a_summary(filled: Book) -> None:
    totals, units, activities, trend, *_ = of(filled, "2013-03", Kind.MONTH).sections
    assert [row[:2] for row in totals.rows[:4]] == [("结转", 0), ("本期到期", 5), ("应销号", 5), ("应销已销", 2)]
    assert [row[0] for row in units.rows] == ["综合组", "宣传组", "督导组", "合计"]
    for column in (1, 2, 3, 4, 5, 6, 9):
        assert sum(int(str(row[column])) for row in units.rows[:-1]) == units.rows[-1][column]
    assert [row[0] for row in activities.rows] == ["学创", "(无专项活动)", "合计"]
    assert [row[0] for row in trend.rows] == ["第9周", "第10周", "第11周", "第12周", "第13周"]


def test_a_list_and_a_glance(filled: Book) -> None:
    listed = list_report("任务清单", [filled.task("1"), filled.task("2")], TODAY, Rules("甲"), None)
    assert (listed.summary, [row[0] for row in listed.sections[0].rows]) == (
        ((("共", 2, "件"),),),
        ["2013-001", "2013-002"],
    )
    with filled.reading() as reader:
        found = glance_report(glance(reader, TODAY, Rules()), TODAY, Rules())
    assert [section.heading for section in found.sections] == ["逾期(1)", "7天内到期(1)"]
    assert found.summary == ()


def test_a_glance_says_what_it_leaves_out(book: Book) -> None:
    for number in range(12):
        book.post("add", title=f"事项{number}", unit="综合组", due="2013-03-10", on="2013-03-01")
    with book.reading() as reader:
        found = glance_report(glance(reader, TODAY, Rules()), TODAY, Rules())
    assert (len(found.sections[0].rows), found.sections[0].heading) == (10, "逾期(12)")
    assert text_of(found.summary[0][0]).startswith("另有 2 件未列出")


@pytest.mark.parametrize(("named", "kind"), [("2013-W13", Kind.WEEK), ("2013-03", Kind.MONTH)])
def test_who_reported_nothing_has_a_section_where_there_is_any(filled: Book, named: str, kind: Kind) -> None:
    assert "未报送" not in str([section.heading for section in of(filled, named, kind).sections])
    filled.post("add", title="报送信息", unit="督导组", due="3月底前不少于3条", on="2013-03-01")
    (nil,) = [section for section in of(filled, named, kind).sections if "未报送" in section.title]
    assert nil.heading.endswith("、未报送(1)")
    assert [column.title for column in nil.columns] == ["牵头单位", "工作任务", "时限"]
    assert nil.rows == [("督导组", "报送信息", date(2013, 3, 31))]


@pytest.mark.parametrize("kind", [Kind.MONTH, Kind.QUARTER])
def test_the_annex_of_a_past_period_is_what_was_unmet_at_its_end(book: Book, kind: Kind) -> None:
    for title in ("甲", "乙", "丙"):
        book.post("add", title=title, unit="综合组", on="2013-01-05", due="2013-01-20")
    book.post("close", task="1", on="2013-01-15")
    book.post("close", task="2", on="2013-04-10", today="2013-04-10")
    with book.reading() as reader:
        day = date(2013, 4, 19)
        period = parse_period({Kind.MONTH: "2013-01", Kind.QUARTER: "2013-Q1"}[kind], kind, day)
        found = period_report(reader, period, day, Rules(), Scope())
    told = summary_report(found, Rules(), full=False)
    annex = told.sections[-1]
    end = period.end
    assert (told.moment, told.today) == (f"截至2013年{end.month}月{end.day}日", end)  # no other day is known of
    state = annex.rows[0][-1]
    assert isinstance(state, State)
    assert state.detail[-1] == "期后4月10日销号"
    assert annex.heading.endswith("、到期未销号清单(2)")
    assert [row[1] for row in annex.rows] == ["乙", "丙"]
    assert found.figures.totals.obligation - found.figures.totals.met == len(annex.rows)


def test_in_a_running_period_what_is_not_due_yet_stands_apart(book: Book) -> None:
    for title, due in (("甲", "2013-03-10"), ("乙", "2013-03-19"), ("丙", "2013-03-20"), ("丁", "2013-03-31")):
        book.post("add", title=title, unit="综合组", on="2013-03-01", due=due)
    *_, undone, apart = of(book, "2013-03", Kind.MONTH).sections
    told = [(section.heading.partition("、")[2], [row[1] for row in section.rows]) for section in (undone, apart)]
    assert told == [("到期未销号清单(2)", ["甲", "乙"]), ("在办未到期(2)", ["丙", "丁"])]


def test_a_submission_returned_since_is_no_restoration(book: Book) -> None:
    for title in ("甲", "乙"):
        book.post("add", title=title, unit="综合组", on="2013-01-05", due="2013-01-20")
        book.post("submit", task=title, on="2013-01-20", today="2013-01-20")
    book.post("close", task="乙", on="2013-01-21", today="2013-01-21")
    book.post("return", task="甲", reason="佐证不足", on="2013-02-04", today="2013-02-04")
    book.post("reopen", task="乙", reason="回头看", on="2013-02-05", today="2013-02-05")
    with book.reading() as reader:
        day = date(2013, 2, 8)
        found = period_report(reader, parse_period("2013-01", Kind.MONTH, day), day, Rules(), Scope())
    said = {
        task.title: state_of(task, found.standing.day, Rules(), 0, found.standing.later.get(task.id)).detail[-1]
        for task in found.standing.tasks.values()
    }
    assert said == {"甲": "期后2月4日转为在办", "乙": "期后2月5日恢复"}


def test_a_line_of_several_periods_tells_of_those_behind_it() -> None:
    def begun(number: int, days: int, last: date, key: bool = False) -> Task:
        return Task(number, str(number), "例会", "综合组", key=key, assigned_on=TODAY + timedelta(days), last_day=last)

    late, soon, ahead = date(2013, 3, 15), date(2013, 3, 22), date(2013, 3, 29)
    tasks = [begun(1, -9, late), begun(2, -8, late), begun(3, -1, soon), begun(4, 6, ahead), begun(5, 0, soon)]
    found = list_report("任务清单", tasks, TODAY, Rules(), None, lines=[tasks[:4], tasks[4:]])
    states = [row[-1] for row in found.sections[0].rows]
    told = [" ".join(one.parts) for one in states if isinstance(one, State)]
    assert told == ["红 逾期4天 另有2期在办(1期逾期) 另有1期未到交办日期", "黄 剩3天"]
    assert found.summary == ((("共", 5, "件"), ("列为", 2, "行")),)
    for key, said in ((False, "另有1期在办(1期重点)"), (True, "另有1期在办")):
        found = list_report(
            "", tasks, TODAY, Rules(), None, lines=[[begun(1, -9, late, key), begun(2, -1, soon, True)]]
        )
        state = found.sections[0].rows[0][-1]
        assert isinstance(state, State)
        assert state.detail[-1] == said


def test_where_each_has_its_line_nothing_is_said_of_it() -> None:
    found = list_report("任务清单", [task()], TODAY, Rules(), None, lines=[[task()]])
    assert found.summary == ((("共", 1, "件"),),)
