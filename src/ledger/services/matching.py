"""Which task of the ledger each row of a sheet means.

A row means the task of its code. A row without one means a task of the same title and lead unit, whatever the spelling
(`base/titles.py`): of several those with the row's deadline first, of these those of its 专项活动 and 具体措施,
then in the order of their numbers. A finished task is meant by its own deadline alone, or by a row without one: with
another deadline the row is the next of its kind (a meeting held every month), save where the very same file finished
it. One row means one task and one task is meant by one row. Rows of recurring duties mean their
series in the same way. Whether a row that so means nothing yet says a task a second time is for `twice.py` to find.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from ledger.base.text import fold_width
from ledger.base.titles import key, unquoted
from ledger.model.fields import FIELDS
from ledger.model.rules import year_meant
from ledger.model.series import Series
from ledger.model.task import UNFINISHED
from ledger.services import deadlines
from ledger.services.sheets import Row
from ledger.store import schedule
from ledger.store.journal import Journal

RANGE = 20_000
"""Tasks looked at between two fetches: what keeps the memory bounded by the sheet."""


Meant = int | Series
"""The number of a task, or a recurring duty."""

Key = tuple[str, str]
"""The title and the lead unit of a row or a task, as they are told apart."""


BY_OPTION = {field.option: field for field in FIELDS if field.option}
DIVIDING = ("activity", "measure", "stage", "source", "on")
"""Options by which tasks of one title and unit are several."""


class _Candidate(NamedTuple):
    """A task that has a row's title and unit; `words` are those of its deadline, its days among them, `more` is its
    专项活动 and 具体措施, by which several of one title are told apart first."""

    number: int
    words: tuple[str, ...]
    more: tuple[str, ...]
    recurs: bool
    finished: bool
    again: bool


def code_of(row: Row) -> str:
    """The code that a row states, as the ledger writes codes; empty without one."""
    code = row.options.get("code")
    return fold_width(code).strip() if code else ""


def key_of(title: str, unit: str) -> Key:
    return unquoted(title), unit_key(unit)


unit_key = lru_cache(4096)(key)
"""Units are few."""


def keys_of(rows: Iterable[Row]) -> list[Key]:
    return [key_of(row.options.get("title", ""), row.options.get("unit", "")) for row in rows]


def uncoded(
    journal: Journal,
    rows: Sequence[Row],
    codes: Sequence[str],
    keys: Sequence[Key],
    year: int | None,
    again: Set[int] = frozenset(),
) -> dict[int, Meant]:
    """What the rows without a code mean (`codes` and `keys` are those of the rows): place in `rows` → meaning; those
    that mean nothing yet are missing. `year` is meant by a deadline without one; `again` are the finished tasks that
    these very files finished, which their rows mean once more whatever the deadline.

    All is found by one look through the tasks, however many rows there are.
    """
    wanted: dict[Key, list[int]] = {}
    for place, (code, of_row) in enumerate(zip(codes, keys, strict=True)):
        if not code:
            wanted.setdefault(of_row, []).append(place)
    found: dict[int, Meant] = {}
    if not wanted:
        return found
    for series in schedule.all_series(journal.writer):
        _give_series(series, wanted, rows, found)
    for of_tasks, candidates in _candidates(journal, wanted, set(codes), again).items():
        free = {place: _due_words(rows[place]) for place in wanted[of_tasks] if place not in found}
        if any(one.finished for one in candidates):
            free = {place: (*words, *_due_day(journal, rows[place], year)) for place, words in free.items()}
        more = {place: tuple(rows[place].options.get(name, "") for name in ("activity", "measure")) for place in free}
        found |= _paired(free, more, candidates)
    return found


def is_same(one: str, other: str) -> bool:
    """Whether two titles, or two names of units, are one but for their spelling."""
    return one == other or unquoted(one) == unquoted(other)


def _due_words(row: Row) -> tuple[str, ...]:
    return tuple(row.options[name] for name in ("due", "due_text") if name in row.options)


def _due_day(journal: Journal, row: Row, year: int | None) -> tuple[str, ...]:
    """The day that the deadline's words mean; what cannot be read is refused later, in its place."""
    found = deadlines.meant(journal, row.options.get("due", ""), year_meant(journal.rules, year), journal.today)
    return () if found is None or found.due_on is None else (found.due_on.isoformat(),)


def _give_series(series: Series, wanted: Mapping[Key, list[int]], rows: Sequence[Row], found: dict[int, Meant]) -> None:
    for place in wanted.get(key_of(series.fields["title"], series.fields["unit"]), ()):
        if place not in found and rows[place].options.get("due") == series.due_text:
            found[place] = series
            return


def _candidates(
    journal: Journal, wanted: Iterable[Key], codes: set[str], again: Set[int]
) -> dict[Key, list[_Candidate]]:
    """The tasks of these titles and units, save those that a row names by code."""
    found: dict[Key, list[_Candidate]] = {}
    titles = {title for title, _ in wanted}
    wanted = set(wanted)
    ((top,),) = journal.writer.rows("SELECT max(id) FROM task")
    for first in range(1, (top or 0) + 1, RANGE):
        tasks = journal.writer.rows(
            "SELECT t.id, t.code, t.title, t.unit, t.activity, t.measure, t.series, t.status, "
            "t.due_text, t.due_on, t.original_due_on "
            "FROM task t WHERE t.id BETWEEN :first AND :last ORDER BY t.id",
            {"first": first, "last": first + RANGE - 1},
        )
        for number, code, title, unit, activity, measure, series, status, *due in tasks:
            if unquoted(title) in titles and (of_task := key_of(title, unit)) in wanted and code not in codes:
                words = tuple(str(one) for one in (due if series is None else due[1:]) if one is not None)
                more = (activity or "", measure or "")
                finished = status not in UNFINISHED
                candidate = _Candidate(number, words, more, series is not None, finished, number in again)
                found.setdefault(of_task, []).append(candidate)
    return found


def _paired(
    rows: Mapping[int, tuple[str, ...]], more: Mapping[int, tuple[str, ...]], candidates: Sequence[_Candidate]
) -> dict[int, int]:
    """Rows (place → the words of the deadline, and what `more` they say) with tasks of the same title and unit."""
    found: dict[int, int] = {}
    by_words = [(one.number, one.more, one.words) for one in candidates]
    by_number = [(one.number, one.more, _BARE[one.finished :]) for one in candidates if not one.recurs]
    once_more = [(one.number, one.more, _BARE) for one in candidates if one.again]
    bare = {place: (_BARE[not words],) for place, words in rows.items()}
    for tasks, words_of_rows in ((by_words, rows), (by_number, bare), (once_more, bare)):
        for in_full in (True, False):
            keyed = [(number, [(word, says) if in_full else word for word in words]) for number, says, words in tasks]
            wanted = {
                place: [(word, more[place]) if in_full else word for word in words]
                for place, words in words_of_rows.items()
                if place not in found
            }
            found |= _first_of_each(wanted, keyed, set(found.values()))
    return found


_BARE = ("any deadline", "none")
"""What a task left over answers to, the finished one only to a row without a deadline."""


def _first_of_each(
    rows: Mapping[int, Sequence[Hashable]], tasks: Iterable[tuple[int, Sequence[Hashable]]], taken: set[int]
) -> dict[int, int]:
    """Each row with the first task that has one of its keys and is not taken, in the order of the keys."""
    by_key: dict[Hashable, deque[int]] = {}
    for number, keys in tasks:
        for one in dict.fromkeys(keys):
            by_key.setdefault(one, deque()).append(number)
    found = {}
    for place, keys in rows.items():
        for same in filter(None, map(by_key.get, keys)):
            while same and same[0] in taken:
                same.popleft()
            if same:
                found[place] = same.popleft()
                taken.add(found[place])
                break
    return found
