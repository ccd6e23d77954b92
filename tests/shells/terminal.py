"""A shell at a terminal of its own, as a person works with it: what is typed, what appears, what the program receives.

In `PATH` stands before the program a script of the same name that notes the arguments of every call which is not
completion's, then becomes the program. All waiting ends after `PATIENCE` seconds, as a failure.
"""

import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.children import heard, started

PATIENCE = 60
_LONGEST = 900
"""Seconds for which one may be open: long enough for all that a test does in it."""
PROGRAM = Path(sys.executable).with_name("ledger")
SCRIPTS = Path(__file__).parents[2] / "src/ledger/cli/shells"
FORMER = Path(__file__).parent / "former"
_CLEAN = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "fish": ["--no-config"]}
_BEFORE = {"zsh": "autoload -Uz compinit; compinit -u -D; zmodload zsh/complist; zstyle ':completion:*' menu select; "}


class Terminal:
    """`shell` in the directory `place`, clean but for the completion script in the directory `scripts`; without one as
    its start-up files in `place/home` make it."""

    def __init__(self, shell: str, place: Path, scripts: Path | None = SCRIPTS) -> None:
        found = shutil.which(shell)
        if found is None:
            pytest.fail(f"{shell} is not installed: run make shells-tools (as root, on Debian)", pytrace=False)
        self.shell, self.place, self.noted = shell, place, place / "noted" / "words"
        self._prepare()
        env = {
            "HOME": str(place / "home"), "PATH": f"{place}/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm",
            "LEDGER_CONFIG": str(place / "settings.json"), "LEDGER_TODAY": "2013-03-19", "NOTED": str(self.noted),
        }  # fmt: skip
        self._end, theirs = os.openpty()
        words = ["setsid", "--ctty", "--wait", found, *(_CLEAN[shell] if scripts else []), "-i"]
        streams: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
        self._running = ExitStack()
        self._process = self._running.enter_context(started(words, limit=_LONGEST, env=env, cwd=place, **streams))
        os.close(theirs)
        self.type(
            f"{_BEFORE.get(shell, '')}source {scripts}/ledger.{shell}; stty rows 300 cols 200; printf 'rea%s\\n' dy\r"
        )
        self.wait_for("ready")

    def _prepare(self) -> None:
        for name in ("bin", "home", "noted"):
            (self.place / name).mkdir(exist_ok=True)
        note = '[ -n "$_LEDGER_COMPLETE" ] || { printf "%s\\0" "$@" >"$NOTED.new"; mv "$NOTED.new" "$NOTED"; }'
        script = self.place / "bin" / "ledger"
        script.write_text(f'#!/bin/sh\n{note}\nexec {PROGRAM} "$@"\n')
        script.chmod(0o755)

    def type(self, keys: str) -> None:
        """Press keys; `\\t` is Tab, `\\r` Enter."""
        os.write(self._end, keys.encode())

    def wait_for(self, text: str) -> str:
        """All that appears until `text` has."""
        seen = b""
        until = time.monotonic() + PATIENCE
        while text.encode() not in seen:
            if time.monotonic() > until:
                pytest.fail(f"{self.shell} never showed {text!r}, but {seen.decode(errors='replace')!r}")
            seen += self._read(0.2)
        return seen.decode(errors="replace")

    def received(self) -> list[str]:
        """The arguments of the next call of the program."""
        seen = b""
        until = time.monotonic() + PATIENCE
        while not self.noted.exists():
            if time.monotonic() > until:
                pytest.fail(f"{self.shell} never called the program: {seen.decode(errors='replace')!r}")
            seen += self._read(0.05)
        words = self.noted.read_text().split("\0")[:-1]
        self.noted.unlink()
        return words

    def _read(self, seconds: float) -> bytes:
        try:
            came = heard(self._end, seconds)
        except TimeoutError:
            return b""
        if not came:
            pytest.fail(f"{self.shell} ended")
        return came

    def close(self) -> None:
        """Hang up, as a closed window does."""
        os.close(self._end)
        with self._running, suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
