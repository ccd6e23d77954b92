"""The cells that carry more than a text."""

import pytest

from ledger.reports.report import Rate


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 0, "—"), (0, 3, "0%"), (3, 12, "25%"), (1, 3, "33%"), (2, 3, "67%"), (1, 8, "13%"), (1, 200, "1%"),
     (12, 12, "100%"), (199, 200, "100%")],
)  # fmt: skip
def test_a_rate_is_rounded_half_up_and_nothing_of_nothing(part: int, whole: int, percent: str) -> None:
    assert Rate(part, whole).percent == percent
    assert str(Rate(part, whole)) == (f"{percent}({part}/{whole})" if whole else "—")
