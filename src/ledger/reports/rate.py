"""Shares of a whole."""

from typing import NamedTuple


class Rate(NamedTuple):
    """`part` of `whole`; printed as a percentage with its denominator, 「—」 when `whole` is 0."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        """Rounded half up: `25%`; 「—」 of nothing."""
        return f"{(200 * self.part + self.whole) // (2 * self.whole)}%" if self.whole else "—"

    @property
    def share(self) -> float | None:
        """As a fraction of 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def denominator(self) -> str:
        """What stands behind the percentage: `(3/12)`; nothing of nothing."""
        return f"({self.part}/{self.whole})" if self.whole else ""

    def __str__(self) -> str:
        """With the denominator: `25%(3/12)`."""
        return self.percent + self.denominator
