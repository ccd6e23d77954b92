"""The issued reports of a ledger, read from the entries that issued and withdrew them."""

import json
from typing import Any

from ledger.base.errors import NotFound
from ledger.base.text import clip
from ledger.model.actions import ACTIONS, PUBLISH, WITHDRAW
from ledger.model.entry import GENESIS
from ledger.model.publication import Publication, note_of, unpacked
from ledger.store import faults
from ledger.store.conditions import IS_EVENT, among, given_out
from ledger.store.queries import IN_FORCE, readable
from ledger.store.reader import Reader, Row

_ISSUED = (
    'SELECT e.seq, e.changes, e.recorded_at, e."on", e.actor, (SELECT b.hash FROM entry b WHERE b.seq = e.seq - 1) '
    f"FROM entry e WHERE e.{IS_EVENT} AND e.action = '{PUBLISH}'"
)
NOTES = f"SELECT e.note FROM entry e WHERE e.{IS_EVENT} AND e.action = '{PUBLISH}' ORDER BY e.seq"
"""What each of them is, in the order of their numbers."""

_ASIDE = among(name for name, action in ACTIONS.items() if action.aside)
_CHANGED = (
    f"SELECT count(*) FROM entry e WHERE e.seq > :seq AND e.action NOT IN {_ASIDE} AND CASE "
    "WHEN e.voids IS NOT NULL THEN EXISTS (SELECT 1 FROM entry b WHERE b.seq = e.voids AND b.seq < :seq "
    """AND b."on" <= :until) WHEN e.action = 'edit' THEN EXISTS (SELECT 1 FROM task t WHERE t.id = e.task """
    f'AND {given_out(":until")}) AND {IN_FORCE} ELSE e."on" <= :until AND {IN_FORCE} END'
)
"""Taking back and correcting have no day of their own: it is that of what is taken back, and of the giving out of what
is corrected, whenever that is done."""

_WITHDRAWN = f"SELECT e.changes, e.note FROM entry e WHERE e.{IS_EVENT} AND e.action = '{WITHDRAW}'"


def publications(reader: Reader, kind: str | None = None, period: str = "") -> list[Publication]:
    """All of them, or those of one report, in the order of their numbers."""
    where, given = ("", {}) if kind is None else (" AND e.note = :note", {"note": note_of(kind, period)})
    with readable(reader):
        found = [_publication(row) for row in reader.rows(f"{_ISSUED}{where} ORDER BY e.seq", given)]
        if not found:
            return []
        withdrawn = {json.loads(changes)["number"][1]: why or "" for changes, why in reader.rows(_WITHDRAWN)}
    corrected = {one.corrects: one.number for one in found}
    return [one._replace(withdrawn=withdrawn.get(one.number), corrected_by=corrected.get(one.number)) for one in found]


def any_issued(reader: Reader) -> bool:
    return bool(reader.rows(f"SELECT 1 FROM entry e WHERE e.{IS_EVENT} AND e.action = '{PUBLISH}' LIMIT 1"))


def numbered(reader: Reader, number: int) -> Publication:
    """The publication of this number. Raises `NotFound`."""
    for one in publications(reader):
        if one.number == number:
            return one
    raise NotFound(f"没有第{clip(str(number), 12)}号印发", "用 ledger publications 查看")


def content_of(reader: Reader, publication: Publication) -> Any:
    """What it froze. Raises `StoreUnusable` where that is not what was frozen."""
    [(changes,)] = reader.rows("SELECT changes FROM entry WHERE seq = :seq", {"seq": publication.seq + 1})
    try:
        return unpacked(json.loads(changes)["content"][1], publication.digest)
    except (ValueError, TypeError, LookupError):
        raise faults.damaged(reader.location, f"第{publication.number}号印发的内容与校验码不符") from None


def changed_since(reader: Reader, publication: Publication, until: Any) -> int:
    """How many entries came after it that its report may say otherwise by: of days up to `until`, the last that it
    counts, and not taken back since."""
    [(count,)] = reader.rows(_CHANGED, {"seq": publication.seq + 1, "until": until})
    return int(count)


def _publication(row: Row) -> Publication:
    seq, changes, at, on, actor, head = row
    told = {name: after for name, (_, after) in json.loads(changes).items() if name != "content"}
    return Publication(
        told["number"],
        told["kind"],
        told["period"],
        told.get("document"),
        at,
        str(on),
        actor,
        seq - 1,
        head or GENESIS,
        told["root"],
        told["digest"],
        told.get("corrects"),
    )
