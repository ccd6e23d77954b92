"""The papers of an archive as LibreOffice writes them for archives: PDF/A-2b, their pages counted."""

import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tests.conftest import Book, Clerk

pytestmark = pytest.mark.documents


def test_papers_are_pdf_a_and_their_pages_are_told(book: Book, clerk: Clerk, tmp_path: Path) -> None:
    book.post("add", title="召开会议", unit="综合组", on="2013-03-01")
    book.post("close", task=1)
    path = tmp_path / "案卷.zip"
    answer = clerk("--db", str(book.location), "--today", "2013-03-19", "archive", "1", "--pdf", "-o", str(path))
    assert answer.code == 0, answer.err
    with ZipFile(path) as archive:
        files = {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}
    papers = {name: content for name, content in files.items() if name.endswith(".pdf")}
    assert sorted(papers) == ["01 办理经过.pdf", "卷内目录.pdf", "备考表.pdf", "封面.pdf"]
    for content in papers.values():
        assert re.findall(rb"pdfaid:(part|conformance)>(\w)", content) == [(b"part", b"2"), (b"conformance", b"B")]
        assert b"CreateDate>2013-03-19T00:00:00" in content
    first = ElementTree.fromstring(files["卷内目录.xml"])[0]
    assert (first.findtext("页数"), [one.text for one in first.iter("文件名")]) == (
        "1",
        ["01 办理经过.docx", "01 办理经过.pdf"],
    )
