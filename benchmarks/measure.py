"""Processes and what they cost: CPU time (user and system of the process itself), wall time, peak memory."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOM = Path(__file__).parent
LEDGER = [sys.executable, str(Path(sys.executable).with_name("ledger"))]
PLAIN_PYTHON = ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "PYTHONDEVMODE")


class Cost(NamedTuple):
    """Seconds of CPU and of the wall clock, and the most memory held, in MB."""

    cpu: float
    wall: float
    peak: float


class Case(NamedTuple):
    """A command to measure; `prepare` is called before each run, unmeasured."""

    argv: Sequence[str]
    prepare: Callable[[], object] = lambda: None


def environment(extra: Mapping[str, str] = {}) -> dict[str, str]:
    """The environment of every measured process: bytecode kept, no settings of the user's, 120 columns."""
    kept = {name: value for name, value in os.environ.items() if name not in PLAIN_PYTHON}
    kept = {name: value for name, value in kept.items() if not name.startswith("LEDGER_")}
    return kept | {"COLUMNS": "120", "LEDGER_CONFIG": str(ROOM / "no-settings.json"), "LC_ALL": "C.UTF-8"} | dict(extra)


def run(argv: Sequence[str]) -> Cost:
    """Run a command, its output thrown away. Raises `SystemExit` when it fails."""
    begun = time.monotonic()
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"exit {process.returncode}: {' '.join(argv)}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss / 1024)


_LAUNCHER = """
import os, resource, subprocess, sys, time
begun = time.monotonic()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss / 1024)
"""


def run_apart(argv: Sequence[str]) -> Cost:
    """Run a command from a small launcher: a process begins with the peak memory of the one that starts it."""
    ended = subprocess.run(
        [sys.executable, "-c", _LAUNCHER, *argv], env=environment(), capture_output=True, text=True, check=True
    )
    return Cost(*map(float, ended.stdout.split()))


def in_turn(cases: Mapping[str, Case], runs: int) -> dict[str, float]:
    """The median CPU seconds of each case: one run to warm bytecode and caches, then all of them, in turn."""
    costs: dict[str, list[float]] = {name: [] for name in cases}
    for turn in range(runs + 1):
        for name, case in cases.items():
            case.prepare()
            cost = run(case.argv)
            if turn:
                costs[name].append(cost.cpu)
    return {name: median(found) for name, found in costs.items()}


def output(argv: Sequence[str]) -> str:
    """What a command prints."""
    done = subprocess.run(argv, env=environment(), stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()
