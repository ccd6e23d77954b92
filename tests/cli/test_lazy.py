"""The table of commands: names, aliases, and which modules are loaded when."""

import sys

import pytest
from typer.core import TyperGroup

from ledger.cli.app import Root
from ledger.cli.help import page
from ledger.cli.run import run
from ledger.cli.typer_seam import Context


@pytest.fixture
def fragile(sample: TyperGroup) -> TyperGroup:
    """The sample with a command whose module raises when it is imported."""
    module = sys.modules["sample_app"]
    root = module.command(module.Fragile)
    assert isinstance(root, TyperGroup)
    return root


@pytest.mark.parametrize(
    ("argv", "code"), [(["config", "show"], 0), (["show"], 0), (["brokn"], 2), (["show", "--help"], 0), ([], 0)]
)
def test_no_other_module_is_loaded(fragile: TyperGroup, argv: list[str], code: int) -> None:
    assert run(fragile, argv) == code
    assert "sample_broken" not in sys.modules


def test_a_called_module_is_loaded(fragile: TyperGroup, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(fragile, ["坏"]) == 1
    assert "loaded without need" in capsys.readouterr().err


def test_nothing_is_loaded_for_the_root(fragile: TyperGroup) -> None:
    run(fragile, ["--db", "x", "nosuch"])
    assert "sample_tasks" not in sys.modules


def test_an_alias_is_the_command(sample: TyperGroup, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sample, ["销号", "1", "2", "--reason", "办结"]) == 0
    assert capsys.readouterr().out == "close close ['1', '2'] 办结\n"
    assert run(sample, ["销号"]) == 2
    assert "用 ledger close --help" in capsys.readouterr().err


def test_each_command_is_listed_once(sample: TyperGroup) -> None:
    ctx = Context(sample, info_name="ledger", terminal_width=80)
    assert sample.list_commands(ctx) == ["show", "close", "fail", "flood", "wait", "config"]
    assert page(sample, ctx).split("\n\n")[2:5] == [
        "报表:\n  show   周    打印一个周期的清单\n  flood        打印许多行",
        "事项:\n  close  销号  销去一件或几件事项\n  fail         以各种方式失败\n  wait         等着被打断",
        "保管:\n  config       查看和更改设置",
    ]


def test_the_real_table_has_no_ambiguous_spelling() -> None:
    spellings = [spelling for entry in Root.table for spelling in (entry.name, entry.alias) if spelling]
    assert len(set(spellings)) == len(spellings)
    aliases = {entry.alias: entry.name for entry in Root.table if entry.alias}
    assert aliases == {
        "登记": "add",
        "清单": "list",
        "销号": "close",
        "恢复": "reopen",
        "梳理": "comb",
        "周": "week",
        "月": "month",
        "季": "quarter",
        "半年": "half",
        "年": "year",
        "逾期": "overdue",
        "通报": "rank",
        "备份": "backup",
        "还原": "restore",
        "升级": "upgrade",
    }
