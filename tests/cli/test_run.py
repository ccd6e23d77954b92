"""From the arguments to the exit code, in a process of its own wherever a stream or a signal matters."""

import os
import pty
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.core import TyperGroup

from ledger.cli.run import run
from tests.children import heard
from tests.devices import full

SAMPLE = Path(__file__).parent / "sample"
Program = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        ("0", 0, ""),
        ("3", 3, ""),
        ("refuse", 5, "错误:事项 12 已经销号。未写入任何内容;要恢复请用 ledger reopen。\n"),
        ("hostile", 5, "错误:没有\\u{1b}[31m\\u{202e}事项 第二行\\u{dcff}。未写入任何内容;请改正后重试。\n"),
        ("interrupt", 130, "已中断:没有完成的操作不会写入台账。\n"),
        ("bug", 1, "内部错误(ZeroDivisionError: 除以 零)。这是程序的缺陷,请连同所用的命令报告给维护者。\n"),
        ("memory", 7, "错误:系统不让程序继续(内存不足)。台账中已经登记的不受影响;请排除后重试。\n"),
        ("files", 7, "错误:系统不让程序继续(某个文件:打开的文件太多)。台账中已经登记的不受影响;请排除后重试。\n"),
        (
            "busy",
            7,
            "错误:输出写不进去(对方来不及接收),显示的结果不全。台账中已经登记的不受影响;请换一个地方输出,再运行一次查询。\n",
        ),
    ],
)
def test_each_way_to_end(
    sample: TyperGroup, capsys: pytest.CaptureFixture[str], kind: str, code: int, said: str
) -> None:
    assert run(sample, ["fail", kind]) == code
    assert capsys.readouterr() == ("", said)


def test_a_full_device_met_by_the_command(sample: TyperGroup, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sample, ["fail", "full"]) == 7
    assert capsys.readouterr().err.startswith("错误:输出写不进去(设备上没有空间)")


def test_a_traceback_only_on_demand(program: Program) -> None:
    assert "Traceback" not in program("fail", "bug").stderr
    assert "Traceback" in program("fail", "bug", env={"LEDGER_TRACEBACK": "1"}).stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("args", [("show",), ("flood",), ("--help",)])
def test_a_full_device_is_noticed(program: Program, tmp_path: Path, args: tuple[str, ...], unbuffered: str) -> None:
    with full(tmp_path) as device:
        ended = program(*args, stdout=device, env={"PYTHONUNBUFFERED": unbuffered})
    assert ended.returncode == 7
    assert ended.stderr.startswith("错误:输出写不进去(设备上没有空间)")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("args", [("show",), ("flood",), ("--help",)])
def test_a_reader_that_leaves_is_no_error(program: Program, args: tuple[str, ...], unbuffered: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ended = program(*args, stdout=writer, env={"PYTHONUNBUFFERED": unbuffered})
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_reader_that_leaves_does_not_hide_a_failure(program: Program) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        assert program("fail", "refuse", stdout=writer).returncode == 5
    finally:
        os.close(writer)


@pytest.mark.parametrize("env", [{"PYTHONUTF8": "0", "LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}])
def test_utf_8_whatever_the_locale(program: Program, env: dict[str, str]) -> None:
    ended = program("show", "上周", "--unit", "综合组", env=env)
    assert (ended.returncode, ended.stdout) == (0, "show 上周 ['综合组'] table None False None\n")
    assert program("无此", env=env).stderr.startswith("错误:没有命令“无此”")


def test_undecodable_arguments_are_refused(program: Program) -> None:
    ended = program("show", b"\xff\xfe")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("错误:第 2 个参数不是有效的 UTF-8 文字。")


def test_a_terminal_that_is_not_utf_8(program: Program) -> None:
    """Its own encoding is kept, and what that cannot show is escaped instead of raising."""
    leader, follower = pty.openpty()
    try:
        ended = program("show", "上周", stdout=follower, env={"PYTHONIOENCODING": "ascii"})
        assert (ended.returncode, ended.stderr) == (0, "")
        assert heard(leader).decode() == "show \\u4e0a\\u5468 None table None False None\r\n"
    finally:
        os.close(leader)
        os.close(follower)
