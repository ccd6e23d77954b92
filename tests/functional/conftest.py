"""The installed program in a bare environment, for what a text of commands cannot say."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LEDGER = Path(sys.executable).parent / "ledger"
BARE = {
    "PATH": f"{LEDGER.parent}:{os.defpath}",
    "LEDGER_DB": "ledger.db",
    "LEDGER_CONFIG": "settings.json",
    "LEDGER_TODAY": "2013-03-19",
    "LEDGER_ACTOR": "张三",
    "LEDGER_PAGER": "cat",
}
PLAN = """\
{"op":"add","title":"制定总体方案","unit":"综合组","owner":"李四","due":"2013-03-10","on":"2013-02-01","key":true}
{"op":"add","title":"召开主任会议","unit":"综合组","with":["宣传组"],"due":"2013-03-20","on":"2013-03-01"}
{"op":"add","title":"开设专栏","unit":"宣传组","due":"2013-03-15","on":"2013-03-04","activity":"学创活动"}
{"op":"add","title":"汇编资料","unit":"督导组","on":"2013-03-18"}
{"op":"close","task":3,"on":"2013-03-14","note":"专栏已开"}
"""
Ended = subprocess.CompletedProcess[str]
Program = Callable[..., Ended]


@pytest.fixture(scope="session")
def bare() -> dict[str, str]:
    """What the program is told, and nothing else: no locale, no HOME."""
    return BARE


@pytest.fixture
def ledger(tmp_path: Path) -> Program:
    """Run `ledger` in `tmp_path`: arguments, `env` to add (None takes one away), then as `subprocess.run`."""

    def run(*args: str, env: dict[str, str | None] | None = None, **how: Any) -> Ended:
        told = {name: value for name, value in (BARE | (env or {})).items() if value is not None}
        settled: dict[str, Any] = {"encoding": "utf-8", "timeout": 60, "cwd": tmp_path, "env": told} | how
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        ended: Ended = subprocess.run([LEDGER, *args], check=False, **(streams | settled))
        return ended

    return run


@pytest.fixture(scope="session")
def plan_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with four tasks, one of them struck off."""
    where = tmp_path_factory.mktemp("plan")
    subprocess.run(
        [LEDGER, "batch", "-"], check=True, cwd=where, env=BARE, input=PLAN.encode(), capture_output=True, timeout=60
    )
    return where / "ledger.db"


@pytest.fixture
def plan(ledger: Program, plan_store: Path, tmp_path: Path) -> Program:
    """`ledger` on a copy of that store."""
    shutil.copyfile(plan_store, tmp_path / "ledger.db")
    return ledger
