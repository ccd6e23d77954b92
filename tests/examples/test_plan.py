"""The example: a real office's plan of 2013, run as its users run it, with every figure counted by hand from plan.csv.

All 45 tasks are given out on 2013-02-01. By deadline: to 28 February 001-006; 20 March 012-017; 31 March 018-021;
31 May 022 and 027; 30 June 023, 029, 030, 032; later 19; without a deadline 007, 010, 011, 035. 004 is led by
各专项活动牵头单位, 014 by 领导小组, the rest by 综合组. Struck off on 19 March: 003 late, 012 and 013 on time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

FOLDER = Path(__file__).parents[2] / "examples" / "plan-2013"
Golden = Callable[[str, str], None]


def environment(**further: str) -> dict[str, str]:
    """A shell without this user's ledger, settings or clock."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "LANG": "C.UTF-8", "COLUMNS": "100", "LEDGER_CONFIG": "/nonexistent", **further}


def run(command: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Demo(NamedTuple):
    """The ledger that the script left behind, and what it printed for each command."""

    env: dict[str, str]
    printed: dict[str, str]

    def figures(self, command: str, *period: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(run(["ledger", command, *period, "--format", "json"], self.env))
        return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    env = environment(LEDGER_DB=str(tmp_path_factory.mktemp("plan") / "plan.db"))
    _, *shown = run(["sh", str(FOLDER / "run.sh")], env).split("\n$ ledger ")
    printed = {part.partition("\n")[0].split()[0]: part.partition("\n")[2] for part in shown}
    return Demo(env | {"LEDGER_TODAY": "2013-03-19"}, printed)


@pytest.mark.parametrize("command", ["week", "month", "quarter", "overdue"])
def test_what_the_demo_prints(demo: Demo, golden: Golden, command: str) -> None:
    golden(f"plan-2013/{command}.txt", demo.printed[command])


@pytest.mark.parametrize("command", ["week", "month", "quarter"])
def test_figures_as_json(demo: Demo, golden: Golden, command: str) -> None:
    found = demo.figures(command)
    found["sections"] = {name: [task["code"] for task in tasks] for name, tasks in found["sections"].items()}
    golden(f"plan-2013/{command}.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")


FLOWS = {
    "reopened": 0,
    "closed": 3,
    "cancelled": 0,
    "closing": 42,
    "met": 3,
    "on_time": 2,
    "late": 1,
    "overdue": 5,
    "extended": 0,
}
BY_HAND = {
    "week": {"opening": 45, "added": 0, "carried": 6, "due": 6, "obligation": 12, "completion_rate": 3 / 12},
    "month": {"opening": 45, "added": 0, "carried": 6, "due": 10, "obligation": 16, "completion_rate": 3 / 16},
    "quarter": {"opening": 0, "added": 45, "carried": 0, "due": 16, "obligation": 16, "completion_rate": 3 / 16},
}


@pytest.mark.parametrize("command", BY_HAND)
def test_totals_counted_by_hand(demo: Demo, command: str) -> None:
    rates = {"on_time_rate": 2 / 3, "on_time_rate_original": 2 / 3}
    assert demo.figures(command)["totals"] == FLOWS | rates | BY_HAND[command]


def test_units_counted_by_hand(demo: Demo) -> None:
    keys = ("name", "opening", "closed", "closing", "obligation", "met", "overdue")
    assert [tuple(unit[key] for key in keys) for unit in demo.figures("month")["by_unit"]] == [
        ("综合组", 43, 3, 40, 14, 3, 4),
        ("各专项活动牵头单位", 1, 0, 1, 1, 0, 1),
        ("领导小组", 1, 0, 1, 1, 0, 0),
    ]


def codes(*numbers: int) -> list[str]:
    return [f"2013-学创-{number:03}" for number in numbers]


def test_the_weekly_list_picked_by_hand(demo: Demo) -> None:
    sections = demo.figures("week", "2013-W12")["sections"]
    assert {name: [task["code"] for task in tasks] for name, tasks in sections.items() if tasks} == {
        "carried": codes(1, 2, 3, 4, 5, 6),
        "due": codes(12, 13, 14, 15, 16, 17),
        "closed": codes(3, 12, 13),
        "next": codes(18, 19, 20, 21),
        "undated": codes(7, 10, 11, 35),
    }


def test_overdue_picked_by_hand(demo: Demo) -> None:
    found = json.loads(run(["ledger", "overdue", "--format", "json"], demo.env))
    assert [(task["code"], task["days_left"]) for task in found] == list(
        zip(codes(1, 2, 4, 5, 6), (-42, -27, -19, -19, -19), strict=True)
    )


def test_quarter_chains_from_month_to_month(demo: Demo) -> None:
    trend = demo.figures("quarter")["trend"]
    assert [(month["opening"], month["closing"]) for month in trend] == [(0, 0), (0, 45), (45, 42)]
    assert [month["opening"] for month in trend] == [
        demo.figures("month", label)["totals"]["opening"] for label in ("2013-01", "2013-02", "2013-03")
    ]


def test_a_demo_without_a_named_ledger_leaves_nothing_behind(tmp_path: Path) -> None:
    printed = run(["sh", str(FOLDER / "run.sh")], environment(TMPDIR=str(tmp_path), LEDGER_DB=""))
    assert "$ ledger week 2013-W12" in printed
    assert not [*tmp_path.iterdir()]


def test_demo_runs_from_any_folder_and_refuses_a_ledger_that_exists(tmp_path: Path) -> None:
    (tmp_path / "kept.db").write_bytes(b"not a ledger")
    env = environment(LEDGER_DB=str(tmp_path / "kept.db"))
    done = subprocess.run(
        ["sh", str(FOLDER / "run.sh")], env=env, cwd=tmp_path, capture_output=True, check=False, timeout=120
    )
    assert done.returncode in (5, 7)
    assert (tmp_path / "kept.db").read_bytes() == b"not a ledger"
