"""Forms handed out, filled in and taken back, by the command line."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ledger.base.errors import StoreUnusable
from ledger.model.task import Task
from ledger.reports.forms import COLUMNS, DOING, DONE, FIRST_ROW, HIDDEN, SHEET
from ledger.store.journal import Journal
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
    found = json.loads(take(ledger, bad, good, also=("--json",)).out)
    assert [(one["file"], one["result"], len(one["faults"])) for one in found["forms"]] == [
        ("二.xlsx", "refused", 1), ("一.xlsx", "known", 0),
    ]  # fmt: skip
    assert found["tasks"] == []


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


@pytest.mark.parametrize(
    ("since_sent", "cells", "code", "said"),
    [
        ({"op": "close"}, {}, 0, "1 件下发后已销号或撤销,单位没有新的填报"),
        ({"op": "close"}, {(FIRST, "status"): DONE, (FIRST, "done_on"): "2013-03-18"}, 0, "已销号,不必再申请"),
        ({"op": "close"}, {(FIRST, "note"): "补充:已归档"}, 0, ""),
        ({"op": "close"}, {(FIRST, "problem"): "没办好"}, 5, "I5:事项 2013-001 现为“已销号”,不能登记问题"),
        ({"op": "cancel", "reason": "不办"}, {(FIRST, "status"): DONE, (FIRST, "done_on"): "2013-03-18"}, 0, "已撤销"),
        ({"op": "edit", "unit": "督导组"}, {}, 0, ""),
        ({"op": "edit", "unit": "督导组"}, {(FIRST, "note"): "办了"}, 5, "G5:事项 2013-001 现由“督导组”牵头"),
        ({"op": "submit", "on": "2013-03-17"}, {(FIRST, "status"): DONE, (FIRST, "done_on"): "3月18日"}, 0, "待审核"),
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
    assert answer.out.endswith("试算,未写入:1 份填报表(综合组):更新 1 件,申请销号 0 件\n")
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


NEWER = "台账在下发后已记为{held},表中{said}没有采用;要以表为准请加 --overwrite {field}\n"


def test_a_form_that_knows_less_does_not_overwrite(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(SECOND, "progress"): 50, (SECOND, "note"): "场地已看", (FIRST, "note"): "已起草"})
    office.post("note", task="2", text="会议已开", progress=90)
    answer = take(ledger, path)
    assert answer == (
        0,
        "已导入 1 份填报表(综合组):更新 1 件,申请销号 0 件;2 格以台账为准,没有采用\n",
        "填报表 填报.xlsx H6:" + NEWER.format(held="“90%”", said="“50%”", field="完成进度")
        + "填报表 填报.xlsx G6:" + NEWER.format(held="“会议已开”", said="“场地已看”", field="进展情况"),
    )  # fmt: skip
    assert (office.task("2").progress, office.task("2").note, office.task("1").note) == (90, "会议已开", "已起草")
    answer = take(ledger, path, also=("--overwrite", "完成进度"))
    assert answer.out.startswith("已导入 1 份填报表(综合组):更新 1 件")
    assert (office.task("2").progress, office.task("2").note) == (50, "会议已开")
    assert take(ledger, path, also=("--overwrite", "note、progress")).code == 0
    assert (office.task("2").progress, office.task("2").note) == (50, "场地已看")
    assert office.faults() == []


def test_a_form_corrected_by_its_unit_is_no_conflict(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(SECOND, "progress"): 50, (SECOND, "note"): "场地已看"})
    take(ledger, path)
    change(path, {(SECOND, "progress"): 60, (SECOND, "note"): "场地已定"})
    assert take(ledger, path) == (0, "已导入 1 份填报表(综合组):更新 1 件,申请销号 0 件\n", "")
    assert (office.task("2").progress, office.task("2").note) == (60, "场地已定")
    office.post("note", task="2", text="会议已开", progress=90)
    change(path, {(1, "number"): "另存"})
    assert take(ledger, path).err == ""
    assert office.task("2").progress == 90


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


@pytest.mark.parametrize("text", ["无", "暂无", "没有", "—", "/", "无问题", "目前没有问题", "已解决", None])
def test_no_problem_is_none_and_resolves_what_the_form_knew(
    office: Book, ledger: Clerk, fill: Fill, text: str | None
) -> None:
    path = fill({(FIRST, "problem"): text, (SECOND, "problem"): text})
    assert take(ledger, path) == (0, "已导入 1 份填报表(综合组):更新 1 件,申请销号 0 件\n", "")
    assert (problems(office.task("1")), problems(office.task("2"))) == ([], [])


def test_a_problem_that_the_form_did_not_know_is_not_resolved(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(SECOND, "problem"): "无"})
    office.post("note", task="2", text="缺场地", problem=True)
    answer = take(ledger, path)
    assert "I6:台账在下发后另记了问题“缺场地”,没有登记为已解决;要以表为准请加 --overwrite 存在问题" in answer.err
    assert problems(office.task("2")) == ["缺经费", "缺场地"]
    assert take(ledger, path, also=("--overwrite", "存在问题")).code == 0
    assert problems(office.task("2")) == []


def test_a_problem_resolved_meanwhile_is_not_raised_again(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(SECOND, "problem"): "缺经费\n缺场地"})
    office.post("note", task="2", text="经费已拨", resolves=True)
    assert take(ledger, path).code == 0
    assert problems(office.task("2")) == ["缺场地"]


@pytest.mark.parametrize(
    ("value", "progress", "said"),
    [
        ("80%", 80, ""),
        ("８０％", 80, ""),
        (80.0, 80, ""),
        (0.8, 80, "H5:完成进度“0.8”按 80% 登入\n"),
        ("0.8", 80, "H5:完成进度“0.8”按 80% 登入\n"),
        ("约80%", 80, "H5:完成进度“约80%”按 80% 登入\n"),
        ("80%左右", 80, "H5:完成进度“80%左右”按 80% 登入\n"),
        (66.7, 67, "H5:完成进度“66.7”按 67% 登入\n"),
        (99.9, 99, "H5:完成进度“99.9”按 99% 登入\n"),
        (1, 1, "H5:完成进度 1 按 1% 登入;如指全部完成,请写 100\n"),
        ("—", None, ""),
    ],
)
def test_a_percentage_is_written_in_many_ways(
    office: Book, ledger: Clerk, fill: Fill, value: object, progress: int | None, said: str
) -> None:
    answer = take(ledger, fill({(FIRST, "progress"): value}))
    assert answer.err == (f"填报表 填报.xlsx {said}" if said else "")
    assert office.task("1").progress == progress


def test_one_among_shares_is_the_whole(office: Book, ledger: Clerk, fill: Fill) -> None:
    take(ledger, fill({(FIRST, "progress"): 1, (SECOND, "progress"): 0.5}))
    assert (office.task("1").progress, office.task("2").progress) == (100, 50)


@pytest.mark.parametrize("status", ["已完成", "办结", "已完成（申请销号）", "已办结"])
@pytest.mark.parametrize("day", ["2013.3.18", "3月18日", "2013/3/18", "20130318", 41351, date(2013, 3, 18)])
def test_a_submission_is_written_in_many_ways(
    office: Book, ledger: Clerk, fill: Fill, status: str, day: object
) -> None:
    assert take(ledger, fill({(FIRST, "status"): status, (FIRST, "done_on"): day})).code == 0
    assert str(office.task("1").submitted_on) == "2013-03-18"


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
    assert (answer.code, answer.err) == (0, "填报表 填报.xlsx:第12行“填表人:李四”是表尾说明,没有导入\n")
    assert (office.task("1").note, office.task("2").progress) == ("已起草", 60)


def test_another_units_form(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(FIRST, "note"): "专栏已开"}, name="填报-宣传组.xlsx")
    answer = take(ledger, path)
    assert answer.code == 0
    assert "填报表 填报-宣传组.xlsx 的文件名写着“宣传组”,表是发给“综合组”的,已按后者登入,请核对" in answer.err
    book = load_workbook(path)
    book[SHEET]["A2"] = "填报单位:宣传组    台账:学创台账    截至2013年3月19日"
    book.save(path)
    answer = take(ledger, path)
    assert (answer.code, "是发给“综合组”的,表上的填报单位写成了“宣传组”" in answer.err) == (5, True)


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
    office.post("edit", task="1", code="办-2")
    assert take(ledger, path).code == 0
    assert office.task("1").note == "已起草"
