"""Which sheets were taken in before that this one is again, and what it lacks of them.

A sheet is one that came before when its file is called alike, copy marks, dates and versions aside, and that import
registered or changed a task that this one names too; or when the tasks so in common are most of the rows of both.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import PurePath
from typing import NamedTuple

from ledger.base.text import quote, visible
from ledger.base.titles import key
from ledger.model.task import UNFINISHED
from ledger.services.merging import Cite, Cites
from ledger.services.sheets import File
from ledger.store import lookup, queries
from ledger.store.reader import Reader

_VERSION = re.compile(r"副本|复件|copy|最?终稿|最终版?|定稿|修[订改]稿?|更新|新版?|\bv(?=\d)|版$|[\d\W_]+[年月日号]?")


class Lacking(NamedTuple):
    """An unfinished task that came with an earlier import of this sheet (`file` as it was called then)."""

    code: str
    title: str
    unit: str
    file: str

    def words(self) -> str:
        task = f"{visible(self.code)} {quote(self.title, 40)}({visible(self.unit)})"
        return f"上次导入的 {visible(self.file)} 里有、这次没有:{task},台账未动"


def again(reader: Reader, file: File, numbers: Sequence[int], codes: Sequence[str], known: Cites) -> list[Cite]:
    """Of the sheets taken in before, those that `file` is again; its rows mean the tasks of these `numbers` and
    `codes`."""
    if not known.all:
        return []
    numbers = [*numbers, *_numbered(reader, codes)]
    touched: dict[int, set[int]] = {}
    for where, parameters in lookup.among("e.task", numbers):
        for task, seq, command in reader.rows(
            f"SELECT e.task, e.seq, e.command FROM entry e WHERE {where}", parameters
        ):
            if (cite := known.of(seq, command)) is not None:
                touched.setdefault(cite.seq, set()).add(task)
    rows = sum(len(sheet.rows) for sheet in file.sheets)
    stem = _stem(file.name)
    return [
        cite
        for cite in known.all
        if (common := len(touched.get(cite.seq, ())))
        and (_stem(cite.file) == stem or 2 * common > max(cite.rows, rows))
    ]


def _numbered(reader: Reader, codes: Sequence[str]) -> Iterator[int]:
    for where, parameters in lookup.among("t.code", [code for code in codes if "\0" not in code]):
        yield from (number for (number,) in reader.rows(f"SELECT t.id FROM task t WHERE {where}", parameters))


def _stem(name: str) -> str:
    whole = PurePath(name).stem
    return _VERSION.sub("", key(whole)) or whole


def lacking(reader: Reader, cites: Iterable[Cite], known: Cites, meant: Set[int]) -> Iterator[Lacking]:
    """The unfinished tasks that these imports registered and that no row means now; recurring duties aside."""
    told = set(meant)
    for cite in cites:
        following = [other.seq for other in known.all if other.command == cite.command and other.seq > cite.seq]
        found = reader.rows(
            "SELECT t.id, t.code, t.title, t.unit, t.status FROM entry e JOIN task t ON t.id = e.task "
            "WHERE e.seq > :first AND e.seq < :last AND e.command = :command AND e.action = 'add' "
            f"AND t.series IS NULL AND {queries.IN_FORCE} ORDER BY e.seq",
            {"first": cite.seq, "last": min(following, default=2**31 - 1), "command": cite.command},
        )
        for number, code, title, unit, status in found:
            if status in UNFINISHED and number not in told:
                told.add(number)
                yield Lacking(code, title, unit, cite.file)
