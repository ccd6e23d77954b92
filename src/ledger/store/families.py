"""A whole and its parts (统分结合): what must hold between them, and how the parts stand.

Each is a task, moved by its own entries; a whole that is struck off or cancelled has ended. The rules go by business
date, as the spans have it, so that they hold whatever the order of recording, and after any taking back:

- while a whole has ended, no part is in hand; so it does not end before its last part, and none is begun or restored
  under it
- a whole is submitted when its parts have ended or wait as well, not on an earlier day: it is judged by that day
- a part is of a task that is there, and that is no part itself: there are two levels

A command is held to them when all of it is done (`Journal.settle`), a ledger by its check and when it is brought in.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.base.errors import Refused
from ledger.base.text import visible
from ledger.dates.day import long_day
from ledger.model.replay import FOREVER
from ledger.model.task import CANCELLED, CLOSED, OPEN, PAUSED, STATUS_WORDS, SUBMITTED, Parts, Task
from ledger.store import conditions, lookup, queries
from ledger.store.conditions import UNFINISHED, among
from ledger.store.reader import Reader

_NAMED = 5
"""Parts, and wholes, that are named where there are more."""

_STRIKING = {False: "销号(ledger close)", True: "申请、审核销号(ledger submit、ledger accept)"}
_ENDED = among((CLOSED, CANCELLED))
_CLASHES = f"""
SELECT p.part_of, w.code, a.status, a.seq, a.since, a.until, p.code, p.unit, b.seq, b.until
FROM task p JOIN task w ON w.id = p.part_of
    JOIN span a ON a.task = p.part_of AND a.status IN {_ENDED}
    JOIN span b ON b.task = p.id AND b.status IN {UNFINISHED} AND a.since < b.until AND b.since < a.until
WHERE {{of}} ORDER BY p.part_of, a.until DESC, b.until DESC, p.id
"""
_EARLY = f"""
SELECT p.part_of, w.code, p.code, p.unit, w.submitted_on, b.until FROM task p JOIN task w ON w.id = p.part_of
    JOIN span b ON b.task = p.id AND b.status IN {among((OPEN, PAUSED))} AND b.until > w.submitted_on
WHERE {{of}} AND w.status IN {among((SUBMITTED,))} AND w.status_seq > :began
ORDER BY p.part_of, b.until DESC, p.id
"""
_LOST = (
    "SELECT p.part_of, p.code, p.unit FROM task p "
    "WHERE {of} AND NOT EXISTS (SELECT 1 FROM task w WHERE w.id = p.part_of) ORDER BY p.part_of, p.id"
)
_DEEP = (
    "SELECT p.code, w.code FROM task p JOIN task w ON w.id = p.part_of "
    "WHERE p.part_of IS NOT NULL AND w.part_of IS NOT NULL ORDER BY p.id"
)
_DONE = f"""
SELECT p.part_of, w.code, count(*) FROM task p JOIN task w ON w.id = p.part_of
WHERE {{of}} AND w.status IN {among((OPEN,))}
GROUP BY p.part_of, w.code
HAVING sum(CASE WHEN p.status IN {_ENDED} THEN 0 ELSE 1 END) = 0 AND max(p.status_seq) > :began
ORDER BY p.part_of
"""


class _Clash(NamedTuple):
    """A whole had ended from `since` until `until`, by its entry `seq`, while a part was in hand up to `part_until`, by
    entry `part_seq`."""

    whole: int
    code: str
    status: str
    seq: int
    since: date
    until: date
    part: str
    unit: str
    part_seq: int
    part_until: date

    @property
    def stands(self) -> bool:
        """Whether both are so now."""
        return self.until == self.part_until == FOREVER


def require_sound(
    reader: Reader,
    touched: Mapping[int, int],
    began: int,
    remark: Callable[[str], None] = lambda text: None,
    *,
    review: bool = False,
) -> None:
    """Hold the wholes among these tasks (number → the line of a batch) to their parts, after what was recorded since
    entry `began`; a whole of which the last part is done is remarked. With `review` parts are done by accepting them.
    Raises `Refused`."""
    told: list[str] = []
    for of, values in lookup.among("p.part_of", list(touched)):
        for sql, refusal in ((_LOST, _of_lost), (_CLASHES, _of_clashes), (_EARLY, _of_early)):
            named = {**values, "began": began} if ":began" in sql else values
            if rows := reader.rows(sql.format(of=of), named):
                error = refusal([row for row in rows if row[0] == rows[0][0]], began, review)
                error.where = f"第{line}行" if (line := touched[rows[0][0]]) else ""
                raise error
        for _, code, number in reader.rows(_DONE.format(of=of), {**values, "began": began}):
            code = visible(code)
            next_step = f"可以申请销号:ledger submit {code}" if review else f"可以销号:ledger close {code}"
            told.append(f"事项 {code} 的{number}件分解事项都已办结,{next_step}")
    for text in told[:_NAMED]:
        remark(text)


def _of_lost(rows: Sequence[Any], began: int, review: bool) -> Refused:
    parts = [(code, unit) for _, code, unit in rows]
    return Refused(f"还有分解事项 {_named(parts)} 属于它,不能冲销它的登记", "请先用 ledger undo 撤回各分解事项的登记")


def _of_early(rows: Sequence[Any], began: int, review: bool) -> Refused:
    _, code, part, _, submitted_on, until = rows[0]
    code, until = visible(code), queries.day_of(until)
    if until != FOREVER:
        said = f"事项 {code} 的申请日期 {submitted_on} 早于分解事项 {visible(part)} 办结或申请的 {until}"
        return Refused(said, "请核对日期,整体不能在各分解事项之前申请销号")
    parts = [(part, unit) for _, _, part, unit, _, until in rows if queries.day_of(until) == FOREVER]
    return _open_parts(code, parts, "申请销号", "先为它们申请销号(ledger submit)")


def _of_clashes(rows: Sequence[Any], began: int, review: bool) -> Refused:
    found = [_clash(row) for row in rows]
    first, code = found[0], visible(found[0].code)
    part, ended = visible(first.part), STATUS_WORDS[first.status]
    word = ended.removeprefix("已")
    if first.stands and first.seq > began and first.part_seq <= began:
        parts = [(one.part, one.unit) for one in found if one.stands]
        return _open_parts(code, parts, word, f"先把它们{_STRIKING[review]}或撤销(ledger cancel)")
    if first.stands:
        what = (
            f"事项 {code} {ended},它的分解事项 {_named([(one.part, one.unit) for one in found if one.stands])} 不能在办"
        )
        return Refused(what, f"先用 ledger reopen {code} 恢复整体(或撤回它的{word}),再办分解事项")
    if first.until == FOREVER:
        what = f"事项 {code} 的{word}日期 {first.since} 早于分解事项 {part} 办结的 {first.part_until}"
        return Refused(what, f"请核对日期,整体不能在各分解事项之前{word}")
    what = f"事项 {code} {long_day(first.since)}{word}、{long_day(first.until)}恢复,其间分解事项 {part} 不能在办"
    return Refused(what, f"请核对日期,应不早于 {first.until}")


def _open_parts(code: str, parts: Sequence[tuple[str, str]], word: str, advice: str) -> Refused:
    return Refused(f"事项 {code} 还有{len(parts)}件分解事项没有办结,不能{word}:{_named(parts)}", advice)


def _named(parts: Sequence[tuple[str, str]]) -> str:
    said = "、".join(f"{visible(code)}({visible(unit)})" for code, unit in parts[:_NAMED])
    return f"{said}{'等' if len(parts) > _NAMED else ''}"


def _clash(row: Sequence[Any]) -> _Clash:
    found = _Clash(*row)
    since, until, part_until = map(queries.day_of, (found.since, found.until, found.part_until))
    return found._replace(since=since, until=until, part_until=part_until)


def unsound(reader: Reader) -> Iterator[str]:
    """What does not hold in the whole ledger, a line each."""
    every = "p.part_of IS NOT NULL"
    for number, code, _ in reader.rows(_LOST.format(of=every)):
        yield f"分解事项 {visible(code)} 所属的第{number}号事项不在台账上"
    for part, whole in reader.rows(_DEEP):
        yield f"分解事项 {visible(part)} 所属的 {visible(whole)} 本身是分解事项"
    for one in map(_clash, reader.rows(_CLASHES.format(of=every))):
        until = "" if one.until == FOREVER else f"至 {one.until} "
        what = f"事项 {visible(one.code)} 自 {one.since} 起{until}{STATUS_WORDS[one.status]}"
        yield f"{what},其间分解事项 {visible(one.part)} 仍在办"


# --- how the parts stand ---------------------------------------------------------------------------------------------


def fill(reader: Reader, tasks: Sequence[Task], today: date, until: date | None = None) -> None:
    """Tell the wholes among these tasks how their parts stand, and the parts the codes of their wholes; `until` a
    business day as they stood at its end."""
    codes = {task.id: task.code for task in tasks if task.part_of is None}
    counted = dict(_counted(reader, list(codes), today, until))
    above = {task.part_of for task in tasks if task.part_of is not None}
    codes |= _codes(reader, above - codes.keys())
    for task in tasks:
        if task.part_of is None:
            task.parts = counted.get(task.id)
        else:
            task.whole = codes.get(task.part_of)


_LATE = conditions.overdue("< :today", status="p.status", last_day="p.last_day", judged="p.submitted_on")
_AT = conditions.fate("p.id", ":until")


def _counted(reader: Reader, numbers: list[int], today: date, until: date | None) -> Iterator[tuple[int, Parts]]:
    status = "p.status" if until is None else _AT
    late = f"CASE WHEN {_LATE} THEN 1 ELSE 0 END" if until is None else "0"
    days = {"today": today} if until is None else {"until": until}
    everything = iter([("p.part_of IS NOT NULL", dict[str, Any]())])
    for where, values in lookup.among("p.part_of", numbers) if len(numbers) < _MANY else everything:
        done = f"sum(CASE WHEN {conditions.met('x.status')} THEN 1 ELSE 0 END)"
        sql = (
            f"SELECT x.part_of, {done}, count(*), sum(x.late) FROM ("
            f"SELECT p.part_of, {status} AS status, {late} AS late FROM task p WHERE {where}) x "
            f"WHERE x.status NOT IN {among(('', CANCELLED))} GROUP BY x.part_of"
        )
        for number, done, every, behind in reader.rows(sql, {**values, **days}):
            yield number, Parts(int(done), int(every), int(behind))


_MANY = 2000
"""Tasks from which on it is cheaper to count the parts of all."""


def _codes(reader: Reader, numbers: Collection[int]) -> Iterator[tuple[int, str]]:
    for where, values in lookup.among("t.id", sorted(numbers)):
        yield from reader.rows(f"SELECT t.id, t.code FROM task t WHERE {where}", values)


def of(reader: Reader, whole: int) -> list[Task]:
    """The parts of a whole, in the order in which they were registered."""
    return queries.tasks(reader, "WHERE t.part_of = :whole ORDER BY t.id", {"whole": whole})
