"""An office that hands out forms."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Book, Clerk
from tests.services.filling import Fill, change


@pytest.fixture
def office(book: Book) -> Book:
    """Two tasks of 综合组 (the second with a problem), one of 宣传组."""
    book.post("add", title="制定方案", unit="综合组", owner="李四", due="2013-03-20", on="2013-03-01")
    book.post("add", title="召开会议", unit="综合组", due="适时", on="2013-03-01")
    book.post("note", task="2", text="缺经费", problem=True, progress=30)
    book.post("add", title="开设专栏", unit="宣传组", due="2013-03-25", on="2013-03-01")
    return book


@pytest.fixture
def ledger(office: Book, clerk: Clerk) -> Clerk:
    return lambda *words: clerk("--db", str(office.location), *words)


@pytest.fixture
def fill(ledger: Clerk, tmp_path: Path) -> Fill:
    """`fill({(row, field): value}, unit=…, name=…)`: a unit's form, filled in so; an empty mapping hands it back."""

    def filled(cells: Mapping[tuple[int, str], Any], unit: str = "综合组", name: str = "填报.xlsx") -> Path:
        path = tmp_path / name
        assert ledger("export", "--template", "--unit", unit, "-o", str(path)).code == 0
        change(path, cells)
        return path

    return filled
