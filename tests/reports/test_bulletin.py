"""The bulletin: which tasks it tells of, that its figures add up, that it is short."""

import random
import re
from datetime import date, timedelta

import pytest

from ledger.dates.period import parse_any_period
from ledger.model.rules import Rules
from ledger.reports.brevity import lines_of
from ledger.reports.bulletin import Bulletin, bulletin_of, bulletin_report
from ledger.services.batch import OPERATIONS
from ledger.store.counts import Scope
from tests.conftest import Book

TODAY = date(2013, 3, 19)
UNITS = ("综合组", "宣传组", "各专项活动牵头单位", "省委学习型党组织创建活动领导小组办公室")
ACTIVITIES = ("学习型党组织建设", "创先争优", "干部下基层(四项活动)", None)
SHORT = ("召开第{}次主任会议", "下发《关于开展第{}批主题实践活动的通知》", "报送第{}期工作动态")
LONG = (
    "深入学习贯彻会议精神，组织开展专题调研，形成第{}份调研报告，审定各专项活动方案、明确责任分工，"
    "并征求各方面意见，报领导小组研究后印发执行"
)
RULES = Rules("学创台账")


def bulletin(book: Book, period: str = "2013-03", today: date = TODAY, rules: Rules = RULES) -> Bulletin:
    with book.reading() as reader:
        return bulletin_of(reader, parse_any_period(period, today), today, rules, Scope())


def told(found: Bulletin) -> dict[str, list[str]]:
    return {part.name: part.paragraphs for part in found.parts()}


def fill(book: Book, count: int, titles: tuple[str, ...], seed: int = 1) -> None:
    """So many tasks given out in the first weeks of 2013, some of them struck off, flagged, in trouble."""
    chance = random.Random(seed)
    with book.journal() as journal:
        for number in range(1, count + 1):
            on = date(2013, 2, 1) + timedelta(chance.randrange(45))
            due = on + timedelta(chance.randrange(1, 60))
            given: dict[str, object] = {
                "title": chance.choice(titles).format(number),
                "unit": chance.choice(UNITS),
                "on": str(on),
            }
            given |= {"activity": chance.choice(ACTIVITIES) or "", "key": chance.random() < 0.1, "due": str(due)}
            task = OPERATIONS["add"][0](journal, given)
            assert task is not None
            later = str(min(TODAY, on + timedelta(chance.randrange(1, 40))))
            what = chance.choice(("close", "close", "flag", "problem", "cancel", "reopen", "", ""))
            options = {"task": task.id, "on": later}
            if what in ("close", "reopen"):
                OPERATIONS["close"][0](journal, options | {"note": "纪要已印发", "highlight": chance.random() < 0.3})
            if what in ("reopen", "cancel"):
                OPERATIONS[what][0](journal, options | {"reason": "回头看"})
            if what == "flag":
                OPERATIONS["flag"][0](journal, options)
            if what == "problem":
                OPERATIONS["note"][0](journal, options | {"text": "经费没有落实;需财政支持", "problem": True})


@pytest.mark.parametrize("count", [0, 1, 40, 300])
@pytest.mark.parametrize("titles", [SHORT, (LONG,)], ids=["short", "long"])
def test_it_is_short_and_its_parts_add_up(book: Book, count: int, titles: tuple[str, ...]) -> None:
    fill(book, count, titles, count)
    for period in ("2013-02", "2013-W12", "2013-03", "2013-Q1", "2013", "2013-03-18", "2013-04"):
        found = bulletin(book, period)
        parts = told(found)
        totals = found.content.report.figures.totals
        said = [text for paragraphs in parts.values() for text in paragraphs]
        assert sum(map(lines_of, parts.values())) + len(parts) <= found.room
        assert all(said) and len(set(said)) == len(said)
        assert not re.search(r"；；|，，|。。|，。|（）|（，|None|\n", "".join(said)), said
        _check_sums(parts["overview"][0])
        told_of = re.findall(r"等(\d+)件。$|还销号(\d+)件。$", "\n".join(parts.get("achieved", [])), re.MULTILINE)
        assert sum(int(one or other) for one, other in told_of) <= totals.closed
        assert ("achieved" in parts) == bool(found.content.tasks["done"])
        assert ("pressed" in parts) == bool(totals.overdue or found.content.tasks["flagged"])
        assert len(found.content.tasks["overdue"]) == totals.overdue
        assert "achieved" not in parts or period != "2013-04", "nothing is done yet of a period to come"


def _check_sums(text: str) -> None:
    """The parts of each whole, in pieces and percents."""
    for whole, of, became in re.findall(r"(\d+)件（(.*?)）[，中].*?(已销号.*?)。", text):
        assert re.search("均为|^(上期|本期|期初|新增)[^0-9]*$", of) or sum(map(int, re.findall(r"(\d+)件", of))) == int(
            whole
        )
        kept = re.sub("，其中逾期[0-9]+件|（.*?）", "", became)
        assert sum(map(int, re.findall(r"(\d+)件", kept))) == int(whole)
        assert sum(map(int, re.findall(r"(\d+)%", kept))) == 100


def test_what_is_told_of_what_was_done(book: Book) -> None:
    """What is marked; where nothing is, key tasks; else all; and what came of it where that says something."""
    for title, note in (("甲", "已完成"), ("乙", "纪要已印发至8个组。下一步抓落实"), ("丙", "丙")):
        book.post("add", title=title, unit="综合组", on="2013-03-01", key=title == "乙")
        book.post("close", task=title, on="2013-03-05", note=note)
    assert told(bulletin(book))["achieved"] == ["乙，纪要已印发至8个组（综合组）等3件。"]
    book.post("edit", task=2, key=False)
    assert told(bulletin(book))["achieved"] == ["甲（综合组）；乙（综合组）；丙（综合组）。"]
    book.post("reopen", task=1, on="2013-03-06", reason="回头看")
    assert told(bulletin(book))["achieved"] == ["乙（综合组）；丙（综合组）等3件。"]
    book.post("close", task=1, on="2013-03-07", note="已按期完成", highlight=True)
    assert told(bulletin(book))["achieved"] == ["甲（综合组）等4件。"]
    assert told(bulletin(book, "2013-W10"))["achieved"] == ["甲（综合组）等4件。"]


def test_a_period_that_is_over_knows_its_last_day(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-02-01", due="2013-02-20")
    book.post("add", title="乙", unit="宣传组", on="2013-02-01", due="2013-03-10")
    book.post("flag", task=2, on="2013-02-20")
    book.post("unflag", task=2, on="2013-03-05")
    book.post("flag", task=1, on="2013-03-05")
    book.post("close", task=1, on="2013-03-06", highlight=True)
    parts = told(bulletin(book, "2013-02"))
    assert parts["pressed"] == [
        "逾期在办的有：甲（综合组，已逾期8天，期后3月6日销号）。",
        "挂牌督办、尚未逾期的有：乙（宣传组，3月10日到期）。",
    ]
    assert parts["ahead"][1] == "3月到期1件：乙（宣传组，3月10日，挂牌督办）。"
    assert [part.title for part in bulletin(book, "2013-02").parts()][1] == "逾期和挂牌督办事项"


def test_what_is_due_today_is_still_to_come(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-03-01", due="2013-03-19")
    book.post("add", title="乙", unit="宣传组", on="2013-03-01", due="2013-03-18")
    assert told(bulletin(book))["ahead"][1] == "3月还有1件到期：甲（综合组，3月19日）。"
    assert told(bulletin(book, today=date(2013, 4, 1)))["ahead"] == [
        "对逾期在办的2件事项，由牵头单位逐件查明原因，抓紧办结销号。"
    ]


def test_why_it_lags_and_whom_a_problem_needs(book: Book) -> None:
    book.post("add", title="甲", unit="综合组", on="2013-02-01", due="2013-03-01", leader="王主任")
    book.post("submit", task=1, on="2013-03-05")
    book.post("return", task=1, on="2013-03-06", reason="缺会议纪要")
    assert told(bulletin(book))["pressed"] == ["逾期在办的有：甲（综合组，已逾期18天，退回：缺会议纪要）。"]
    book.post("note", task=1, text="经费没有落实;需财政支持。", problem=True, on="2013-03-07")
    parts = told(bulletin(book))
    assert parts["pressed"] == ["逾期在办的有：甲（综合组，已逾期18天）。"]
    assert parts["troubles"] == ["甲：经费没有落实，需财政支持（综合组牵头，3月7日提出，请王主任协调解决）。"]


def test_the_name_and_the_report(book: Book) -> None:
    names = {name: bulletin(book, rules=Rules(name)).name for name in ("学创台账", "工作台账", "督查工作台账")}
    assert names == {"学创台账": "学创工作简报", "工作台账": "工作简报", "督查工作台账": "督查工作简报"}
    found = bulletin(book, rules=Rules(bulletin="督查专报", reported_to="省委"))
    report = bulletin_report(found)
    assert report.masthead == ("督查专报", "省委") and report.kind == "bulletin" and report.title == "督查专报"
    assert [(one.heading, one.paragraphs) for one in report.sections] == [
        ("一、总体情况", ["3月没有在办事项，也没有新增事项。"])
    ]
    assert found.as_json()["parts"] == [
        {"name": "overview", "title": "总体情况", "paragraphs": report.sections[0].paragraphs}
    ]
