"""A terminal: a table in colour, as wide as it is, in a pager where it is longer; a progress bar for long work. There
and nowhere else."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.base.text import width
from tests.children import LIMIT, all_heard, heard, started

LEDGER = Path(sys.executable).parent / "ledger"
Program = Callable[..., "subprocess.CompletedProcess[str]"]
Terminal = Callable[..., tuple[int, str]]


@pytest.fixture
def terminal(plan: Program, tmp_path: Path, bare: dict[str, str]) -> Terminal:
    """Run `ledger` with all three streams on a terminal of its own; gives the exit code and all that it showed."""

    def run(*args: str, **env: str | None) -> tuple[int, str]:
        given = bare | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"} | env
        told = {name: value for name, value in given.items() if value is not None}
        leader, follower = pty.openpty()
        streams: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), follower)
        with started([LEDGER, *args], cwd=tmp_path, env=told, **streams) as process:
            os.close(follower)
            shown = all_heard(leader)
            code = process.wait(LIMIT)
        os.close(leader)
        return code, shown.decode().replace("\r\n", "\n")

    return run


def test_a_table_in_colour(terminal: Terminal) -> None:
    code, shown = terminal("week")
    assert code == 0
    assert "\x1b[" in shown
    assert "────" in shown


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_no_colour(terminal: Terminal, env: dict[str, str]) -> None:
    code, shown = terminal("week", **env)
    assert code == 0
    assert "\x1b" not in shown
    assert "────" in shown


def test_no_colour_by_the_settings(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"color": "never"}', "utf-8")
    assert "\x1b" not in terminal("week")[1]


def test_a_format_asked_for_is_given_at_a_terminal_too(terminal: Terminal) -> None:
    shown = terminal("list", "--format", "csv", "--limit", "0")[1]
    assert shown.startswith("编号,工作任务,牵头单位,")
    assert shown.endswith(",佐证件数,标签\r\n")
    assert shown.count("\n") == 1


@pytest.mark.parametrize("columns", [80, 120, 200])
def test_columns(terminal: Terminal, columns: int) -> None:
    code, shown = terminal("week", NO_COLOR="1", COLUMNS=str(columns))
    assert code == 0
    assert max(map(width, shown.splitlines())) <= columns


def test_a_progress_bar_at_a_terminal_only(terminal: Terminal, plan: Program, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text('{"op":"add","title":"多件","unit":"综合组","again":true}\n' * 2500, "utf-8")
    code, shown = terminal("batch", "many.jsonl")
    assert code == 0
    assert "办理" in shown
    assert "━" in shown
    piped = plan("batch", "many.jsonl")
    assert (piped.returncode, piped.stdout, piped.stderr) == (0, "已办理 2500 项操作\n", "")


READER = """\
#!/bin/sh
printf 'LESS=%s 分屏查看\\n' "$LESS"
cat
"""


@pytest.fixture
def reader(tmp_path: Path) -> str:
    """A pager that says that it is one, and shows all it is given."""
    path = tmp_path / "分屏"
    path.write_text(READER, "utf-8")
    path.chmod(0o755)
    return str(path)


def test_what_is_longer_than_the_screen_is_read_in_the_pager(terminal: Terminal, reader: str) -> None:
    whole = terminal("week", LINES="200")
    assert terminal("week", LINES="10", LEDGER_PAGER=reader) == (0, "LESS=FRX 分屏查看\n" + whole[1])
    assert "\x1b[" in whole[1]
    assert terminal("week", LINES="200", LEDGER_PAGER=reader) == whole


def test_a_line_that_goes_over_several_of_the_screen_counts_as_so_many(terminal: Terminal, reader: str) -> None:
    plain = ("list", "-f", "plain", "--limit", "1")
    assert "分屏查看" not in terminal(*plain, LINES="9", COLUMNS="200", LEDGER_PAGER=reader)[1]
    assert "分屏查看" in terminal(*plain, LINES="9", COLUMNS="20", LEDGER_PAGER=reader)[1]


@pytest.mark.parametrize(
    ("env", "paged"),
    [
        ({"PAGER": "{reader}"}, True),
        ({"PAGER": "false", "LEDGER_PAGER": "{reader}"}, True),
        ({"LEDGER_PAGER": "{reader} | cat", "LESS": "R"}, True),
        ({"PAGER": "{reader}", "LEDGER_PAGER": ""}, False),
        ({"PAGER": "cat"}, False),
        ({"LEDGER_PAGER": "{reader}", "TERM": "dumb"}, False),
        ({"LEDGER_PAGER": "/没有/这个程序"}, False),
    ],
    ids=str,
)
def test_which_pager(terminal: Terminal, reader: str, env: dict[str, str], paged: bool) -> None:
    told = {"LEDGER_PAGER": None} | {name: value.format(reader=reader) for name, value in env.items()}
    code, shown = terminal("week", LINES="10", **told)
    assert code == 0
    assert ("分屏查看" in shown) == paged
    assert "无明确时限" in shown


def test_a_pager_that_is_left_early_is_no_error(terminal: Terminal) -> None:
    code, shown = terminal("log", LINES="10", LEDGER_PAGER="head -n 1")
    assert (code, shown.count("\n")) == (0, 1)


def test_no_pager_by_the_settings_nor_for_a_file(terminal: Terminal, reader: str, tmp_path: Path) -> None:
    assert "分屏查看" not in terminal("week", "-o", "周.md", LINES="3", LEDGER_PAGER=reader)[1]
    assert terminal("config", "set", "pager", "never") == (0, "分屏查看:从不\n")
    assert "分屏查看" not in terminal("week", LINES="10", LEDGER_PAGER=reader)[1]


NUMBER = "提示:今年的编号只写尾号就行:ledger show 1。(不再提示:ledger config set 提示 从不)\n"


def test_a_hint_is_given_at_a_terminal_once(terminal: Terminal, plan: Program, tmp_path: Path) -> None:
    assert plan("show", "2013-001").stderr == ""
    assert not (tmp_path / "hints").exists()
    code, shown = terminal("show", "2013-001")
    assert code == 0
    assert shown.endswith(NUMBER)
    assert (tmp_path / "hints").read_text("utf-8") == "number\n"
    assert "提示" not in terminal("show", "2013-001")[1]


def test_no_hint_beside_json_nor_where_a_stream_is_no_terminal_nor_by_the_settings(
    terminal: Terminal, tmp_path: Path
) -> None:
    assert "提示" not in terminal("show", "2013-001", "--format", "json")[1]
    assert "提示" not in terminal("edit", "2013-001", "--owner", "王五", "--json")[1]
    assert "提示" not in terminal("show", "2013-999")[1]
    assert terminal("config", "set", "提示", "从不") == (0, "提示:从不\n")
    assert "提示" not in terminal("show", "2013-001")[1]
    assert not (tmp_path / "hints").exists()
    assert terminal("config", "set", "提示", "自动") == (0, "提示:自动\n")
    assert terminal("show", "2013-001")[1].endswith(NUMBER)


def test_less_shows_chinese_in_colour_and_nothing_is_locked_while_it_is_read(
    plan: Program, tmp_path: Path, bare: dict[str, str]
) -> None:
    told = {**bare, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "LINES": "10", "COLUMNS": "80"}
    told["LEDGER_PAGER"] = "less"
    leader, follower = pty.openpty()
    streams: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), follower)
    with started([LEDGER, "week"], cwd=tmp_path, env=told, start_new_session=True, **streams) as process:
        os.close(follower)
        shown = b""
        while "工作台账".encode() not in shown:
            shown += heard(leader)
        assert plan("note", "1", "正在办理").returncode == 0
        os.write(leader, b"q")
        shown += all_heard(leader)
        assert process.wait(LIMIT) == 0
    os.close(leader)
    assert "<E" not in shown.decode()
