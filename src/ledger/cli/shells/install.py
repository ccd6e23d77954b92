"""Completion put in place: the script in a file of its own, and in the shell's start-up file the line that loads it."""

import os
import stat
from importlib.resources import files
from pathlib import Path

from ledger.base.errors import StoreUnusable
from ledger.base.files import SQLITE, make_folder, replaced, told
from ledger.base.text import visible
from ledger.cli.names import PROGRAM

SHELLS = ("bash", "zsh", "fish")
_ZSH_LINE = "fpath+=~/.zfunc; autoload -Uz compinit; compinit"


def script(shell: str) -> str:
    """The completion script for one of `SHELLS`."""
    return (files("ledger.cli.shells") / f"{PROGRAM}.{shell}").read_text("utf-8")


def install(shell: str) -> Path:
    """Write the script where that shell finds it, and see that it loads; gives the script's path.

    What is there of the start-up file stays: the line is added at its end, once. Raises `StoreUnusable`.
    """
    home = _home()
    if shell == "bash":
        path = home / ".bash_completions" / f"{PROGRAM}.sh"
        start_up, line = home / ".bashrc", "source '" + str(path).replace("'", r"'\''") + "'"
    elif shell == "zsh":
        path = home / ".zfunc" / f"_{PROGRAM}"
        start_up, line = Path(os.environ.get("ZDOTDIR") or home) / ".zshrc", _ZSH_LINE
    else:
        path = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "fish/completions" / f"{PROGRAM}.fish"
        start_up, line = None, ""
    name = f"补全脚本“{visible(str(path))}”"
    make_folder(path.parent)
    with replaced(path, name, "utf-8") as file:
        file.write(script(shell))
    if start_up:
        with told(f"启动文件“{visible(str(start_up))}”"):
            _add_line(start_up, line.encode())
    return path


def _home() -> Path:
    home = Path(os.environ.get("HOME", ""))
    if not home.is_absolute() or not home.is_dir():
        raise StoreUnusable("找不到主目录,补全脚本没有地方放", "请设置 HOME 后重试")
    return home


def _add_line(path: Path, line: bytes) -> None:
    """Append `line` unless it stands there: in place, so that mode, owner and links stay. Never to a device."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0), 0o644)
    with os.fdopen(file, "r+b", buffering=0) as raw:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise StoreUnusable(f"启动文件“{visible(str(path))}”不是普通文件", "请处理后重试")
        there = raw.read()
        if there.startswith(SQLITE):
            raise StoreUnusable(f"启动文件“{visible(str(path))}”是一个数据库", "请处理后重试")
        if line not in there.splitlines():
            raw.write((b"" if there.endswith(b"\n") or not there else b"\n") + line + b"\n")
