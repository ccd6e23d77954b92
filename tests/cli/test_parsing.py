"""What is typed and may be misread: refused, with the sentence that helps."""

import json

import pytest

from tests.conftest import Book, Clerk


@pytest.fixture
def office(book: Book, clerk: Clerk) -> Clerk:
    """The program on a ledger of three tasks."""
    for title in ("制定方案", "召开会议", "印发通知"):
        book.post("add", title=title, unit="综合组")
    return lambda *argv: clerk("--db", str(book.location.path), *argv)


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["list", "——unit", "综合组"], "选项“——unit”的横线、字母或等号不是半角的。未写入任何内容;请写作 --unit,"),
        (["list", "－－unit", "综合组"], "请写作 --unit,"),
        (["list", "—unit", "综合组"], "请写作 --unit,"),
        (["list", "–-unit", "综合组"], "请写作 --unit,"),
        (["list", "-—unit", "综合组"], "请写作 --unit,"),
        (["list", "−−unit=综合组"], "请写作 --unit,"),
        (["list", "--ｕｎｉｔ", "综合组"], "请写作 --unit,"),
        (["list", "--unit＝综合组"], "请写作 --unit,"),
        (["list", "—u", "综合组"], "请写作 -u,"),
        (["list", "－u", "综合组"], "请写作 -u,"),
        (["list", "——uint", "综合组"], "请写作 --unit,"),
        (["close", "1", "——note", "已办"], "请写作 --note,"),
        (["close", "1", "—on=2013-03-19"], "请写作 --on,"),
        (["week", "——json"], "多出了参数"),
        (["－－today", "2013-03-01", "list"], "请写作 --today,"),
        (["config", "set", "－－help"], "请写作 --help,"),
    ],
)
def test_an_option_in_full_width(office: Clerk, argv: list[str], sentence: str) -> None:
    answer = office(*argv)
    assert answer.code == 2
    if argv[0] != "week":
        assert sentence in answer.err


@pytest.mark.parametrize("text", ["——完", "—5℃", "——unit", "－－unit"])
def test_a_text_may_begin_with_a_dash(office: Clerk, text: str) -> None:
    assert office("note", "1", "--", text).code == 0
    assert office("close", "1", "--note", text).code == 0


@pytest.mark.parametrize(
    ("argv", "hint"),
    [
        (["add", "筹备", "推进会", "-u", "综合组"], '一段文字里有空格要加引号,如 "筹备 推进会"'),
        (["add", "-u", "综合组", "筹备", "全县", "推进会"], '如 "筹备 全县 推进会"'),
        (["add", "筹备会", "-u", "综合组", "--note", "会期", "待定"], '如 "会期 待定"'),
        (["add", "筹备会", "-u", "综合组", "--due", "3月", "底前"], '如 "3月 底前"'),
        (["note", "1", "方案", "已送审"], '如 "方案 已送审";几件事项用顿号连写,如 12、13'),
        (["when", "3月", "底前"], '如 "3月 底前"'),
        (["list", "--as-of", "2013-03-19", "18:00"], '如 "2013-03-19 18:00"'),
        (["list", "--grep", "水利", "工程"], '如 "水利 工程"'),
        (["overdue", "--exit-code", "综合组"], "用 ledger overdue --help"),
        (["reopen", "1", "2", "--reason", "回头看"], "这条命令一次办一件事项"),
        (["show", "1", "2"], "这条命令一次办一件事项"),
    ],
)
def test_a_blank_that_nobody_quoted(office: Clerk, argv: list[str], hint: str) -> None:
    answer = office(*argv)
    assert answer.code == 2
    assert "多出了参数" in answer.err
    assert hint in answer.err


@pytest.mark.parametrize(
    ("argv", "quoted"),
    [
        (["close", "1", "--note", "已办", "会议"], '"已办 会议"'),
        (["close", "1", "--note", "完成", "3"], '"完成 3"'),
        (["close", "1", "--note=完成", "3"], '"--note=完成 3"'),
        (["edit", "1", "--title", "制定", "方案"], '"制定 方案"'),
        (["extend", "1", "--due", "4月", "10日前", "--reason", "改期"], '"4月 10日前"'),
        (["extend", "1", "--due", "4月10日", "--reason", "会议", "改期"], '"会议 改期"'),
    ],
)
def test_a_word_behind_a_value_is_no_task(office: Clerk, argv: list[str], quoted: str) -> None:
    answer = office(*argv)
    assert answer.code == 2
    assert "说不准是值的一部分还是另一件事项" in answer.err
    assert office("list", "--status", "closed", "--format", "json").out.strip() == "[]"


@pytest.mark.parametrize(
    "argv",
    [
        ["close", "--note", "已办", "1", "2"],
        ["close", "--on", "2013-03-19", "方案"],
        ["close", "1", "--on", "2013-03-19", "2"],
        ["close", "1", "--json", "会议"],
        ["close", "会议", "通知", "--note", "已办"],
    ],
)
def test_tasks_may_stand_behind_options(office: Clerk, argv: list[str]) -> None:
    assert office(*argv).code == 0


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        (["list", "--due", "本月", "--due", "下月"], "--due"),
        (["list", "--sort", "unit", "--sort", "due"], "--sort"),
        (["add", "筹备会", "-u", "综合组", "--unit", "宣传组"], "--unit"),
        (["add", "筹备会", "-u综合组", "-u宣传组"], "--unit"),
        (["close", "1", "--note", "甲", "--note=乙"], "--note"),
        (["week", "-f", "json", "--format", "csv"], "--format"),
        (["--today", "2013-03-18", "--today", "2013-03-19", "list"], "--today"),
    ],
)
def test_one_value_is_given_once(office: Clerk, argv: list[str], named: str) -> None:
    answer = office(*argv)
    assert answer.code == 2
    assert answer.err == f"错误:选项“{named}”写了两次。未写入任何内容;它只取一个值,请只留一个。\n"


def test_what_is_said_and_denied(office: Clerk) -> None:
    answer = office("edit", "1", "--key", "--no-key")
    assert (answer.code, "“--key”与“--no-key”同时写了" in answer.err) == (2, True)
    assert office("edit", "1", "--key", "--key").code == 0


def test_a_whole_list_of_values_is_given_as_often_as_wanted(office: Clerk) -> None:
    assert office("add", "筹备会", "-u", "综合组", "--with", "甲组", "--with", "乙组、丙组(一、二),丁组").code == 0
    (found,) = json.loads(office("list", "--grep", "筹备会", "--format", "json").out)
    assert found["with"] == ["甲组", "乙组", "丙组(一、二)", "丁组"]
