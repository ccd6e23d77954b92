"""Evaluations: how percentages are read, who is meant, and what is put right after a bad one."""

from typing import Any

import pytest

from ledger.base.errors import BadValue, NotFound, Refused
from ledger.model.task import UNFINISHED
from ledger.services import groups, units
from ledger.services.rating import Outcome, percent_of, rate
from ledger.services.settings import set_rule
from ledger.services.undo import undo
from tests.conftest import Book


@pytest.fixture
def office(book: Book) -> Book:
    book.post("add", title="制定方案", unit="综合组", owner="张三", due="2013-03-20", on="2013-03-01")
    book.post("add", title="宣传发动方案", unit="宣传组", due="2013-03-25", on="2013-03-01")
    return book


def rated(book: Book, name: str | None = None, **options: Any) -> tuple[Outcome, list[str]]:
    with book.journal() as journal:
        found = rate(journal, options | ({} if name is None else {"name": name}))
        return found, list(journal.remarks)


def left(book: Book) -> list[tuple[str, str, str]]:
    """What is to be rectified and is not finished."""
    among = ", ".join(map(repr, UNFINISHED))
    sql = f"SELECT t.title, t.unit, t.due_on FROM task t WHERE t.origin IS NOT NULL AND t.status IN ({among})"
    return [tuple(row) for row in book.rows(sql)]


def test_what_is_put_right_is_struck_off_as_the_office_does_it(office: Book) -> None:
    with office.journal() as journal:
        set_rule(journal, "review", "是")
    rated(office, "宣传组", percent="80")
    assert rated(office, "宣传组", percent="95")[1][-1].endswith("用 ledger submit 2013-003")
    office.post("submit", task=3, by="李四")
    assert rated(office, "宣传组", percent="96")[1][-1].endswith("用 ledger close 2013-003")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("86.5", "86.5"),
        ("86.5%", "86.5"),
        ("８６．５％", "86.5"),
        (" 86 % ", "86"),
        ("百分之86.5", "86.5"),
        ("86.50", "86.5"),
        ("086", "86"),
        ("100.00", "100"),
        ("0", "0"),
        ("0%", "0"),
        ("1%", "1"),
        ("0.5%", "0.5"),
        ("1.5", "1.5"),
        (86, "86"),
        (86.5, "86.5"),
    ],
)
def test_a_percentage_in_any_spelling(typed: float | str, kept: str) -> None:
    assert percent_of(typed) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0.865", "如 86.5%"),
        (".9", "如 90%"),
        ("0.9", "如 90%"),
        ("1", "如 100%"),
        ("1.0", "如 100%"),
        (0.8655, "如 86.55%"),
        (1, "如 100%"),
        ("100.01", "不在 0 到 100 之间"),
        ("101", "不在 0 到 100 之间"),
        ("865", "不在 0 到 100 之间"),
        ("-5", "不是百分数"),
        ("86,5", "不是百分数"),
        ("173/200", "不是百分数"),
        ("90%以上", "不是百分数"),
        ("80 90", "不是百分数"),
        ("nan", "不是百分数"),
        ("1e1", "不是百分数"),
        ("", "不是百分数"),
        ("86.555", "小数太长"),
    ],
)
def test_what_may_be_misread_is_refused(typed: float | str, said: str) -> None:
    with pytest.raises(BadValue) as error:
        percent_of(typed)
    assert said in f"{error.value}{error.value.hint}"


def test_below_the_floor_the_lead_unit_has_something_to_rectify(office: Book) -> None:
    found, _ = rated(office, "制定方案", percent="89.99", on="2013-03-10")
    assert found.rectifying is not None
    assert (found.rectifying.origin, found.rectifying.owner) == ("2013-001", "张三")
    assert left(office) == [("制定方案满意度整改", "综合组", "2013-04-09")]
    _, told = rated(office, "1", percent="50")
    assert "已有整改事项 2013-003" in told[-1]
    office.post("close", task=3)
    rated(office, "1", percent="50")
    assert left(office) == [("制定方案满意度整改", "综合组", "2013-04-18")]
    assert office.faults() == []


def test_what_is_not_put_right_goes_on_being_put_right(office: Book) -> None:
    rated(office, "1", percent="80")
    _, told = rated(office, "3", percent="70")
    assert "已有整改事项 2013-003 尚未办结" in told[-1]
    office.post("close", task=3)
    rated(office, "3", percent="70")
    assert left(office) == [("制定方案满意度整改", "综合组", "2013-04-18")]


@pytest.mark.parametrize("percent", ["90", "90.01", "100"])
def test_the_floor_itself_is_enough(office: Book, percent: str) -> None:
    rated(office, "宣传组", percent=percent)
    assert left(office) == []


@pytest.mark.parametrize(
    ("floor", "percent", "count"), [("85", "85", 0), ("85", "84.99", 1), ("0", "0", 0), ("100", "99.99", 1)]
)
def test_the_floor_is_the_office_s(office: Book, floor: str, percent: str, count: int) -> None:
    with office.journal() as journal:
        set_rule(journal, "satisfaction_floor", floor)
        set_rule(journal, "rectify_days", "10")
    rated(office, "宣传组", percent=percent)
    assert left(office) == [("宣传组满意度整改", "宣传组", "2013-03-29")] * count


def test_an_undo_takes_back_both(office: Book) -> None:
    before = office.rows("SELECT count(*) FROM task")
    office.post("close", task=1)
    rated(office, "1", dissatisfied=1, reopen=True)
    assert office.task(1).status == "open"
    with office.journal() as journal:
        undo(journal, None, None)
    assert (left(office), office.task(1).status) == ([], "closed")
    assert office.rows("SELECT count(*) FROM task") == before
    with office.journal() as journal:
        told = rate(journal, {"name": "宣传组", "percent": "50"}).rectifying
    assert told is not None
    office.post("note", task=told.id, text="已部署")
    with office.journal() as journal, pytest.raises(Refused, match="后来还有记录"):
        undo(journal, told.status_seq, None)


def test_where_it_is_only_proposed(office: Book) -> None:
    with office.journal() as journal:
        set_rule(journal, "rectify", "否")
    _, told = rated(office, "宣传组", percent="80", on="2013-03-10")
    assert told == ["低于底线90%;要登记整改事项的:ledger rate 宣传组 --rectify"]
    assert left(office) == []
    rated(office, "宣传组", rectify=True)
    assert left(office) == [("宣传组满意度整改", "宣传组", "2013-04-18")]
    rated(office, "综合组", percent="80", rectify=True)
    assert len(left(office)) == 2
    with pytest.raises(Refused, match="还没有评价"):
        rated(office, "1", rectify=True)
    rated(office, "1", percent="95")
    with pytest.raises(Refused, match="没有低于底线90%"):
        rated(office, "1", rectify=True)


def test_a_unit_is_meant_by_its_whole_name_alone(office: Book) -> None:
    assert rated(office, " 宣 传组", percent="95")[0].rated.task is None
    assert rated(office, "发动方案", percent="95")[0].rated.origin == "2013-002"
    with pytest.raises(BadValue, match="可以指单位“宣传组”,也可以指事项 2013-002"):
        rated(office, "宣传", percent="95")
    with pytest.raises(NotFound, match="没有单位或事项“卫生院”"):
        rated(office, "卫生院", percent="95")
    with pytest.raises(NotFound):
        rated(office, unit="方案", percent="95")
    assert rated(office, unit="宣传组", percent="95")[0].rated.origin == "宣传组"
    assert rated(office, task=2, percent="95")[0].rated.origin == "2013-002"


def test_a_unit_and_a_task_named_alike(office: Book) -> None:
    office.post("add", title="综合组", unit="宣传组")
    found, told = rated(office, "综合组", percent="95")
    assert found.task is None
    assert "评价同名的事项(2013-003)请写 id:3" in told[0]


def test_a_unit_that_was_merged_is_told_by_its_name_now(office: Book) -> None:
    with office.journal() as journal:
        units.merge(journal, ["宣传组"], "综合组")
    found, told = rated(office, "宣传组", percent="80")
    assert found.rated.unit == "综合组"
    assert told[0] == "单位“宣传组”现为“综合组”,按“综合组”评价"


def test_a_unit_that_leads_nothing(office: Book) -> None:
    with office.journal() as journal:
        groups.define(journal, "县直", ["甲局", "综合组"], of="类别")
    found, told = rated(office, "甲局", percent="80")
    assert found.rectifying is not None
    assert (found.rectifying.unit, told) == ("甲局", ["新的牵头单位:“甲局”"])


def test_names_that_change_later_are_followed(office: Book) -> None:
    rated(office, "宣传组", percent="80")
    rated(office, "1", percent="80")
    with office.journal() as journal:
        units.rename(journal, "宣传组", "宣传处")
    office.post("edit", task=1, code="甲-1")
    assert [row[0] for row in office.rows("SELECT t.origin FROM task t WHERE t.origin IS NOT NULL")] == [
        "宣传处",
        "甲-1",
    ]
    for name in ("宣传处", "甲-1"):
        assert "不重复登记" in rated(office, name, percent="70")[1][-1]
    assert office.faults() == []


def test_a_task_is_taken_up_again_only_where_it_was_struck_off(office: Book) -> None:
    with pytest.raises(Refused, match="现为“在办”,不必恢复"):
        rated(office, "1", percent="80", reopen=True)
    office.post("close", task=1)
    with pytest.raises(Refused, match="没有低于底线"):
        rated(office, "1", percent="95", reopen=True)
    rated(office, "1", percent="95", reopen=True, reason="领导要求")
    assert office.task(1).status == "open"


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"sample": 3},
        {"percent": "80", "sample": 0},
        {"percent": "80", "satisfied": 1},
        {"satisfied": 0, "basically": 0, "dissatisfied": 0},
        {"satisfied": -1, "dissatisfied": 3},
        {"satisfied": 3, "sample": 3},
        {"satisfied": 10**9},
        {"percent": "80", "note": "长" * 5001},
    ],
)
def test_what_says_too_little_or_too_much_is_refused(office: Book, options: dict[str, Any]) -> None:
    with pytest.raises(BadValue):
        rated(office, "宣传组", **options)
    assert left(office) == []


def test_a_day_of_before_the_task_or_to_come_is_refused(office: Book) -> None:
    for name, on in (("1", "2013-02-28"), ("宣传组", "2013-03-20")):
        with pytest.raises(Refused):
            rated(office, name, percent="95", on=on)


def test_the_same_once_more_is_told(office: Book) -> None:
    rated(office, "1", percent="95")
    assert rated(office, "1", percent="95.0")[1] == [
        "事项 2013-001在2013年3月19日已有同样的评价;如是重复登记,用 ledger undo 撤回"
    ]
    assert rated(office, "1", percent="95", on="2013-03-18")[1] == []
