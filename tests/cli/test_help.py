"""Help pages: their parts, words and widths."""

import re

import pytest
from rich.cells import cell_len
from typer.core import TyperGroup

from ledger.cli.help import page, summary
from ledger.cli.typer_seam import Context

SHOW = """\
用法: ledger show [选项] [周期]

  打印一个周期的清单。

  没有给出周期时是本周,给出 -1 是上周;清单先列上周销号的事
  项,再列结转、到期、新增和下周的事项,最后是没有期限的。

      缩进的一行   照原样印出

参数:
  周期  要看的周期 [默认:本周]

选项:
  --unit 单位       只看这些单位的事项 [可重复]
  --format 值       输出的格式 [可选:table、plain、json]
                    [默认:table]
  -n, --limit 整数  最多列出多少件 [1 到 100]
  --days 整数       天数 [默认:7]
  --full            连同已办结的
  --file 文件       读取的文件
  --on 文字         业务日期 [环境变量:SAMPLE_ON]
  --help            显示本帮助

示例:
  ledger show -1
  ledger show --unit 综合组 \\
      --format json"""


def help_of(root: TyperGroup, *path: str, width: int) -> str:
    ctx = Context(root, info_name="ledger", terminal_width=width)
    for name in path:
        group = ctx.command
        assert isinstance(group, TyperGroup)
        command = group.get_command(ctx, name)
        assert command is not None
        ctx = Context(command, parent=ctx, info_name=name)
    return page(ctx.command, ctx)


def test_a_page(sample: TyperGroup) -> None:
    assert help_of(sample, "show", width=58) == SHOW


@pytest.mark.parametrize("width", [30, 40, 58, 80, 100])
@pytest.mark.parametrize("path", [(), ("show",), ("close",), ("config",), ("config", "get")])
def test_no_line_is_too_wide_or_begins_badly(sample: TyperGroup, path: tuple[str, ...], width: int) -> None:
    for line in help_of(sample, *path, width=width).split("\n"):
        assert cell_len(line) <= width or line.startswith("      缩进")
        assert line == line.rstrip()
        assert line.lstrip()[:1] not in {*"。、,;:?!)”’]"}


@pytest.mark.parametrize(
    ("doc", "parts"),
    [
        ("摘要。", ["  摘要。"]),
        ("摘要。\n\n\n第二段\n接着说 ledger\nweek。", ["  摘要。", "  第二段接着说 ledger week。"]),
        ("摘要。\n  甲  一\n  乙  二\n再说。", ["  摘要。\n    甲  一\n    乙  二\n  再说。"]),
        ("摘要。\n\n例:\n    ledger a \\\n      --b", ["  摘要。", "示例:\n  ledger a \\\n    --b"]),
        ("摘要。\n\n例:\n    a\n\n    b", ["  摘要。", "示例:\n  a\n\n  b"]),
        ("", []),
    ],
)
def test_a_docstring(sample: TyperGroup, doc: str, parts: list[str]) -> None:
    command = sample.get_command(Context(sample), "wait")
    assert command is not None
    command.help = doc
    usage, *rest = help_of(sample, "wait", width=80).split("\n\n选项:\n  --help  显示本帮助")
    said = "".join(rest)
    assert usage + said == "\n\n".join(["用法: ledger wait [选项]", *parts])


def test_required_and_repeated(sample: TyperGroup) -> None:
    text = help_of(sample, "close", width=80)
    assert text.startswith("用法: ledger close [选项] 任务…\n")
    assert "  任务…  编号或序号 [必填] [可重复]\n" in text
    assert "  --reason 文字  理由 [必填]\n" in text


def test_subcommands(sample: TyperGroup) -> None:
    text = help_of(sample, "config", width=80)
    assert text.startswith(
        "用法: ledger config [选项] 命令 …\n\n  查看和更改设置。\n\n命令:\n  show 查看  显示全部设置\n"
    )


@pytest.mark.parametrize("path", [(), ("show",), ("close",), ("config",), ("config", "get")])
def test_no_english_words_of_typer(sample: TyperGroup, path: tuple[str, ...]) -> None:
    words = r"Usage|Options|Arguments|Commands|COMMAND|ARGS|required|default|env var|Show this|TEXT|INTEGER"
    assert not re.search(words, help_of(sample, *path, width=80))


@pytest.mark.parametrize(
    ("columns", "width"), [("50", 50), ("0", 80), ("", 80), ("x", 80), ("1", 30), ("200", 100), ("-5", 80)]
)
def test_width_from_the_environment(
    sample: TyperGroup, monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    sample.help = "长" * 300
    lines = page(sample, Context(sample, info_name="ledger")).split("\n")
    assert max(cell_len(line) for line in lines) == width


@pytest.mark.parametrize(
    ("doc", "said"),
    [
        ("打印清单。", "打印清单"),
        ("打印\n清单。\n\n更多。", "打印清单"),
        ("用 ledger\nweek 打印\n清单。", "用 ledger week 打印清单"),
        ("打印。\n\n例:\n    ledger week", "打印"),
        ("打印。\n例\uff1a\n    ledger week", "打印"),
        ("", ""),
    ],
)
def test_summary(doc: str, said: str) -> None:
    assert summary(doc) == said
