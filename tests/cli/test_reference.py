"""The page of all commands."""

import re

import pytest
from typer.core import TyperGroup

from ledger.cli.reference import command_reference


def test_every_command_has_its_help(sample: TyperGroup) -> None:
    text = command_reference(sample)
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [
        "ledger",
        *(f"ledger {name}" for name in ("show", "close", "fail", "flood", "wait", "config")),
        "ledger config show",
        "ledger config get",
    ]
    assert text.count("```text\n用法: ledger") == len(headings)
    assert text.endswith("\n```\n")


def test_it_does_not_depend_on_the_terminal(sample: TyperGroup, monkeypatch: pytest.MonkeyPatch) -> None:
    before = command_reference(sample)
    monkeypatch.setenv("COLUMNS", "40")
    assert command_reference(sample) == before
