"""Names and codes of then, on both databases."""

from pathlib import Path

import pytest

from ledger.services import units
from ledger.services.undo import undo
from ledger.store.location import Location
from ledger.store.renames import code_now, name_now
from tests.conftest import Book


@pytest.fixture(params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Book:
    served = request.param == "postgres"
    book = Book(request.getfixturevalue("database") if served else Location(tmp_path / "l.db")).found()
    for title, unit in (("甲", "综合组"), ("乙", "综合组"), ("丙", "宣传组")):
        book.post("add", title=title, unit=unit, on="2013-03-01")
    return book


def now(book: Book, unit: str, since: int = 4) -> str:
    with book.reading() as reader:
        return name_now(reader, unit, since)


def test_a_unit_goes_by_its_last_name(office: Book) -> None:
    assert (now(office, "综合组"), now(office, "没有的组")) == ("综合组", "没有的组")
    office.post("edit", task=1, unit="督导组")
    assert now(office, "综合组") == "综合组"  # one task was given away, the unit is still there
    for old, new in (("综合组", "办公室"), ("办公室", "综合办")):
        with office.journal() as journal:
            units.rename(journal, old, new)
    assert now(office, "综合组") == "综合办"
    with office.journal() as journal:
        units.merge(journal, ["综合办"], "宣传组")
    assert now(office, "综合组") == "宣传组"
    assert now(office, "综合组", since=99) == "综合组"


def test_a_renaming_taken_back_is_none(office: Book) -> None:
    with office.journal() as journal:
        units.rename(journal, "综合组", "办公室")
    with office.journal() as journal:
        undo(journal, None, None)
    assert now(office, "综合组") == "综合组"


def test_a_task_bears_its_last_code(office: Book) -> None:
    for code in ("办-1", "办-2"):
        office.post("edit", task=1, code=code)
    with office.reading() as reader:
        assert [code_now(reader, code, 4) for code in ("2013-001", "2013-002", "2013-009")] == [
            "办-2", "2013-002", "2013-009",
        ]  # fmt: skip
