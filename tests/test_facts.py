"""One place for each fact: a field or a step that one room knows and another does not fails here; so does a format, in
tests/docs/test_formats.py. Where to put a new one stands in docs/architecture.md.
"""

import dataclasses
import inspect
import json
import re
from pathlib import Path

import pytest

from ledger.cli.app import Root, command
from ledger.importers.headings import is_known
from ledger.model.actions import ACTIONS, STATED
from ledger.model.fields import FIELDS, Field, Kind
from ledger.model.lifecycle import STEPS
from ledger.model.task import COLUMNS, JSON_KEYS, STATUS_WORDS, Task
from ledger.reports.columns import WHOLE
from ledger.services.batch import OPERATIONS
from ledger.store import expected
from tests.conftest import Clerk

STORED = [field for field in FIELDS if field.kind is not Kind.DERIVED]
TYPED = [field for field in FIELDS if field.given and field.option not in ("", "due_text")]
"""What a clerk may type; 完成时限 beside 截止日期 is for sheets alone."""
VALUES = {Kind.TEXT: "某某", Kind.CODE: "甲-1", Kind.NAMES: "某组", Kind.DAY: "2013-03-20"}
OF_FIELD = {"feedback": "每周五"}
"""Values of fields that take not any of their kind."""
SUPERVISED = ("part_of", "evidence", "highlight", "origin")
"""Fields that JSON shows, and lists only where they say something."""
PARAMETERS = {"with": "with_", "tags": "tag"}
"""Options whose parameters are called otherwise; --tag adds to the tags that sheets and batches state whole."""


def parameters(name: str) -> set[str]:
    """The parameters that a command takes."""
    with command().make_context("ledger", [], resilient_parsing=True) as ctx:
        found = ctx.command.get_command(ctx, name)  # type: ignore[attr-defined]
    return {parameter.name for parameter in found.params}


def test_a_task_has_the_fields() -> None:
    filled = {"parts", "whole"}  # where tasks are shown
    assert {field.name for field in dataclasses.fields(Task)} - filled == {field.attribute for field in STORED}
    assert set(COLUMNS) == {field.name for field in STORED}
    assert len({field.name for field in FIELDS}) == len({field.label for field in FIELDS}) == len(FIELDS)


def test_the_store_has_the_fields() -> None:
    table = expected.expected()["task"]
    assert [name for name in COLUMNS if f" {name} " not in table and f'"{name}" ' not in table] == []


@pytest.mark.parametrize("command", ["add", "edit", "series"])
def test_commands_take_the_fields(command: str) -> None:
    if command == "series":
        from ledger.cli.series import edit

        taken = set(inspect.signature(edit).parameters)
        wanted = [field for field in TYPED if field.handed and field.kind in (Kind.TEXT, Kind.NAMES)]
    else:
        taken, wanted = parameters(command), TYPED
    assert [field.option for field in wanted if PARAMETERS.get(field.option, field.option) not in taken] == []


def test_a_batch_takes_the_fields() -> None:
    for operation in ("add", "edit"):
        assert [field.option for field in TYPED if field.option not in OPERATIONS[operation][1]] == []


@pytest.mark.parametrize("field", TYPED, ids=lambda field: field.name)
def test_a_field_goes_all_the_way(field: Field, clerk: Clerk, tmp_path: Path) -> None:
    """Typed, corrected, printed as JSON, in a sheet that reads back, moved with the ledger, found sound by check."""
    where, value = ("--db", str(tmp_path / "a.db")), OF_FIELD.get(field.name) or VALUES.get(field.kind)
    option = [f"--{PARAMETERS.get(field.option, field.option).rstrip('_')}", *([] if value is None else [value])]
    assert clerk(*where, "add", "甲", "--unit", "综合组").code == 0
    assert clerk(*where, "edit", "1", *option).code == 0
    ((task,),) = (json.loads(clerk(*where, "list", "--ahead", "-f", "json").out),)
    stored = True if field.kind is Kind.FLAG else [value] if field.kind is Kind.NAMES else value
    assert task[field.name] == stored
    sheet = tmp_path / "全部.csv"
    assert clerk(*where, "export", "-o", str(sheet)).code == 0
    again = ("--db", str(tmp_path / "b.db"))
    assert clerk(*again, "import", str(sheet)).code == 0, sheet.read_text("utf-8-sig")
    ((copy,),) = (json.loads(clerk(*again, "list", "--ahead", "-f", "json").out),)
    assert copy[field.name] == stored
    assert clerk(*where, "check").code == clerk(*again, "check").code == 0


def test_the_whole_line_and_its_headings_know_the_fields() -> None:
    assert [column.name for column in WHOLE.columns] == [field.name for field in FIELDS if field.sheet]
    assert [field.label for field in FIELDS if field.sheet and not is_known(field.label)] == []
    told = {"flag_until", "slip", "id", "grace_days", "flagged", "series", "quota", "own", *SUPERVISED} | {
        field.name for field in FIELDS if field.sheet
    }
    assert set(JSON_KEYS) <= told


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_known_everywhere(step: str) -> None:
    assert step in OPERATIONS
    stated = {STEPS[step].asks, *STATED[step]}
    assert stated <= OPERATIONS[step][1].keys()
    assert ACTIONS[step].fields == frozenset({"status"})
    assert {STEPS[step].to, *STEPS[step].sources} <= set(STATUS_WORDS)
    assert step in {entry.name for entry in Root.table}
    assert {"task", "on", *stated} <= parameters(step)
    assert f"ledger {step}" in Path("docs/commands.md").read_text("utf-8")


def test_an_action_is_a_word_of_the_log() -> None:
    assert all(action.word for action in ACTIONS.values())
    assert set(OPERATIONS) - {"undo"} <= set(ACTIONS)
    assert not any(action.settles and action.of_task for action in ACTIONS.values())


def test_the_conditions_of_counting_stand_in_one_room() -> None:
    """What a query says of statuses and days it takes from `store.conditions`."""
    told = re.compile(r"status (NOT )?IN \('|status (=|<>) '|fate (NOT|=|<>) |assigned_on (>|<=) :|last_day (<|<=) :")
    rooms = [*Path("src/ledger/store").glob("*.py"), *Path("src/ledger/reports").glob("*.py")]
    rooms = [*rooms, Path("src/ledger/cli/values.py")]
    assert [room.name for room in rooms if told.search(room.read_text("utf-8"))] == ["conditions.py"]
