"""Where a unit's score comes from (`rank --why`): every point with the task and the entry behind it.

The points of the lines, the base first and what cap or floor cut off last, add up to the score exactly.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ledger.dates.period import Period
from ledger.model.rules import Rules
from ledger.model.scoring import EVENTS, Rule, Score, as_json, plain, told
from ledger.reports.columns import column
from ledger.reports.present import moment_of
from ledger.reports.report import Column, Line, Report, Row, Section, Total
from ledger.reports.scoring import accounts_of, scores_of
from ledger.store.counts import Scope
from ledger.store.events import Happening
from ledger.store.reader import Reader

_COLUMNS = (
    Column("事由", "name", "event"),
    Column("分值", "number", "points"),
    column("code", "code"),
    column("title"),
    Column("日期", "date", "on"),
    Column("记录号", "number", "seq"),
    Column("说明", "text", "detail"),
)


@dataclass(frozen=True, slots=True)
class Points:
    """A unit's score in a period; None where the rule leaves it out. `tasks` has code and title by number."""

    unit: str
    period: Period
    today: date
    as_of: str | None
    rule: Rule
    score: Score | None
    events: list[Happening]
    tasks: dict[int, tuple[str, str]]

    @property
    def total(self) -> Decimal | None:
        return None if self.score is None else self.score.total

    def as_json(self, ledger: str) -> dict[str, Any]:
        """The object for programs: `points` of `base`, `lines` and `cut` add up to `score`; null without one."""
        return {
            "ledger": ledger,
            "period": self.period.as_json(),
            "today": self.today,
            "as_of": self.as_of,
            "unit": self.unit,
            "score": None if self.total is None else plain(self.total),
            "items": 0 if self.score is None else self.score.items,
            "base": plain(self.rule.base),
            "lines": [self._line(one) for one in self.events],
            "cut": plain(Decimal(0) if self.score is None else self.score.cut),
            "rule": as_json(self.rule),
        }

    def _line(self, one: Happening) -> dict[str, Any]:
        code, title = self.tasks[one.task]
        return {
            "event": one.event,
            "label": EVENTS[one.event].label,
            "points": plain(self.rule.points[one.event]),
            "code": code,
            "title": title,
            "on": one.on,
            "entry": one.seq,
            "detail": detail(one) or None,
        }


def points_of(
    reader: Reader, unit: str, period: Period, today: date, rule: Rule, scope: Scope, as_of: str | None
) -> Points:
    """A unit's points in a period, by event in the order of the rule, then by day."""
    accounts = accounts_of(reader, period, today, rule, scope._replace(given_out_by=today, units=(unit,), called=()))
    score = scores_of(accounts, rule, [unit]).get(unit)
    order = {name: at for at, name in enumerate(rule.points)}
    events = [] if score is None or unit not in accounts else accounts[unit].events
    events = sorted(events, key=lambda one: (order[one.event], one.on, one.seq))
    ids = sorted({one.task for one in events})
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(ids), 500):
        some = ", ".join(map(str, ids[start : start + 500]))
        rows = reader.rows(f"SELECT t.id, t.code, t.title FROM task t WHERE t.id IN ({some})")
        found |= {number: (code, title) for number, code, title in rows}
    return Points(unit, period, today, as_of, rule, score, events, found)


def detail(one: Happening) -> str:
    """How early or late it was, or why."""
    if one.event == "report_late":
        return f"应报日期后{one.days}天报" if one.days else "未报"
    if one.days:
        return f"{'提前' if one.days < 0 else '逾期' if one.event.startswith('overdue') else '超期'}{abs(one.days)}天"
    return one.note or ""


def points_report(found: Points, rules: Rules) -> Report:
    """The points laid out, their sum at the end."""
    rows: list[Row] = []
    if found.score is not None:
        rows.append(("基础分", plain(found.rule.base), None, None, None, None, None))
        rows += (_row(found, one) for one in found.events)
        if found.score.cut:
            word = "封顶" if found.score.cut < 0 else "保底"
            rows.append((word, plain(found.score.cut), None, None, None, None, None))
    if found.total is None:
        why = "不参加排名" if found.score is None else "无任务" if not found.score.items else "件数不足,不计分"
        section = Section("", _COLUMNS, [], empty=f"{found.unit}{why}", name="points")
    else:
        rows.append(Total(("得分", plain(found.total), None, None, None, None, None)))
        section = Section("", _COLUMNS, rows, name="points")
    day = min(found.period.end, found.today)
    rule: Line = tuple((text,) for text in told(found.rule))
    return Report(
        f"{found.unit}得分明细",
        rules.name,
        moment_of(day, found.as_of),
        day,
        found.period.chinese,
        (rule,),
        [section],
    )


def _row(found: Points, one: Happening) -> Row:
    code, title = found.tasks[one.task]
    points = plain(found.rule.points[one.event])
    return (EVENTS[one.event].label, points, code, title, one.on, one.seq, detail(one) or None)
