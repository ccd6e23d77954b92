"""The same task twice: what a clerk registers again."""

import pytest

from ledger.base.errors import Refused
from ledger.services.repeated import Registered
from ledger.services.tasks import add
from tests.conftest import Book

FIRST = {"title": "印发《实施方案》(试行)", "unit": "综合组", "due": "2013-03-29"}


def register(book: Book, *rows: dict[str, str], many: bool = False) -> None:
    with book.journal() as journal:
        registered = Registered(journal, many=many)
        for row in rows:
            registered.require_new(add(journal, row))


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    "again",
    [
        FIRST,
        FIRST | {"title": "印发《实施方案》（试行）。"},
        FIRST | {"title": "印发 “实施方案” （试行）"},
        FIRST | {"due": "3月29日"},
        FIRST | {"unit": "综合 组"},
    ],
)
def test_one_that_is_in_hand_is_refused(book: Book, again: dict[str, str], many: bool) -> None:
    register(book, FIRST)
    with pytest.raises(Refused, match="2013-001 印发《实施方案》"):
        register(book, {"title": "别的", "unit": "综合组", "due": "2013-03-29"}, again, many=many)
    assert book.rows("SELECT count(*) FROM task") == [(1,)]


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    "other",
    [
        FIRST | {"title": "印发《实施方案》"},
        FIRST | {"unit": "宣传组"},
        FIRST | {"due": "2013-03-30"},
        {name: FIRST[name] for name in ("title", "unit")},
        FIRST | {"due": "尽快"},
        FIRST | {"due": "每月"},
    ],
)
def test_another_is_not(book: Book, other: dict[str, str], many: bool) -> None:
    register(book, FIRST)
    register(book, other, many=many)


def test_without_a_day_the_words_of_the_deadline_tell(book: Book) -> None:
    register(book, FIRST | {"due": "尽快"}, FIRST | {"due": "长期"}, many=True)
    with pytest.raises(Refused):
        register(book, FIRST | {"due": "长期"})


def test_what_is_finished_or_taken_back_is_none(book: Book) -> None:
    register(book, FIRST)
    book.post("close", task="1")
    register(book, FIRST)
    with book.journal() as journal:
        from ledger.services.undo import undo

        undo(journal, None, None)
    register(book, FIRST)


def test_two_in_one_batch(book: Book) -> None:
    with pytest.raises(Refused):
        register(book, FIRST, FIRST, many=True)


def test_a_recurring_duty_twice(book: Book) -> None:
    weekly = {"title": "例会", "unit": "综合组", "due": "每周五"}
    register(book, weekly)
    with pytest.raises(Refused, match="循环任务1 例会"):
        register(book, weekly)
    register(book, weekly | {"due": "每周一"})
