"""The manual tells all that the program can do, and is found chapter by chapter from the first screen."""

import re

import pytest

from ledger.base import settings
from ledger.cli.combing.keys import KEYS
from ledger.importers.synonyms import SYNONYMS
from ledger.model import rules
from tests.docs.test_readmes import MANUAL, ROOT

CHAPTERS = sorted(path.name for path in MANUAL.glob("*.md") if path.name != "README.md")
TEXT = "\n".join((MANUAL / name).read_text("utf-8") for name in CHAPTERS)
FIRST_SCREEN = ROOT / "README.zh-CN.md"
HELPS = [
    (section.split("\n", 1)[0], section)
    for section in (ROOT / "docs" / "commands.md").read_text("utf-8").split("\n## ")[1:]
]
each_help = pytest.mark.parametrize(("command", "told"), HELPS, ids=[command for command, _ in HELPS])


def test_the_first_screen_is_short() -> None:
    assert len(FIRST_SCREEN.read_text("utf-8").splitlines()) <= 250


@pytest.mark.parametrize(("path", "folder"), [("README.zh-CN.md", "docs/zh/"), ("docs/zh/README.md", "")])
def test_every_chapter_is_linked(path: str, folder: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert [name for name in CHAPTERS if f"]({folder}{name})" not in text] == []


@each_help
def test_every_command_is_in_a_chapter(command: str, told: str) -> None:
    assert re.search(rf"\b{command}(?![\w-])", TEXT), f"no chapter of docs/zh tells of {command}"


@each_help
def test_every_option_is_in_a_chapter(command: str, told: str) -> None:
    options = re.findall(r"^  (?:-\w, )?(--[a-z-]+)(?: / (--[a-z-]+))?", told, re.MULTILINE)
    named = {name for names in options for name in names if name}
    assert "--help" in named
    untold = sorted(name for name in named - {"--help"} if not re.search(rf"{name}(?![\w-])", TEXT))
    assert untold == [], f"no chapter of docs/zh tells of these options of {command}"


@pytest.mark.parametrize("name", CHAPTERS)
def test_contents_are_the_headings(name: str) -> None:
    text = re.sub(r"^```.*?^```$", "", (MANUAL / name).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    contents = next(line for line in text.splitlines() if line.startswith("[") and " · " in line)
    assert re.findall(r"\[([^]]+)\]\(#", contents) == re.findall(r"^## (.+)$", text, re.MULTILINE)


def test_every_setting_is_explained() -> None:
    own = {f"`{label}`(`{name}`)" for name, label in settings.LABELS.items()}
    shared = {f"`{rules.LABELS[name]}`(`{name}`)" for name in rules.CHANGEABLE}
    assert sorted(name for name in own | shared if name not in TEXT) == []


def test_every_key_of_the_walk_is_explained() -> None:
    told = re.findall(r"^\| (`.`.*?|空格.*?) \| (.*) \|$", (MANUAL / "督办.md").read_text("utf-8"), re.MULTILINE)
    keys = {key for row in told for key in re.findall(r"`(.)`", "".join(row).replace("空格", "` `"))}
    assert keys == {key.key for key in KEYS}


def test_the_headings_of_sheets_are_those_that_are_known() -> None:
    rows = re.findall(r"^\| (\S+) \| (\S+、\S+) \| .*\|$", (MANUAL / "导入.md").read_text("utf-8"), re.MULTILINE)
    told = {label: {label, *names.split("、")} for label, names in rows}
    known = {label: [names for names in map(set, SYNONYMS.values()) if told[label] <= names] for label in told}
    assert {label for label in told if len(known[label]) != 1} == set()
    assert len(told) == len(SYNONYMS)
