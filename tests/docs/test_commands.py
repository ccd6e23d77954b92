"""`docs/commands.md` is the help itself."""

import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_is_up_to_date() -> None:
    command = [sys.executable, "-m", "ledger.cli.reference"]
    printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=60).stdout
    assert (DOCS / "commands.md").read_text("utf-8") == printed, "run make docs, and read what it wrote"
