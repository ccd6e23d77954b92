"""The plan of an import laid out."""

from datetime import date

from ledger.model.rules import Rules
from ledger.model.task import Task
from ledger.reports.import_plan import ChangedField, ImportPlan, plan_object, plan_report
from ledger.reports.report import text_of

TODAY = date(2013, 3, 19)
RULES = Rules(name="学创台账")
NEW = Task(7, "A-7", "制定方案", "综合组", due_text="3月底", due_on=date(2013, 3, 31))
PLAN = ImportPlan(
    [("第2行", NEW), ("第3行", Task(8, "A-8", "例会", "综合组", series=1))],
    [
        ChangedField("第4行", "A-1", "甲", "edit", "with", [], ["宣传组", "督导组"]),
        ChangedField("第4行", "A-1", "甲", "extend", "due_on", "2013-03-31", "2013-04-10"),
        ChangedField("第4行", "A-1", "甲", "note", "problem", None, "经费不足"),
        ChangedField("第5行", "A-2", "乙", "close", "closed_on", None, "2013-03-18"),
    ],
    [("第6行“编号”列(A6)", "编号“A-4”已经用过", "请换一个"), ("第7行", "没有提示", "")],
    2,
    30,
    updates=False,
)


def test_a_section_each() -> None:
    report = plan_report(PLAN, TODAY, RULES)
    assert [section.heading for section in report.sections] == ["新登记(2)", "有变化(2)", "不能导入(2)"]
    new, changed, refused = (section.rows for section in report.sections)
    assert new == [
        ("第2行", "A-7", "制定方案", "综合组", "3月底", date(2013, 3, 31), "在办"),
        ("第3行", "A-8", "例会", "综合组", None, None, "循环任务1"),
    ]
    assert [row[3:] for row in changed] == [
        ("修改", "配合单位", "空", "宣传组、督导组"),
        ("延期", "截止日期", "2013-03-31", "2013-04-10"),
        ("进展", "存在问题", "空", "经费不足"),
        ("销号", "销号日期", "空", "2013-03-18"),
    ]
    assert refused == [("第6行“编号”列(A6)", "编号“A-4”已经用过;请换一个"), ("第7行", "没有提示")]


def test_the_counts_and_what_it_needs_to_be_done() -> None:
    counts, *rest = plan_report(PLAN, TODAY, RULES).summary
    assert [text_of(group) for group in counts] == ["新登记 2 件", "有变化 2 件", "相同 30 件", "不能导入 2 处"]
    written = (("以上为试算,没有写入台账",),)
    assert rest == [written, (("有变化的要加 --update 才会按表更新",),)]
    assert plan_report(PLAN._replace(updates=True), TODAY, RULES).summary == (counts, written)


def test_as_an_object() -> None:
    found = plan_object(PLAN, TODAY, RULES)
    assert (found["new"][0]["where"], found["new"][0]["code"], found["same"], found["updates"]) == (
        "第2行", "A-7", 30, False,
    )  # fmt: skip
    assert found["changed"][1] == {
        "where": "第4行", "code": "A-1", "title": "甲", "action": "extend", "field": "due_on",
        "before": "2013-03-31", "after": "2013-04-10",
    }  # fmt: skip
    assert found["refused"][1] == {"where": "第7行", "error": "没有提示", "hint": ""}
