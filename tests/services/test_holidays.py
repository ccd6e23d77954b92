"""The office's own table of days: each change an entry, a sheet all or nothing."""

from datetime import date

import pytest

from ledger.base.errors import BadValue
from ledger.services.holidays import add_day, import_days
from ledger.services.taken import RejectedRows
from ledger.services.undo import undo
from ledger.store import queries
from tests.conftest import Book

Table = tuple[tuple[date, bool], ...]
SPRING = ((date(2027, 2, 5), False), (date(2027, 2, 20), True))


def table(book: Book) -> Table:
    with book.reading() as reader:
        return queries.rules(reader).holidays


def take(book: Book, *cells: tuple[str, str]) -> int:
    with book.journal() as journal:
        rows = [(line, {"日期": day, "休/班": word}) for line, (day, word) in enumerate(cells, start=2)]
        return import_days(journal, rows)


def test_a_day_is_set_and_set_again(book: Book) -> None:
    with book.journal() as journal:
        add_day(journal, "2027年2月5日", "休")
    with book.journal() as journal:
        add_day(journal, "2027-02-05", " 班 ")
        add_day(journal, "2027-02-05", "班")
        assert list(journal.remarks) == ["节假日表没有变化"]
    assert table(book) == ((date(2027, 2, 5), True),)
    assert book.rows("SELECT action FROM entry") == [("init",), ("config",), ("config",)]
    assert book.faults() == []


@pytest.mark.parametrize(("day", "word"), [("2027-02-30", "休"), ("春天", "休"), ("2027-02-05", "假"), ("", "休")])
def test_what_is_refused(book: Book, day: str, word: str) -> None:
    with pytest.raises(BadValue), book.journal() as journal:
        add_day(journal, day, word)
    assert table(book) == ()


def test_a_sheet_is_one_entry_and_is_taken_back_whole(book: Book) -> None:
    assert take(book, ("2027-02-20", "班"), ("2027-02-05", "休"), ("2027-02-05", "休")) == 2
    assert table(book) == SPRING
    assert take(book, ("2027-02-05", "休"), ("2027-02-06", "休")) == 1
    with book.journal() as journal:
        undo(journal, None, None)
    assert table(book) == SPRING
    with book.journal() as journal:
        undo(journal, None, None)
    assert table(book) == ()
    assert book.faults() == []


def test_every_bad_row_is_named_and_none_taken(book: Book) -> None:
    with pytest.raises(RejectedRows) as caught:
        take(book, ("2027-02-05", "休"), ("2027-02-30", "休"), ("2027-02-06", "半"), ("2027-02-05", "班"))
    found = [(rejection.where, rejection.error.what) for rejection in caught.value.rejections]
    assert found == [
        ("第3行“日期”列", "没有2027年2月30日这一天"),
        ("第4行“休/班”列", "安排“半”不认识"),
        ("第5行“休/班”列", "2027-02-05 前面写的是“休”"),
    ]
    assert table(book) == ()
