"""What the shells are told, asked for as their scripts do it."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.main import get_command

from ledger.base.errors import BadValue
from ledger.cli.completion import _shell, complete
from ledger.cli.shells.install import script
from ledger.cli.shells.offers import offers
from ledger.cli.typer_seam import Command

SAMPLE = Path(__file__).parent / "sample"
Program = Callable[..., "subprocess.CompletedProcess[str]"]
BREAKS = " \t\n\"'@><=;|&(:"


def ask(program: Program, shell: str, *words: str) -> list[str]:
    """The lines that a script gets."""
    ended = program(*words, env={"_LEDGER_COMPLETE": f"offer_{shell}"})
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("ledger ", ["show", "close", "fail", "flood", "wait", "config"]),
        ("ledger f", ["fail", "flood"]),
        ('ledger "f', ["fail", "flood"]),
        ("ledger 销", ["销号"]),
        ("ledger --d", ["--db"]),
        ("ledger --db x co", ["config"]),
        ("ledger show --fo", ["--format"]),
        ("ledger 周 --fo", ["--format"]),
        ("ledger show -1 --fo", ["--format"]),
        ("ledger show --format ", ["table", "plain", "json"]),
        ("ledger show --format=t", ["table"]),
        ("ledger config ", ["show", "get"]),
        ("ledger config g", ["get"]),
        ("ledger nosuch", []),
    ],
)
def test_bash(program: Program, line: str, offered: list[str]) -> None:
    replaced = re.split(r"[ =\"]", line)[-1]
    assert ask(program, "bash", line, BREAKS, replaced) == offered


def test_bash_shows_what_is_said_of_several_where_it_only_lists_them(program: Program) -> None:
    listed = ask(program, "bash", "ledger f", BREAKS, "f", "63")
    assert listed == ["fail  以各种方式失败", "flood  打印许多行"]
    assert ask(program, "bash", "ledger f", BREAKS, "f", "9") == ["fail", "flood"]
    assert ask(program, "bash", "ledger fl", BREAKS, "fl", "63") == ["flood"], "a single one may be inserted"


def test_bash_is_told_nothing_where_it_reads_the_line_otherwise(program: Program) -> None:
    assert ask(program, "bash", "ledger f", BREAKS, "ledger f") == []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_others_get_summaries(program: Program, shell: str) -> None:
    assert ask(program, shell, "ledger", "f") == ["fail\t以各种方式失败", "flood\t打印许多行"]
    assert ask(program, shell, "ledger", "show", "--format=t") == ["--format=table"]
    assert ask(program, shell, "ledger", "nosuch") == []


HOSTILE = ["甲\n乙", "甲\t乙", "\x1b[31m甲", "\u202e甲", "\udc80", "", "-x", "组 \\😀"]


@pytest.fixture
def hostile() -> Command:
    """A command whose values are those."""
    app = typer.Typer(add_completion=False)

    @app.command()
    def work(
        unit: Annotated[str, typer.Argument(autocompletion=lambda: [(name, name * 99) for name in HOSTILE])],
        owner: Annotated[str, typer.Option(autocompletion=lambda: HOSTILE)] = "",
    ) -> None:
        """办事。"""

    return get_command(app)


def test_only_visible_words_in_one_line_are_offered(hostile: Command) -> None:
    """And for an argument none that would be read as an option. A description is one line, and not long."""
    about = ("组 \\😀" * 99)[:59] + "…"
    assert list(offers(hostile, [], "")) == [("组 \\😀", about)]
    assert list(offers(hostile, ["--owner"], "")) == [("-x", ""), ("组 \\😀", "")]
    assert list(offers(hostile, [], "--owner=组")) == [("--owner=组 \\😀", "")]


@pytest.mark.parametrize(
    ("encoding", "printed"),
    [("UTF-8", "-x\n组 \\😀\n".encode()), ("ANSI_X3.4-1968", "-x\n组 \\😀\n".encode()), ("GBK", b"-x\n")],
)
def test_in_the_encoding_of_the_shell(
    hostile: Command,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    encoding: str,
    printed: bytes,
) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: encoding)
    assert complete(hostile, "_LEDGER_COMPLETE", "offer_zsh", ["ledger", "--owner", ""]) == 0
    assert capsysbinary.readouterr().out == printed


def test_a_zsh_script_of_earlier_versions_shows_summaries(program: Program) -> None:
    ended = program(env={"_LEDGER_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "ledger f"})
    assert ended.stdout == """_arguments '*: :(("fail":"以各种方式失败"\n"flood":"打印许多行"))'\n"""


@pytest.mark.parametrize(("line", "code"), [("ledger f", 0), ("ledger nosuch", 1)])
def test_a_fish_script_of_earlier_versions(program: Program, line: str, code: int) -> None:
    env = {"_LEDGER_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line}
    assert program(env={**env, "_TYPER_COMPLETE_FISH_ACTION": "is-args"}).returncode == code
    offered = program(env={**env, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}).stdout
    assert offered == ("fail\t以各种方式失败\nflood\t打印许多行\n" if code == 0 else "\n")


def test_nothing_is_said_when_it_fails(program: Program) -> None:
    ended = program(env={"_LEDGER_COMPLETE": "complete_bash", "COMP_WORDS": "ledger ", "COMP_CWORD": "x"})
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "")
    ended = program("too", "few", env={"_LEDGER_COMPLETE": "offer_bash"})
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "")


def in_bash(program_args: str, home: Path) -> "subprocess.CompletedProcess[str]":
    """From a shell, since the shell is found among the parents; `exit` keeps bash from replacing itself."""
    line = f"{sys.executable} -m sample_app {program_args}; exit $?"
    env = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        ["bash", "-c", line], check=False, cwd=SAMPLE, env=env, capture_output=True, encoding="utf-8", timeout=60
    )


def test_the_script_for_bash_works(tmp_path: Path) -> None:
    ended = in_bash("--show-completion", tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == script("bash")
    assert "complete -o default -F _ledger_completion ledger" in ended.stdout


def test_a_shell_without_completion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.cli.completion.get_shell_name", lambda: "pwsh")
    with pytest.raises(BadValue, match="pwsh"):
        _shell()


def test_installing(tmp_path: Path) -> None:
    ended = in_bash("--install-completion", tmp_path)
    path = tmp_path / ".bash_completions" / "ledger.sh"
    assert ended.stdout == f"已为 bash 装好命令补全:{path}。重新打开终端后生效。\n"
    assert str(path) in (tmp_path / ".bashrc").read_text()
    assert "offer_bash" in path.read_text()


def test_installing_where_nothing_can_be_written(tmp_path: Path) -> None:
    home = tmp_path / "no-directory"
    home.write_text("")
    ended = in_bash("--install-completion", home)
    assert ended.returncode == 7
    assert ended.stderr.startswith("错误:找不到主目录")
