"""A whole ledger moves from SQLite to PostgreSQL and back: the same head, the same answers."""

from itertools import pairwise
from pathlib import Path

from ledger.store.location import Location
from tests.conftest import Book, Clerk


def test_from_one_database_to_the_other_and_back(book: Book, database: Location, clerk: Clerk, tmp_path: Path) -> None:
    book.post("add", title="甲", unit="综合组", due="2013-03-20", on="2013-03-01")
    book.post("add", title="报送", unit="宣传组", due="每月不少于3条")
    book.post("note", task="1", text="缺经费", problem=True)
    book.post("submit", task="1", on="2013-03-05")
    places = [str(book.location), str(database.url), str(tmp_path / "back.db")]
    for here, there in pairwise(places):
        path = str(tmp_path / "sent.jsonl")
        assert clerk("--db", here, "export", "-o", path).code == 0
        assert clerk("--db", there, "import", path).code == 0
    assert len({clerk("--db", place, "export").out for place in places}) == 1
    assert [clerk("--db", place, "check") for place in places] == [(0, "", "")] * 3
    written = [clerk("--db", place, "--today", "2014-05-01", "close", "13-1", "--json") for place in places]
    assert {answer.code for answer in written} == {0}
    assert len({answer.out for answer in written}) == 1
    opened = [clerk("--db", place, "list", "--status", "all", "--ahead", "--format", "json").out for place in places]
    assert len(set(opened)) == 1
