"""Work shared between two processes: all of it is done, once each in the answer, whatever becomes of the other one."""

import os
from collections.abc import Callable
from select import select

import pytest

from ledger.services import beside
from ledger.services.beside import FEW, in_two
from ledger.store.reader import Reader
from tests.conftest import Book

Part = Callable[[Reader], tuple[int, int, int]]


def counted(number: int) -> Part:
    return lambda reader: (number, os.getpid(), reader.rows("SELECT count(*) FROM entry")[0][0])


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_has_two_processors", lambda: True)


def test_few_parts_are_done_here(book: Book) -> None:
    with book.reading() as reader:
        assert in_two(reader, list(map(counted, range(FEW - 1)))) == [(at, os.getpid(), 1) for at in range(FEW - 1)]


def test_all_parts_are_done_in_their_order_by_either(book: Book) -> None:
    # the first part waits until the other process has begun one, so that both are seen to work
    begun, begins = os.pipe()

    def first(reader: Reader) -> tuple[int, int, int]:
        assert select([begun], [], [], 60)[0]
        return counted(0)(reader)

    def second(reader: Reader) -> tuple[int, int, int]:
        os.write(begins, b"!")
        return counted(1)(reader)

    with book.reading() as reader:
        found = in_two(reader, [first, second, *map(counted, range(2, 40))])
    assert [(number, entries) for number, _, entries in found] == [(number, 1) for number in range(40)]
    assert found[0][1] != found[1][1]
    for end in (begun, begins):
        os.close(end)


def test_what_the_other_does_not_bring_home_is_done_here(book: Book) -> None:
    here = os.getpid()

    def fatal(reader: Reader) -> tuple[int, int, int]:
        if os.getpid() != here:
            os._exit(9)
        return counted(0)(reader)

    with book.reading() as reader:
        found = in_two(reader, [fatal] * 20)
    assert found == [(0, here, 1)] * 20
