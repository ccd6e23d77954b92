"""A report as it was sent out, kept as JSON: its cells are values, so that every format can be made of them again.

What a list or a tuple of plain values is stays one; anything else stands as a list led by its name.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from ledger.dates.period import Kind, Period
from ledger.reports import report as kinds
from ledger.reports.figures import Figures, PeriodFigures
from ledger.reports.rate import Rate
from ledger.reports.report import GAP, Report

_KINDS: Mapping[str, type] = {
    one.__name__: one
    for one in (
        *(Report, kinds.Section, kinds.Column, kinds.Issue, kinds.Masthead),
        *(Rate, kinds.State, kinds.Bar, kinds.Change, kinds.Alarm, kinds.Total, kinds.Band),
        *(kinds.Opened, kinds.Openings),
        *(Period, Figures, PeriodFigures),
    )
}
_ROWS = (kinds.Total, kinds.Band)
_DAY, _GAP, _LIST, _TUPLE = "day", "gap", "list", "tuple"


def freeze(value: Any) -> Any:
    """A report, or any part of it, as JSON has it. Raises `TypeError` for what no report holds."""
    if value is None or type(value) in (str, int, bool, float):
        return value
    if isinstance(value, str):  # the kind of a period
        return str(value)
    if isinstance(value, date):
        return [_DAY, value.isoformat()]
    if value is GAP:
        return [_GAP]
    name = type(value).__name__
    if name in _KINDS:
        parts = [getattr(value, one.name) for one in fields(value)] if is_dataclass(value) else value
        return [name, *map(freeze, parts)]
    if type(value) in (list, tuple):
        return [_LIST if type(value) is list else _TUPLE, *map(freeze, value)]
    raise TypeError(f"no report holds a {name}")


def thaw(value: Any) -> Any:
    """The reverse of `freeze`. Raises `ValueError`, `TypeError`, `LookupError` for what it did not make."""
    if not isinstance(value, list):
        return value
    name, *parts = value
    if name in _PLAIN:
        return _PLAIN[name](parts)
    kind = _KINDS[name]
    thawed = list(map(thaw, parts))
    if kind in _ROWS:
        return kind(thawed)
    if kind is Period:
        return Period(Kind(thawed[0]), *thawed[1:])
    return kind(*thawed)


_PLAIN: Mapping[str, Callable[[list[Any]], Any]] = {
    _DAY: lambda parts: date.fromisoformat(parts[0]),
    _GAP: lambda _: GAP,
    _LIST: lambda parts: list(map(thaw, parts)),
    _TUPLE: lambda parts: tuple(map(thaw, parts)),
}
