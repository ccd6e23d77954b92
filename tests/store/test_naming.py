"""Naming a task: the first of the rules that fits, and none where several do."""

from datetime import date

import pytest

from ledger.base.errors import BadValue, NotFound
from ledger.store import naming
from ledger.store.naming import ANY, FINISHED, IN_HAND, Sought
from tests.conftest import Book

CODES = {  # in the order of their running numbers
    "2013-001": "制定总体方案",
    "2013-学创-012": "召开主任会议",
    "5": "编印手册",
    "学创办〔2013〕7号": "印发《实施细则》",
    "2012-003": "上年 遗留 事项",
    "2013-020-01": "分解任务甲",
    "2013-020": "统筹推进项目",
    "办-2013-031": "开展AI＋督查（第一轮）",
    "督-2013-031": "开展专项检查",
    "2013-1205": "接待来访",
}


@pytest.fixture
def filled(book: Book) -> Book:
    for code, title in CODES.items():
        book.post("add", title=title, unit="综合组", code=code, on="2013-03-01")
    book.post("add", title="月度会商", unit="综合组", code="2013-040", on="2013-01-01", due="每月25日前")
    book.post("add", title="周调度", unit="综合组", code="2013-例-050", on="2013-03-01", due="每周五")
    book.post("add", title="四月才办的检查", unit="综合组", code="2013-060", on="2013-04-01")
    return book


def found(book: Book, name: str, sought: Sought = IN_HAND, today: str = "2013-03-19") -> str:
    with book.reading() as reader:
        return naming.find(reader, name, date.fromisoformat(today), sought).code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("2013-001", "2013-001"),
        ("２０１３－００１", "2013-001"),
        ("2013—001", "2013-001"),
        ("[2013-001]", "2013-001"),
        ("（13-1）", "2013-001"),
        ("1", "2013-001"),
        (" ００１ ", "2013-001"),
        ("13-1", "2013-001"),
        ("13—001", "2013-001"),
        ("5", "5"),
        ("id:5", "2012-003"),
        ("ＩＤ：10", "2013-1205"),
        ("12-3", "2012-003"),
        ("12", "2013-学创-012"),
        ("13-12", "2013-学创-012"),
        ("7", "学创办〔2013〕7号"),
        ("学创办[2013]7号", "学创办〔2013〕7号"),
        ("学创办（2013）7号", "学创办〔2013〕7号"),
        ("学创办【２０１３】７号", "学创办〔2013〕7号"),
        ("20", "2013-020"),
        ("20.1", "2013-020-01"),
        ("13-20.01", "2013-020-01"),
        ("2013-020.1", "2013-020-01"),
        ("1205", "2013-1205"),
        ("40", "2013-040-01"),
        ("2013-040", "2013-040-01"),
        ("40.3", "2013-040-03"),
        ("2013-例-050", "2013-例-050-01"),
        ("50", "2013-例-050-01"),
        ("５０．２", "2013-例-050-02"),
        ("2013-060", "2013-060"),
        ("主任会议", "2013-学创-012"),
        ("实施细则", "学创办〔2013〕7号"),
        ("“实施细则”", "学创办〔2013〕7号"),
        ("上年遗留", "2012-003"),
        ("遗留　上年", "2012-003"),
        ("ai+督查(第一轮)", "办-2013-031"),
        ("ＡＩ", "办-2013-031"),
        ("月度会商", "2013-040-01"),
        ("周调度", "2013-例-050-01"),
    ],
)
def test_the_first_that_fits(filled: Book, name: str, code: str) -> None:
    assert found(filled, name) == code


@pytest.mark.parametrize(
    "name",
    ["3", "13-3", "0", "-1", "6", "2013-12", "id:99", "id:0", "id:", "40.30", "1.1", "四月才办", "无此事", "", "　",
     "2013", "12 13", "1、5", "\0", "%", "_", "！", "9" * 40, "字" * 300],
)  # fmt: skip
def test_what_fits_nothing_is_not_found(filled: Book, name: str) -> None:
    with pytest.raises(NotFound):
        found(filled, name)


@pytest.mark.parametrize(
    ("name", "named"),
    [("31", ["办-2013-031", "督-2013-031"]), ("开展", ["办-2013-031 开展AI", "督-2013-031 开展专项检查"])],
)
def test_of_several_none_is_taken(filled: Book, name: str, named: list[str]) -> None:
    with pytest.raises(BadValue) as caught:
        found(filled, name)
    assert f"“{name}”可以指 2 件事项" in caught.value.what
    assert all(one in caught.value.what for one in named)


def test_very_many_are_not_all_listed(book: Book) -> None:
    for number in range(13):
        book.post("add", title=f"报送材料{number}", unit="综合组")
    with pytest.raises(BadValue, match=r"13 件事项.*2013-010 报送材料9等$"):
        found(book, "材料")


def test_a_number_goes_with_the_year_of_today_and_is_no_word_of_a_title(filled: Book) -> None:
    filled.post("add", title="24小时值班", unit="综合组", on="2013-03-01", code="值班")
    with pytest.raises(NotFound, match="没有编号为“24”的事项"):
        found(filled, "24")
    assert found(filled, "3", today="2012-12-31") == "2012-003"
    assert found(filled, "24小时") == "值班"


def test_words_are_looked_for_among_what_the_command_is_for(filled: Book) -> None:
    filled.post("close", task="主任会议")
    filled.post("add", title="召开第二次主任会议", unit="综合组", on="2013-03-01")
    assert found(filled, "主任会议") == found(filled, "主任会议", ANY) == "2013-1206"
    assert found(filled, "主任会议", FINISHED) == "2013-学创-012"
    filled.post("close", task="主任会议")
    with pytest.raises(NotFound, match="在办事项的任务里也没有"):
        found(filled, "主任会议")
    with pytest.raises(BadValue, match="2 件"):
        found(filled, "主任会议", ANY)
    assert found(filled, "四月才办", ANY) == "2013-060"


def test_a_series_is_the_earliest_of_its_occurrences_that_is_to_be_done(filled: Book) -> None:
    filled.post("close", task="月度会商")
    assert found(filled, "月度会商") == found(filled, "2013-040") == "2013-040-02"
    filled.post("cancel", task="40.2", reason="不开了")
    assert found(filled, "40") == "2013-040-03"
    filled.post("close", task="40")
    with pytest.raises(NotFound, match="没有已经开始的在办事项"):
        found(filled, "40")
    assert found(filled, "40", today="2013-04-01") == "2013-040-04"
    for sought in (FINISHED, ANY):
        with pytest.raises(BadValue, match="3 件"):
            found(filled, "40", sought)
    filled.post("add", title="周检查", unit="综合组", code="查", on="2013-03-18", due="每周五")
    filled.post("close", task="周检查")
    assert found(filled, "周检查", ANY) == found(filled, "查", FINISHED) == "查-01"


def test_what_the_same_command_has_added_is_found_too(filled: Book) -> None:
    from ledger.services.steps import step
    from ledger.services.tasks import add

    with filled.journal() as journal:
        added = add(journal, {"title": "新来的一件", "unit": "综合组"})
        assert journal.named("新来的").code == added.code
        step("close")(journal, {"task": "新来的"})
        with pytest.raises(NotFound):
            journal.named("新来的")
