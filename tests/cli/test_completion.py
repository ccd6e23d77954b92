"""What the shells are told, asked for as their scripts do it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent / "sample"
Program = Callable[..., "subprocess.CompletedProcess[str]"]


def bash(program: Program, words: str, at: int) -> list[str]:
    env = {"_LEDGER_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    ended = program(env=env)
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.split()


@pytest.mark.parametrize(
    ("words", "at", "offered"),
    [
        ("ledger ", 1, ["show", "close", "fail", "flood", "wait", "config"]),
        ("ledger f", 1, ["fail", "flood"]),
        ("ledger 销", 1, ["销号"]),
        ("ledger --d", 1, ["--db"]),
        ("ledger --db x co", 3, ["config"]),
        ("ledger show --fo", 2, ["--format"]),
        ("ledger 周 --fo", 2, ["--format"]),
        ("ledger show -1 --fo", 3, ["--format"]),
        ("ledger show --format ", 3, ["table", "plain", "json"]),
        ("ledger config ", 2, ["show", "get"]),
        ("ledger config g", 2, ["get"]),
    ],
)
def test_bash(program: Program, words: str, at: int, offered: list[str]) -> None:
    assert bash(program, words, at) == offered


def test_zsh_shows_summaries(program: Program) -> None:
    ended = program(env={"_LEDGER_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "ledger f"})
    assert ended.stdout == """_arguments '*: :(("fail":"以各种方式失败"\n"flood":"打印许多行"))'\n"""


@pytest.mark.parametrize(("line", "code"), [("ledger f", 0), ("ledger nosuch", 1)])
def test_fish(program: Program, line: str, code: int) -> None:
    env = {"_LEDGER_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line}
    assert program(env={**env, "_TYPER_COMPLETE_FISH_ACTION": "is-args"}).returncode == code
    offered = program(env={**env, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}).stdout
    assert offered == ("fail\t以各种方式失败\nflood\t打印许多行\n" if code == 0 else "\n")


def test_nothing_is_said_when_it_fails(program: Program) -> None:
    ended = program(env={"_LEDGER_COMPLETE": "complete_bash", "COMP_WORDS": "ledger ", "COMP_CWORD": "x"})
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "")


def in_bash(program_args: str, home: Path) -> "subprocess.CompletedProcess[str]":
    """From a shell, since the shell is found among the parents; `exit` keeps bash from replacing itself."""
    script = f"{sys.executable} -m sample_app {program_args}; exit $?"
    env = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        ["bash", "-c", script], check=False, cwd=SAMPLE, env=env, capture_output=True, encoding="utf-8"
    )


def test_the_script_for_bash_works(tmp_path: Path) -> None:
    ended = in_bash("--show-completion", tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "_LEDGER_COMPLETE=complete_bash" in ended.stdout
    assert "complete -o default -F _ledger_completion ledger" in ended.stdout


def test_installing(tmp_path: Path) -> None:
    ended = in_bash("--install-completion", tmp_path)
    script = tmp_path / ".bash_completions" / "ledger.sh"
    assert ended.stdout == f"已为 bash 装好命令补全:{script}。重新打开终端后生效。\n"
    assert str(script) in (tmp_path / ".bashrc").read_text()
    assert "complete_bash" in script.read_text()


def test_installing_where_nothing_can_be_written(tmp_path: Path) -> None:
    home = tmp_path / "no-directory"
    home.write_text("")
    ended = in_bash("--install-completion", home)
    assert ended.returncode == 7
    assert ended.stderr.startswith("错误:补全脚本写不进去")
