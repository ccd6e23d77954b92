"""How satisfied those were who were asked: the fraction, the floor, how it is printed, what an entry may say."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.model.rating import Rating, is_evaluation, rating_of


@pytest.mark.parametrize(
    ("rating", "said", "below"),
    [
        (Rating("86.5"), "86.5%", True),
        (Rating("86.55", 200), "86.55%(样本200)", True),
        (Rating("90"), "90%", False),
        (Rating("89.99"), "89.99%", True),
        (Rating("100"), "100%", False),
        (Rating("0"), "0%", True),
        (Rating(None, None, 60, 20, 10), "88.89%(80/90)", True),
        (Rating(None, None, 9, 0, 1), "90%(9/10)", False),
        (Rating(None, None, 0, 0, 3), "0%(0/3)", True),
        (Rating(None, None, 89999, 0, 10001), "89.99%(89999/100000)", True),
        (Rating(None, None, 99999, 0, 1), "99.99%(99999/100000)", False),
        (Rating(None, None, 1, 0, 99999), "0.01%(1/100000)", True),
    ],
)
def test_what_is_printed_and_whether_it_is_below_the_floor(rating: Rating, said: str, below: bool) -> None:
    assert (str(rating), rating.is_below(90)) == (said, below)


@given(st.tuples(*(st.integers(0, 10**5),) * 3).filter(any), st.integers(0, 100))
def test_the_fraction_is_held_against_the_floor_and_the_print_agrees(counts: tuple[int, ...], floor: int) -> None:
    rating = Rating(None, None, *counts)
    share = Fraction(counts[0] + counts[1], sum(counts)) * 100
    assert rating.is_below(floor) == (share < floor)
    printed = Fraction(rating.figure.removesuffix("%"))
    assert abs(printed - share) <= Fraction(1, 100)
    assert rating.is_below(floor) == (printed < floor) or share == floor
    assert (printed in (0, 100)) == (share in (0, 100))


@given(st.integers(0, 10_000))
def test_a_percentage_is_printed_as_it_is_kept(hundredths: int) -> None:
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    assert Rating(text).figure == f"{text}%"
    assert Rating(text).hundredths == hundredths
    assert is_evaluation(Rating(text, 5).changes, of_task=True)


@pytest.mark.parametrize(
    ("changes", "of_task"),
    [
        ({}, True),
        ({"percent": [None, 86.5]}, True),
        ({"percent": [None, "86.555"]}, True),
        ({"percent": [None, "100.01"]}, True),
        ({"percent": [None, "101"]}, True),
        ({"percent": [None, "-1"]}, True),
        ({"percent": [None, "８０"]}, True),
        ({"percent": ["80", "81"]}, True),
        ({"percent": [None, "80"], "sample": [None, 0]}, True),
        ({"percent": [None, "80"], "sample": [None, True]}, True),
        ({"percent": [None, "80"], "satisfied": [None, 1]}, True),
        ({"percent": [None, "80"]}, False),
        ({"percent": [None, "80"], "unit": [None, "甲局"]}, True),
        ({"percent": [None, "80"], "unit": [None, ""]}, False),
        ({"satisfied": [None, 1], "basically": [None, 1]}, True),
        ({"satisfied": [None, 0], "basically": [None, 0], "dissatisfied": [None, 0]}, True),
        ({"satisfied": [None, -1], "basically": [None, 2], "dissatisfied": [None, 0]}, True),
        ({"satisfied": [None, 1], "basically": [None, 1], "dissatisfied": [None, 1], "sample": [None, 3]}, True),
    ],
)
def test_what_no_evaluation_says(changes: dict[str, Any], of_task: bool) -> None:
    assert not is_evaluation(changes, of_task=of_task)


def test_an_entry_gives_back_what_it_was_told() -> None:
    for rating in (Rating("86.5", 200), Rating(None, None, 60, 20, 10)):
        assert rating_of(rating.changes) == rating
        assert is_evaluation(rating.changes | {"unit": [None, "甲局"]}, of_task=False)
