"""What the first rows of tasks tell of the columns: which of several that name a task is the finest, which sort tasks.

A heading alone does not say how fine a column is: 重点工作 names the task in one sheet, in the next a group of tasks
whose own names stand beside it. Counted is how often the value of a column changes from row to row: the finest of the
columns that may name a task is its title, the coarsest column the activity.
"""

from collections.abc import Iterable, Mapping, Sequence

from ledger.importers.cells import Cells, Merge, Value
from ledger.importers.header import Header
from ledger.importers.headings import field_of, is_level
from ledger.importers.lines import is_foot, is_total
from ledger.importers.synonyms import COUNT
from ledger.model.fields import LIMITS

Line = tuple[int, Cells]
"""A filled row: its number in the sheet, and its cells."""


class _Sample:
    """The first rows that look like tasks."""

    def __init__(self, rows: Iterable[Line], merges: Iterable[Merge]) -> None:
        self.rows = [line for line in rows if len(line[1]) > 1 and not _is_none(line[1])]
        self._merged = {
            (line, merge.left)
            for merge in merges
            for line in range(merge.top + 1, min(merge.bottom, merge.top + 100) + 1)
        }

    def starts(self, column: int) -> int:
        """In how many rows another value begins."""
        found, last = 0, None
        for _, cells in self.rows:
            value = cells.get(column)
            if value is not None and value != last:
                found, last = found + 1, value
        return found

    def is_continued(self, row: Line, column: int) -> bool:
        """Whether a cell is covered by the one above, merged with it."""
        return (row[0], column) in self._merged

    def fits(self, column: int, field: str) -> bool:
        """Whether no text of a column is too long for a field."""
        texts = (cells.get(column) for _, cells in self.rows)
        return all(len(text) <= LIMITS[field] for text in texts if isinstance(text, str))

    def in_each(self, column: int) -> bool:
        return all(column in cells for _, cells in self.rows)


def settled(header: Header, rows: Sequence[Line], merges: Sequence[Merge], mapping: Mapping[str, str]) -> Header:
    """The header with the fields that its columns prove to fill; what a mapping names stays."""
    fields = dict(header.fields)
    sample = _Sample(rows, merges)
    if not sample.rows:
        return header
    free = {column for column, key in enumerate(header.keys) if key and key not in mapping}
    title = _column(fields, "title")
    if title is not None and title in free:
        title = _finest(header, sample, fields, free, title)
        title = _measure_as_title(header, sample, fields, free, title)
    if title is not None:
        _coarsest(header, sample, fields, free, title)
    return header._replace(fields=dict(sorted(fields.items())))


def _finest(header: Header, sample: _Sample, fields: dict[int, str], free: set[int], title: int) -> int:
    """Let the finest of the columns that may name a task do so; of equals the one that was chosen by its name."""
    others = [column for column in free if field_of(header.keys[column]) == "title" and column != title]
    finest = max(others, key=sample.starts, default=title)
    if sample.starts(finest) <= sample.starts(title):
        return title
    del fields[title]
    fields[finest] = "title"
    return finest


def _measure_as_title(header: Header, sample: _Sample, fields: dict[int, str], free: set[int], title: int) -> int:
    """Where each row has a measure and one title is merged over several of them that are tasks by themselves, the
    measures are the tasks."""
    measure = _column(fields, "measure")
    if measure is None or measure not in free or not (sample.in_each(measure) and sample.fits(measure, "title")):
        return title
    continued = [row for row in sample.rows if sample.is_continued(row, title)]
    own = {column for column, field in fields.items() if field in ("unit", "with", "due", "code", "owner", "start")}
    if not any(own & row[1].keys() for row in continued) or sample.starts(measure) <= sample.starts(title):
        return title
    del fields[title]
    fields[measure] = "title"
    return measure


def _coarsest(header: Header, sample: _Sample, fields: dict[int, str], free: set[int], title: int) -> None:
    """Let the coarsest of the columns left sort the tasks, unless a column is called so."""
    current = _column(fields, "activity")
    if current is not None and (
        current not in free or not is_level(header.keys[current]) or field_of(header.keys[current])
    ):
        return
    levels = [column for column in free if is_coarse(header.keys[column]) and column not in (fields.keys() - {current})]
    coarse = [
        column
        for column in sorted(levels)
        if (is_level(header.keys[column]) or sample.starts(column) < sample.starts(title))
        and sample.fits(column, "activity")
    ]
    if not coarse:
        return
    if current is not None:
        del fields[current]
    fields[min(coarse, key=sample.starts)] = "activity"


def is_coarse(key: str) -> bool:
    """Whether a column of this folded heading may stand for a group of tasks."""
    return is_level(key) or field_of(key) == "title"


def carries(header: Header) -> list[int]:
    """The columns whose cells spreadsheets merge down: those that sort, name or number tasks and say whose they are."""
    wanted = ("title", "activity", "unit", "due", "due_text")
    return [
        column
        for column, key in enumerate(header.keys)
        if header.fields.get(column) in wanted or key in COUNT or (is_coarse(key) and column not in header.fields)
    ]


def _column(fields: Mapping[int, str], wanted: str) -> int | None:
    return next((column for column, field in fields.items() if field == wanted), None)


def _is_none(cells: Cells) -> bool:
    first: Value = cells[min(cells)]
    return is_total(first) or (isinstance(first, str) and is_foot(first))
