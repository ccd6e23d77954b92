"""The ledger's whole line."""

from datetime import date

from ledger.model.rules import Rules
from ledger.model.task import SUBMITTED, Task
from ledger.reports.columns import WHOLE, columns_for, state_of, whole


def test_a_task_that_waits_for_its_striking_off_says_since_when() -> None:
    task = Task(1, "2013-001", "方案", "综合组", status=SUBMITTED, submitted_on=date(2013, 3, 18))
    row = WHOLE.row(task, date(2013, 3, 19), Rules(), 0)
    said = {column.title: cell for column, cell in zip(WHOLE.columns, row, strict=True)}
    assert said["状态"] == "待审核"
    assert (said["申请销号日期"], said["销号日期"]) == (date(2013, 3, 18), None)


def test_own_columns_stand_last_in_the_order_of_their_declaration() -> None:
    rules = Rules(columns=("资金来源", "投资"))
    task = Task(1, "2013-001", "方案", "综合组", tags=("民生", "路"), own={"投资": "120", "不再有的": "甲"})
    found = whole(rules)
    row = found.row(task, date(2013, 3, 19), rules, 0)
    assert [column.title for column in found.columns][-3:] == ["标签", "资金来源", "投资"]
    assert row[-3:] == ("民生、路", None, "120")
    assert len(row) == len(found.columns) == len(WHOLE.columns) + 2
    assert whole(Rules()) is WHOLE


def test_a_list_has_own_columns_and_a_report_has_none() -> None:
    rules = Rules(columns=("资金来源",))
    titles = [column.title for column in columns_for("plain", rules, of_list=True).columns]
    assert titles[-3:] == ["状态", "标签", "资金来源"]
    assert [column.title for column in columns_for("plain", rules, of_list=False).columns][-1] == "状态"
    assert columns_for("csv", rules, of_list=False).columns[-1].title == "资金来源"


def test_a_day_until_which_a_task_is_listed_by_name_may_be_over() -> None:
    task = Task(1, "2013-001", "方案", "综合组", flagged=True, flag_until=date(2013, 3, 29))
    found = [state_of(task, date(2013, 3, day), Rules()).detail[-1] for day in (29, 30)]
    assert found == ["挂牌督办到3月29日", "挂牌督办(3月29日期满)"]
