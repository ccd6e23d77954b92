"""PDF by LibreOffice: what is asked of it, and what is said where it is not there, fails or hangs."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from ledger.base.errors import StoreUnusable
from ledger.render import portable
from ledger.render.output import Extras
from ledger.reports.report import Issue, Report
from tests.render.documents_of import summary, task, weekly


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`office(script)`: the only program there is besides those of the shell, in place of LibreOffice."""

    def place(script: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return place


def pages(issue: Issue = Issue(), report: Report | None = None) -> bytes:
    file = BytesIO()
    portable.render(replace(report or summary(), issue=issue), file, Extras())
    return file.getvalue()


def test_it_prints_the_document_with_a_profile_of_its_own(office: Callable[[str], None]) -> None:
    office(
        "for word; do last=$word; done\n"
        'case "$*" in *UserInstallation=file://*--headless*--convert-to*) ;; *) exit 1 ;; esac\n'
        '{ printf "%%PDF "; head -c 2 "$last"; } > "${last%.docx}.pdf"'
    )
    assert pages() == b"%PDF PK"


def test_what_archives_keep_is_asked_for_with_one_profile_for_all(
    office: Callable[[str], None], tmp_path: Path
) -> None:
    office(
        "for word; do last=$word; done\n"
        'case "$*" in *file://*/kept/profile*SelectPdfVersion*) ;; *) exit 1 ;; esac\n'
        'printf "%%PDF CreateDate>2026-11-26T07:13:15Z" > "${last%.docx}.pdf"'
    )
    file = BytesIO()
    portable.render(summary(), file, Extras(archival=tmp_path / "kept"))
    assert file.getvalue() == f"%PDF CreateDate>{summary().today}T00:00:00Z".encode()


def test_without_it_one_sentence_says_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreUnusable) as refused:
        pages()
    assert refused.value.sentence() == (
        "错误:这台机器上没有 LibreOffice,做不成 PDF。未写入任何内容;"
        "请改用 -o 文件.docx,再用 Word 或 WPS 打开并另存为 PDF,或装上 LibreOffice 再试。"
    )


@pytest.mark.parametrize("script", ["exit 0", "exit 3", "kill -9 $$"])
def test_what_makes_nothing_is_told(office: Callable[[str], None], script: str) -> None:
    office(script)
    with pytest.raises(StoreUnusable, match="没有做成 PDF"):
        pages()


def test_what_ends_a_document_is_not_torn(office: Callable[[str], None]) -> None:
    office('for last; do :; done; cp "$last" "${last%.docx}.pdf"')
    made = Document(BytesIO(pages(Issue(None, date(2013, 3, 20), "学创办"))))
    (end,) = [table.cell(0, 0) for table in made.tables if len(table.columns) == 1]
    assert [one.text for one in end.paragraphs] == [
        "以上事项请牵头单位提前安排，按时办结。", "附件：到期未销号清单", "学创办", "2013年3月20日",
    ]  # fmt: skip
    assert end._tc.getparent().xpath("w:trPr/w:cantSplit")


def test_who_signs_a_sheet_stays_with_its_last_row(office: Callable[[str], None]) -> None:
    office('for last; do :; done; cp "$last" "${last%.docx}.pdf"')
    issue = Issue(None, date(2013, 3, 20), "学创办")
    (table,) = Document(BytesIO(pages(issue, weekly([task(1)])))).tables
    *_, before, last = table.rows
    assert last.cells[0].text == "学创办　2013年3月20日"
    assert before._tr.xpath(".//w:p") == before._tr.xpath(".//w:p[w:pPr/w:keepNext]")


def test_what_hangs_is_ended_with_all_that_it_started(
    office: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(portable, "LIMIT", 1)
    office(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(StoreUnusable, match="1秒还没有做成"):
        pages()
    child = int((tmp_path / "child").read_text())
    for _ in range(200):
        if not _runs(child):
            break
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: int) -> bool:
    """Whether it does; one that was told to end may still for a moment."""
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False
