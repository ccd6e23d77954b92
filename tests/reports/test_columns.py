"""The ledger's whole line."""

from datetime import date

from ledger.model.rules import Rules
from ledger.model.task import SUBMITTED, Task
from ledger.reports.columns import WHOLE


def test_a_task_that_waits_for_its_striking_off_says_since_when() -> None:
    task = Task(1, "2013-001", "方案", "综合组", status=SUBMITTED, submitted_on=date(2013, 3, 18))
    row = WHOLE.row(task, date(2013, 3, 19), Rules(), 0)
    said = {column.title: cell for column, cell in zip(WHOLE.columns, row, strict=True)}
    assert said["状态"] == "待审核"
    assert (said["申请销号日期"], said["销号日期"]) == (date(2013, 3, 18), None)
