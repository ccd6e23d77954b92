"""Whether what a journal from elsewhere leaves is what this program could have recorded.

A seal tells that a journal was not changed since, not that its values make sense. All functions raise `ValueError`,
`TypeError`, `LookupError`, `AttributeError`, `OverflowError` or `BadValue` for what does not.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger.base.errors import BadValue
from ledger.model.occurrences import reading_of
from ledger.model.quota import quota_of
from ledger.model.rules import CHANGEABLE, DAY_WORDS, HOLIDAY, MAPPING, STAGE, Rules, rules_of, value_of
from ledger.model.series import number_of, series_of
from ledger.model.task import Task

LARGEST = 2**31 - 1
"""The largest number that the store's columns hold."""

NONSENSE = (BadValue, ValueError, TypeError, LookupError, AttributeError, OverflowError)

_REQUIRED = {"code": 100, "title": None, "unit": 200}
_TEXTS = ("owner", "leader", "activity", "stage", "source", "measure", "due_text", "note", "quota")
_FLAGS = ("key", "flagged")
_DAYS = ("start_on", "due_on", "original_due_on", "occurrence_on")
_NUMBERS = ("id", "grace_days", "tally")


def require_sound_task(task: Task) -> None:
    """Every field of a replayed task holds a value of its kind."""
    for name, limit in _REQUIRED.items():
        text = getattr(task, name)
        _require(is_text(text) and 0 < len(text) <= (limit or LARGEST), name)
    for name in _TEXTS:
        _require(getattr(task, name) is None or is_text(getattr(task, name)), name)
    _require(all(map(is_text, task.with_units)), "with")
    _require(all(is_text(problem.text) for problem in task.problems), "problem")
    _require(all(type(getattr(task, name)) is bool for name in _FLAGS), "key")
    _require(type(task.assigned_on) is date, "assigned_on")
    _require(all(getattr(task, name) is None or type(getattr(task, name)) is date for name in _DAYS), "due_on")
    _require(all(is_number(getattr(task, name)) for name in _NUMBERS), "tally")
    _require(task.progress is None or task.progress in range(101), "progress")
    _require(task.series is None or is_number(task.series), "series")
    if task.quota is not None:
        quota_of(task.quota)


def require_sound_settings(settings: Mapping[str, Any]) -> Rules:
    """The settings and series that a journal leaves (name → value) can be worked with: the rules that they make."""
    plain = {name: value for name, value in settings.items() if number_of(name) is None}
    rules = rules_of(plain)
    for name, value in plain.items():
        _require(is_text(name) and len(name) <= 200 and is_setting(name, value), name)
    for name, definition in settings.items():
        if (number := number_of(name)) is not None:
            _require(is_number(number) and number > 0, name)
            series = series_of(number, definition)
            _require(reading_of(series, rules).recurrence is not None, name)
            attributes = {"with_units" if field == "with" else field: value for field, value in series.fields.items()}
            require_sound_task(Task(number, **{"code": series.code or "1", "assigned_on": series.anchor, **attributes}))
    return rules


def is_setting(name: str, value: Any) -> bool:
    if name == "name":
        return is_text(value)
    if name in CHANGEABLE:
        return bool(value_of(name, str(value)) == value)
    if name.startswith(HOLIDAY):
        return is_day(name.removeprefix(HOLIDAY)) and value in DAY_WORDS
    if name == "units" or name.startswith(MAPPING):
        return isinstance(value, list) and all(map(is_text, value))
    return name.startswith(STAGE) and isinstance(value, list) and len(value) == 2 and all(map(is_day, value))


def is_day(value: object) -> bool:
    """A day as `changes` keeps it. Raises `ValueError`."""
    return type(value) is str and date.fromisoformat(value).isoformat() == value


def is_text(value: object) -> bool:
    """A text that every store takes: PostgreSQL has no NUL."""
    return type(value) is str and "\0" not in value


def is_number(value: object) -> bool:
    return type(value) is int and 0 <= value <= LARGEST


def _require(holds: bool, name: str) -> None:
    if not holds:
        raise ValueError(f"“{name}”的值不对")
