"""PDF: the document of Word as LibreOffice prints it, where that is installed.

It runs with a profile of its own, for the user's may be open or set otherwise, and is ended when it takes too long.
"""

import os
import re
import signal
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import IO

from ledger.base.errors import StoreUnusable
from ledger.base.files import told
from ledger.render import document
from ledger.render.document_table import UPRIGHT
from ledger.render.output import Extras
from ledger.reports.report import Report

PROGRAMS = ("soffice", "libreoffice")
LIMIT = 120
"""Seconds: the first run of a profile takes some ten."""

_LEADING = ("连下段",)
_SIGNED = ("成文日期", "独署日期", "落款", "单据落款")
_END = (*_LEADING, "附件说明", "空行", "署名", *_SIGNED)
"""The styles of what ends a document, in its order."""

_ROW = (
    '<w:tbl {}><w:tblPr><w:tblW w:w="{line}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
    '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblGrid><w:gridCol w:w="{line}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>'
    '<w:tc><w:tcPr><w:tcW w:w="{line}" w:type="dxa"/></w:tcPr></w:tc></w:tr></w:tbl>'
)
_LAST = (
    '<w:tr {}><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="{span}"/><w:tcBorders>'
    '<w:left w:val="nil"/><w:bottom w:val="nil"/><w:right w:val="nil"/></w:tcBorders></w:tcPr></w:tc></w:tr>'
)
"""Rows that bear the end: of a table of its own, of the sheet before it."""

_ARCHIVAL = ':{"SelectPdfVersion":{"type":"long","value":"2"}}'
"""What makes LibreOffice write PDF/A-2b."""

_MOMENT = re.compile(rb"/CreationDate\(D:\d{14}")
_NOTED = re.compile(rb"(?<=CreateDate>)[0-9-]{10}T[0-9:]{8}")
_NAME = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")
_UNNAMED = re.compile(rb"(?<=<)0{32}(?=>)|(?<=/DocChecksum /)0{32}")
"""When it was made, as PDF/A says it also in words of XML, and by what it is called."""

_HOW = "请改用 -o 文件.docx,再用 Word 或 WPS 打开并另存为 PDF"


def render(report: Report, file: IO[bytes], extras: Extras) -> None:
    """Write the document's pages to `file`. Raises `StoreUnusable` without LibreOffice or when it fails, and what
    `document.render` raises."""
    program = next(filter(None, map(which, PROGRAMS)), None)
    if program is None:
        raise StoreUnusable("这台机器上没有 LibreOffice,做不成 PDF", f"{_HOW},或装上 LibreOffice 再试")
    with told("临时文件"), TemporaryDirectory(prefix="ledger-") as scratch:
        folder = Path(scratch)
        made = BytesIO()
        document.render(report, made, extras)
        _bind_end(made, folder / "pages.docx")
        _convert(program, folder, extras.archival)
        pages = folder / "pages.pdf"
        if not pages.exists():
            raise StoreUnusable("LibreOffice 没有做成 PDF", _HOW)
        file.write(_dated(pages.read_bytes(), report))


def _dated(pages: bytes, report: Report) -> bytes:
    """The report's day instead of the clock's, and names that follow from the content: the same report makes the same
    bytes, as far as the same LibreOffice does. No offset of the file moves by it."""
    found = _MOMENT.sub(b"/CreationDate(D:%b000000" % report.today.strftime("%Y%m%d").zfill(8).encode(), pages)
    found = _NOTED.sub(b"%bT00:00:00" % report.today.isoformat().encode(), found)
    found = _NAME.sub(lambda name: b"0" * len(name[0]), found)
    name = sha256(found).hexdigest()[:32].upper().encode()
    return _UNNAMED.sub(name, found)


def _bind_end(made: BytesIO, path: Path) -> None:
    """Write the document with its end (last sentence, annex, 署名, date) as a row that no page tears, in the table
    above it where no sentence leads it: LibreOffice keeps paragraphs together only sometimes, and a date would stand on
    a page of its own."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    document = Document(made)
    ids = {style.style_id: style.name for style in document.styles if style.name in _END}
    body = document.element.body
    for _, group in groupby(list(body), lambda one: one.tag == qn("w:p") and one.style in ids):
        end = list(group)
        names = [ids.get(getattr(one, "style", None), "") for one in end]
        if not any(name in _SIGNED for name in names):
            continue
        table = end[0].getprevious()
        if names[0] not in _LEADING and table is not None and table.tag == qn("w:tbl"):
            for paragraph in table.tr_lst[-1].iter(qn("w:p")):
                paragraph.get_or_add_pPr().get_or_add_keepNext()
            span = len(table.tblGrid.gridCol_lst)
            table.append(parse_xml(_LAST.format(nsdecls("w"), span=span)))
        else:
            table = parse_xml(_ROW.format(nsdecls("w"), line=UPRIGHT))
            end[0].addprevious(table)
        table.tr_lst[-1].tc_lst[0].extend(end)
    document.save(str(path))


def _convert(program: str, folder: Path, archival: Path | None) -> None:
    profile, options = (folder, "") if archival is None else (archival, _ARCHIVAL)
    words = [program, f"-env:UserInstallation={(profile / 'profile').as_uri()}", "--headless", "--norestore"]
    words += ["--convert-to", f"pdf:writer_pdf_Export{options}", "--outdir", str(folder), str(folder / "pages.docx")]
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
