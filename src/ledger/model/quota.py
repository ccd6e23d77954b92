"""A task's quota (数量要求): how many are wanted of what it counts, 不少于3条, 1-2次.

A quota is stored as JSON text, {"least": 3, "most": null, "counter": "条"}, in the column `quota`; what was counted so
far stands beside it in `tally`. A range is met at its lower bound; counting goes on beyond either bound.
"""

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.model.entry import encode

if TYPE_CHECKING:
    from ledger.model.task import Task


class Quota(NamedTuple):
    """At least `least`, at most `most` where a range was given, of what `counter` counts (条); as `dates.quotas`."""

    least: int
    most: int | None
    counter: str


def quota_text(quota: tuple[int, int | None, str]) -> str:
    """A quota as it is stored; takes that of a `Deadline` as it is."""
    return encode(dict(zip(Quota._fields, quota, strict=True)))


@lru_cache(1024)  # many tasks share few quotas
def quota_of(text: str) -> Quota:
    """A stored quota. Raises `ValueError` for a text that is none."""
    found = json.loads(text)
    if not isinstance(found, dict) or found.keys() != set(Quota._fields) or type(found["least"]) is not int:
        raise ValueError(f"no quota: {text[:50]}")
    return Quota(**found)


def quota_object(task: "Task") -> dict[str, Any] | None:
    """The contract's `quota` of a task object: the bounds, the counter, and `count`, how many there are."""
    return None if task.quota is None else {**quota_of(task.quota)._asdict(), "count": task.tally}


def quota_met(task: "Task") -> bool:
    """Whether the lower bound is reached."""
    return task.quota is not None and task.tally >= quota_of(task.quota).least


def progress_words(task: "Task") -> str:
    """How far the quota is met, and the gap while there is one: 「2/3条 差1」, 「1/1-2次」; empty without a quota."""
    if task.quota is None:
        return ""
    least, _, counter = quota = quota_of(task.quota)
    gap = f" 差{least - task.tally}" if task.tally < least else ""
    return f"{task.tally}/{_bounds(quota)}{counter}{gap}"


def demand_words(text: str) -> str:
    """What a stored quota asks for: 「不少于3条」, 「1-2次」."""
    quota = quota_of(text)
    return ("不少于" if quota.most is None else "") + _bounds(quota) + quota.counter


def _bounds(quota: Quota) -> str:
    return str(quota.least) if quota.most is None else f"{quota.least}-{quota.most}"
