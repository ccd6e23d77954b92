"""The definition of a series as the journal keeps it."""

from datetime import date

import pytest

from ledger.model.series import Series, number_of, series_of

DAY = date(2013, 3, 19)
BARE = Series(7, {"title": "例会", "unit": "综合组"}, "每周五", DAY)


@pytest.mark.parametrize(
    "series",
    [
        BARE,
        BARE._replace(fields={**BARE.fields, "with": ("宣传组", "督导组"), "key": True, "note": "会议组织"}),
        BARE._replace(year=2013, start_on=DAY, end_on=date(2013, 11, 30), code="LH"),
        BARE._replace(gaps=((DAY, DAY), (date(2013, 4, 1), None))),
    ],
)
def test_a_definition_says_the_whole_series(series: Series) -> None:
    assert series_of(7, series.definition()) == series


def test_a_definition_leaves_out_what_is_not_set() -> None:
    assert BARE.definition() == {"fields": BARE.fields, "due_text": "每周五", "anchor": "2013-03-19"}


@pytest.mark.parametrize(
    ("gaps", "stands"),
    [
        ((), True),
        (((DAY, DAY),), False),
        (((date(2013, 3, 20), None),), True),
        (((date(2013, 3, 1), None),), False),
        (((date(2013, 3, 1), date(2013, 3, 18)),), True),
        (((date(2013, 3, 1), date(2013, 3, 19)),), False),
    ],
)
def test_a_period_that_begins_in_a_gap_has_no_occurrence(
    gaps: tuple[tuple[date, date | None], ...], stands: bool
) -> None:
    assert BARE._replace(gaps=gaps).stands(DAY) is stands


def test_a_series_stands_still_while_a_gap_has_no_end() -> None:
    assert BARE.paused_from is None
    assert BARE._replace(gaps=((DAY, DAY), (date(2013, 4, 1), None))).paused_from == date(2013, 4, 1)


@pytest.mark.parametrize(("name", "number"), [("series:12", 12), ("stage:推进实施", None), ("name", None)])
def test_the_number_in_a_name(name: str, number: int | None) -> None:
    assert number_of(name) == number
