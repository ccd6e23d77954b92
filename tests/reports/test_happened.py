"""What happened to tasks between two positions."""

from collections.abc import Sequence
from contextlib import closing

from ledger.reports.happened import KINDS, Event, Happened, happened, told
from ledger.services.undo import undo
from ledger.store.counts import Scope
from ledger.store.head import head_of
from ledger.store.past import recall_to
from tests.conftest import Book


def between(book: Book, first: int, scope: Scope = Scope()) -> Happened:
    with book.reading() as reader, closing(recall_to(reader, first)) as before:
        return happened(told(reader, first, head_of(reader).seq), before, first, scope)


def titles(events: Sequence[Event]) -> list[str]:
    return [event.task.title for event in events]


def take_back(book: Book, reason: str | None = None) -> None:
    with book.journal() as journal:
        undo(journal, None, reason)


def since(book: Book) -> int:
    with book.reading() as reader:
        return head_of(reader).seq


def test_each_kind_is_told_by_its_entries(filled: Book) -> None:
    first = since(filled)
    filled.post("add", title="新", unit="宣传组", due="2013-03-25")
    filled.post("close", task="4", on="2013-03-19")
    filled.post("reopen", task="4", on="2013-03-19", reason="没有办好")
    filled.post("cancel", task="5", on="2013-03-19", reason="不办了")
    filled.post("edit", task="1", unit="宣传组", due="2013-03-29")
    filled.post("note", task="1", text="缺人", problem=True)
    filled.post("note", task="1", text="有人了", resolves=True)
    filled.post("note", task="1", text="过半")
    found = between(filled, first)
    told_of = {name: titles(events) for name, events in found.events.items() if events}
    first_title, fourth, fifth = (titles(found.events[name])[0] for name in ("edited", "closed", "cancelled"))
    assert told_of == {
        "added": ["新"], "closed": [fourth], "reopened": [fourth], "cancelled": [fifth], "deadlines": [first_title],
        "edited": [first_title], "raised": [first_title], "resolved": [first_title] * 2,
    }  # fmt: skip
    assert list(found.events) == list(KINDS) and found.others == {"note": 1}


def test_an_extension_is_the_nth_of_its_task_whenever_the_others_were(filled: Book) -> None:
    filled.post("extend", task="4", due="2013-03-22", reason="等批复")
    first = since(filled)
    filled.post("extend", task="4", due="2013-03-29", reason="再等")
    (event,) = between(filled, first).events["deadlines"]
    assert event.nth == 2 and event.as_json()["nth"] == 2
    assert event.as_json()["changes"]["due_on"] == ["2013-03-22", "2013-03-29"]


def test_what_was_made_and_taken_back_in_between_is_told_nowhere(filled: Book) -> None:
    first = since(filled)
    filled.post("close", task="4", on="2013-03-19")
    take_back(filled)
    found = between(filled, first)
    assert not any(found.events.values()) and not found.others and not found.movers


def test_what_was_taken_back_is_told_with_why_also_of_a_task_that_is_gone(filled: Book) -> None:
    filled.post("add", title="错", unit="宣传组")
    first = since(filled)
    take_back(filled, "记错了")
    (event,) = between(filled, first).events["voided"]
    assert event.task.title == "错"
    assert event.as_json()["voided_by"] == first + 1 and event.as_json()["reason"] == "记错了"


def test_a_task_that_left_the_unit_is_still_told_of(filled: Book) -> None:
    first = since(filled)
    filled.post("edit", task="4", unit="新组")
    for unit in ("新组", "综合组", "宣传组"):
        told_of = len(between(filled, first, Scope((unit,))).events["edited"])
        assert told_of == (unit != other_than(filled))
    assert not between(filled, first, Scope((), ("没有",))).events["edited"]


def other_than(book: Book) -> str:
    """The unit that the fourth task was never of."""
    (entry,) = book.rows("SELECT changes FROM entry WHERE task = 4 AND action = 'add'")
    return "宣传组" if '"综合组"' in str(entry) else "综合组"


def test_only_what_a_figure_counts_by_may_have_moved_it(filled: Book) -> None:
    first = since(filled)
    filled.post("edit", task="1", title="换个说法", unit="新单位", activity="新活动")
    filled.post("edit", task="2", due="2013-03-29")
    assert between(filled, first).movers.keys() == {2}
    assert between(filled, first, Scope(units=("新单位",))).movers.keys() == {1, 2}
    assert between(filled, first, Scope(activities=("新活动",))).movers.keys() == {1, 2}
