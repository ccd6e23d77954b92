"""The settings and the units, laid out for people."""

from datetime import date

from ledger.model.rules import Rules
from ledger.reports.settings import holidays_report, settings_report, unit_counts, units_report
from tests.conftest import Book

TODAY = date(2013, 3, 19)


def test_the_user_s_own_and_the_ledger_s() -> None:
    found = settings_report(
        {"db": None, "actor": "张三", "name": "学创台账", "year": 2013, "units": ["甲", "乙"]}, TODAY
    )
    mine, shared = found.sections
    assert mine.rows == [("db", "台账位置", ""), ("actor", "经办人", "张三")]
    assert shared.rows == [
        ("name", "台账名称", "学创台账"),
        ("year", "台账年度", "2013"),
        ("units", "单位顺序", "甲、乙"),
    ]
    assert found.ledger == "学创台账"


def test_without_a_ledger_it_says_so() -> None:
    found = settings_report({"db": "x.db"}, TODAY)
    assert (found.ledger, found.sections[1].rows, found.sections[1].empty) == ("", [], "没有台账")


def test_the_table_of_days() -> None:
    found = holidays_report([(TODAY, "班")], TODAY, Rules())
    assert (found.summary, found.sections[0].rows) == (((("共", 1, "天"),),), [(TODAY, "班")])


def test_units_with_what_they_lead(filled: Book) -> None:
    with filled.reading() as reader:
        found = unit_counts(reader, Rules(units=("督导组", "无事的")), TODAY)
    assert found == [("督导组", 2, 2), ("综合组", 3, 2), ("宣传组", 2, 0)]
    assert units_report(found, TODAY, Rules()).sections[0].rows[0] == (1, "督导组", 2, 2)
