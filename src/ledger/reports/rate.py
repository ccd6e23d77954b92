"""Shares of a whole: 100 % and 0 % are said of all and of nothing alone; what is nearly so is 99 % or 1 %."""

from collections.abc import Sequence
from typing import NamedTuple


class Rate(NamedTuple):
    """`part` of `whole`; printed as a percentage with its denominator, 「—」 when `whole` is 0."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        """Rounded half up: `25%`; 「—」 of nothing."""
        return f"{_rounded(self.part, self.whole, 100)}%" if self.whole else "—"

    @property
    def decimals(self) -> str:
        """The same to two decimals: `33.33%`, `50%`."""
        return f"{_rounded(self.part, self.whole, 10_000) / 100:g}%" if self.whole else "—"

    @property
    def is_nearly_whole(self) -> bool:
        """Whether plain rounding would take it for all or for nothing, which it is not."""
        return 0 < self.part < self.whole and not self.whole <= 200 * self.part < 199 * self.whole

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


def _rounded(part: int, whole: int, scale: int) -> int:
    """`part` in parts of `scale`, rounded half up; the ends are kept for what is exactly nothing or all."""
    if part in (0, whole):
        return scale if part else 0
    return min(scale - 1, max(1, (2 * scale * part + whole) // (2 * whole)))


def shares(parts: Sequence[int]) -> list[int]:
    """The parts of one whole, of at most a hundred that are not 0, in whole percentages that add up to 100 (largest
    remainder, of equal ones the first), none that is there below 1; 0 of nothing."""
    whole = sum(parts)
    if not whole:
        return [0] * len(parts)
    found = [max(100 * part // whole, min(1, part)) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda at: -(100 * parts[at] % whole))
    bearing = [at for at in by_remainder if 100 * parts[at] >= whole]
    for at in bearing[: max(0, 100 - sum(found))]:
        found[at] += 1
    while sum(found) > 100:  # what the smallest were raised by is taken off the largest
        found[max(range(len(parts)), key=lambda at: (found[at], -parts[at]))] -= 1
    return found
