"""Slips as LibreOffice prints them: one page a task, whatever there is to say."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.model.entry import Entry
from ledger.model.rules import Rules
from ledger.model.task import Task
from ledger.render import portable
from ledger.render.output import Extras
from ledger.reports.report import Report
from ledger.reports.slips import Paper, slips_report
from tests.documents.conftest import Pdf
from tests.documents.test_document_pages import A4, BOTTOM, LEFT, MM, RIGHT, TOP, words
from tests.render.documents_of import content

pytestmark = pytest.mark.documents

DAY = date(2013, 3, 19)
RULES = Rules("学创台账", office="省学创活动领导小组办公室", contact="王芳", phone="027-87231234")
UNIT = "省委学习型党组织创建活动领导小组办公室综合协调组"


def paper(kind: str, number: int, action: str, *, long: int = 0, nth: int | None = 1, **changes: Any) -> Paper:
    """A slip of a task; a long one has so many times as much to say."""
    due = date(2013, 3, 10)
    task = Task(
        number, f"2013-{number:03d}", "制定督导工作细则并下发各市州执行" * max(1, long // 4),
        UNIT if long else "综合组", with_units=(UNIT, "宣传组", "督导组")[: 3 if long else 1],
        leader="赵副主任", owner="李建国", source="领导小组第一次会议", assigned_on=date(2013, 3, 1),
        measure="起草细则,征求各成员单位意见,报领导小组审定后印发执行。" * max(1, long), due_on=due, last_day=due,
        note="细则已印发" * max(1, long), feedback="每周五",
    )  # fmt: skip
    said = {name: [None, value] for name, value in changes.items()}
    note = "请抓紧报送,并说明迟延的原因。" * max(1, long // 3)
    of = Entry(7, number, action, DAY, "", "赵主任", "clerk", note, said, None, 7)
    return Paper(task, kind, f"督办〔2013〕{nth or '　'}号", nth, of, DAY, [of])


KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "交办": ("add", {}),
    "催办": ("urge", {"urges": 3, "slip": "red", "method": "现场"}),
    "办结": ("accept", {}),
}


def report(kind: str, count: int = 1, **how: Any) -> Report:
    action, changes = KINDS[kind]
    return slips_report([paper(kind, n, action, **how, **changes) for n in range(1, count + 1)], DAY, RULES)


@pytest.fixture
def printed(pdf_of: Callable[[Path], Any], tmp_path: Path) -> Callable[[str, Report], Any]:
    def convert(name: str, report: Report) -> Any:
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content(report).getvalue())
        return pdf_of(path)

    return convert


@pytest.mark.parametrize("kind", KINDS)
def test_three_tasks_are_three_pages(printed: Callable[[str, Report], Any], kind: str) -> None:
    pdf = printed(f"slips-{kind}", report(kind, 3))
    assert pdf.sizes == [A4] * 3
    for number, text in enumerate(pdf.pages, 1):
        page = "".join(text.split())
        assert f"2013-{number:03d}" in page and "督办〔2013〕1号" in page
        assert "省学创活动领导小组办公室2013年3月19日" in page
        assert "—" not in page, "a form bears no page number"
        found = words(pdf.bbox(number))
        assert min(word.top for word in found) >= TOP - 1
        assert min(word.left for word in found) >= LEFT - 1 and max(word.right for word in found) <= RIGHT + 2


@pytest.mark.parametrize("kind", KINDS)
def test_much_to_say_stays_on_its_page_in_small_letters(printed: Callable[[str, Report], Any], kind: str) -> None:
    pdf = printed(f"long-{kind}", report(kind, 2, long=9, nth=None))
    assert len(pdf.pages) == 2
    assert "（草稿）" in "".join(pdf.pages[0].split())
    assert max(word.bottom for word in words(pdf.bbox(1))) <= BOTTOM + 1


def test_the_colour_is_a_word_too_and_the_fields_are_the_office_s(printed: Callable[[str, Report], Any]) -> None:
    page = "".join("".join(printed("red", report("催办")).pages[0].split()))
    for said in (
        "（红单）",
        "已逾期天数9天",
        "第几次催办第3次",
        "依据领导小组第一次会议",
        "反馈周期每周五",
        "联系人王芳",
    ):
        assert said in page


def test_printed_to_pdf_by_the_program_itself(tool: Callable[[str], str], tmp_path: Path) -> None:
    tool("soffice")
    path = tmp_path / "单.pdf"
    with path.open("wb") as file:
        portable.render(report("交办", 2), file, Extras())
    pdf = Pdf(path, tool)
    assert pdf.sizes == [A4] * 2
    assert max(word.right for word in words(pdf.bbox(2))) <= RIGHT + 1 * MM
