from datetime import UTC, date, datetime
from typing import Any

import pytest

from ledger.model.entry import Entry
from ledger.model.rules import Rules
from ledger.model.task import Task
from ledger.reports.slips import Paper, Sent, fields_of, sent, sent_object, sent_report
from ledger.services.slips import issue
from ledger.services.undo import undo
from ledger.store import queries
from ledger.store.counts import Scope
from ledger.store.past import recall
from ledger.store.reader import Reader
from tests.conftest import Book

DAY = date(2013, 3, 19)


@pytest.fixture
def sending(book: Book) -> Book:
    """Three tasks given out on paper, the second received, its urging taken back; the third slip voided."""
    for title, unit in (("甲", "综合组"), ("乙", "宣传组"), ("丙", "宣传组")):
        book.post("add", title=title, unit=unit, due="2013-03-10", today="2013-03-01")
    with book.journal("2013-03-05") as journal:
        issue(journal, [3, 2, 1], {"kind": "交办"})
    book.post("slip", task=2, received="2013-03-07", by="李四", today="2013-03-08")
    book.post("urge", task=2, method="电话", today="2013-03-12")
    with book.journal("2013-03-12") as journal:
        issue(journal, [2], {"kind": "催办"})
    with book.journal("2013-03-13") as journal:
        undo(journal, 9, None)
        undo(journal, 5, None)
    assert book.faults() == []
    return book


def told(reader: Reader, *, received: bool, **how: Any) -> list[tuple[str, str]]:
    found = sent(reader, how.get("scope", Scope()), how.get("kind"), received=received)
    return [(one.slip.number, one.task.title) for one in found]


def test_those_that_wait(sending: Book) -> None:
    with sending.reading() as reader:
        assert told(reader, received=False) == [("督办〔2013〕3号", "甲")]
        assert told(reader, received=False, scope=Scope(("宣传组",))) == []
        assert told(reader, received=False, kind="催办") == []


def test_every_number_is_answered_for(sending: Book) -> None:
    with sending.reading() as reader:
        found = sent(reader, Scope(), None, received=True)
        rules = queries.rules(reader)
    report = sent_report(found, DAY, rules, None, received=True)
    assert [(row[0], row[6], row[7], row[8], row[9]) for row in report.sections[0].rows] == [
        ("督办〔2013〕1号", None, None, None, "作废"),
        ("督办〔2013〕2号", date(2013, 3, 7), "李四", 2, None),
        ("督办〔2013〕3号", None, None, None, None),
        ("催办〔2013〕1号", None, None, None, "所据记录已冲销"),
    ]
    objects = [sent_object(one, DAY, rules) for one in found]
    assert [(one["days"], one["void"], one["idle"]) for one in objects] == [
        (None, True, False), (None, False, False), (14, False, False), (None, False, True)
    ]  # fmt: skip
    assert objects[1]["task"]["code"] == "2013-002" and objects[1]["received_by"] == "李四"


def test_what_it_goes_by_and_what_shows_that_it_is_done() -> None:
    said = [
        ("remark", "抓紧办理", {"who": "王省长"}),
        ("remark", "办得好", {"who": "王省长", "tone": "表扬"}),
        ("evidence", None, {"name": "会议纪要.pdf"}),
        ("evidence", None, {"name": "照片.jpg"}),
        ("accept", None, {"method": "书面"}),
    ]
    entries = [
        Entry(
            seq, 1, action, DAY, "", "赵主任", "", note, {name: [None, text] for name, text in changes.items()}, None, 1
        )
        for seq, (action, note, changes) in enumerate(said, 1)
    ]
    task = Task(1, "2013-001", "甲", "综合组", source="第一次会议", assigned_on=DAY)
    found = fields_of(Paper(task, "办结", "办结〔2013〕1号", 1, entries[-1], DAY, entries), Rules())
    assert found["依据"] == "第一次会议；王省长批示：抓紧办理"
    assert (found["佐证"], found["核查方式"], found["审核意见"]) == ("会议纪要.pdf、照片.jpg", "书面", "准予销号")
    assert (found["完成时限"], found["备注"], found["督办内容"]) == ("", "", "")


def test_as_it_was_recorded_then(sending: Book) -> None:
    with sending.reading() as reader:
        then = recall(reader, datetime(2013, 3, 6, tzinfo=UTC))
        assert [number for number, _ in told(then, received=False)] == [f"督办〔2013〕{n}号" for n in (1, 2, 3)]
        found = sent(then, Scope(), None, received=False)
        assert [Sent(*one).slip.days(date(2013, 3, 6)) for one in found] == [1, 1, 1]
