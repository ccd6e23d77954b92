"""The table of commands: names, aliases, and which modules are loaded when."""

import sys
from collections.abc import Iterator

import pytest
from typer.core import TyperGroup

from ledger.cli.app import command as whole
from ledger.cli.chinese import ChineseGroup
from ledger.cli.help import page
from ledger.cli.names import SUBCOMMANDS
from ledger.cli.run import run
from ledger.cli.shells.offers import offers
from ledger.cli.typer_seam import Command, Context


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
        "报表:\n  show   周    打印一个周期的清单\n  flood  刷屏  打印许多行",
        "事项:\n  close  销号  销去一件或几件事项\n  fail   失败  以各种方式失败\n  wait   等待  等着被打断",
        "保管:\n  config 设置  查看和更改设置",
    ]


def groups(command: Command, ctx: Context) -> Iterator[tuple[ChineseGroup, Context]]:
    """A group and all below it."""
    if isinstance(command, ChineseGroup):
        yield command, ctx
        for name in command.list_commands(ctx):
            if (child := command.get_command(ctx, name)) is not None:
                yield from groups(child, Context(child, parent=ctx, info_name=name))


def test_every_command_has_a_chinese_name_of_its_own() -> None:
    root = whole()
    found = list(groups(root, Context(root, info_name="ledger")))
    assert [group.name for group, _ in found] == [
        "",
        "evidence",
        "publications",
        "series",
        "config",
        "units",
        "groups",
        "holidays",
        "mappings",
    ]
    for group, ctx in found:
        names = group.list_commands(ctx)
        aliases = [group.alias(name) or "" for name in names]
        assert all(alias and not alias.isascii() for alias in aliases), dict(zip(names, aliases, strict=True))
        assert len({*names, *aliases}) == len(names) * 2
        assert [group.named(ctx, alias) for alias in aliases] == names


def test_no_chinese_name_is_left_without_its_command() -> None:
    root = whole()
    _, *below = groups(root, Context(root, info_name="ledger"))
    assert {name.split()[-1] for name in SUBCOMMANDS} == {
        name for group, ctx in below for name in group.list_commands(ctx)
    }


def test_chinese_names_below_a_command(sample: TyperGroup, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sample, ["设置", "查看"]) == run(sample, ["config", "show"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == second


@pytest.mark.parametrize(
    ("words", "begun", "offered"),
    [
        ([], "c", ["close", "config"]),
        ([], "设", ["设置"]),
        (["设置"], "", ["show", "get"]),
        (["config"], "查", ["查看"]),
    ],
)
def test_tab_offers_a_chinese_name_once_it_is_begun(
    sample: TyperGroup, words: list[str], begun: str, offered: list[str]
) -> None:
    found = [offer.value for offer in offers(sample, words, begun)]
    assert set(offered) <= set(found)
    assert all(value.isascii() == begun.isascii() for value in found)
