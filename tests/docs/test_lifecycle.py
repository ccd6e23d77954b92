"""The manual's table of what may be done in which status is that of `model.lifecycle`; `--update-golden` writes it."""

from collections.abc import Iterator

import pytest

from ledger.cli.conditions import conditions
from ledger.model.lifecycle import ACTS, STEPS
from ledger.model.task import STATUS_WORDS
from tests.docs.test_readmes import MANUAL

CHAPTER = MANUAL / "督办.md"
OF_NOTE = {"problem": "note"}
"""Acts that are not commands of their own."""


def table() -> Iterator[str]:
    yield _row("办什么", *STATUS_WORDS.values(), "条件")
    yield "|---" * (len(STATUS_WORDS) + 2) + "|\n"
    for name, step in STEPS.items():
        cells = [f"→ {STATUS_WORDS[step.to]}" if status in step.sources else "" for status in STATUS_WORDS]
        yield _row(f"{step.word} `{name}`", *cells, ";".join(conditions(name)))
    for name, act in ACTS.items():
        cells = ["可" if status in act.sources else "" for status in STATUS_WORDS]
        yield _row(f"{act.word} `{OF_NOTE.get(name, name)}`", *cells, "")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n".replace("|  |", "| |").replace("|  |", "| |")


def test_the_table_of_the_manual_is_the_programs(request: pytest.FixtureRequest) -> None:
    text = CHAPTER.read_text("utf-8")
    before, rest = text.split("| 办什么 | ", 1)
    wanted = before + "".join(table()) + rest[rest.index("\n\n") + 1 :]
    if request.config.getoption("--update-golden"):
        CHAPTER.write_text(wanted, "utf-8")
    assert CHAPTER.read_text("utf-8") == wanted, "run pytest --update-golden, and read what it wrote"


def test_every_status_can_be_left_and_reached() -> None:
    """Nothing is a dead end, and only registration leads to what no step leads to."""
    left = {status for step in STEPS.values() for status in step.sources}
    assert left == {step.to for step in STEPS.values()} == set(STATUS_WORDS)
