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

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


class Counted(NamedTuple):
    """What one query counts: `tables`, of which `source` has a row for whatever may count once, with its task and
    `seq`, the entry behind it; figure → which of its rows it counts. By `distinct` figures each task counts once."""

    tables: str
    source: str
    seq: str
    figures: Mapping[str, str]
    distinct: tuple[str, ...] = ()

    def sql(self, key: str) -> str:
        """What counts all figures by the `key`."""
        each = (
            f"count({'DISTINCT task' if name in self.distinct else '*'}) FILTER (WHERE {condition})"
            for name, condition in self.figures.items()
        )
        return f"{self.tables} SELECT {key}, {', '.join(each)} FROM {self.source} GROUP BY {key}"

    def behind(self, figure: str) -> str:
        """What lists the rows that a figure counts."""
        where = self.figures[figure]
        return f"{self.tables} SELECT task, {self.seq} AS seq FROM {self.source} WHERE {where} ORDER BY task, seq"

    def all_behind(self) -> str:
        """What lists the rows that any figure counts, each with whether each does."""
        conditions = self.figures.values()
        each = ", ".join(f"CASE WHEN {condition} THEN 1 ELSE 0 END" for condition in conditions)
        any_of_them = " OR ".join(f"({condition})" for condition in conditions)
        return (
            f"{self.tables} SELECT task, {self.seq} AS seq, {each} "
            f"FROM {self.source} WHERE {any_of_them} ORDER BY task, seq"
        )


_STOOD = f"(SELECT q.seq FROM span q WHERE q.task = fated.task AND {stands('q', 'fated.c')})"
"""The entry by which a task came to its fate."""

_STOCK = Counted(
    f"""
live AS MATERIALIZED (
    SELECT n.seq, n.task, n.since, n.until, n.status, n.judged_on, t.unit, t.activity, t.leader, t.due_on, t.last_day
    FROM span n JOIN task t ON t.id = n.task
    WHERE n.status IN {UNFINISHED} AND n.until > :first AND n.since <= :last{{scope}}
), fated AS (
    SELECT p.*, live.*, CASE WHEN {carried("live", "live.due_on", "p.")} THEN
        CASE WHEN {stands("live", "p.c")} THEN live.status ELSE {fate("live.task", "p.c")} END END AS fate
    FROM p CROSS JOIN live
)""",
    "fated",
    "seq",
    {
        "opening": stands("fated", "o"),
        "closing": stands("fated", "c"),
        "overdue": f"{stands('fated', 'c')} AND "
        + overdue("<= v", status="status", last_day="last_day", judged="judged_on"),
        "carried": owed("fate"),
        "met_carried": met("fate"),
    },
)
_BEGUN = {name: condition.format(span="begun") for name, condition in BEGUN.items()}
_FLOWS = Counted(
    """
begun AS (
    SELECT p.i, n.task, n.seq, t.unit, t.activity, t.leader, n.status, n.came_from, n.judged_on,
        t.binding_last_day, t.original_last_day
    FROM p CROSS JOIN span n JOIN task t ON t.id = n.task
    WHERE n.since BETWEEN p.s AND p.c{scope}
)""",
    "begun",
    "seq",
    _BEGUN
    | {
        "on_time": f"{_BEGUN['closed']} AND judged_on <= binding_last_day",
        "late": f"{_BEGUN['closed']} AND judged_on > binding_last_day",
        "on_time_original": f"{_BEGUN['closed']} AND judged_on <= original_last_day",
        "late_original": f"{_BEGUN['closed']} AND judged_on > original_last_day",
    },
)
_DUE = Counted(
    f"""
fated AS (
    SELECT p.i, p.c, t.id AS task, t.unit, t.activity, t.leader, {fate("t.id", "p.c")} AS fate
    FROM p CROSS JOIN task t
    WHERE {due("p.s", "p.e")}{{scope}}
)""",
    "fated",
    _STOOD,
    {"due": owed("fate"), "met_due": met("fate")},
)
_EXTENDED = Counted(
    f"""
extended AS (
    SELECT p.i, t.id AS task, e.seq, t.unit, t.activity, t.leader
    FROM p CROSS JOIN entry e JOIN task t ON t.id = e.task
    WHERE e.action = 'extend' AND e."on" BETWEEN p.s AND p.c AND {queries.IN_FORCE}{{scope}}
)""",
    "extended",
    "seq",
    {"extended": "1 = 1", "extended_tasks": "1 = 1"},
    ("extended_tasks",),
)
_QUERIES = (_STOCK, _FLOWS, _DUE, _EXTENDED)

Counts = dict[str, int]


def count(reader: Reader, periods: Sequence[Days], scope: Scope, key: str) -> dict[Row, Counts]:
    """Count every figure, grouped by `key`: columns out of "i", the index of the period, "unit", "activity", "leader".

    Gives key → figure → count; a key or figure that is absent counted nothing. Many periods may be given at once (the
    sub-periods of a trend): what is live is then visited once for all.
    """
    found: dict[Row, Counts] = {}
    width = key.count(",") + 1
    for query in _QUERIES:
        for row in _asked(reader, periods, scope, query.sql(key)):
            found.setdefault(row[:width], {}).update(zip(query.figures, row[width:], strict=True))
    return found


def behind(reader: Reader, days: Days, scope: Scope, figure: str) -> list[tuple[int, int | None]]:
    """What a figure counts, one for each count: the number of the task, and the entry that made it count (the step by
    which it came to stand so, the extension); by task. No entry where a task had not begun."""
    query = next(query for query in _QUERIES if figure in query.figures)
    return [(task, seq) for task, seq in _asked(reader, [days], scope, query.behind(figure))]


def all_behind(reader: Reader, days: Days, scope: Scope) -> dict[str, list[tuple[int, int | None]]]:
    """Figure → what it counts, as `behind` gives it; all of them asked at once."""
    found: dict[str, list[tuple[int, int | None]]] = {}
    for query in _QUERIES:
        listed = [found.setdefault(figure, []) for figure in query.figures]
        for task, seq, *counted in _asked(reader, [days], scope, query.all_behind()):
            for pairs, counts_here in zip(listed, counted, strict=True):
                if counts_here:
                    pairs.append((task, seq))
    return found


def _asked(reader: Reader, periods: Sequence[Days], scope: Scope, sql: str) -> Iterator[Row]:
    table = ", ".join(f"({i}, :s{i}, :e{i}, :c{i}, :b{i}, :o{i}, :v{i})" for i in range(len(periods)))
    given = f"WITH p(i, s, e, c, b, o, v) AS (VALUES {table}), {sql.format(scope=scope.sql)}"
    return reader.stream(given, {**scope.parameters, **_bound(periods)})


def _bound(periods: Iterable[Days]) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    for i, days in enumerate(periods):
        parameters |= {f"{name}{i}": day for name, day in days._asdict().items()}
    parameters["first"] = min(day for name, day in parameters.items() if name[0] == "o")
    parameters["last"] = max(day for name, day in parameters.items() if name[0] in "bc")
    return parameters
