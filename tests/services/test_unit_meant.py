"""Which unit a name means, and what is asked and told of it."""

from collections.abc import Callable

import pytest

from ledger.base.asking import Answers
from ledger.base.errors import BadValue
from ledger.services.unit_meant import assisting_meant, lead_meant, leads_meant
from tests.conftest import Book


@pytest.fixture
def units(book: Book) -> Book:
    book.post("add", title="甲", unit="宣传组（筹）", with_=["县财政局"])
    book.post("add", title="乙", unit="县水利局")
    return book


@pytest.mark.parametrize("name", ["县 水利局", "县水利局", "县　水利局"])
def test_a_known_unit_keeps_its_spelling(units: Book, name: str) -> None:
    with units.journal() as journal:
        assert (lead_meant(journal, name), journal.remarks) == ("县水利局", {})
        assert assisting_meant(journal, "宣传组(筹)") == "宣传组（筹）"


@pytest.mark.parametrize(
    ("name", "known"), [("县水务局", "县水利局"), ("县财正局", "县财政局"), ("县水利和湖泊局", "县水利局")]
)
def test_a_near_one_is_taken_as_written_and_told(units: Book, name: str, known: str) -> None:
    with units.journal() as journal:
        assert lead_meant(journal, name) == name
        assert list(journal.remarks) == [f"没有单位“{name}”,已有“{known}”,照写登记"]
        assert lead_meant(journal, name) == name
        assert len(journal.remarks) == 1


@pytest.mark.parametrize("meant", [lead_meant, assisting_meant])
def test_a_near_one_is_what_the_clerk_says_it_is(units: Book, meant: Callable[..., str]) -> None:
    answers = Answers(waiting=True)
    with units.journal(answers=answers) as journal:
        assert meant(journal, "县水务局") == "县水务局"
        assert not journal.is_certain
    answers.given = dict.fromkeys(answers.open, True)
    answers.open = []
    with units.journal(answers=answers) as journal:
        assert meant(journal, "县水务局") == "县水利局"
        assert journal.is_certain
        assert not journal.remarks


def test_a_near_one_is_refused_where_doubts_are(units: Book) -> None:
    with pytest.raises(BadValue, match="已有“县水利局”"), units.journal(answers=Answers(strict=True)) as journal:
        lead_meant(journal, "县水务局")


@pytest.mark.parametrize(
    "name",
    [
        "县水利局、督查科",
        "督查科,县财政局",
        "县 水利局，县财政局",
        "宣传组(筹)；宣传科",
        "县水利局、",
        "无",
        "—",
        "暂无",
        "/",
    ],
)
def test_a_lead_is_one_unit(units: Book, name: str) -> None:
    with pytest.raises(BadValue, match=r"不是单位|不是一个单位的名称"), units.journal() as journal:
        lead_meant(journal, name)


def test_a_lead_of_many_words_that_the_ledger_knows_is_one(units: Book) -> None:
    units.post("add", title="丙", unit="县水利局", with_=["各乡(镇、街道)党委"])
    with units.journal() as journal:
        assert lead_meant(journal, "各乡（镇、街道）党委") == "各乡(镇、街道)党委"
        assert lead_meant(journal, "各县(市、区)政府") == "各县(市、区)政府"
        journal.units.every["政府办、县委办"] = "政府办、县委办"
        assert lead_meant(journal, "政府办、县委办") == "政府办、县委办"


def test_new_leads_are_told_in_one_remark(units: Book) -> None:
    with units.journal() as journal:
        leads_meant(journal, ["督查科", "县财政局", "张庄镇", "县水利局", "督查科"])
        assert list(journal.remarks) == ["新的牵头单位:“督查科”、“县财政局”、“张庄镇”"]
    with units.journal() as journal:
        lead_meant(journal, "市水利局")
        assert list(journal.remarks) == ["新的牵头单位:“市水利局”(相近的有“县水利局”)"]


def test_the_first_leads_of_a_ledger_are_not(book: Book) -> None:
    with book.journal() as journal:
        assert leads_meant(journal, ["督查科", "张庄镇"]) == {"督查科": "督查科", "张庄镇": "张庄镇"}
        assert not journal.remarks


def test_every_way_in_knows_a_unit_in_any_width(units: Book) -> None:
    task = units.post("add", title="丙", unit="县　水利局", with_=["宣传组(筹)", "宣传组（筹）"])
    assert (task.unit, task.with_units) == ("县水利局", ("宣传组（筹）",))
    assert units.post("edit", task=task.code, unit="宣传组 (筹)").unit == "宣传组（筹）"


def test_none_assists_nowhere(units: Book) -> None:
    assert units.post("add", title="丁", unit="县水利局", with_=["无", "县财政局、—"]).with_units == ("县财政局",)
