"""What is longer than the screen is read in a pager, as git does it.

LEDGER_PAGER names it, else PAGER, else it is less; an empty name or `cat` is none. less is told to leave where all
fits, to show colours and to leave the screen as it is (`FRX`), unless LESS says otherwise. One that cannot be started
loses nothing: the text is then printed. The pager is waited for with no ledger open.
"""

import os
import re
import signal
import sys
from contextlib import suppress
from shutil import get_terminal_size, which

from ledger.base.text import width

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_NOT_STARTED = (126, 127)
"""How a shell ends that could not start the command: https://pubs.opengroup.org/onlinepubs/9799919799/ (2.8.2)."""


def show(text: str) -> None:
    """Show a text on the terminal that stdout is, by the pager where it is longer than the screen."""
    command = _command()
    if not command or _rows(text) < get_terminal_size((80, 24)).lines or not _is_read(command, text):
        sys.stdout.write(text)


def _command() -> str:
    """The command line of the pager, empty where there is none."""
    if os.environ.get("TERM", "").lower() in ("dumb", "unknown"):
        return ""
    named = os.environ.get("LEDGER_PAGER", os.environ.get("PAGER"))
    command = ("less" if which("less") else "") if named is None else named.strip()
    return "" if command == "cat" else command


def _rows(text: str) -> int:
    """Lines of the screen that the text takes."""
    across = get_terminal_size((80, 24)).columns
    lines = _COLOURS.sub("", text).removesuffix("\n").split("\n")
    return sum(max(1, -(-width(line) // across)) for line in lines)


def _is_read(command: str, text: str) -> bool:
    """Hand the text to the pager and wait for it; whether it could be started. It may be left before all is read."""
    import subprocess

    encoding = sys.stdout.encoding
    told = {"LESS": "FRX", "LV": "-c"} | ({"LESSCHARSET": "utf-8"} if encoding.lower() == "utf-8" else {})
    sys.stdout.flush()
    pager = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=told | os.environ)  # noqa: S602
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's
    try:
        with suppress(BrokenPipeError):
            pager.communicate(text.encode(encoding, "backslashreplace"))
        return pager.wait() not in _NOT_STARTED
    except BaseException:
        pager.terminate()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
