"""docs/security.md promises nothing without a test that keeps it, and says where nothing is stopped."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = [tuple(line.strip("| ").split(" | ")) for line in TEXT.splitlines() if line.startswith("| ")]
HEADING = ("could try", "what stops or shows it", "kept by")


def test_every_test_named_exists() -> None:
    named = re.findall(r"`(tests/[^`]+)`", TEXT)
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_promise_names_its_test() -> None:
    promises = [row for row in ROWS if row != HEADING]
    assert {len(row) for row in promises} == {3}
    for tried, what, kept in promises:
        assert "`tests/" in kept or (kept == "—" and "Not stopped" in what), tried
