"""Taking in rows: new, changed, the same or refused; all, or every bad one named and none."""

from collections.abc import Sequence
from typing import Any

import pytest

from ledger.base.errors import BadValue, Refused
from ledger.importers.sheet import Refusal, Row, Sheet
from ledger.services import intake, tasks
from ledger.services.sheets import File
from ledger.services.taken import Manner, RejectedRows, Taken
from ledger.services.undo import undo
from tests.conftest import Book

GOOD: dict[str, Any] = {"title": "甲", "unit": "综合组"}
UPDATE = Manner(update=True)
HEADINGS = {"code": "编号", "title": "工作任务", "unit": "牵头单位", "due": "截止日期", "on": "交办日期"} | {
    "closed_on": "销号日期"
}
COLUMNS = {name: (heading, place) for place, (name, heading) in enumerate(HEADINGS.items())}


def sheet(*rows: dict[str, Any], name: str = "", refusals: Sequence[Refusal] = ()) -> Sheet:
    read = [Row(line, options) for line, options in enumerate(rows, start=2)]
    return Sheet(name, COLUMNS, [], read, list(refusals), [])


def take_files(book: Book, files: Sequence[File], manner: Manner = Manner(), today: str = "2013-03-19") -> Taken:
    with book.journal(today) as journal:
        return intake.take_in(journal, files, manner, lambda count: None)


def take(book: Book, *rows: dict[str, Any], manner: Manner = Manner(), today: str = "2013-03-19") -> Taken:
    return take_files(book, [File("计划.csv", "ab" * 32, [sheet(*rows)])], manner, today)


def rejected(book: Book, *rows: dict[str, Any], manner: Manner = Manner()) -> list[tuple[str, str]]:
    with pytest.raises(RejectedRows) as caught:
        take(book, *rows, manner=manner)
    return [(rejection.where, rejection.error.what) for rejection in caught.value.rejections]


def take_back(book: Book) -> None:
    with book.journal() as journal:
        undo(journal, None, None)


def entries(book: Book) -> list[tuple[Any, ...]]:
    return book.rows('SELECT task, action, "on", note, changes FROM entry WHERE seq > 1 ORDER BY seq')


def test_what_deadlines_in_words_became(book: Book) -> None:
    rows = [GOOD | {"due": due} for due in ("2013-03-29", "3月下旬", "6月左右", "适时", "每季度")]
    with book.journal() as journal:
        found = intake.take_in(journal, [File("计划.csv", "", [sheet(*rows)])], Manner(), lambda count: None)
        assert not journal.remarks
    assert [(one.line, one.words, one.meaning) for one in found.conversions] == [
        (3, "3月下旬", "2013年3月31日 周日"),
        (4, "6月左右", "2013年6月30日 周日,宽限10天"),
        (5, "适时", "无期限"),
        (6, "每季度", "循环任务1,最近一期 2013年3月31日 周日"),
    ]
    assert "3月31日 周日是休息日" in found.conversions[0].remarks


def test_rows_become_tasks_of_one_command_that_names_the_file(book: Book) -> None:
    taken = take(book, GOOD, GOOD | {"title": "乙", "on": "2013-02-01"}, manner=Manner("2013-03-01"))
    assert [number for _, number in taken.registered] == [1, 2]
    assert book.rows("SELECT assigned_on FROM task ORDER BY id") == [("2013-03-01",), ("2013-02-01",)]
    assert book.rows("SELECT DISTINCT command FROM entry WHERE seq > 1") == [(2,)]
    named = '{"file":[null,"计划.csv"],"sha256":[null,"' + "ab" * 32 + '"],"rows":[null,2]}'
    assert entries(book)[0] == (None, "import", "2013-03-19", None, named)
    assert book.rows("SELECT count(*) FROM setting") == [(1,)]
    assert book.faults() == []


def test_without_a_day_it_is_today(book: Book) -> None:
    take(book, GOOD)
    assert book.rows("SELECT assigned_on FROM task") == [("2013-03-19",)]


def test_the_same_file_again_leaves_no_entry(book: Book) -> None:
    rows = [GOOD, GOOD, GOOD | {"code": "A-1", "note": "有进展"}, GOOD | {"due": "每季度"}]
    take(book, *rows)
    ((before,),) = book.rows("SELECT count(*) FROM entry")
    for manner in (Manner(), UPDATE, Manner("2013-02-01", update=True)):
        taken = take(book, *rows, manner=manner)
        assert (taken.same, taken.registered, taken.changed) == (4, [], [])
    assert book.rows("SELECT count(*) FROM entry") == [(before,)]


def test_what_differs_is_left_alone_unless_told(book: Book) -> None:
    take(book, GOOD | {"owner": "李四"})
    taken = take(book, GOOD | {"owner": "王五"})
    assert [(one.place.words(), one.code) for one in taken.changed] == [("第2行", "2013-001")]
    assert (taken.updated, book.task("1").owner, len(entries(book))) == ([], "李四", 2)


def test_an_update_enters_the_journal_step_by_step(book: Book) -> None:
    take(book, GOOD | {"due": "2013-03-31", "note": "已起草"}, manner=Manner("2013-02-01"))
    row = {"due": "2013-04-10", "owner": "王五", "note": "已送审", "progress": 80, "problem": "经费不足"}
    taken = take(book, GOOD | row | {"closed_on": "2013-03-18", "outcome": "已印发"}, manner=UPDATE)
    assert (taken.updated, taken.closed) == ([1], 1)
    assert [entry[1:4] for entry in entries(book)[2:]] == [
        ("import", "2013-03-19", None),
        ("extend", "2013-03-19", "按 计划.csv 调整时限"),
        ("edit", "2013-03-19", None),
        ("note", "2013-03-18", "经费不足"),
        ("note", "2013-03-18", "已送审"),
        ("close", "2013-03-18", "已印发"),
    ]
    task = book.task("1")
    assert (str(task.due_on), str(task.original_due_on), task.progress) == ("2013-04-10", "2013-03-31", 80)
    assert take(book, GOOD | row | {"closed_on": "2013-03-18", "outcome": "已印发"}, manner=UPDATE).same == 1
    assert book.faults() == []


def test_a_whole_refused_names_the_rows_that_were_left(book: Book) -> None:
    with book.journal() as journal:
        tasks.register(journal, {"title": "甲", "unit": "综合组", "each": ["宣传组"], "parts": True})
    book.post("pause", task="2013-001-01", reason="等批复")
    done = {"closed_on": "2013-03-19"}
    rows = [
        {"code": "2013-001", "title": "甲", "unit": "综合组"},
        {"code": "2013-001-01", "title": "甲", "unit": "宣传组"},
    ]
    with pytest.raises(Refused) as caught:
        take(book, *(row | done for row in rows), manner=UPDATE)
    assert caught.value.what.startswith("事项 2013-001 还有1件分解事项没有办结,不能销号")
    assert caught.value.hint.startswith("表中第3行 2013-001-01未按表改动(以表为准用 --overwrite);先把它们销号")


def test_a_deadline_where_there_was_none_is_a_correction(book: Book) -> None:
    take(book, GOOD)
    take(book, GOOD | {"due": "4月10日"}, manner=UPDATE)
    task = book.task("1")
    assert (str(task.original_due_on), task.extensions, task.due_text) == ("2013-04-10", 0, "4月10日")


def test_an_extension_keeps_the_words_of_the_sheet(book: Book) -> None:
    take(book, GOOD | {"due": "2013-03-31", "due_text": "3月底"})
    new = GOOD | {"due": "2013-04-30", "due_text": "4月底"}
    take(book, new, manner=UPDATE)
    assert (book.task("1").due_text, book.task("1").extensions) == ("4月底", 1)
    assert take(book, new, manner=UPDATE).same == 1


def test_the_words_and_the_first_day_of_the_sheet_overrule_those_of_its_deadline(book: Book) -> None:
    take(book, GOOD | {"start": "2013-02-20"})
    for row in (
        GOOD | {"start": "2013-02-20", "due": "适时", "due_text": "月底"},
        GOOD | {"start": "2013-02-20", "due": "3月底"},
    ):
        take(book, row, manner=UPDATE)
        assert str(book.task("1").start_on) == "2013-02-20"
        assert take(book, row, manner=UPDATE).same == 1


def test_a_problem_closed_with_its_task_is_no_news(book: Book) -> None:
    row = GOOD | {"code": "A-1", "problem": "经费不足", "closed_on": "2013-03-18"}
    take(book, row)
    assert take(book, row, manner=UPDATE).same == 1


def test_progress_alone_says_nothing(book: Book) -> None:
    take(book, GOOD | {"note": "已起草"})
    take(book, GOOD | {"progress": 60}, manner=UPDATE)
    assert (book.task("1").note, book.task("1").progress) == ("已起草", 60)


def test_a_new_task_with_its_whole_course(book: Book) -> None:
    row = {"note": "已起草", "problem": "经费不足", "progress": 100, "outcome": "已完成", "closed_on": "2013-03-01"}
    with book.journal() as journal:
        taken = intake.take_in(journal, [File("a", "", [sheet(GOOD | row)])], Manner(), lambda count: None)
        assert list(journal.remarks) == ["1 件没有交办日期而销号较早,以销号日期为交办日期"]
    task = book.task("1")
    assert (taken.closed, task.status, str(task.assigned_on), str(task.closed_on)) == (
        1, "closed", "2013-03-01", "2013-03-01",
    )  # fmt: skip
    assert [entry[1] for entry in entries(book)] == ["import", "add", "note", "note", "close"]


def test_a_closing_without_a_day_is_of_today_and_told(book: Book) -> None:
    with book.journal() as journal:
        intake.take_in(journal, [File("a", "", [sheet(GOOD | {"outcome": "已完成"})])], Manner(), lambda count: None)
        assert list(journal.remarks) == ["1 件已办结而没有销号日期,按今天(2013-03-19)销号"]
    assert str(book.task("1").closed_on) == "2013-03-19"


def test_a_recurring_duty_changes_whole(book: Book) -> None:
    take(book, GOOD | {"due": "每季度"})
    taken = take(book, GOOD | {"due": "每季度", "owner": "王五"}, manner=UPDATE)
    assert [(one.title, one.differences[0][1:]) for one in taken.changed] == [("甲", (None, "王五"))]
    assert book.rows("SELECT count(*) FROM task WHERE owner = '王五' AND assigned_on > '2013-03-19'") == [(5,)]
    assert take(book, GOOD | {"due": "每季度", "owner": "王五"}, manner=UPDATE).same == 1
    assert rejected(book, GOOD | {"due": "每季度", "note": "开了一次"}, manner=UPDATE) == [
        ("第2行", "循环任务的进度、问题和销号要记在各期的事项上")
    ]
    assert rejected(book, GOOD | {"title": "乙", "due": "每月", "outcome": "已完成"})[0][1].startswith("循环任务")
    assert book.faults() == []


def test_numbers_are_given_beside_the_codes_of_the_sheet(book: Book) -> None:
    take(book, GOOD, GOOD | {"title": "乙", "code": "2013-001"})
    assert book.rows("SELECT code, title FROM task ORDER BY id") == [("2013-002", "甲"), ("2013-001", "乙")]
    assert take(book, GOOD, GOOD | {"title": "乙", "code": "2013-001"}).same == 2


def test_every_bad_row_is_named_and_none_taken(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "CHUNK", 2)
    rows = [GOOD, GOOD | {"due": "2013-02-30"}, {"unit": "综合组"}, GOOD | {"code": "X"}, GOOD | {"code": "X"}, GOOD]
    told: list[int] = []
    unread = Refusal(6, "on", BadValue("是错误值 #REF!"))
    with pytest.raises(RejectedRows) as caught, book.journal() as journal:
        intake.take_in(journal, [File("a", "", [sheet(*rows, refusals=[unread])])], Manner(), told.append)
    found = caught.value
    assert [rejection.where for rejection in found.rejections] == [
        "第3行“截止日期”列(D3)", "第4行“工作任务”列(B4)", "第6行“交办日期”列(E6)",
    ]  # fmt: skip
    assert (found.what, found.exit_code, told) == ("有 3 行不能导入", 2, [2, 2, 2])
    assert book.rows("SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM task)") == [(1, 0)]


def test_what_the_rules_refuse(book: Book) -> None:
    book.post("add", **GOOD, code="A-1")
    book.post("add", **GOOD | {"title": "乙"}, code="A-2", on="2013-03-01")
    book.post("close", task="A-2", on="2013-03-18")
    book.post("add", **GOOD | {"title": "丙"}, code="A-3")
    book.post("cancel", task="A-3", reason="不办")
    book.post("add", **GOOD, code="A-4")
    take_back(book)
    assert rejected(
        book,
        {"title": "丁", "unit": "宣传组", "code": "A-1"},
        GOOD | {"title": "乙", "code": "A-2", "closed_on": "2013-03-17"},
        GOOD | {"title": "丙", "code": "A-3", "owner": "王五"},
        GOOD | {"code": "A-4"},
        GOOD | {"title": "戊", "code": "B-1", "on": "2013-04-01", "closed_on": "2013-03-18"},
        GOOD | {"title": "己", "code": "B-1"},
        manner=Manner(update=True, overwrite=frozenset({"closed_on"})),
    ) == [
        ("第2行“编号”列(A2)", "编号“A-1”在台账里是另一件事:“甲”(综合组)"),
        ("第3行“销号日期”列(F3)", "事项 A-2 已于 2013-03-18 销号,表中为 2013-03-17"),
        ("第4行", "事项 A-3 已撤销,表中却有变化"),
        ("第5行“编号”列(A5)", "编号“A-4”已经用过,它的登记已冲销或改了编号"),
        ("第6行“销号日期”列(F6)", "日期 2013-03-18 早于事项 B-1 的交办日期 2013-04-01"),
        ("第7行“编号”列(A7)", "编号“B-1”与第6行重复"),
    ]


def test_a_cancelled_task_is_not_registered_again(book: Book) -> None:
    book.post("add", **GOOD)
    book.post("cancel", task=1, reason="不办")
    assert take(book, GOOD).same == 1
    assert len(take(book, GOOD | {"owner": "王五"}).changed) == 1


def test_a_refusal_keeps_its_exit_code(book: Book) -> None:
    with pytest.raises(RejectedRows) as caught:
        take(book, GOOD | {"closed_on": "2013-03-20"})
    assert (caught.value.exit_code, type(caught.value.rejections[0].error)) == (5, Refused)


def test_files_and_sheets_are_one_command(book: Book) -> None:
    files = [
        File("一.xlsx", "1" * 64, [sheet(GOOD, name="上"), sheet(GOOD | {"title": "乙", "due": "3月底"}, name="下")]),
        File("二.xlsx", "2" * 64, [sheet(GOOD | {"title": "丙"}, name="上")], {"unit": "宣传组"}),
    ]
    taken = take_files(book, files)
    assert [entry[:2] for entry in entries(book)] == [
        (None, "import"), (1, "add"), (2, "add"), (None, "import"), (3, "add"),
    ]  # fmt: skip
    assert '"unit":[null,"宣传组"]' in entries(book)[3][4]
    assert [one.line for one in taken.conversions] == ["一.xlsx 工作表“下”第2行"]
    assert take_files(book, files[1:]).same == 1
    take_back(book)
    assert book.rows("SELECT count(*) FROM task") == [(0,)]
    assert book.faults() == []


def test_the_progress_of_a_row_is_what_was_said_last(book: Book) -> None:
    take(book, GOOD | {"problem": "经费不足", "note": "已起草", "progress": 60})
    assert book.task("1").note == "已起草"
    take(book, GOOD | {"problem": "人手不足", "note": "已送审"}, manner=UPDATE)
    assert book.task("1").note == "已送审"
    assert [problem.text for problem in book.task("1").problems] == ["经费不足", "人手不足"]


@pytest.mark.parametrize(
    ("row", "due_on", "due_text"),
    [
        ({"due_text": "3月底"}, "2013-03-31", "3月底"),
        ({"due_text": "3月底", "due": "2013-03-20"}, "2013-03-20", "3月底"),
        ({"due_text": "适时"}, None, "适时"),
        ({"due_text": "按上级通知"}, None, "按上级通知"),
        ({"due_text": "每月底"}, None, "每月底"),
    ],
)
def test_where_the_day_is_missing_the_words_beside_it_give_it(
    book: Book, row: dict[str, str], due_on: str | None, due_text: str
) -> None:
    taken = take(book, GOOD | row)
    task = book.task("1")
    assert (task.due_on and task.due_on.isoformat(), task.due_text) == (due_on, due_text)
    assert [one.words for one in taken.conversions] == ([due_text] if row == {"due_text": "3月底"} else [])
    assert take(book, GOOD | row, manner=UPDATE).same == 1


def test_what_was_taken_back_comes_again_without_its_codes(book: Book) -> None:
    take(book, GOOD | {"code": "A-1"})
    take_back(book)
    with pytest.raises(RejectedRows) as caught:
        take(book, GOOD | {"code": "A-1"})
    assert "--map 编号=-" in caught.value.rejections[0].error.hint
    take(book, GOOD)
    assert book.task(2).title == "甲"
