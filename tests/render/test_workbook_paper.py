"""How the sheets of a workbook lie on A4."""

import pytest

from ledger.render.workbook_paper import Paper, fitting, page_starts

BAND, ROW = (20.0, True), (30.0, False)


@pytest.mark.parametrize(
    ("rows", "room", "later", "expected"),
    [
        ([ROW] * 3, 90, 90, []),
        ([ROW] * 4, 90, 90, [3]),
        ([ROW] * 7, 60, 90, [2, 5]),
        ([ROW, ROW, BAND, ROW], 90, 90, [2]),
        ([ROW, ROW, BAND, BAND, ROW], 100, 100, [2]),
        ([ROW, BAND, ROW, ROW], 80, 80, [3]),
        ([(200.0, False)] * 3, 90, 90, [1, 2]),
        ([BAND] * 6, 50, 50, [2, 4]),
        ([], 90, 90, []),
    ],
)
def test_a_page_begins_where_the_last_is_full_and_never_behind_a_band(
    rows: list[tuple[float, bool]], room: float, later: float, expected: list[int]
) -> None:
    assert page_starts(rows, room, later) == expected


def test_a_smaller_size_holds_more() -> None:
    assert Paper(True, 70).cells > Paper(True, 84).cells > Paper(False, 84).cells
    assert Paper(False, 84).height > Paper(True, 84).height


def test_a_sheet_that_is_too_wide_upright_is_set_across_and_smaller() -> None:
    assert fitting(60, 8, upright=125) == Paper(False, 100)
    wide = fitting(160, 12, upright=125)
    assert wide.across and wide.cells >= 160
