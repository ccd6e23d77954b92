"""What is said when the walk is over: what was done, how the week stands, what is still red."""

from collections.abc import Mapping

from ledger.base.text import visible
from ledger.cli.context import View
from ledger.dates.period import Kind, period_of
from ledger.reports.figures import figures_of
from ledger.reports.lists import overdue_tasks
from ledger.store.counts import Scope

_NAMED, _TITLE = 5, 20
"""Tasks that are named of those overdue, and how much of their titles."""


def ending(view: View, done: Mapping[str, int], seen: int, listed: int) -> list[str]:
    """In three lines; `done` is how many tasks had each kind of answer."""
    did = "、".join(f"{word} {count} 件" for word, count in done.items())
    week = period_of(Kind.WEEK, view.today)
    figures = figures_of(view.reader, week, view.today, Scope(), view.rules.units, trend=False).totals
    red = overdue_tasks(view.reader, view.today, Scope(), 0)
    named = "、".join(f"{visible(task.code)} {visible(task.title)[:_TITLE]}" for task in red[:_NAMED])
    return [
        f"本次梳理 {seen} 件(共 {listed} 件):{did or '没有登记'}",
        f"本周应销 {figures.obligation} 件,已销 {figures.met} 件,销号率 {figures.completion.percent}",
        f"仍逾期 {len(red)} 件:{named}{' 等' if len(red) > _NAMED else ''}" if red else "没有逾期的事项",
    ]
