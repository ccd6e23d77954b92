"""What a report knows of itself."""

from datetime import date

import pytest

from ledger.reports.report import Report


@pytest.mark.parametrize(
    ("ledger", "subject"),
    [
        ("学创台账", "学创"),
        ("学创台账(综合组)", "学创(综合组)"),
        ("重点工作台帐", "重点工作"),
        ("工作台账", ""),
        ("工作任务台账(综合组、学创活动)", "综合组、学创活动"),
        ("督查专班", "督查专班"),
        ("", ""),
    ],
)
def test_a_title_calls_no_ledger_a_register(ledger: str, subject: str) -> None:
    assert Report("小结", ledger, "", date(2013, 3, 19)).subject == subject
