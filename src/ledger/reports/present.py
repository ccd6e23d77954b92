"""Lists and summaries laid out for people: what stands where, in the office's words and order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from ledger.dates.day import long_day
from ledger.model.rules import Rules
from ledger.model.task import UNFINISHED, Task
from ledger.reports.columns import BRIEF, TASK_COLUMNS, TaskColumns
from ledger.reports.figures import Figures
from ledger.reports.lists import Glance
from ledger.reports.periods import PeriodReport
from ledger.reports.report import Bar, Cell, Column, Rate, Report, Section, State

NUMERALS = (*"一二三四五六七八九十", "十一", "十二", "十三", "十四")

_FIGURE_COLUMNS = tuple(
    Column(title, "number") for title in ("期初", "新增", "恢复", "销号", "撤销", "期末", "销号率", "按期率", "逾期")
)


def moment_of(today: date, as_of: str | None) -> str:
    """As of when a report is true: the business day, and the moment of recording it is cut at if it is."""
    return f"截至{long_day(today)}" + (f"(按 {as_of[:16].replace('T', ' ')} 以前的记录)" if as_of else "")


def task_section(title: str, tasks: Iterable[Task], today: date, rules: Rules, shown: TaskColumns = BRIEF) -> Section:
    return Section(title, shown.columns, [shown.row(task, today, rules, 0) for task in tasks])


def list_report(
    title: str, tasks: Sequence[Task], today: date, rules: Rules, as_of: str | None, shown: TaskColumns = BRIEF
) -> Report:
    """A list of tasks under one heading."""
    summary = (f"共 {len(tasks)} 件",)
    section = task_section("", tasks, today, rules, shown)
    return Report(title, rules.name, moment_of(today, as_of), today, summary=summary, sections=[section])


def balance(figures: Figures) -> str:
    """The figures of a period in one line, the equation first."""
    rate = Rate(figures.met, figures.obligation)
    return (
        f"期初在办 {figures.opening} + 新增 {figures.added} + 恢复 {figures.reopened} − 销号 {figures.closed}"
        f" − 撤销 {figures.cancelled} = 期末在办 {figures.closing}"
        f" ｜ 应销 {figures.obligation} 已销 {figures.met} 销号率 {rate} ｜ 逾期 {figures.overdue}"
    )


def glance_report(glance: Glance, today: date, rules: Rules) -> Report:
    """Today at a glance."""
    sections = [
        task_section(f"逾期({len(glance.overdue)})", glance.overdue[:10], today, rules),
        task_section(f"{rules.blue_days}天内到期({len(glance.soon)})", glance.soon[:10], today, rules),
    ]
    more = max(0, len(glance.overdue) - 10) + max(0, len(glance.soon) - 10)
    summary = [balance(glance.figures)]
    if more:
        summary.append(f"另有 {more} 件未列出,用 ledger overdue --within {rules.blue_days} 查看全部")
    return Report("今日概况", rules.name, moment_of(today, None), today, glance.week.chinese, tuple(summary), sections)


def week_report(
    report: PeriodReport, rules: Rules, *, full: bool, figures: bool = False, shown: TaskColumns = BRIEF
) -> Report:
    """The weekly list (周工作清单) in the order of the office's agenda, open problems at the end; with `figures` the
    tables of figures follow as they do with `full`."""
    headings: list[tuple[str, str]] = [
        ("closed_before", "上周销号"),
        ("carried", "上周未完成结转"),
        ("due", "本周到期"),
        ("added", "本周新增"),
        ("next", "下周预告"),
        ("undated", "无明确时限"),
    ]
    if full:
        headings += [("closed", "本周销号"), ("cancelled", "本周撤销")]
    sections = [_tasks(report, rules, name, heading, shown) for name, heading in headings]
    sections += _tables(report) if full or figures else []
    sections += [*_nil(report), _problems(report)]
    return _finished("周工作清单", report, sections)


def summary_report(report: PeriodReport, rules: Rules, *, full: bool, shown: TaskColumns = BRIEF) -> Report:
    """A period's summary (小结): figures, by unit, by activity, trend, open problems, what is next, what is undone."""
    title = {"month": "月度小结", "quarter": "季度小结", "half": "半年小结", "year": "年度总结"}[report.period.kind]
    undone = [_row(report, rules, task, shown) for task in report.undone]
    sections = [_totals(report), *_tables(report), _problems(report)]
    sections.append(_tasks(report, rules, "next", "下期到期", shown))
    if full:
        headings = (("added", "本期新增"), ("closed", "本期销号"), ("cancelled", "本期撤销"))
        sections += [_tasks(report, rules, name, heading, shown) for name, heading in headings]
    sections += _nil(report)
    sections.append(Section(f"未销号清单({len(undone)})", shown.columns, undone, name="undone"))
    return _finished(title, report, sections)


def _finished(title: str, report: PeriodReport, sections: Sequence[Section]) -> Report:
    numbered = [replace(section, title=f"{NUMERALS[at]}、{section.title}") for at, section in enumerate(sections)]
    return Report(
        title,
        report.ledger,
        moment_of(report.today, report.as_of),
        report.today,
        report.period.chinese,
        (balance(report.figures.totals),),
        numbered,
        report.period.kind,
        report.figures,
        span=report.period,
    )


def _row(
    report: PeriodReport, rules: Rules, task: Task, shown: TaskColumns, struck_off: bool = False
) -> tuple[Cell, ...]:
    cells = shown.row(task, report.today, rules, report.carried_times(task))
    if struck_off and task.status in UNFINISHED:
        return tuple(
            replace(cell, detail=f"已恢复 {cell.detail}") if isinstance(cell, State) and cell.detail else cell
            for cell in cells
        )
    return cells


def _tasks(report: PeriodReport, rules: Rules, name: str, heading: str, shown: TaskColumns) -> Section:
    """A section of the report; a task that was struck off in it and restored since says so."""
    tasks = report.sections[name]
    struck_off = name in ("closed_before", "closed")
    rows = [_row(report, rules, task, shown, struck_off) for task in tasks]
    return Section(f"{heading}({len(tasks)})", shown.columns, rows, name=name)


def _problems(report: PeriodReport) -> Section:
    columns = (*TASK_COLUMNS[:2], Column("突出问题"), TASK_COLUMNS[2], Column("提出日期", "date"))
    rows: list[tuple[Cell, ...]] = [
        (task.code, task.title, problem.text, task.unit, problem.since)
        for task in report.troubled
        for problem in task.problems
    ]
    return Section(f"突出问题({len(rows)})", columns, rows, name="problems")


def _nil(report: PeriodReport) -> list[Section]:
    """Who has reported nothing (零报告), where there is any: the sheet stays as it is for an office without quotas."""
    tasks = report.sections.get("nil", [])
    columns = (Column("牵头单位", "name"), Column("工作任务"), Column("时限", "date"))
    rows: list[tuple[Cell, ...]] = [(task.unit, task.title, task.due_on) for task in tasks]
    return [Section(f"零报告({len(tasks)})", columns, rows, name="nil")] if tasks else []


def _totals(report: PeriodReport) -> Section:
    figures = report.figures.totals
    rows: list[tuple[Cell, ...]] = [
        ("结转", figures.carried, "期初以前到期、未销号"),
        ("本期到期", figures.due, "含提前销号的"),
        ("应销号", figures.obligation, "结转 + 本期到期"),
        ("应销已销", figures.met, ""),
        ("销号率", Rate(figures.met, figures.obligation), "应销已销 ÷ 应销号"),
        ("按期销号", figures.on_time, ""),
        ("超期销号", figures.late, ""),
        ("按期率", Rate(figures.on_time, figures.on_time + figures.late), "按期 ÷(按期 + 超期)"),
        (
            "按期率(原定时限)",
            Rate(figures.on_time_original, figures.on_time_original + figures.late_original),
            "不计延期",
        ),
        ("逾期在办", figures.overdue, ""),
    ]
    columns = (Column("项目", "name"), Column("数字", "number"), Column("说明"))
    return Section("总体情况", columns, rows, name="totals")


def _tables(report: PeriodReport) -> list[Section]:
    figures = report.figures
    units = [(name, part) for name, part in figures.by_unit]
    activities = [(name or "(无专项活动)", part) for name, part in figures.by_activity if any_count(part)]
    return [
        _figure_table("by_unit", "分单位", "牵头单位", units, figures.totals),
        _figure_table("by_activity", "分活动", "专项活动", activities, figures.totals),
        _trend(report),
    ]


def any_count(figures: Figures) -> bool:
    """Whether anything at all was counted."""
    return any(value for value in figures.as_json().values())


def _figure_table(
    name: str, title: str, heading: str, parts: Sequence[tuple[str, Figures]], totals: Figures
) -> Section:
    rows: list[tuple[Cell, ...]] = [(label, *_figure_cells(part)) for label, part in parts]
    if len(rows) > 1:
        rows.append(("合计", *_figure_cells(totals)))
    return Section(f"{title}情况", (Column(heading, "name"), *_FIGURE_COLUMNS), rows, name=name)


def _figure_cells(figures: Figures) -> tuple[Cell, ...]:
    return (
        figures.opening,
        figures.added,
        figures.reopened,
        figures.closed,
        figures.cancelled,
        figures.closing,
        Rate(figures.met, figures.obligation),
        Rate(figures.on_time, figures.on_time + figures.late),
        figures.overdue,
    )


def _trend(report: PeriodReport) -> Section:
    """What was added, struck off and left, one line a sub-period, with a bar for what was struck off."""
    trend = report.figures.trend
    scale = max((max(part.closed, part.added) for _, part in trend), default=0)
    columns: tuple[Column, ...] = (
        Column("时段", "name"),
        *(Column(title, "number") for title in ("期初", "期末", "逾期")),
        Column("新增", "bar"),
        Column("销号", "bar"),
    )
    rows = [
        (_short_label(part.chinese, report.period.start.year), *_trend_cells(figures, scale, part.start > report.today))
        for part, figures in trend
    ]
    return Section("走势", columns, rows, name="trend")


def _trend_cells(figures: Figures, scale: int, to_come: bool) -> tuple[Cell, ...]:
    if to_come:
        return ("—", "—", "—", None, None)
    return (figures.opening, figures.closing, figures.overdue, Bar(figures.added, scale), Bar(figures.closed, scale))


def _short_label(chinese: str, year: int) -> str:
    """A sub-period without its dates, nor the year where it is the report's."""
    return chinese.partition("(")[0].removeprefix(f"{year}年")
