"""The page of all commands."""

import re

import pytest
from typer.core import TyperGroup

from ledger.cli.reference import command_reference, man_page


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


def test_the_page_for_man_has_each_command_s_help_to_the_letter(sample: TyperGroup) -> None:
    page = man_page(sample, "1.0")
    assert page.startswith('.TH LEDGER 1 "" "ledger 1.0"')
    assert re.findall(r"^\.SH (.*)$", page, re.MULTILINE)[:4] == ["名称", "总览", "ledger show", "ledger close"]
    printed = "\n".join(line for line in page.splitlines() if not line.startswith("."))
    helps = re.findall(r"^```text\n(.*?)\n```$", command_reference(sample), re.MULTILINE | re.DOTALL)
    assert all(one in printed.replace("\\-", "-").replace("\\e", "\\").replace("\\&", "") for one in helps)
