"""A clerk's seat at `ledger comb`: a terminal of its own, and what is recorded."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.conftest import TODAY, Book
from tests.window import Window

LEDGER = Path(sys.executable).with_name("ledger")
DOWN, ESCAPE, BACKSPACE, LEFT = "\x1b[B", "\x1b", "\x7f", "\x1b[D"
WHEEL_DOWN, WHEEL_UP = "\x1b[<65;10;5M", "\x1b[<64;10;5M"


class Seat(Window):
    """`ledger comb ARGS`, or another program, on the ledger of `book`, at a terminal of so many columns and rows."""

    def __init__(
        self, book: Book, *args: str, program: Sequence[str | Path] = (LEDGER, "comb"),
        columns: int = 80, rows: int = 24, **env: str,
    ) -> None:  # fmt: skip
        assert book.location.path is not None
        self._book = book
        place = book.location.path.parent
        told = {
            "LEDGER_DB": str(book.location.path), "LEDGER_CONFIG": str(place / "settings.json"),
            "LEDGER_TODAY": TODAY, "LEDGER_ACTOR": "张三", "HOME": str(place),
        } | env  # fmt: skip
        super().__init__([*program, *args], told, place, columns, rows)

    def wait_for_entries(self, action: str, count: int = 1) -> list[tuple[Any, ...]]:
        """Until so many entries of an action are in force: (task, note, changes, command, actor) of each."""
        sql = (
            "SELECT task, note, changes, command, actor FROM entry e WHERE action = "
            f"'{action}' AND NOT EXISTS (SELECT 1 FROM entry v WHERE v.voids = e.seq) ORDER BY seq"
        )
        self.until(lambda: len(self._book.rows(sql)) == count, f"{count} entries {action}")
        return self._book.rows(sql)
