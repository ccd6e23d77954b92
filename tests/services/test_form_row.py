"""What the changed cells of a form become, and where the ledger knows better."""

from datetime import date
from typing import Any

import pytest

from ledger.reports.forms import DOING, DONE
from tests.conftest import Book, Clerk
from tests.services.filling import FIRST, SECOND, Fill, change, problems, take


@pytest.mark.parametrize(
    ("since_sent", "cells", "code", "said"),
    [
        ({"op": "close"}, {}, 0, "1 件下发后已销号或撤销,单位没有新的填报"),
        ({"op": "close"}, {(FIRST, "status"): DONE, (FIRST, "done_on"): "2013-03-18"}, 0, "已销号,不必再申请"),
        ({"op": "close"}, {(FIRST, "note"): "补充:已归档"}, 0, "G5:事项 2013-001 已销号,所填照记"),
        ({"op": "cancel", "reason": "不办"}, {(FIRST, "progress"): 20}, 0, "H5:事项 2013-001 已撤销,所填照记"),
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


@pytest.mark.parametrize(
    ("text", "left", "said"),
    [
        (None, [], ""),
        ("改了说法", ["缺经费", "改了说法"], "台账里仍列为未解决"),
        ("新的\n缺经费", ["缺经费", "新的"], ""),
        ("缺 经费。", ["缺经费"], ""),
        ("1.缺经费\n2.缺车\n无", ["缺经费", "2.缺车"], "“无”没有采用"),
        ("缺经费(已解决)", [], ""),
        ("用地已解决", ["缺经费"], "“用地已解决”没有采用;全部问题都已解决的,请清空这一格"),
        ("无其他问题", ["缺经费"], "“无其他问题”没有采用"),
        ("同上期", ["缺经费"], "“同上期”没有采用"),
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
        "填报.xlsx H6:" + NEWER.format(held="“90%”", said="“50%”", field="完成进度")
        + "填报.xlsx G6:" + NEWER.format(held="“会议已开”", said="“场地已看”", field="进展情况"),
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


def test_what_the_form_said_before_prevails_where_it_is_asked_to(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(SECOND, "progress"): 50, (SECOND, "note"): "场地已看", (SECOND, "problem"): "缺经费\n缺场地"})
    take(ledger, path)
    office.post("note", task="2", text="会议已开", progress=90)
    office.post("note", task="2", text="都解决了", resolves=True)
    assert take(ledger, path, also=("--overwrite", "进展,进度,问题")).code == 0
    task = office.task("2")
    assert (task.note, task.progress, problems(task)) == ("场地已看", 50, ["缺经费\n缺场地"])


def test_the_progress_of_what_was_struck_off_stays(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(SECOND, "progress"): 50})
    office.post("close", task="2")
    answer = take(ledger, path)
    assert answer.code == 0
    assert "H6:台账在下发后" in answer.err
    assert office.task("2").progress != 50


@pytest.mark.parametrize(
    "text", ["无", "暂无", "没有", "—", "/", "0", 0, "1.无", "无问题", "目前没有问题", "已解决", None]
)
def test_no_problem_is_none_and_resolves_what_the_form_knew(
    office: Book, ledger: Clerk, fill: Fill, text: str | int | None
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
        (".8", 80, "H5:完成进度“.8”按 80% 登入\n"),
        ("80%。", 80, ""),
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
@pytest.mark.parametrize(
    "day", ["2013.3.18", "3月18日", "2013/3/18", "20130318", 41351, 20130318, "2013-03-18 00:00:00", date(2013, 3, 18)]
)
def test_a_submission_is_written_in_many_ways(
    office: Book, ledger: Clerk, fill: Fill, status: str, day: object
) -> None:
    assert take(ledger, fill({(FIRST, "status"): status, (FIRST, "done_on"): day})).code == 0
    assert str(office.task("1").submitted_on) == "2013-03-18"


@pytest.mark.parametrize("field", ["办理状态", "完成日期", "status,进展"])
def test_a_submission_may_prevail_too(office: Book, ledger: Clerk, fill: Fill, field: str) -> None:
    path = fill({(FIRST, "status"): DONE, (FIRST, "done_on"): "3月18日"})
    take(ledger, path)
    office.post("return", task="1", reason="缺纪要", on="2013-03-18")
    assert take(ledger, path, also=("--overwrite", field)).code == 0
    assert office.task("1").status == "submitted"


def test_what_no_form_asks_for_cannot_prevail(ledger: Clerk, fill: Fill) -> None:
    answer = take(ledger, fill({}), also=("--overwrite", "牵头单位,进展"))
    assert (answer.code, "填报表填写的有 进展情况、完成进度、存在问题、办理状态、完成日期" in answer.err) == (2, True)


def test_under_strict_a_cell_that_would_be_left_refuses_its_form(office: Book, ledger: Clerk, fill: Fill) -> None:
    path = fill({(SECOND, "progress"): 50, (FIRST, "note"): "已起草"})
    office.post("note", task="2", text="会议已开", progress=90)
    answer = take(ledger, path, also=("--strict",))
    assert (answer.code, answer.err.splitlines()[0]) == (
        2, "填报.xlsx H6:" + NEWER.format(held="“90%”", said="“50%”", field="完成进度").strip(),
    )  # fmt: skip
    assert office.task("1").note is None


def test_a_problem_stays_itself_whatever_a_cell_makes_of_its_blanks(office: Book, ledger: Clerk, fill: Fill) -> None:
    office.post("note", task="2", text="缺\t人", problem=True)
    assert take(ledger, fill({(SECOND, "problem"): "缺经费\n缺 人\n缺场地"})).err == ""
    assert problems(office.task("2")) == ["缺经费", "缺\t人", "缺场地"]


def test_what_a_corrected_form_holds_as_it_was_sent_is_told(office: Book, ledger: Clerk, fill: Fill) -> None:
    first = fill(
        {(SECOND, "progress"): 80, (SECOND, "problem"): "缺经费\n缺车", (FIRST, "note"): "已起草"}, name="一.xlsx"
    )
    second = fill({(FIRST, "note"): "已印发"}, name="二.xlsx")
    third = fill(
        {(SECOND, "progress"): 50, (SECOND, "problem"): "缺经费\n缺人", (FIRST, "note"): "已发"}, name="三.xlsx"
    )
    assert take(ledger, first).err == ""
    said = "H6、I6 是下发时的内容,而此前交回的同一份改过:以改过的为准"
    assert take(ledger, second).err == f"填报表 二.xlsx {said}\n"
    assert (office.task("2").progress, problems(office.task("2"))) == (80, ["缺经费", "缺车"])
    assert take(ledger, third).err == "填报表 三.xlsx I6:原有问题“缺车”被改写或删去,台账里仍列为未解决\n"
    assert (office.task("2").progress, problems(office.task("2"))) == (50, ["缺经费", "缺车", "缺人"])


def test_one_of_two_problems_taken_out_is_told(office: Book, ledger: Clerk, fill: Fill) -> None:
    office.post("note", task="2", text="缺场地", problem=True)
    answer = take(ledger, fill({(SECOND, "problem"): "缺场地"}))
    assert "I6:原有问题“缺经费”被改写或删去,台账里仍列为未解决" in answer.err
    assert problems(office.task("2")) == ["缺经费", "缺场地"]


def test_what_an_older_round_said_is_no_conflict_to_a_newer(office: Book, ledger: Clerk, fill: Fill) -> None:
    older = fill({(SECOND, "progress"): 40, (SECOND, "note"): "初步", (FIRST, "note"): "已起草"}, name="旧.xlsx")
    office.post("note", task="3", text="别的事")
    newer = fill({(SECOND, "progress"): 60, (SECOND, "note"): "过半", (SECOND, "problem"): "缺经费"}, name="新.xlsx")
    answer = take(ledger, older, newer)
    assert (answer.code, answer.err) == (0, "")
    assert (office.task("2").progress, office.task("2").note, office.task("1").note) == (60, "过半", "已起草")


def test_what_the_office_said_after_an_older_round_prevails_all_the_same(
    office: Book, ledger: Clerk, fill: Fill
) -> None:
    older = fill({(SECOND, "progress"): 40}, name="旧.xlsx")
    office.post("note", task="3", text="别的事")
    newer = fill({(SECOND, "progress"): 40, (SECOND, "note"): "一些"}, name="新.xlsx")
    assert take(ledger, older).code == 0
    office.post("note", task="2", text="会议已开", progress=90)
    answer = take(ledger, newer)
    assert "H6:台账在下发后已记为“90%”,表中“40%”没有采用" in answer.err
    assert (office.task("2").progress, office.task("2").note) == (90, "会议已开")


def test_a_code_given_again_is_another_task(office: Book, ledger: Clerk, fill: Fill) -> None:
    assert ledger("add", "临时任务", "--unit", "综合组").code == 0
    path = fill({(FIRST + 2, "note"): "办了"})
    assert ledger("undo").code == 0
    assert ledger("add", "另一任务", "--unit", "综合组").out.startswith("已登记 2013-004")
    answer = take(ledger, path)
    assert (answer.code, "台账里已没有编号" in answer.err) == (4, True)
    assert office.task("4").note is None


@pytest.mark.parametrize("is_newer", [False, True], ids=["the same form", "a newer round"])
def test_a_submission_that_waits_is_not_handed_in_again(
    office: Book, ledger: Clerk, fill: Fill, is_newer: bool
) -> None:
    first = fill({(FIRST, "status"): DONE, (FIRST, "done_on"): "2013-03-17"}, name="一.xlsx")
    if is_newer:
        office.post("note", task="3", text="别的事")
    second = fill({(FIRST, "status"): DONE, (FIRST, "done_on"): "2013-03-18", (FIRST, "note"): "办了"}, name="二.xlsx")
    assert take(ledger, first).code == 0
    answer = take(ledger, second)
    assert answer.code == 0
    assert "J5:事项 2013-001 此前交回的表已申请销号(2013-03-17),表中 2013-03-18 没有采用" in answer.err
    assert (office.task("1").note, str(office.task("1").submitted_on)) == ("办了", "2013-03-17")
