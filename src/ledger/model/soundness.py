"""Whether what a journal from elsewhere leaves is what this program could have recorded.

A seal tells that a journal was not changed since, not that its values make sense. All functions raise `ValueError`,
`TypeError`, `LookupError`, `AttributeError`, `OverflowError` or `BadValue` for what does not.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from ledger.base.errors import BadValue
from ledger.model.entry import HASHES
from ledger.model.fields import FIELDS, MOST_OWN, OWN, OWN_LIMIT, OWN_NAME_LIMIT, Kind
from ledger.model.occurrences import reading_of
from ledger.model.quota import quota_of
from ledger.model.rules import CHANGEABLE, DAY_WORDS, GROUP, HOLIDAY, LIMIT, MAPPING, STAGE, Rules, rules_of, value_of
from ledger.model.series import number_of, series_of
from ledger.model.task import SLIP_WORDS, STATUS_WORDS, Task, task_with

LARGEST = 2**31 - 1
"""The largest number that the store's columns hold."""

NONSENSE = (BadValue, ValueError, TypeError, LookupError, AttributeError, OverflowError)


def require_sound_task(task: Task) -> None:
    """Every field of a replayed task holds a value of its kind."""
    for field in FIELDS:
        if field.kind is not Kind.DERIVED:
            value = getattr(task, field.attribute)
            _require((value is None and not field.required) or _SOUND[field.kind](value), field.label)
            _require(not field.size or value is None or len(value) <= field.size, field.label)


def _are_problems(value: Any) -> bool:
    return all(is_text(problem.text) for problem in value)


def _is_quota(text: Any) -> bool:
    return bool(quota_of(text))


def _are_own(value: Any) -> bool:
    return isinstance(value, dict) and all(is_own(OWN + name, text) for name, text in value.items())


def is_own(name: str, text: Any) -> bool:
    """Whether a field is an own column with a value that it may have."""
    return name.startswith(OWN) and _is_short(name[len(OWN) :], OWN_NAME_LIMIT) and _is_short(text, OWN_LIMIT)


def _is_short(text: Any, limit: int) -> bool:
    return is_text(text) and 0 < len(text) <= limit


def require_sound_settings(settings: Mapping[str, Any]) -> Rules:
    """The settings and series that a journal leaves (name → value) can be worked with: the rules that they make."""
    plain = {name: value for name, value in settings.items() if number_of(name) is None}
    rules = rules_of(plain)
    for name, value in plain.items():
        _require(is_text(name) and len(name) <= 200 and is_setting(name, value), name)
    groups = [group.name for one in rules.groups for group in one.groups]
    _require(len({*groups}) == len(groups), GROUP)
    for name, definition in settings.items():
        if (number := number_of(name)) is not None:
            _require(is_number(number) and number > 0, name)
            series = series_of(number, definition)
            recurrence = reading_of(series, rules).recurrence
            _require(recurrence is not None and (series.chained or not recurrence.follows), name)
            values = {"code": series.code or "1", "assigned_on": series.anchor, **series.fields}
            require_sound_task(task_with(number, values))
    return rules


def is_setting(name: str, value: Any) -> bool:
    if name == "name":
        return is_text(value)
    if name == "hash":
        return value in HASHES
    if name in CHANGEABLE:
        return bool(value_of(name, str(value).lower() if type(value) is bool else str(value)) == value)
    if name.startswith(HOLIDAY):
        return is_day(name.removeprefix(HOLIDAY)) and value in DAY_WORDS
    if name == "columns":
        return (
            isinstance(value, list) and len(value) <= MOST_OWN and all(_is_short(one, OWN_NAME_LIMIT) for one in value)
        )
    if name == "units" or name.startswith(MAPPING):
        return isinstance(value, list) and all(map(is_text, value))
    if name.startswith(LIMIT):
        return is_text(value) and bool(value)
    if name.startswith(GROUP):
        return isinstance(value, list) and _are_groups(value)
    return name.startswith(STAGE) and isinstance(value, list) and len(value) == 2 and all(map(is_day, value))


def _are_groups(value: list[Any]) -> bool:
    """Each a list of name, leader or None, units; no name and no unit stands twice."""
    names, units = [name for name, _, _ in value], [unit for _, _, units in value for unit in units]
    leaders = [leader for _, leader, _ in value if leader is not None]
    lists = all(type(one) is list and type(one[2]) is list for one in value)
    once = len({*names}) == len(names) and len({*units}) == len(units)
    return lists and once and all(is_text(text) and text for text in (*names, *leaders, *units))


@lru_cache(4096)  # of many entries few days
def is_day(value: object) -> bool:
    """A day as `changes` keeps it. Raises `ValueError`, and `TypeError` for what cannot be hashed."""
    return type(value) is str and date.fromisoformat(value).isoformat() == value


def is_text(value: object) -> bool:
    """A text that every store takes: PostgreSQL has no NUL."""
    return type(value) is str and "\0" not in value


def is_number(value: object) -> bool:
    return type(value) is int and 0 <= value <= LARGEST


def is_counted(value: object, most: int) -> bool:
    """Whether it is a number from 1."""
    return type(value) is int and 0 < value <= most


def _require(holds: bool, name: str) -> None:
    if not holds:
        raise ValueError(f"“{name}”的值不对")


_SOUND: Mapping[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: lambda value: is_text(value) and bool(value),
    Kind.CODE: lambda value: is_text(value) and bool(value),
    Kind.STATUS: lambda value: value in STATUS_WORDS,
    Kind.SLIP: lambda value: value in SLIP_WORDS,
    Kind.NAMES: lambda value: type(value) is tuple and all(map(is_text, value)),
    Kind.FLAG: lambda value: type(value) is bool,
    Kind.DAY: lambda value: type(value) is date,
    Kind.NUMBER: is_number,
    Kind.PERCENT: lambda value: type(value) is int and value in range(101),
    Kind.QUOTA: _is_quota,
    Kind.PROBLEMS: _are_problems,
    Kind.OWN: _are_own,
}
