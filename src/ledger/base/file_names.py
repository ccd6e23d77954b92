"""File names out of other people's words: safe on every system, and no two of them one file."""

import re
from collections.abc import Iterable, Iterator

from ledger.base.files import folded_name
from ledger.base.text import visible

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)")
"""Devices of Windows, whatever stands behind the dot."""
_LONGEST, _BYTES, _MOST_BYTES = 60, 200, 255
"""Characters that are taken over of one name, and bytes of a whole file name: most systems hold 255."""


def file_names(names: Iterable[str], before: str = "", suffix: str = "") -> Iterator[str]:
    """A file's name for each of `names`, between `before` and `suffix`; one that is taken gets a number behind it."""
    taken: set[str] = set()
    for name in names:
        stem = _safe(name, _BYTES - len(f"{before}{suffix}".encode()))
        found, number = f"{before}{stem}", 1
        if _RESERVED.match(found):
            found = f"_{found}"
        first = found
        while folded_name(found) in taken:
            number += 1
            found = f"{first}-{number}"
        taken.add(folded_name(found))
        yield found + suffix


def file_name(name: str) -> str:
    """The name of one file: as it is where every system takes it and none hides it, else made safe, its end kept."""
    fits = (
        len(name.encode()) <= _MOST_BYTES and visible(name) == name == name.strip(" .") and not _FORBIDDEN.search(name)
    )
    if fits and name[0] not in ".-" and not _RESERVED.match(name):
        return name
    stem, dot, ending = name.rpartition(".")
    suffix = f".{ending}" if dot and ending.isascii() and ending.isalnum() and len(ending) < 10 else ""
    return next(file_names([stem if suffix else name], suffix=suffix))


def _safe(name: str, room: int) -> str:
    """A name without what some system forbids, or a command would take for an option or hide."""
    stem = _UNSAFE.sub("_", visible(name)).strip("._-")[:_LONGEST]
    while len(stem.encode()) > max(room, 20):
        stem = stem[:-1]
    return stem.strip("._-\u200d") or "未命名"
