"""A clerk's week, played at a terminal: thirty tasks combed, five registered, two documents made, and its keys counted.

The same week is done twice, from copies of one ledger: by a command for each thing, as without `comb`, and by `ledger
comb`. Both must end in the same ledger; the second in at most `MOST` keys.

A key is what is pressed once: a letter, a digit, a blank, a mark, Enter, Tab. A Chinese character is counted as `HANZI`
keys: by pinyin in full it takes three letters, and the blank that takes a word is shared by its characters. So counted,
the week by single commands takes about as many keys (1,450) as when it was first measured, with other texts (1,470).
"""

import os
import shlex
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from ledger.model.task import COLUMNS
from ledger.store.location import Location
from tests.cli.combing.seat import LEDGER, Seat
from tests.conftest import Book, Clerk

FRIDAY = "2013-03-22"
MOST = 500
HANZI = 3.25
ENTER, TAB = "\r", "\t"

OVERDUE = (
    ("制定各专项活动方案并报领导小组审定", "综合组", "李明", "2月28日"),
    ("下发《关于在全省开展“学创”主题实践活动的通知》", "综合组", "王芳", "3月8日"),
    ("收集各市州动员会召开情况", "宣传组", "陈建国", "3月12日"),
    ("建立督导工作联系点和督导员名册", "督导组", "周敏", "3月15日"),
    ("落实专项活动工作经费", "财政局", "赵志强", "3月15日"),
)
THIS_WEEK = (
    ("召开“学创”活动领导小组第一次会议", "综合组", "李明", "3月19日"),
    ("召开领导小组办公室第一次主任会议", "综合组", "李明", "3月20日"),
    ("审定各项活动方案、配强工作专班、明确责任分工", "综合组", "王芳", "3月20日"),
    ("下发《主题实践活动责任分工》", "综合组", "王芳", "3月20日"),
    ("启动“学创”活动简报并印发第一期", "宣传组", "陈建国", "3月21日"),
    ("组织新闻媒体开设活动专栏", "宣传组", "吴海燕", "3月22日"),
    ("督查各单位动员部署情况", "督导组", "周敏", "3月22日"),
    ("培训各单位信息员", "宣传组", "吴海燕", "3月22日"),
    ("汇总一季度重点项目进度", "督导组", "周敏", "3月22日"),
)
COUNTED = (
    ("报送活动信息", "宣传组", "吴海燕", "3月22日前不少于3条"),
    ("实地督查联系点", "督导组", "周敏", "3月24日前不少于4次"),
    ("走访基层联系户", "组织部", "孙文斌", "3月24日前不少于10户"),
)
LATER = (
    ("编发各专项活动启动实施情况简报", "宣传组", "陈建国", "4月30日"),
    ("召开专项活动牵头单位会议", "综合组", "李明", "5月10日"),
    ("开展基层党组织分类定级", "组织部", "孙文斌", "5月底"),
    ("召开市州现场推进会", "综合组", "李明", "6月20日"),
    ("对活动进行阶段性小结回顾", "综合组", "王芳", "6月25日"),
    ("分活动专题集中宣传报道", "宣传组", "陈建国", "6月28日"),
    ("修订督查考核办法", "督导组", "周敏", "4月12日"),
    ("核定专项活动经费决算", "财政局", "赵志强", "6月30日"),
    ("编印活动应知应会手册", "宣传组", "吴海燕", "4月15日"),
    ("推荐先进典型", "组织部", "孙文斌", "5月20日"),
)
UNDATED = (
    ("召开督导工作情况分析会", "督导组", "周敏", "适时"),
    ("探索活动长效机制", "综合组", "李明", "长期"),
    ("跟踪协调各大媒体宣传情况", "宣传组", "陈建国", "随时"),
)
DONE = ("会议已召开,纪要已印发", "文件已印发各单位", "会议已召开,纪要已印发", "材料已报领导小组办公室")
TOLD = ("正在征求各单位意见", "初稿已完成,正在修改", "正在征求各单位意见", "已报领导小组审定")
"""What was written in the weeks before."""


def _founded(book: Book) -> None:
    """The ledger as it is on the Friday: the month before it, a command each."""
    for title, unit, owner, due in (*OVERDUE, *THIS_WEEK, *COUNTED, *LATER, *UNDATED):
        book.post("add", today="2013-03-01", title=title, unit=unit, owner=owner, due=due)
    for number, (done, told) in enumerate(zip(DONE, TOLD, strict=True), start=1):
        title = f"筹备动员会第{number}项准备工作"
        book.post("add", today="2013-03-01", title=title, unit="综合组", owner="李明", due="3月15日")
        book.post("note", today="2013-03-05", task=title, text=told)
        book.post("close", today="2013-03-14", task=title, note=done)


COMMANDS = """
ledger week
ledger overdue
ledger list --due 本周
ledger note 1 已报领导小组审定,完成80% --progress 80
ledger close 2 --note 文件已印发各单位
ledger close 3 --note 材料已报领导小组办公室
ledger close 4 --note 文件已印发各单位
ledger note 5 首批经费已下达,其余待会签,完成60% --progress 60
ledger close 6 --note 会议已召开,纪要已印发
ledger close 7 --note 会议已召开,纪要已印发
ledger note 8 正在征求各单位意见
ledger extend 9 --due 3.29 --reason 两个单位尚未反馈意见
ledger close 10 --note 已印发1200份
ledger note 12 已督查12个单位,3个部署不到位
ledger close 13 --note 材料已报领导小组办公室
ledger tally 15 --count 2
ledger tally 16 --count 3
ledger tally 17 --count 6
ledger close 26 --note 文件已印发各单位
ledger add 起草一季度阶段性小结 --unit 综合组 --with 督导组 --owner 李明 --due 下周五
ledger add 对后进单位督查回访 --unit 督导组 --owner 周敏 --due 4.12
ledger add 征集各市州典型经验材料 --unit 宣传组 --with 综合组 --owner 陈建国 --due 4.10
ledger add 筹备全省现场观摩会 --unit 综合组 --with 宣传组、组织部 --owner 李明 --due 下月底
ledger add 清理长期未办结事项 --unit 督导组 --owner 周敏 --due 月底
ledger week -o 周清单.docx
ledger month -o 三月小结.docx
""".strip().splitlines()
"""The week by single commands."""

COMBING = (
    ("制定各专项活动方案", "n2", TAB, ",完成80%", ENTER, " "),
    ("下发《关于在全省", "C", ENTER, "3", ENTER),
    ("收集各市州", "C", ENTER, "2", ENTER),
    ("建立督导工作", "C", ENTER, "3", ENTER),
    ("落实专项活动", "n", "首批经费已下达,其余待会签,完成60%", ENTER, " "),
    ("领导小组第一次会议", "m"),
    ("第一次主任会议", "m"),
    ("审定各项", "C", ENTER, "1", ENTER),
    ("审定各项", "n1", ENTER, " "),
    ("下发《主题实践活动责任分工》", "d", "3.29", ENTER, "两个单位尚未反馈意见", ENTER, " "),
    ("启动“学创”活动简报", "C", ENTER, "已印发1200份", ENTER),
    ("组织新闻媒体", " "),
    ("督查各单位", "n", "已督查12个单位,3个部署不到位", ENTER, " "),
    ("培训各单位", "C", ENTER, "2", ENTER),
    ("汇总一季度", " "),
    ("报送活动信息", "t", "2", ENTER, " "),
    ("实地督查联系点", "t", "3", ENTER, " "),
    ("走访基层联系户", "t", "6", ENTER, " "),
    ("召开督导工作情况分析会", "/", "手册", ENTER),
    ("编印活动应知应会手册", "C", ENTER, "3", ENTER),
    ("召开督导工作情况分析会", "   "),
    ("清单已看完", "a", "起草一季度阶段性小结", ENTER, "1 3", ENTER, "1", ENTER, "2", ENTER),
    ("已登记", "a", "对后进单位督查回访", ENTER, "3", ENTER, "1", ENTER, "4.12", ENTER),
    ("2013-036", "a", "征集各市州典型经验材料", ENTER, "2 1", ENTER, "1", ENTER, "4.10", ENTER),
    ("2013-037", "a", "筹备全省现场观摩会", ENTER, "1 2 5", ENTER, "1", ENTER, "4", ENTER),
    ("2013-038", "a", "清理长期未办结事项", ENTER, "3", ENTER, "1", ENTER, "3", ENTER),
    ("2013-039", "w", ENTER),
    ("已写出 周清单.docx", "q"),
)
"""What is on the screen, and which keys are pressed then."""


def keys(typed: str) -> float:
    """What it takes to type this."""
    return sum(HANZI if "\u4e00" <= character <= "\u9fff" else 1 for character in typed)


def _by_commands(book: Book, clerk: Clerk, folder: Path) -> float:
    """Do the week by single commands; gives the keys that they take."""
    for line in COMMANDS:
        words = [str(folder / f"另一份{word}") if word.endswith(".docx") else word for word in shlex.split(line)]
        done = clerk("--db", str(book.location), "--today", FRIDAY, *words[1:])
        assert done.code == 0, (line, done.err)
    return sum(keys(line) + 1 for line in COMMANDS)


def _combed(book: Book) -> float:
    """Sit at a shell and do the week with `comb`; gives the keys that were pressed."""
    shell = Seat(book, program=("/bin/sh",), LEDGER_TODAY=FRIDAY, PS1="办公室$ ", PATH=f"{LEDGER.parent}:{os.defpath}")
    pressed = 0.0

    def press(shown: str, *typed: str) -> None:
        nonlocal pressed
        shell.wait_for(shown)
        for one in typed:
            shell.type(one)
            pressed += keys(one)

    try:
        press("办公室$", "ledger comb", ENTER)
        for shown, *typed in COMBING:
            press(shown, *typed)
        press("办公室$", "ledger month -o 三月小结.docx", ENTER)
        shell.wait_for("已写出 三月小结.docx")
    finally:
        shell.close()
    return pressed


def _state(book: Book) -> list[tuple[Any, ...]]:
    """All tasks as they stand, and what happened to each of them in its order."""
    entries = """SELECT task, action, "on", actor, note, changes FROM entry WHERE action <> 'comb' ORDER BY task, seq"""
    columns = ", ".join(f'"{name}"' for name in COLUMNS if name != "status_seq")
    return [*book.rows(f"SELECT {columns} FROM task ORDER BY id"), *book.rows(entries)]


def test_the_week_takes_a_third_of_the_keys(book: Book, clerk: Clerk, tmp_path: Path) -> None:
    _founded(book)
    assert len(book.rows("SELECT 1 FROM task WHERE status = 'open'")) == 30
    shutil.copy(tmp_path / "ledger.db", tmp_path / "reference.db")
    reference = Book(Location(tmp_path / "reference.db"))
    many, few = _by_commands(reference, clerk, tmp_path), _combed(book)
    print(f"by single commands {many:.0f} keys, combed {few:.0f}")
    combed, told = _state(book), _state(reference)
    assert ([one for one in combed if one not in told], len(combed)) == ([], len(told))
    assert few <= MOST
    assert book.faults() == []
    with ZipFile(tmp_path / "周清单.docx") as list_:
        assert "3月22日由张三梳理,21件" in list_.read("word/document.xml").decode()
    assert (tmp_path / "三月小结.docx").stat().st_size > 0
