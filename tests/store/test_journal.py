"""Appending: what an entry bears, how numbers and codes are given, how the projections follow."""

from datetime import UTC, date, datetime

import pytest

from ledger.base.errors import NotFound, Refused
from ledger.model.entry import broken_seals
from ledger.store import head, queries
from ledger.store.spans import span_rows
from tests.conftest import Book

EARLY = datetime(2013, 3, 19, 1, tzinfo=UTC)


def test_an_entry_bears_who_when_and_what(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01", note="会上交办", with_=["宣传组"])
    with book.reading() as reader:
        entry = list(queries.entries(reader))[-1]
    assert entry[:8] == (
        2, 1, "add", date(2013, 3, 1), "2013-03-19T01:00:00.000000Z", "张三", "clerk", "会上交办",
    )  # fmt: skip
    assert entry.changes == {
        "title": [None, "甲"],
        "unit": [None, "综合组"],
        "with": [None, ["宣传组"]],
        "assigned_on": [None, "2013-03-01"],
        "code": [None, "2013-001"],
    }
    assert (entry.voids, entry.command, len(entry.hash)) == (None, 2, 64)


def test_the_moment_is_utc_and_never_before_the_last(book: Book) -> None:
    moments = [EARLY, datetime(2012, 1, 1, tzinfo=UTC), datetime.fromisoformat("2013-03-19T17:00:00+08:00")]
    for moment in moments:
        book.post("add", title="甲", unit="综合组", now=moment)
    recorded = [moment for (moment,) in book.rows("SELECT recorded_at FROM entry ORDER BY seq")]
    assert recorded[1:] == [f"2013-03-19T0{hour}:00:00.000000Z" for hour in (1, 1, 9)]


def test_every_entry_is_sealed_with_the_one_before(book: Book) -> None:
    for number in range(5):
        book.post("add", title=f"事项 “{number}” \\ \t", unit="综合组")
    with book.reading() as reader:
        sealed = list(head.sealed(reader))
    assert len(sealed) == 6
    assert list(broken_seals(sealed)) == []


@pytest.mark.parametrize(
    ("given", "then"),
    [
        ([None, None], "2013-003"),
        (["2013-007"], "2013-008"),
        (["2013-007", None, "2013-003"], "2013-009"),
        (["2013-1234"], "2013-1235"),
        (["2013-07"], "2013-001"),
        (["A-1", "2013-001-1"], "2013-001"),
        (["2012-050"], "2013-001"),
        (["２０１３－００２"], "2013-003"),
        (["2013-0001"], "2013-002"),
    ],
)
def test_codes_go_on_from_the_highest_of_the_year(book: Book, given: list[str | None], then: str) -> None:
    for code in given:
        book.post("add", title="甲", unit="综合组", **({} if code is None else {"code": code}))
    assert book.post("add", title="乙", unit="综合组").code == then


@pytest.mark.parametrize("last", ["2013-999", "2013-998"])
def test_codes_grow_beyond_three_digits(book: Book, last: str) -> None:
    book.post("add", title="甲", unit="综合组", code=last)
    assert int(book.post("add", title="乙", unit="综合组").code[5:]) == int(last[5:]) + 1


def test_the_code_s_year_is_that_of_the_day_given_out(book: Book) -> None:
    assert book.post("add", title="甲", unit="综合组", on="2012-12-31").code == "2012-001"
    assert book.post("add", title="乙", unit="综合组", on="2013-01-01").code == "2013-001"


def test_a_code_is_never_given_twice(book: Book) -> None:
    book.post("add", title="甲", unit="综合组")
    book.post("edit", task="1", code="A")
    book.post("add", title="乙", unit="综合组", code="B")
    with book.journal() as journal:
        from ledger.services.undo import undo

        undo(journal, None, None)
    for code in ("2013-001", "A", "B"):
        with pytest.raises(Refused, match="已经用过"):
            book.post("add", title="丙", unit="综合组", code=code)
    assert book.post("add", title="丙", unit="综合组").code == "2013-002"
    assert book.rows("SELECT id, code FROM task ORDER BY id") == [(1, "A"), (3, "2013-002")]


def test_a_task_is_found_by_code_before_number(book: Book) -> None:
    for code in ("2", "x", "2013-001"):
        book.post("add", title=code, unit="综合组", code=code)
    with book.journal() as journal:
        names = ("2", "1", "id:3", "２", " x ", "id:2")
        assert [journal.named(name).id for name in names] == [1, 3, 3, 1, 2, 2]
        assert journal.task(2).code == "x"
        for nothing in ("3", "4", "0", "x1", "", "9" * 30, "-1", "²", "id:4", "id:0"):
            with pytest.raises(NotFound):
                journal.named(nothing)


def test_within_a_command_a_task_is_as_that_command_left_it(book: Book) -> None:
    with book.journal() as journal:
        from ledger.services.steps import step
        from ledger.services.tasks import add, edit

        added = add(journal, {"title": "甲", "unit": "综合组"})
        edit(journal, {"task": added.code, "code": "A"})
        assert journal.named("A") is journal.task(1)
        assert (journal.task(1).code, journal.task(1).id) == ("A", added.id)
        step("close")(journal, {"task": "A"})
        journal.flush()
        assert journal.named("A").status == "closed"
    assert book.task("A").closed_on == date(2013, 3, 19)


def test_the_same_note_twice_changes_nothing_but_the_journal(book: Book) -> None:
    book.post("add", title="甲", unit="综合组")
    for _ in range(2):
        book.post("note", task="1", text="一切照旧")
    assert book.rows("SELECT count(*) FROM entry") == [(4,)]
    assert book.faults() == []


def test_spans_follow_the_steps(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    book.post("close", task="1", on="2013-03-05")
    book.post("reopen", task="1", on="2013-03-05", reason="回头看")
    book.post("cancel", task="1", on="2013-03-08", reason="不办了")
    with book.reading() as reader:
        found = list(span_rows(reader, "task = :task", {"task": 1}))
    assert found == [
        (2, 1, "open", "", "2013-03-01", "2013-03-05", "2013-03-01"),
        (3, 1, "closed", "open", "2013-03-05", "2013-03-05", "2013-03-05"),
        (4, 1, "open", "closed", "2013-03-05", "2013-03-08", "2013-03-05"),
        (5, 1, "cancelled", "open", "2013-03-08", "9999-12-31", "2013-03-08"),
    ]


def test_a_corrected_day_of_giving_out_moves_the_first_span(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    book.post("close", task="1", on="2013-03-05")
    book.post("edit", task="1", on="2013-02-20")
    assert book.rows("SELECT since, until FROM span ORDER BY seq") == [
        ("2013-02-20", "2013-03-05"),
        ("2013-03-05", "9999-12-31"),
    ]
    with pytest.raises(Refused):
        book.post("edit", task="1", on="2013-03-06")
    assert book.faults() == []


def test_settings_are_entries_and_their_projection(book: Book) -> None:
    with book.journal() as journal:
        journal.configure({"year": [None, 2013]})
        journal.configure({"year": [2013, None], "blue_days": [None, 9]})
        assert journal.rules.blue_days == 9
    assert book.rows("SELECT name, value FROM setting ORDER BY name") == [("blue_days", "9"), ("name", '"学创台账"')]
    assert book.faults() == []


def test_one_command_is_the_entries_of_one_transaction(book: Book) -> None:
    with book.journal() as journal:
        from ledger.services.tasks import add

        for title in ("甲", "乙"):
            add(journal, {"title": title, "unit": "综合组"})
    book.post("close", task="1")
    assert book.rows("SELECT seq, command FROM entry ORDER BY seq") == [(1, 1), (2, 2), (3, 2), (4, 4)]
