"""Start-up is a feature: which modules each path does not load, each in an interpreter of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.base.formats import FORMATS
from ledger.cli.app import Root

SCHEMA = {"sqlmodel", "sqlalchemy", "pydantic"}
DRAWING = {"rich.console", "rich.table", "rich.progress"}
UNUSED = {"alembic", "asyncio", "email", "urllib.request", "multiprocessing", "prompt_toolkit"}
CALENDARS = {"chinese_calendar", "borax", "dateutil"}
SELDOM = {"ledger.cli.hints", "ledger.dates.within", "ledger.reports.compared"}
"""What is asked for: a span of days, a comparison; and what only a terminal is told."""
DOCUMENTS = {"openpyxl", "xlsxwriter", "docx", "docxtpl", "jinja2", "lxml"}
PROBE = """\
import sys
from ledger.cli.app import command
from ledger.cli.run import run
code = run(command(), sys.argv[1:])
print(code, *sys.modules, file=sys.stderr)
"""


def loaded(directory: Path, *args: str, completing: str = "") -> set[str]:
    """The modules loaded by a run of `ledger` that goes well, off a terminal."""
    environment = {
        "PATH": os.defpath,
        "LEDGER_DB": "ledger.db",
        "LEDGER_CONFIG": "settings.json",
        "LEDGER_TODAY": "2013-03-19",
        "LEDGER_ACTOR": "张三",
        "_LEDGER_COMPLETE": completing,
    }
    ended = subprocess.run(
        [sys.executable, "-c", PROBE, *args],
        cwd=directory, env=environment, capture_output=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    code, *modules = ended.stderr.splitlines()[-1].split()
    assert code == "0", ended.stderr
    return set(modules)


@pytest.fixture
def kept(tmp_path: Path, plan_store: Path) -> Path:
    shutil.copyfile(plan_store, tmp_path / "ledger.db")
    return tmp_path


@pytest.mark.parametrize(
    "args",
    [(), ("week",), ("month",), ("list",), ("show", "1"), ("overdue",), ("log",), ("year", "-f", "json"),
     ("list", "-f", "csv"), ("quarter", "-f", "md"), ("rank",), ("bulletin",), ("config", "show"), ("check",),
     ("series", "list")],
    ids=" ".join,
)  # fmt: skip
def test_reading(kept: Path, args: tuple[str, ...]) -> None:
    modules = loaded(kept, *args)
    assert "sqlite3" in modules
    assert modules & (SCHEMA | DRAWING | UNUSED | CALENDARS | DOCUMENTS | SELDOM | {"platformdirs"}) == set()


@pytest.mark.parametrize("args", [("week",), ("month",), ("list",), ("overdue",), ("rank",)], ids=" ".join)
def test_a_ledger_without_groups_of_units_loads_nothing_for_them(kept: Path, args: tuple[str, ...]) -> None:
    assert loaded(kept, *args) & {"ledger.reports.groups", "ledger.store.unit_names", "ledger.base.nearness"} == set()


LIBRARIES = {"html": {"jinja2"}, "xlsx": {"xlsxwriter"}, "docx": {"docx", "docxtpl", "jinja2", "lxml"}}
LIBRARIES["pdf"] = LIBRARIES["docx"]


@pytest.mark.parametrize("format", FORMATS)
def test_a_format_loads_its_own_library_alone(kept: Path, format: str) -> None:
    assert loaded(kept, "week", "-f", format, "-o", "周") & (SCHEMA | DOCUMENTS) == LIBRARIES.get(format, set())


@pytest.mark.parametrize(
    ("expression", "calendars"),
    [
        ("适时", set()),
        ("3个工作日内", {"chinese_calendar"}),
        ("2013-03-20", {"chinese_calendar"}),
        ("2030-03-01", {"chinese_calendar", "borax"}),
        ("每月25日前", {"chinese_calendar", "dateutil"}),
    ],
)
def test_when(tmp_path: Path, expression: str, calendars: set[str]) -> None:
    """Whether a deadline is a rest day is a question of working days."""
    modules = loaded(tmp_path, "when", expression)
    assert modules & (SCHEMA | DRAWING | UNUSED | CALENDARS | {"platformdirs"}) == calendars


def test_lights_in_working_days_ask_for_them(kept: Path) -> None:
    loaded(kept, "config", "set", "light_days", "working")
    assert loaded(kept, "list") & (SCHEMA | CALENDARS) == {"chinese_calendar"}


def test_a_table_is_drawn_without_the_schema(kept: Path) -> None:
    assert loaded(kept, "week", "--format", "table") & (SCHEMA | UNUSED | {"platformdirs"}) == set()


@pytest.mark.parametrize(
    "args",
    [("add", "新件", "-u", "综合组"), ("edit", "1", "--owner", "李某"), ("note", "1", "已开始"), ("close", "1"),
     ("extend", "1", "--due", "2013-04-30", "--reason", "改期"), ("submit", "1"), ("cancel", "1", "--reason", "取消"),
     ("undo",), ("config", "set", "year", "2013"), ("add", "例会", "-u", "综合组", "--due", "每周五")],
    ids=" ".join,
)  # fmt: skip
def test_writing(kept: Path, args: tuple[str, ...]) -> None:
    """What is there already is written as it is read: by the standard library alone."""
    modules = loaded(kept, *args)
    assert "sqlite3" in modules
    assert modules & (SCHEMA | UNUSED | DRAWING | DOCUMENTS | {"platformdirs"}) == set()


def test_a_new_ledger_is_built_by_its_schema(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "init")
    assert "sqlmodel" in modules
    assert modules & ({"alembic", "platformdirs", "multiprocessing"} | DRAWING | DOCUMENTS) == set()


def test_an_upgrade_alone_loads_alembic(tmp_path: Path) -> None:
    shutil.copyfile(Path(__file__).parents[1] / "fixtures" / "0001" / "ledger.db", tmp_path / "ledger.db")
    assert loaded(tmp_path, "backup", "-o", "旧版.db") & (SCHEMA | UNUSED | DRAWING | DOCUMENTS) == set()
    modules = loaded(tmp_path, "upgrade")
    assert {"alembic", "sqlalchemy"} <= modules
    assert modules & (DRAWING | DOCUMENTS | {"platformdirs"}) == set()
    assert loaded(tmp_path, "upgrade") & (SCHEMA | UNUSED | DRAWING | DOCUMENTS) == set()
    assert loaded(tmp_path, "restore", "旧版.db") & (SCHEMA | UNUSED | DRAWING | DOCUMENTS) == set()


@pytest.mark.parametrize("words", [("close", ""), ("list", "--unit", "")], ids=" ".join)
def test_completion(kept: Path, words: tuple[str, ...]) -> None:
    modules = loaded(kept, "ledger", *words, completing="offer_zsh")
    assert "sqlite3" in modules
    assert modules & (SCHEMA | DRAWING | UNUSED | CALENDARS | DOCUMENTS | {"platformdirs"}) == set()


def test_the_walk_alone_loads_what_draws_it(tmp_path: Path) -> None:
    """Not the walk line by line, which must do without."""
    program = (
        "import sys, ledger.cli.comb, ledger.cli.combing.plain\nprint(*sys.modules)\n"
        "import ledger.cli.combing.screen\nprint(*sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    without, with_screen = (set(line.split()) for line in ended.stdout.splitlines())
    assert without & (SCHEMA | DRAWING | UNUSED | DOCUMENTS | {"platformdirs"}) == set()
    assert {"prompt_toolkit", "asyncio"} <= with_screen


def test_help(tmp_path: Path) -> None:
    """Of the program and of every command, in one interpreter: what one loads the others would have too."""
    pages = [["--help"], *([entry.name, "--help"] for entry in Root.table)]
    program = PROBE.replace("code = run(command(), sys.argv[1:])", f"code = max(run(command(), x) for x in {pages})")
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    code, *modules = ended.stderr.split()
    assert code == "0"
    assert ended.stdout.count("示例:") >= len(Root.table) - 1
    assert set(modules) & (SCHEMA | DRAWING | UNUSED | DOCUMENTS | {"platformdirs"}) == set()
