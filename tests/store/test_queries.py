"""What is read of tasks, entries and settings."""

import json
import sqlite3

import pytest

from ledger.base.errors import NotFound, StoreUnusable
from ledger.store import head, queries
from tests.conftest import Book


@pytest.fixture
def filled(book: Book) -> Book:
    for title, unit, activity in (
        ("甲", "综合组", None),
        ("乙", "宣传组", "学创活动"),
        ("丙", "A", "整改"),
        ("丁", "宣传组", "学创活动"),
    ):
        book.post("add", title=title, unit=unit, due="2013-03-20", **({"activity": activity} if activity else {}))
    book.post("note", task="2", text="经费", problem=True)
    return book


def test_a_task_read_is_the_task_written(filled: Book) -> None:
    written = filled.post(
        "edit", task="2", with_=["督导组", "综合组"], key=True, measure="一、\n二、", start="2013-03-01"
    )
    assert filled.task("2013-002") == written
    assert written.problems[0].text == "经费"


@pytest.mark.parametrize(
    ("reference", "number"), [("2013-003", 3), ("3", 3), ("３", 3), ("２０１３-００３", 3), (" 3 ", 3)]
)
def test_a_task_by_code_or_number(filled: Book, reference: str, number: int) -> None:
    assert filled.task(reference).id == number


@pytest.mark.parametrize("reference", ["", "5", "0", "2013-3", "9" * 40, "三", "\0", "' OR 1 = 1 --"])
def test_no_such_task(filled: Book, reference: str) -> None:
    with pytest.raises(NotFound) as caught:
        filled.task(reference)
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("order", "units"),
    [
        ((), ["综合组", "宣传组", "A"]),
        (("A", "宣传组"), ["A", "宣传组", "综合组"]),
        (("无事的", "宣传组"), ["宣传组", "综合组", "A"]),
    ],
)
def test_units_in_the_office_s_order_then_by_first_task(filled: Book, order: tuple[str, ...], units: list[str]) -> None:
    with filled.reading() as reader:
        assert queries.units(reader, order) == units


def test_activities_by_first_task_those_without_last(filled: Book) -> None:
    with filled.reading() as reader:
        assert queries.activities(reader) == ["学创活动", "整改", None]
    filled.post("edit", task="1", activity="整改")
    with filled.reading() as reader:
        assert queries.activities(reader) == ["整改", "学创活动"]


def test_of_an_empty_ledger_there_are_none(book: Book) -> None:
    with book.reading() as reader:
        assert (queries.units(reader, ("甲",)), queries.activities(reader)) == ([], [])


def test_the_log_tells_codes_and_voidings(filled: Book) -> None:
    with filled.journal() as journal:
        from ledger.services.undo import undo

        undo(journal, 4, "误登")
    with filled.reading() as reader:
        found = queries.logged(reader, "1 = 1", {})
        latest = queries.logged(reader, "1 = 1", {}, 2)
    assert [(one.entry.seq, one.code, one.voided_by) for one in found] == [
        (1, None, None), (2, "2013-001", None), (3, "2013-002", None), (4, "2013-003", 7),
        (5, "2013-004", None), (6, "2013-002", None), (7, "2013-003", None),
    ]  # fmt: skip
    assert latest == found[-2:]


def test_both_ways_of_writing_the_canonical_form_agree(filled: Book) -> None:
    """SQLite's `json_array`, which verifies, and Python's encoder, which seals."""
    from ledger.model.entry import canonical_form

    odd = 'a"b\\c\td/é\u2028\U0001f600 <>&\u007f'
    with filled.journal() as journal:
        journal.configure({"name": ["学创台账", odd]})
        journal.stamp = journal.stamp._replace(actor=odd, account=odd)
        journal.configure({"name": [odd, odd + odd]})
    with filled.reading() as reader:
        texts = [text for (text,) in reader.rows("SELECT changes FROM entry ORDER BY seq")]
        expected = [canonical_form(entry, text) for entry, text in zip(queries.entries(reader), texts, strict=True)]
        assert [canonical.decode() for canonical, _, _ in head.sealed(reader)] == expected
        assert json.loads(expected[-1])[5] == odd
    assert filled.faults() == []


@pytest.mark.parametrize("column", ['"with"', "problems"])
def test_a_row_that_cannot_be_read_is_told_as_damage(filled: Book, column: str) -> None:
    path = filled.location.path
    assert path is not None
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(f"UPDATE task SET {column} = '[' WHERE id = 2")
    connection.close()
    with pytest.raises(StoreUnusable, match="读不通"):
        filled.task("2")


@pytest.mark.parametrize(
    "change",
    [
        'UPDATE task SET "with" = 7',
        "UPDATE task SET problems = 7",
        "UPDATE task SET stepped_on = x'ff00'",
        "UPDATE task SET binding_last_day = 20130319",
        "INSERT INTO setting VALUES (x'ff00', 'true')",
    ],
)
def test_a_value_of_another_kind_is_told_as_damage(filled: Book, change: str) -> None:
    path = filled.location.path
    assert path is not None
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(change)
    connection.close()
    with pytest.raises(StoreUnusable, match="读不通"), filled.reading() as reader:
        queries.rules(reader)
        queries.tasks(reader, "")


@pytest.mark.parametrize(("text", "pattern"), [("会议", "%会议%"), ("100%_!", "%100!%!_!!%"), ("", "%%")])
def test_a_pattern_takes_every_character_as_itself(text: str, pattern: str) -> None:
    assert queries.like(text) == pattern
