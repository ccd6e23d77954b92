"""Reports of periods as documents are made of them, without a store: figures counted by hand, tasks as they are."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document

from ledger.dates.period import Kind, period_of
from ledger.model.rules import Rules
from ledger.model.task import Problem, Task, Thresholds
from ledger.render.document import render
from ledger.render.output import Extras
from ledger.reports.bulletin import Bulletin, bulletin_report
from ledger.reports.bulletin_words import Content
from ledger.reports.figures import Figures, PeriodFigures
from ledger.reports.periods import SECTIONS, PeriodReport
from ledger.reports.present import summary_report, week_report
from ledger.reports.report import Issue, Report
from ledger.reports.standing import Standing

if TYPE_CHECKING:
    from docx.document import Document as Made

TODAY = date(2013, 3, 19)
RULES = Rules("学创台账")
FIGURES = Figures(
    opening=5, added=2, reopened=1, closed=3, cancelled=1, closing=4, carried=2, due=4, met=2,
    on_time=2, late=1, on_time_original=2, late_original=1, overdue=2,
)  # fmt: skip


def task(number: int, title: str = "制定方案", **fields: object) -> Task:
    due = date(2013, 3, 10)
    values = {"assigned_on": date(2013, 2, 1), "due_on": due, "original_due_on": due, "last_day": due, "owner": "李四"}
    return Task(number, f"2013-{number:03d}", title, **({"unit": "综合组"} | values | fields))  # type: ignore[arg-type]


def period_report(kind: Kind, tasks: list[Task], figures: Figures = FIGURES) -> PeriodReport:
    """`tasks` are what is due in the period, in the next, and undone."""
    period = period_of(kind, TODAY)
    trend = [(part, Figures(closing=1)) for part in period.sub_periods()]
    counted = PeriodFigures(figures, [("综合组", figures), ("督导组", Figures())], [("学创", figures)], trend)
    sections = {name: tasks if name in ("due", "next") else [] for name in SECTIONS} | {"nil": []}
    troubled = [one for one in tasks if one.open_problems]
    standing = Standing(TODAY, {}, {})
    return PeriodReport("学创台账", period, TODAY, None, Thresholds(), counted, sections, troubled, tasks, standing)


def summary(tasks: list[Task] | None = None, kind: Kind = Kind.MONTH, figures: Figures = FIGURES) -> Report:
    some = [task(1, "方案", problems=(Problem(1, "经费没有落实。", date(2013, 3, 1)),)), task(2, "专栏")]
    return summary_report(period_report(kind, some if tasks is None else tasks, figures), RULES, full=False)


def weekly(tasks: list[Task]) -> Report:
    return week_report(period_report(Kind.WEEK, tasks), RULES, full=False, paged=True)


UNITS = ("综合组", "省直机关工委", "各专项活动牵头单位", "省委学习型党组织创建活动领导小组办公室")
NOTES = (None, "已完成60%,材料已收齐12份,尚缺4份", "方案初稿已完成,正在征求各成员单位意见", None, "已报分管领导审阅")
TITLES = (
    "制定督导工作细则", "督促各市州报送一季度工作进展情况", "组织开展学习型党组织建设专题调研并形成调研报告",
    "审定各专项活动方案、配强工作专班、明确责任分工,并征求有关单位和代表本人的意见",
)  # fmt: skip


def week_of(count: int) -> Report:
    """A week in which half of the tasks are due now, half in the next, with what an office has to tell of them."""
    found = [
        task(
            n,
            TITLES[n % 4],
            unit=UNITS[n % 4],
            with_units=("宣传组", "督导组") if n % 3 == 0 else (),
            owner=("李建国", "赵立新、钱进", "欧阳文华")[n % 3],
            note=NOTES[n % 5],
            problems=(Problem(1, "部分市州报送不及时,数据口径不一致", TODAY),) if n % 6 == 0 else (),
            due_on=TODAY + timedelta(days=n // 6),
        )
        for n in range(count)
    ]
    report = period_report(Kind.WEEK, [])
    sections = report.sections | {"due": found[: count // 2], "next": found[count // 2 :]}
    issue = Issue(None, TODAY, "学创办")
    troubled = [one for one in found if one.open_problems]
    made = week_report(replace(report, sections=sections, troubled=troubled), RULES, full=False, paged=True)
    return replace(made, issue=issue)


def bulletin(count: int, name: str = "学创工作简报", room: int = 33) -> Report:
    """A month in which so many tasks were struck off and marked, as many are overdue or due in the next month, and
    every sixth of these in trouble."""
    activities = ("学习型党组织建设", "创先争优", "干部下基层", None)
    done = [
        task(
            n, f"{TITLES[n % 4]}({n})", unit=UNITS[n % 4], activity=activities[n % 4], status="closed",
            note="会议已召开,纪要已印发至各市州", highlight=True,
        )
        for n in range(count)
    ]  # fmt: skip
    late = [task(n, f"{TITLES[n % 4]}({n})", unit=UNITS[n % 4], flagged=n % 9 == 0) for n in range(count)]
    late = [
        replace(one, problems=(Problem(1, "部分市州报送不及时,数据口径不一致", TODAY),), leader="王主任")
        if one.id % 6 == 0
        else one
        for one in late
    ]
    figures = replace(
        FIGURES, opening=2 * count, closed=count, closing=count, added=0, reopened=0, cancelled=0, overdue=count
    )
    each = replace(Figures(), closed=count // 4)
    report = period_report(Kind.MONTH, late, figures)
    report = replace(report, figures=replace(report.figures, by_activity=[(name, each) for name in activities]))
    tasks = {"done": done, "overdue": late, "flagged": late[:2], "left": late, "next": late}
    said = Content(report, tasks, {}, report.standing)
    return bulletin_report(Bulletin(name, "省委常委,省人大、省政府、省政协主要领导", said, room))


def content(report: Report, template: Path | None = None) -> BytesIO:
    file = BytesIO()
    render(report, file, Extras(template))
    return BytesIO(file.getvalue())


def made(report: Report, template: Path | None = None) -> "Made":
    return Document(content(report, template))
