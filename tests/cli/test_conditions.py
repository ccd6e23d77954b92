import pytest

from ledger.cli.conditions import conditions, told
from ledger.model.lifecycle import ACTS, STEPS
from tests.conftest import Clerk


@pytest.mark.parametrize("action", [*STEPS, *(name for name in ACTS if name != "problem")])
def test_the_help_says_in_which_status_a_task_must_be(
    action: str, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    said = told(action)
    assert said is not None
    assert said.replace(" ", "") in "".join(clerk(action, "--help").out.split())


def test_what_the_settings_add_is_said() -> None:
    assert list(conditions("close")) == [
        "设有“销号审核”的,待审核的即审核销号,其余的须先申请",
        "设有“办理结果字数”、“销号须附佐证”的,须符合要求",
    ]
    assert list(conditions("accept")) == ["设有“销号审核”的,由申请人以外的人办"]
    assert list(conditions("cancel")) == ["须写明理由"]


def test_what_every_task_is_open_to_needs_no_word(clerk: Clerk) -> None:
    assert told("note") is told("edit") is None
    assert "可办" not in clerk("note", "--help").out
    assert "办后" not in clerk("series", "pause", "--help").out
