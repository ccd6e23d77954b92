"""The sentences of a document, as an office writes them.

The figures of a sentence are the parts of a whole: they add up, and so do their percentages. Punctuation is that of
Chinese documents, full width.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from ledger.dates.day import long_day, month_day
from ledger.dates.numerals import numeral
from ledger.dates.period import Kind, Period
from ledger.reports.figures import Figures, PeriodFigures, unmet_word
from ledger.reports.rate import shares

BY_RATES = "按销号率、按期率、超期件数、逾期件数依次排列，相同的名次并列。"
"""How a circular ranks units unless an office has a rule of its own."""


def named(period: Period) -> str:
    """What the text calls a period when its year is known: 本周, 3月, 一季度, 上半年, 2013年, 3月19日."""
    if period.kind is Kind.WEEK:
        return "本周"
    if period.kind is Kind.DAY:
        return month_day(period.start)
    return period.short(period.start.year)


def following(period: Period) -> str:
    """The same of the period after it, with its year where that is another; nothing at the calendar's end."""
    if period.end == date.max:
        return "此后"
    after = period.next
    if period.kind is Kind.WEEK:
        return "下周"
    return named(after) if after.start.year == period.start.year else after.chinese


def counted_to(period: Period, today: date) -> date:
    """The day that the figures are as of: a running period is counted up to today."""
    return min(period.end, today)


def by_day(period: Period, today: date) -> str:
    """「截至3月19日」: as of when the figures are, with the year where it is not the period's."""
    until = counted_to(period, today)
    return f"截至{month_day(until) if until.year == period.start.year else long_day(until)}"


def opening(figures: Figures, period: Period, today: date) -> list[str]:
    """The paragraphs on how things stand: what there was and what became of it, what was due, how timely it was."""
    by = by_day(period, today)
    if period.start > today:
        return [f"{named(period)}尚未开始。{by}，在办事项{figures.closing}件。", _duty(figures, period, today, "")]
    return [_stock(figures, period, by), _duty(figures, period, today, by), *_timeliness(figures, period)]


def _stock(figures: Figures, period: Period, by: str) -> str:
    """期初 + 新增 + 恢复 = 销号 + 撤销 + 在办."""
    name = named(period)
    come = listed((("新增", figures.added), ("恢复", figures.reopened)))
    whole = figures.opening + figures.added + figures.reopened
    if not whole:
        return f"{name}没有在办事项，也没有新增事项。"
    if not figures.opening:
        begun = f"{name}{come}。"
    else:
        start = "开始时" if period.kind is Kind.DAY else "初"
        begun = f"{name}{start}在办事项{figures.opening}件，" + (f"其间{come}。" if come else "没有新增事项。")
    parts = [("已销号", figures.closed), ("撤销", figures.cancelled), ("在办", figures.closing)]
    overdue = f"，其中逾期{figures.overdue}件" if figures.overdue else ""
    return f"{begun}{by}，共{whole}件，{shared(parts)}{overdue}。"


def listed(parts: Sequence[tuple[str, int]]) -> str:
    return "、".join(f"{word}{count}件" for word, count in parts if count)


def shared(parts: Sequence[tuple[str, int]]) -> str:
    """「已销号6件，占27%；在办16件，占73%」 of a whole that is named before; what there is nothing of is left out, save
    the first."""
    percents = shares([count for _, count in parts])
    return "；".join(
        f"{word}{count}件，占{percent}%"
        for place, ((word, count), percent) in enumerate(zip(parts, percents, strict=True))
        if count or place == 0
    )


def _duty(figures: Figures, period: Period, today: date, by: str) -> str:
    """What was to be struck off and how much of it was: the sentence of a circular (通报)."""
    name = named(period)
    if not figures.obligation:
        return f"{name}没有应销号事项。"
    if figures.carried and figures.due:
        of = f"上期结转{figures.carried}件、本期到期{figures.due}件"
    else:
        of = "均为上期结转" if figures.carried else "均为本期到期"
    whole = f"{name}应销号事项{figures.obligation}件（{of}）"
    if not by:
        return f"{whole}。"
    parts = (("已销号", figures.met), (unmet_word(period, today), figures.obligation - figures.met))
    return f"{whole}，{by}，{shared(parts)}。"


def _timeliness(figures: Figures, period: Period) -> Iterator[str]:
    judged = figures.on_time + figures.late
    if not judged:
        return
    if not figures.late:
        yield f"{named(period)}销号的{judged}件有时限事项全部按期办结。"
        return
    yield (
        f"{named(period)}销号的有时限事项{judged}件，其中按期办结{figures.on_time}件、超期办结{figures.late}件，"
        f"按期率{figures.timeliness.percent}。"
    )


def nil_units(figures: PeriodFigures, kind: str, period: Period) -> str:
    """The units without any task (无任务); in a circular those with nothing due, that have no place."""
    if kind == "rank":
        idle = [name for name, part in figures.by_unit if not part.obligation]
        return f"{'、'.join(idle)}{named(period)}没有应销号事项，不排名次。" if idle else ""
    idle = [name for name, part in figures.by_unit if part.idle]
    return f"{'、'.join(idle)}{named(period)}无任务。" if idle else ""


def problem_lines(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    """「一是……；」 of (what, unit, when raised): numbered where there are several."""
    many = len(rows) > 1
    return [
        f"{f'{numeral(place)}是' if many else ''}{what.rstrip('。；;.')}（{_led_by(unit)}，{raised}）。"
        for place, (what, unit, raised) in enumerate(rows, start=1)
    ]


def _led_by(unit: str) -> str:
    return unit if unit.endswith("牵头单位") else f"{unit}牵头"
