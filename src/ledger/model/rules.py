"""The ledger's own settings: whatever changes a figure or a rule lives in the store, each change an entry.

The user's settings (where the store is, time zone, actor, format, colours) are another room: `base.settings`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ledger.base.errors import BadValue
from ledger.model.task import Thresholds

DEFAULT_NAME = "工作台账"


class Rules(NamedTuple):
    """`name` heads every report; `year` is the year meant by a date without one (None: the current one); `units` is
    the display order of units, those not named coming after in the order of their first task."""

    name: str = DEFAULT_NAME
    year: int | None = None
    yellow_days: int = 3
    blue_days: int = 7
    units: tuple[str, ...] = ()

    @property
    def thresholds(self) -> Thresholds:
        return Thresholds(self.yellow_days, self.blue_days)


LABELS = {
    "name": "台账名称",
    "year": "台账年度",
    "yellow_days": "黄灯天数",
    "blue_days": "蓝灯天数",
    "units": "单位顺序",
}

_RANGES = {"year": (1900, 9999), "yellow_days": (0, 365), "blue_days": (0, 365)}


def rules_of(stored: Mapping[str, Any]) -> Rules:
    """The rules from the stored settings (name → value), defaults for those never set."""
    known = {name: value for name, value in stored.items() if name in Rules._fields}
    if "units" in known:
        known["units"] = tuple(known["units"])
    return Rules(**known)


def number_of(name: str, text: str) -> int:
    """The value of a numeric setting as typed. Raises `BadValue` when it is no whole number in its range."""
    low, high = _RANGES[name]
    if not (text.isascii() and text.isdigit() and len(text) < 7 and low <= int(text) <= high):
        raise BadValue(f"设置“{LABELS[name]}”的值“{text[:30]}”不对", f"请写{low}到{high}的整数")
    return int(text)
