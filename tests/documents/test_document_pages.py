"""Documents as LibreOffice prints them: the pages of GB/T 9704-2012."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ledger.model.task import Problem
from ledger.render import portable
from ledger.render.output import Extras
from ledger.reports.report import Issue, Report
from tests.documents.conftest import Pdf
from tests.render.documents_of import TODAY, UNITS, bulletin, content, summary, task, week_of

pytestmark = pytest.mark.documents

A4, ACROSS = (595, 842), (842, 595)
MM = 72 / 25.4
LEFT, RIGHT = 28 * MM, (210 - 26) * MM
TOP, BOTTOM = 37 * MM, (297 - 35) * MM


class Word(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float
    text: str


def words(bbox: str) -> list[Word]:
    shape = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    return [
        Word(float(left), float(top), float(right), float(bottom), text)
        for left, top, right, bottom, text in re.findall(shape, bbox)
    ]


def lines(found: list[Word]) -> list[str]:
    """The text of each line, from the top."""
    rows: dict[int, list[Word]] = {}
    for word in found:
        rows.setdefault(round((word.top + word.bottom) / 2 / 4), []).append(word)
    return ["".join(word.text for word in sorted(rows[at])) for at in sorted(rows)]


@pytest.fixture
def printed(pdf_of: Callable[[Path], Any], tmp_path: Path) -> Callable[[str, Report], Any]:
    def convert(name: str, report: Report) -> Any:
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content(report).getvalue())
        return pdf_of(path)

    return convert


def test_a_full_page_has_22_lines_of_28_characters(printed: Callable[[str, Report], Any]) -> None:
    text = "经费没有落实需要领导协调" * 120
    pdf = printed("full", summary([task(1, "方案", problems=(Problem(1, text, TODAY),))]))
    full = next(n for n, page in enumerate(pdf.pages, 1) if page.count("经费") > 40)
    body = [word for word in words(pdf.bbox(full)) if word.bottom < BOTTOM + 1]
    found = lines(body)
    assert len(found) == 22
    assert {len(line) for line in found} == {28}
    assert min(word.left for word in body) == pytest.approx(LEFT, abs=1)
    assert max(word.right for word in body) == pytest.approx(RIGHT, abs=2)
    assert min(word.top for word in body) >= TOP - 1


def test_pages_numbers_and_the_annex(printed: Callable[[str, Report], Any]) -> None:
    many = [task(n, f"落实第{n}号重点事项并报送进展情况") for n in range(1, 80)]
    issued = Issue("学创办〔2013〕5号", date(2013, 3, 20), "省学创活动领导小组办公室")
    pdf = printed("summary", replace(summary(many), issue=issued))
    upright = pdf.sizes.count(A4)
    assert pdf.sizes == [A4] * upright + [ACROSS] * (len(pdf.sizes) - upright)
    assert upright >= 2 and pdf.sizes.count(ACROSS) >= 3
    for number, (width, _) in enumerate(pdf.sizes, start=1):
        found = words(pdf.bbox(number))
        last = max(word.bottom for word in found)
        foot = sorted(word for word in found if word.bottom > last - 6)
        assert "".join(word.text for word in foot) == f"—{number}—"
        middle = (foot[0].left + foot[-1].right) / 2
        assert (middle > width / 2) == (number % 2 == 1)
        if width == A4[0]:
            edge = RIGHT - foot[-1].right if number % 2 else foot[0].left - LEFT
            assert edge == pytest.approx(14, abs=2), "one character from the edge"
            assert (foot[0].top + foot[0].bottom) / 2 - BOTTOM == pytest.approx(7 * MM, abs=4)
    annex = pdf.pages[upright:]
    assert annex[0].split()[0] == "附件"
    for page in annex:
        assert re.search(r"编号\s+工作任务\s+牵头单位\s+责任人\s+完成时限\s+状态", page), "the header is repeated"
    rows = [code for page in annex for code in re.findall(r"2013-\d{3}", page)]
    assert rows == [f"2013-{n:03d}" for n in range(1, 80)]


def test_the_date_is_four_characters_from_the_right_below_the_office(printed: Callable[[str, Report], Any]) -> None:
    issued = Issue(None, date(2013, 3, 20), "学创办公室")
    pdf = printed("issued", replace(summary([]), issue=issued))
    (page,) = [number for number, text in enumerate(pdf.pages, 1) if "学创办公室" in text]
    rows = words(pdf.bbox(page))
    office = next(word for word in rows if word.text == "学创办公室")
    day = [word for word in rows if 0 < word.top - office.top < 35]
    assert "".join(word.text for word in sorted(day)) == "2013年3月20日"
    assert RIGHT - max(word.right for word in day) == pytest.approx(4 * 16, abs=3)
    centre = (min(word.left for word in day) + max(word.right for word in day)) / 2
    assert (office.left + office.right) / 2 == pytest.approx(centre, abs=16)


@pytest.mark.parametrize("count", [10, 40])
def test_a_week_of_forty_tasks_takes_three_pages(printed: Callable[[str, Report], Any], count: int) -> None:
    pdf = printed(f"week-{count}", week_of(count))
    assert set(pdf.sizes) == {ACROSS}
    assert len(pdf.pages) <= (2 if count == 10 else 3)
    everything = "".join("".join(pdf.pages).split())
    for page in pdf.pages:
        assert re.search(r"工作任务\s+牵头/配合单位\s+责任人\s+时限\s+进展情况\s+存在问题\s+状态", page), (
            "the head is repeated"
        )
    for number in range(1, len(pdf.pages) + 1):
        rows = lines([word for word in words(pdf.bbox(number)) if word.bottom < 595 - 15 * MM])
        assert not re.match("[一二三四五六七]、", rows[-1]) or number == len(pdf.pages), "no band ends a page"
    assert [name for name in (*UNITS[:3], "欧阳文华", "3月20日") if name not in everything] == []
    assert all(part in "".join(pdf.pages) for part in UNITS[:3]), "no name is broken"
    assert "学创办2013年3月19日" in everything


def test_a_report_is_printed_to_pdf_by_the_program_itself(tool: Callable[[str], str], tmp_path: Path) -> None:
    tool("soffice")
    path = tmp_path / "小结.pdf"
    with path.open("wb") as file:
        portable.render(summary(), file, Extras())
    pdf = Pdf(path, tool)
    assert pdf.sizes[0] == A4
    assert "学创2013年3月工作小结" in "".join(pdf.pages[0].split())


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (4, 2), (40, 2), (200, 2)])
def test_a_bulletin_takes_two_pages(printed: Callable[[str, Report], Any], count: int, pages: int) -> None:
    issue = Issue("第3期", TODAY, "省委“学创”活动领导小组办公室", "各市州党委宣传部,省直各有关单位")
    pdf = printed(f"bulletin-{count}", replace(bulletin(count), issue=issue))
    assert pdf.sizes == [A4] * pages
    rows = lines(words(pdf.bbox(1)))
    assert rows[:3] == ["学创工作简报", "第3期", "省委“学创”活动领导小组办公室编2013年3月19日"]
    assert rows[3] == "学创2013年3月工作情况"
    ending = lines(words(pdf.bbox(pages)))
    assert [row for row in ending if re.match("[报抄]送：", row)] == [
        "报送：省委常委,省人大、省政府、省政协主要领导。",
        "抄送：各市州党委宣传部,省直各有关单位。",
    ]


def test_a_long_name_of_a_bulletin_stands_in_two_lines(printed: Callable[[str, Report], Any]) -> None:
    pdf = printed("bulletin-long", bulletin(40, "省委学习型党组织创建活动工作简报", 29))
    assert pdf.sizes == [A4] * 2
    rows = lines(words(pdf.bbox(1)))
    assert rows[0] == "（草稿）"
    assert rows[1:4] == ["省委学习型党组织", "创建活动工作简报", "第期"]
