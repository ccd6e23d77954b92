"""Which codes are free again: the last of a year, whose registration was taken back on the day that it was made."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from ledger.model.actions import ISSUE
from ledger.store.queries import IN_FORCE
from ledger.store.reader import Reader


class _Undone(NamedTuple):
    """A registration that was taken back: its entry, the one that voids it, and the days of both."""

    seq: int
    given_on: date
    voided_by: int
    voided_on: date


def free_again(reader: Reader, gone: Sequence[str], zone: tzinfo) -> Iterator[str]:
    """Of the codes of a year above all that stand, highest first, those that are free again, from the highest on.

    Each was the year's last when it was taken back, and nothing in force names it, nor what it bears.
    """
    undone = _undone(reader, zone)
    first = min((undone[code].seq for code in gone if code in undone), default=0)
    named = _named(reader, first, {code[:4] for code in gone})
    last_voiding = 0
    for code in gone:
        found = undone.get(code)
        if found is None or found.given_on != found.voided_on or found.voided_by < last_voiding or code in named:
            return
        if reader.rows("SELECT 1 FROM code WHERE code > :a AND code < :b", {"a": f"{code}-", "b": f"{code}."}):
            return
        last_voiding = found.voided_by
        yield code


def _undone(reader: Reader, zone: tzinfo) -> dict[str, _Undone]:
    """Code → the latest registration under it that was taken back, of what no slip was issued for."""
    found = reader.rows(
        "SELECT e.changes, e.seq, e.recorded_at, v.seq, v.recorded_at FROM entry v JOIN entry e ON e.seq = v.voids "
        "WHERE v.voids IS NOT NULL AND e.action = 'add' "
        f"AND NOT EXISTS (SELECT 1 FROM entry s WHERE s.task = e.task AND s.action = '{ISSUE}') ORDER BY e.seq"
    )
    return {
        json.loads(changes)["code"][1]: _Undone(seq, _day(given_at, zone), voided_by, _day(voided_at, zone))
        for changes, seq, given_at, voided_by, voided_at in found
    }


def _day(moment: str, zone: tzinfo) -> date:
    return datetime.fromisoformat(moment).astimezone(zone).date()


def _named(reader: Reader, first: int, years: set[str]) -> set[str]:
    """The codes of the default form that entries in force from `first` on name, in a text or as their own."""
    found = reader.rows(f"SELECT e.note, e.changes FROM entry e WHERE e.seq > :first AND {IN_FORCE}", {"first": first})
    texts = "\n".join(f"{note or ''}\n{changes}" for note, changes in found)
    return {code for code in re.findall(r"[0-9]{4}-[0-9]{3,9}", texts) if code[:4] in years}
