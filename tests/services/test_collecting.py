"""Forms handed out, filled in and taken back, by the command line."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ledger.base.asking import Question
from ledger.base.errors import StoreUnusable
from ledger.cli import clerk
from ledger.reports.forms import COLUMNS, DONE, FIRST_ROW, HIDDEN, SHEET
from ledger.store.journal import Journal
from tests.conftest import Book, Clerk
from tests.services.filling import FIRST, SECOND, Fill, change, entries, take


def test_what_a_unit_says_anew_is_taken(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({
        (FIRST, "note"): "方案已印发", (FIRST, "progress"): 100, (FIRST, "status"): DONE,
        (FIRST, "done_on"): date(2013, 3, 18), (SECOND, "progress"): "60%",
        (SECOND, "problem"): "缺经费\n缺场地",
    })  # fmt: skip
    since = len(entries(office))
    answer = take(ledger, path)
    assert answer == (0, "已导入 1 份填报表(综合组):更新 2 件,申请销号 1 件\n", "")
    assert entries(office, since) == [
        ("import", None, "2013-03-19", None),
        ("note", 1, "2013-03-19", "方案已印发"),
        ("submit", 1, "2013-03-18", None),
        ("note", 2, "2013-03-19", "缺场地"),
        ("note", 2, "2013-03-19", None),
    ]
    first, second = office.task("1"), office.task("2")
    assert (first.status, str(first.submitted_on), first.progress) == ("submitted", "2013-03-18", 100)
    assert (second.progress, [problem.text for problem in second.open_problems]) == (60, ["缺经费", "缺场地"])
    assert office.faults() == []


def test_a_form_that_comes_back_is_a_report_on_each_task_that_asks_for_reports(
    office: Book, ledger: Clerk, fill: Fill
) -> None:
    for number in (1, 2):
        office.post("edit", task=number, feedback="每周五")
    path = fill({(FIRST, "note"): "已起草", (FIRST, "problem"): "缺经费"})
    since = len(entries(office))
    assert take(ledger, path).code == 0
    assert entries(office, since) == [
        ("import", None, "2013-03-19", None),
        ("report", 1, "2013-03-19", "缺经费"),
        ("report", 1, "2013-03-19", "已起草"),
        ("report", 2, "2013-03-19", None),
    ]
    assert [str(office.task(number).reported_on) for number in (1, 2)] == ["2013-03-19"] * 2
    change(path, {(1, "number"): "另存"})
    since = len(entries(office))
    assert take(ledger, path).code == 0
    assert [action for action, *_ in entries(office, since)] == ["import"]
    assert office.faults() == []


def test_a_form_may_come_twice_as_it_is_or_saved_again(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(FIRST, "note"): "已起草", (SECOND, "problem"): "缺经费\n缺场地", (FIRST, "status"): DONE,
                 (FIRST, "done_on"): "3月18日"})  # fmt: skip
    assert take(ledger, path).code == 0
    since = len(entries(office))
    again = take(ledger, path)
    assert (again.out, again.err) == (
        "已导入 0 份填报表:更新 0 件,申请销号 0 件\n",
        "填报表 填报.xlsx 已导入过,没有变化\n",
    )
    assert entries(office, since) == []
    office.post("return", task="1", reason="缺纪要")
    office.post("note", task="1", text="办公室催办")
    change(path, {(1, "number"): "另存"})
    since = len(entries(office))
    answer = take(ledger, path)
    assert [action for action, *_ in entries(office, since)] == ["import"]
    assert answer.err == "填报表 填报.xlsx J5:2013-03-18 的申请此前已登记,事项 2013-001 现为“在办”\n"


def test_a_form_taken_back_is_as_if_it_had_not_come(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(FIRST, "note"): "已起草"})
    before = office.task("1")
    take(ledger, path)
    ledger("undo")
    assert office.task("1") == before
    assert "综合组" in ledger("import", "--expect").out
    assert take(ledger, path).out == "已导入 1 份填报表(综合组):更新 1 件,申请销号 0 件\n"


@pytest.mark.parametrize(
    ("cells", "code", "said"),
    [
        ({(FIRST, "progress"): 120}, 2, "填报.xlsx H5:完成进度 120 不在 0 到 100 之间"),
        ({(FIRST, "progress"): "过半"}, 2, "填报.xlsx H5:完成进度“过半”不是 0 到 100 的整数"),
        ({(FIRST, "status"): "办了"}, 2, "填报.xlsx J5:办理状态“办了”不在下拉单里"),
        ({(FIRST, "status"): DONE}, 2, "填报.xlsx K5:办理状态为“已完成(申请销号)”而没有完成日期"),
        ({(FIRST, "done_on"): date(2013, 3, 18)}, 2, "填报.xlsx K5:填了完成日期,办理状态却不是"),
        ({(FIRST, "status"): DONE, (FIRST, "done_on"): date(2013, 3, 20)}, 5, "K5:日期 2013-03-20 晚于今天"),
        ({(FIRST, "status"): DONE, (FIRST, "done_on"): date(2013, 2, 1)}, 5, "填报.xlsx K5:日期 2013-02-01 早于"),
        ({(FIRST, "status"): DONE, (FIRST, "done_on"): "前些天"}, 2, "填报.xlsx K5:日期“前些天”读不懂"),
        ({(FIRST, "note"): "a\u200fb"}, 2, "填报.xlsx G5:进展内容里有不可见的控制字符"),
        ({(FIRST, "problem"): "a\u200fb"}, 2, "填报.xlsx I5:进展内容里有不可见的控制字符"),
        ({(SECOND + 1, "title"): "新任务", (SECOND + 1, "note"): "办"}, 5, "填报.xlsx C7:这一行不是下发的内容"),
        ({(SECOND, "key"): None, (SECOND, "code"): "2013-003"}, 5, "填报.xlsx B6:这一行不是下发的内容"),
        ({(SECOND, "code"): "2013-001", (SECOND, "title"): "制定方案"}, 5, "第6行与第5行是同一事项(2013-001),所填不同"),
        ({(FIRST_ROW - 1, "note"): "别的"}, 2, "第4行的表头被改动过:“进展情况”没有这一栏"),
        ({(FIRST_ROW - 1, "title"): "进展情况"}, 2, "第4行的表头被改动过:“工作任务”没有这一栏"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_taken_is_named_by_its_cell(
    office: Book, ledger: Clerk, fill: Fill, cells: dict[tuple[int, str], Any], code: int, said: str
) -> None:
    path = fill({(SECOND, "note"): "这一行没有错", **cells})
    before = entries(office)
    answer = take(ledger, path)
    assert answer.code == code
    assert said in answer.err
    assert answer.out == ""
    assert entries(office) == before


def test_every_flaw_is_named_at_once(ledger: Clerk, fill: Fill) -> None:
    answer = take(ledger, fill({
        (FIRST, "progress"): "过半", (FIRST, "status"): "办了", (FIRST, "note"): "a\u200fb",
        (SECOND, "done_on"): "=1/0", (SECOND + 1, "title"): "新任务", (SECOND + 2, "title"): "又一项",
        (SECOND, "progress"): 101,
    }))  # fmt: skip
    assert [line.split(":")[0] for line in answer.err.splitlines()] == [
        *(f"填报.xlsx {cell}" for cell in ("G5", "H5", "J5", "H6", "K6", "C7", "C8")),
        "错误",
    ]
    assert answer.code == 2


@pytest.mark.parametrize("number", [0.5, -1, 1e9, 20131345])
def test_a_number_that_is_no_day_hides_no_other_flaw(ledger: Clerk, fill: Fill, number: float) -> None:
    cells = {(FIRST, "status"): "马上", (FIRST, "done_on"): number, (SECOND, "progress"): 150}
    answer = take(ledger, fill(cells))
    assert answer.code == 2
    assert [line.split(":")[0] for line in answer.err.splitlines()[:-1]] == [
        f"填报.xlsx {at}" for at in ("J5", "K5", "H6")
    ]


def test_one_bad_form_keeps_out_no_other(office: Book, ledger: Clerk, fill: Fill, tmp_path: Path) -> None:
    good = fill({(FIRST, "note"): "专栏已开"}, unit="宣传组", name="一.xlsx")
    bad = fill({(FIRST, "progress"): -1, (FIRST, "note"): "起草"}, name="二.xlsx")
    old, lost = tmp_path / "三.xls", tmp_path / "四.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    book = load_workbook(fill({}, name="四.xlsx"))
    del book[HIDDEN]
    book.save(lost)
    answer = take(ledger, bad, good, old, lost)
    assert answer.code == 2
    assert answer.out.splitlines()[-1] == "已导入 1 份填报表(宣传组):更新 1 件,申请销号 0 件;另有 3 份未导入"
    assert answer.err.splitlines() == [
        "二.xlsx H5:完成进度“-1”不是 0 到 100 的整数;请写如 60",
        f"三.xls:文件 {old} 是旧版 xls 工作簿(不论名称);请用表格软件打开,另存为 xlsx 后重试",
        f"四.xlsx:文件 {lost} 是填报表,而隐藏的内部数据已丢失(多半是另存成了别的格式)"
        ";请直接在发下去的填报表里填写,原样保存后发回",
    ]
    assert (office.task("1").note, office.task("3").note) == (None, "专栏已开")
    again = take(ledger, bad, good, also=("--json",))
    assert (json.loads(again.out), again.code) == ([], 2)


def test_each_form_is_taken_back_by_itself(office: Book, ledger: Clerk, fill: Fill) -> None:
    first = fill({(FIRST, "note"): "已起草"}, name="一.xlsx")
    second = fill({(FIRST, "note"): "专栏已开"}, unit="宣传组", name="二.xlsx")
    answer = take(ledger, first, second)
    assert answer.code == 0
    assert [line.split()[:3] for line in answer.out.splitlines() if ".xlsx" in line] == [
        ["一.xlsx", "综合组", "已导入"], ["二.xlsx", "宣传组", "已导入"],
    ]  # fmt: skip
    ledger("undo")
    assert (office.task("1").note, office.task("3").note) == ("已起草", None)
    ledger("undo")
    assert office.task("1").note is None
    assert office.faults() == []


def test_a_trial_of_several_shows_each(office: Book, ledger: Clerk, fill: Fill) -> None:
    first = fill({(FIRST, "note"): "已起草"}, name="一.xlsx")
    second = fill({(FIRST, "progress"): "过半"}, unit="宣传组", name="二.xlsx")
    before = entries(office)
    answer = take(ledger, first, second, also=("--dry-run",))
    assert answer.code == 2
    assert "已起草;据 一.xlsx" in answer.out
    last = answer.out.splitlines()[-1]
    assert last == "试算,未写入:1 份填报表(综合组):更新 1 件,申请销号 0 件;另有 1 份不能导入"
    assert [words for words in ("可导入", "不能导入", "已导入") if words in answer.out] == ["可导入", "不能导入"]
    assert entries(office) == before


def test_a_store_that_fails_ends_the_run_and_says_what_is_in(
    office: Book, ledger: Clerk, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = fill({(FIRST, "note"): "已起草"}, name="一.xlsx")
    second = fill({(FIRST, "note"): "专栏已开"}, unit="宣传组", name="二.xlsx")
    third = fill({(SECOND, "note"): "已定场地"}, name="三.xlsx")
    flush, calls = Journal.flush, []

    def failing(journal: Journal) -> None:
        if any(entry["action"] == "note" for entry in journal._entries):
            calls.append(journal)
        if len(calls) == 2:
            raise StoreUnusable("磁盘已满", "请清出空间后重试")
        flush(journal)

    monkeypatch.setattr(Journal, "flush", failing)
    answer = take(ledger, first, second, third)
    assert answer.code == 7
    assert answer.err.splitlines() == [
        "此前已导入 1 份填报表:一.xlsx;其余未导入",
        "错误:磁盘已满。未写入其余各份;请清出空间后重试。",
    ]
    monkeypatch.undo()
    assert [office.task(number).note for number in "123"] == ["已起草", None, None]


def test_given_cells_that_were_changed_are_told_and_not_taken(office: Book, ledger: Clerk, fill: Fill) -> None:
    answer = take(ledger, fill({(FIRST, "title"): "改个名", (FIRST, "due"): "2013-12-31"}))
    assert answer.code == 0
    assert answer.err.splitlines() == [
        "填报表 填报.xlsx:C5 原为“制定方案”,表中改为“改个名”,没有采用",
        "填报表 填报.xlsx:E5 原为“2013-03-20”,表中改为“2013-12-31”,没有采用",
    ]
    assert (office.task("1").title, str(office.task("1").due_on)) == ("制定方案", "2013-03-20")


def test_a_form_of_another_ledger(ledger: Clerk, fill: Fill, clerk: Clerk, tmp_path: Path) -> None:
    path, other = fill({(FIRST, "note"): "办"}), str(tmp_path / "other.db")
    clerk("--db", other, "add", "别的", "--unit", "综合组")
    answer = clerk("--db", other, "import", str(path))
    assert answer.code == 5
    assert "不是这本台账发出的(它出自“学创台账”)" in answer.err


def test_a_form_tells_of_a_ledger_that_was_put_back(office: Book, ledger: Clerk, fill: Fill) -> None:
    """An older copy in the ledger's place is sound by itself; the head that a form took along tells it."""
    path = office.location.path
    assert path is not None
    older = path.read_bytes()
    office.post("close", task="2")
    form = fill({(FIRST, "note"): "办"})
    path.write_bytes(older)
    assert office.faults() == []
    answer = take(ledger, form)
    assert answer.code == 5
    assert "不是这本台账发出的" in answer.err


def test_forms_and_sheets_are_not_mixed(ledger: Clerk, fill: Fill, tmp_path: Path) -> None:
    sheet = tmp_path / "表.csv"
    sheet.write_text("工作任务,牵头单位\n甲,综合组\n", "utf-8")
    answer = take(ledger, fill({}), sheet)
    assert (answer.code, "请分开导入" in answer.err) == (2, True)


def test_what_a_spreadsheet_left_beside_an_open_form_is_told_by_its_name(
    ledger: Clerk, fill: Fill, tmp_path: Path
) -> None:
    left = tmp_path / "~$填报.xlsx"
    left.write_bytes(b"\x04user" + b" " * 50 + "王".encode("utf-16-le") + b"\0" * 100)
    answer = take(ledger, fill({(FIRST, "note"): "已起草"}), left)
    assert (answer.code, "临时文件;请关闭表格软件" in answer.err) == (2, True)


def test_a_trial_writes_nothing(office: Book, ledger: Clerk, fill: Fill) -> None:
    path, before = fill({(FIRST, "note"): "已起草"}), entries(office)
    answer = take(ledger, path, also=("--dry-run",))
    assert answer.out.endswith("试算,未写入:1 份填报表(综合组):更新 1 件,申请销号 0 件\n")
    assert "已起草;据 填报.xlsx" in answer.out
    assert entries(office) == before


def test_a_trial_tells_what_taking_would_tell(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(FIRST, "progress"): 0.8, (SECOND, "problem"): "缺场地"})
    office.post("close", task="1")
    trial, real = take(ledger, path, also=("--dry-run",)), take(ledger, path)
    assert "H5:完成进度“0.8”按 80% 登入" in trial.err
    assert trial.err == real.err


def test_who_has_not_returned_theirs(ledger: Clerk, tmp_path: Path) -> None:
    def expected() -> dict[str, Any]:
        found: dict[str, Any] = json.loads(ledger("import", "--expect", "--json").out)
        return found

    assert expected()["round"] is None
    assert [one["unit"] for one in expected()["missing"]] == ["综合组", "宣传组"]
    room = tmp_path / "填报"
    assert ledger("export", "--template", "--split", "-o", str(room)).code == 0
    names = sorted(path.name for path in room.iterdir())
    assert names == ["填报-宣传组.xlsx", "填报-综合组.xlsx"]
    assert take(ledger, room / names[0]).code == 0
    found = expected()
    assert (found["returned"], found["missing"]) == (["宣传组"], [{"unit": "综合组", "tasks": 2}])
    assert "应报 2 家,已报 1 家" in ledger("import", "--expect").out
    assert take(ledger, room / names[1]).code == 0
    assert expected()["missing"] == []


@pytest.mark.parametrize(
    "foot", ["填表人:李四", "单位(盖章)", "审核人： 张三   联系电话:123", "2013年3月20日", "主要领导签字"]
)
@pytest.mark.parametrize("field", ["number", "code", "owner"])
def test_the_foot_of_a_page_is_no_task(ledger: Clerk, fill: Fill, foot: str, field: str) -> None:
    answer = take(ledger, fill({(FIRST, "note"): "已起草", (SECOND + 2, field): foot}))
    assert answer.code == 0, answer.err
    assert "第8行" in answer.err


def test_a_text_that_runs_on_below_its_row_is_no_foot(ledger: Clerk, fill: Fill) -> None:
    answer = take(ledger, fill({(FIRST, "note"): "已起草", (SECOND + 1, "note"): "还有一段"}))
    assert (answer.code, "填报.xlsx G7:这一行不是下发的内容" in answer.err) == (5, True)


def test_two_copies_of_one_form_do_not_overwrite_each_other(office: Book, ledger: Clerk, fill: Fill) -> None:
    first = fill({(SECOND, "progress"): 50}, name="一.xlsx")
    second = fill({(SECOND, "progress"): 40, (FIRST, "note"): "已起草"}, name="二.xlsx")
    answer = take(ledger, first, second)
    assert answer.code == 0
    assert "二.xlsx 与 一.xlsx 是发给综合组的同一份:所填不同的格子以先导入的为准" in answer.err
    assert "二.xlsx H6:台账在下发后已记为“50%”" in answer.err
    assert (office.task("2").progress, office.task("1").note) == (50, "已起草")


def test_an_older_round_comes_after_a_newer(office: Book, ledger: Clerk, fill: Fill) -> None:
    older = fill({(SECOND, "progress"): 40, (FIRST, "note"): "已起草"}, name="旧.xlsx")
    office.post("note", task="3", text="别的事")
    newer = fill({(SECOND, "progress"): 60}, name="新.xlsx")
    assert take(ledger, newer).code == 0
    answer = take(ledger, older)
    assert "旧.xlsx 是 2013-03-19 下发的,该单位 2013-03-19 下发的一份已先交回" in answer.err
    assert (office.task("2").progress, office.task("1").note) == (60, "已起草")


def reordered(path: Path, *, with_key: bool) -> None:
    """The rows of the two tasks in each other's place."""
    book = load_workbook(path)
    sheet = book[SHEET]
    for column in range(2, len(COLUMNS) + 1 if with_key else len(COLUMNS)):
        first, second = sheet.cell(FIRST, column), sheet.cell(SECOND, column)
        first.value, second.value = second.value, first.value
    book.save(path)


@pytest.mark.parametrize("with_key", [True, False])
def test_sorted_rows_are_the_tasks_that_they_show(office: Book, ledger: Clerk, fill: Fill, with_key: bool) -> None:
    path = fill({(FIRST, "note"): "已起草", (SECOND, "progress"): 60})
    reordered(path, with_key=with_key)
    assert take(ledger, path).code == 0
    assert (office.task("1").note, office.task("2").progress, office.task("2").note) == ("已起草", 60, None)


def test_rows_and_columns_put_in_a_foot_and_a_copied_row(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(FIRST, "note"): "已起草", (SECOND, "progress"): 60})
    book = load_workbook(path)
    sheet = book[SHEET]
    sheet.insert_cols(8)
    sheet.insert_rows(FIRST_ROW - 1, 2)
    sheet.insert_rows(FIRST + 3)
    for column in range(1, 14):
        sheet.cell(10, column).value = sheet.cell(FIRST + 2, column).value
    sheet.cell(11, 1).value = "3"
    sheet.cell(12, 2).value = "填表人:李四"
    sheet.cell(12, 7).value = "审核人:张三"
    sheet.title = "Sheet1"
    book.save(path)
    answer = take(ledger, path)
    assert (answer.code, answer.err) == (0, "填报表 填报.xlsx:第12行“填表人:李四”不是事项,没有导入\n")
    assert (office.task("1").note, office.task("2").progress) == ("已起草", 60)


def test_a_clerk_may_send_back_another_units_form(
    office: Book, ledger: Clerk, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = fill({(FIRST, "note"): "专栏已开"}, name="填报-宣传组.xlsx")
    assert take(ledger, path, also=("--strict",)).code == 2
    monkeypatch.setattr(clerk, "can_ask", lambda: True)
    asked: list[Question] = []
    monkeypatch.setattr(clerk, "answered", lambda questions: dict.fromkeys([*map(told(asked), questions)], True))
    answer = take(ledger, path)
    assert (answer.code, [one.asked for one in asked]) == (5, ["不收这一份吗?"])
    assert office.task("1").note is None


def told(asked: list[Question]) -> Callable[[Question], Question]:
    """Gathers what is asked."""

    def gather(question: Question) -> Question:
        asked.append(question)
        return question

    return gather


def test_another_units_form(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(FIRST, "note"): "专栏已开"}, name="填报-宣传组.xlsx")
    answer = take(ledger, path)
    assert answer.code == 0
    assert "填报表 填报-宣传组.xlsx 的文件名写着“宣传组”,表是发给“综合组”的,按“综合组”登入" in answer.err
    book = load_workbook(path)
    book[SHEET]["A2"] = "填报单位:宣传组    台账:学创台账    截至2013年3月19日"
    book.save(path)
    answer = take(ledger, path)
    assert (answer.code, "是发给“综合组”的,表上的填报单位写成了“宣传组”" in answer.err) == (5, True)


def test_a_unit_that_writes_itself_otherwise_is_told(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(FIRST, "note"): "已起草"})
    book = load_workbook(path)
    book[SHEET]["A2"] = "填报单位:综合协调组    台账:学创台账    截至2013年3月19日"
    book.save(path)
    said = "填报表 填报.xlsx 上的填报单位写成了“综合协调组”,按“综合组”登入\n"
    assert take(ledger, path) == (0, "已导入 1 份填报表(综合组):更新 1 件,申请销号 0 件\n", said)


@pytest.mark.parametrize("word", ["rename", "merge"])
def test_a_unit_renamed_since_still_returns_its_form(office: Book, ledger: Clerk, fill: Fill, word: str) -> None:
    path = fill({(FIRST, "note"): "已起草"})
    new = "办公室" if word == "rename" else "宣传组"
    into = [new] if word == "rename" else ["--into", new]
    assert ledger("config", "units", word, "综合组", *into).code == 0
    assert office.task("1").unit == new
    answer = take(ledger, path)
    assert (answer.code, answer.out) == (0, f"已导入 1 份填报表({new}):更新 1 件,申请销号 0 件\n")
    assert office.task("1").note == "已起草"
    found = json.loads(ledger("import", "--expect", "--json").out)
    assert new in found["returned"]
    ledger("undo")
    ledger("undo")
    assert office.task("1").unit == "综合组"
    assert take(ledger, path).out.startswith("已导入 1 份填报表(综合组)")


def test_a_form_saved_as_csv_is_no_sheet(ledger: Clerk, fill: Fill, tmp_path: Path) -> None:
    sheet = load_workbook(fill({}))[SHEET]
    lost = tmp_path / "填报.csv"
    lines = [",".join(str(cell.value or "") for cell in row) for row in sheet.iter_rows()]
    lost.write_text("\n".join(lines), "gb18030")
    answer = take(ledger, lost)
    assert (answer.code, "是填报表,而隐藏的内部数据已丢失" in answer.err) == (2, True)


def test_cells_put_together_are_no_answer(ledger: Clerk, fill: Fill) -> None:
    path = fill({(FIRST, "note"): "都已起草"})
    book = load_workbook(path)
    book[SHEET].merge_cells("G5:G6")
    book[SHEET].merge_cells("I5:J5")
    book.save(path)
    answer = take(ledger, path)
    assert answer.code == 5
    assert [line.split(":几")[0] for line in answer.err.splitlines()[:-1]] == ["填报.xlsx G5:G6", "填报.xlsx I5:J5"]


def test_a_task_whose_code_was_changed_since(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(FIRST, "note"): "已起草"})
    office.post("edit", task="1", code="办-1")
    office.post("edit", task="办-1", code="办-2")
    assert take(ledger, path).code == 0
    assert office.task("办-2").note == "已起草"


def test_two_sheets_to_choose_from(ledger: Clerk, fill: Fill) -> None:
    path = fill({})
    book = load_workbook(path)
    copy = book.copy_worksheet(book[SHEET])
    copy["G5"] = "已起草"
    book.save(path)
    answer = take(ledger, path)
    assert answer.code == 2
    assert "有2张填报的工作表(填报、填报 Copy),分不清以哪一张为准" in answer.err


def test_what_stands_beside_the_form_is_told(ledger: Clerk, fill: Fill) -> None:
    path = fill({(FIRST, "note"): "已起草"})
    book = load_workbook(path)
    book[SHEET]["M4"], book[SHEET]["M5"], book[SHEET]["M6"] = "备注", "请领导过问", "同上"
    book.save(path)
    answer = take(ledger, path)
    assert (answer.code, answer.err) == (0, "填报表 填报.xlsx:M5 等格不在填报的各栏里,没有导入\n")


def test_many_new_rows_are_summed_up(ledger: Clerk, fill: Fill) -> None:
    answer = take(ledger, fill({(line, "title"): "新任务" for line in range(10, 60)}))
    assert answer.code == 5
    assert "填报.xlsx 第30至59行:还有 30 行不是下发的内容" in answer.err
    assert len(answer.err.splitlines()) == 22
