"""The pictures of the manual are what a terminal shows: `pytest --update-golden` draws them again."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pyte
import pytest

from tests.docs.picture import CELL, COLOURS, INK, LINE, MARGIN, PAPER, SIZE, picture
from tests.docs.test_readmes import MANUAL, MOMENT, PAPERS, ROOT
from tests.window import Screen, Window

PICTURES = MANUAL / "img"
LARGEST = 60_000
DOWN = "\x1b[B"


class Shot(NamedTuple):
    """A command on a day; the keys that are typed to it, each once what stands before them is seen; what is drawn."""

    day: str
    command: str
    keys: tuple[tuple[str, str], ...] = ()
    size: tuple[int, int] = (100, 200)
    rows: int = 200


SHOTS = {
    "周清单": Shot("2013-03-22", "ledger week", rows=27),
    "逾期": Shot("2013-03-21", "ledger overdue --within 2"),
    "任务清单": Shot("2013-03-26", "ledger list --due 本月"),
    "月小结": Shot("2013-03-22", "ledger month", rows=47),
    "经过": Shot("2013-03-22", "ledger show 17"),
    "导入试算": Shot("2013-03-22", "ledger import 督导组.csv --dry-run"),
    "梳理": Shot(
        "2013-03-22",
        "ledger comb",
        keys=(("1/41", DOWN * 6), ("7/41", "n已按审定意见修改,完成90%\r"), ("已记进展", "")),
        size=(80, 24),
    ),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office with the ledger in which the week of the README is over."""
    place = tmp_path_factory.mktemp("office")
    (place / "督导组.csv").write_text(_typed("督导组.csv", (MANUAL / "导入.md").read_text("utf-8")), "utf-8")
    week = ["sh", str(ROOT / "examples" / "plan-2013" / "week.sh")]
    subprocess.run(week, env=_env(place), cwd=place, check=True, capture_output=True, timeout=300)
    return place


def _typed(name: str, chapter: str) -> str:
    """What a chapter writes into a file."""
    found = re.search(rf"^\$ cat > {re.escape(name)} <<END\n((?:> .*\n)*?)> END$", chapter, re.MULTILINE)
    assert found
    return found[1].replace("> ", "")


def _env(place: Path, day: str = "2013-03-22") -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    told = {"LEDGER_DB": "学创台账.db", "LEDGER_ACTOR": "张三", "LEDGER_TODAY": day, "LEDGER_PAGER": "cat"}
    return told | {"PATH": path, "HOME": str(place), "LEDGER_CONFIG": str(place / "settings.json")}


def taken(shot: Shot, office: Path) -> str:
    """The picture of what a terminal shows then."""
    prompt = "" if shot.keys else f"printf '\\033[90m$\\033[0m %s\\n' '{shot.command}'; "
    window = Window(["sh", "-c", f"{prompt}exec {shot.command}"], _env(office, shot.day), office, *shot.size)
    try:
        for seen, keys in shot.keys:
            window.wait_for(seen)
            window.type(keys)
        if shot.keys:
            window.settle()
        else:
            assert window.ended() == 0
        return picture(window.screen, shot.command, shot.rows)
    finally:
        window.close()


@pytest.mark.parametrize("name", SHOTS)
def test_a_terminal_shows_what_is_drawn(
    name: str, office: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    drawn = taken(SHOTS[name], Path(shutil.copytree(office, tmp_path / "office")))
    path = PICTURES / f"{name}.svg"
    before = path.read_text("utf-8") if path.exists() else ""
    if MOMENT.sub("", before) == MOMENT.sub("", drawn):
        return
    assert request.config.getoption("--update-golden"), f"{path.name} shows what is no more so:\n{_shown(drawn)}"
    path.parent.mkdir(exist_ok=True)
    path.write_text(drawn, "utf-8")


def _shown(drawn: str) -> str:
    return "\n".join(re.findall(r">([^<]+)</text>", drawn))


def _every() -> Iterator[Path]:
    return PICTURES.glob("*")


def test_every_picture_is_one_of_these_and_shown_in_the_manual() -> None:
    assert {path.name for path in _every()} == {f"{name}.svg" for name in SHOTS}
    texts = "".join((ROOT / name).read_text("utf-8") for name in PAPERS)
    assert [name for name in SHOTS if f"img/{name}.svg)" not in texts] == []


def test_pictures_are_small_and_fetch_nothing() -> None:
    for path in _every():
        text = path.read_text("utf-8")
        assert len(text.encode()) < LARGEST, path.name
        assert set(re.findall(r"\w+://[^\"'<> ]+", text)) == {"http://www.w3.org/2000/svg"}, path.name
        assert not re.search(r"<script|<image|@import|@font-face|url\(", text), path.name


def test_every_character_has_its_place() -> None:
    for path in _every():
        texts = [one for one in ElementTree.fromstring(path.read_text("utf-8")).iter() if one.tag.endswith("}text")]
        assert len(texts) > 20
        assert [one.text for one in texts if len(one.attrib["x"].split()) != len(one.text or "")] == [], path.name


def _drawn(text: str) -> str:
    screen = Screen(20, 3)
    pyte.Stream(screen).feed(text)
    return picture(screen, "a", 3)


def test_wide_characters_take_two_cells_and_blanks_none() -> None:
    first, second = (MARGIN + at * CELL for at in (0, 2))
    aside = (2 * CELL - SIZE) // 2
    assert f'<text x="{first + aside} {second}" y="{MARGIN + SIZE}">天5</text>' in _drawn("天5")
    assert re.findall(r">([^<]*)</text>", _drawn("a  b c\r\n\r\n")) == ["a", "b c"]


def test_colours_weight_and_marks_of_the_format() -> None:
    drawn = _drawn("\x1b[1;31m<&>\x1b[0m \x1b[2ma\x1b[0m \x1b[7mb\x1b[0m")
    assert f'fill="{COLOURS["red"]}" class="b">&lt;&amp;&gt;</text>' in drawn
    assert f'fill="{COLOURS["brightblack"]}">a</text>' in drawn
    assert f'height="{LINE}" fill="{INK}"/>' in drawn and f'fill="{PAPER}">b</text>' in drawn
