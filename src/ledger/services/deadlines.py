"""Days and deadlines as this ledger reads them: by its year, its working days and its rule for rest days."""

import re
from datetime import date
from functools import lru_cache

from ledger.base.errors import BadValue, LedgerError
from ledger.base.text import quote
from ledger.dates.day import long_day
from ledger.dates.deadline import Deadline, Unreadable, parse_day, parse_deadline
from ledger.store.journal import Journal

# A long batch names the same days over and over.
_parse_day = lru_cache(4096)(parse_day)
_parse_deadline = lru_cache(4096)(parse_deadline)

_PLAIN = re.compile(r"\s*(\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{8})([T ]+[\d:.]*)?\s*", re.ASCII)


def is_plain(text: str) -> bool:
    """Whether a deadline is a day in digits, year and all, which nobody need look over; so is none."""
    return not text or _PLAIN.fullmatch(text) is not None


def past_day(journal: Journal, text: str, year: int | None) -> date:
    """A day on which something happened: without a year it is of `year`, or of this one."""
    return _parse_day(text, journal.today, year or journal.today.year)


def day(journal: Journal, text: str, year: int | None) -> date:
    """A day to come as well as one past."""
    return _parse_day(text, journal.today, year)


def first_day(journal: Journal, text: str, year: int | None) -> date:
    """The first day that an expression names: a day, or what a span begins with (4月, 即日起), which is remarked.

    Raises `BadValue` when there is none.
    """
    try:
        return day(journal, text, year)
    except Unreadable:
        found = meant(journal, text, year, journal.today)
        first = None if found is None or found.recurrence is not None else found.start_on or found.due_on
        if first is None:
            raise
    journal.remark(f"开始日期{quote(text)}按{long_day(first)}")
    return first


def deadline(journal: Journal, text: str, year: int | None, assigned_on: date) -> Deadline:
    """The one deadline that `text` means, 三日内 counted from `assigned_on`; what must be known of it is remarked.

    Raises `BadValue` when it cannot be read, asks for a date, or names several deadlines.
    """
    rules = journal.rules
    base = None if text.isascii() else assigned_on  # only words count from it: 2013-03-20 is remembered for all
    found = _parse_deadline(
        text, journal.today, year, assigned_on=base, workdays=rules.workdays, rest_day=rules.rest_day
    )
    if found.needs_date:
        raise BadValue(f"时限{quote(found.text)}没有写明日期", "请写明日期,如“限3月底前”")
    for note in found.notes:
        journal.remark(note)
    return found


def meant(journal: Journal, text: str, year: int | None, assigned_on: date) -> Deadline | None:
    """The same where `text` may be anything else as well: None when it cannot be read, and nothing is remarked."""
    told = len(journal.remarks)
    try:
        return deadline(journal, text, year, assigned_on)
    except LedgerError:
        return None
    finally:
        journal.take_remarks(told)
