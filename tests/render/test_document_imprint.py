"""What ends a document on its last page."""

from dataclasses import replace
from datetime import date

import pytest

from ledger.reports.report import Issue, Report
from tests.render.documents_of import made, summary

ISSUE = Issue(None, date(2013, 3, 20), "学创办", "各市州党委宣传部", "秘书组")


def last_table(report: Report) -> list[list[str]]:
    return [list(dict.fromkeys(cell.text for cell in row.cells)) for row in made(report).tables[-1].rows]


@pytest.mark.parametrize("report", [summary(), summary([])], ids=["annex", "no annex"])
def test_copies_and_printer_stand_once_at_the_end(report: Report) -> None:
    report = replace(report, issue=ISSUE)
    assert last_table(report) == [["抄送：各市州党委宣传部。"], ["秘书组", "2013年3月20日印发"]]
    assert (
        sum("抄送" in cell.text for table in made(report).tables for row in table.rows for cell in row.cells[:1]) == 1
    )


def test_without_settings_there_is_none() -> None:
    report = replace(summary(), issue=Issue(None, date(2013, 3, 20), "学创办"))
    assert not [table for table in made(report).tables if "印发" in table.rows[-1].cells[-1].text]


def test_the_office_prints_where_no_other_is_named() -> None:
    report = replace(summary(), issue=ISSUE._replace(printer=None, copies="甲、乙。"))
    assert last_table(report) == [["抄送：甲、乙。"], ["学创办", "2013年3月20日印发"]]
