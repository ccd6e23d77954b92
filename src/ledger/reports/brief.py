"""Short texts to be sent, by WeChat or SMS: what is to be done and what is late, a line for each unit.

The figures stand in one sentence; what the lines count adds up to what is not struck off and to what is overdue, each
task once, what is listed by name (挂牌) first. Titles stand as they are, at most `MOST` under one word. Punctuation is
full width, as in documents.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ledger.dates.day import long_day, month_day, short_day
from ledger.dates.period import Kind, Period, period_of
from ledger.model.rules import Rules
from ledger.model.task import CLOSED, SUBMITTED, Task, days_left
from ledger.reports.figures import Figures, unmet_word
from ledger.reports.parts import grouped
from ledger.reports.periods import PeriodReport
from ledger.reports.present import moment_of
from ledger.reports.report import Report
from ledger.reports.sheet import folded
from ledger.store.counts import days_of

if TYPE_CHECKING:
    from ledger.model.feedback import Owing

MOST = 3
"""Titles named under one word in the line of a unit."""

MOST_QUIET = 8
"""Units named of which there is nothing to say."""

_WAITING = "待审核"
_WEEKS = {-1: "上周", 0: "本周", 1: "下周"}


class Topic(NamedTuple):
    """What is said of some tasks: under which `word`, and of each `when` it is or was due."""

    word: str
    tasks: Iterable[Task]
    when: Callable[[Task], str]


def period_brief(report: PeriodReport) -> Report:
    """What a period has of each unit: due, carried over, waiting to be accepted, overdue.

    The report must have all its sections (`full`)."""
    named = _called(report.period, report.today)
    lines = _lines(_topics(report, named), (unit for unit, _ in report.figures.by_unit))
    quiet = [unit for unit, part in report.figures.by_unit if part.closing and unit not in lines]
    told = [_figures(report, named), *lines.values(), *(_quiet(quiet) if lines and quiet else ()), *_low(report)]
    title = "周工作提示" if report.period.kind == "week" else "工作提示"
    return _sent(title, report.ledger, told, report.standing.day, report.as_of, report.period.chinese)


def overdue_brief(
    tasks: Sequence[Task], today: date, rules: Rules, as_of: str | None, units: Iterable[str], within: int = 0
) -> Report:
    """The overdue tasks of each unit, worst first, and with `within` those due in so many days."""
    late = [task for task in tasks if _is_late(task, today)]
    soon = [task for task in tasks if not _is_late(task, today)]
    topics = [Topic("逾期", late, _overdue(today)), Topic(f"{within}天内到期", soon, _due(today))]
    lines = _lines(topics, units)
    title = f"逾期及{within}天内到期提示" if within else "逾期提示"
    if lines:
        count = (
            f"共{len(tasks)}件：逾期{len(late)}件、{within}天内到期{len(soon)}件" if within else f"共逾期{len(late)}件"
        )
        told = count + (f"，涉及{len(lines)}个单位。" if len(lines) > 1 else "。")
    else:
        told = f"没有逾期{f'和{within}天内到期' if within else ''}的事项。"
    return _sent(title, rules.name, [told, *lines.values()], today, as_of)


def owed_brief(
    tasks: Sequence[Task],
    owed: "Mapping[int, Owing]",
    today: date,
    rules: Rules,
    as_of: str | None,
    units: Iterable[str],
) -> Report:
    """The tasks of each unit on which it owes a report, or will within the days asked for."""

    def when(task: Task) -> str:
        since = owed[task.id].since
        return f"{task.feedback}，{short_day(since, today).replace(' ', '')}应报{'未报' if since < today else ''}"

    lines = _lines([Topic("未报送", tasks, when)], units)
    told = f"应报未报{len(tasks)}件" + (f"，涉及{len(lines)}个单位。" if len(lines) > 1 else "。")
    return _sent("未报送提示", rules.name, [told if lines else "没有应报未报的反馈。", *lines.values()], today, as_of)


def _sent(title: str, ledger: str, told: Sequence[str], today: date, as_of: str | None, period: str = "") -> Report:
    moment = moment_of(today, as_of)
    return Report(title, ledger, moment, today, period, message=tuple(told))


def _topics(report: PeriodReport, named: str) -> list[Topic]:
    """Every task that was to be struck off and is not, or is overdue, under one of them."""
    sections, day, days = report.sections, report.standing.day, days_of(report.period, report.today)
    owed = {name: [task for task in sections[name] if task.status != CLOSED] for name in ("carried", "due")}
    others = (*sections["added"], *sections["reopened"])
    given = [task for task in (*owed["carried"], *owed["due"], *others) if task.assigned_on <= days.c]
    late = {task.id: task for task in given if _is_late(task, days.v + timedelta(1))}
    rest = {name: [task for task in tasks if task.id not in late] for name, tasks in owed.items()}
    waiting = [task for tasks in rest.values() for task in tasks if task.status == SUBMITTED]
    due, carried = ([task for task in rest[name] if task.status != SUBMITTED] for name in ("due", "carried"))
    worst_first = sorted(late.values(), key=lambda task: (not task.flagged, task.last_day or day, task.id))
    return [
        Topic(f"{named}到期", due, _due(day)),
        Topic("结转", carried, _due(day)),
        Topic(_WAITING, waiting, _due(day)),
        Topic("逾期", worst_first, _overdue(day)),
    ]


def _called(period: Period, today: date) -> str:
    """What whoever reads it on the day calls the period: a text of the coming week is sent on Friday."""
    near = _WEEKS.get(period.index - period_of(period.kind, today).index) if period.kind is Kind.WEEK else None
    return near or period.short(period.start.year)


def _is_late(task: Task, day: date) -> bool:
    left = days_left(task, day)
    return left is not None and left < 0


def _overdue(day: date) -> Callable[[Task], str]:
    """A task whose last day is the last of a period that is over has been overdue for no day yet."""

    def when(task: Task) -> str:
        days = -(days_left(task, day) or 0)
        return f"已逾期{days}天" if days > 0 else f"{_due(day)(task)}到期"

    return when


def _due(day: date) -> Callable[[Task], str]:
    def when(task: Task) -> str:
        if task.due_on is None:
            return ""
        said = short_day(task.due_on, day).replace(" ", "")
        if not task.grace_days or task.last_day is None:
            return said
        until = month_day(task.last_day) if task.last_day.year == day.year else long_day(task.last_day)
        return f"{said}，宽限至{until}"

    return when


def _lines(topics: Sequence[Topic], units: Iterable[str]) -> dict[str, str]:
    """Unit → its line, of those that there is something to say of, in the order of `units`."""
    found: dict[str, list[str]] = {unit: [] for unit in units}
    for topic in topics:
        for unit, tasks in grouped(topic.tasks, "unit").items():
            found.setdefault(unit or "", []).append(_told(topic, tasks))
    return {unit: f"{unit}：{'；'.join(parts)}。" for unit, parts in found.items() if parts}


def _told(topic: Topic, tasks: Sequence[Task]) -> str:
    """「逾期4件——①…（已逾期19天）②…③…等4件」; the occurrences of a series are named once."""
    some = folded(tasks)
    marks = [chr(ord("①") + place) for place in range(MOST)] if len(some) > 1 else [""]
    named = "".join(f"{mark}{_named(topic, one)}" for mark, one in zip(marks, some, strict=False))
    return f"{topic.word}{len(tasks)}件——{named}" + (f"等{len(tasks)}件" if len(some) > MOST else "")


def _named(topic: Topic, tasks: Sequence[Task]) -> str:
    """The first of these tasks and how many there are. Of what waits to be accepted it is told, for whoever it concerns
    has done it."""
    times = f"共{len(tasks)}次" if len(tasks) > 1 else ""
    waiting = 0 if topic.word == _WAITING else sum(task.status == SUBMITTED for task in tasks)
    waits = f"{f'{waiting}次' if waiting < len(tasks) else ''}{_WAITING}" if waiting else ""
    said = [topic.when(tasks[0]), "挂牌督办" if tasks[0].flagged else "", times, waits]
    return f"{tasks[0].title}（{'，'.join(filter(None, said))}）"


def _figures(report: PeriodReport, named: str) -> str:
    """The whole in one sentence: what was to be struck off and what became of it, what is in hand."""
    figures = report.figures.totals
    return f"{_duty(figures, report, named)}；{_stock(figures)}。"


def _duty(figures: Figures, report: PeriodReport, named: str) -> str:
    if not figures.obligation:
        return f"{named}没有应销号事项"
    unmet = f"{unmet_word(report.period, report.today)}{figures.obligation - figures.met}件"
    return f"{named}应销号{figures.obligation}件，已销号{figures.met}件、{unmet}"


def _stock(figures: Figures) -> str:
    if not figures.closing:
        return "没有在办事项"
    return f"在办{figures.closing}件，" + (f"其中逾期{figures.overdue}件" if figures.overdue else "没有逾期")


def _low(report: PeriodReport) -> list[str]:
    """Who was rated below the floor when last rated."""
    last = {one.origin: one for one in sorted(report.ratings, key=lambda one: (one.on, one.seq))}
    low = [one for one in last.values() if one.is_below]
    named = "；".join(f"{one.task.title if one.task else one.unit}（{one.rating.figure}）" for one in low)
    return [f"满意度低于{low[0].floor}%：{named}。"] if low else []


def _quiet(units: Sequence[str]) -> list[str]:
    rest = f"等{len(units)}个单位" if len(units) > MOST_QUIET else ""
    return [f"无到期待办、无逾期：{'、'.join(units[:MOST_QUIET])}{rest}。"]
