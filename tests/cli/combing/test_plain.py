"""The walk line by line: the same answers, by key or by word, with what is asked on the same line or the next."""

from collections.abc import Callable

import pytest

from tests.cli.combing.seat import Seat
from tests.conftest import Book

Sit = Callable[..., Seat]


@pytest.mark.parametrize("how", ["--plain", "TERM=dumb"])
def test_line_by_line(office: Book, seat: Sit, how: str) -> None:
    here = seat(how) if how == "--plain" else seat(TERM="dumb")
    here.type("n 方案已送审 60%\n")
    here.wait_for_entries("note")
    assert (office.task("1").note, office.task("1").progress) == ("方案已送审 60%", 60)
    here.type("延期\n3月29日\n")
    here.wait_for("2013年3月29日 周五(原 2013年3月8日 周五)")
    here.type("会议改期\n")
    here.wait_for_entries("extend")
    here.type("销号\n撤回刚才\n")
    here.wait_for("已冲销")
    assert office.task("1").status == "open"
    here.type("q\n")
    assert here.ended() == 0
    assert "\x1b" not in here.raw
    assert "打印清单:ledger week -o 周清单.docx" in here.raw
    assert office.rows("SELECT changes FROM entry WHERE action = 'comb'") == [('{"seen":[null,1],"listed":[null,5]}',)]


def test_what_stands_in_a_line_is_kept_or_cleared(office: Book, seat: Sit) -> None:
    here = seat("--plain")
    here.type("e 责任人\n\n")
    here.wait_for("〔现为 李四;回车不改,写清空即清空〕")
    here.type("e 责任人\n清空\n")
    here.wait_for_entries("edit")
    assert office.task("1").owner is None


def test_marked_and_walked_past_the_end(office: Book, seat: Sit) -> None:
    here = seat("--plain")
    here.type("选中\nm\n")
    here.wait_for("下面各键办选中的 2 件")
    here.type("c\n" + "跳过\n" * 3)
    here.wait_for("清单已看完")
    assert [row[0] for row in here.wait_for_entries("close", 2)] == [1, 2]
    here.type("z\n")
    here.wait_for("没有“z”这个键")


def test_another_hand_was_quicker(office: Book, seat: Sit) -> None:
    here = seat("--plain")
    office.post("note", task="1", text="李四刚报过", actor="李四")
    here.type("c\n")
    here.wait_for("仍然照办吗?")
    assert office.task("1").status == "open"
    here.type("y\n")
    here.wait_for_entries("close")


def test_the_input_ends(office: Book, seat: Sit) -> None:
    here = seat("--plain")
    here.type("c\n")
    here.wait_for_entries("close")
    here.type("\x04")
    assert here.ended() == 0
    assert len(office.rows("SELECT 1 FROM entry WHERE action = 'comb'")) == 1


def test_bytes_that_are_no_text(office: Book, seat: Sit) -> None:
    here = seat("--plain")
    here.send(b"n \xff\xfe\n")
    here.wait_for("无法解码的字节")
    here.type("n 好的\n")
    here.wait_for_entries("note")
