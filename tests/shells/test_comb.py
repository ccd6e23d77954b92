"""The walk through the week's list in tmux, as clerks who work over ssh have it: Chinese, the mouse, windows that
change their size."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.base.text import width
from tests.cli.combing.seat import LEDGER
from tests.conftest import TODAY, Book
from tests.window import PATIENCE

pytestmark = pytest.mark.shells


class Tmux:
    """A tmux server of its own, with `ledger comb` in its one window."""

    def __init__(self, place: Path, columns: int, rows: int, **env: str) -> None:
        found = shutil.which("tmux")
        if found is None:
            pytest.fail("tmux is not installed: run make shells-tools (as root, on Debian)", pytrace=False)
        settings = (
            place / "tmux.conf"
        )  # none of the machine's; of a file that is missing tmux would complain in the pane
        settings.touch()
        self._words = [found, "-u", "-S", str(place / "tmux"), "-f", str(settings)]
        told = {
            "LEDGER_DB": str(place / "ledger.db"), "LEDGER_CONFIG": str(place / "settings.json"),
            "LEDGER_TODAY": TODAY, "LEDGER_ACTOR": "张三",
        } | env  # fmt: skip
        program = ["env", *(f"{name}={value}" for name, value in told.items()), str(LEDGER), "comb"]
        self("new-session", "-d", "-x", str(columns), "-y", str(rows), *program)

    def __call__(self, *words: str) -> str:
        env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        ended = subprocess.run(
            [*self._words, *words], env=env, check=True, capture_output=True, encoding="utf-8", timeout=PATIENCE
        )
        return ended.stdout

    def type(self, text: str) -> None:
        self("send-keys", "-l", text)

    def press(self, *keys: str) -> None:
        """Keys by tmux's names."""
        self("send-keys", *keys)

    def wait_for(self, text: str) -> list[str]:
        """The lines of the screen, once the text is on it."""
        until = time.monotonic() + PATIENCE
        while text not in (shown := self("capture-pane", "-p")):
            if time.monotonic() > until:
                pytest.fail(f"{text!r} never appeared; the screen:\n{shown}")
            time.sleep(0.1)
        return shown.splitlines()


@pytest.fixture
def tmux(book: Book, tmp_path: Path) -> Iterator[Tmux]:
    for title, due in (("起草方案", "2013-03-08"), ("召开推进会", "2013-03-11"), ("印发通知", "2013-03-20")):
        book.post("add", title=title, unit="综合组", owner="李四", due=due, on="2013-03-01")
    window = Tmux(tmp_path, 80, 24)
    window.wait_for("起草方案")
    yield window
    window("kill-server")


def test_chinese_is_typed_and_edited(tmux: Tmux, book: Book) -> None:
    tmux.press("n")
    tmux.type("方案已送审议ab")
    tmux.wait_for("方案已送审议ab")
    tmux.press("BSpace", "BSpace", "BSpace", "Left", "Left")
    tmux.type("初")
    tmux.press("End")
    tmux.type(" 60％")
    tmux.wait_for("完成进度记为 60%")
    tmux.press("Enter")
    tmux.wait_for("已记进展 2013-001")
    assert (book.task("1").note, book.task("1").progress) == ("方案已初送审 60％", 60)


def test_the_window_changes_its_size(tmux: Tmux) -> None:
    for columns, rows in ((60, 20), (120, 40), (40, 10), (80, 24)):
        tmux("resize-window", "-x", str(columns), "-y", str(rows))
        lines = tmux.wait_for(f"\n{'─' * columns}\n")
        assert len(lines) <= rows
        assert max(map(width, lines)) == columns
        tmux.wait_for("退出")


def test_marked_by_arrows_and_taken_back(tmux: Tmux, book: Book) -> None:
    tmux.press("m", "Down", "Up", "m", "c")
    tmux.wait_for("已销号 2 件")
    tmux.wait_for(",已销 2")
    tmux.press("u")
    tmux.wait_for(",已销 0")
    assert [book.task(name).status for name in "12"] == ["open", "open"]
    assert book.faults() == []


def test_another_hand_and_the_end(tmux: Tmux, book: Book) -> None:
    book.post("note", task="1", text="李四刚报过", actor="李四")
    tmux.press("c")
    tmux.wait_for("李四刚报过")
    assert book.task("1").status == "open"
    tmux.press("y", "Enter")
    tmux.wait_for("已销号 2013-001")
    tmux.press("Space", "Space")
    tmux.wait_for("清单已看完")
    assert book.task("1").status == "closed"
