"""Looking up many values at once."""

from ledger.store.lookup import among
from tests.conftest import Book


def test_no_values_are_no_query() -> None:
    assert list(among("id", [])) == []


def test_more_values_than_one_query_takes(book: Book) -> None:
    for title in "甲乙丙":
        book.post("add", title=title, unit="综合组")
    parts = list(among("t.id", [*range(2, 12_000), 1]))
    assert [len(parameters) for _, parameters in parts] == [5000, 5000, 1999]
    with book.reading() as reader:
        found = [reader.rows(f"SELECT t.id FROM task t WHERE {where} ORDER BY 1", named) for where, named in parts]
    assert found == [[(2,), (3,)], [], [(1,)]]
