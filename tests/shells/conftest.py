"""Ledgers with hostile names, and shells to complete them in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.store.location import Location
from tests.conftest import Book
from tests.shells.terminal import SCRIPTS, Terminal

CANARY = "canary"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """`terminal(shell, scripts)`: an open one in the test's directory, where no canary may be when the test ends."""
    opened: list[Terminal] = []

    def open_(shell: str, scripts: Path | None = SCRIPTS) -> Terminal:
        opened.append(Terminal(shell, tmp_path, scripts))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()
    assert not list(tmp_path.rglob(f"*{CANARY}*")), "a name was run"


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[..., Book]:
    """`ledger(name, {title, unit …}, …)`: a ledger of that file name with those tasks, in the test's directory."""

    def make(name: str, *tasks: dict[str, str]) -> Book:
        book = Book(Location(tmp_path / name)).found()
        for task in tasks:
            book.post("add", **{"title": "题目", "unit": "组"} | {name: task[name] for name in task if name != "unit"})
            if "unit" in task:  # as an older program may have taken it: today's asks for names of units
                with book.journal() as journal:
                    last = journal.task(int(book.rows("SELECT max(id) FROM task")[0][0]))
                    journal.post("edit", last, journal.today, None, {"unit": [last.unit, task["unit"]]})
        return book

    return make
