"""The READMEs and the chapters of the manual are run: what they show is what the program prints.

In a block ```` ```console ```` a line `$ COMMAND` (continued by lines `> …`) is a command and what follows is its
output, both streams. All commands of a file run in one shell, in an empty folder that has `examples/`, so that each
chapter can be done over alone; an HTML comment `<!-- run: … -->` on lines of its own runs unseen. A line `……` stands
for lines left out. `$ make …` is not run: its target must exist. Moments of recording and the seals over them are the
real clock's and compared by their shape.

`pytest --update-golden` writes the output into the files.
"""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ledger.dates.day import long_day, month_day, weekday
from ledger.dates.deadline import parse_deadline

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "zh"
PAPERS = [path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("README*.md"), *sorted(MANUAL.glob("*.md"))]]
each_paper = pytest.mark.parametrize("name", PAPERS)
PIECE = re.compile(r"^```console\n(?P<block>.*?)^```$|^<!-- run:\s(?P<hidden>.*?)-->$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ (?P<command>.*\n(?:> .*\n)*)(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)
MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+00:00)?|\d{8}-\d{6}|(?<=封印 )[0-9a-f]{12}|\b[0-9a-f]{64}\b"
)
LEFT_OUT = "……\n"
END = "\x1e"


def commands(text: str) -> list[str]:
    """All commands of a README, seen and unseen, in order."""
    found: list[str] = []
    for piece in PIECE.finditer(text):
        if piece["hidden"] is not None:
            found.append(piece["hidden"])
        else:
            found += [step["command"].replace("\n> ", "\n") for step in STEP.finditer(piece["block"])]
    return found


def outputs(script: list[str], folder: Path) -> list[str]:
    """What one shell prints for each command, as at a terminal 100 columns wide that has no colours."""
    (folder / "examples").symlink_to(ROOT / "examples")
    (folder / "settings.json").write_text('{"format": "table"}')
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = folder / "settings.json"
    env = {"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8", "COLUMNS": "100", "LEDGER_CONFIG": str(settings)}
    lines = [":" if command.startswith("make ") else command.rstrip("\n") for command in script]
    whole = "\n".join(f"{line}\nr=$?; printf '\\036'; (exit $r)" for line in lines)
    done = subprocess.run(
        ["sh", "-c", whole],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return done.stdout.split(END)[:-1]


def replayed(text: str, folder: Path) -> str:
    """The README with the output that its commands have now."""
    script = commands(text)
    printed = outputs(script, folder)
    assert len(printed) == len(script), f"the shell stopped after {script[len(printed) - 1]!r}"
    rest = iter(printed)

    def step(found: re.Match[str]) -> str:
        output = next(rest)
        if found["command"].startswith("make "):
            return found[0]
        return f"$ {found['command']}{abridged(found['shown'], output)}"

    def piece(found: re.Match[str]) -> str:
        if found["hidden"] is not None:
            next(rest)
            return found[0]
        return "```console\n" + STEP.sub(step, found["block"]) + "```"

    return PIECE.sub(piece, text)


def abridged(shown: str, output: str) -> str:
    """The output, with left out what was left out of the one shown; moments as shown where only they differ."""
    if LEFT_OUT in shown:
        head, _, tail = shown.partition(LEFT_OUT)
        lines = output.splitlines(keepends=True)
        kept = lines[len(lines) - tail.count("\n") :] if tail else []
        output = "".join([*lines[: head.count("\n")], LEFT_OUT, *kept])
    return shown if MOMENT.sub("", shown) == MOMENT.sub("", output) else output


@each_paper
def test_commands_print_what_the_readme_shows(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = (ROOT / name).read_text("utf-8")
    found = replayed(text, tmp_path)
    if request.config.getoption("--update-golden"):
        (ROOT / name).write_text(found, "utf-8")
    else:
        assert found == text


@each_paper
def test_make_targets_exist(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    run = [command.split() for command in commands((ROOT / name).read_text("utf-8"))]
    named = [target for program, *targets in run if program == "make" for target in targets]
    assert [target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_the_chapters_begin_where_the_week_ends() -> None:
    steps = re.compile(r"^ledger ((?:init|import|add|close|note|extend|undo) .*?)(?: &&)?$", re.MULTILINE)
    told = "".join(commands((ROOT / "README.zh-CN.md").read_text("utf-8")))
    played = (ROOT / "examples" / "plan-2013" / "week.sh").read_text("utf-8").replace('"$here"', "examples/plan-2013")
    assert steps.findall(re.sub(r"^ +on \d\d", "ledger", played, flags=re.MULTILINE)) == steps.findall(told)


def test_expressions_mean_what_the_manual_says() -> None:
    text = (MANUAL / "时限.md").read_text("utf-8")
    tables = re.findall(r"^\| 写法 (\|.*)\n\|[-|]*\n((?:\|.*\n)+)", text, re.MULTILINE)
    rows = [
        (expression, dict(zip(heads.split("|"), line.split("|")[1:], strict=True)))
        for heads, body in tables
        for line in body.splitlines()
        for expression in re.findall(r"`([^`]+)`", line.split("|")[1])
    ]
    assert len(rows) > 40
    assert [(expression, row) for expression, row in rows if not _tells(row, expression)] == []


def _tells(row: dict[str, str], expression: str) -> bool:
    """Whether a row (heading → cell, each with its blanks) has the days that an expression means on 2013-03-19."""
    meant = parse_deadline(expression, date(2013, 3, 19))
    told = {name.strip().removeprefix("本期"): cell.strip() for name, cell in row.items()}
    words = meant.recurrence.words if meant.recurrence else None
    return (told["起"], told["止"], told.get("每期的时限")) == (_day(meant.start_on), _day(meant.due_on), words)


def _day(day: date | None) -> str:
    return f"{month_day(day) if day.year == 2013 else long_day(day)} {weekday(day)}" if day else ""


def test_a_changed_output_is_noticed(tmp_path: Path) -> None:
    text = "```console\n$ echo 一\n二\n$ printf '%s\\n' a b c\na\n……\nc\n```\n"
    assert replayed(text, tmp_path) == text.replace("二", "一")


@pytest.mark.parametrize("name", [*PAPERS, "docs/architecture.md"])
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    targets = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)", path.read_text("utf-8"))
    assert targets
    assert [target for target in targets if not _leads(path, *target)] == []


def _leads(path: Path, target: str, anchor: str) -> bool:
    there = path.parent / target if target else path
    return there.exists() and (not anchor or anchor in _anchors(there.read_text("utf-8")))


def _anchors(text: str) -> set[str]:
    """What GitHub calls the headings of a text."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_paper
def test_no_output_tells_of_the_machine_that_wrote_it(name: str) -> None:
    assert not re.search(r"/tmp/|pytest", (ROOT / name).read_text("utf-8").replace("make test", ""))
