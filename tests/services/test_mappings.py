"""Saved mappings: a setting of the ledger like any other."""

import pytest

from ledger.base.errors import BadValue, NotFound
from ledger.model.rules import saved_mappings
from ledger.services.mappings import columns_of, named, remove, save
from ledger.services.undo import undo
from ledger.store import queries
from tests.conftest import Book


def kept(book: Book) -> dict[str, list[str]]:
    with book.reading() as reader:
        return saved_mappings(queries.settings(reader))


def test_columns_of_texts() -> None:
    assert columns_of(["事项描述=title", " a=b = unit "]) == {"事项描述": "title", "a=b": "unit"}
    for text in ("title", "=title", "列="):
        with pytest.raises(BadValue, match="不完整"):
            columns_of([text])


def test_saved_used_removed_and_taken_back(book: Book) -> None:
    with book.journal() as journal:
        save(journal, "宣传组", {"事项描述": "title"})
        save(journal, "宣传组", {"事项描述": "title"})
    assert kept(book) == {"宣传组": ["事项描述=title"]}
    assert book.rows("SELECT count(*) FROM entry") == [(2,)]
    with book.journal() as journal:
        assert named(journal.settings, "宣传组") == {"事项描述": "title"}
        remove(journal, "宣传组")
    assert (kept(book), book.faults()) == ({}, [])
    with book.journal() as journal:
        undo(journal, None, None)
    assert (kept(book), book.faults()) == ({"宣传组": ["事项描述=title"]}, [])


def test_what_is_not_there(book: Book) -> None:
    with book.journal() as journal:
        with pytest.raises(NotFound, match="督导组") as caught:
            named(journal.settings, "督导组")
        assert caught.value.hint == "先用 --save-mapping 存下"
        save(journal, "宣传组", {"列": "title"})
        with pytest.raises(NotFound) as caught:
            remove(journal, "督导组")
        assert caught.value.hint == "已存的有 “宣传组”"
        with pytest.raises(BadValue, match="没有写明"):
            save(journal, "空的", {})
