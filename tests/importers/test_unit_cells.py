"""The units of the rows of a sheet, and what is told of its cells."""

from typing import Any

import pytest

from ledger.importers.sheet import UnitsRead
from ledger.importers.unit_cells import UnitCells


def taken(cells: UnitCells, line: int, **options: Any) -> dict[str, Any]:
    found = {name.rstrip("_"): value for name, value in options.items()}
    assert cells.take(line, found) == []
    return found


@pytest.mark.parametrize(
    ("unit", "beside", "lead", "assisting"),
    [
        ("县水利局", "县财政局、县审计局配合", "县水利局", ["县财政局", "县审计局"]),
        ("县水利局、县财政局", "县财政局", "县水利局", ["县财政局"]),
        ("县水利局", "无", "县水利局", None),
        ("县财政局配合", "县水利局牵头", "县水利局", ["县财政局"]),
        ("无", "牵头单位:县水利局;配合单位:县财政局", "县水利局", ["县财政局"]),
        ("县水利局", "县财政局(牵头)、县审计局", "县水利局", ["县财政局", "县审计局"]),
        ("", "县财政局", None, ["县财政局"]),
        ("—", "", None, None),
    ],
)
def test_both_cells_of_a_row_are_taken_together(unit: str, beside: str, lead: str | None, assisting: Any) -> None:
    found = taken(UnitCells(), 2, unit=unit, with_=beside)
    assert (found.get("unit"), found.get("with")) == (lead, assisting)


def test_what_the_ledger_knows_is_one_name() -> None:
    assert taken(UnitCells(["综合科/督查科"]), 2, unit="综合科/督查科、信息科")["unit"] == "综合科/督查科"


def test_a_person_becomes_the_owner_where_no_column_names_one() -> None:
    cells = UnitCells()
    assert taken(cells, 2, unit="县水利局(张三)")["owner"] == "张三"
    assert not cells.told()[0].remarks
    assert taken(cells, 3, unit="县水利局(张三)", owner="王五")["owner"] == "王五"
    assert cells.told() == [
        UnitsRead(2, 2, "unit", "县水利局(张三)", "县水利局", (), "张三", ("责任人以“责任人”列为准",))
    ]


def test_the_lead_of_its_own_column_goes_before_that_of_another() -> None:
    cells = UnitCells()
    taken(cells, 2, unit="县水利局", with_="县财政局(牵头)、县审计局")
    assert cells.told()[0].remarks == ("牵头单位以“牵头单位”列为准",)


@pytest.mark.parametrize(
    ("unit", "beside", "field", "what"),
    [
        ("县水利局(", "县财政局", "unit", "括号不成对"),
        ("县水利局", "县财政局)", "with", "括号不成对"),
        ("县水利局配合", "县财政局", "unit", "只有配合单位"),
        ("同上", "", "unit", "看不出"),
    ],
)
def test_what_is_wrong_is_named_by_its_column(unit: str, beside: str, field: str, what: str) -> None:
    (refusal,) = UnitCells().take(2, {"unit": unit, "with": beside})
    assert (refusal.line, refusal.field) == (2, field)
    assert what in refusal.error.what


def test_only_what_was_read_otherwise_is_told_each_once() -> None:
    cells = UnitCells()
    for line, unit in enumerate(["县水利局", "县水利局牵头", "县财政局、县审计局", "县水利局牵头"], 2):
        taken(cells, line, unit=unit, with_="无")
    assert [(one.line, one.rows, one.cell) for one in cells.told()] == [(3, 2, "县水利局牵头")]
