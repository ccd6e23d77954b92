"""Rates and shares: all and nothing are said of all and nothing alone, and the parts of a whole add up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.reports.rate import Rate, shares

counts = st.one_of(st.integers(0, 12), st.integers(0, 100_000))


@pytest.mark.parametrize(
    ("part", "whole", "percent", "decimals"),
    [
        (0, 0, "—", "—"), (0, 3, "0%", "0%"), (3, 12, "25%", "25%"), (1, 3, "33%", "33.33%"), (2, 3, "67%", "66.67%"),
        (1, 8, "13%", "12.5%"), (12, 12, "100%", "100%"), (199, 200, "99%", "99.5%"), (299, 300, "99%", "99.67%"),
        (1, 201, "1%", "0.5%"), (1, 1000, "1%", "0.1%"), (99_999, 100_000, "99%", "99.99%"),
        (1, 1_000_000, "1%", "0.01%"),
    ],
)  # fmt: skip
def test_a_rate_is_rounded_half_up_short_of_the_ends(part: int, whole: int, percent: str, decimals: str) -> None:
    rate = Rate(part, whole)
    assert (rate.percent, rate.decimals) == (percent, decimals)
    assert str(rate) == (f"{percent}({part}/{whole})" if whole else "—")


@given(counts, counts)
def test_a_rate_is_near_and_whole_only_when_it_is(met: int, unmet: int) -> None:
    rate = Rate(met, met + unmet)
    if not rate.whole:
        return
    said = int(rate.percent[:-1])
    assert ((said == 100), (said == 0)) == (not unmet, not met)
    off = abs(said - 100 * Fraction(met, rate.whole))
    assert off < 1 if rate.is_nearly_whole else off <= Fraction(1, 2)
    assert ((rate.decimals == "100%"), (rate.decimals == "0%")) == (not unmet, not met)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([6, 16], [27, 73]), ([1, 1, 1], [34, 33, 33]), ([199, 1], [99, 1]), ([1, 199], [1, 99]), ([1, 999], [1, 99]),
        ([999, 1, 1], [98, 1, 1]), ([0, 5], [0, 100]), ([0, 0], [0, 0]), ([33, 23], [59, 41]),
        ([500, 499, 1], [50, 49, 1]), ([2, 297, 1], [1, 98, 1]), ([], []),
    ],
)  # fmt: skip
def test_shares_of_one_whole(parts: list[int], said: list[int]) -> None:
    assert shares(parts) == said


@given(st.lists(counts, min_size=1, max_size=12))
def test_shares_add_up_to_a_hundred_and_keep_the_ends_and_the_order(parts: list[int]) -> None:
    found, whole = shares(parts), sum(parts)
    assert sum(found) == (100 if whole else 0)
    pairs = sorted(zip(parts, found, strict=True))
    assert [share for _, share in pairs] == sorted(found)
    for part, share in pairs if whole else []:
        assert ((share == 100), (share == 0)) == (part == whole, part == 0)
    raised = sum(0 < 100 * part < whole for part in parts)
    assert all(abs(share * whole - 100 * part) < whole * (1 + raised) for part, share in pairs if whole)
