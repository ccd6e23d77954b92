"""A small ledger to be combed, and seats at it."""

from collections.abc import Callable, Iterator

import pytest

from tests.cli.combing.seat import Seat
from tests.conftest import Book


@pytest.fixture
def office(book: Book) -> Book:
    """Tasks 1 and 2 overdue, 3 due this week, 4 a quota, 5 waiting to be accepted, in this order on the list."""
    for title, due in (("起草方案", "2013-03-08"), ("召开推进会", "2013-03-11"), ("印发通知", "2013-03-20")):
        book.post("add", title=title, unit="综合组", owner="李四", due=due, on="2013-03-01")
    book.post("add", title="上报信息", unit="宣传组", due="2013-03-22前不少于2条", on="2013-03-01")
    book.post("add", title="督导检查", unit="督导组", due="2013-03-15", on="2013-03-01")
    book.post("submit", task="5", on="2013-03-14")
    return book


@pytest.fixture
def seat(office: Book) -> Iterator[Callable[..., Seat]]:
    """Sit down at `ledger comb` on that ledger, once the first task is shown."""
    taken: list[Seat] = []

    def sit(*args: str, **how: object) -> Seat:
        one = Seat(office, *args, **how)  # type: ignore[arg-type]
        taken.append(one)
        one.wait_for("起草方案")
        return one

    yield sit
    for one in taken:
        one.close()
