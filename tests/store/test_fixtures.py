"""Stores of earlier revisions and what the programs of their time printed of them stay what they were.

Each folder of `tests/fixtures` holds a store that a released program wrote (`make_0001.sh` and its like say how),
its whole ledger as it exported it, and its reports as it printed them (`record.py` says which). Today's program must
upgrade the one, take in the other, and report the same; where the contract has changed since, `CHANGED` says so.
"""

import json
import lzma
import shlex
import shutil
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from ledger.model.actions import ACTION_WORDS
from tests.conftest import Clerk

FIXTURES = Path(__file__).parents[1] / "fixtures"
SINCE_0003 = dict.fromkeys(
    ("*feedback", "*reported_on", "*part_of", "*evidence", "*highlight", "*origin"),
    "a new key: how a task is supervised",
) | {
    "*:sections.owed": "a new section: on which tasks a report is owed",
    "*:sections.remarks": "a new section: what leaders said",
}
SINCE_0002 = SINCE_0003 | {
    "*tags": "a new key: what a task is marked with",
    "*own": "a new key: the office's own columns",
    "config:open": "what is opened ahead and not yet given out counts nowhere",
    "config:tasks": "likewise",
    "series:chained": "a new key: whether the next period waits for this one",
    **dict.fromkeys(("*flag_until", "*urges", "*urged_on", "*slip"), "a new key: how a task is pressed on"),
    "rank:causes": "a new key: why those lag that do",
}
SINCE_0001 = SINCE_0002 | {
    "*later": "a new key: what came after the end of a period that is over",
    "*.status": "of a period that is over: as at its end",
    "*light": "likewise; and what waits is judged by the day of its submission",
    "*days_left": "likewise",
    "*progress": "likewise; and 100 once struck off",
    "*note": "likewise; and never the reason of a step, a problem or what resolves one",
    "*.quota.count": "likewise",
    "*.problems": "likewise; and the list of those open at the end",
    "*submitted_on": "likewise; and the submission in force, none after a return",
    "*.closed_on": "likewise",
    "*:sections.problems.*": "the elements of that list are others",
    "*:sections.reopened": "a new section: what was restored",
    "*.extended": "a new figure: extensions",
    "*.overdue": "what was submitted in time is not overdue while it waits",
    "*.on_time_rate_original": "what was accepted is judged by the day of its submission",
    "rank:overdue": "what was submitted in time is not listed",
    "list:": "likewise (--overdue)",
    "overdue:": "likewise",
    "rank:ranking*": "units alike in all else stand by their overdue tasks",
    "week:combed": "a new key: when the list was combed",
    "import:missing": "a unit that was merged into another since answers by that one's form",
    "series:warnings": "a new key: where the RRULE differs from the ledger's own periods",
}
PRESSED = dict.fromkeys(
    ("*.flagged", "*.urges", "*.urged_on", "*.slip"),
    "how a task is pressed on, of a period that is over: as at its end",
)
CHANGED: dict[str, dict[str, str]] = {"0001": SINCE_0001, "0002": SINCE_0002, "0003": SINCE_0003 | PRESSED}
"""Revision → where today's answers may differ from those of its time → why the contract has changed.

A place is the command and the path of keys in its JSON, whichever element of a list: `week:sections.due.note`,
`log:changes`. A `*` stands for anything. A list that has lost or won elements, or has them in another order, differs in
its own place (`month:sections.due`). Each line must be needed.
"""

ACTIONS = {
    "0001": frozenset(
        ("init", "config", "add", "edit", "note", "extend", "submit", "return", "close", "reopen", "cancel", "tally")
    )
    | {"series", "import", "void"}
}
ACTIONS["0002"] = ACTIONS["0001"] | {"comb"}
ACTIONS["0003"] = ACTIONS["0002"] | {"accept", "pause", "resume", "urge", "flag", "unflag"}
"""Revision → all that was recorded then."""

_NAMES = ("id", "seq", "code", "name", "label", "date")
"""The keys by which the elements of a list are told apart, the first that they have."""


@pytest.fixture(params=CHANGED)
def fixture(request: pytest.FixtureRequest) -> Path:
    """The folder of a revision."""
    return FIXTURES / str(request.param)


@pytest.fixture
def store(fixture: Path, tmp_path: Path, clerk: Clerk) -> str:
    """The store of that revision, brought up to date."""
    found = str(shutil.copy(fixture / "ledger.db", tmp_path / "old.db"))
    assert clerk("--db", found, "upgrade").code == 0
    return found


def _exported(fixture: Path) -> str:
    return (fixture / "ledger.jsonl").read_text(encoding="utf-8")


def _entries(text: str) -> list[str]:
    """The lines of a whole ledger that are its journal, between its heading and its tasks."""
    heading, *lines = text.splitlines()
    count = json.loads(heading)["entries"]
    assert count == len([line for line in lines if line.startswith('{"seq"')])
    return lines[:count]


def test_every_fixture_is_tried() -> None:
    assert CHANGED.keys() == {path.name for path in FIXTURES.iterdir() if path.is_dir()}


def test_the_fixture_has_every_action_of_its_time(fixture: Path) -> None:
    actions = ACTIONS[fixture.name]
    assert {json.loads(line)["action"] for line in _entries(_exported(fixture))} == actions
    assert ACTION_WORDS.keys() >= actions


def test_the_store_is_sound(clerk: Clerk, store: str) -> None:
    assert clerk("--db", store, "check") == (0, "", "")


def test_its_export_has_the_same_journal(clerk: Clerk, store: str, fixture: Path) -> None:
    answer = clerk("--db", store, "export")
    assert answer.code == 0
    before = _exported(fixture)
    assert _entries(answer.out) == _entries(before)
    assert json.loads(answer.out.splitlines()[0])["head"] == json.loads(before.splitlines()[0])["head"]


def test_its_export_is_taken_in_with_the_same_head(clerk: Clerk, store: str, fixture: Path, tmp_path: Path) -> None:
    taken = str(tmp_path / "taken.db")
    assert clerk("--db", taken, "import", str(fixture / "ledger.jsonl")).code == 0
    assert clerk("--db", taken, "check") == (0, "", "")
    line = ("--today", "2014-03-01", "export")
    assert clerk("--db", taken, *line).out == clerk("--db", store, *line).out


def test_its_reports_are_what_they_were(clerk: Clerk, store: str, fixture: Path) -> None:
    """All of them in one test, so that a line of `CHANGED` that nothing needs is found."""
    changed = CHANGED[fixture.name]
    recorded = json.loads(lzma.decompress((fixture / "reports.json.xz").read_bytes()))
    found: dict[str, str] = {}
    for line, before in recorded.items():
        words = shlex.split(line)
        answer = clerk("--db", store, *words)
        assert answer.code == 0, f"ledger {line}: {answer.err}"
        for path, what in _differences("", before, json.loads(answer.out)):
            found.setdefault(f"{words[2]}:{path}", f"ledger {line}: {what}")
    told = [place for place in found if any(fnmatchcase(place, pattern) for pattern in changed)]
    assert {place: what for place, what in found.items() if place not in told} == {}
    assert [pattern for pattern in changed if not any(fnmatchcase(place, pattern) for place in told)] == []


def _differences(path: str, before: Any, now: Any) -> Iterator[tuple[str, str]]:
    """Each difference: its path of keys, and what it was and is."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in before | now:
            place = f"{path}.{key}".lstrip(".")
            if key not in before:
                yield place, f"new: {_clip(now[key])}"
            elif key not in now:
                yield place, f"gone: {_clip(before[key])}"
            else:
                yield from _differences(place, before[key], now[key])
    elif isinstance(before, list) and isinstance(now, list):
        yield from _list_differences(path, before, now)
    elif before != now or type(before) is not type(now):
        yield path, f"{_clip(before)} → {_clip(now)}"


def _list_differences(path: str, before: list[Any], now: list[Any]) -> Iterator[tuple[str, str]]:
    names, names_now = [_name(one) for one in before], [_name(one) for one in now]
    if names != names_now:
        yield path, f"{_clip(names)} → {_clip(names_now)}"
    if len({*names}) == len(names) and len({*names_now}) == len(names_now):
        present = dict(zip(names_now, now, strict=True))
        pairs = [(one, present[name]) for name, one in zip(names, before, strict=True) if name in present]
    else:
        pairs = list(zip(before, now, strict=False))
    for one, other in pairs:
        yield from _differences(path, one, other)


def _name(element: Any) -> str:
    """What tells an element from the others of its list: of plain values themselves, of nameless objects nothing."""
    if not isinstance(element, dict):
        return json.dumps(element, ensure_ascii=False)
    return next((f"{key} {element[key]}" for key in _NAMES if key in element), "")


def _clip(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 300 else f"{text[:300]}…"
