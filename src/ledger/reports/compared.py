"""A period beside the one before it (环比) and the same one of last year (同比).

Each is counted by the rules of its own report and by all that is known now. A period that is over is compared with the
whole of the others. One that is running is compared with what the others stood at on the same day of theirs: of a week
the same weekday, of a longer period so many months before, or the last day of that month. So a compared figure is to
the digit the one that the other period's own report gives, of a running period with `--today` that day; half a month
is never held against a whole one. What is due in a period counts to its end on both sides, as it does everywhere.

There is nothing to compare (「—」) with a period that is not there (the 53rd week of a year that has 52) or that the
ledger had not begun by, which is the first day that any of its tasks was given out; of one that it began within, that
day is told. Nor is there for a period to come. Counts change by a difference, rates by percentage points, never by a
percentage of a percentage.

Units and activities are compared in JSON alone: on paper their tables have ten columns already.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from ledger.dates.day import long_day, month_day
from ledger.dates.period import Kind, Period, period_of
from ledger.dates.spans import later
from ledger.reports.figures import TOTALS, Figures, PeriodFigures, figures_of, named_figures
from ledger.reports.report import GAP, Cell, Change, Column, Line, Rate, Row, Section
from ledger.store import queries
from ledger.store.counts import Scope
from ledger.store.reader import Reader

_MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}


class Other(NamedTuple):
    """A period that another is compared with, as of `today`; without `figures` where the ledger had not begun."""

    period: Period
    today: date
    figures: PeriodFigures | None

    @property
    def until(self) -> date:
        """The last day that is counted."""
        return min(self.period.end, self.today)

    def as_json(self, totals: Figures) -> dict[str, Any]:
        counted = self.figures
        return {
            "period": self.period.as_json(),
            "until": self.until,
            "totals": counted and counted.totals.as_json(),
            "change": counted and _differences(totals.as_json(), counted.totals.as_json()),
            "by_unit": named_figures(counted.by_unit) if counted else [],
            "by_activity": named_figures(counted.by_activity) if counted else [],
        }


class Comparison(NamedTuple):
    """The period before and that of last year, None where there is none; and the day that the ledger `begun` on."""

    previous: Other | None
    year_ago: Other | None
    begun: date | None

    def as_json(self, totals: Figures) -> dict[str, Any]:
        """Differences stand under `change`, those of rates as fractions of 1."""
        return {
            "begun": self.begun,
            "previous": self.previous and self.previous.as_json(totals),
            "year_ago": self.year_ago and self.year_ago.as_json(totals),
        }


def _differences(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: None if value is None or before[name] is None else round(value - before[name], 6)
        for name, value in now.items()
    }


def comparison(reader: Reader, period: Period, today: date, scope: Scope, units: tuple[str, ...]) -> Comparison:
    """What the period is compared with, counted in its scope."""
    ((first,),) = reader.rows("SELECT min(since) FROM span")
    begun = queries.day_of(first)

    def counted(other: Period | None, months: int) -> Other | None:
        if other is None or period.start > today:
            return None
        day = today if today >= period.end else _same_day(period, other, today, months)
        if begun is None or min(other.end, day) < begun:
            return Other(other, day, None)
        return Other(other, day, figures_of(reader, other, day, scope, units, trend=False))

    return Comparison(counted(_previous(period), _MONTHS.get(period.kind, 0)), counted(_year_ago(period), 12), begun)


def _previous(period: Period) -> Period | None:
    return period.previous if period.start > date(1, 12, 31) else None


def _year_ago(period: Period) -> Period | None:
    """The period of the same number last year."""
    if period.start.year < 3:
        return None
    if period.kind is Kind.WEEK:
        year, week, _ = period.start.isocalendar()
        try:
            return period_of(Kind.WEEK, date.fromisocalendar(year - 1, week, 1))
        except ValueError:
            return None
    return period_of(period.kind, period.start.replace(year=period.start.year - 1))


def _same_day(period: Period, other: Period, today: date, months: int) -> date:
    if period.kind is Kind.WEEK:
        return date.fromordinal(other.start.toordinal() + (today - period.start).days)
    return later(today, months=-months)


# --- for people ------------------------------------------------------------------------------------------------------


def comparison_section(found: Comparison, period: Period, today: date, totals: Figures) -> Section:
    """Every figure of the totals with those that it is compared with."""
    others = _others(found, period)
    columns = [Column("项目", "name"), Column("本期", "number", "current")]
    for title, word, _ in others:
        columns += [Column(title, "number"), Column(f"{word}增减", "number")]
    days: list[Cell] = ["起止", _in_short(period.start, _until(period, today), today)]
    for _, _, other in others:
        days += [GAP if other is None else _in_short(other.period.start, other.until, today), None]
    rows: list[Row] = [tuple(days)]
    for label, name, _ in TOTALS:
        now = getattr(totals, name)
        row: list[Cell] = [label, now]
        for _, _, other in others:
            row += _against(now, getattr(other.figures.totals, name) if other and other.figures else None)
        rows.append(tuple(row))
    return Section("环比和同比", tuple(columns), rows, name="compare", figures=True)


def comparison_line(found: Comparison, period: Period, today: date) -> Line:
    """Which days are compared, and what must be known of it."""
    if period.start > today:
        return (("本期尚未开始,不作比较",),)
    said: list[tuple[str, ...]] = [("本期", _days(period.start, _until(period, today), today))]
    for title, word, other in _others(found, period):
        days = "没有这个时段" if other is None else _days(other.period.start, other.until, today)
        said.append((word, title, days if other is None or other.figures else f"{days}(台账尚未启用)"))
    if today < period.end:
        said.append(("本期未完,各算到同一天",))
    partly = [other for other in (found.previous, found.year_ago) if other and other.figures]
    if found.begun and any(other.period.start < found.begun for other in partly):
        said.append((f"台账始于{long_day(found.begun)}",))
    return tuple(said)


def _others(found: Comparison, period: Period) -> list[tuple[str, str, Other | None]]:
    """Title, word and period of each column; of a year both are one."""
    if period.kind is Kind.YEAR:
        return [("上年", "同比", found.previous)]
    return [("上期", "环比", found.previous), ("去年同期", "同比", found.year_ago)]


def _until(period: Period, today: date) -> date:
    return min(period.end, today) if period.start <= today else period.end


def _against(now: int | Rate, before: int | Rate | None) -> tuple[Cell, Cell]:
    if before is None:
        return GAP, GAP
    unknown = any(isinstance(one, Rate) and not one.whole for one in (now, before))
    return before, GAP if unknown else Change(now, before)


def _days(first: date, last: date, today: date) -> str:
    """3月1日—19日, 2012年3月1日—19日, 2012年12月31日—2013年1月6日; the year where it is not that of `today`."""
    begin = month_day(first) if first.year == last.year == today.year else long_day(first)
    if first == last:
        return begin
    if (first.year, first.month) == (last.year, last.month):
        return f"{begin}—{last.day}日"
    return f"{begin}—{month_day(last) if first.year == last.year else long_day(last)}"


def _in_short(first: date, last: date, today: date) -> str:
    """3.1至3.19, 2012.3.1至3.19: as a column of figures has room for it."""
    year = "" if first.year == last.year == today.year else f"{first.year}."
    begin = f"{year}{first.month}.{first.day}"
    until = "" if first.year == last.year else f"{last.year}."
    return begin if first == last else f"{begin}至{until}{last.month}.{last.day}"
