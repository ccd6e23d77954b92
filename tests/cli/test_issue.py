"""What a report is sent out with."""

from datetime import date
from pathlib import Path

import pytest

from ledger.base.errors import BadValue, NotFound
from ledger.cli.issue import Sending, sent
from ledger.model.rules import Rules
from ledger.reports.report import Issue, Report
from ledger.store.counts import Scope

TODAY = date(2013, 3, 19)
RULES = Rules()


@pytest.mark.parametrize(
    "typed", ["学创办[2013]5号", "学创办【2013】5号", "学创办(2013)5号", "学创办〔2013〕5号", "学创办（2013）5号"]
)
def test_the_year_of_a_number_stands_in_its_own_brackets(typed: str) -> None:
    assert Sending(number=typed).issue("docx", TODAY, RULES) == Issue("学创办〔2013〕5号", TODAY, None)


def test_day_and_office() -> None:
    assert Sending(issued="3月20日", office=" 学创办 ").issue("html", TODAY, RULES) == Issue(
        None, date(2013, 3, 20), "学创办"
    )
    assert Sending().issue("plain", TODAY, RULES) == Issue()


def test_a_document_is_dated_signed_and_ended_as_the_ledger_says() -> None:
    rules = Rules(office="学创办", copies="各市州", printer="秘书组")
    for format in ("docx", "pdf"):
        assert Sending().issue(format, TODAY, rules) == Issue(None, TODAY, "学创办", "各市州", "秘书组")
    typed = Sending(issued="3月20日", office="综合组").issue("docx", TODAY, rules)
    assert (typed.day, typed.office) == (date(2013, 3, 20), "综合组")
    for format in ("xlsx", "html"):
        assert Sending().issue(format, TODAY, rules) == Issue(None, TODAY, "学创办")


@pytest.mark.parametrize("format", ["table", "plain", "json", "csv", "md"])
@pytest.mark.parametrize("option", ["number", "issued", "office", "template"])
def test_what_would_show_nowhere_is_refused(option: str, format: str) -> None:
    with pytest.raises(BadValue, match=f"--{option} 只用于 docx.*这里的格式是 {format}"):
        Sending(**{option: "2013-03-20"}).issue(format, TODAY, RULES)  # type: ignore[arg-type]


def test_a_template_is_for_docx_and_must_be_there(tmp_path: Path) -> None:
    assert Sending(template=tmp_path).issue("docx", TODAY, RULES) == Issue(day=TODAY)
    with pytest.raises(BadValue, match="--template 只用于 docx"):
        Sending(template=tmp_path).issue("xlsx", TODAY, RULES)
    with pytest.raises(NotFound, match="没有模板"):
        Sending(template=tmp_path / "无.docx").issue("docx", TODAY, RULES)


def test_a_report_names_what_it_is_restricted_to() -> None:
    report = Report("月度小结", "学创台账", "", TODAY)
    issue = Issue(office="学创办")
    scope = Scope(("综合组",), ("学创活动",), leaders=("王主任",))
    assert sent(report, issue, scope).ledger == "学创台账(综合组、学创活动、王主任)"
    grouped = Scope(("甲镇", "乙镇", "综合组"), leaders=("王主任",), led=("丙镇",), called=("东片", "综合组"))
    assert sent(report, issue, grouped).ledger == "学创台账(东片、综合组、王主任)"
    assert sent(report, issue, grouped.narrowed("unit", "甲镇")).ledger == "学创台账(甲镇、王主任)"
    assert sent(report, issue, Scope()) == Report("月度小结", "学创台账", "", TODAY, issue=issue)
