"""The slips that were issued (`model.slips`): found by the index of events, whatever task they are of."""

import json
from collections.abc import Sequence
from datetime import date

from ledger.model.actions import ISSUE, PAPERS
from ledger.model.slips import Issued, issued, prefix_of
from ledger.store import lookup, queries
from ledger.store.conditions import IS_EVENT, among
from ledger.store.queries import IN_FORCE, readable
from ledger.store.reader import Reader


def slips(reader: Reader, *, voided: bool = False) -> list[Issued]:
    """All slips in force, in the order of recording; with `voided` also those that were taken back."""
    counts = f"({IN_FORCE} OR e.action = '{ISSUE}')" if voided else IN_FORCE
    where = f"e.{IS_EVENT} AND e.action IN {among(PAPERS)} AND {counts}"
    with readable(reader):
        return issued(queries.entries(reader, where))


def last_number(reader: Reader, kind: str, prefix: str, year: int) -> int:
    """The highest number that was given in a year to slips of the kind, or to any under the same words, voided ones
    included; 0 for none."""
    sql = (
        f"SELECT e.changes FROM entry e WHERE e.{IS_EVENT} AND e.action = '{ISSUE}' "
        'AND e."on" BETWEEN :first AND :last'
    )
    with readable(reader):
        given = [
            json.loads(text) for (text,) in reader.rows(sql, {"first": date(year, 1, 1), "last": date(year, 12, 31)})
        ]
        return max(
            (one["nth"][1] for one in given if one["kind"][1] == kind or prefix_of(one["number"][1]) == prefix),
            default=0,
        )


def taken_back(reader: Reader, seqs: Sequence[int]) -> set[int]:
    """Those of these entries that were taken back since."""
    found = (
        reader.rows(f"SELECT v.voids FROM entry v WHERE {where}", given)
        for where, given in lookup.among("v.voids", seqs)
    )
    return {seq for rows in found for (seq,) in rows}
