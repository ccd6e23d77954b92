"""Recurring duties laid out."""

from datetime import date

from ledger.reports.series import preview_report, series_objects, series_report, upcoming
from ledger.services import series as duties
from ledger.store import queries, schedule
from tests.conftest import Book

DAY = date(2013, 3, 19)


def test_a_series_for_programs(book: Book) -> None:
    book.post("add", title="例会", unit="综合组", due="每月不少于3条", until="2013-05-15", with_=["宣传组"])
    with book.reading() as reader:
        (one,) = series_objects(reader, queries.rules(reader), DAY)
    assert one == {
        "id": 1,
        "title": "例会",
        "unit": "综合组",
        "with": ("宣传组",),
        "due_text": "每月不少于3条",
        "words": "每月底前",
        "recurrence": "FREQ=MONTHLY;BYMONTHDAY=-1",
        "chained": False,
        "quota": 3,
        "start_on": DAY,
        "end_on": date(2013, 5, 15),
        "status": "active",
        "opened": 3,
        "opened_until": date(2013, 5, 1),
        "warnings": [],
    }


def test_a_rule_that_others_expand_to_other_days_is_told(book: Book) -> None:
    book.post("add", title="小结", unit="综合组", due="每月最后一个工作日")
    with book.reading() as reader:
        (one,) = series_objects(reader, queries.rules(reader), DAY)
        (bare,) = series_objects(reader, queries.rules(reader), DAY, warned=False)
    note = "RRULE未含节假日和调休,与本台账的各期不同:2013年4月28日的一期,按RRULE是2013年4月30日"
    assert one == bare | {"warnings": [note]}


def test_standing(book: Book) -> None:
    for title in ("甲", "乙", "丙"):
        book.post("add", title=title, unit="综合组", due="每月")
    with book.journal() as journal:
        duties.pause(journal, duties.find(journal, 2))
        duties.end(journal, duties.find(journal, 3), DAY)
    with book.reading() as reader:
        found = series_objects(reader, queries.rules(reader), date(2013, 3, 20))
        report = series_report(found, DAY, queries.rules(reader))
    assert [one["status"] for one in found] == ["active", "paused", "ended"]
    assert [row[6] for row in report.sections[0].rows] == ["进行", "暂停", "已结束"]
    assert report.summary == ((("共", 3, "项"),),)


def test_the_periods_to_come(book: Book) -> None:
    book.post("add", title="例会", unit="综合组", due="每年")
    with book.reading() as reader:
        rules, series = queries.rules(reader), schedule.find(reader, 1)
        found = upcoming(reader, series, rules, date(2014, 1, 1), 1000)
        report = preview_report(series, found[:3], DAY, rules)
    assert len(found) == 1000
    assert [row[3] for row in report.sections[0].rows] == ["2013-001-02", "未开出", "未开出"]
    assert report.title == "循环任务1 例会(每年)"
