"""The office's own columns: declared, withdrawn, written into; and the tags of a task."""

from pathlib import Path
from typing import Any

import pytest

from ledger.base.errors import BadValue, LedgerError, NotFound, Refused
from ledger.model.fields import MOST_OWN
from ledger.services import own_columns
from ledger.services.undo import undo
from tests.conftest import Book, Clerk

COLUMNS = ("资金来源", "投资(万元)", "A B")


@pytest.fixture
def office(book: Book) -> Book:
    """A ledger with three columns and one task."""
    with book.journal() as journal:
        for name in COLUMNS:
            own_columns.declare(journal, name)
    book.post("add", title="修路", unit="综合组", tag=["民生"], field={"资金来源": "省财政"})
    return book


def columns(book: Book) -> tuple[str, ...]:
    with book.journal() as journal:
        return journal.rules.columns


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("", BadValue, "不能为空"),
        ("长" * 31, BadValue, "最多30个字"),
        ("资金\n来源", BadValue, "换行"),
        ("资金\u200b", BadValue, r"U\+200B"),
        ("甲＝乙", BadValue, "不合用"),
        ("甲、乙", BadValue, "不合用"),
        ("甲，乙", BadValue, "不合用"),
        ("-甲", BadValue, "不合用"),
        (" 资金 来源", Refused, "已有自定列“资金来源”"),
        ("投资（万元）", Refused, "已有自定列"),
        ("ａｂ", Refused, "已有自定列“A B”"),
    ],
)
def test_names_that_no_column_can_have(office: Book, name: str, error: type[LedgerError], said: str) -> None:
    with pytest.raises(error, match=said), office.journal() as journal:
        own_columns.declare(journal, name)
    assert columns(office) == COLUMNS


def test_there_is_an_end_of_columns(book: Book) -> None:
    with book.journal() as journal:
        for number in range(MOST_OWN):
            own_columns.declare(journal, f"第{number}列")
    with pytest.raises(BadValue, match="已有 50 个"), book.journal() as journal:
        own_columns.declare(journal, "再一列")


def test_a_column_withdrawn_keeps_what_it_holds_until_it_is_declared_again(office: Book) -> None:
    with office.journal() as journal:
        assert own_columns.withdraw(journal, "资金来源 ") == ("资金来源", 1)
    assert columns(office) == COLUMNS[1:]
    assert office.task(1).own == {"资金来源": "省财政"}
    with pytest.raises(BadValue, match="没有自定列“资金来源”"):
        office.post("edit", task=1, field={"资金来源": "市财政"})
    with office.journal() as journal:
        undo(journal, None, None)
    assert columns(office) == COLUMNS
    with pytest.raises(NotFound, match="没有自定列“资金”"), office.journal() as journal:
        own_columns.withdraw(journal, "资金")
    assert office.faults() == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["资金来源=市财政"], {"资金来源": "市财政"}),
        (["资金来源＝a=b"], {"资金来源": "a=b"}),
        (["投资（万元）= 120 "], {"投资(万元)": "120"}),
        (["资金来源=甲", "资金 来源=乙"], {"资金来源": "乙"}),
        (["资金来源="], {"资金来源": None}),
        ({"a b": " "}, {"A B": None}),
        ([], {}),
    ],
)
def test_what_is_written_into_columns(given: Any, found: dict[str, str | None]) -> None:
    assert own_columns.values_of(COLUMNS, given) == {f"field:{name}": text for name, text in found.items()}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["省财政"], "“省财政”不完整"),
        (["=省财政"], "“=省财政”不完整"),
        (["资金来原=省财政"], "没有自定列“资金来原”"),
        ({"资金来源": 3}, "不是文字"),
        ({"资金来源": None}, "不是文字"),
        (["资金来源=甲\n乙"], "换行"),
        (["资金来源=" + "长" * 501], "最多500个字"),
    ],
)
def test_what_cannot_be_written_into_columns(given: Any, said: str) -> None:
    with pytest.raises(BadValue, match=said):
        own_columns.values_of(COLUMNS, given)


def test_an_unknown_column_is_told_with_those_near_to_it() -> None:
    with pytest.raises(BadValue) as caught:
        own_columns.values_of(COLUMNS, ["资金来原=省"])
    assert caught.value.hint == "相近的有“资金来源”;新的一列先用 ledger config field 列名 设定"


def test_each_column_is_taken_back_by_itself(office: Book) -> None:
    first = office.post("edit", task=1, field=["资金来源=市财政"])
    assert first.own == {"资金来源": "市财政"}
    office.post("edit", task=1, field=["投资(万元)=9"])
    ((seq,),) = office.rows("SELECT min(seq) FROM entry WHERE action = 'edit'")
    with office.journal() as journal:
        undo(journal, seq, None)
    assert office.task(1).own == {"资金来源": "省财政", "投资(万元)": "9"}
    office.post("edit", task=1, field=["资金来源=甲"])
    office.post("edit", task=1, field=["资金来源=乙"])
    ((seq,),) = office.rows("SELECT max(seq) - 1 FROM entry")
    with pytest.raises(Refused), office.journal() as journal:
        undo(journal, seq, None)
    assert office.faults() == []


@pytest.mark.parametrize(
    ("options", "tags"),
    [
        ({"tag": ["水利"]}, ("民生", "水利")),
        ({"tag": ["水利、路", "民生"]}, ("民生", "水利", "路")),
        ({"untag": ["民生"]}, ()),
        ({"tag": ["水利"], "untag": ["民生、没有的"]}, ("水利",)),
        ({"tags": ["甲", "乙,丙"]}, ("甲", "乙", "丙")),
        ({"tags": []}, ()),
    ],
)
def test_tags_are_added_taken_away_and_stated_whole(
    office: Book, options: dict[str, Any], tags: tuple[str, ...]
) -> None:
    assert office.post("edit", task=1, **options).tags == tags
    assert office.task(1).tags == tags
    assert office.faults() == []


def test_what_is_as_it_was_appends_nothing(office: Book) -> None:
    before = office.rows("SELECT max(seq) FROM entry")
    office.post("edit", task=1, tag=["民生"], field=["资金来源=省财政", "A B="])
    assert office.rows("SELECT max(seq) FROM entry") == before


def test_as_of_a_moment_a_column_held_what_it_did_then(office: Book, clerk: Clerk, tmp_path: Path) -> None:
    office.post("edit", today="2013-03-20", task=1, field=["资金来源=市财政"], tag=["新"])
    then = clerk("--db", str(office.location), "list", "--as-of", "2013-03-19", "-f", "csv").out
    assert ",民生,省财政,," in then
    assert ",民生、新,市财政,," in clerk("--db", str(office.location), "list", "-f", "csv").out
