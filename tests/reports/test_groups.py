"""Figures by group of units, as they are told."""

from datetime import date
from typing import Any

from ledger.dates.period import Kind, parse_any_period, parse_period
from ledger.model.rules import Group, GroupSet, Rules
from ledger.reports.circular import ranking_report
from ledger.reports.figures import Figures
from ledger.reports.groups import by_group, divided, group_sections
from ledger.reports.periods import PeriodReport, period_report
from ledger.reports.present import summary_report, week_report
from ledger.reports.ranking import Ranking, ranking_of
from ledger.reports.report import Total
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 19)
AREAS = GroupSet("片区", (Group("东片", "王县长", ("宣传组", "没有事的")), Group("西片", None, ("没有事的二",))))
KINDS = GroupSet("按类别", (Group("工作组", None, ("督导组", "综合组", "宣传组")),))
RULES = Rules(units=("督导组",), groups=(KINDS, AREAS))


def report(book: Book, scope: Scope = Scope(), rules: Rules = RULES) -> PeriodReport:
    with book.reading() as reader:
        return period_report(reader, parse_period("2013-W12", Kind.WEEK, TODAY), TODAY, rules, scope)


def ranked(book: Book, within: GroupSet | None = None) -> Ranking:
    with book.reading() as reader:
        return ranking_of(reader, parse_any_period("2013-03", TODAY), TODAY, RULES, within=within)


def rows(found: dict[str, Any], of: str) -> list[tuple[str, list[str], int, int]]:
    return [
        (row["name"], row["units"], row["opening"], row["closing"]) for row in found["by_group"] if row["set"] == of
    ]


def test_units_stand_in_their_groups_and_the_rest_under_none() -> None:
    assert divided(AREAS, ["综合组", "宣传组", "督导组"]) == [
        Group("东片", "王县长", ("宣传组",)),
        Group("未分组", None, ("综合组", "督导组")),
    ]
    assert divided(KINDS, ["宣传组", "督导组"]) == [Group("工作组", None, ("宣传组", "督导组"))]
    assert divided(AREAS, []) == []


def test_a_report_has_the_subtotals_of_each_set(filled: Book) -> None:
    found = report(filled).as_json()
    totals = found["totals"]
    assert rows(found, "片区") == [("东片", ["宣传组"], 1, 0), ("未分组", ["督导组", "综合组"], 4, 4)]
    assert rows(found, "按类别") == [("工作组", ["督导组", "综合组", "宣传组"], totals["opening"], totals["closing"])]
    assert [row["leader"] for row in found["by_group"]] == [None, "王县长", None]
    assert list(found)[list(found).index("by_activity") + 1] == "by_group"


def test_a_ledger_without_groups_has_none_of_it(filled: Book) -> None:
    plain = report(filled, rules=RULES._replace(groups=()))
    assert "by_group" not in plain.as_json()
    with filled.reading() as reader:
        ranking = ranking_of(reader, parse_any_period("2013-03", TODAY), TODAY, RULES._replace(groups=()))
    assert "by_group" not in ranking.as_json()
    assert [one.name for one in ranking_report(ranking, RULES).sections] == ["ranking", "overdue"]


def test_what_is_restricted_tells_only_the_groups_of_its_units(filled: Book) -> None:
    found = report(filled, Scope(("宣传组",))).as_json()
    assert [(row["set"], row["name"]) for row in found["by_group"]] == [("按类别", "工作组"), ("片区", "东片")]


def test_a_set_of_one_group_says_no_more_than_the_total(filled: Book) -> None:
    for laid_out in (week_report, summary_report):
        with filled.reading() as reader:
            kind = Kind.WEEK if laid_out is week_report else Kind.MONTH
            found = period_report(reader, parse_period("2013-03-19", kind, TODAY), TODAY, RULES, Scope())
        sections = [one for one in laid_out(found, RULES, full=True).sections if one.name == "by_group"]
        assert [one.title for one in sections] == ["分片区情况"]
        assert [row[0] for row in sections[0].rows] == ["东片", "未分组", "合计"]
        assert sections[0].columns[0].title == "片区" and isinstance(sections[0].rows[-1], Total)


def test_titles_are_told_once_divided() -> None:
    part = [("甲", Figures(due=1)), ("乙", Figures(due=2))]
    sets = [GroupSet(name, (Group(f"{name}甲", None, ("甲",)),)) for name in ("片区", "按类别", "分组")]
    found = group_sections(by_group(sets, part), Figures(due=3), {"due": "到期"})
    assert [one.title for one in found] == ["分片区情况", "分类别情况", "分组情况"]
    assert found[0].rows == [("片区甲", 1), ("未分组", 2), ("合计", 3)]


def test_units_are_ranked_within_their_group(filled: Book) -> None:
    found = ranked(filled, AREAS)
    assert [(one.group, one.place, one.name) for one in found.units] == [
        ("东片", 1, "宣传组"),
        ("未分组", 1, "督导组"),
        ("未分组", 2, "综合组"),
    ]
    first = ranking_report(found, RULES).sections[0]
    assert [column.title for column in first.columns[:3]] == ["片区", "名次", "牵头单位"]
    subtotals = [row for row in first.rows if isinstance(row, Total)]
    assert [row[:3] for row in subtotals] == [("东片", None, "小计"), ("未分组", None, "小计"), ("合计", None, None)]
    assert subtotals[0][3] + subtotals[1][3] == subtotals[2][3]  # type: ignore[operator]
    assert {row["group"] for row in found.as_json()["ranking"]} == {"东片", "未分组"}
    assert all("group" not in row for row in ranked(filled).as_json()["ranking"])


def test_each_group_has_lists_of_its_own(book: Book) -> None:
    """Of six units in each group, three that struck off what was due and three that did not."""
    members = {name: [f"{name}{at}" for at in range(6)] for name in ("东", "西")}
    for units in members.values():
        for at, unit in enumerate(units):
            task = book.post("add", title=f"{unit}的事", unit=unit, due="2013-03-10", on="2013-03-01")
            if at < 3:
                book.post("close", task=task.code, on="2013-03-09")
    within = GroupSet("片区", tuple(Group(name, None, tuple(units)) for name, units in members.items()))
    found = ranked(book, within)
    assert [one.name for one in found.red] == [*members["东"][:3], *members["西"][:3]]
    assert {one.name for one in found.black} == {*members["东"][3:], *members["西"][3:]}
    assert [one.place for one in found.units] == [1, 1, 1, 4, 4, 4] * 2
