"""Completion put in place."""

import os
import stat
from pathlib import Path

import pytest

from ledger.base.errors import StoreUnusable
from ledger.cli.shells.install import SHELLS, install, script
from tests import devices
from tests.conftest import Book

START_UP = {"bash": ".bashrc", "zsh": ".zshrc"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("ZDOTDIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "张三's home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.mark.parametrize("shell", SHELLS)
def test_twice_is_once(home: Path, shell: str) -> None:
    path = install(shell)
    first = {one: one.read_bytes() for one in home.rglob("*") if one.is_file()}
    assert install(shell) == path
    assert {one: one.read_bytes() for one in home.rglob("*") if one.is_file()} == first
    assert path.read_text() == script(shell)
    if shell in START_UP:
        assert len((home / START_UP[shell]).read_text().splitlines()) == 1


@pytest.mark.parametrize("shell", START_UP)
def test_what_is_there_stays(home: Path, shell: str) -> None:
    kept = home / "dotfiles"
    kept.write_bytes(b"# \xb8\xf6\xc8\xcb\nalias l=ledger")
    kept.chmod(0o600)
    start_up = home / START_UP[shell]
    start_up.symlink_to(kept)
    number = kept.stat().st_ino
    install(shell)
    assert start_up.is_symlink()
    assert (kept.stat().st_ino, stat.S_IMODE(kept.stat().st_mode)) == (number, 0o600)
    lines = kept.read_bytes().splitlines()
    assert lines[:2] == [b"# \xb8\xf6\xc8\xcb", b"alias l=ledger"]
    assert len(lines) == 3


def test_a_script_of_an_earlier_version_is_replaced(home: Path) -> None:
    old = home / ".zfunc" / "_ledger"
    old.parent.mkdir()
    old.write_text("#compdef ledger\neval anything\n")
    (home / ".zshrc").write_text(
        "fpath+=~/.zfunc; autoload -Uz compinit; compinit\nzstyle ':completion:*' menu select\n"
    )
    before = (home / ".zshrc").read_bytes()
    install("zsh")
    assert old.read_text() == script("zsh")
    assert (home / ".zshrc").read_bytes() == before


def test_directories_that_the_shells_are_told(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "z").mkdir()
    monkeypatch.setenv("ZDOTDIR", str(tmp_path / "z"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    install("zsh")
    assert (tmp_path / "z" / ".zshrc").exists()
    assert install("fish") == tmp_path / "config/fish/completions/ledger.fish"


@pytest.mark.parametrize("name", [None, "", "relative", "/none/such"])
def test_without_a_home(home: Path, monkeypatch: pytest.MonkeyPatch, name: str | None) -> None:
    monkeypatch.delenv("HOME") if name is None else monkeypatch.setenv("HOME", name)
    with pytest.raises(StoreUnusable, match="主目录"):
        install("bash")


@pytest.mark.parametrize("what", ["fifo", "directory", "device"])
def test_a_start_up_file_that_is_none(home: Path, what: str) -> None:
    start_up = home / ".bashrc"
    if what == "fifo":
        os.mkfifo(start_up)
    elif what == "directory":
        start_up.mkdir()
    else:
        device = home / "device"
        devices.null(device)
        start_up.symlink_to(device)
    kind = start_up.lstat().st_mode
    with pytest.raises(StoreUnusable, match="启动文件"):
        install("bash")
    assert start_up.lstat().st_mode == kind


def test_a_script_is_not_written_through_a_link(home: Path) -> None:
    target = home / "elsewhere"
    target.write_text("内容")
    link = home / ".bash_completions" / "ledger.sh"
    link.parent.mkdir()
    link.symlink_to(target)
    with pytest.raises(StoreUnusable, match="补全脚本"):
        install("bash")
    assert target.read_text() == "内容"
    assert not (home / ".bashrc").exists()


@pytest.mark.parametrize("named", ["link", "hard link"])
@pytest.mark.parametrize("shell", SHELLS)
def test_a_ledger_is_never_written_over(home: Path, book: Book, shell: str, named: str) -> None:
    ledger = book.location.path
    assert ledger is not None
    before = ledger.read_bytes()
    path = install(shell)
    for victim in (path, *(home / name for name in (START_UP.get(shell),) if name)):
        victim.unlink()
        if named == "link":
            victim.symlink_to(ledger)
        else:
            os.link(ledger, victim)
        with pytest.raises(StoreUnusable):
            install(shell)
        assert ledger.read_bytes() == before
        victim.unlink()
        install(shell)
