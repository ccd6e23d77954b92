"""What docs/scoring.md says of scoring rules is what the program reads."""

import re
from pathlib import Path

from ledger.importers.rule_file import KEYS, read_rule
from ledger.model.scoring import EVENTS
from ledger.reports.scoring import PERIODS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "scoring.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `\[?(\w+)\]?` \| `(\S+)` \|", TEXT, re.MULTILINE))


def test_every_key_is_told_and_no_other() -> None:
    assert KEYS | {name: event.label for name, event in EVENTS.items()} == ROWS
    assert f"最多数 {PERIODS} 期" in TEXT


def test_every_example_is_told_and_read() -> None:
    examples = sorted((ROOT / "examples" / "scoring").glob("*.toml"))
    assert sorted(re.findall(r"^\| (\S+\.toml) \|", TEXT, re.MULTILINE)) == [path.name for path in examples]
    assert len({read_rule(path) and read_rule(path).name for path in examples}) == len(examples)


def test_the_rule_in_the_text_is_one(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "办法.toml").write_text(shown, "utf-8")
    assert read_rule(tmp_path / "办法.toml").points.keys() == {"lead", "late", "late_assist"}
