"""Lists and summaries laid out for people: what stands where, in the office's words and order."""

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.dates.day import long_day
from ledger.model.quota import progress_words
from ledger.model.rules import Rules
from ledger.model.task import CANCELLED, CLOSED, LIGHT_WORDS, PAUSED, STATUS_WORDS, UNFINISHED, Task, days_left, light
from ledger.reports.figures import Figures
from ledger.reports.lists import Glance
from ledger.reports.periods import PeriodReport
from ledger.reports.report import Bar, Cell, Column, Rate, Report, Section, State

NUMERALS = (*"一二三四五六七八九十", "十一", "十二", "十三", "十四")

TASK_COLUMNS = (
    Column("编号", "code"),
    Column("工作任务"),
    Column("牵头单位", "name"),
    Column("责任人", "name"),
    Column("完成时限", "date"),
    Column("状态", "state"),
)
_FIGURE_COLUMNS = tuple(
    Column(title, "number") for title in ("期初", "新增", "恢复", "销号", "撤销", "期末", "销号率", "按期率", "逾期")
)


def moment_of(today: date, as_of: str | None) -> str:
    """As of when a report is true: the business day, and the moment of recording it is cut at if it is."""
    return f"截至{long_day(today)}" + (f"(按 {as_of[:16].replace('T', ' ')} 以前的记录)" if as_of else "")


def state_of(task: Task, today: date, rules: Rules, carried_times: int = 0) -> State:
    """Where a task stands, in words beside its light."""
    found = light(task, today, rules.thresholds)
    counted = f" {progress_words(task)}".rstrip()
    if task.status == CLOSED:
        return State(found, "", f"{_day(task.closed_on, today)}销号{counted}")
    if task.status == CANCELLED:
        return State(CANCELLED, "", STATUS_WORDS[CANCELLED])
    word = LIGHT_WORDS[found]
    if task.status == PAUSED:
        return State(found, word, STATUS_WORDS[PAUSED] + counted)
    left = days_left(task, today)
    if left is None:
        detail = "无期限"
    elif left < 0:
        detail = f"逾期{-left}天"
    else:
        detail = "今日到期" if left == 0 else f"剩{left}天"
    if left is not None and left >= 0 and task.grace_days and task.due_on is not None:
        grace = f"宽限至{_day(task.last_day, today)}"
        detail = f"{detail} {grace}" if today <= task.due_on else grace
    if carried_times:
        detail += f" 结转{carried_times}次"
    if task.extensions:
        detail += f" 延期{task.extensions}次"
    return State(found, word, detail + counted)


def _day(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"


def task_row(task: Task, today: date, rules: Rules, carried_times: int = 0) -> tuple[Cell, ...]:
    """A task in `TASK_COLUMNS`; one without a deadline shows the words that stand for it (适时)."""
    title = f"★ {task.title}" if task.key else task.title
    due: Cell = task.due_on if task.due_on is not None else task.due_text
    return (task.code, title, task.unit, task.owner, due, state_of(task, today, rules, carried_times))


def task_section(title: str, tasks: Iterable[Task], today: date, rules: Rules) -> Section:
    return Section(title, TASK_COLUMNS, [task_row(task, today, rules) for task in tasks])


def list_report(title: str, tasks: Sequence[Task], today: date, rules: Rules, as_of: str | None) -> Report:
    """A list of tasks under one heading."""
    summary = (f"共 {len(tasks)} 件",)
    section = task_section("", tasks, today, rules)
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


def week_report(report: PeriodReport, rules: Rules, *, full: bool) -> Report:
    """The weekly list (周工作清单) in the order of the office's agenda, open problems at the end."""
    headings = (
        ("closed_before", "上周销号"),
        ("carried", "上周未完成结转"),
        ("due", "本周到期"),
        ("added", "本周新增"),
        ("next", "下周预告"),
        ("undated", "无明确时限"),
    )
    sections = [_tasks(report, rules, name, heading) for name, heading in headings]
    if full:
        sections += [_tasks(report, rules, "closed", "本周销号"), _tasks(report, rules, "cancelled", "本周撤销")]
        sections += _tables(report)
    sections += [*_nil(report), _problems(report)]
    return _finished("周工作清单", report, sections)


def summary_report(report: PeriodReport, rules: Rules, *, full: bool) -> Report:
    """A period's summary (小结): figures, by unit, by activity, trend, open problems, what is next, what is undone."""
    title = {"month": "月度小结", "quarter": "季度小结", "half": "半年小结", "year": "年度总结"}[report.period.kind]
    undone = [_row(report, rules, task) for task in report.undone]
    sections = [_totals(report), *_tables(report), _problems(report), _tasks(report, rules, "next", "下期到期")]
    if full:
        headings = (("added", "本期新增"), ("closed", "本期销号"), ("cancelled", "本期撤销"))
        sections += [_tasks(report, rules, name, heading) for name, heading in headings]
    sections += _nil(report)
    sections.append(Section(f"未销号清单({len(undone)})", TASK_COLUMNS, undone))
    return _finished(title, report, sections)


def _finished(title: str, report: PeriodReport, sections: Sequence[Section]) -> Report:
    numbered = [
        Section(f"{NUMERALS[place]}、{section.title}", section.columns, section.rows, section.empty)
        for place, section in enumerate(sections)
    ]
    moment = moment_of(report.today, report.as_of)
    summary = (balance(report.figures.totals),)
    return Report(title, report.ledger, moment, report.today, report.period.chinese, summary, numbered)


def _row(report: PeriodReport, rules: Rules, task: Task, struck_off: bool = False) -> tuple[Cell, ...]:
    *cells, state = task_row(task, report.today, rules, report.carried_times(task))
    if struck_off and task.status in UNFINISHED and isinstance(state, State):
        state = State(state.light, state.word, f"已恢复 {state.detail}")
    return (*cells, state)


def _tasks(report: PeriodReport, rules: Rules, name: str, heading: str) -> Section:
    """A section of the report; a task that was struck off in it and restored since says so."""
    tasks = report.sections[name]
    struck_off = name in ("closed_before", "closed")
    rows = [_row(report, rules, task, struck_off) for task in tasks]
    return Section(f"{heading}({len(tasks)})", TASK_COLUMNS, rows)


def _problems(report: PeriodReport) -> Section:
    columns = (TASK_COLUMNS[0], Column("突出问题"), Column("牵头单位", "name"), Column("提出日期", "date"))
    rows: list[tuple[Cell, ...]] = [
        (task.code, f"{task.title}:{problem.text}", task.unit, problem.since)
        for task in report.troubled
        for problem in task.problems
    ]
    return Section(f"突出问题({len(rows)})", columns, rows)


def _nil(report: PeriodReport) -> list[Section]:
    """Who has reported nothing (零报告), where there is any: the sheet stays as it is for an office without quotas."""
    tasks = report.sections.get("nil", [])
    columns = (Column("牵头单位", "name"), Column("工作任务"), Column("时限", "date"))
    rows: list[tuple[Cell, ...]] = [(task.unit, task.title, task.due_on) for task in tasks]
    return [Section(f"零报告({len(tasks)})", columns, rows)] if tasks else []


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
    return Section("总体情况", (Column("项目", "name"), Column("数字", "number"), Column("说明")), rows)


def _tables(report: PeriodReport) -> list[Section]:
    figures = report.figures
    units = [(name, part) for name, part in figures.by_unit]
    activities = [(name or "(无专项活动)", part) for name, part in figures.by_activity if any_count(part)]
    return [
        _figure_table("分单位", "牵头单位", units, figures.totals),
        _figure_table("分活动", "专项活动", activities, figures.totals),
        _trend(report),
    ]


def any_count(figures: Figures) -> bool:
    """Whether anything at all was counted."""
    return any(value for value in figures.as_json().values())


def _figure_table(title: str, heading: str, parts: Sequence[tuple[str, Figures]], totals: Figures) -> Section:
    rows: list[tuple[Cell, ...]] = [(name, *_figure_cells(part)) for name, part in parts]
    if len(rows) > 1:
        rows.append(("合计", *_figure_cells(totals)))
    return Section(f"{title}情况", (Column(heading, "name"), *_FIGURE_COLUMNS), rows)


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
    return Section("走势", columns, rows)


def _trend_cells(figures: Figures, scale: int, to_come: bool) -> tuple[Cell, ...]:
    if to_come:
        return ("—", "—", "—", None, None)
    return (figures.opening, figures.closing, figures.overdue, Bar(figures.added, scale), Bar(figures.closed, scale))


def _short_label(chinese: str, year: int) -> str:
    """A sub-period without its dates, nor the year where it is the report's."""
    return chinese.partition("(")[0].removeprefix(f"{year}年")
