"""Workbooks as LibreOffice prints them: A4, heads and page numbers on every page, nothing that does not fit."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.render.output import emit
from ledger.reports.report import Column, Report, Section
from tests.conftest import Book, Clerk
from tests.documents.conftest import Pdf
from tests.render.documents_of import UNITS, week_of

pytestmark = pytest.mark.documents
UPRIGHT, ACROSS = (595, 842), (842, 595)
LONG = "审定各项活动方案、配强工作专班、明确责任分工,并征求有关单位和代表本人的意见"


@pytest.fixture
def ledger(book: Book) -> Book:
    """Sixty tasks in all states: more than a page."""
    for number in range(1, 61):
        extra: dict[str, Any] = (
            {"with": ["督导组", "各专项活动牵头单位"], "measure": LONG * 3} if number % 4 == 0 else {}
        )
        due = f"2013-0{number % 7 + 2}-15"
        book.post("add", title=f"第{number}件 {LONG}", unit="综合组", owner="李建国", due=due, on="2013-02-01", **extra)
    for number in range(1, 61, 5):
        book.post("close", task=str(number), on="2013-03-12", note="已办结,材料归档")
    return book


@pytest.fixture
def printed(ledger: Book, clerk: Clerk, pdf_of: Callable[[Path], Pdf], tmp_path: Path) -> Callable[[str], Pdf]:
    """`printed("week")`: what a command writes, on paper."""

    def run(command: str) -> Pdf:
        file = tmp_path / f"{command.replace(' ', '_')}.xlsx"
        answer = clerk("--db", str(ledger.location), *command.split(), "-o", str(file))
        assert (answer.code, answer.out) == (0, "")
        return pdf_of(file)

    return run


def numbered(pages: list[str]) -> None:
    """Every page says which of how many it is, and nothing on it was too wide for its column."""
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"第 ?{number} ?页 ?共 ?{len(pages)} ?页", page), page
        assert "###" not in page


def test_the_weekly_list(printed: Callable[[str], Pdf]) -> None:
    pdf = printed("week")
    numbered(pdf.pages)
    assert set(pdf.sizes) <= {UPRIGHT, ACROSS} and len(set(pdf.sizes)) == 1
    assert all(word in pdf.pages[0] for word in ("周工作清单", "2013年第12周", "期末在办", "应销"))
    assert all("工作任务" in page and "状态" in page for page in pdf.pages)
    assert sum("二、上周未完成结转" in page for page in pdf.pages) == 1
    for page in pdf.pages[:-1]:
        *_, last, _ = [line.strip() for line in page.splitlines() if line.strip()]
        assert not re.match("[一二三四五六七]、", last), "no band ends a page"


def test_the_summary_of_a_month(printed: Callable[[str], Pdf]) -> None:
    pdf = printed("month")
    numbered(pdf.pages)
    assert "总体情况" in pdf.pages[0]
    assert re.search(r"销号率 +\d+%\(\d+/\d+\)", pdf.pages[0])
    annex = [page for page in pdf.pages if "剩" in page]
    assert annex
    assert all("工作任务" in page for page in annex)


def test_the_whole_ledger_is_printed_on_as_many_columns_as_can_be_read(printed: Callable[[str], Pdf]) -> None:
    pdf = printed("list --status all")
    numbered(pdf.pages)
    assert set(pdf.sizes) == {ACROSS}
    assert all("工作任务" in page for page in pdf.pages), "what a row is about leads each page, to the right too"
    for title in ("具体措施", "截止日期", "完成进度"):
        assert any(title in page for page in pdf.pages)
    assert sum(page.count("2013-02-01") for page in pdf.pages) == 60  # each task given out on that day
    everything = "".join(pdf.pages)
    assert all(f"第{number}件" in everything for number in range(1, 61))


def test_what_is_overdue(printed: Callable[[str], Pdf]) -> None:
    pdf = printed("overdue")
    numbered(pdf.pages)
    assert "逾期清单" in pdf.pages[0]
    assert all("工作任务" in page for page in pdf.pages)
    assert "牵头单位" in pdf.pages[0]


def test_an_empty_list(printed: Callable[[str], Pdf]) -> None:
    pdf = printed("list --status cancelled")
    (page,) = pdf.pages
    numbered(pdf.pages)
    assert "无" in page.split()


def test_a_long_text_is_printed_whole(pdf_of: Callable[[Path], Pdf], tmp_path: Path) -> None:
    file = tmp_path / "long.xlsx"
    parts = [f"({number})会议改期。" for number in range(40)]
    section = Section("", (Column("进展情况"),), [("".join(parts),)])
    report = Report("表", "", "", date(2013, 3, 19), sections=[section])
    emit("xlsx", file, lambda: report, dict)
    shown = "".join("".join(pdf_of(file).pages).split())
    assert all(part in shown for part in parts)


@pytest.mark.parametrize("count", [10, 40])
def test_a_week_of_forty_tasks_takes_three_pages(pdf_of: Callable[[Path], Pdf], tmp_path: Path, count: int) -> None:
    file = tmp_path / f"week{count}.xlsx"
    emit("xlsx", file, lambda: week_of(count), dict)
    pdf = pdf_of(file)
    numbered(pdf.pages)
    assert len(pdf.pages) <= (2 if count == 10 else 3)
    assert set(pdf.sizes) == {ACROSS}
    for page in pdf.pages:
        assert re.search(r"工作任务\s+牵头/配合单位\s+责任人\s+时限\s+进展情况\s+存在问题\s+状态", page), (
            "the head is repeated"
        )
    assert all(unit in "".join(pdf.pages) for unit in UNITS[:3]), "no name is broken"
