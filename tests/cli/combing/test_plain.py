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


def test_registered_found_and_written_line_by_line(office: Book, seat: Sit) -> None:
    assert office.location.path is not None
    here = seat("--plain")
    here.type("a 起草小结\n")
    here.wait_for("可选:1 综合组  2 宣传组  3 督导组\n")
    here.type("2、1\n\n月底\n")
    here.wait_for("即 宣传组、综合组")
    here.wait_for("已登记 2013-006 起草小结 · 宣传组 · 时限 2013年3月31日 周日")
    assert office.task("6").with_units == ("综合组",)
    here.type("/ 通知\n")
    here.wait_for("2013-003 印发通知")
    here.type("C\n\n已印发\n")
    assert here.wait_for_entries("close")[0][:2] == (3, "已印发")
    here.type("C\n\n1\n")
    here.wait_for("即 已印发")
    assert here.wait_for_entries("close", 2)[1][:2] == (1, "已印发")
    for number, name in enumerate(("-", "~nobody/周清单.md", "没有/周清单.md"), start=1):
        here.type("w\n" * (number == 1) + name + "\n")
        here.until(lambda: here.raw.count("错误:") == number, "an error")  # noqa: B023 - waited for at once
    here.type("~/周清单.md\n")
    here.wait_for("已写出")
    assert (office.location.path.parent / "周清单.md").exists()


def test_a_closing_is_marked(office: Book, seat: Sit) -> None:
    here = seat("--plain")
    here.type("h 方案已印发至8个组\n")
    (entry,) = here.wait_for_entries("close")
    assert entry[:2] == (1, "方案已印发至8个组")
    assert office.task("1").highlight


def test_ctrl_c_says_what_was_done(office: Book, seat: Sit) -> None:
    here = seat("--plain")
    here.type("c\n")
    here.wait_for_entries("close")
    here.wait_for("召开推进会")
    here.type("\x03")
    assert here.ended() == 130
    assert "本次梳理 1 件(共 5 件):销号 1 件" in here.raw
    assert len(here.wait_for_entries("comb")) == 1


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


def test_a_period_struck_off_opens_the_next_and_takes_it_back(office: Book, seat: Sit) -> None:
    office.post("add", title="回访", unit="综合组", due="上一期销号后12日内", on="2013-03-01", code="HF")
    here = seat("--plain")
    here.type("跳过\n" * 2)
    here.wait_for("回访")
    here.type("c\n")
    here.wait_for_entries("add", 7)
    assert [office.task(code).status for code in ("HF-01", "HF-02")] == ["closed", "open"]
    here.type("撤回刚才\n")
    here.wait_for("已冲销")
    assert office.rows("SELECT code, status FROM task WHERE series = 1") == [("HF-01", "open")]
