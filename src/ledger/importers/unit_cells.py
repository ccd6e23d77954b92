"""The units of a sheet's rows: its cells of units read, and what was read otherwise than it stands kept to be told."""

from collections.abc import Collection
from typing import Any

from ledger.base.errors import BadValue
from ledger.base.nearness import folded
from ledger.base.text import quote
from ledger.importers.sheet import Refusal, UnitsRead
from ledger.importers.units import Reading, read

_NOTHING = Reading("", ())


class _Seen:
    """A distinct cell: the rows that have it, and what another column of one of them has instead."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.lines: list[int] = []
        self.overruled = dict[str, None]()

    @property
    def remarks(self) -> tuple[str, ...]:
        return (*self.reading.remarks, *self.overruled)


class UnitCells:
    """The cells of one sheet; `known` are the units of the ledger."""

    def __init__(self, known: Collection[str] = ()) -> None:
        self._known = frozenset(map(folded, known))
        self._seen: dict[tuple[str, str], _Seen] = {}

    def take(self, line: int, options: dict[str, Any]) -> list[Refusal]:
        """Put the names that a row's cells say in their place: `unit` and `with`, `owner` where no column says it. What
        is wrong with a cell, if anything."""
        field, cell = "unit", options.pop("unit", "")
        try:
            stated = self._read(line, field, cell)
            field, other = "with", options.pop("with", "")
            beside = self._read(line, field, other)
        except BadValue as error:
            return [Refusal(line, field, error)]
        if stated.assisting and not (stated.lead or beside.lead):
            what = f"单位{quote(cell)}只有配合单位,没有牵头单位"
            return [Refusal(line, "unit", BadValue(what, "请写明牵头单位"))]
        names = [stated.lead, beside.lead, *stated.assisting, *beside.assisting]
        lead, *assisting = (
            dict.fromkeys(filter(None, names)) if stated.lead or beside.lead else ["", *filter(None, names)]
        )
        if lead:
            options["unit"] = lead
        if assisting:
            options["with"] = assisting
        if stated.owner and options.setdefault("owner", stated.owner) != stated.owner:
            self._seen["unit", cell].overruled["责任人以“责任人”列为准"] = None
        if stated.lead and beside.lead not in ("", stated.lead):
            self._seen["with", other].overruled["牵头单位以“牵头单位”列为准"] = None
        return []

    def _read(self, line: int, field: str, cell: str) -> Reading:
        if not cell:
            return _NOTHING
        if (seen := self._seen.get((field, cell))) is None:
            reading = read(cell, self._known, assists=field == "with")
            seen = self._seen[field, cell] = _Seen(reading)
        seen.lines.append(line)
        return seen.reading

    def told(self) -> list[UnitsRead]:
        """Each distinct cell that was read otherwise than it stands, in the order of the sheet."""
        return [
            UnitsRead(seen.lines[0], len(seen.lines), field, cell, *seen.reading[:3], seen.remarks)
            for (field, cell), seen in self._seen.items()
            if seen.reading.otherwise
        ]
