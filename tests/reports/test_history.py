"""The journal and one task whole, laid out for people and for programs."""

from datetime import date, timedelta, timezone
from typing import Any

import pytest

from ledger.model.rules import Rules
from ledger.reports.history import entry_object, log_report, task_report
from ledger.services.undo import undo
from ledger.store import queries
from ledger.store.queries import LoggedEntry
from tests.conftest import Book

TODAY = date(2013, 3, 19)
CHINA = timezone(timedelta(hours=8))
CONTRACT = "seq task code action on recorded_at actor account note changes voids voided_by hash"


@pytest.fixture
def logged(book: Book) -> list[LoggedEntry]:
    book.post("add", title="方案", unit="综合组", due="2013-03-20", on="2013-03-01", with_=["宣传组"])
    book.post("note", task="1", text="过半\n了", progress=50)
    book.post("extend", task="1", due="2013-03-29", reason="改期")
    book.post("edit", task="1", with_=[], key=True, owner="李四")
    book.post("close", task="1", on="2013-03-18")
    with book.journal() as journal:
        journal.configure({"blue_days": [None, 9]})
    with book.journal() as journal:
        undo(journal, 6, "误销")
    with book.reading() as reader:
        return queries.logged(reader, "1 = 1", {})


def test_the_object_has_the_keys_of_the_contract(logged: list[LoggedEntry]) -> None:
    found = [entry_object(one) for one in logged]
    assert all(set(CONTRACT.split()) <= set(one) for one in found)
    assert [(one["seq"], one["action"], one["voids"], one["voided_by"]) for one in found if one["seq"] > 5] == [
        (6, "close", None, 8),
        (7, "config", None, None),
        (8, "void", 6, None),
    ]
    assert found[2]["changes"] == {"progress": [None, 50]}
    assert (found[1]["on"], found[1]["code"], found[0]["code"]) == (date(2013, 3, 1), "2013-001", None)


@pytest.mark.parametrize(
    ("place", "row"),
    [
        (0, (1, None, "建账", date(2013, 2, 1), "台账名称:空 → 学创台账", "张三", "2013-02-01 09:00")),
        (1, (2, "2013-001", "登记", date(2013, 3, 1), "", "张三", "2013-03-19 09:00")),
        (2, (3, "2013-001", "进展", TODAY, "过半\n了;完成进度:空 → 50%", "张三", "2013-03-19 09:00")),
        (5, (6, "2013-001", "销号", date(2013, 3, 18), "状态:在办 → 已销号;〔已被第8号冲销〕", "张三",
             "2013-03-19 09:00")),
        (6, (7, None, "设置", TODAY, "蓝灯天数:空 → 9", "张三", "2013-03-19 09:00")),
        (7, (8, "2013-001", "冲销", TODAY, "冲销第6号记录;误销", "张三", "2013-03-19 09:00")),
    ],
)  # fmt: skip
def test_the_log_in_words(logged: list[LoggedEntry], place: int, row: tuple[Any, ...]) -> None:
    report = log_report(logged, TODAY, Rules("学创台账"), None, CHINA)
    assert report.summary == ((("共", 8, "条"),),)
    assert report.sections[0].rows[place] == row


def test_changes_in_words(logged: list[LoggedEntry]) -> None:
    rows = log_report(logged, TODAY, Rules(), None, CHINA).sections[0].rows
    assert set(str(rows[4][4]).split(";")) == {"配合单位:宣传组 → 空", "重点:否 → 是", "责任人:空 → 李四"}
    assert str(rows[3][4]).startswith("改期;")


def test_one_task_whole(book: Book, logged: list[LoggedEntry]) -> None:
    book.post("note", task="1", text="经费", problem=True)
    task = book.task("1")
    report = task_report(task, logged[1:], TODAY, Rules("学创台账"), None, CHINA)
    fields = {row[0]: row[1] for row in report.sections[0].rows}
    assert report.title == "2013-001 ★ 方案"
    assert fields["状态"] == "在办 绿 剩10天 未达序时 延期1次"
    assert (fields["截止日期"], fields["原定时限"], fields["延期次数"]) == ("2013年3月29日", "2013年3月20日", "1")
    assert (fields["突出问题"], fields["完成进度"]) == ("经费(2013年3月19日提出)", "50%")
    assert not {"配合单位", "责任领导", "销号日期"} & set(fields)
    assert report.sections[1].heading == "经过(7)"
    assert len(report.sections[1].rows[0]) == len(report.sections[1].columns) == 6


def test_what_is_struck_off_is_done_whatever_was_told(book: Book) -> None:
    book.post("add", title="清理广告", unit="城管局", on="2013-03-01")
    told = book.post("note", task=1, text="尚余9处", progress=70)
    done = book.post("close", task=1)
    shown = [task_report(task, [], TODAY, Rules(), None, CHINA).sections[0].rows for task in (told, done)]
    assert [next(row[1] for row in rows if row[0] == "完成进度") for rows in shown] == ["70%", "100%"]


def test_what_is_harmful_is_shown_harmlessly(book: Book) -> None:
    book.post("add", title="甲", unit="综合组")
    with book.reading() as reader:
        (one,) = queries.logged(reader, "e.seq = 2", {})
    odd = one.entry._replace(action="edit", changes={"owner": [None, "\x1b[31m红"]})
    (row,) = log_report([one._replace(entry=odd)], TODAY, Rules(), None, CHINA).sections[0].rows
    assert row[4] == r"责任人:空 → \u{1b}[31m红"


def test_from_which_file_an_entry_comes(book: Book) -> None:
    with book.journal() as journal:
        for number, file in enumerate(("一\n.csv", "二.csv"), start=1):
            journal.cite({"file": [None, file], "sha256": [None, "0"], "rows": [None, number]})
            journal.add({"title": file[0], "unit": "综合组", "code": f"A-{number}", "assigned_on": TODAY}, f"见{file}")
    book.post("note", task="A-1", text="另记")
    with book.reading() as reader:
        found = queries.logged(reader, "e.seq > 1", {})
        assert [one.source for one in queries.logged(reader, "e.task = 2", {}, 1)] == ["二.csv"]
    assert [one.source for one in found] == [None, "一\n.csv", None, "二.csv", None]
    said = [row[4] for row in log_report(found, TODAY, Rules("学创台账"), None, CHINA).sections[0].rows]
    assert said == ["据 一 .csv(1 行)", "见一\n.csv", "据 二.csv(2 行)", "见二.csv", "另记"]


def test_the_course_of_a_task_is_told_to_be_read(book: Book) -> None:
    """What it was given out as, what is a problem, what became of it; nothing that the action says itself."""
    book.post("add", title="方案", unit="综合组", owner="李四", due="3月20日", on="2013-03-01")
    book.post("note", task="1", text="经费不足", problem=True, progress=50)
    book.post("note", task="1", text="已拨付", resolves=True)
    book.post("note", task="1", text="过半", progress=60)
    book.post("extend", task="1", due="3月29日", reason="改期")
    book.post("edit", task="1", owner="王五", due="适时", measure="座谈")
    book.post("submit", task="1")
    book.post("return", task="1", reason="缺纪要")
    with book.reading() as reader:
        entries = queries.logged(reader, "e.task = 1", {})
    report = task_report(book.task(1), entries, TODAY, Rules("学创台账"), None, CHINA)
    assert [row[3] for row in report.sections[1].rows] == [
        "综合组;李四;时限 3月20日",
        "突出问题:经费不足;完成进度:50%",
        "突出问题已解决;已拨付",
        "过半;完成进度:50% → 60%",
        "改期;截止日期:2013-03-20 → 2013-03-29",
        "责任人:李四 → 王五;具体措施:座谈;截止日期:2013-03-29 → 空;原定时限:2013-03-20 → 空;完成时限:3月29日 → 适时",
        "",
        "缺纪要",
    ]
