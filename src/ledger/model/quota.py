"""A task's quota (数量要求): how many are wanted of what it counts, 不少于3条, 1-2次.

A quota is stored as JSON text, {"least": 3, "most": null, "counter": "条"}, in the column `quota`; what was counted so
far stands beside it in `tally`. A range is met at its lower bound; counting goes on beyond either bound.
"""

import json
from functools import lru_cache
from typing import Any

from ledger.dates.meaning import Quota
from ledger.model.entry import encode


def quota_text(quota: Quota) -> str:
    """A quota as it is stored."""
    return encode(quota._asdict())


@lru_cache(1024)  # many tasks share few quotas
def quota_of(text: str) -> Quota:
    """A stored quota. Raises `ValueError` for a text that is none."""
    found = json.loads(text)
    if not isinstance(found, dict) or found.keys() != set(Quota._fields) or type(found["least"]) is not int:
        raise ValueError(f"no quota: {text[:50]}")
    return Quota(**found)


def quota_object(quota: str | None, tally: int) -> dict[str, Any] | None:
    """The contract's `quota` of a task object: the bounds, the counter, and `count`, how many there are."""
    return None if quota is None else {**quota_of(quota)._asdict(), "count": tally}


def quota_met(quota: str | None, tally: int) -> bool:
    """Whether the lower bound is reached."""
    return quota is not None and tally >= quota_of(quota).least


def progress_words(quota: str | None, tally: int) -> str:
    """How far the quota is met, and the gap while there is one: 「2/3条 差1」, 「1/1-2次」; empty without a quota."""
    if quota is None:
        return ""
    wanted = quota_of(quota)
    gap = f" 差{wanted.least - tally}" if tally < wanted.least else ""
    return f"{tally}/{_bounds(wanted)}{wanted.counter}{gap}"


def demand_words(text: str) -> str:
    """What a stored quota asks for: 「不少于3条」, 「1-2次」."""
    quota = quota_of(text)
    return ("不少于" if quota.most is None else "") + _bounds(quota) + quota.counter


def _bounds(quota: Quota) -> str:
    return str(quota.least) if quota.most is None else f"{quota.least}-{quota.most}"
