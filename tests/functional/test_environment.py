"""Cron, pipes and foreign locales: whole lines, UTF-8, no colour, exit codes as promised."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.children import LIMIT, started
from tests.devices import full

LEDGER = Path(sys.executable).parent / "ledger"
Program = Callable[..., "subprocess.CompletedProcess[str]"]
WEEK = "周工作清单  2013年第12周(3月18日—3月24日)  工作台账(综合组)\n"
LOCALES: list[dict[str, str | None]] = [
    {},
    {"LANG": "zh_CN.GBK"},
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
    {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
]


@pytest.mark.parametrize("locale", LOCALES, ids=str)
def test_utf_8_whatever_the_locale(plan: Program, locale: dict[str, str | None]) -> None:
    ended = plan("week", "--unit", "综合组", env={**locale, "LEDGER_ACTOR": None})
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith(WEEK)
    assert "\x1b" not in ended.stdout
    assert ended.stdout.endswith("\n")


def test_a_title_is_kept_whatever_the_locale(plan: Program) -> None:
    ended = plan("add", "赴大𠮷村调研", "-u", "综合组", env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert (ended.returncode, ended.stdout) == (0, "已登记 2013-005 赴大𠮷村调研 · 综合组 · 无期限\n")


def test_env_i(plan: Program, tmp_path: Path, bare: dict[str, str]) -> None:
    """Nothing but PATH: the store and the day by options."""
    command = f"env -i PATH={bare['PATH']} ledger --db {tmp_path}/ledger.db --today 2013-03-19 overdue --exit-code"
    ended = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False, encoding="utf-8", timeout=60)
    assert (ended.returncode, ended.stderr) == (3, "")
    assert "2013-001  ★ 制定总体方案  综合组    李四    2013-03-10  红 逾期9天\n" in ended.stdout


def test_a_missing_store_is_never_an_empty_list(ledger: Program) -> None:
    ended = ledger("overdue", "--exit-code", env={"LEDGER_DB": None, "XDG_DATA_HOME": "/nonexistent"})
    assert (ended.returncode, ended.stdout) == (7, "")
    assert ended.stderr.startswith("错误:没有台账 /nonexistent/ledger/ledger.db。")


def test_a_reader_that_leaves_is_no_error(plan: Program, tmp_path: Path, bare: dict[str, str]) -> None:
    script = "set -o pipefail; ledger month | head -1; ledger log -f json | head -1; ledger week -f table | head -1"
    ended = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=bare, capture_output=True, check=False, encoding="utf-8", timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(ended.stdout.splitlines()) == 3


def test_a_path_that_the_locale_cannot_write(ledger: Program) -> None:
    ended = ledger("--db", "账.db", "list", env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    said = "错误:当前语言环境写不出文件名里的汉字。未写入任何内容;请设置 LC_ALL=C.UTF-8 后重试。\n"
    assert (ended.returncode, ended.stderr) == (2, said)


@pytest.mark.parametrize("args", [("week",), ("list", "-f", "json"), ("log", "-f", "csv"), ("show", "1", "-f", "md")])
def test_a_full_device_is_exit_7(plan: Program, tmp_path: Path, args: tuple[str, ...]) -> None:
    with full(tmp_path) as device:
        ended = plan(*args, stdout=device)
    assert ended.returncode == 7
    assert ended.stderr.startswith("错误:输出写不进去(设备上没有空间)")
    assert ended.stderr.count("\n") == 1


def test_a_write_is_kept_though_its_answer_is_lost(plan: Program, tmp_path: Path) -> None:
    with full(tmp_path) as device:
        assert plan("close", "1", stdout=device).returncode == 7
    assert plan("list", "--status", "closed", "-f", "csv").stdout.count("\n") == 3


def test_interrupted(plan: Program, tmp_path: Path, bare: dict[str, str]) -> None:
    """Ctrl-C amid a batch: 130, one line, and nothing written."""
    streams: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with started([LEDGER, "batch", "-"], cwd=tmp_path, env=bare, encoding="utf-8", **streams) as process:
        assert process.stdin and process.stderr
        line = '{"op":"add","title":"中断","unit":"综合组"}\n'
        process.stdin.write(line * 4000)  # more than one chunk of the batch: the pipe empties once it is being read
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == "已中断:没有完成的操作不会写入台账。\n"
        assert process.wait(LIMIT) == 130
        process.stdin.close()
    assert "中断" not in plan("list").stdout


def test_a_bug_is_exit_1(plan: Program, tmp_path: Path) -> None:
    """A module that cannot be imported stands for any bug."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "csv.py").write_text("raise RuntimeError('坏\\n了')", "utf-8")
    ended = plan("list", "-f", "csv", env={"PYTHONPATH": str(broken)})
    said = "内部错误(RuntimeError: 坏 了)。这是程序的缺陷,请连同所用的命令报告给维护者。\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", said)
