"""JSON as text: objects open key by key, lists hold one item a line, so that two outputs differ line by line.

Chinese stays readable. What could harm a terminal or cannot be encoded (C1 controls, bidi controls, lone surrogates)
is escaped, which leaves the value the same. Days are `YYYY-MM-DD`.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256

_DEPTH = 2
_HARMFUL = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def dump(value: object, write: Callable[[str], object]) -> None:
    """Write `value` (dicts, lists, tuples, texts, numbers, booleans, days, None) and a closing line end.

    Raises `TypeError` for any other object and `ValueError` for a number that JSON has no word for.
    """
    _open(value, "", write)
    write("\n")


def _open(value: object, indent: str, write: Callable[[str], object]) -> None:
    inner = indent + "  "
    if isinstance(value, dict) and value and len(indent) < 2 * _DEPTH:
        start = "{\n"
        for key, item in value.items():
            write(f"{start}{inner}{compact(str(key))}: ")
            _open(item, inner, write)
            start = ",\n"
        write(f"\n{indent}}}")
    elif isinstance(value, list | tuple) and any(isinstance(item, dict) for item in value):
        start = "[\n"
        for item in value:
            write(f"{start}{inner}{compact(item)}")
            start = ",\n"
        write(f"\n{indent}]")
    else:
        write(compact(value))


def compact(value: object) -> str:
    """`value` in one line."""
    return _HARMFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", _ENCODER.encode(value))


def summed(lines: Iterable[str]) -> Iterator[str]:
    """Lines of JSON with one more, which gives the SHA-256 of all before it."""
    sum_ = sha256()
    for line in lines:
        sum_.update(line.encode())
        yield line
    yield compact({"sha256": sum_.hexdigest()}) + "\n"


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_iso)
