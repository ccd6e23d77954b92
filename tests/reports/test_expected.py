"""Which round is the latest, and who is still expected in it."""

from datetime import date

from ledger.model.rules import Rules
from ledger.reports.expected import expected
from tests.conftest import Book

DAY = date(2013, 3, 19)


def returned(book: Book, unit: str, round: str, *units: str) -> None:
    told = {
        "file": f"{unit}.xlsx",
        "sha256": unit + round,
        "rows": 1,
        "unit": unit,
        "round": round,
        "units": list(units),
    }
    with book.journal() as journal:
        journal.cite({name: [None, value] for name, value in told.items()})


def test_the_latest_round_is_of_the_latest_day_and_state(book: Book) -> None:
    returned(book, "甲", "2013-03-12/90", "甲", "乙")
    returned(book, "乙", "2013-03-19/9", "甲", "乙")
    returned(book, "丙", "2013-03-19/10", "丙", "丁")
    returned(book, "甲", "2013-03-12/90", "甲", "乙")
    with book.reading() as reader:
        found = expected(reader, Rules(), DAY)
    assert (found.round, found.returned, found.missing) == ("2013-03-19/10", ["丙"], [("丁", 0)])


def test_forms_handed_out_one_by_one_at_one_time_are_one_round(book: Book) -> None:
    returned(book, "甲", "2013-03-19/9", "甲")
    returned(book, "乙", "2013-03-19/9", "乙")
    with book.reading() as reader:
        found = expected(reader, Rules(), DAY)
    assert (found.returned, found.missing) == (["甲", "乙"], [])


def test_an_import_of_a_sheet_is_no_return(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    book.post("add", title="还没到", unit="宣传组", on="2013-04-01")
    with book.journal() as journal:
        journal.cite({"file": [None, "计划.xlsx"], "sha256": [None, "0"], "rows": [None, 3]})
    with book.reading() as reader:
        assert expected(reader, Rules(), DAY) == (None, [], [("综合组", 1)])
