"""The figures of periods, counted in SQL by business date.

For each period P = [s, e] and today t, five days decide what is counted:

====  ==============  =======================================================================
day   is              used for
====  ==============  =======================================================================
c     min(e, t)       a running period is counted up to today; a coming one has no flows (c < s)
b     s - 1           what is carried over was open at its end
o     min(b, c)       the opening stock is what is open at its end
v     min(e, t - 1)   overdue is what had its last day on or before it
====  ==============  =======================================================================

A task is in a status at the end of day D when one of its spans has since <= D < until; its *fate* is its status at the
end of c ('' when it has none yet). Flows are the spans that begin in [s, c].
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from ledger.dates.period import Period
from ledger.store import queries
from ledger.store.conditions import (
    BEGUN,
    UNFINISHED,
    answered_by,
    carried,
    due,
    fate,
    given_out,
    met,
    one_of,
    overdue,
    owed,
    stands,
)
from ledger.store.reader import Reader, Row


class Scope(NamedTuple):
    """Restricts a report to some lead units, some activities, what was given out (交办) by a day, or to some leaders:
    what they answer for, and what the units lead that they look after (`led`). Units named by their groups are
    `called` by these."""

    units: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    given_out_by: date | None = None
    leaders: tuple[str, ...] = ()
    led: tuple[str, ...] = ()
    called: tuple[str, ...] = ()

    @property
    def sql(self) -> str:
        """The condition on `task t`, to be put behind others."""
        given = () if self.given_out_by is None else (given_out(":given_out_by"),)
        return "".join(f" AND {condition}" for condition in (*(one for one, _ in self._named), *given))

    @property
    def parameters(self) -> dict[str, Any]:
        found: dict[str, Any] = {} if self.given_out_by is None else {"given_out_by": self.given_out_by}
        for _, named in self._named:
            found |= named
        return found

    def narrowed(self, by: Literal["unit", "leader"], name: str) -> "Scope":
        """The part of it that one unit leads, or one leader answers for."""
        if by == "unit":
            return self._replace(units=(name,), called=())
        return self._replace(leaders=(name,), led=())

    @property
    def words(self) -> tuple[str, ...]:
        """What it is restricted to, as it is told."""
        return (*(self.called or self.units), *self.activities, *self.leaders)

    @property
    def _named(self) -> list[tuple[str, dict[str, str]]]:
        """Conditions with their parameters."""
        found = [
            one_of(name, f"{name}_", values)
            for name, values in (("unit", self.units), ("activity", self.activities))
            if values
        ]
        return [*found, answered_by(self.leaders, self.led)] if self.leaders else found


class Days(NamedTuple):
    """The days that decide a period's figures (the table above)."""

    s: date
    e: date
    c: date
    b: date
    o: date
    v: date


_LAST = date.max - timedelta(days=1)
"""What is in force lasts until the calendar's last day, on which nothing would stand any more."""


def days_of(period: Period, today: date) -> Days:
    """The deciding days of a period as counted on `today`."""
    c = min(period.end, today, _LAST)
    b = period.start - timedelta(days=1) if period.start > date.min else date.min
    v = min(period.end, today - timedelta(days=1) if today > date.min else date.min)
    return Days(period.start, period.end, c, b, min(b, c), v)


_OVERDUE = overdue("<= v", status="status", last_day="last_day", judged="judged_on")
_STOCK = f"""
live AS MATERIALIZED (
    SELECT n.task, n.since, n.until, n.status, n.judged_on, t.unit, t.activity, t.leader, t.due_on, t.last_day
    FROM span n JOIN task t ON t.id = n.task
    WHERE n.status IN {UNFINISHED} AND n.until > :first AND n.since <= :last{{scope}}
), fated AS (
    SELECT p.*, live.*, CASE WHEN {carried("live", "live.due_on", "p.")} THEN
        CASE WHEN {stands("live", "p.c")} THEN live.status ELSE {fate("live.task", "p.c")} END END AS fate
    FROM p CROSS JOIN live
)
SELECT {{key}},
    count(*) FILTER (WHERE {stands("fated", "o")}),
    count(*) FILTER (WHERE {stands("fated", "c")}),
    count(*) FILTER (WHERE {stands("fated", "c")} AND {_OVERDUE}),
    count(*) FILTER (WHERE {owed("fate")}),
    count(*) FILTER (WHERE {met("fate")})
FROM fated GROUP BY {{key}}
"""

_BEGUN = {name: condition.format(span="begun") for name, condition in BEGUN.items()}
_FLOWS = f"""
begun AS (
    SELECT p.i, t.unit, t.activity, t.leader, n.status, n.came_from, n.judged_on,
        t.binding_last_day, t.original_last_day
    FROM p CROSS JOIN span n JOIN task t ON t.id = n.task
    WHERE n.since BETWEEN p.s AND p.c{{scope}}
)
SELECT {{key}},
    count(*) FILTER (WHERE {_BEGUN["added"]}),
    count(*) FILTER (WHERE {_BEGUN["reopened"]}),
    count(*) FILTER (WHERE {_BEGUN["closed"]}),
    count(*) FILTER (WHERE {_BEGUN["cancelled"]}),
    count(*) FILTER (WHERE {_BEGUN["closed"]} AND judged_on <= binding_last_day),
    count(*) FILTER (WHERE {_BEGUN["closed"]} AND judged_on > binding_last_day),
    count(*) FILTER (WHERE {_BEGUN["closed"]} AND judged_on <= original_last_day),
    count(*) FILTER (WHERE {_BEGUN["closed"]} AND judged_on > original_last_day)
FROM begun GROUP BY {{key}}
"""

_EXTENDED = f"""
extended AS (
    SELECT p.i, t.id AS task, t.unit, t.activity, t.leader
    FROM p CROSS JOIN entry e JOIN task t ON t.id = e.task
    WHERE e.action = 'extend' AND e."on" BETWEEN p.s AND p.c AND {queries.IN_FORCE}{{scope}}
)
SELECT {{key}}, count(*), count(DISTINCT task) FROM extended GROUP BY {{key}}
"""

_DUE = f"""
fated AS (
    SELECT p.i, t.unit, t.activity, t.leader, {fate("t.id", "p.c")} AS fate
    FROM p CROSS JOIN task t
    WHERE {due("p.s", "p.e")}{{scope}}
)
SELECT {{key}},
    count(*) FILTER (WHERE {owed("fate")}),
    count(*) FILTER (WHERE {met("fate")})
FROM fated GROUP BY {{key}}
"""

_QUERIES = (
    (_STOCK, ("opening", "closing", "overdue", "carried", "met_carried")),
    (_FLOWS, ("added", "reopened", "closed", "cancelled", "on_time", "late", "on_time_original", "late_original")),
    (_DUE, ("due", "met_due")),
    (_EXTENDED, ("extended", "extended_tasks")),
)

Counts = dict[str, int]


def count(reader: Reader, periods: Sequence[Days], scope: Scope, key: str) -> dict[Row, Counts]:
    """Count every figure, grouped by `key`: columns out of "i", the index of the period, "unit", "activity", "leader".

    Gives key → figure → count; a key or figure that is absent counted nothing. Many periods may be given at once (the
    sub-periods of a trend): what is live is then visited once for all.
    """
    found: dict[Row, Counts] = {}
    width = key.count(",") + 1
    parameters = {**scope.parameters, **_bound(periods)}
    table = ", ".join(f"({i}, :s{i}, :e{i}, :c{i}, :b{i}, :o{i}, :v{i})" for i in range(len(periods)))
    for query, names in _QUERIES:
        sql = f"WITH p(i, s, e, c, b, o, v) AS (VALUES {table}), {query.format(key=key, scope=scope.sql)}"
        for row in reader.stream(sql, parameters):
            found.setdefault(row[:width], {}).update(zip(names, row[width:], strict=True))
    return found


def _bound(periods: Iterable[Days]) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    for i, days in enumerate(periods):
        parameters |= {f"{name}{i}": day for name, day in days._asdict().items()}
    parameters["first"] = min(day for name, day in parameters.items() if name[0] == "o")
    parameters["last"] = max(day for name, day in parameters.items() if name[0] in "bc")
    return parameters
