"""Which figures of a period moved between two states of a ledger, and by which tasks.

Each state is counted as of its own business day. What a figure counts (`drill.pairs_of`) is compared as a multiset of
tasks: a task that counts as often as before did not move it, though another entry may stand behind it now. So the
difference applied to the figure before gives the figure after, exactly; a rate's to what it is a share of.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ledger.dates.period import Period
from ledger.reports.drill import FIGURES, Pair, pairs_of
from ledger.reports.rate import Rate
from ledger.store import counts
from ledger.store.counts import Scope
from ledger.store.reader import Reader


class Element(NamedTuple):
    """A task that moved a figure, with the entry behind it; of a rate also one that only might have counted."""

    task: int
    entry: int | None
    counted: bool


class Moved(NamedTuple):
    """A figure (a key of `FIGURES`) before and after."""

    before: int | Rate
    after: int | Rate
    gained: Sequence[Element]
    lost: Sequence[Element]

    @property
    def is_still(self) -> bool:
        """Whether nothing of it moved."""
        return not self.gained and not self.lost


Opened = Mapping[str, Sequence[tuple[Pair, bool]]]
"""Every figure of a period's report, by its key, with what it opens to (`drill.pairs_of`)."""


def opened(reader: Reader, period: Period, today: date, scope: Scope) -> Opened:
    """Open all figures of a period as of a day."""
    listed = counts.all_behind(reader, counts.days_of(period, today), scope)
    return {name: pairs_of(name, listed.__getitem__) for name in FIGURES}


def moved(was: Opened, now: Opened) -> dict[str, Moved]:
    """What became of every figure."""
    return {name: _moved(name, was[name], now[name]) for name in FIGURES}


def _moved(name: str, was: Sequence[tuple[Pair, bool]], now: Sequence[tuple[Pair, bool]]) -> Moved:
    gone, come = Counter(was), Counter(now)
    gone, come = gone - come, come - gone
    still = Counter(_bare(gone)) & Counter(_bare(come))
    return Moved(_value(name, was), _value(name, now), _rest(come, still), _rest(gone, still))


def _bare(elements: "Counter[tuple[Pair, bool]]") -> list[tuple[int, bool]]:
    return [(task, counted) for (task, _), counted in elements.elements()]


def _rest(elements: "Counter[tuple[Pair, bool]]", still: "Counter[tuple[int, bool]]") -> list[Element]:
    """Without those that count as before by another entry, the earliest of a task's."""
    passed, found = Counter(still), list[Element]()
    for (task, entry), counted in sorted(elements.elements(), key=lambda one: (one[0][0], one[0][1] or 0)):
        if passed[task, counted]:
            passed[task, counted] -= 1
        else:
            found.append(Element(task, entry, counted))
    return found


def _value(name: str, elements: Sequence[tuple[Pair, bool]]) -> int | Rate:
    number = sum(counted for _, counted in elements)
    return Rate(number, len(elements)) if FIGURES[name].rate else number
