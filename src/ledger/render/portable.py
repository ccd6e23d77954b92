"""PDF: the document of Word as LibreOffice prints it, where that is installed.

It runs with a profile of its own, for the user's may be open or set otherwise, and is ended when it takes too long.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import IO

from ledger.base.errors import StoreUnusable
from ledger.base.files import told
from ledger.render import document
from ledger.render.output import Extras
from ledger.reports.report import Report

PROGRAMS = ("soffice", "libreoffice")
LIMIT = 120
"""Seconds: the first run of a profile takes some ten."""

_HOW = "请改用 -o 文件.docx,再用 Word 或 WPS 打开并另存为 PDF"


def render(report: Report, file: IO[bytes], extras: Extras) -> None:
    """Write the document's pages to `file`. Raises `StoreUnusable` without LibreOffice or when it fails, and what
    `document.render` raises."""
    program = next(filter(None, map(which, PROGRAMS)), None)
    if program is None:
        raise StoreUnusable("这台机器上没有 LibreOffice,做不成 PDF", f"{_HOW},或装上 LibreOffice 再试")
    with told("临时文件"), TemporaryDirectory(prefix="ledger-") as scratch:
        folder = Path(scratch)
        with (folder / "pages.docx").open("wb") as made:
            document.render(report, made, extras)
        _convert(program, folder)
        pages = folder / "pages.pdf"
        if not pages.exists():
            raise StoreUnusable("LibreOffice 没有做成 PDF", _HOW)
        file.write(pages.read_bytes())


def _convert(program: str, folder: Path) -> None:
    words = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    words += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(folder / "pages.docx")]
    quiet = subprocess.DEVNULL
    # it starts another, which is to end with it: they are a session of their own
    running = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    try:
        running.wait(LIMIT)
    except subprocess.TimeoutExpired:
        raise StoreUnusable(f"LibreOffice 用了{LIMIT}秒还没有做成 PDF", _HOW) from None
    finally:
        if running.poll() is None:
            _end(running)


def _end(running: "subprocess.Popen[bytes]") -> None:
    """End it with all that it started; where there are no groups of processes, it alone."""
    if sys.platform == "win32":
        running.kill()
    else:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
