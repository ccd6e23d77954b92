"""The ledger's own settings: read, checked, each change an entry."""

import pytest

from ledger.base.errors import BadValue
from ledger.model.rules import CHANGEABLE, LABELS
from ledger.services.settings import set_rule
from ledger.store import queries
from tests.conftest import Book


def change(book: Book, name: str, text: str) -> list[str]:
    with book.journal() as journal:
        set_rule(journal, name, text)
        return list(journal.remarks)


def test_a_ledger_begins_with_its_name_which_is_no_one_s_command(book: Book) -> None:
    with book.reading() as reader:
        (entry,) = queries.entries(reader)
    assert (entry.action, entry.task, entry.changes) == ("init", None, {"name": [None, "学创台账"]})


@pytest.mark.parametrize(
    ("name", "text", "value"), [("name", " 新台账 ", "新台账"), ("year", "2012", 2012), ("rest_day", "after", "after")]
)
def test_a_change_is_in_force_and_in_the_journal(book: Book, name: str, text: str, value: object) -> None:
    change(book, name, text)
    with book.reading() as reader:
        assert getattr(queries.rules(reader), name) == value
        entry = list(queries.entries(reader))[-1]
    assert (entry.action, entry.changes[name][1]) == ("config", value)
    assert change(book, name, text) == [f"设置“{LABELS[name]}”没有变化"]
    assert book.rows("SELECT count(*) FROM entry") == [(2,)]


def test_an_empty_text_puts_back_the_default(book: Book) -> None:
    change(book, "blue_days", "10")
    change(book, "blue_days", "")
    with book.reading() as reader:
        assert queries.rules(reader).blue_days == 7
    assert book.faults() == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("name", ""),
        ("name", "甲\n乙"),
        ("name", "长" * 101),
        ("year", "明年"),
        ("yellow_days", "-1"),
        ("office", "甲\n乙"),
        ("copies", "长" * 301),
        ("printer", "长" * 101),
        ("bulletin", "长" * 31),
        ("reported_to", "长" * 301),
    ],
)
def test_what_is_refused(book: Book, name: str, text: str) -> None:
    with pytest.raises(BadValue):
        change(book, name, text)
    assert book.rows("SELECT count(*) FROM entry") == [(1,)]


def test_units_stages_and_holidays_have_commands_of_their_own() -> None:
    assert CHANGEABLE == (
        "name", "office", "copies", "printer", "bulletin", "reported_to", "contact", "phone",
        "notice_prefix", "urging_prefix", "closing_prefix", "year", "yellow_days", "blue_days",
        "result_length", "evidence_size", "extension_times", "extension_days", "orange_urges", "red_urges",
        "orange_days", "red_days",
        "satisfaction_floor", "rectify_days", "rest_day", "light_days", "review", "rectify", "evidence_required",
    )  # fmt: skip
