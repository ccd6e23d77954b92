"""What a form asks of whom."""

from datetime import date

from ledger.model.rules import Rules
from ledger.reports.forms import DOING, DONE, forms
from tests.conftest import Book

DAY = date(2013, 3, 19)


def test_each_unit_gets_its_tasks_in_hand_as_they_stand(book: Book) -> None:
    book.post("add", title="方案", unit="综合组", owner="李四", due="2013-03-20", on="2013-03-01")
    book.post("add", title="会议", unit="综合组", due="适时", on="2013-03-01", with_=["宣传组"])
    book.post("submit", task="1", on="2013-03-18")
    book.post("note", task="2", text="缺经费", problem=True, progress=30)
    book.post("add", title="专栏", unit="宣传组", on="2013-03-01")
    book.post("close", task="3")
    book.post("add", title="还没到", unit="督导组", on="2013-04-01")
    book.post("add", title="资料", unit="督导组", on="2013-03-01")
    with book.reading() as reader:
        found = list(forms(reader, Rules(units=("督导组", "综合组")), DAY, None))
        one = list(forms(reader, Rules(), DAY, "宣传组"))
        ((seq, head),) = reader.rows("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1")
    assert [(form.unit, [row.cells["title"] for row in form.rows]) for form in found] == [
        ("督导组", ["资料"]),
        ("综合组", ["方案", "会议"]),
    ]
    assert {(form.seq, form.head, form.round, form.units) for form in found} == {
        (seq, head, f"2013-03-19/{seq}", ("督导组", "综合组"))
    }
    first, second = found[1].rows
    assert (first.code, first.assigned_on) == ("2013-001", date(2013, 3, 1))
    assert first.cells == {
        "code": "2013-001", "title": "方案", "owner": "李四", "due": "2013-03-20", "state": "待审核",
        "note": "", "progress": "", "problem": "", "status": DONE, "done_on": "2013-03-18",
    }  # fmt: skip
    assert (second.cells["due"], second.cells["progress"], second.cells["problem"]) == ("适时", "30", "缺经费")
    assert second.cells["status"] == DOING
    assert (one[0].rows, one[0].units) == ([], ("宣传组",))
