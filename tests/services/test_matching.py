"""Which task a row means: by its code, else by title and unit, the deadline first."""

from typing import Any

import pytest

from ledger.importers.sheet import Row
from ledger.model.series import Series
from ledger.services import matching
from ledger.services.matching import code_of, keys_of, uncoded
from tests.conftest import Book

GOOD: dict[str, Any] = {"title": "甲", "unit": "综合组"}


def meant(book: Book, *rows: dict[str, Any]) -> dict[int, Any]:
    read = [Row(line, options) for line, options in enumerate(rows, start=2)]
    with book.journal() as journal:
        found = uncoded(journal, read, [code_of(row) for row in read], keys_of(read), None)
    return {place: one.name if isinstance(one, Series) else one for place, one in found.items()}


def test_the_code_as_the_ledger_writes_it() -> None:
    assert [code_of(Row(2, options)) for options in ({"code": " Ａ－１ "}, {"code": ""}, {})] == ["A-1", "", ""]


@pytest.mark.parametrize("range_", [1, 20_000])
def test_by_title_and_unit_whatever_the_blanks(book: Book, monkeypatch: pytest.MonkeyPatch, range_: int) -> None:
    monkeypatch.setattr(matching, "RANGE", range_)
    for title, unit in (("甲", "综合组"), ("甲 乙", "综合组"), ("甲", "宣传组")):
        book.post("add", title=title, unit=unit)
    rows = [
        {"title": "甲\u3000乙", "unit": "综合组"},
        {"title": " 甲", "unit": "宣传 组"},
        {"title": "甲", "unit": "督导组"},
    ]
    assert meant(book, *rows) == {0: 2, 1: 3}


def test_of_several_the_deadline_decides_then_the_number(book: Book) -> None:
    for due in ("2013-03-20", "3月底", "2013-04-10", "2013-05-10"):
        book.post("add", **GOOD, due=due)
    rows = [GOOD | {"due": due} for due in ("2013-09-09", "2013-04-10", "3月底", "2013-03-31")]
    assert meant(book, *rows) == {1: 3, 2: 2, 0: 1, 3: 4}
    assert meant(book, *(GOOD for _ in range(5))) == {0: 1, 1: 2, 2: 3, 3: 4}


def test_a_task_extended_is_known_by_its_original_deadline(book: Book) -> None:
    book.post("add", **GOOD)
    book.post("add", **GOOD, due="2013-03-31")
    book.post("extend", task=2, due="2013-04-30", reason="改期")
    assert meant(book, GOOD | {"due": "2013-03-31"}) == {0: 2}


def test_a_finished_task_is_known_by_its_own_deadline_however_written(book: Book) -> None:
    """The meeting of next month is another one; the same sheet read again is not."""
    book.post("add", **GOOD, due="2013-03-10", on="2013-03-01")
    book.post("close", task=1)
    assert meant(book, GOOD | {"due": "2013-04-10"}) == {}
    assert meant(book, GOOD | {"due": "3月10日前"}) == {0: 1}
    assert meant(book, GOOD | {"due": "三月某日"}) == {}
    assert meant(book, GOOD) == {0: 1}
    book.post("add", **GOOD, due="2013-04-10")
    assert meant(book, GOOD | {"due": "5月10日"}, GOOD | {"due": "3月10日"}) == {0: 2, 1: 1}


def test_a_task_that_another_row_names_is_not_meant(book: Book) -> None:
    book.post("add", **GOOD, code="A-1")
    book.post("add", **GOOD)
    assert meant(book, GOOD, GOOD | {"code": "A-1"}) == {0: 2}


def test_a_recurring_duty_is_meant_by_its_words_and_a_period_by_its_day(book: Book) -> None:
    book.post("add", **GOOD, due="每季度")
    book.post("add", **GOOD, due="每季度")
    rows = [GOOD | {"due": "每季度"}, GOOD | {"due": "每季度"}, GOOD | {"due": "每季度"}, GOOD | {"due": "2013-06-30"}]
    first = book.rows("SELECT min(id) FROM task WHERE due_on = '2013-06-30'")[0][0]
    assert meant(book, *rows) == {0: "series:1", 1: "series:2", 3: first}
    assert meant(book, GOOD, GOOD | {"due": "2013-06-29"}) == {}
