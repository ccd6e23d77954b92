"""JSON that others wrote, read so that nothing in it is passed over: a key may stand only once in an object."""

import json
from collections.abc import Callable
from typing import Any

from ledger.base.text import quote


class RepeatedKey(ValueError):
    """An object that says one thing twice, whatever its depth: a reader would believe one or the other."""

    def __init__(self, key: str) -> None:
        super().__init__(f"键{quote(key)}写了两次")
        self.key = key


def loads(text: str | bytes, number: Callable[[str], Any] = float) -> Any:
    """The value of a JSON text; `number` reads what is no whole number, NaN and Infinity among it.

    Raises `RepeatedKey`, `ValueError` for what is no JSON, `RecursionError` for what lies too deep.
    """
    return json.loads(text, object_pairs_hook=_object, parse_float=number, parse_constant=number)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise RepeatedKey(key)
            seen.add(key)
    return found
