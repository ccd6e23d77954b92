"""Lists and summaries laid out for people: what stands where, in the office's words and order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from ledger.dates.day import long_day
from ledger.model.rules import Rules
from ledger.model.task import UNFINISHED, Task, is_overdue
from ledger.reports import combings
from ledger.reports.columns import BRIEF, DAYS_OPEN, TASK_COLUMNS, TaskColumns, column, figure_cells, figure_columns
from ledger.reports.figures import DUTY, Figures
from ledger.reports.lists import Glance
from ledger.reports.periods import STAGES, PeriodReport
from ledger.reports.remarks import remarks_section
from ledger.reports.report import GAP, Alarm, Bar, Column, Line, Report, Row, Section, State, Total
from ledger.reports.sheet import folded, folded_row, restored, week_sheet

_FIGURES = {
    "opening": "期初", "added": "新增", "reopened": "恢复", "closed": "销号", "cancelled": "撤销", "closing": "期末",
    "completion": "销号率", "timeliness": "按期率", "overdue": "逾期",
}  # fmt: skip
_FIGURE_COLUMNS = figure_columns(_FIGURES)


_GLANCED = 10
"""Tasks of each list that a glance shows."""


def moment_of(today: date, as_of: str | None) -> str:
    """As of when a report is true: the business day, and the moment of recording it is cut at if it is."""
    return f"截至{long_day(today)}" + (f"(按 {as_of[:16].replace('T', ' ')} 以前的记录)" if as_of else "")


def tasks_now(
    title: str, tasks: Iterable[Task], today: date, rules: Rules, shown: TaskColumns = BRIEF, count: int | None = None
) -> Section:
    """Tasks as they stand today; `count` where there are more of them."""
    return Section(title, shown.columns, [shown.row(task, today, rules, 0) for task in tasks], count=count)


def list_report(
    title: str,
    tasks: Sequence[Task],
    today: date,
    rules: Rules,
    as_of: str | None,
    shown: TaskColumns = BRIEF,
    period: str = "",
    lines: Sequence[Sequence[Task]] | None = None,
) -> Report:
    """A list of tasks under one heading, of those of a `period` where it is restricted to one. The `lines` that they
    stand in, where several share one (`lists.lines_of`)."""
    section = tasks_now("", tasks, today, rules, shown)
    total = counted(len(tasks), "件")
    if lines is not None and len(lines) < len(tasks):
        section = replace(section, rows=[_shared(shown, line, today, rules) for line in lines])
        total = ((("共", len(tasks), "件"), ("列为", len(lines), "行")),)
    return Report(title, rules.name, moment_of(today, as_of), today, period, total, [section])


def _shared(shown: TaskColumns, tasks: Sequence[Task], today: date, rules: Rules) -> Row:
    """The row of the first of these tasks, which says of the others how many there are, and how many of them are red or
    are key tasks as the first is not."""
    row = shown.row(tasks[0], today, rules, 0)
    others = [task for task in tasks[1:] if task.part_of is None]  # the parts are told with their whole
    begun = [task for task in others if task.assigned_on <= today]
    late, ahead = sum(is_overdue(task, today) for task in begun), len(others) - len(begun)
    stars = 0 if tasks[0].key else sum(task.key for task in begun)
    of_these = "、".join(f"{number}期{word}" for number, word in ((late, "逾期"), (stars, "重点")) if number)
    said = [f"另有{len(begun)}期在办" + (f"({of_these})" if of_these else "")] if begun else []
    said += [f"另有{ahead}期未到交办日期"] if ahead else []
    return tuple(
        cell._replace(detail=(*cell.detail, *said)) if isinstance(cell, State) and of.name == "status" else cell
        for of, cell in zip(shown.columns, row, strict=True)
    )


def counted(number: int, measure: str) -> tuple[Line, ...]:
    """The line that says how many there are in all."""
    return ((("共", number, measure),),)


def balance(figures: Figures) -> Line:
    """The figures of a period in one line, the equation first."""
    equation = [said for sign, name, value in figures.equation for said in (sign, name, value) if said != ""]
    duty = ("应销", figures.obligation, "已销", figures.met, "销号率", figures.completion)
    return (tuple(equation), duty, (Alarm("逾期", figures.overdue),))


def glance_report(glance: Glance, today: date, rules: Rules) -> Report:
    """Today at a glance."""
    sections = [
        tasks_now(title, tasks[:_GLANCED], today, rules, count=len(tasks))
        for title, tasks in (("逾期", glance.overdue), (f"{rules.blue_days}天内到期", glance.soon))
    ]
    more = sum(max(0, len(tasks) - _GLANCED) for tasks in (glance.overdue, glance.soon))
    rest = ("另有", more, "件未列出,用 ledger overdue --within", rules.blue_days, "查看全部")
    return Report(
        "今日概况",
        rules.name,
        moment_of(today, None),
        today,
        glance.week.chinese,
        ((rest,),) if more else (),
        sections,
        balance=balance(glance.figures),
    )


def week_report(
    report: PeriodReport, rules: Rules, *, full: bool, paged: bool = False, shown: TaskColumns = BRIEF
) -> Report:
    """The weekly list (周工作清单) in the order of the office's agenda, open problems at the end; where it is `paged`
    also as one table."""
    headings: list[tuple[str, str]] = [
        ("closed_before", "上周销号"),
        ("carried", "上周未完成结转"),
        ("due", "本周到期"),
        ("added", "本周新增"),
        ("next", "下周预告"),
        ("undated", "无明确时限"),
    ]
    if full:
        headings += [("reopened", "本周恢复"), ("closed", "本周销号"), ("cancelled", "本周撤销")]
    sections = [_tasks(report, rules, name, heading, shown, paged) for name, heading in headings]
    lists = [*sections, *_nil(report), _problems(report), *_remarks(report)]
    tables = [*(_tables(report) if full else ()), *([_totals(report)] if report.compared else ()), *_ratings(report)]
    combed = combings.words(report.combings)
    said: tuple[Line, ...] = (((combed,),),) if combed else ()
    if not paged:
        return _finished("周工作清单", report, [*sections, *tables, *lists[len(sections) :]], said)
    found = _finished("周工作清单", report, [*lists, *tables], said)
    return replace(found, sheet=week_sheet(report, rules, found.sections[: len(lists)]))


def summary_report(
    report: PeriodReport, rules: Rules, *, full: bool, paged: bool = False, shown: TaskColumns = BRIEF
) -> Report:
    """A period's summary (小结): figures, by unit, by activity, trend, open problems, what is next, what is undone; of
    a running period what is not due yet stands apart."""
    title = {"month": "月度小结", "quarter": "季度小结", "half": "半年小结", "year": "年度总结"}[report.period.kind]
    sections = [_totals(report), *_tables(report), *_ratings(report), _problems(report), *_remarks(report)]
    sections.append(_tasks(report, rules, "next", "下一步工作打算:下期到期", shown, paged))
    if full:
        names = {"added": "新增", "reopened": "恢复", "closed": "销号", "cancelled": "撤销"}
        headings = tuple((name, f"本期{word}") for name, word in names.items())
        sections += [_tasks(report, rules, name, heading, shown) for name, heading in headings]
    sections += _nil(report)
    until = report.standing.day
    due, not_due = ([task for task in report.undone if _is_due(task, until) is so] for so in (True, False))
    sections.append(_listed(report, rules, "undone", "到期未销号清单", due, shown))
    if not_due:
        sections.append(_listed(report, rules, "not_due", "在办未到期", not_due, shown))
    return _finished(title, report, sections)


def _is_due(task: Task, day: date) -> bool:
    return task.due_on is not None and task.due_on <= day


def _finished(title: str, report: PeriodReport, sections: Sequence[Section], said: tuple[Line, ...] = ()) -> Report:
    if report.compared:
        from ledger.reports.compared import comparison_line

        said = (*said, comparison_line(report.compared, report.period, report.today))
    numbered = [replace(section, number=number) for number, section in enumerate(sections, start=1)]
    return Report(
        title,
        report.ledger,
        moment_of(report.standing.day, report.as_of),
        report.standing.day,
        report.period.chinese,
        said,
        numbered,
        report.period.kind,
        report.figures,
        span=report.period,
        balance=balance(report.figures.totals),
    )


def _tasks(
    report: PeriodReport, rules: Rules, name: str, heading: str, shown: TaskColumns, paged: bool = False
) -> Section:
    """A section of the report; on paper (`paged`) the occurrences of a series that are to come are one row."""
    tasks = report.sections[name]
    section = _listed(report, rules, name, heading, tasks, shown)
    if not (paged and name == "next"):
        return section
    rows = {task.id: row for task, row in zip(tasks, section.rows, strict=True)}
    day = report.standing.day
    found = [folded_row(shown.columns, rows[some[0].id], some, day) for some in folded(tasks)]
    return replace(section, rows=found)


def _listed(
    report: PeriodReport, rules: Rules, name: str, heading: str, tasks: Sequence[Task], shown: TaskColumns
) -> Section:
    rows = [_row(report, rules, name, task, shown) for task in tasks]
    return Section(heading, shown.columns, rows, name=name, count=len(rows))


def _row(report: PeriodReport, rules: Rules, name: str, task: Task, shown: TaskColumns) -> Row:
    later = report.standing.later.get(task.id)
    cells = shown.row(task, report.standing.day, rules, report.carried_times(task), later)
    if name in ("closed_before", "closed") and task.status in UNFINISHED:
        return tuple(restored(cell) if isinstance(cell, State) else cell for cell in cells)
    return cells


def _problems(report: PeriodReport) -> Section:
    """The open problems; in the summary of a stage (quarter and longer) with how long each has been open."""
    code, title, unit, *_ = TASK_COLUMNS
    columns = (code, title, Column("突出问题", name="problem"), unit, Column("提出日期", "date", "since"), DAYS_OPEN)
    shown = columns if report.period.kind in STAGES else columns[:-1]
    rows: list[Row] = [
        (task.code, task.title, problem.text, task.unit, problem.since, problem.days(report.standing.day))[: len(shown)]
        for task in report.troubled
        for problem in task.open_problems
    ]
    return Section("突出问题", shown, rows, name="problems", count=len(rows))


def _nil(report: PeriodReport) -> list[Section]:
    """Who has sent no report (未报送), where there is any: the list stays as it is where none is asked for."""
    tasks = report.sections.get("nil", [])
    columns: tuple[Column, ...] = (column("unit", "name"), column("title"), Column("时限", "date", "due_on"))
    rows: list[Row] = [(task.unit, task.title, task.due_on) for task in tasks]
    if report.owed:
        from ledger.reports.feedback import nil_columns, owed_rows

        columns, rows = nil_columns(columns), [*((*row, None) for row in rows), *owed_rows(report.owed)]
    return [Section("未报送", columns, rows, name="nil", count=len(rows))] if rows else []


def _remarks(report: PeriodReport) -> list[Section]:
    """What leaders said, where they said anything."""
    return [remarks_section(report.remarks)] if report.remarks else []


def _ratings(report: PeriodReport) -> list[Section]:
    """The evaluations of the period (满意度), where there are any."""
    if not report.ratings:
        return []
    from ledger.reports.ratings import ratings_section

    return [ratings_section(report.ratings)]


def _totals(report: PeriodReport) -> Section:
    """The figures of the period, beside others where it is compared."""
    figures = report.figures.totals
    if report.compared:
        from ledger.reports.compared import comparison_section  # few reports are compared

        return comparison_section(report.compared, report.period, report.today, figures)
    rows: list[Row] = [(label, getattr(figures, name), remark) for label, name, remark in DUTY]
    columns = (Column("项目", "name"), Column("数字", "number"), Column("说明"))
    return Section("总体情况", columns, rows, name="totals", figures=True)


def _tables(report: PeriodReport) -> list[Section]:
    figures = report.figures
    units = [(name, part) for name, part in figures.by_unit]
    activities = [(name or "(无专项活动)", part) for name, part in figures.by_activity if not part.idle]
    return [
        _figure_table("by_unit", "分单位情况", "unit", units, figures.totals),
        *_groups(report),
        _figure_table("by_activity", "分活动情况", "activity", activities, figures.totals),
        _trend(report),
    ]


def _groups(report: PeriodReport) -> list[Section]:
    if not report.groups:
        return []
    from ledger.reports.groups import by_group, group_sections

    return group_sections(by_group(report.groups, report.figures.by_unit), report.figures.totals, _FIGURES)


def _figure_table(name: str, title: str, by: str, parts: Sequence[tuple[str, Figures]], totals: Figures) -> Section:
    rows: list[Row] = [(label, *figure_cells(part, _FIGURES)) for label, part in parts]
    if len(rows) > 1:
        rows.append(Total(("合计", *figure_cells(totals, _FIGURES))))
    return Section(title, (column(by, "name"), *_FIGURE_COLUMNS), rows, name=name, figures=True)


def _trend(report: PeriodReport) -> Section:
    """What was added, struck off and left, one line a sub-period, with a bar for what was struck off."""
    trend = report.figures.trend
    scale = max((max(part.closed, part.added) for _, part in trend), default=0)
    columns: tuple[Column, ...] = (
        Column("时段", "name"),
        *(Column(_FIGURES[name], "number", name) for name in ("opening", "closing", "overdue")),
        *(Column(_FIGURES[name], "bar", name) for name in ("added", "closed")),
    )
    rows = [
        (part.short(report.period.start.year), *_trend_cells(figures, scale, part.start > report.today))
        for part, figures in trend
    ]
    return Section("走势", columns, rows, name="trend", figures=True)


def _trend_cells(figures: Figures, scale: int, to_come: bool) -> Row:
    if to_come:
        return (GAP, GAP, GAP, None, None)
    return (figures.opening, figures.closing, figures.overdue, Bar(figures.added, scale), Bar(figures.closed, scale))
