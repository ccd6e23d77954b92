"""The heading row of a sheet, found below merged titles: one row, or two where groups of columns share a heading."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ledger.importers.cells import Cells, Merge, Value
from ledger.importers.headings import DERIVED, HEADINGS, fields_of, folded, is_known

DEPTH = 40
"""How many filled rows are looked through for the headings."""

_FEWEST = 3
"""Headings that a row must have to head a table for certain."""


class Header(NamedTuple):
    """`headings` as they are written, of every column up to the last; `keys` the same folded, as they are compared.

    `fields` is column → field; `first` and `last` are the places of its rows among those looked through.
    """

    headings: list[str]
    keys: list[str]
    fields: dict[int, str]
    first: int
    last: int

    def without(self, field: str, headings: Collection[str]) -> "Header":
        """The header with the columns of these headings not taken for that field."""
        left = {column for column, name in self.fields.items() if name == field and self.keys[column] in headings}
        return self._replace(fields={column: self.fields[column] for column in self.fields if column not in left})

    def name(self, column: int) -> str:
        """The heading of a column on one line."""
        return "".join(self.headings[column].split()) if column < len(self.headings) else ""


def find_header(rows: Sequence[tuple[int, Cells]], mapping: Mapping[str, str]) -> Header | None:
    """The row, or pair of rows, with the most headings that mean something; the first of equals, and of several tables
    the first's. None without any."""
    best: Header | None = None
    most = 0
    for place, (_, cells) in enumerate(rows):
        if best is not None and place > best.last + 1 and _is_whole(best, mapping):
            return best
        below = rows[place + 1][1] if place + 1 < len(rows) else {}
        for header in (_header(cells, place, mapping), _header_of_two(cells, below, place, mapping)):
            score = _score(header, mapping) if header else 0
            if score > most:
                best, most = header, score
    return best


def _is_whole(header: Header, mapping: Mapping[str, str]) -> bool:
    """Whether a row has all that heads a table of tasks; a title line has not, though words in it may be headings."""
    keys = [key for key in header.keys if key]
    known = sum(key in mapping or is_known(key) for key in keys)
    return "title" in header.fields.values() and known >= _FEWEST and 2 * known > len(keys)


def begins_table(header: Header, cells: Cells) -> bool:
    """Whether a row below a table heads another one: headings of the practice alone, not this table's own again."""
    if len(cells) < _FEWEST or not any(value in HEADINGS for value in cells.values()):
        return False
    keys = [folded(value, header.keys) for value in cells.values() if isinstance(value, str)]
    known = sum(map(is_known, keys))
    return len(keys) == len(cells) and known >= _FEWEST and 2 * known > len(keys) and not set(keys) <= set(header.keys)


def spread(header: Header, line: int, merges: Iterable[Merge], mapping: Mapping[str, str]) -> Header:
    """The header with each heading over all the columns that it is merged across; its last row is number `line`."""
    headings = list(header.headings)
    for merge in merges:
        if merge.top <= line <= merge.bottom and merge.left < len(headings) and headings[merge.left]:
            headings += [""] * (merge.right + 1 - len(headings))
            for column in range(merge.left + 1, merge.right + 1):
                headings[column] = headings[column] or headings[merge.left]
    if headings == header.headings:
        return header
    return _named(headings, header.first, header.last, mapping)


def _score(header: Header, mapping: Mapping[str, str]) -> int:
    known = {key for key in header.keys if key in mapping or is_known(key)}
    one_row = header.first == header.last  # of equals: a line of the title above seems to share its cells out
    return 4 * len(set(header.fields.values())) + 2 * len(known) + one_row if known else 0


def _header(cells: Cells, place: int, mapping: Mapping[str, str]) -> Header:
    return _named([_text(cells.get(column)) for column in range(max(cells, default=-1) + 1)], place, place, mapping)


def _named(headings: list[str], first: int, last: int, mapping: Mapping[str, str]) -> Header:
    keys = [folded(heading, mapping) for heading in headings]
    return Header(headings, keys, fields_of(keys, mapping), first, last)


def _header_of_two(above: Cells, below: Cells, place: int, mapping: Mapping[str, str]) -> Header | None:
    """责任单位 over 牵头 and 配合. A row of tasks is none: it fills what stands below a heading of its own."""
    width = max((*above, *below), default=-1) + 1
    headings: list[str] = []
    parent = ""
    for column in range(width):
        upper, lower = _text(above.get(column)), _text(below.get(column))
        first = bool(upper)
        parent = upper or parent
        shared = bool(lower) and (not first or (column + 1 < width and column + 1 not in above and column + 1 in below))
        if lower and not (shared and parent):
            return None
        headings.append(_joined(parent, lower, first, mapping) if lower else upper)
    return _named(headings, place, place + 1, mapping) if below else None


def _joined(parent: str, child: str, first: bool, mapping: Mapping[str, str]) -> str:
    """The heading of a column below two: the name that is known among those that offices would put together."""
    group, own = folded(parent), folded(child)
    together = child, own + group, group + own, own + group[-2:]
    for known in (lambda key: key in mapping or key in HEADINGS or key in DERIVED, is_known):
        for name in together:
            if known(folded(name)):
                return name
    return parent if first and is_known(group) and group not in DERIVED else parent + child


def _text(value: Value | None) -> str:
    return value.strip() if isinstance(value, str) else ""
