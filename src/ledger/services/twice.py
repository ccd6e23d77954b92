"""Whether a row that means no task yet says one a second time.

What it is held against are the tasks of the ledger and the rows taken before it, of this file or another. The same
title, lead unit and deadline, whatever the spelling (`base/titles.py`), in a row without a code of its own are
certainly the same task, and so they are where lead and assisting unit have only changed places: it is not taken twice.
The clerk is asked where the three are the same and codes or 交办日期 are not, where another row names the task by its
code and makes another of it, where a unit leads that only assists in the other, and where unit and deadline are the
same and the titles alike. Where nobody is asked, a row in doubt is taken as it is written, and told.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from ledger.base.errors import LedgerError
from ledger.base.text import quote, visible
from ledger.base.titles import alike, key, numbers, unquoted
from ledger.model.rules import year_meant
from ledger.model.task import CANCELLED, UNFINISHED, Task
from ledger.services import deadlines
from ledger.services.matching import BY_OPTION, DIVIDING, Key, Meant, is_same, unit_key
from ledger.services.sheets import Place, Row
from ledger.store import queries, schedule
from ledger.store.journal import Journal

MOST_HELD = 100
"""Rows and tasks that one is held against at most: those of one title or, of the same numerals, of one unit, and of one
deadline; so that the time grows with the rows, not with their square."""

MOST_ASKED = 3
"""Of them, those that a clerk is asked about at most."""

_Key = TypeVar("_Key")
_UNDATED, _RECURRING = "", "循环"


class Said(NamedTuple):
    """What a row or a task is told apart by: title and lead unit as `base.titles` folds them, the day of the deadline
    or what stands for it, the words of one without a day, the numerals of the title."""

    title: str
    unit: str
    day: str
    words: str
    numbers: tuple[str, ...]


class _Held(NamedTuple):
    """What a row may say again, told apart by the first four: `options` are those of a row, or of a task as a row has
    them; `place` is where a row of this import stands, `code` that of what the ledger held before."""

    title: str
    unit: str
    day: str
    words: str
    meant: Meant
    options: Mapping[str, Any]
    place: Place | None
    code: str

    def named(self) -> str:
        where = visible(self.code) if self.place is None else self.place.words()
        return f"{where}{quote(self.options['title'], 40)}"


_Doubts = list[tuple[_Held, str]]
"""What a row may say again, each with in what they are alike."""

_Near = dict[tuple[str, str, tuple[str, ...]], tuple[_Held, ...]]
"""By a unit, the day of the deadline, the numerals of the title: what is led by the unit, or what it assists in."""


class Again(NamedTuple):
    """What a row says again; `certainly` where no clerk was asked. What such a row says otherwise than the one before
    it is not taken: of two rows of one task the first counts."""

    meant: Meant
    certainly: bool


class Twice:
    """What one import holds its rows against; `keys` and `codes` are those of all its rows, `given_out` and `year` what
    counts where a row has no 交办日期 and a date no year."""

    def __init__(
        self, journal: Journal, keys: Sequence[Key], codes: Sequence[str], given_out: date, year: int | None
    ) -> None:
        self._journal, self._given_out = journal, given_out
        self._coded = {code: key for code, key in zip(codes, keys, strict=True) if code}
        self._year = year_meant(journal.rules, year)
        self._due = lru_cache(4096)(self._read_due)  # a long sheet says the same deadlines over and over
        self._same: dict[tuple[str, str], tuple[_Held, ...]] = {}
        self._first: dict[Key, _Held] = {}
        self._alike: _Near = {}
        self._assisted: _Near = {}
        titles, units = {title for title, _ in keys}, {unit for _, unit in keys}
        for said, meant, options, code, is_over in self._of_ledger():
            if said.title in titles or (said.unit in units and not is_over):
                self._keep(said, _Held(*said[:4], meant, options, None, code), near=not is_over)

    def _of_ledger(self) -> Iterator[tuple[Said, Meant, Mapping[str, Any], str, bool]]:
        """What the ledger holds, each with its code and whether only the same title says it again: what had no deadline
        and is finished."""
        reader = self._journal.writer
        for series in schedule.all_series(reader):
            fields = series.fields
            said = _said(fields["title"], fields["unit"], _RECURRING, series.due_text)
            yield said, series, fields, series.code or "", False
        found = reader.stream(
            'SELECT t.id, t.code, t.title, t.unit, t."with", t.due_text, t.due_on, t.status FROM task t '
            "WHERE t.series IS NULL AND t.status <> :cancelled ORDER BY t.id",
            {"cancelled": CANCELLED},
        )
        for number, code, title, unit, assisting, words, due_on, status in found:
            said = _said(title, unit, _day(queries.day_of(due_on)), words)
            is_over = due_on is None and status not in UNFINISHED
            yield said, number, {"title": title, "with": json.loads(assisting)}, code, is_over

    def said(self, row: Row, of_row: Key) -> Said:
        """What a row is told apart by; what cannot be read of it is told when it is registered."""
        title, unit = of_row
        options = row.options
        text = options.get("due") or options.get("due_text", "")
        if not text or (len(text) == 10 and text.isascii() and text[4] == text[7] == "-"):
            return Said(title, unit, text, "", numbers(title))
        return Said(title, unit, *self._due(text, options.get("on")), numbers(title))

    def _read_due(self, text: str, on: str | None) -> tuple[str, str]:
        """The day of a deadline or what stands for it, and the words of one without a day."""
        found = deadlines.meant(self._journal, text, self._year, self._assigned_on(on))
        if found is not None and found.recurrence is not None:
            return _RECURRING, key(text)
        return (_UNDATED, key(text)) if found is None or found.due_on is None else (_day(found.due_on), "")

    def _assigned_on(self, on: str | None) -> date:
        try:
            return self._given_out if on is None else deadlines.past_day(self._journal, on, self._year)
        except LedgerError:
            return self._given_out

    def found(self, place: Place, row: Row, said: Said, code: str) -> Again | None:
        """What the row says again, by certainty or by the clerk's word; None when it says something new.

        Raises `BadValue` for what is in doubt where doubts are to be refused.
        """
        doubts = []
        for held in self._same.get((said.title, said.day), ())[:MOST_HELD]:
            how, certainly = _how_same(held, row, said, code)
            same = held.title, held.unit
            if certainly and (held.place is not None or self._coded.get(held.code, same) == same):
                return self._certainly(held, _named(place, row), how)
            if how:
                doubts.append((held, how))
        first = self._first.get((said.title, said.unit))
        if first is not None and not code and said.day == said.words == "" and self._is_coded(first):
            return self._certainly(first, _named(place, row), "工作任务和牵头单位相同,另一行写明了它的编号")
        doubts += self._otherwise_due(place, said) if not doubts else []
        doubts += self._near(row, said)
        for held, how in doubts[:MOST_ASKED]:
            if self._journal.ask(f"{_named(place, row)}与 {held.named()}{how}", "是同一件事吗?", "照写登记"):
                return Again(held.meant, False)
        return None

    def _certainly(self, held: _Held, named: str, how: str) -> Again | None:
        anew = self._journal.ask(f"{named}与 {held.named()}{how}", "仍要另登一件吗?", "只登一件")
        return None if anew else Again(held.meant, True)

    def _is_coded(self, held: _Held) -> bool:
        """Whether another row names this task of the ledger by its code and leaves it what it is."""
        return held.place is None and self._coded.get(held.code) == (held.title, held.unit)

    def _otherwise_due(self, place: Place, said: Said) -> _Doubts:
        """What has the same title and unit, and no deadline where the row has one, or the reverse; or another deadline
        and stands in another file. In one file titles of several deadlines are several tasks."""
        held = self._first.get((said.title, said.unit))
        if held is None or held.day == said.day or held.place is None:
            return []
        if _UNDATED in (held.day, said.day) and not (held.words or said.words):
            return [(held, "工作任务和牵头单位相同,有一处没有时限")]
        return [(held, "工作任务和牵头单位相同,时限不同")] if held.place.file is not place.file else []

    def _near(self, row: Row, said: Said) -> _Doubts:
        """What has the same deadline and a title alike, led by the same unit or by one that assists in the row, or
        where the row's lead assists."""
        found: _Doubts = []
        swapped = "时限相同,工作任务相近,牵头单位与配合单位互换"
        if (held := self._alike.get((said.unit, said.day, said.numbers))) is not None:
            found += [(one, "单位和时限相同,工作任务相近") for one in _those_near(held, said)]
        if (held := self._assisted.get((said.unit, said.day, said.numbers))) is not None:
            found += [(one, swapped) for one in _those_near(held, said) if one.unit != said.unit]
        for one in row.options.get("with", ()):
            held = self._alike.get((unit_key(one), said.day, said.numbers))
            if held is not None and held[0].unit != said.unit:
                found += [(one, swapped) for one in _those_near(held, said)]
        return found

    def keep(self, place: Place, row: Row, said: Said, task: Task) -> None:
        """Hold what comes after against a row that has become a task, or a recurring duty."""
        meant = task.id if task.series is None else schedule.find(self._journal.writer, task.series)
        self._keep(said, _Held(*said[:4], meant, row.options, place, ""))

    def _keep(self, said: Said, held: _Held, *, near: bool = True) -> None:
        self._first.setdefault((said.title, said.unit), held)
        _append(self._same, (said.title, said.day), held)
        if near:
            _append(self._alike, (said.unit, said.day, said.numbers), held)
            for one in held.options.get("with", ()):
                _append(self._assisted, (unit_key(one), said.day, said.numbers), held)


def _append(where: dict[_Key, tuple[_Held, ...]], at: _Key, held: _Held) -> None:
    known = where.get(at)
    where[at] = (held,) if known is None else (*known, held)


def _those_near(held: Sequence[_Held], said: Said) -> list[_Held]:
    """Those with a title alike, the latest first; what shares too few letters is not looked at more closely."""
    title, letters = said.title, set(said.title)
    enough = 2 * len(letters)
    return [
        one
        for one in held[: -MOST_HELD - 1 : -1]
        if 3 * len(letters.intersection(one.title)) >= min(enough, 2 * len(one.title))
        and one.title != title
        and alike(title, one.title)
    ]


def _how_same(held: _Held, row: Row, said: Said, code: str) -> tuple[str, bool]:
    """In what a row of the same title and deadline is like another, and whether it is certainly the same task; nothing
    when it is another unit's."""
    unit, assisting = row.options["unit"], row.options.get("with", ())
    if held.unit != said.unit:
        assists = any(is_same(one, unit) for one in held.options.get("with", ()))
        assisted = any(unit_key(one) == held.unit for one in assisting)
        how = "工作任务和时限相同,牵头单位与配合单位互换" if assists or assisted else ""
        return how, assists and assisted and not (code or _dividing(held.options, row.options))
    if held.words != said.words:
        return "工作任务和牵头单位相同,时限写法不同", False
    if code:
        return "工作任务、牵头单位和时限相同,编号不同", False
    differing = _dividing(held.options, row.options)
    return f"工作任务、牵头单位和时限相同{differing}", not differing


def _dividing(held: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """The first of the cells by which tasks of one title are several that both state, and not alike, told; or empty."""
    for name in DIVIDING:
        one, other = held.get(name), options.get(name)
        if one and other and not is_same(one, other):
            return f",{BY_OPTION[name].label}不同"
    return ""


def _named(place: Place, row: Row) -> str:
    return f"{place.words()}{quote(row.options['title'], 40)}"


def _said(title: str, unit: str, day: str, words: str | None) -> Said:
    folded = unquoted(title)
    is_day = day not in (_UNDATED, _RECURRING)
    return Said(folded, unit_key(unit), day, "" if is_day else key(words or ""), numbers(folded))


def _day(day: date | None) -> str:
    return _UNDATED if day is None else day.isoformat()
