"""A form as LibreOffice shows it, and as it comes back when a unit has saved it there."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ledger.reports.forms import DONE, SHEET
from tests.conftest import Book, Clerk

pytestmark = pytest.mark.documents


@pytest.fixture
def sent(book: Book, clerk: Clerk, tmp_path: Path) -> Path:
    """The form of a unit with forty tasks."""
    for number in range(40):
        title = f"第{number + 1}项:下发《关于在全省开展主题实践活动的通知》并抓好落实"
        book.post("add", title=title, unit="综合组", due="2013-03-20", on="2013-03-01")
    path = tmp_path / "填报-综合组.xlsx"
    assert clerk("--db", str(book.location), "export", "--template", "--unit", "综合组", "-o", str(path)).code == 0
    return path


def test_it_prints_on_landscape_pages_with_headings_and_numbers(sent: Path, pdf_of: Callable[[Path], Any]) -> None:
    pdf = pdf_of(sent)
    tasks, notes = pdf.pages[:-1], pdf.pages[-1]
    assert len(tasks) > 1
    assert pdf.sizes == [(842, 595)] * len(tasks) + [(595, 842)]
    assert all("进展情况" in page and f"第{number}页" in "".join(page.split()) for number, page in enumerate(tasks, 1))
    assert "###" not in "".join(pdf.pages)
    assert "填报说明" in notes


def test_a_form_saved_by_libreoffice_comes_back(
    sent: Path, book: Book, clerk: Clerk, tool: Callable[[str], str], tmp_path: Path
) -> None:
    filled = load_workbook(sent)
    for place, value in (("G5", "已印发\n并部署"), ("H5", 100), ("J5", DONE), ("K5", "2013-03-18"), ("I6", "缺人手")):
        filled[SHEET][place] = value
    filled.save(sent)
    room = tmp_path / "另存"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = [tool("soffice"), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(room), str(sent)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    answer = clerk("--db", str(book.location), "import", str(room / sent.name))
    assert answer == (0, "已导入 1 份填报表(综合组):更新 2 件,申请销号 1 件\n", "")
    first, second = book.task("1"), book.task("2")
    assert (first.status, str(first.submitted_on), first.progress) == ("submitted", "2013-03-18", 100)
    assert first.note == "已印发\n并部署"
    assert [problem.text for problem in second.open_problems] == ["缺人手"]
