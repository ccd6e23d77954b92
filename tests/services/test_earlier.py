"""Which sheets one is again, and what it lacks of them."""

from typing import Any

import pytest

from ledger.importers.sheet import Row, Sheet
from ledger.services.intake import take_in
from ledger.services.sheets import File
from ledger.services.taken import Manner
from ledger.services.undo import undo
from tests.conftest import Book

TITLES = ("制定方案", "召开例会", "开设专栏", "组织培训", "督导检查")


def rows(*titles: str, **more: Any) -> list[dict[str, Any]]:
    return [{"title": title, "unit": "综合组", "due": "2013-03-31", **more} for title in titles]


def take(book: Book, name: str, options: list[dict[str, Any]], manner: Manner = Manner()) -> list[str]:
    sheet = Sheet("", {}, [], [Row(line, row) for line, row in enumerate(options, start=2)], [], [])
    with book.journal() as journal:
        take_in(journal, [File(name, "0" * 64, [sheet])], manner, lambda count: None)
        return [one for one in journal.remarks if "这次没有" in one]


@pytest.mark.parametrize(
    "name",
    [
        "计划.csv",
        "计划(2).xlsx",
        "计划 - 副本.csv",
        "计划20130318.csv",
        "2013年计划终稿.xlsx",
        "计划V2.csv",
        "全然别的名称.csv",
    ],
)
def test_what_a_sheet_lacks_that_it_had_is_told(book: Book, name: str) -> None:
    take(book, "计划.csv", rows(*TITLES))
    assert take(book, name, rows(*TITLES[:3], TITLES[4])) == [
        "上次导入的 计划.csv 里有、这次没有:2013-004 “组织培训”(综合组),台账未动"
    ]
    assert book.task("4").status == "open"


@pytest.mark.parametrize("manner", [Manner(trial=True), Manner(update=True)])
def test_every_run_tells_it_until_it_is_finished(book: Book, manner: Manner) -> None:
    take(book, "计划.csv", rows(*TITLES))
    for _ in range(2):
        assert len(take(book, "计划.csv", rows(*TITLES[1:]), manner)) == 1
    book.post("close", task=1, on="2013-03-19")
    assert take(book, "计划.csv", rows(*TITLES[1:]), manner) == []


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("计划.csv", TITLES),
        ("计划.csv", ("印发通知", "汇总材料")),
        ("宣传组.csv", (TITLES[0], "印发通知", "汇总材料")),
        ("宣传组.csv", TITLES[:2]),
    ],
)
def test_a_sheet_that_lacks_nothing_or_is_another(book: Book, name: str, titles: tuple[str, ...]) -> None:
    take(book, "计划.csv", rows(*TITLES))
    assert take(book, name, rows(*titles)) == []


def test_by_codes_too(book: Book) -> None:
    numbered = [row | {"code": f"A-{number}"} for number, row in enumerate(rows(*TITLES), start=1)]
    take(book, "计划.csv", numbered)
    assert take(book, "计划.csv", [*numbered[:2], *numbered[3:]]) == [
        "上次导入的 计划.csv 里有、这次没有:A-3 “开设专栏”(综合组),台账未动"
    ]


def test_an_import_that_was_taken_back_was_none(book: Book) -> None:
    take(book, "计划.csv", rows(*TITLES))
    with book.journal() as journal:
        undo(journal, None, None)
    assert take(book, "计划.csv", rows(*TITLES[:3])) == []
