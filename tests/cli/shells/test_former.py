"""What scripts of earlier versions are told: words and descriptions that none of them can run."""

import os
from collections.abc import Callable

import pytest

from ledger.cli.shells.quoting import plain
from tests.conftest import Book, Clerk

Ask = Callable[[str, str], str]
HOSTILE = "组$(touch x)`touch x`;\"touch\\' :::"


@pytest.fixture
def ask(book: Book, clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> Ask:
    book.post("add", title=HOSTILE, unit=HOSTILE, code="甲1")
    book.post("add", title="题目", unit="综合组", code="a;b")
    monkeypatch.setenv("LEDGER_DB", str(book.location.path))

    def ask(shell: str, words: str) -> str:
        monkeypatch.setenv("_LEDGER_COMPLETE", f"complete_{shell}")
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", f"ledger {words}")
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        monkeypatch.setenv("COMP_WORDS", f"ledger {words}")
        monkeypatch.setenv("COMP_CWORD", str(len(words.split()) + 1))
        answer = clerk()
        assert (answer.code, answer.err) == (0, "")
        return answer.out.rstrip(os.linesep)

    return ask


HARMLESS = "组＄（touch x）｀touch x｀；＂touch＼＇ ：：："


@pytest.mark.parametrize(
    ("shell", "tasks", "units"),
    [
        ("bash", "甲1", "综合组"),
        ("zsh", f"""_arguments '*: :(("甲1":"{HARMLESS}"))'""", """_arguments '*: :(("综合组"))'"""),
        ("fish", f"甲1\t{HARMLESS}", "综合组"),
        ("powershell", f"甲1:::{HARMLESS}", "综合组::: "),
        ("pwsh", f"甲1:::{HARMLESS}", "综合组::: "),
    ],
)
def test_only_what_is_harmless(ask: Ask, shell: str, tasks: str, units: str) -> None:
    assert ask(shell, "close ") == tasks
    assert ask(shell, "list --unit ") == units


def test_the_commands_are_all_there(ask: Ask) -> None:
    names = ask("bash", "").split()
    assert {"add", "close", "week"} <= set(names)
    assert all(plain(name) for name in names)
