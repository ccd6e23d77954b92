import re
from typing import Any

import pytest

from ledger.base.errors import BadValue, LedgerError, Refused
from ledger.reports.lists import Filter
from ledger.reports.slips import Paper, fields_of
from ledger.services.settings import set_rule
from ledger.services.slips import issue, to_be_issued
from ledger.services.undo import undo
from ledger.store import queries
from ledger.store.slips import slips
from tests.conftest import Book


@pytest.fixture
def pressed(book: Book) -> Book:
    """Two tasks, the second urged twice."""
    book.post("add", title="制定方案", unit="综合组", due="2013-03-20", on="2013-03-01", source="第一次会议")
    book.post("add", title="召开会议", unit="宣传组", owner="李四", due="2013-03-10", on="2013-03-01", measure="开会")
    for day in (12, 15):
        book.post("urge", task=2, method="电话", to="李四", note=f"{day}日催", on=f"2013-03-{day}")
    return book


def papers(book: Book, kind: str, *tasks: int, today: str = "2013-03-19", **options: Any) -> list[Paper]:
    with book.journal(today) as journal:
        return issue(journal, tasks, {"kind": kind, **options})


def numbers(book: Book, kind: str, *tasks: int, **options: Any) -> list[str]:
    return [paper.number for paper in papers(book, kind, *tasks, **options)]


def void(book: Book, seq: int | None) -> None:
    with book.journal() as journal:
        undo(journal, seq, None)


def said(book: Book, kind: str, *tasks: int, **options: Any) -> dict[str, str]:
    (paper,) = papers(book, kind, *tasks, **options)
    with book.reading() as reader:
        return fields_of(paper, queries.rules(reader))


def test_numbers_run_by_kind_and_year(pressed: Book) -> None:
    assert numbers(pressed, "交办", 2, 1) == ["督办〔2013〕1号", "督办〔2013〕2号"]
    assert numbers(pressed, "催办", 2) == ["催办〔2013〕1号"]
    pressed.post("add", title="三", unit="综合组", on="2013-03-02")
    assert numbers(pressed, "督办通知单", 3) == ["督办〔2013〕3号"]
    pressed.post("add", title="四", unit="综合组", on="2013-03-02")
    assert numbers(pressed, "交办", 4, today="2014-01-05") == ["督办〔2014〕1号"]
    assert pressed.faults() == []


def test_the_same_occasion_has_one_number(pressed: Book) -> None:
    assert numbers(pressed, "交办", 1) == numbers(pressed, "交办", 1, today="2013-03-25") == ["督办〔2013〕1号"]
    assert numbers(pressed, "催办", 2) == numbers(pressed, "催办", 2)
    assert len(pressed.rows("SELECT 1 FROM entry WHERE action = 'slip'")) == 2


def test_each_giving_out_and_each_urging_is_an_occasion_of_its_own(pressed: Book) -> None:
    numbers(pressed, "交办", 1)
    numbers(pressed, "催办", 2)
    pressed.post("extend", task=1, due="2013-03-29", reason="会议改期")
    assert numbers(pressed, "交办", 1) == ["督办〔2013〕2号"]
    pressed.post("edit", task=1, owner="王五")
    assert numbers(pressed, "交办", 1) == ["督办〔2013〕2号"]
    pressed.post("close", task=1)
    pressed.post("reopen", task=1, reason="回头看")
    assert said(pressed, "交办", 1)["备注"] == "2013年3月19日恢复办理：回头看"
    pressed.post("urge", task=2, method="现场")
    assert numbers(pressed, "催办", 2) == ["催办〔2013〕2号"]


def test_a_slip_is_printed_again_as_it_was_issued(pressed: Book) -> None:
    first = said(pressed, "催办", 2)
    pressed.post("edit", task=2, owner="王五", today="2013-03-28")
    pressed.post("extend", task=2, due="2013-04-20", reason="改期", today="2013-03-28")
    with pressed.journal("2013-03-29") as journal:
        (paper,) = issue(journal, [2], {"kind": "催办"})
        assert fields_of(paper, journal.rules) == first
        (told,) = journal.told()
    assert f"ledger undo {paper.seq} 作废" in told and "责任人、完成时限" in told
    assert (first["责任人"], first["完成时限"], first["已逾期天数"]) == ("李四", "2013年3月10日", "9天")


def test_a_voided_number_is_never_given_again(pressed: Book) -> None:
    (paper,) = papers(pressed, "交办", 1)
    with pressed.reading() as reader:
        (slip,) = slips(reader)
    void(pressed, slip.seq)
    assert paper.number == "督办〔2013〕1号"
    assert numbers(pressed, "交办", 1) == ["督办〔2013〕2号"]
    assert pressed.faults() == []


def test_undo_passes_over_a_slip_and_refuses_what_it_is_for(pressed: Book) -> None:
    numbers(pressed, "交办", 1)
    void(pressed, None)
    assert pressed.task(2).urges == 1  # the command before the slip
    with pytest.raises(Refused, match=r"第\d+号出单"):
        void(pressed, 2)


def test_a_code_on_paper_is_not_free_again(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01")
    numbers(book, "交办", 1)
    with book.reading() as reader:
        (slip,) = slips(reader)
    void(book, slip.seq)
    void(book, 2)
    assert book.post("add", title="乙", unit="综合组", on="2013-03-01").code == "2013-002"


def test_a_draft_takes_no_number_and_writes_nothing(pressed: Book) -> None:
    before = pressed.rows("SELECT max(seq) FROM entry")
    drafted = said(pressed, "交办", 1, draft=True)
    assert (drafted["文号"], drafted["草稿"]) == ("督办〔2013〕　号", "草稿")
    assert pressed.rows("SELECT max(seq) FROM entry") == before
    assert numbers(pressed, "交办", 1) == ["督办〔2013〕1号"]


def test_words_before_the_year_are_the_office_s_and_never_make_two_of_one_number(pressed: Book) -> None:
    numbers(pressed, "交办", 1)
    with pressed.journal() as journal:
        set_rule(journal, "urging_prefix", "督办")
        set_rule(journal, "notice_prefix", "学创督")
    assert numbers(pressed, "催办", 2) == ["督办〔2013〕2号"]
    assert numbers(pressed, "交办", 2) == ["学创督〔2013〕2号"]
    with pressed.journal() as journal, pytest.raises(BadValue, match="“交办文号”的值“督办〔2013〕”不对"):
        set_rule(journal, "notice_prefix", "督办〔2013〕")


@pytest.mark.parametrize(
    ("kind", "task", "steps", "sentence"),
    [
        ("催办", 1, (), "还没有催办过.*ledger urge 2013-001"),
        ("办结", 1, (), "现为“在办”,不能出办结单.*ledger close"),
        ("办结", 1, ("submit",), "现为“待审核”,不能出办结单.*ledger accept"),
        ("交办", 1, ("close",), "现为“已销号”,不能出督办通知单.*ledger reopen"),
        ("催办", 2, ("close",), "现为“已销号”,不能出催办单"),
        ("表扬", 1, (), "种类“表扬”不对.*交办、催办、办结"),
        ("", 1, (), "没有写明出哪一种督办单"),
    ],
)
def test_what_has_no_such_occasion_is_refused(
    pressed: Book, kind: str, task: int, steps: tuple[str, ...], sentence: str
) -> None:
    for step in steps:
        pressed.post(step, task=task)
    with pytest.raises(LedgerError) as refused:
        papers(pressed, kind, task)
    assert re.search(sentence, refused.value.sentence())
    assert pressed.rows("SELECT 1 FROM entry WHERE action = 'slip'") == []


def test_a_document_has_its_bounds(pressed: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.services.slips.MOST", 1)
    with pytest.raises(BadValue, match="一次最多出 1 张督办单,这里有 2 张"):
        papers(pressed, "交办", 1, 2)
    assert numbers(pressed, "交办", 1) == ["督办〔2013〕1号"]


def test_days_are_in_order(pressed: Book) -> None:
    with pytest.raises(Refused, match="早于事项 2013-002 的催办日期 2013-03-15"):
        papers(pressed, "催办", 2, on="2013-03-14")
    with pytest.raises(Refused, match="晚于今天"):
        papers(pressed, "催办", 2, on="2013-03-20")


def test_what_a_closing_says(pressed: Book) -> None:
    pressed.post("submit", task=2, note="会议已召开", by="李四", on="2013-03-18")
    pressed.post("accept", task=2, method="现场", note="纪要已核对", actor="赵主任")
    found = said(pressed, "办结", 2)
    told = [found[name] for name in ("办结情况", "核查人", "核查方式", "审核意见", "销号日期", "佐证")]
    assert told == ["会议已召开", "赵主任", "现场", "纪要已核对", "2013年3月19日", ""]


def test_what_an_urging_says(pressed: Book) -> None:
    found = said(pressed, "催办", 2)
    names = ("第几次催办", "催办单", "催办日期", "催办方式", "催办对象", "催办内容", "督办内容")
    assert [found[name] for name in names] == ["第2次", "橙单", "2013年3月15日", "电话", "李四", "15日催", "开会"]


def test_receipts(pressed: Book) -> None:
    with pytest.raises(Refused, match="还没有出过督办单"):
        pressed.post("slip", task=2, received="2013-03-19", by="李四")
    numbers(pressed, "交办", 2, on="2013-03-16")
    numbers(pressed, "催办", 2, on="2013-03-17")
    with pytest.raises(Refused, match="早于 催办〔2013〕1号 的签发日期"):
        pressed.post("slip", task=2, received="2013-03-16", by="李四")
    with pytest.raises(Refused, match="晚于今天"):
        pressed.post("slip", task=2, received="2013-03-20", by="李四")
    for missing in ("received", "by"):
        with pytest.raises(BadValue, match="缺少签收"):
            options: dict[str, Any] = {"task": 2, "received": "2013-03-18", "by": "李四", missing: ""}
            pressed.post("slip", **options)
    pressed.post("close", task=2, on="2013-03-19")
    pressed.post("slip", task=2, received="2013-03-18", by="李四")  # told later than the closing
    with pytest.raises(Refused, match="已由“李四”在2013年3月18日签收"):
        pressed.post("slip", task=2, received="2013-03-19", by="王五")
    pressed.post("slip", task=2, received="2013-03-17", by="王五", kind="交办")
    with pressed.reading() as reader:
        found = [(slip.number, str(slip.received_on), slip.received_by) for slip in slips(reader)]
    assert found == [("督办〔2013〕1号", "2013-03-17", "王五"), ("催办〔2013〕1号", "2013-03-18", "李四")]
    assert pressed.faults() == []


def test_a_wrong_receipt_is_the_last_command_and_taken_back(pressed: Book) -> None:
    numbers(pressed, "交办", 1)
    pressed.post("slip", task=1, received="2013-03-19", by="李四")
    void(pressed, None)
    with pressed.reading() as reader:
        assert [slip.received_on for slip in slips(reader)] == [None]
    pressed.post("slip", task=1, received="2013-03-19", by="王五")


def test_a_filter_finds_those_that_have_none(pressed: Book) -> None:
    numbers(pressed, "交办", 2)
    with pressed.journal() as journal:
        assert to_be_issued(journal, Filter(), {"kind": "交办"}, sure=True) == [1]
        assert journal.told() == ["有 1 件已经出过督办通知单,不再出;补打的请写明事项"]
    with pressed.journal() as journal:
        assert to_be_issued(journal, Filter(), {"kind": "催办"}, sure=True) == [2]
        assert to_be_issued(journal, Filter(), {"kind": "办结"}, sure=True) == []
        assert to_be_issued(journal, Filter(), {"received": "2013-03-19"}, sure=True) == [2]
        assert to_be_issued(journal, Filter(), {"kind": "交办"}, sure=False) == []
