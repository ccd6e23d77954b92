"""A row that says a task a second time: certainly, in doubt, or not at all."""

from typing import Any

import pytest

from ledger.base.asking import Answers
from ledger.importers.sheet import Row, Sheet
from ledger.services import twice
from ledger.services.intake import take_in
from ledger.services.sheets import File
from ledger.services.taken import Manner, RejectedRows, Taken
from ledger.services.undo import undo
from tests.conftest import Book

PLAN: dict[str, Any] = {"title": "制定实施方案", "unit": "综合组", "due": "2013-03-31"}


def sheet(*rows: dict[str, Any]) -> Sheet:
    return Sheet("", {}, [], [Row(line, options) for line, options in enumerate(rows, start=2)], [], [])


def take(
    book: Book, *files: list[dict[str, Any]], answers: Answers | None = None, manner: Manner = Manner()
) -> tuple[Taken, list[str]]:
    read = [File(f"{number}.csv", f"{number:064x}", [sheet(*rows)]) for number, rows in enumerate(files, start=1)]
    with book.journal(answers=answers) as journal:
        taken = take_in(journal, read, manner, lambda count: None)
        return taken, [one for one in journal.remarks if not one.startswith("新的牵头单位")]


def number_of_tasks(book: Book) -> int:
    return int(book.rows("SELECT count(*) FROM task")[0][0])


@pytest.mark.parametrize(
    "again",
    [
        PLAN,
        PLAN | {"title": "制定 实施方案。"},
        PLAN | {"due": "3月底"},
        PLAN | {"due": "2013.3.31", "owner": "李四"},
        PLAN | {"unit": "综合\u3000组", "with": ["宣传组"]},
        PLAN | {"title": "制定实施方案；", "due_text": "三月底", "due": "2013/3/31"},
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_a_row_in_two_places_is_one_task(book: Book, again: dict[str, Any], apart: bool) -> None:
    taken, told = take(book, [PLAN], [again]) if apart else take(book, [PLAN, again])
    assert (number_of_tasks(book), len(taken.registered)) == (1, 1)
    where, other = ("2.csv 第2行", "1.csv 第2行") if apart else ("第3行", "第2行")
    title = again["title"]
    assert told[0] == f"{where}“{title}”与 {other}“制定实施方案”工作任务、牵头单位和时限相同,只登一件"


@pytest.mark.parametrize(
    ("one", "again"),
    [
        ({"title": "召开会议（扩大）"}, {"title": "召开会议(扩大)"}),
        ({"title": "召开会议【扩大】"}, {"title": "召开会议[扩大]"}),
        ({"title": "印发“方案”"}, {"title": "印发「方案」。"}),
        ({"title": "印发《方案》"}, {"title": "印发〈方案〉"}),
        ({"title": "印发《方案》"}, {"title": "印发方案"}),
        ({"title": "县—乡公路"}, {"title": "县——乡公路"}),
        ({"due": "适时"}, {"due": "适时。"}),
        ({"due": "每季度"}, {"due": "每季度"}),
        ({"code": "A-1"}, {"title": "制定实施方案 "}),
        ({"with": ["宣传组"]}, {"unit": "宣传组", "with": ["综合组"]}),
        ({"with": ["宣传组", "督导组"]}, {"unit": "督导组", "with": ["宣传组", "综合组"]}),
    ],
)
def test_one_but_for_the_spelling(book: Book, one: dict[str, Any], again: dict[str, Any]) -> None:
    taken, told = take(book, [PLAN | one, PLAN | again])
    assert len(taken.registered) == 1
    assert told[0].endswith(",只登一件")


@pytest.mark.parametrize(
    ("one", "again", "how"),
    [
        ({}, {"title": "制定活动实施方案"}, "单位和时限相同,工作任务相近"),
        ({"title": "完成制度的修订"}, {"title": "完成制度修订"}, "单位和时限相同,工作任务相近"),
        ({"title": "1.召开动员会"}, {"title": "召开动员大会"}, "单位和时限相同,工作任务相近"),
        ({"due": ""}, {"title": "制定活动实施方案", "due": ""}, "单位和时限相同,工作任务相近"),
        ({"with": ["宣传组"]}, {"unit": "宣传组"}, "工作任务和时限相同,牵头单位与配合单位互换"),
        (
            {"with": ["宣传组"]},
            {"title": "制定活动实施方案", "unit": "宣传组", "with": ["综合组"]},
            "时限相同,工作任务相近,牵头单位与配合单位互换",
        ),
        (
            {"with": ["宣传组"]},
            {"title": "制定活动实施方案", "unit": "宣传组"},
            "时限相同,工作任务相近,牵头单位与配合单位互换",
        ),
        (
            {},
            {"title": "制定活动实施方案", "unit": "宣传组", "with": ["督导组", "综合组"]},
            "时限相同,工作任务相近,牵头单位与配合单位互换",
        ),
        ({"code": "A-1"}, {"code": "A-2"}, "工作任务、牵头单位和时限相同,编号不同"),
        ({}, {"code": "A-2"}, "工作任务、牵头单位和时限相同,编号不同"),
        ({"on": "2013-02-01"}, {"on": "2013-03-01"}, "工作任务、牵头单位和时限相同,交办日期不同"),
        ({"activity": "学创活动"}, {"activity": "安全生产"}, "工作任务、牵头单位和时限相同,专项活动不同"),
        ({"measure": "分县推进"}, {"measure": "召开现场会"}, "工作任务、牵头单位和时限相同,具体措施不同"),
        ({"source": "第1号纪要"}, {"source": "第2号纪要"}, "工作任务、牵头单位和时限相同,任务来源不同"),
        ({"due": ""}, {}, "工作任务和牵头单位相同,有一处没有时限"),
        ({}, {"title": "制定实施方案。", "due": ""}, "工作任务和牵头单位相同,有一处没有时限"),
        ({"due": "适时"}, {"due": "长期"}, "工作任务和牵头单位相同,时限写法不同"),
        ({"due": "每季度"}, {"due": "每半年"}, "工作任务和牵头单位相同,时限写法不同"),
    ],
)
def test_in_doubt_a_row_is_taken_as_written_and_told(
    book: Book, one: dict[str, Any], again: dict[str, Any], how: str
) -> None:
    first, second = ({name: value for name, value in (PLAN | row).items() if value} for row in (one, again))
    taken, told = take(book, [first, second])
    assert len(taken.registered) == 2
    assert told == [f"第3行“{second['title']}”与 第2行“{first['title']}”{how},照写登记"]
    assert book.faults() == []


@pytest.mark.parametrize(
    ("one", "again"),
    [
        ({"title": "第一批验收工作"}, {"title": "第二批验收工作"}),
        ({"title": "1月份工作总结"}, {"title": "2月份工作总结"}),
        ({"title": "2023年工作总结"}, {"title": "2024年工作总结"}),
        ({"title": "完成东区改造工程"}, {"title": "完成西区改造工程"}),
        ({}, {"unit": "宣传组"}),
        ({}, {"due": "2013-04-30"}),
        ({"with": ["宣传组"]}, {"unit": "督导组", "with": ["宣传组"]}),
        ({}, {"title": "制定活动实施方案", "due": "2013-04-30"}),
        ({"due": "适时"}, {"due": "每季度"}),
        ({}, {"title": "召开第一次主任会议"}),
    ],
)
def test_two_tasks(book: Book, one: dict[str, Any], again: dict[str, Any]) -> None:
    taken, told = take(book, [PLAN | one, PLAN | again])
    assert (len(taken.registered), told) == (2, [])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            {"title": "制定活动实施方案"},
            "第2行“制定活动实施方案”与 A-1“制定实施方案”单位和时限相同,工作任务相近,照写登记",
        ),
        (
            {"unit": "宣传组", "due": "3月底"},
            "第2行“制定实施方案”与 A-1“制定实施方案”工作任务和时限相同,牵头单位与配合单位互换,照写登记",
        ),
        ({"code": "B-9"}, "第2行“制定实施方案”与 A-1“制定实施方案”工作任务、牵头单位和时限相同,编号不同,照写登记"),
    ],
)
def test_what_the_ledger_holds_is_named_by_code_and_title(book: Book, row: dict[str, Any], told: str) -> None:
    book.post("add", **PLAN, code="A-1", with_=["宣传组"])
    assert take(book, [PLAN | row])[1][-1] == told
    assert number_of_tasks(book) == 2


def test_of_another_deadline_it_is_told_in_another_file_alone(book: Book) -> None:
    later = PLAN | {"due": "2013-04-30"}
    assert take(book, [PLAN | {"title": "召开例会"}, later | {"title": "召开例会"}])[1] == []
    assert take(book, [PLAN], [later])[1] == [
        "2.csv 第2行“制定实施方案”与 1.csv 第2行“制定实施方案”工作任务和牵头单位相同,时限不同,照写登记"
    ]


def test_several_of_one_title_come_again_each_as_itself(book: Book) -> None:
    rows = [PLAN | {"measure": measure} for measure in ("分县推进", "召开现场会", "通报情况")]
    take(book, rows)
    assert number_of_tasks(book) == 3
    taken, told = take(book, rows[::-1], manner=Manner(update=True))
    assert (taken.same, told) == (3, [])


def test_what_another_row_names_by_its_code_is_not_taken_again(book: Book) -> None:
    book.post("add", **PLAN, code="A-1")
    taken, told = take(book, [PLAN, PLAN | {"code": "A-1"}])
    assert (taken.registered, taken.same) == ([], 2)
    assert told == ["第2行“制定实施方案”与 A-1“制定实施方案”工作任务、牵头单位和时限相同,只登一件"]


def test_what_was_dropped_is_not_held_against_a_row(book: Book) -> None:
    book.post("add", **PLAN, code="A-1")
    book.post("cancel", task="A-1", reason="不办")
    assert take(book, [PLAN | {"title": "制定活动实施方案"}])[1] == []


@pytest.mark.parametrize("manner", [Manner(), Manner(update=True)])
def test_what_the_second_row_says_otherwise_is_told_and_not_taken(book: Book, manner: Manner) -> None:
    taken, told = take(book, [PLAN | {"owner": "李四"}, PLAN | {"owner": "王五"}], manner=manner)
    assert [(one.code, one.differences[0][1:]) for one in taken.left] == [("2013-001", ("李四", "王五"))]
    assert told[1] == "第3行 2013-001:责任人 台账为 李四,表中为 王五;同一件事以先取的一行为准,这一行未取"
    assert book.task("1").owner == "李四"


def test_the_clerk_decides(book: Book) -> None:
    rows = [PLAN, PLAN, PLAN | {"title": "制定活动实施方案"}]
    answers = Answers(waiting=True)
    take(book, rows, answers=answers)
    asked = list(answers.open)
    assert [(one.asked, one.otherwise) for one in asked] == [
        ("仍要另登一件吗?", "只登一件"),
        ("是同一件事吗?", "照写登记"),
    ]
    with book.journal() as journal:
        undo(journal, None, None)
    answers.given, answers.open = dict.fromkeys(asked, True), []
    taken, told = take(book, rows, answers=answers)
    assert ([place.line for place, _ in taken.registered], [one.place.line for one in taken.changed]) == ([2, 3], [4])
    assert told == []


def test_strictly_every_doubt_is_refused(book: Book) -> None:
    rows = [PLAN, PLAN, PLAN | {"title": "制定活动实施方案"}, PLAN | {"title": "召开例会"}]
    with pytest.raises(RejectedRows) as caught:
        take(book, rows, answers=Answers(strict=True))
    assert [one.where for one in caught.value.rejections] == ["第3行", "第4行"]
    assert (caught.value.exit_code, number_of_tasks(book)) == (2, 0)


def test_one_row_is_held_against_so_many_at_most(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twice, "MOST_HELD", 2)
    monkeypatch.setattr(twice, "MOST_ASKED", 1)
    rows = [PLAN | {"title": title} for title in ("完成制度的修订", "召开例会", "召开大会", "完成制度修订")]
    assert take(book, rows)[1] == []
