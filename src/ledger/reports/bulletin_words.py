"""What a bulletin says, part by part, each in so many lines.

A writer takes the content and its lines, and gives paragraphs; none where there is nothing to say. It names at least
one task, whatever its lines; the caller may ask again with fewer.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.base.text import width
from ledger.dates.day import long_day, month_day
from ledger.dates.numerals import numeral
from ledger.model.task import Task, days_left
from ledger.reports.brevity import LINE, enumerated, formal, lines_of, shortened
from ledger.reports.causes import Cause
from ledger.reports.columns import afterwards
from ledger.reports.figures import Figures, unmet_word
from ledger.reports.periods import PeriodReport
from ledger.reports.sentences import by_day, following, listed, named, problem_lines, shared
from ledger.reports.sheet import folded
from ledger.reports.standing import Standing

_LONGEST_TITLE, _LONGEST_RESULT, _LONGEST_CAUSE = 40, 40, 24
"""Characters of a title, of what came of a task, of why it lags; a longer one ends at a pause."""

_DONE = re.compile("已?经?(全部|按[期时]|如期)*(完成|办结|销号|落实|办理)(完毕|到位|100%|了)*")
"""A note that says nothing of what came of it."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a bulletin tells of: the `report` of its period, and tasks by what is said of them: `done`, `overdue` worst
    first, `flagged` and not overdue, `left` due in the rest of a running period, `next` due in the one after it.
    `causes` are those of what is overdue; `standing` has all of the tasks."""

    report: PeriodReport
    tasks: Mapping[str, list[Task]]
    causes: Mapping[int, Cause]
    standing: Standing

    def later(self, task: Task) -> str:
        """What came of it after the end of a period that is over (期后)."""
        later = self.standing.later.get(task.id)
        return afterwards(task, later, self.report.standing.day) if later else ""


def _figures(found: Content, lines: int) -> list[str]:
    """The whole and its parts, then what was to be struck off and what became of it."""
    figures, period, today = found.report.figures.totals, found.report.period, found.report.today
    name, by = named(period), by_day(period, today)
    if period.start > today:
        due = f"{name}应销号事项{figures.obligation}件" if figures.obligation else f"{name}没有应销号事项"
        return [f"{name}尚未开始。{by}，在办事项{figures.closing}件；{due}。"]
    return [_stock(figures, name, by) + _duty(figures, name, unmet_word(period, today))]


def _stock(figures: Figures, name: str, by: str) -> str:
    """「3月共办理事项27件（期初在办22件、新增5件），截至3月31日，已销号6件，占22%；在办21件，占78%。」"""
    whole = figures.opening + figures.added + figures.reopened
    if not whole:
        return f"{name}没有在办事项，也没有新增事项。"
    come = (("期初在办", figures.opening), ("新增", figures.added), ("恢复", figures.reopened))
    overdue = f"，其中逾期{figures.overdue}件" if figures.overdue else ""
    became = (("已销号", figures.closed), ("撤销", figures.cancelled), ("在办", figures.closing))
    return f"{name}共办理事项{whole}件（{_parts(come)}），{by}，{shared(became)}{overdue}。"


def _duty(figures: Figures, name: str, unmet: str) -> str:
    """「应销号事项12件（上期结转4件、本期到期8件），已销号5件，占42%；到期未销号7件，占58%。」"""
    if not figures.obligation:
        return f"{name}没有应销号事项。" if figures.closing or figures.closed else ""
    of = _parts((("上期结转", figures.carried), ("本期到期", figures.due)))
    whole = f"应销号事项{figures.obligation}件（{of}）"
    met = "已销号（含此前提前销号的）" if figures.met > figures.closed else "已销号"
    if figures.met == figures.obligation:
        return f"{whole}，{met.replace('已', '已全部', 1)}。"
    return f"{whole}中，{shared(((met, figures.met), (unmet, figures.obligation - figures.met)))}。"


def _parts(parts: Sequence[tuple[str, int]]) -> str:
    there = [(word, count) for word, count in parts if count]
    if len(there) == 1:
        return ("均为" if there[0][1] > 1 else "") + there[0][0]
    return listed(there)


def _done(found: Content, lines: int) -> list[str]:
    """A paragraph for each activity of which something is told, those of which most is told, then how many others were
    struck off: together all that the figures say."""
    told: dict[str | None, list[Task]] = {}
    for task in found.tasks["done"]:
        told.setdefault(task.activity, []).append(task)
    counted = [(name, part.closed) for name, part in found.report.figures.by_activity if part.closed]
    some = [(name, count) for name, count in counted if name in told]
    if not some:
        return []
    by_weight = sorted(some, key=lambda one: (-len(told[one[0]]), -one[1]))
    for kept in range(max(1, min(len(some), lines // 2)), 0, -1):
        shown = [one for one in some if one in by_weight[:kept]]
        others = sum(count for _, count in counted) - sum(count for _, count in shown)
        of_each = max(2, (lines - bool(others)) // kept)
        said = [
            _of_activity(_head(name, place, kept, len(counted)), found, told[name], count, of_each)
            for place, (name, count) in enumerate(shown, start=1)
        ]
        said += [f"此外还销号{others}件。"] if others else []
        if lines_of(said) <= lines:
            break
    return said


def _head(name: str | None, place: int, told: int, of: int) -> str:
    """The name of an activity where there are others, with its place among those told."""
    if of < 2:
        return ""
    return f"{f'（{numeral(place)}）' if told > 1 else ''}{formal(name or '其他工作')}。"


def _of_activity(head: str, found: Content, tasks: Iterable[Task], count: int, lines: int) -> str:
    """What was done in an activity; `count` is what was struck off in all."""
    texts = (_came_to(task, found.later(task)) for task in tasks)
    return f"{head}{enumerated(texts, count, lines * LINE - width(head) // 2 - 2)}。"


def _came_to(task: Task, later: str) -> str:
    """「召开主任会议，会议纪要已印发（综合组）」: of what was marked, and of key tasks, with what came of it, as
    far as it was told; a plain 已完成 does not."""
    first = re.split("[。\n]", task.note or "")[0]
    title, result = shortened(task.title, _LONGEST_TITLE), shortened(first, _LONGEST_RESULT)
    says = (
        (task.highlight or task.key)
        and result
        and not _DONE.fullmatch(result)
        and result not in title
        and not result.endswith("……")
    )
    return _told(task, later, before=f"，{result}" if says else "")


def _pressed(found: Content, lines: int) -> list[str]:
    """What is overdue, worst first, with the cause, and what else is listed by name."""
    overdue, flagged = found.tasks["overdue"], found.tasks["flagged"]
    room = max(2, lines - 2 * bool(flagged)) if overdue else lines
    day = found.report.standing.day
    said = []
    if overdue:
        texts = (_late(task, day, found.causes.get(task.id), found.later(task)) for task in overdue)
        said.append(f"逾期在办的有：{enumerated(texts, len(overdue), room * LINE - 10)}。")
    if flagged:
        texts = (_told(task, _until(task.due_on, day), found.later(task)) for task in flagged)
        rest = max(2, lines - lines_of(said))
        said.append(
            f"挂牌督办{'、尚未逾期' if overdue else ''}的有：{enumerated(texts, len(flagged), rest * LINE - 12)}。"
        )
    return said


def _late(task: Task, day: date, cause: Cause | None, later: str) -> str:
    """What is in its way as a problem is said among these."""
    days = -(days_left(task, day) or 0)
    late = f"已逾期{days}天" if days > 0 else f"{_until(task.due_on, day)}未办结"
    why = f"{cause.kind}：{shortened(cause.text, _LONGEST_CAUSE)}" if cause and not cause.is_problem else ""
    return _told(task, late, "挂牌督办" if task.flagged else "", why, later)


def _told(task: Task, *said: str, before: str = "") -> str:
    return f"{shortened(task.title, _LONGEST_TITLE)}{before}（{'，'.join((task.unit, *filter(None, said)))}）"


def _until(due: date | None, day: date) -> str:
    return "" if due is None else f"{_day(due, day)}到期"


def _day(day: date, today: date) -> str:
    return month_day(day) if day.year == today.year else long_day(day)


def _problems(found: Content, lines: int) -> list[str]:
    """The open problems, those of key tasks first, each with the leader whom it needs."""
    day = found.report.standing.day
    every = [(task, problem) for task in found.report.troubled for problem in task.open_problems]
    every.sort(key=lambda one: (not one[0].key, not one[0].flagged, one[1].since))
    for count in range(min(len(every), max(1, lines)), 0, -1):
        rows = [
            (f"{shortened(task.title, _LONGEST_TITLE)}：{shortened(problem.text, LINE * 2)}", task.unit,
             f"{_day(problem.since, day)}提出" + (f"，请{task.leader}协调解决" if task.leader else ""))
            for task, problem in every[:count]
        ]  # fmt: skip
        rest = len(every) - count
        said = [*problem_lines(rows), *([f"其余{rest}个问题由牵头单位抓紧解决。"] if rest else [])]
        if lines_of(said) <= lines or count == 1:
            return said
    return []


def _next(found: Content, lines: int) -> list[str]:
    """What is to be done about what lags, and what falls due in the rest of the period and in the next."""
    report = found.report
    figures, period, day = report.figures.totals, report.period, report.standing.day
    said = []
    if figures.overdue:
        said.append(f"对逾期在办的{figures.overdue}件事项，由牵头单位逐件查明原因，抓紧办结销号。")
    ahead = [(f"{named(period)}{'' if period.start > report.today else '还'}有", found.tasks["left"]),
             (following(period), found.tasks["next"])]  # fmt: skip
    ahead = [(word, tasks) for word, tasks in ahead if tasks]
    for place, (word, tasks) in enumerate(ahead):
        room, some = (lines - lines_of(said)) // (len(ahead) - place), folded(tasks)
        head = f"{word}{len(tasks)}件到期：" if word.endswith("有") else f"{word}到期{len(tasks)}件："
        if place and room < 2:
            said.append(f"{head[:-1]}。")
            continue
        texts = (_to_come(tasks, day, found.later(tasks[0])) for tasks in some)
        said.append(f"{head}{enumerated(texts, len(some), room * LINE - width(head) // 2 - 2, '等')}。")
    if not said and figures.closing:
        said.append("各牵头单位按计划推进在办事项。")
    return said


def _to_come(tasks: Sequence[Task], day: date, later: str) -> str:
    first = tasks[0]
    times = f"，共{len(tasks)}次" if len(tasks) > 1 else ""
    due = _day(first.due_on, day) if first.due_on else ""
    flagged = "挂牌督办" if first.flagged else ""
    return _told(first, f"{due}{'起' if times else ''}{times}", flagged, "" if times else later)


Writer = Callable[[Content, int], list[str]]
WRITERS: Mapping[str, tuple[str, Writer]] = {
    "overview": ("总体情况", _figures),
    "achieved": ("主要工作进展", _done),
    "pressed": ("", _pressed),
    "troubles": ("突出问题", _problems),
    "ahead": ("下一步工作打算", _next),
}
"""Part → its title and what writes it in so many lines, in their order."""
