"""How satisfied those were who were asked (满意度): with a unit, or with how a task was handled.

Either the three counts of answers are known (满意, 基本满意, 不满意), or the percentage alone, perhaps with how many
were asked. Of counts the percentage is (满意 + 基本满意) ÷ all, as offices reckon. It is held against the floor as the
fraction that it is, not as it is printed; an entry holds no floats: a percentage is a text, 「86.5」.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ledger.model.fields import LIMITS

COUNTS = {"satisfied": "满意", "basically": "基本满意", "dissatisfied": "不满意"}
"""The counts of answers, by the names of options and of `changes`."""

MOST = 100_000_000
"""The most answers that one evaluation may have."""

PERCENT = re.compile(r"(?:0|[1-9][0-9]?|100)(?:\.[0-9]{1,2})?")
"""A percentage as it is kept; at most 100."""


class Rating(NamedTuple):
    """What an evaluation found."""

    percent: str | None = None
    sample: int | None = None
    satisfied: int | None = None
    basically: int | None = None
    dissatisfied: int | None = None

    @property
    def counts(self) -> tuple[int, ...]:
        """The counts of answers in the order of `COUNTS`; none where only a percentage is known."""
        found = (self.satisfied, self.basically, self.dissatisfied)
        return () if self.percent is not None else tuple(count or 0 for count in found)

    @property
    def share(self) -> tuple[int, int]:
        """The satisfied part, and the whole that it is of."""
        if self.percent is None:
            satisfied, basically, dissatisfied = self.counts
            return satisfied + basically, satisfied + basically + dissatisfied
        whole, _, decimals = self.percent.partition(".")
        return int(whole) * 100 + int(f"{decimals:0<2}"), 10_000

    @property
    def asked(self) -> int | None:
        """How many answered, where that is known."""
        return self.sample if self.percent is not None else self.share[1]

    def is_below(self, floor: int) -> bool:
        part, whole = self.share
        return 100 * part < floor * whole

    @property
    def hundredths(self) -> int:
        """The percentage in hundredths, rounded half up, save that what falls short of a whole percentage is not
        rounded up to it, nor any to none: below a floor of 90 nothing is printed as 90%."""
        part, whole = self.share
        found = max((20_000 * part + whole) // (2 * whole), min(1, part))
        return found - (found % 100 == 0 and found * whole > 10_000 * part)

    @property
    def figure(self) -> str:
        """The percentage: 「86.5%」."""
        whole, rest = divmod(self.hundredths, 100)
        return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"

    def __str__(self) -> str:
        """With its denominator, as far as that is known: 「88.89%(80/90)」, 「86.5%(样本200)」."""
        if self.percent is None:
            part, whole = self.share
            return f"{self.figure}({part}/{whole})"
        return f"{self.figure}(样本{self.sample})" if self.sample is not None else self.figure

    @property
    def changes(self) -> dict[str, list[Any]]:
        """What an entry says of it."""
        return {name: [None, value] for name, value in self._asdict().items() if value is not None}


def rating_of(changes: Mapping[str, Any]) -> Rating:
    """The rating that an entry says."""
    return Rating(**{name: changes[name][1] for name in Rating._fields if name in changes})


def is_evaluation(changes: Mapping[str, Any], *, of_task: bool) -> bool:
    """Whether an entry says one: nothing stood there before, and of the ledger it names the unit."""
    unit = changes.get("unit", [None, None])[1]
    named = unit is None if of_task else type(unit) is str and 0 < len(unit) <= LIMITS["unit"] and "\0" not in unit
    told = all(before is None and after is not None for before, after in changes.values())
    return named and told and is_sound(rating_of(changes))


def is_sound(rating: Rating) -> bool:
    """Whether it is one that this program could have recorded: a percentage, or all three counts, of somebody."""
    if rating.percent is None:
        counts = rating[2:]
        whole = all(type(count) is int and 0 <= count <= MOST for count in counts)
        return whole and rating.sample is None and rating.share[1] > 0
    if type(rating.percent) is not str or not PERCENT.fullmatch(rating.percent) or rating.hundredths > 10_000:
        return False
    sampled = rating.sample is None or (type(rating.sample) is int and 0 < rating.sample <= MOST)
    return sampled and all(count is None for count in rating[2:])
