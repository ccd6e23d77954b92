"""Typer's objections, in Chinese and with the right exit code."""

from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from ledger.cli.run import run
from ledger.cli.typer_seam import BadArgumentUsage, FileError, NoArgsIsHelpError, UsageError
from ledger.cli.usage import in_chinese


@pytest.mark.parametrize(
    ("argv", "what", "hint"),
    [
        (["show", "--fromat", "json"], "没有选项“--fromat”,是不是 --format", "用 ledger show --help 查看用法"),
        (["周", "--fromat"], "没有选项“--fromat”,是不是 --format", "用 ledger show --help 查看用法"),
        (["show", "-x"], "没有选项“-x”", "用 ledger show --help 查看用法"),
        (["--dbx", "y"], "没有选项“--dbx”,是不是 --db", "用 ledger --help 查看用法"),
        (["show", "--db", "x"], "全局选项“--db”写错了位置", "把它写在命令之前:ledger --db … show"),
        (["close", "--reason", "x"], "缺少参数“任务”", "用 ledger close --help 查看用法"),
        (["close", "1"], "缺少选项“--reason”", "用 ledger close --help 查看用法"),
        (["close", "1", "--reason"], "选项“--reason”之后缺少值", "用 ledger close --help 查看用法"),
        (["show", "--full=1"], "选项“--full”不带值", "用 ledger show --help 查看用法"),
        (["show", "--format", "jsn"], "选项“--format”没有“jsn”这个值,是不是 json", "可选 table、plain、json"),
        (["show", "-n", "x"], "选项“--limit”的值“x”不是整数", "用 ledger show --help 查看用法"),
        (["show", "-n", "101"], "选项“--limit”的值“101”超出范围(1 到 100)", "用 ledger show --help 查看用法"),
        (["show", "--days", "1.5"], "选项“--days”的值“1.5”不是整数", "用 ledger show --help 查看用法"),
        (["show", "--share", "半"], "选项“--share”的值“半”不是数字", "用 ledger show --help 查看用法"),
        (["show", "--file", "/"], "选项“--file”的值“/”是目录,不是文件", "请给出文件的路径"),
        (["fail", "message"], "日期要写成 2013-03-20", "用 ledger fail --help 查看用法"),
    ],
)
def test_wrong_usage(
    sample: TyperGroup, capsys: pytest.CaptureFixture[str], argv: list[str], what: str, hint: str
) -> None:
    assert run(sample, argv) == 2
    assert capsys.readouterr() == ("", f"错误:{what}。未写入任何内容;{hint}。\n")


def test_a_missing_file(sample: TyperGroup, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(sample, ["show", "--file", str(tmp_path / "无")]) == 4
    assert "没有文件“" in capsys.readouterr().err


def test_a_value_of_the_environment(
    sample: TyperGroup, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = sample.get_command(typer.Context(sample), "show")
    assert command is not None
    next(param for param in command.params if param.name == "days").envvar = "SAMPLE_DAYS"
    monkeypatch.setenv("SAMPLE_DAYS", "七")
    assert run(sample, ["show"]) == 2
    assert "环境变量“SAMPLE_DAYS”的值“七”不是整数" in capsys.readouterr().err


def test_the_value_at_fault_among_many(sample: TyperGroup, capsys: pytest.CaptureFixture[str]) -> None:
    command = sample.get_command(typer.Context(sample), "show")
    assert command is not None
    from ledger.cli.typer_seam import INT

    next(param for param in command.params if param.name == "unit").type = INT
    assert run(sample, ["show", "--unit", "1", "--unit", "二", "--unit", "3"]) == 2
    assert "选项“--unit”的值“二”不是整数" in capsys.readouterr().err


def test_exceptions_without_a_command_line(sample: TyperGroup) -> None:
    ctx = typer.Context(sample, info_name="ledger")
    assert in_chinese(NoArgsIsHelpError(ctx)).what == "ledger 之后还缺少内容"
    assert in_chinese(FileError("单.csv")).what == "文件“单.csv”打不开"
    assert in_chinese(typer.BadParameter("日期不对。")).what == "日期不对"
    assert in_chinese(BadArgumentUsage("参数不全")).hint == "用 ledger --help 查看用法"
    assert in_chinese(UsageError("不能同用", ctx)).what == "不能同用"
