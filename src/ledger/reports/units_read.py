"""What the cells of units of an imported sheet were read as, for the clerk to look over."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ledger.reports.report import Cell, Column, Section


class UnitsRead(NamedTuple):
    """A distinct cell: where it stands first, how many rows have it, its text and what was read."""

    where: str
    rows: int
    cell: str
    lead: str
    assisting: tuple[str, ...]
    owner: str
    remarks: str


_COLUMNS = (
    Column("位置", "code"),
    Column("行数", "number"),
    Column("原文", "name"),
    Column("牵头单位", "name"),
    Column("配合单位", "name"),
    Column("责任人", "name"),
    Column("说明", "text"),
)


def units_section(found: Sequence[UnitsRead]) -> Section:
    """A row for each distinct cell, in the order of the sheets."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.where,
            one.rows,
            one.cell,
            one.lead or None,
            "、".join(one.assisting) or None,
            one.owner or None,
            one.remarks,
        )
        for one in found
    ]
    return Section("单位读法", _COLUMNS, rows, count=len(rows))


def units_object(found: Sequence[UnitsRead]) -> list[dict[str, Any]]:
    """The same as JSON, keys named as those of a task."""
    return [
        {
            "where": one.where,
            "rows": one.rows,
            "cell": one.cell,
            "unit": one.lead or None,
            "with": [*one.assisting],
            "owner": one.owner or None,
            "remarks": one.remarks,
        }
        for one in found
    ]
