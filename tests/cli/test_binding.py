"""A task's file bound: its documents in their order, what was tested of it, what is seen of evidence."""

import os
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from docx import Document

from tests.conftest import Answer, Book, Clerk

Office = Callable[..., Answer]
Files = Mapping[str, bytes]


@pytest.fixture
def office(book: Book, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A task that was given out, urged, done, and is in an issued list; a clerk in its folder."""
    book.post("add", title="召开会议", unit="综合组", due="2013-03-10", on="2013-03-01")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEDGER_DB", "ledger.db")
    monkeypatch.setenv("LEDGER_TODAY", "2013-03-19")
    Path("现场.jpg").write_bytes(b"\xff\xd8\xff" + bytes(3000))
    for line in (
        "slip 1 --kind 交办 -o 单.docx", "urge 1 --method 电话", "slip 1 --kind 催办 -o 单.docx",
        "close 1 --evidence 现场.jpg", "slip 1 --kind 办结 -o 单.docx", "publish week --number 学创办〔2013〕1号",
    ):  # fmt: skip
        assert clerk(*line.split()).code == 0
    return clerk


def filed(office: Office) -> Files:
    answer = office("archive", "1", "-o", "案卷.zip")
    assert answer.code == 0, answer.err
    with ZipFile("案卷.zip") as archive:
        return {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}


def cells(content: bytes) -> list[list[str]]:
    """The rows of all tables of a document."""
    return [[cell.text for cell in row.cells] for table in Document(BytesIO(content)).tables for row in table.rows]


def listed(files: Files) -> list[list[str]]:
    """The fields of the contents, line by line."""
    root = ElementTree.fromstring(files["卷内目录.xml"])
    return [[part.text or "" for part in document] for document in root]


def test_closing_comes_first_then_handling_giving_out_and_the_rest(office: Office) -> None:
    files = filed(office)
    found = listed(files)
    assert [[line[1], line[4], line[-1]] for line in found] == [
        ["办结〔2013〕1号", "2013-03-19", "01 办结单.docx"],
        ["", "2013-03-19", "02 办理经过.docx"],
        ["催办〔2013〕1号", "2013-03-19", "03 催办单.docx"],
        ["", "2013-03-19", "04 现场.jpg"],
        ["督办〔2013〕1号", "2013-03-19", "05 督办通知单.docx"],
        ["学创办〔2013〕1号", "2013-03-19", "06 第1号印发 周工作清单 2013-W12.docx"],
        ["", "2013-03-19", "证明.json"],
    ]
    assert [[row[0], row[1], row[3], row[4]] for row in cells(files["卷内目录.docx"])[1:]] == [
        [line[0], line[1], line[3], "2013年3月19日"] for line in found
    ]
    assert len(cells(files["封面.docx"])) > 8


def result(files: Files, name: str) -> str:
    return next(row[2] for row in cells(files["备考表.docx"]) if row[0] == name)


def test_what_was_tested_is_written_in(office: Office) -> None:
    files = filed(office)
    assert result(files, "真实性").endswith("佐证 1 件相符")
    assert result(files, "完整性") == "合格:卷内 7 件齐全"
    assert result(files, "可用性") == "合格:均可打开"
    assert result(files, "安全性") == "合格:文件名安全"


def test_what_an_archivist_should_know_is_told(office: Office) -> None:
    assert office("add", "起草方案", "--unit", "综合组", "--on", "2013-03-01").code == 0
    Path("假.pdf").write_bytes(b"MZ\x90")
    Path("表.xlsm").write_bytes(b"PK\x03\x04")
    assert office("close", "2", "--evidence", "假.pdf", "--evidence", "表.xlsm").code == 0
    assert office("archive", "2", "-o", "案卷.zip").code == 0
    with ZipFile("案卷.zip") as archive:
        files = {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert result(files, "完整性") == "合格:卷内 4 件齐全;注意:没有督办通知单、没有办结单"
    assert result(files, "可用性") == "合格:公文均可打开;注意:请另行查看 02 假.pdf、请另行查看 03 表.xlsm"
    assert result(files, "安全性") == "合格:文件名安全;注意:含有程序或宏 02 假.pdf、含有程序或宏 03 表.xlsm"


def test_pictures_are_stored_as_they_are(office: Office) -> None:
    filed(office)
    with ZipFile("案卷.zip") as archive:
        ways = {part.filename.rpartition("/")[2]: part.compress_type for part in archive.infolist()}
    assert [name for name, way in ways.items() if way == ZIP_STORED] == ["04 现场.jpg"]


def test_without_libreoffice_no_archive_is_begun(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    before = set(os.listdir())
    answer = office("archive", "1", "--pdf", "-o", "案卷.zip")
    assert (answer.code, "没有 LibreOffice" in answer.err, set(os.listdir())) == (7, True, before)
