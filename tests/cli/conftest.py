"""The sample program of `sample/`, standing on the seam as the real one does, in this process and in one of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from typer.core import TyperGroup

SAMPLE = Path(__file__).parent / "sample"
Program = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> TyperGroup:
    """The sample's command line."""
    monkeypatch.syspath_prepend(SAMPLE)
    for name in ("sample_tasks", "sample_broken"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    root = import_module("sample_app").command()
    assert isinstance(root, TyperGroup)
    return root


@pytest.fixture
def program() -> Program:
    """Run the sample as a program of its own: arguments, further environment, then as `subprocess.run`."""

    def start(*args: str | bytes, env: dict[str, str] | None = None, **how: object) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LEDGER_TRACEBACK"}}
        how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8", "timeout": 60, **how}
        command = [sys.executable, "-m", "sample_app", *args]
        return subprocess.run(command, check=False, cwd=SAMPLE, env=kept | (env or {}), **how)  # type: ignore[call-overload,no-any-return]

    return start
