"""Spans as they are stored: what `check` holds a replay against."""

from ledger.model.replay import Span
from ledger.store.reader import Parameters, Reader, Row


def span_rows(reader: Reader, where: str, parameters: Parameters) -> list[Row]:
    """Spans as they are stored, field by field of `Span`, by task and in the order of recording, days as SQLite has
    them."""
    found = reader.rows(f"SELECT {', '.join(Span._fields)} FROM span WHERE {where} ORDER BY task, seq", parameters)
    return found if reader.location.path is not None else [(*row[:4], *map(str, row[4:])) for row in found]


def stored_span(span: Span) -> Row:
    """A span as one of `span_rows`."""
    seq, task, status, came_from, since, until, judged_on = span
    return seq, task, status, came_from, since.isoformat(), until.isoformat(), judged_on.isoformat()
