"""The office's own table of days (休 or 班): it overrules the published holidays and 调休, and reaches beyond them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ledger.base.errors import BadValue, LedgerError
from ledger.base.text import fold_width, quote
from ledger.dates.deadline import parse_day
from ledger.model.rules import DAY_WORDS, HOLIDAY
from ledger.services.taken import RejectedRows, Rejection
from ledger.store.journal import Journal

HEADINGS = ("日期", "休/班")


def add_day(journal: Journal, day: str, word: str) -> date:
    """Set one day: which. Raises `BadValue` when the day or the word cannot be read."""
    found = _day(journal, day)
    _set_days(journal, {found: _word(word)})
    return found


def import_days(journal: Journal, rows: Iterable[tuple[int, Mapping[str, str]]]) -> int:
    """Set the days of a sheet, rows of (line, heading → cell), in one entry: the number of days that changed.

    Raises `RejectedRows` with every row that cannot be read, or that gives a day otherwise than one before it.
    """
    days: dict[date, str] = {}
    rejections: list[Rejection] = []
    for line, cells in rows:
        heading = HEADINGS[0]
        try:
            day = _day(journal, cells[heading])
            heading = HEADINGS[1]
            word = _word(cells[heading])
            if days.setdefault(day, word) != word:
                raise BadValue(f"{day} 前面写的是“{days[day]}”", "每天只写一次")
        except LedgerError as error:
            rejections.append(Rejection(f"第{line}行“{heading}”列", error))
    if rejections:
        raise RejectedRows(rejections)
    return _set_days(journal, days)


def _day(journal: Journal, text: str) -> date:
    return parse_day(text, journal.today, journal.rules.year)


def _word(text: str) -> str:
    word = fold_width(text).strip()
    if word not in DAY_WORDS:
        raise BadValue(f"安排{quote(text)}不认识", "休息日写“休”,上班的写“班”")
    return word


def _set_days(journal: Journal, days: Mapping[date, str]) -> int:
    changes: dict[str, list[Any]] = {}
    for day, word in days.items():
        name = f"{HOLIDAY}{day}"
        if journal.settings.get(name) != word:
            changes[name] = [journal.settings.get(name), word]
    if changes:
        journal.configure(changes)
    else:
        journal.remark("节假日表没有变化")
    return len(changes)
