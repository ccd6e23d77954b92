"""What an entry may say, and how entries may follow one another."""

from datetime import date
from typing import Any

import pytest

from ledger.model.actions import ACTIONS
from ledger.model.entry import Entry
from ledger.model.entry_order import Sequence
from ledger.model.entry_rules import nonsense
from ledger.store import queries
from tests.conftest import Book

ADDED = {"title": "方案", "unit": "综合组", "code": "1", "assigned_on": "2013-03-01"}


def entry(action: str, changes: Any, **fields: Any) -> Entry:
    of_task = ACTIONS[action].of_task if action in ACTIONS else True
    plain: dict[str, Any] = {
        "seq": 2, "task": 1 if of_task else None, "action": action, "on": date(2013, 3, 1),
        "recorded_at": "2013-03-01T01:00:00.000000Z", "actor": "张三", "account": "clerk", "note": None,
        "changes": changes, "voids": None, "command": 2,
    }  # fmt: skip
    return Entry(**{**plain, **fields})


def added(**fields: Any) -> dict[str, Any]:
    return {name: [None, value] for name, value in {**ADDED, **fields}.items() if value is not None}


def slip(**fields: Any) -> dict[str, Any]:
    said = {"kind": "交办", "number": "督办〔2013〕1号", "nth": 1, "of": 1, **fields}
    return {name: [None, value] for name, value in said.items()}


SERIES: dict[str, Any] = {"fields": {"title": "例会", "unit": "综合组"}, "due_text": "每月", "anchor": "2013-03-01"}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (entry("boil", {}), "操作不认识"),
        (entry("add", added(), task=None), "所属的事项不对"),
        (entry("add", added(), task=2**31), "所属的事项不对"),
        (entry("add", added(), task=True), "所属的事项不对"),
        (entry("config", {"year": [None, 2013]}, task=1), "所属的事项不对"),
        (entry("add", added(), actor=""), "经办人或账号不对"),
        (entry("add", added(), note="长" * 5001), "说明不对"),
        (entry("add", added(), recorded_at="2013-03-01T01:00:00Z"), "时刻写得不对"),
        (entry("add", added(), recorded_at="2013-02-30T01:00:00.000000Z"), "有读不懂的值"),
        (entry("add", added(), recorded_at="0000-01-01T01:00:00.000000Z"), "有读不懂的值"),
        (entry("void", {}), "冲销的序号或改动的内容不对"),
        (entry("edit", {}, voids=1), "冲销的序号或改动的内容不对"),
        (entry("edit", []), "冲销的序号或改动的内容不对"),
        (entry("edit", {"title": "甲"}), "改动的内容不对"),
        (entry("void", {"title": ["甲", "乙"]}, voids=1), "不能改动“工作任务”"),
        (entry("close", {"status": ["open", "closed"], "title": ["甲", "乙"]}), "不能改动“工作任务”"),
        (entry("close", {"status": ["open", "closed"], "closed_on": [None, "2013-03-01"]}), "不能改动“销号日期”"),
        (entry("close", {}), "状态的改动不合次序"),
        (entry("close", {"status": ["closed", "closed"]}), "状态的改动不合次序"),
        (entry("close", {"status": ["open", "cancelled"]}), "状态的改动不合次序"),
        (entry("close", {"status": ["open", "closed"], "highlight": [None, "是"]}), "“亮点”的值不对"),
        (entry("close", {"status": ["open", "closed"], "highlight": [None, False]}), "“亮点”的值不对"),
        (entry("accept", {"status": ["submitted", "closed"], "highlight": [True, True]}), "“亮点”的值不对"),
        (entry("submit", {"status": ["open", "submitted"], "highlight": [None, True]}), "不能改动“亮点”"),
        (entry("accept", {"status": ["submitted", "closed"], "method": [None, "电话"]}), "“审核方式”的值不对"),
        (entry("reopen", {"status": ["open", "open"]}), "状态的改动不合次序"),
        (entry("extend", {"title": ["甲", "乙"]}), "不能改动“工作任务”"),
        (entry("note", {"due_on": [None, "2013-03-01"]}), "不能改动“截止日期”"),
        (entry("rate", {"percent": [None, 86.5], "unit": [None, "甲局"]}), "满意度的值不对"),
        (entry("rate", {"percent": [None, "86.5"]}), "满意度的值不对"),
        (entry("rate", {"percent": [None, "86.5"], "unit": [None, "甲局"]}, task=1), "满意度的值不对"),
        (entry("rate", {"status": ["open", "closed"]}, task=1), "不能改动“状态”"),
        (entry("edit", {"tally": [0, 9]}), "不能改动“已有数量”"),
        (entry("edit", {"series": [None, 1]}), "不能改动“循环任务”"),
        (entry("tally", {"tally": [None, 0]}), "计数不对"),
        (entry("tally", {"tally": [None, 10_001]}), "计数不对"),
        (entry("tally", {"tally": [1, 2]}), "计数不对"),
        (entry("tally", {}), "计数不对"),
        (entry("init", {"name": ["旧", "新"]}), "台账名称或杂凑算法不对"),
        (entry("add", added(title=None)), "登记的内容不全,或日期不对"),
        (entry("add", added(assigned_on="2013-03-02")), "登记的内容不全,或日期不对"),
        (entry("add", added(title="长" * 501)), "“工作任务”的值不对"),
        (entry("add", added() | {"owner": ["甲", "乙"]}), "“责任人”的值不对"),
        (entry("add", added(key=1)), "“重点”的值不对"),
        (entry("add", added(grace_days=2**31)), "“宽限天数”的值不对"),
        (entry("add", added(quota='{"least":0,"most":null,"counter":"条"}')), "“数量要求”的值不对"),
        (entry("add", added(quota='{"least":3,"most":2,"counter":"条"}')), "“数量要求”的值不对"),
        (entry("add", added(due_on="2013-3-1")), "有读不懂的值"),
        (entry("edit", {"title": ["甲", None]}), "“工作任务”的值不对"),
        (entry("edit", {"tags": [[], ["民生", ""]]}), "“标签”的值不对"),
        (entry("edit", {"tags": [[], ["长" * 31]]}), "“标签”的值不对"),
        (entry("add", added(tags="民生")), "“标签”的值不对"),
        (entry("edit", {"own": [{}, {"资金来源": "甲"}]}), "不能改动“自定列”"),
        (entry("note", {"field:资金来源": [None, "甲"]}), "不能改动“资金来源”"),
        (entry("edit", {"field:资金来源": [None, 3]}), "“资金来源”的值不对"),
        (entry("edit", {"field:资金来源": [None, ""]}), "“资金来源”的值不对"),
        (entry("edit", {"field:资金来源": [None, "长" * 501]}), "“资金来源”的值不对"),
        (entry("edit", {"field:": [None, "甲"]}), "“”的值不对"),
        (entry("edit", {"field:" + "长" * 31: [None, "甲"]}), f"“{'长' * 31}”的值不对"),
        (entry("add", added() | {"field:资金来源": ["甲", "乙"]}), "“资金来源”的值不对"),
        (entry("config", {"columns": [None, "资金来源"]}), "“columns”的值不对"),
        (entry("config", {"columns": [None, ["长" * 31]]}), "“columns”的值不对"),
        (entry("config", {"columns": [None, ["甲"] * 51]}), "“columns”的值不对"),
        (entry("series", {"series:1": [None, SERIES | {"fields": {**SERIES["fields"], "field:甲": 1}}]}),
         "“series:1”的值不对"),
        (entry("note", {"progress": [None, 101]}), "“完成进度”的值不对"),
        (entry("note", {"problem": ["甲", "乙"]}), "“存在问题”的值不对"),
        (entry("slip", slip(kind="表扬")), "督办单的内容不对"),
        (entry("slip", slip(number="")), "督办单的内容不对"),
        (entry("slip", slip(number="督办\n1号")), "督办单的内容不对"),
        (entry("slip", slip(number="长" * 61)), "督办单的内容不对"),
        (entry("slip", slip(nth=0)), "督办单的内容不对"),
        (entry("slip", slip(nth=True)), "督办单的内容不对"),
        (entry("slip", slip(of=2)), "督办单的内容不对"),
        (entry("slip", slip(of="1")), "督办单的内容不对"),
        (entry("slip", {**slip(), "nth": [1, 2]}), "督办单的内容不对"),
        (entry("slip", {name: pair for name, pair in slip().items() if name != "number"}), "有读不懂的值"),
        (entry("slip", {**slip(), "title": [None, "甲"]}), "不能改动“工作任务”"),
        (entry("slip", slip(), task=None), "所属的事项不对"),
        (entry("receive", {"number": [None, "甲"], "of": [None, 1]}), "督办单的内容不对"),
        (entry("receive", {"number": [None, "甲"], "of": [None, 2], "by": [None, "李四"]}), "督办单的内容不对"),
        (entry("receive", {"number": [None, "甲"], "of": [None, 1], "by": [None, ""]}), "“签收人”的值不对"),
        (entry("comb", {"seen": [None, 12]}), "件数不对"),
        (entry("comb", {"seen": [None, 12], "listed": [None, 11]}), "件数不对"),
        (entry("comb", {"seen": [None, "1"], "listed": [None, 11]}), "件数不对"),
        (entry("comb", {"seen": [2, 2], "listed": [None, 11]}), "件数不对"),
        (entry("comb", {"seen": ["1", 2], "listed": [None, 11]}), "件数不对"),
        (entry("comb", {"seen": [1, 2], "listed": [1, 11]}), "件数不对"),
        (entry("comb", {"seen": [None, 1], "listed": [None, 1]}, task=1), "所属的事项不对"),
        (entry("config", {}), "没有改动"),
        (entry("config", {"series:1": [None, SERIES]}), "“series:1”的值不对"),
        (entry("config", {"holiday:2013-1-1": [None, "休"]}), "有读不懂的值"),
        (entry("series", {"year": [None, 2013]}), "有读不懂的值"),
        (entry("series", {"series:01": [None, SERIES]}), "“series:01”的值不对"),
        (entry("series", {"series:1": [None, SERIES | {"more": 1}]}), "“series:1”的值不对"),
        (entry("series", {"series:1": [None, SERIES | {"fields": {"title": "甲"}}]}), "“series:1”的值不对"),
        (entry("series", {"series:1": [None, SERIES | {"gaps": [["2013-03-01", None]] * 10_001}]}),
         "“series:1”的值不对"),
        (entry("import", {"file": [None, "a.csv"]}), "没有写明文件"),
        (entry("import", {"file": [None, "a"], "sha256": [None, "0"], "rows": [None, 1]}), "“sha256”的值不对"),
    ],
)  # fmt: skip
def test_an_entry_that_makes_no_sense(found: Entry, said: str) -> None:
    assert nonsense(found) == said


@pytest.mark.parametrize(
    "found",
    [
        entry("add", added(tags=["民生"]) | {"field:资金来源": [None, "省财政"]}),
        entry("edit", {"tags": [["民生"], []], "field:资金来源": ["省财政", None], "field:甲": [None, "乙"]}),
        entry("config", {"columns": [["资金来源"], None]}),
        entry(
            "series",
            {"series:1": [None, SERIES | {"fields": {**SERIES["fields"], "field:甲": "乙", "tags": ["民生"]}}]},
        ),
    ],
)
def test_tags_and_own_columns_make_sense(found: Entry) -> None:
    assert nonsense(found) == ""


def test_every_action_as_the_program_records_it_makes_sense(every_action: Book) -> None:
    with every_action.reading() as reader:
        entries = list(queries.entries(reader))
    assert {one.action for one in entries} == ACTIONS.keys()
    assert [(one.seq, wrong) for one in entries if (wrong := nonsense(one))] == []
    order = Sequence()
    places = ((one.seq, one.task, one.action, one.recorded_at, one.voids, one.command) for one in entries)
    assert [wrong for place in places if (wrong := order.wrong(*place))] == []
