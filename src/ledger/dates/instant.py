"""Moments of recording as they are asked for: a day, which means its end, or a day with a time.

    instant = day [[" " | "T"] HH:MM[:SS[.ffffff]] [Z | +HH:MM]]

The day is any that `parse_day` reads, or one of ISO 8601; basic forms (20130319T180000+0800) are read as well. Without
a zone it is the ledger's, as `log` prints it; without seconds the minute's end is meant: what `log` shows is in.
"""

import re
from datetime import UTC, date, datetime, time, tzinfo

from ledger.base.errors import BadValue
from ledger.base.text import fold_width, quote
from ledger.dates.day import iso_day
from ledger.dates.deadline import parse_day

_TIMED = re.compile(
    r"(?P<day>.+?)(?:\s+|[Tt]|(?<=日))(?P<hour>[0-9]{1,2}):?(?P<minute>[0-9]{2})(?::?(?P<second>[0-9]{2}(?:[.,][0-9]+)?))?"
    r"\s*(?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_OF_WEEK = re.compile("[0-9]{4}-?W[0-9]{2}-?[1-7]")


def parse_instant(text: str, today: date, zone: tzinfo) -> datetime:
    """The moment that `text` means, in UTC. Raises `BadValue`."""
    said = fold_width(text).strip()
    try:
        timed = _TIMED.fullmatch(said)
        local = datetime.combine(_day(said, today), time.max) if timed is None else _timed(timed, today)
        found = local if local.tzinfo is not None else local.replace(tzinfo=zone)
        found.astimezone(zone)  # at the calendar's ends there is a day in one zone and none in the other
        return found.astimezone(UTC)
    except (BadValue, ValueError, OverflowError):
        hint = f"可写日期(指当日终了)、log 所列的时刻如“{today} 18:00”,或带时区的 {today}T18:00:00+08:00"
        raise BadValue(f"时刻{quote(text)}读不懂", hint) from None


def _timed(said: re.Match[str], today: date) -> datetime:
    second = (said["second"] or "59.999999").replace(",", ".")
    clock = f"{said['hour']:0>2}:{said['minute']}:{second}{(said['zone'] or '').upper()}"
    return datetime.combine(_day(said["day"], today), time.fromisoformat(clock))


def _day(text: str, today: date) -> date:
    """A day as people write it, or as ISO 8601 does (2013-W12-2)."""
    try:
        return iso_day(text) or parse_day(text, today, today.year)
    except BadValue:
        if not _OF_WEEK.fullmatch(text):
            raise
        return date.fromisoformat(text)
