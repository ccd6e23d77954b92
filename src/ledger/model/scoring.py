"""Scoring rules (打分办法): what an office adds and takes off for what became of its units' tasks.

Scores are set by each office: a base (100 or 80, capped at 100), points added for each item done (主办 2, 协办 1) and
what was done early, taken off for what is late (主办 5, 协办 2.5), returned, extended, urged. So a rule is data: points
by event. The events of a period P = [s, e], counted up to c = min(e, today), by business date, of entries in force:

==============  =====================================================================================================
event           is counted
==============  =====================================================================================================
lead, assist    for each task that the unit leads (主办), or assists (协办): its striking off in [s, c], if it is
                still struck off at the end of c; late or not. What was restored since is not done
early           such a task that it leads, judged (by the submission accepted, else by its striking off) at least
                `early_days` days before its deadline
late            such a task that it leads, judged after the last day that binds (deadline and grace; an extension
late_assist     asked for too late moves nothing); the same of one that it assists
overdue         a task that it leads, in hand at the end of c, not paused nor submitted in time, its last day past
overdue_assist  (逾期, as every report counts it); the same of one that it assists
returned        each return of a submission (退回) of a task that it leads
extended        each extension, each restoring (回头看未办到位), each urging (催办), each time that it was put up as
reopened        one to be pressed (挂牌督办), of a task that it leads
urged, flagged
report_late     each due day in [s, c] of a report on a task that it leads, for which one came late (迟报); for which
report_missing  none came by the next due day (漏报, as `model.feedback` counts them, known today)
praised         each remark of a leader on a task that it leads that is praise; that is criticism
criticized
==============  =====================================================================================================

A unit's *items* are the tasks owed in the period (应销号) that it leads, where assisting has points also those that it
assists, and the tasks of its events that have points. With fewer than `min_items` of them it has no score.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

UNNAMED = "打分办法"
"""What a rule without a name is called."""


class Event(NamedTuple):
    """`label` is the office's word; `sign` whether it is to a unit's credit (1) or against it (-1)."""

    label: str
    sign: int


EVENTS = {
    "lead": Event("主办办结", 1),
    "assist": Event("协办办结", 1),
    "early": Event("提前办结", 1),
    "late": Event("主办超期办结", -1),
    "late_assist": Event("协办超期办结", -1),
    "overdue": Event("主办逾期未办结", -1),
    "overdue_assist": Event("协办逾期未办结", -1),
    "returned": Event("退回", -1),
    "extended": Event("延期", -1),
    "reopened": Event("办结后恢复", -1),
    "urged": Event("催办", -1),
    "flagged": Event("挂牌督办", -1),
    "report_late": Event("迟报", -1),
    "report_missing": Event("漏报", -1),
    "praised": Event("领导表扬", 1),
    "criticized": Event("领导批评", -1),
}
"""What points may be given for."""


class Rule(NamedTuple):
    """A scoring rule: a score is the `base` with the `points` of each event, at most `cap` and at least `floor` where
    there are such. Units in `exclude` take no part; `listed` are the places of the red and of the black list;
    `by_group` is the set of groups within which the units are ranked."""

    name: str
    base: Decimal
    points: Mapping[str, Decimal]
    cap: Decimal | None = None
    floor: Decimal | None = None
    min_items: int = 1
    listed: int = 5
    early_days: int = 1
    exclude: tuple[str, ...] = ()
    by_group: str | None = None


class Score(NamedTuple):
    """A unit's score: `total` is None with fewer than the least items. `counts` has how often each event was, and
    `cut` what the cap or the floor takes off or adds, so that base, points and cut add up to the total."""

    total: Decimal | None
    items: int
    counts: Mapping[str, int]
    cut: Decimal = Decimal(0)


def scored(rule: Rule, items: int, events: Iterable[str]) -> Score:
    """The score of these events, one for each time that it was."""
    counts: dict[str, int] = {}
    for event in events:
        counts[event] = counts.get(event, 0) + 1
    counts = {name: counts[name] for name in rule.points if name in counts}
    if items < rule.min_items:
        return Score(None, items, counts)
    earned = rule.base + sum((rule.points[name] * count for name, count in counts.items()), Decimal(0))
    total = earned if rule.cap is None else min(earned, rule.cap)
    total = total if rule.floor is None else max(total, rule.floor)
    return Score(total, items, counts, total - earned)


def plain(points: Decimal) -> int | float:
    """Points as they are told and put into cells: they have two decimals at most."""
    return int(points) if points == points.to_integral_value() else float(points)


def signed(points: Decimal) -> str:
    """+2, −2.5, 0."""
    return f"{'+' if points > 0 else '−' if points < 0 else ''}{plain(abs(points))}"


def told(rule: Rule) -> tuple[str, ...]:
    """The rule as a report says it: its name, then each of its numbers."""
    bounds = ((word, bound) for word, bound in (("最高", rule.cap), ("最低", rule.floor)) if bound is not None)
    return (
        rule.name,
        f"基础分{plain(rule.base)}分",
        *(f"{word}{plain(bound)}分" for word, bound in bounds),
        *(f"{EVENTS[name].label}{signed(value)}" for name, value in rule.points.items()),
    )


def score_json(score: Score | None, rule: Rule) -> dict[str, object]:
    """What the object of a unit has of its score: null where it takes no part, or has too few items."""
    counts: Mapping[str, int] = {} if score is None else score.counts
    return {
        "score": None if score is None or score.total is None else plain(score.total),
        "items": 0 if score is None else score.items,
        "points": {
            name: {"count": count, "points": plain(rule.points[name] * count)} for name, count in counts.items()
        },
    }


def as_json(rule: Rule) -> dict[str, object]:
    """The object `rule` of a report."""
    bounds = {
        name: None if bound is None else plain(bound) for name, bound in (("cap", rule.cap), ("floor", rule.floor))
    }
    return {
        "name": rule.name,
        "base": plain(rule.base),
        **bounds,
        "min_items": rule.min_items,
        "listed": rule.listed,
        "early_days": rule.early_days,
        "exclude": list(rule.exclude),
        "by_group": rule.by_group,
        "points": {name: plain(value) for name, value in rule.points.items()},
    }
