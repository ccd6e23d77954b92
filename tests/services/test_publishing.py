"""Reports issued: under numbers of their own, frozen, corrected, withdrawn; on whichever database."""

from typing import Any

import pytest

from ledger.base.errors import BadValue, NotFound, Refused, StoreUnusable
from ledger.base.verifier import Anchor
from ledger.model.publication import Publication
from ledger.services import proving, publishing
from ledger.services.publishing import publish, withdraw
from ledger.services.undo import undo
from ledger.store.publications import any_issued, changed_since, content_of, publications
from tests.conftest import Book


def issue(
    book: Book, content: Any = "内容", document: str | None = None, corrects: int | None = None, **how: Any
) -> Publication:
    with book.journal(how.get("today", "2013-03-19")) as journal:
        return publish(journal, how.get("kind", "week"), how.get("period", "2013-W12"), content, document, corrects)


def test_what_is_frozen_stays(book: Book) -> None:
    with book.reading() as reader:
        assert not any_issued(reader) and publications(reader) == []
        before = proving.verify(reader, "").anchor
    first = issue(book, {"a": [1, "二"]}, "学创办〔2013〕1号")
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    second = issue(book, "另一份", kind="month", period="2013-03")
    assert (first.number, second.number) == (1, 2)
    assert Anchor(first.seq, first.head, first.root) == before
    with book.reading() as reader:
        assert publications(reader) == [first, second]
        assert content_of(reader, first) == {"a": [1, "二"]}
        assert publications(reader, "week", "2013-W12") == [first]
        assert publications(reader, "week", "2013-W13") == []
        proving.verify(reader, "", [Anchor(second.seq, second.head, second.root)])
    assert book.faults() == []


def test_a_corrected_one_gets_a_new_number_and_names_the_old(book: Book) -> None:
    issue(book, "初稿", "甲〔2013〕1号")
    corrected = issue(book, "改过", "甲〔2013〕1号", 1)
    assert (corrected.number, corrected.corrects) == (2, 1)
    with book.reading() as reader:
        assert [(one.number, one.corrected_by) for one in publications(reader)] == [(1, 2), (2, None)]
    for wrong, error in ((1, Refused), (9, NotFound)):
        with pytest.raises(error):
            issue(book, "再改", corrects=wrong)
    with pytest.raises(Refused, match="不是同一份报表"):
        issue(book, "再改", corrects=2, period="2013-W13")


def test_a_number_of_an_office_is_one_reports(book: Book) -> None:
    issue(book, document="甲〔2013〕1号")
    with pytest.raises(Refused, match="已用于第1号印发"):
        issue(book, document="甲〔2013〕1号", period="2013-W13")
    with pytest.raises(BadValue):
        issue(book, document="长" * 101)
    issue(book, document="第1期", kind="bulletin", period="2013-01", today="2013-02-01")
    issue(book, document="第1期", kind="bulletin", period="2014-01", today="2014-02-01")
    with pytest.raises(Refused):
        issue(book, document="第1期", kind="bulletin", period="2014-02", today="2014-03-01")


def test_a_withdrawn_one_stays_listed(book: Book) -> None:
    issue(book)
    with book.journal() as journal:
        assert withdraw(journal, 1, "数字有误").withdrawn == "数字有误"
    with book.journal() as journal, pytest.raises(Refused, match="已经撤回"):
        withdraw(journal, 1, "再撤")
    with book.journal() as journal, pytest.raises(NotFound):
        withdraw(journal, 2, "没有")
    with book.reading() as reader:
        assert [one.withdrawn for one in publications(reader)] == ["数字有误"]


def test_what_changed_since_is_counted_by_its_day(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    first = issue(book)
    issue(book, kind="month", period="2013-03")
    with book.reading() as reader:
        assert changed_since(reader, first, "2013-03-24") == 0
    book.post("note", task="1", text="迟到的进展", on="2013-03-18", today="2013-03-26")
    book.post("note", task="1", text="期后", on="2013-03-26", today="2013-03-26")
    with book.reading() as reader:
        assert changed_since(reader, first, "2013-03-24") == 1


def test_what_is_taken_back_or_corrected_later_changed_it_and_what_came_and_went_did_not(book: Book) -> None:
    def changed() -> int:
        with book.reading() as reader:
            return changed_since(reader, first, "2013-03-24")

    def take_back(seq: int) -> None:
        with book.journal("2013-03-26") as journal:
            undo(journal, seq, None)

    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    book.post("close", task="1", on="2013-03-18")
    first = issue(book)
    book.post("note", task="1", text="记错", on="2013-03-18", today="2013-03-26")
    assert changed() == 1
    take_back(5)
    assert changed() == 0
    book.post("edit", task="1", unit="宣传组", today="2013-03-26")
    assert changed() == 1
    take_back(3)
    assert changed() == 2
    book.post("add", title="后来的", unit="综合组", today="2013-03-26")
    book.post("edit", task="2", title="后来的事", today="2013-03-26")
    assert changed() == 2


def test_what_is_too_large_is_not_issued(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_MOST", 10)
    with pytest.raises(BadValue, match="太大"):
        issue(book)
    with book.reading() as reader:
        assert not any_issued(reader)


def test_content_that_was_tampered_with_is_not_printed(book: Book) -> None:
    found = issue(book)
    with book.reading() as reader, pytest.raises(StoreUnusable, match="校验码不符"):
        content_of(reader, found._replace(digest="0" * 64))


def test_a_second_copy_of_one_report_is_remarked(book: Book) -> None:
    def remarks(corrects: int | None = None, period: str = "2013-W12") -> list[str]:
        with book.journal() as journal:
            publish(journal, "week", period, "内容", None, corrects)
            return list(journal.remarks)

    assert remarks() == remarks(corrects=1) == remarks(period="2013-W13") == []
    [told] = remarks()
    assert told.startswith("这份报表先前的第2号印发仍有效:更正它请写 --corrects 2")
    for number in (2, 4):
        with book.journal() as journal:
            withdraw(journal, number, "多印")
    assert remarks() == []
