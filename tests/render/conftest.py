"""Reports as the floors below hand them over: a weekly list of six sections, a period summary with figures and bars."""

from collections.abc import Callable
from datetime import date

import pytest

from ledger.reports.report import Alarm, Bar, Cell, Column, Line, Rate, Report, Section, State, Total

TODAY = date(2013, 3, 19)
LIST = (
    Column("编号", "code"),
    Column("工作任务"),
    Column("牵头单位", "name", "unit"),
    Column("配合单位", "name"),
    Column("责任人", "name"),
    Column("完成时限", "date"),
    Column("状态", "state"),
)
FIGURES = (
    Column("单位", "name"),
    *(Column(title, "number") for title in ("期初在办", "新增", "恢复", "销号", "撤销", "期末在办", "应销号", "已销")),
    *(Column(title, "number") for title in ("销号率", "按期", "超期", "按期率", "逾期")),
)
TREND = (
    Column("时段", "name"),
    Column("新增", "number"),
    Column("期末在办", "number"),
    Column("销号率", "number"),
    Column("销号走势", "bar"),
)
PROBLEMS = (Column("编号", "code"), Column("工作任务"), Column("存在问题"), Column("提出日期", "date"))
BALANCE: Line = (
    ("期初在办", 9, "+", "新增", 6, "+", "恢复", 0, "−", "销号", 3, "−", "撤销", 0, "=", "期末在办", 12),
    ("应销", 12, "已销", 3, "销号率", Rate(3, 12)),
    ("按期率", Rate(2, 3)),
    (Alarm("逾期", 5),),
)
RESULT = "形成务实管用、简便易行的制度成果,探索长效机制"


def task(code: str, title: str, unit: str, owner: str, due: date | None, state: State) -> tuple[Cell, ...]:
    return (code, title, unit, None, owner, due, state)


def weekly(prefix: str = "") -> Report:
    """A weekly list; nobody assists in it, so that one column is empty throughout."""
    soon = State("yellow", "黄", ("还有1天",))
    undated = State("grey", "灰", ("无期限",))
    struck = State("done", "已销号", ("3月15日", "超期23天"))
    late = State("red", "红", ("逾期4天", "结转1次", "已催办2次"))
    week_of = {
        "上周销号": [
            task("003", "在省内各大媒体开设“学创”专栏", "综合组", "张三", date(2013, 2, 20), struck),
        ],
        "上周未完成结转": [
            task("004", "制定各专项活动方案并报领导小组审定", "各专项活动牵头单位", "李建国", date(2013, 2, 28),
                 State("red", "红", ("逾期19天", "结转3次"))),
            task("021", RESULT, "综合组", "欧阳明远", date(2013, 3, 15), late),
        ],
        "本周到期": [
            task("012", "召开“学创”活动领导小组第一次会议", "综合组", "张三", date(2013, 3, 20),
                 State("done", "已销号", ("3月19日",))),
            task("014", "审定各项活动方案、配强工作专班、明确责任分工", "领导小组", "", date(2013, 3, 20), soon),
            task("015", "下发《领导小组办公室组成人员和内设机构及主要职责的通知》", "综合组", "李建国",
                 date(2013, 3, 20), soon),
        ],
        "本周新增": [],
        "下周预告": [
            task("018", "协调宣传组全面开展工作(宣传活动动态和工作典型)", "综合组", "王五", date(2014, 1, 31),
                 State("green", "绿", ("还有318天",))),
            task("025", "每月编发《“学创”活动简报》不少于3期,及时反映各地各单位工作动态、经验做法和先进典型", "宣传组",
                 "赵六", date(2013, 3, 26), State("blue", "蓝", ("还有7天",))),
        ],
        "无明确时限": [task("007", "定期召开工作例会", "综合组", "", None, undated)],
    }  # fmt: skip
    sections = [
        Section(title, LIST, [(f"{prefix}{row[0]}", *row[1:]) for row in rows], count=len(rows), number=number)
        for number, (title, rows) in enumerate(week_of.items(), start=1)
    ]
    return Report("周工作清单", "学创台账", "截至2013年3月19日 周二", TODAY, "2013年第12周(3月18日—3月24日)",
                  sections=sections, balance=BALANCE)  # fmt: skip


def unit(name: str, *figures: int) -> tuple[Cell, ...]:
    """`figures` in the order of the columns, without the rates."""
    *stocks, obligation, met, on_time, late, overdue = figures
    rates = Rate(met, obligation), Rate(on_time, on_time + late)
    return (name, *stocks, obligation, met, rates[0], on_time, late, rates[1], overdue)


@pytest.fixture
def month() -> Report:
    """Figures by unit, a trend with bars, two lists, a problem."""
    units = [
        unit("综合组", 9, 6, 0, 3, 0, 12, 12, 3, 2, 1, 5),
        unit("各专项活动牵头单位", 4, 0, 1, 2, 1, 2, 3, 2, 2, 0, 1),
        unit("宣传组", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        Total(unit("合计", 13, 6, 1, 5, 1, 14, 15, 5, 4, 1, 6)),
    ]
    trend: list[tuple[Cell, ...]] = [
        ("3月1日—3日", 3, 12, Rate(0, 3), Bar(0, 9)),
        ("3月4日—10日", 6, 17, Rate(1, 4), Bar(1, 9)),
        ("3月11日—17日", 0, 8, Rate(9, 9), Bar(9, 9)),
        ("3月18日—24日", -2, 6, Rate(4, 12), Bar(4, 9)),
        ("3月25日—31日", 0, 6, Rate(0, 0), Bar(0, 9)),
    ]
    problem = "省直部门意见尚未统一,需请分管领导协调;经费渠道也没有明确"
    sections = [
        Section("分单位", FIGURES, units, number=1, figures=True),
        Section("走势", TREND, trend, number=2, figures=True),
        *weekly().sections[1:3],
        Section("突出问题", PROBLEMS, [("021", RESULT, problem, date(2012, 12, 30))], count=1, number=5),
    ]
    return Report("月工作小结", "学创台账", "截至2013年3月19日 周二", TODAY, "2013年3月(3月1日—3月31日)",
                  ((("统计期未满,数字截至今日",),),), sections, balance=BALANCE)  # fmt: skip


@pytest.fixture
def week() -> Report:
    return weekly()


@pytest.fixture
def long_codes() -> Report:
    return weekly("2013-学创-")


@pytest.fixture
def listing() -> Callable[..., Report]:
    """Makes a report of one untitled section, as `list` prints it: `listing(*rows, columns=…)`."""

    def make(*rows: tuple[Cell, ...], columns: tuple[Column, ...] = LIST) -> Report:
        section = Section("", columns, list(rows))
        return Report("任务清单", "学创台账", "截至2013年3月19日 周二", TODAY, sections=[section])

    return make
