"""Forms handed out, filled in and taken back, by the command line."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ledger.model.task import Task
from ledger.reports.forms import COLUMNS, DOING, DONE, FIRST_ROW, SHEET
from tests.conftest import Answer, Book, Clerk

FIRST, SECOND = FIRST_ROW, FIRST_ROW + 1
COLUMN = {field: column for column, field in enumerate(COLUMNS, start=1)}
Fill = Callable[..., Path]


@pytest.fixture
def office(book: Book) -> Book:
    """Two tasks of 综合组 (the second with a problem), one of 宣传组."""
    book.post("add", title="制定方案", unit="综合组", owner="李四", due="2013-03-20", on="2013-03-01")
    book.post("add", title="召开会议", unit="综合组", due="适时", on="2013-03-01")
    book.post("note", task="2", text="缺经费", problem=True, progress=30)
    book.post("add", title="开设专栏", unit="宣传组", due="2013-03-25", on="2013-03-01")
    return book


@pytest.fixture
def ledger(office: Book, clerk: Clerk) -> Clerk:
    return lambda *words: clerk("--db", str(office.location), *words)


@pytest.fixture
def fill(ledger: Clerk, tmp_path: Path) -> Fill:
    """`fill({(row, field): value}, unit=…, name=…)`: a unit's form, filled in so; an empty mapping hands it back."""

    def filled(cells: Mapping[tuple[int, str], Any], unit: str = "综合组", name: str = "填报.xlsx") -> Path:
        path = tmp_path / name
        assert ledger("export", "--template", "--unit", unit, "-o", str(path)).code == 0
        change(path, cells)
        return path

    return filled


def change(path: Path, cells: Mapping[tuple[int, str], Any]) -> None:
    book = load_workbook(path)
    for (row, field), value in cells.items():
        book[SHEET].cell(row, COLUMN[field]).value = value
    book.save(path)


def take(ledger: Clerk, *paths: Path, also: tuple[str, ...] = ()) -> Answer:
    return ledger("import", *map(str, paths), *also)


def entries(book: Book, since: int = 0) -> list[tuple[Any, ...]]:
    return book.rows(f'SELECT action, task, "on", note FROM entry WHERE seq > {since} ORDER BY seq')


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
    assert answer.err == "填报表 填报.xlsx 第5行:2013-03-18 的申请此前已登记,事项 2013-001 现为“在办”\n"


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
        ({(SECOND + 1, "title"): "新任务", (SECOND + 1, "note"): "办"}, 5, "有不是下发的内容:第7行(C7)"),
        ({(SECOND, "key"): "2013-003"}, 5, "有不是下发的内容:第6行(A6)"),
        ({(SECOND, "key"): None}, 5, "有不是下发的内容:第6行(A6)"),
        ({(SECOND, "key"): "2013-001"}, 5, "有不是下发的内容:第6行与第5行是同一事项"),
        ({(FIRST_ROW - 1, "note"): "别的"}, 2, "第4行的表头被改动过"),
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


def test_one_bad_form_keeps_out_all(office: Book, ledger: Clerk, fill: Fill) -> None:
    good = fill({(FIRST, "note"): "专栏已开"}, unit="宣传组", name="一.xlsx")
    bad = fill({(FIRST, "progress"): -1}, name="二.xlsx")
    before = entries(office)
    assert take(ledger, good, bad).code == 2
    assert entries(office) == before


def test_given_cells_that_were_changed_are_told_and_not_taken(office: Book, ledger: Clerk, fill: Fill) -> None:
    answer = take(ledger, fill({(FIRST, "title"): "改个名", (FIRST, "due"): "2013-12-31"}))
    assert answer.code == 0
    assert answer.err.splitlines() == [
        "填报表 填报.xlsx:C5 原为“制定方案”,表中改为“改个名”,没有采用",
        "填报表 填报.xlsx:E5 原为“2013-03-20”,表中改为“2013-12-31”,没有采用",
    ]
    assert (office.task("1").title, str(office.task("1").due_on)) == ("制定方案", "2013-03-20")


@pytest.mark.parametrize(
    ("since_sent", "cells", "code", "said"),
    [
        ({"op": "close"}, {}, 0, "1 件下发后已销号或撤销,单位没有新的填报"),
        ({"op": "close"}, {(FIRST, "status"): DONE, (FIRST, "done_on"): "2013-03-18"}, 0, "已销号,不必再申请"),
        ({"op": "close"}, {(FIRST, "note"): "补充:已归档"}, 0, ""),
        ({"op": "close"}, {(FIRST, "problem"): "没办好"}, 5, "I5:事项 2013-001 现为“已销号”,不能登记问题"),
        ({"op": "cancel", "reason": "不办"}, {(FIRST, "status"): DONE, (FIRST, "done_on"): "2013-03-18"}, 5, "已撤销"),
        ({"op": "edit", "unit": "督导组"}, {}, 0, ""),
        ({"op": "edit", "unit": "督导组"}, {(FIRST, "note"): "办了"}, 5, "G5:事项 2013-001 现由“督导组”牵头"),
        ({"op": "submit", "on": "2013-03-17"}, {(FIRST, "status"): DONE, (FIRST, "done_on"): "3月18日"}, 5, "待审核"),
    ],
    ids=str,
)  # fmt: skip
def test_what_became_of_a_task_since_the_form_was_sent(
    office: Book, ledger: Clerk, fill: Fill, since_sent: dict[str, str], cells: dict[Any, Any], code: int, said: str
) -> None:
    path = fill(cells)
    office.post(since_sent["op"], task="1", **{name: value for name, value in since_sent.items() if name != "op"})
    answer = take(ledger, path)
    assert answer.code == code, answer.err
    assert said in answer.err
    assert office.faults() == []


def test_a_submission_is_not_withdrawn_by_a_form(office: Book, ledger: Clerk, fill: Fill) -> None:
    office.post("submit", task="1", on="2013-03-18")
    assert take(ledger, fill({})).out.endswith("更新 0 件,申请销号 0 件\n")
    answer = take(ledger, fill({(FIRST, "status"): DOING, (FIRST, "done_on"): None}))
    assert (answer.code, "不能在填报表里撤回" in answer.err) == (5, True)


def problems(task: Task) -> list[str]:
    return [problem.text for problem in task.open_problems]


@pytest.mark.parametrize(
    ("text", "left", "said"),
    [
        (None, [], ""),
        ("改了说法", ["缺经费", "改了说法"], "台账里仍列为未解决"),
        ("新的\n缺经费", ["缺经费", "新的"], ""),
    ],
    ids=str,
)
def test_problems_stay_until_the_cell_is_emptied(
    office: Book, ledger: Clerk, fill: Fill, text: str | None, left: list[str], said: str
) -> None:
    answer = take(ledger, fill({(SECOND, "problem"): text}))
    assert answer.code == 0
    assert problems(office.task("2")) == left
    assert said in answer.err


def test_what_was_said_before_the_form_was_sent_may_be_said_again(office: Book, ledger: Clerk, fill: Fill) -> None:
    office.post("note", task="2", text="经费已拨", resolves=True)
    office.post("submit", task="1", on="2013-03-12")
    office.post("return", task="1", on="2013-03-13", reason="缺纪要")
    path = fill({(SECOND, "problem"): "缺经费", (FIRST, "status"): DONE, (FIRST, "done_on"): date(2013, 3, 13)})
    assert take(ledger, path).out.endswith("更新 2 件,申请销号 1 件\n")
    assert problems(office.task("2")) == ["缺经费"]
    assert (office.task("1").status, str(office.task("1").submitted_on)) == ("submitted", "2013-03-13")


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


def test_a_trial_writes_nothing(office: Book, ledger: Clerk, fill: Fill) -> None:
    path, before = fill({(FIRST, "note"): "已起草"}), entries(office)
    answer = take(ledger, path, also=("--dry-run",))
    assert answer.out.startswith("试算,未写入:1 份填报表(综合组):更新 1 件,申请销号 0 件\n")
    assert "已起草;据 填报.xlsx" in answer.out
    assert entries(office) == before


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


def test_what_the_office_returned_may_be_in_hand_again(office: Book, ledger: Clerk, fill: Fill) -> None:
    office.post("submit", task="1", on="2013-03-18")
    path = fill({(FIRST, "status"): DOING, (FIRST, "done_on"): None, (FIRST, "note"): "补佐证"})
    assert take(ledger, path).code == 5
    office.post("return", task="1", reason="缺佐证")
    assert take(ledger, path).code == 0
    assert (office.task("1").status, office.task("1").note) == ("open", "补佐证")
