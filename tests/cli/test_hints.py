"""Hints: when each is worth saying, once, and that nothing about them can hurt. On a real terminal they are tried in
tests/functional/test_terminal.py."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.cli.hints import HINTS
from tests.conftest import Book, Clerk

MONDAY, TUESDAY = "2013-03-18", "2013-03-19"


@pytest.fixture
def office(book: Book, clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clerk:
    """The clerk at a terminal, with a ledger of six tasks."""
    for number in range(1, 7):
        book.post("add", title=f"事{number}", unit="综合组" if number % 2 else "宣传组", on="2013-03-01")
    monkeypatch.setenv("LEDGER_DB", str(book.location))
    monkeypatch.setenv("LEDGER_PAGER", "cat")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ledger.cli.run.is_attended", lambda: True)
    return clerk


def said(clerk: Clerk, line: str) -> str:
    """The hint beside a command, empty where there is none."""
    answer = clerk(*line.split())
    assert answer.code == 0, answer.err
    lines = [line for line in answer.err.splitlines() if line.startswith("提示:")]
    assert len(lines) <= 1
    return "".join(lines).removeprefix("提示:").partition("。(")[0]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("show 2013-002", "今年的编号只写尾号就行:ledger show 2"),
        ("查看 ２０１３-００２", "今年的编号只写尾号就行:ledger show 2"),
        ("edit 2013-002 --owner 李四", "今年的编号只写尾号就行:ledger edit 2"),
        ("show 2", ""),
        ("show 13-002", ""),
        ("show 事2", ""),
        ("--today 2014-01-06 show 2013-002", ""),
        ("close 2013-002 2013-003", ""),
        ("list -f csv -o 单.csv", "格式随文件的后缀,写了 -o 单.csv 就不用 --format"),
        ("list -f md -o 单.txt", ""),
        ("list -f json -o 单.json", ""),
        ("list -o 单.csv", ""),
        ("list -f csv", ""),
        (f"--today {MONDAY} week", "周一梳理任务,可用 ledger comb:一屏一件,一个键办一笔"),
        (f"--today {TUESDAY} week", ""),
        (f"--today {MONDAY} week 上周", ""),
        (f"--today {MONDAY} week -o 周.md", ""),
        ("list -u 综合组 -u 宣传组", "几个单位可以连写:--unit 综合组、宣传组"),
        ("list -u 综合组、宣传组", ""),
        ("list --overdue --key --undated",
         "常用的条件可以存下来:ledger config view 名称 加上这些选项,以后只写 ledger list 名称"),
        ("list --overdue --key --limit 5 --format md",
         "常用的条件可以存下来:ledger config view 名称 加上这些选项,以后只写 ledger list 名称"),
        ("list --overdue --key --format md", ""),
        ("close 5", ""),
    ],
)  # fmt: skip
def test_when(office: Clerk, line: str, hint: str) -> None:
    assert said(office, line) == hint
    assert said(office, "when 3月底前") == ""


@pytest.mark.parametrize(
    "words",
    [
        ["list", "-u", "综合、协调组", "-u", "宣传组"],
        ["list", "-u", "办公室(综合", "-u", "宣传组"],
        ["list", "-u", "第二 组", "-u", "宣传组"],
        ["list", "-u", "综合组、宣传组", "-u", "宣传组"],
        ["list", "-f", "csv", "-o", "我的 单.csv"],
    ],
)
def test_nothing_is_taught_that_would_be_read_otherwise(office: Clerk, book: Book, words: list[str]) -> None:
    for name in ("综合、协调组", "办公室(综合", "第二 组"):
        book.post("add", title=name, unit=name, on="2013-03-01")
    answer = office(*words)
    assert (answer.code, answer.err.count("提示:")) == (0, 0)


def test_each_is_said_once_and_there_is_one_at_a_time(office: Clerk, tmp_path: Path) -> None:
    line = "list -u 综合组 -u 宣传组 --overdue --key --format md -o 单.md"
    wanted = ["suffix", "names", "view"]
    for count, name in enumerate(wanted, start=1):
        assert said(office, line) != ""
        assert (tmp_path / "hints").read_text("utf-8").split() == wanted[:count]
        assert name in {one.name for one in HINTS}
    assert said(office, line) == ""


def test_several_closed_one_by_one(office: Clerk) -> None:
    assert [said(office, f"close {number}") for number in (1, 2)] == ["", ""]
    assert said(office, "close 3") == "几件可以一次办:ledger close 12 13 14"
    assert said(office, "close 4") == ""


@pytest.mark.parametrize("between", ["note 6 正在办理", "close 4 5", "--actor 李四 close 4"])
def test_what_is_done_between_is_no_row(office: Clerk, between: str) -> None:
    for line in ("close 1", "close 2", between, "close 3"):
        assert said(office, line) == ""


def test_closings_of_another_hour_are_no_row(office: Clerk, book: Book) -> None:
    long_ago = datetime.now(UTC) - timedelta(hours=2)
    for number in (1, 2):
        book.post("close", task=f"id:{number}", now=long_ago)
    assert said(office, "close 3") == ""


def test_what_waits_for_acceptance_is_closed_together(office: Clerk) -> None:
    assert said(office, "submit 1 2 3 4") == ""
    assert [said(office, f"close {number}") for number in (1, 2)] == ["", ""]
    assert said(office, "close 3") == "待审核的可以一起销号:ledger close --submitted"
    assert said(office, "close 4") == "几件可以一次办:ledger close 12 13 14"


def test_not_for_scripts(office: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ledger.cli.run.is_attended", lambda: False)
    assert said(office, "show 2013-002") == ""
    assert not (tmp_path / "hints").exists()


def test_what_is_switched_off_writes_nothing(office: Clerk, tmp_path: Path) -> None:
    assert office("config", "set", "hints", "never").code == 0
    assert said(office, "show 2013-002") == ""
    assert not (tmp_path / "hints").exists()
    answer = office("config", "set", "hints", "也许")
    assert (answer.code, answer.err) == (2, "错误:设置“提示”没有“也许”这一项。未写入任何内容;可用的有 自动、从不。\n")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00number", b"{}", b"x" * 100_000, "别的\n".encode()])
def test_a_file_that_was_spoilt_is_put_right(office: Clerk, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "hints").write_bytes(content)
    assert said(office, "show 2013-002") != ""
    assert (tmp_path / "hints").read_text("utf-8") == "number\n"


@pytest.mark.parametrize("kind", ["directory", "fifo", "link"])
def test_what_is_no_file_is_left_alone_and_hurts_nobody(office: Clerk, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "hints"
    if kind == "directory":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path / "nowhere" / "else")
    assert said(office, "show 2013-002") == ""
    assert path.is_symlink() if kind == "link" else path.exists()


def test_one_that_cannot_be_noted_down_is_not_said(
    office: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path / "file" / "settings.json"))
    assert said(office, "show 2013-002") == ""


def test_a_hint_that_fails_is_no_failure_of_the_command(office: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(given: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("ledger.cli.hints.HINTS", tuple(one._replace(fill=broken) for one in HINTS))
    assert said(office, "show 2013-002") == ""


def test_nothing_is_read_where_no_hint_fits(office: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr("ledger.cli.hints._shown", read.append)
    for line in ("list", "show 2", "week 上周", "close 1 2", "note 3 正在办理"):
        assert said(office, line) == ""
    assert read == []
