"""Forms filled in as a unit does, and handed back."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from ledger.model.task import Task
from ledger.reports.forms import COLUMNS, FIRST_ROW, SHEET
from tests.conftest import Answer, Book, Clerk

FIRST, SECOND = FIRST_ROW, FIRST_ROW + 1
COLUMN = {field: column for column, field in enumerate(COLUMNS, start=1)}
Fill = Callable[..., Path]


def change(path: Path, cells: Mapping[tuple[int, str], Any]) -> None:
    book = load_workbook(path)
    for (row, field), value in cells.items():
        book[SHEET].cell(row, COLUMN[field]).value = value
    book.save(path)


def take(ledger: Clerk, *paths: Path, also: tuple[str, ...] = ()) -> Answer:
    return ledger("import", *map(str, paths), *also)


def entries(book: Book, since: int = 0) -> list[tuple[Any, ...]]:
    return book.rows(f'SELECT action, task, "on", note FROM entry WHERE seq > {since} ORDER BY seq')


def problems(task: Task) -> list[str]:
    return [problem.text for problem in task.open_problems]
