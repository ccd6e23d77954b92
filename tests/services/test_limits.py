import pytest

from ledger.base.errors import BadValue
from ledger.model.rules import Rules
from ledger.services.limits import set_limits, usual
from tests.conftest import Book


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("批示", "批示"),
        ("省领导批示〔2013〕5号", "批示"),
        ("急件批示", "急件批示"),
        ("会议", None),
        ("", None),
        (None, None),
    ],
)
def test_the_longest_kind_that_is_named(source: str | None, kind: str | None) -> None:
    rules = Rules(limits={"批示": "15日内", "急件批示": "3日内"})
    found = usual(rules, source)
    assert (found and found[0]) == kind


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("批示=15", "15日内"),
        ("批示=１５", "15日内"),
        ("批示 = 5个工作日内", "5个工作日内"),
        ("批示=一个月内", "一个月内"),
    ],
)
def test_what_is_set(book: Book, text: str, words: str) -> None:
    with book.journal() as journal:
        set_limits(journal, [text])
        assert journal.rules.limits == {"批示": words}
        set_limits(journal, ["批示="])
        assert journal.rules.limits == {}


@pytest.mark.parametrize("text", ["批示", "=15", "批示=适时", "批示=每月底", "批示=-3", "批示=甲", "甲" * 101 + "=15"])
def test_what_is_refused(book: Book, text: str) -> None:
    with book.journal() as journal:
        with pytest.raises(BadValue):
            set_limits(journal, ["会议=20", text])
        assert journal.rules.limits == {}, "all or none"
