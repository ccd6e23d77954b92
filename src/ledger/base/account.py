"""Whose account of the operating system the program runs under."""

import os
import sys

from ledger.base.text import visible


def account() -> str:
    """Its name, as the journal takes it; `$USER` is not to be trusted, and `os.getlogin` fails under cron."""
    return visible(_named()).strip()[:100] or "未知"


def _named() -> str:
    if sys.platform == "win32":
        return os.environ.get("USERNAME", "")
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a user that the system has only a number for
        return os.environ.get("USERNAME") or str(os.getuid())
