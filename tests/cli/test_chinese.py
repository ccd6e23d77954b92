"""The seam itself: what is an argument, what an option, what is refused."""

import pytest
from typer.core import TyperGroup

from ledger.base.errors import BadValue
from ledger.cli.chinese import nearest
from ledger.cli.run import run


@pytest.mark.parametrize(
    ("argv", "printed"),
    [
        (["show", "-1"], "show -1 None table None False None"),
        (["show", "+1"], "show +1 None table None False None"),
        (["show", "-12", "--full"], "show -12 None table None True None"),
        (["show", "--full", "--", "-1"], "show -1 None table None True None"),
        (["show", "-n", "5", "-1"], "show -1 None table 5 False None"),
        (["show", "-n5", "-1"], "show -1 None table 5 False None"),
        (["show", "--unit", "-1", "--unit", "乙"], "show None ['-1', '乙'] table None False None"),
        (["config", "get", "-1"], "get -1"),
        (["config", "show"], "settings"),
        ([], "一览"),
    ],
)
def test_arguments_and_options(
    sample: TyperGroup, capsys: pytest.CaptureFixture[str], argv: list[str], printed: str
) -> None:
    assert run(sample, argv) == 0
    assert capsys.readouterr().out == f"{printed}\n"


@pytest.mark.parametrize(
    ("argv", "what", "hint"),
    [
        (["lst"], "没有命令“lst”", "用 ledger --help 查看用法"),
        (["shwo"], "没有命令“shwo”,是不是 show", "用 ledger --help 查看用法"),
        (["销好号"], "没有命令“销好号”,是不是 销号", "用 ledger --help 查看用法"),
        (["config"], "ledger config 之后缺少子命令", "可选 show、get"),
        (["config", "gte"], "没有命令“gte”,是不是 get", "用 ledger config --help 查看用法"),
        (["show", "a", "b", "c"], "多出了参数“b c”", '一段文字里有空格要加引号,如 "a b c"'),
    ],
)
def test_refused(sample: TyperGroup, argv: list[str], what: str, hint: str) -> None:
    with pytest.raises(BadValue) as refusal, sample.make_context("ledger", argv) as ctx:
        sample.invoke(ctx)
    assert (refusal.value.what, refusal.value.hint) == (what, hint)


@pytest.mark.parametrize(("typed", "said"), [("jsno", ",是不是 json"), ("json", ",是不是 json"), ("xyz", "")])
def test_nearest(typed: str, said: str) -> None:
    assert nearest(typed, ["table", "json"]) == said
