"""A terminal: a table in colour, as wide as it is; a progress bar for long work, there and nowhere else."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.base.text import width
from tests.children import LIMIT, all_heard, started

LEDGER = Path(sys.executable).parent / "ledger"
Program = Callable[..., "subprocess.CompletedProcess[str]"]
Terminal = Callable[..., tuple[int, str]]


@pytest.fixture
def terminal(plan: Program, tmp_path: Path, bare: dict[str, str]) -> Terminal:
    """Run `ledger` with all three streams on a terminal of its own; gives the exit code and all that it showed."""

    def run(*args: str, **env: str) -> tuple[int, str]:
        told = bare | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"} | env
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
    assert shown.endswith(",销号日期\r\n")
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
