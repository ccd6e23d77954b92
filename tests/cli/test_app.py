"""The root: global options and what they cost."""

import subprocess
import sys

import pytest

from ledger import __version__
from ledger.cli.app import command
from ledger.cli.run import run

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "rich.console", "rich.table", "rich.markdown", "ledger.cli.help")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command(), ["--version"]) == 0
    assert capsys.readouterr().out == f"ledger {__version__}\n"


def test_the_root_loads_nothing_heavy() -> None:
    """Neither do the errors that Typer does not raise; `ledger.cli.help` waits until a page is asked for."""
    code = f"""
import sys
from ledger.cli.app import command
from ledger.cli.run import run
run(command(), ["--version"]), run(command(), ["nosuch"])
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert ended.stdout.splitlines()[-1] == "[]"
