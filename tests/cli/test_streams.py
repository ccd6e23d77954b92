"""Standard streams that were closed before the program began, in every combination."""

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from ledger.cli import streams
from tests.children import heard

Program = Callable[..., "subprocess.CompletedProcess[str]"]
CLOSED = (
    "错误:输出写不进去(标准输出已关闭),显示的结果不全。台账中已经登记的不受影响;请换一个地方输出,再运行一次查询。\n"
)
SHOWN = "show None None table None False None\n"


def closing(closed: set[int]) -> Callable[[], None]:
    def close() -> None:
        for number in closed:
            os.close(number)

    return close


@pytest.mark.parametrize("closed", [{n for n, is_in in enumerate(each) if is_in} for each in product([0, 1], repeat=3)])
def test_closed_streams(program: Program, closed: set[int]) -> None:
    """A result without a place to go is exit 7; what is said without one goes nowhere."""
    ended = program("show", preexec_fn=closing(closed))
    assert ended.returncode == (7 if 1 in closed else 0)
    assert ended.stdout == ("" if 1 in closed else SHOWN)
    assert ended.stderr == ("" if 2 in closed or 1 not in closed else CLOSED)
    wrong = program("nosuch", preexec_fn=closing(closed))
    assert (wrong.returncode, wrong.stdout, bool(wrong.stderr)) == (2, "", 2 not in closed)


def test_nothing_to_say_needs_no_stdout(program: Program) -> None:
    ended = program("fail", "0", preexec_fn=closing({1}))
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
def test_a_stream_that_python_does_not_have(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(sys, name, None)
    streams.settle()
    stream = getattr(sys, name)
    assert not stream.isatty()
    if name == "stderr":
        streams.say("没有人听")
    elif name == "stdin":
        with pytest.raises(OSError, match="Bad file descriptor"):
            stream.buffer.read()
    else:
        stream.write("没有人看")
        with pytest.raises(OSError, match="Bad file descriptor"):
            stream.flush()
    streams.silence(stream)
    stream.close()


def test_a_stalled_stream_is_told_from_one_that_takes_a_line(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader), os.fdopen(writer, "w") as stream, (tmp_path / "文件").open("w") as file:
        assert not streams.is_stalled(stream)
        assert not streams.is_stalled(file)
        os.set_blocking(writer, False)
        with pytest.raises(BlockingIOError):
            while True:
                os.write(writer, b"x" * 4096)
        assert streams.is_stalled(stream)
        heard(reader)


@pytest.mark.parametrize("missing", ["", "stdin", "stdout", "stderr"])
def test_somebody_sits_there_where_all_three_streams_are_a_terminal(
    monkeypatch: pytest.MonkeyPatch, missing: str, tmp_path: Path
) -> None:
    leader, follower = os.openpty()
    with open(follower, "r+b", buffering=0) as terminal, open(tmp_path / "file", "w+b") as file:
        for name in ("stdin", "stdout", "stderr"):
            monkeypatch.setattr(sys, name, file if name == missing else terminal)
        assert streams.is_attended() == (not missing)
        monkeypatch.setattr(sys, "stdin", None)
        assert not streams.is_attended()
    assert not streams.is_attended()
    os.close(leader)
