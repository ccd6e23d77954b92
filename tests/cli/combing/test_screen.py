"""The walk on a whole screen, driven through a terminal; what was recorded is looked up in the ledger."""

import json
import os
import signal
from collections.abc import Callable
from datetime import date

import pytest

from ledger.base.text import width
from ledger.reports.combings import combings, words
from ledger.services.settings import set_rule
from tests.cli.combing.seat import BACKSPACE, DOWN, ESCAPE, LEDGER, LEFT, WHEEL_DOWN, WHEEL_UP, Seat
from tests.conftest import TODAY, Book, Clerk

Sit = Callable[..., Seat]


def test_chinese_is_typed_edited_by_characters_and_sent_in_pieces(office: Book, seat: Sit) -> None:
    here = seat()
    here.type(f"n方案已送x审议{BACKSPACE}{LEFT}{BACKSPACE}")
    for byte in "定".encode():
        here.send(bytes([byte]))
    here.type("\x05,完成60%\r")
    ((task, note, changes, _, actor),) = here.wait_for_entries("note")
    assert (task, note, actor) == (1, "方案已送定审,完成60%", "张三")
    assert json.loads(changes) == {"progress": [None, 60]}


def test_one_key_strikes_off_and_one_takes_it_back(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("c")
    assert [row[0] for row in here.wait_for_entries("close")] == [1]
    here.type("u")
    here.wait_for_entries("close", 0)
    assert (office.task("1").status, office.faults()) == ("open", [])
    here.type("cc")
    assert [row[0] for row in here.wait_for_entries("close", 2)] == [1, 2]


def test_closed_with_a_day_and_a_note(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("C3月15日\r会议已召开\r")
    here.wait_for_entries("close")
    task = office.task("1")
    assert (str(task.closed_on), task.note) == ("2013-03-15", "会议已召开")


def test_what_was_submitted_is_accepted_or_returned(office: Book, seat: Sit) -> None:
    here = seat()
    here.type(DOWN * 4)
    here.wait_for("审核销号")
    here.type("r缺会议纪要\r")
    ((task, note, *_),) = here.wait_for_entries("return")
    assert (task, note, office.task("5").status) == (5, "缺会议纪要", "open")


def test_where_it_is_reviewed_striking_off_is_asked_for(office: Book, seat: Sit) -> None:
    with office.journal() as journal:
        set_rule(journal, "review", "是")
        set_rule(journal, "result_length", "5")
    here = seat()
    here.type("c已办\r")
    here.wait_for("至少5个字")
    here.type("结并报备\r")
    _, (task, note, *_) = here.wait_for_entries("submit", 2)
    assert (task, note, office.task("1").status) == (1, "已办结并报备", "submitted")


def test_urged_and_flagged_on_the_way(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("g3\r请抓紧\r")
    ((task, note, changes, *_),) = here.wait_for_entries("urge")
    assert (task, note, json.loads(changes)["method"]) == (1, "请抓紧", [None, "电话"])
    here.type("f4月底\r")
    here.wait_for_entries("flag")
    here.wait_for("挂牌督办到4月30日 第1次催办(蓝单)")
    here.type("f")
    here.wait_for_entries("unflag")


def test_a_problem_and_its_end(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("p经费没有落实\r")
    here.wait_for_entries("note")
    assert [problem.text for problem in office.task("1").open_problems] == ["经费没有落实"]
    here.type("v已经拨付\r")
    here.wait_for_entries("note", 2)
    assert office.task("1").open_problems == ()


def test_a_deadline_is_echoed_before_it_counts(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("d不知道\r")
    here.wait_for("错误:")
    assert office.rows("SELECT 1 FROM entry WHERE action = 'extend'") == []
    here.type(BACKSPACE * 3 + "3月29日\r")
    here.wait_for("2013年3月29日 周五(原 2013年3月8日 周五)")
    assert office.rows("SELECT 1 FROM entry WHERE action = 'extend'") == []
    here.type("会议改期\r")
    ((task, reason, *_),) = here.wait_for_entries("extend")
    assert (task, reason, str(office.task("1").due_on)) == (1, "会议改期", "2013-03-29")


def test_corrected_and_counted(office: Book, seat: Sit) -> None:
    here = seat()
    here.type(f"e责任人\r{BACKSPACE * 2}王五\r")
    here.wait_for_entries("edit")
    assert office.task("1").owner == "王五"
    here.type(DOWN * 3 + "t１\r")
    here.wait_for_entries("tally")
    assert office.task("4").tally == 1


def test_called_off_nothing_is_written(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("n写了一半")
    here.wait_for("写了一半")
    here.type(ESCAPE)
    here.wait_for("已放弃")
    here.type("p")
    here.wait_for("突出问题")
    here.type("\r")
    here.wait_for("已放弃")
    assert office.rows("SELECT 1 FROM entry WHERE action = 'note'") == []


def test_marked_tasks_are_done_in_one_command(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("mmc")
    rows = here.wait_for_entries("close", 2)
    assert [row[0] for row in rows] == [1, 2]
    assert len({row[3] for row in rows}) == 1
    here.type("u")
    here.wait_for_entries("close", 0)


def test_marked_tasks_are_done_all_or_none(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("mm")
    here.wait_for("选中的 2 件")
    office.post("close", task="2", actor="李四")
    here.type("c")
    here.wait_for("刚刚有了新的记录")
    here.type("y\r")
    here.wait_for("错误:")
    assert [row[0] for row in here.wait_for_entries("close")] == [2]


def test_another_hand_was_quicker(office: Book, seat: Sit) -> None:
    here = seat()
    office.post("note", task="1", text="李四刚报过", actor="李四")
    here.type("c")
    here.wait_for("李四刚报过")
    assert office.task("1").status == "open"
    here.type("\r")
    here.wait_for("已放弃")
    assert office.task("1").status == "open"
    office.post("note", task="1", text="又报一次", actor="李四")
    here.type("c")
    here.wait_for("又报一次")
    here.type("y\r")
    here.wait_for_entries("close")


def test_a_power_cut_loses_nothing(office: Book, seat: Sit, clerk: Clerk) -> None:
    here = seat()
    here.type("n过半\rc")
    here.wait_for_entries("close")
    here.type("p写到一半")
    here.wait_for("写到一半")
    here.kill()
    assert office.faults() == []
    assert (office.task("1").status, office.task("1").note) == ("closed", "过半")
    assert clerk("--db", str(office.location), "undo").code == 0
    assert office.task("1").status == "open"
    assert office.rows("SELECT actor, changes FROM entry WHERE action = 'comb'") == [
        ("张三", '{"seen":[null,1],"listed":[null,5]}')
    ]


def test_two_clerks_comb_at_once(office: Book, seat: Sit) -> None:
    here, there = seat(), seat(LEDGER_ACTOR="李四")
    here.type("c")
    here.wait_for_entries("close")
    there.type("n李四说的\r")
    there.wait_for("刚刚有了新的记录")
    assert "已销号" in there.shown
    there.type("\r c")  # not on this one; on to the next, which the other still looks at
    assert {row[4] for row in there.wait_for_entries("close", 2)} == {"张三", "李四"}
    here.type("c")
    here.wait_for("刚刚有了新的记录")
    here.type("\rq")
    there.type("q")
    assert (here.ended(), there.ended()) == (0, 0)
    with office.reading() as reader:
        found = combings(reader, date.fromisoformat(TODAY), date.fromisoformat(TODAY))
    assert {(one.actor, one.seen) for one in found} == {("张三", 1), ("李四", 2)}
    assert office.faults() == []


def test_an_empty_list_says_so(office: Book) -> None:
    for task in "12345":
        office.post("close", task=task)
    here = Seat(office)
    try:
        here.wait_for("没有需要梳理的事项")
        here.type("cnum /印发\r")
        here.wait_for("查找所得")
        here.type("q")
        assert here.ended() == 0
    finally:
        here.close()


MOMENTS = ("c", "mmc", "n过半,完成50%\r", "d3月29日\r会议改期\r", "cu", "a起草小结\r1\r\r月底\r", "w\r")
"""Keys after the last of which the power is cut, at once."""


@pytest.mark.parametrize("keys", MOMENTS)
def test_a_power_cut_at_any_moment_leaves_the_ledger_whole_and_free(office: Book, seat: Sit, keys: str) -> None:
    here = seat()
    before = office.rows("SELECT count(*) FROM entry")
    here.type(keys)
    here.until(lambda: office.rows("SELECT count(*) FROM entry") != before or "w" in keys, "an entry")
    here.kill()
    assert office.faults() == []
    office.post("note", task="3", text="另一位照常登记", actor="李四")
    assert office.faults() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_asks_it_to_end_ends_it_in_the_midst_of_a_dialogue(
    office: Book, seat: Sit, number: signal.Signals
) -> None:
    here = seat()
    here.type("cn写到一半")
    here.wait_for("写到一半")
    here.ask_to_end(number)
    assert here.ended() == 130
    assert here.raw.rindex("\x1b[?1049l") > 0  # the terminal is given back
    assert [row[0] for row in here.wait_for_entries("close")] == [1]
    assert (here.wait_for_entries("note", 0), len(here.wait_for_entries("comb"))) == ([], 1)


def test_it_steps_aside_and_comes_back(office: Book) -> None:
    path = f"{LEDGER.parent}:{os.defpath}"
    shell = Seat(office, program=("/bin/sh", "-i"), PATH=path, PS1="办公室$ ")
    try:
        for seen, keys in (("办公室$", "ledger comb\r"), ("起草方案", "n写到一半"), ("写到一半", "\x1a")):
            shell.wait_for(seen)
            shell.type(keys)
        shell.wait_for("Stopped")
        shell.type("fg\r")
        shell.wait_for("写到一半")
        shell.type("了\r")
        assert shell.wait_for_entries("note")[0][:2] == (1, "写到一半了")
        shell.type("qexit\r")
        shell.wait_for("打印清单")
    finally:
        shell.close()


def test_several_lines_are_pasted_into_one_note(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("\x1b[200~c\nc\n\x1b[201~")  # where nothing is asked, a text is no keys
    here.type("n\x1b[200~一、已送审\nc\nuq三、待印发\x1b[201~")
    here.wait_for("一、已送审\nc\nuq三、待印发")
    here.type("\r")
    assert here.wait_for_entries("note")[0][:2] == (1, "一、已送审\nc\nuq三、待印发")
    assert here.wait_for_entries("close", 0) == []


def test_the_ends_of_a_line_and_what_stands_there(office: Book, seat: Sit) -> None:
    here = seat()
    here.type(f"n中间\x1b[H首\x1b[F尾{LEFT}{LEFT}\x1b[3~\x1bOH上")
    here.wait_for("上首中尾")
    here.type("\r")
    assert here.wait_for_entries("note")[0][1] == "上首中尾"


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12), (200, 60), (20, 6)])
def test_a_dialogue_keeps_its_line_at_every_size(seat: Sit, columns: int, rows: int) -> None:
    here = seat()
    text = "督查组反映的" * 10
    here.type("a" + text)
    here.wait_for(text[-6:])
    here.resize(columns, rows)
    here.until(lambda: here.shown.splitlines()[-1].endswith(text[-6:]), "the end of the line")
    assert "新增的工作任务" in here.shown
    assert max(map(width, here.shown.splitlines())) <= columns


def test_a_lost_connection_ends_it_and_says_what_was_combed(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("c")
    here.wait_for_entries("close")
    assert here.hang_up() in (130, 7)
    assert office.rows("SELECT changes FROM entry WHERE action = 'comb'") == [('{"seen":[null,1],"listed":[null,5]}',)]


def test_the_screen_follows_its_size(seat: Sit) -> None:
    here = seat(columns=100, rows=30)
    for columns, rows in ((60, 20), (40, 8), (120, 40)):
        here.resize(columns, rows)
        here.wait_for(f"\n{'─' * columns}\n")
        here.wait_for("起草方案")
        here.wait_for("退出")
        assert max(map(width, here.shown.splitlines())) <= columns
    here.type("n长文字写到一半")
    here.wait_for("长文字写到一半")
    here.resize(70, 18)
    here.wait_for(f"\n{'─' * 70}\n")
    here.wait_for("长文字写到一半")


def test_arrows_and_the_wheel_walk(office: Book, seat: Sit) -> None:
    here = seat()
    here.type(DOWN + WHEEL_DOWN + WHEEL_UP + "b" + WHEEL_DOWN + WHEEL_DOWN + "c")
    assert [row[0] for row in here.wait_for_entries("close")] == [3]


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {}], ids=str)
def test_colour(seat: Sit, env: dict[str, str]) -> None:
    here = seat(**env)
    here.type("q")
    assert here.ended() == 0
    assert ("\x1b[0;31m" in here.raw) == (not env)


def test_what_is_often_written_is_chosen(office: Book, seat: Sit) -> None:
    for text in ("正在征求意见", "已报领导审定", "正在征求意见", "初稿完成60%"):
        office.post("note", task="3", text=text)
    here = seat()
    here.type("n")
    here.wait_for("1 正在征求意见  2 已报领导审定\n")
    here.type("２")
    here.wait_for("即 已报领导审定")
    here.type("\r")
    assert here.wait_for_entries("note", 5)[-1][:2] == (1, "已报领导审定")
    here.type("n1\t,完成50%\r")
    assert here.wait_for_entries("note", 6)[-1][:2] == (1, "正在征求意见,完成50%")
    here.type("n意见\t\t\r")  # the only one in which that stands
    assert here.wait_for_entries("note", 7)[-1][:2] == (1, "正在征求意见")
    here.type("n没有这一条\t\r")
    assert here.wait_for_entries("note", 8)[-1][:2] == (1, "没有这一条")


def test_a_task_is_registered_on_the_way(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("mma起草小结\r2 督导组、1\r李\t")
    here.wait_for("李")
    here.type("\x15\r3月32日\r")
    here.wait_for("错误:")
    here.type("\x15月底\r")
    here.wait_for("已登记 2013-006 起草小结 · 宣传组 · 时限 2013年3月31日 周日")
    task = office.task("6")
    assert (task.unit, task.with_units, task.owner) == ("宣传组", ("督导组", "综合组"), None)
    here.wait_for("选中的 2 件")
    here.type("u")
    here.wait_for_entries("add", 5)
    here.type("a起草方案\r1\r\r2013-03-08\r")  # is in hand already
    here.wait_for("都与这一件相同")
    assert len(here.wait_for_entries("add", 5)) == 5


def test_a_task_is_found_and_brought_here(office: Book, seat: Sit) -> None:
    office.post("add", title="编印手册", unit="宣传组", due="5月底", on="2013-03-10")
    here = seat()
    here.type(" /手册\r")
    here.wait_for("查找所得")
    here.type("c")
    assert [row[0] for row in here.wait_for_entries("close")] == [6]
    here.wait_for("3/6,已销 1")
    here.type("/1\r")
    here.wait_for("3/6,已销 1")
    here.wait_for("起草方案")
    here.type("c/没有这件\r")
    here.wait_for("错误:")


def test_the_list_is_written_with_who_combed_it(office: Book, seat: Sit) -> None:
    assert office.location.path is not None
    here = seat()
    here.type(" w\x15没有的/周清单.md\r")
    here.wait_for("错误:")
    here.type("\x15周清单.md\r")
    here.wait_for("已写出 周清单.md")
    assert "由张三梳理,1件(应梳理5件)" in (office.location.path.parent / "周清单.md").read_text()
    here.type("cq")
    assert here.ended() == 0
    assert here.raw.splitlines()[-1] == "已写出 周清单.md"
    changes = [json.loads(row[2])["seen"] for row in here.wait_for_entries("comb", 2)]
    assert changes == [[None, 1], [1, 2]]


def test_what_it_says_in_the_end(office: Book, seat: Sit) -> None:
    here = seat("--stale", "2")
    here.type("cn过半\r" + " " * 4)
    here.wait_for("清单已看完")
    here.type("q")
    assert here.ended() == 0
    said = here.raw[here.raw.rindex("本次梳理") :].splitlines()
    assert said == [
        "本次梳理 5 件(共 5 件):销号 1 件、记进展 1 件",
        "本周应销 5 件,已销 1 件,销号率 20%",
        "仍逾期 1 件:2013-002 召开推进会",
        "打印清单:ledger week -o 周清单.docx",
    ]
    assert office.rows("SELECT actor, changes FROM entry WHERE action = 'comb'") == [
        ("张三", '{"seen":[null,1],"listed":[null,5]}'),
        ("张三", '{"seen":[1,5],"listed":[null,5]}'),
    ]
    with office.reading() as reader:
        day = date.fromisoformat(TODAY)
        assert words(combings(reader, day, day)) == "3月19日由张三梳理,5件"


def test_a_key_that_is_none(office: Book, seat: Sit) -> None:
    here = seat()
    here.type("z")
    here.wait_for("没有“z”这个键")
    here.type("ｃ")
    here.wait_for_entries("close")
