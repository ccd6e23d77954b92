"""The whole loop on a real PostgreSQL: what SQLite answers, it answers, word for word."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import psycopg
import pytest

from ledger.base.errors import BadValue, Refused, StoreUnusable
from ledger.reports.combings import combings
from ledger.services import combing
from ledger.store.location import Location, location_of
from tests.children import LIMIT, started
from tests.conftest import Book, Clerk

SHEET = """\
编号,工作任务,牵头单位,责任(配合)单位,责任人,完成时限,截止日期,专项活动,重点,备注
2013-101,开设专栏,宣传组,综合组、督导组,王五,二月底,2013-02-28,学创活动,是,媒体
,汇编资料,督导组,,,适时,,,,
"""
CORRECTED = """\
编号,工作任务,牵头单位,责任人,截止日期,进展情况,存在问题,完成进度
2013-101,开设专栏,宣传组,赵六,2013-03-08,已开设,缺稿件,70%
,汇编 资料,督导组,钱七,,,,
,制定总体方案,综合组,,2013-03-10,,,
"""
BATCH = [
    {"op": "add", "ref": "a", "title": "调研É报告", "unit": "督导组", "due": "2013-03-15", "on": "2013-03-04"},
    {
        "op": "add",
        "ref": "b",
        "title": "abc Report",
        "unit": "综合组",
        "due": "2013-03-22",
        "with": ["宣传组"],
        "again": True,
    },
    {"op": "close", "task": "a", "on": "2013-03-18", "note": "已报"},
    {"op": "edit", "task": "b", "on": "2013-03-11", "leader": "赵六", "stage": "推进实施"},
]
STEPS: list[tuple[str, ...]] = [
    ("init", "--name", "学创台账"),
    ("add", "制定总体方案", "--unit", "综合组", "--owner", "李四", "--due", "2013-03-10", "--on", "2013-02-01",
     "--key", "--activity", "学创活动", "--source", "会议纪要 100%_"),
    ("add", "Übersicht B", "--unit", "Zeta", "--on", "2013-04-01"),
    ("import", "SHEET", "--on", "2013-02-01"),
    ("import", "SHEET", "--on", "2013-02-01", "--update"),
    ("import", "CORRECTED", "--dry-run", "--json"),
    ("import", "CORRECTED", "--update", "--json"),
    ("import", "CORRECTED", "--update"),
    ("batch", "BATCH"),
    ("close", "1", "101", "--on", "2013-03-12"),
    ("reopen", "1", "--reason", "回头看", "--on", "2013-03-13"),
    ("note", "1", "经费未落实", "--problem", "--on", "2013-03-14"),
    ("note", "id:4", "缺人手", "--problem", "--progress", "30"),
    ("note", "1", "经费已拨付", "--resolves", "--progress", "60"),
    ("extend", "1", "--due", "2013-04-02", "--reason", "会议改期"),
    ("config", "units", "rename", "宣传组", "新闻组"),
    ("config", "units", "merge", "督导组", "--into", "综合组"),
    ("config", "units", "order", "新闻组", "综合组"),
    ("config", "set", "yellow_days", "5"),
    ("cancel", "2013-101", "--reason", "no"),
    ("close", "999"),
    ("batch", "BATCH"),
    ("undo", "--reason", "重复"),
    ("slip", "1", "id:4", "--kind", "交办", "-o", "SLIP"),
    ("slip", "1", "--kind", "交办", "-o", "SLIP", "--json"),
    ("slip", "1", "--received", "2013-03-19", "--by", "李四"),
    ("rate", "新闻组", "--percent", "96.5", "--sample", "200"),
    ("rate", "2013-101", "--satisfied", "6", "--dissatisfied", "4", "--reopen"),
    ("undo",),
    ("config", "set", "blue_days", "9"),
    ("undo",),
    ("publish", "week", "2013-W12", "--number", "学创办〔2013〕1号"),
    ("publish", "month", "2013-03"),
    ("publish", "month", "2013-03", "--corrects", "2"),
    ("publications", "withdraw", "3", "--reason", "数字有误"),
    ("add", "自查", "--unit", "综合组", "--on", "2013-03-01", "--code", "总-1", "--each", "新闻组", "--parts"),
    ("add", "互查", "--part-of", "总-1", "--on", "2013-03-01", "--due", "2013-03-15"),
    ("close", "总-1"),
    ("close", "总-1", "总-1-01", "总-1-02", "--on", "2013-03-18"),
    ("reopen", "总-1-01", "--reason", "no"),
    ("reopen", "总-1", "--reason", "回头看"),
    ("reopen", "总-1-02", "--reason", "回头看"),
    ("submit", "总-1", "--note", "no"),
    ("edit", "id:4", "--unit", "新闻组", "--on", "2013-03-02"),
    ("extend", "1", "--due", "2013-04-10", "--reason", "再延"),
    ("note", "1", "又缺经费", "--problem"),
    ("reopen", "101", "--reason", "回头看", "--on", "2013-03-19"),
]  # fmt: skip
REFUSED = {("close", "999"): 4, ("cancel", "2013-101", "--reason", "no"): 5, ("close", "总-1"): 5}
REFUSED |= {("reopen", "总-1-01", "--reason", "no"): 5, ("submit", "总-1", "--note", "no"): 5}
READS: list[tuple[str, ...]] = [
    ("diff", "1"), ("diff", "1", "2"), ("diff", "1", "--unit", "综合组"), ("diff", "3", "--period", "2013-Q1"),
    ("publications",), ("reprint", "1"), ("reprint", "3"),
    *(("month", "2013-03", "--drill", figure) for figure in ("期末在办", "销号率", "按期率", "应销号", "延期")),
    ("week",), ("week", "2013-W11"), ("week", "2013-W14"), ("month",), ("month", "2013-02"), ("quarter", "--full"),
    ("half",), ("year",), ("week", "--unit", "综合组"), ("month", "--activity", "学创活动"), ("overdue",),
    ("overdue", "--within", "30", "--unit", "综合组"), ("overdue", "--within", "99999999999"),
    ("week", "--leader", "赵六"), ("overdue", "--within", "30", "--leader", "赵六"),
    ("list",), ("list", "--ahead"), ("list", "--key"), ("list", "--flagged"), ("list", "--overdue"),
    ("list", "--undated"), ("list", "--with", "新闻组", "--limit", "1"), ("list", "--owner", "李四"),
    ("list", "--stage", "推进实施"), ("list", "--activity", "学创活动"),
    ("list", "--unit", "新闻组", "--status", "all"),
    ("list", "--unit", "无此单位"), ("list", "--due", "本月", "--status", "all"), ("list", "--limit", "2"),
    *(("list", "--status", status) for status in ("open", "submitted", "paused", "closed", "cancelled", "all")),
    *(("list", "--grep", text, "--status", "all") for text in ("ABC", "É", "é", "100%_", "已报", "2013-00", "Über")),
    *(("list", "--status", "all", "--ahead", "--sort", order)
      for order in ("due", "code", "assigned", "closed", "unit", "owner", "title", "id")),
    ("show", "1"), ("show", "2013-101"), ("show", "５"), ("show", "7"), ("log",), ("log", "1"), ("log", "--limit", "3"),
    ("log", "--by", "张三"), ("slip", "--list"),
    ("slip", "--unreceived", "--unit", "综合组"), ("config", "show"), ("config", "units", "show"), (),
    ("rate",), ("rate", "新闻组", "--period", "本月", "-f", "json"),
    ("week", "--as-of", "2999-01-01"), ("list", "--as-of", "2999-01-01", "--status", "all"),
]  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> Callable[[str], str]:
    """The argument as given, or the file that it stands for."""
    (tmp_path / "sheet.csv").write_text(SHEET, "utf-8")
    (tmp_path / "batch.jsonl").write_text("".join(json.dumps(line) + "\n" for line in BATCH), "utf-8")
    (tmp_path / "corrected.csv").write_text(CORRECTED, "utf-8")
    sheets = {"SHEET": str(tmp_path / "sheet.csv"), "CORRECTED": str(tmp_path / "corrected.csv")}
    named = sheets | {"BATCH": str(tmp_path / "batch.jsonl"), "SLIP": str(tmp_path / "单.docx")}
    return lambda word: named.get(word, word)


DUTIES: list[tuple[str, ...]] = [
    ("init", "--name", "学创台账"),
    ("config", "stage", "推进实施", "--start", "2013-03-01", "--end", "2013-11-30"),
    ("add", "主任会议", "--unit", "综合组", "--stage", "推进实施", "--due", "每季度一次", "--note", "会议组织"),
    ("add", "报送", "--unit", "综合组", "--each", "宣传组", "--due", "每月不少于3条"),
    ("add", "例会", "--unit", "综合组", "--due", "每周五", "--code", "LH", "--until", "2013-06-12"),
    ("series", "edit", "4", "--owner", "李四"),
    ("series", "skip", "4", "2013-03-20"),
    ("series", "pause", "4"),
    ("undo",),
    ("config", "stage", "推进实施", "--start", "2013-03-01", "--end", "2013-08-15"),
    ("undo",),
    ("series", "edit", "3", "--due", "每月25日前"),
    ("config", "units", "rename", "综合组", "办公室"),
    ("--today", "2013-05-02", "tally", "1", "--count", "1"),
    ("--today", "2013-05-02", "note", "1", "已开"),
    ("--today", "2013-05-02", "series", "end", "2", "--on", "2013-05-20"),
    ("add", "临时", "--unit", "综合组", "--due", "每月"),
    ("undo",),
    ("add", "回访", "--unit", "办公室", "--due", "上一期销号后10日内", "--code", "HF"),
    ("add", "碰头会", "--unit", "办公室", "--due", "每周五", "--chained", "--code", "PT"),
    ("--today", "2013-04-17", "close", "HF-01", "PT-01"),
    ("undo",),
    ("--today", "2013-04-17", "close", "HF-01", "PT-01"),
    ("series", "edit", "4", "--chained"),
]


def test_recurring_duties_are_the_same_on_both(database: Location, tmp_path: Path, clerk: Clerk) -> None:
    places = [str(database.url), str(tmp_path / "ledger.db")]
    for step in DUTIES:
        answers = [clerk("--db", place, *step) for place in places]
        assert answers[0].code == answers[1].code == (5 if "tally" in step else 0), (step, answers)
        assert answers[0].out == answers[1].out, step
    reads = [("series", "list"), ("list", "--status", "all", "--ahead"), ("week", "2013-W20"), ("log",)]
    reads += [("series", command, str(number)) for command in ("show", "preview") for number in (1, 2, 3, 4, 6, 7)]
    for read in reads:
        answers = [clerk("--db", place, *read, "--format", "json") for place in places]
        assert answers[0].code == 0, (read, answers)
        assert told(json.loads(answers[0].out)) == told(json.loads(answers[1].out)), read
    assert [clerk("--db", place, "check") for place in places] == [(0, "", "")] * 2


def told(value: Any) -> Any:
    """What a program is told, without what must differ: moments of recording and the hashes over them."""
    if isinstance(value, dict):
        return {
            key: told(part)
            for key, part in value.items()
            if key not in ("recorded_at", "hash", "db", "root", "at", "head")
        }
    return [told(part) for part in value] if isinstance(value, list) else value


def test_the_same_operations_give_the_same_answers_on_both(
    database: Location, tmp_path: Path, clerk: Clerk, files: Callable[[str], str]
) -> None:
    places = [str(database.url), str(tmp_path / "ledger.db")]
    for step in STEPS:
        answers = [clerk("--db", place, *map(files, step)) for place in places]
        assert answers[0].code == answers[1].code, (step, answers)
        assert answers[0].code == REFUSED.get(step, 0), (step, answers)
        assert answers[0].out == answers[1].out, step
    for read in READS:
        for format in ("json", "plain"):
            if not read or "show" in read[:2]:
                continue
            answers = [clerk("--db", place, *read, "--format", format) for place in places]
            assert answers[0].code == answers[1].code, (read, answers)
            assert answers[0].err == answers[1].err, read
            if format == "json" and answers[0].code == 0:
                assert told(json.loads(answers[0].out)) == told(json.loads(answers[1].out)), read
            elif read[0] not in ("log", "reprint", "publications"):  # hashes and moments differ
                assert answers[0].out == answers[1].out, read
    for by in ("unit", "leader"):
        for place, folder in zip(places, "甲乙", strict=True):
            answer = clerk("--db", place, "year", "--split-by", by, "-f", "md", "-o", str(tmp_path / folder / by))
            assert answer.code == 0 and answer.err.count("→") > 1
        assert [path.read_text("utf-8") for path in sorted((tmp_path / "甲" / by).iterdir())] == [
            path.read_text("utf-8") for path in sorted((tmp_path / "乙" / by).iterdir())
        ]
    for place in places:
        assert clerk("--db", place, "check") == (0, "", "")


def test_what_the_loop_left_behind(database: Location, clerk: Clerk, files: Callable[[str], str]) -> None:
    for step in STEPS:
        clerk("--db", str(database.url), *map(files, step))
    found = json.loads(clerk("--db", str(database.url), "list", "--status", "all", "--ahead", "--format", "json").out)
    kept = {task["id"]: (task["code"], task["unit"], task["status"], task["extensions"]) for task in found}
    assert kept == {
        1: ("2013-001", "综合组", "open", 2),
        2: ("2013-002", "Zeta", "open", 0),
        3: ("2013-101", "新闻组", "open", 1),
        4: ("2013-102", "新闻组", "open", 0),
        5: ("2013-103", "综合组", "closed", 0),
        6: ("2013-104", "综合组", "open", 0),
        10: ("总-1", "综合组", "open", 0),
        11: ("总-1-01", "新闻组", "closed", 0),
        12: ("总-1-02", "综合组", "open", 0),
    }
    added = clerk("--db", str(database.url), "add", "新任务", "--unit", "综合组")
    assert added.out.startswith("已登记 2013-105 新任务 "), "the numbers that were taken back are free again"


@pytest.fixture
def served(database: Location) -> Book:
    book = Book(database).found()
    book.post("add", title="甲", unit="综合组", due="2013-03-20", on="2013-03-01")
    book.post("close", task="1", on="2013-03-05")
    return book


@pytest.mark.parametrize("statement", ["UPDATE entry SET note = 'x'", "DELETE FROM entry", "TRUNCATE entry"])
def test_the_journal_is_appended_only(served: Book, server: str, statement: str) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="appended only"), connected(served) as connection:
        connection.execute(statement.encode())
    assert served.rows("SELECT count(*) FROM entry") == [(3,)]


def test_the_list_is_combed(served: Book) -> None:
    for title, due in (("乙", "2013-06-01"), ("丙", "2013-03-15"), ("丁", "")):
        served.post("add", title=title, unit="综合组", on="2013-02-01", due=due)
    with served.journal() as journal:
        combing.require_as_shown(journal, 3, combing.last_seq(journal.writer, 3))
        combing.record(journal, 2, 3)
    with served.reading() as reader:
        found = combing.listed(reader, date(2013, 3, 19), 4)
        assert [(one.task, one.group) for one in found] == [(3, "late"), (2, "stale"), (4, "stale")]
        assert [one.seen for one in combings(reader, date(2013, 3, 18), date(2013, 3, 24))] == [2]


def test_what_is_often_written_is_offered(served: Book) -> None:
    served.post("add", title="乙", unit="综合组", owner="李四", due="2013-03-20")
    for text in ("已送审", "50%", "征求意见", "已送审"):
        served.post("note", task="2", text=text)
    served.post("note", task="2", text="缺经费", problem=True)
    with served.reading() as reader:
        assert combing.phrases(reader, "note") == ["已送审", "征求意见"]
        assert combing.owners(reader, "综合组") == ["李四"]


def connected(book: Book) -> "psycopg.Connection[Any]":
    return psycopg.connect(str(book.location.url).replace("+psycopg", ""))


@pytest.mark.parametrize(
    ("tampering", "finding"),
    [
        ("UPDATE entry SET note = '改' WHERE seq = 2", "第2号记录:内容与封印不符"),
        ("DELETE FROM entry WHERE seq = 2", "第3号记录:缺少第2号至第2号记录"),
        ("UPDATE task SET owner = '改'", "事项 2013-001 的“责任人”存为 改,按记录应为 空"),
        ("UPDATE span SET since = '2013-03-06' WHERE status = 'closed'", "事项 2013-001 的状态经过与记录不符"),
        ("DELETE FROM code", "编号 2013-001 给出过,却没有登记在册"),
        ("DELETE FROM setting", "设置“台账名称”存为 空,按记录应为 学创台账"),
    ],
)
def test_check_finds_a_tampered_row(served: Book, tampering: str, finding: str, clerk: Clerk) -> None:
    with connected(served) as connection:
        connection.execute(b"ALTER TABLE entry DISABLE TRIGGER ALL")
        connection.execute(tampering.encode())
        connection.execute(b"ALTER TABLE entry ENABLE TRIGGER ALL")
    answer = clerk("--db", str(served.location.url), "check")
    assert answer.code == 6
    assert any(line.startswith(finding) for line in answer.out.splitlines())


def test_check_misses_the_trigger_that_keeps_the_journal(served: Book) -> None:
    with connected(served) as connection:
        connection.execute(b"DROP TRIGGER entry_appended_only ON entry")
    assert served.faults() == ["缺少保护记录的触发器 entry_appended_only"]


def test_a_past_report_is_as_recorded(served: Book, clerk: Clerk) -> None:
    where = ("--db", str(served.location.url), "--today", "2013-03-20")
    before = served.rows("SELECT max(recorded_at) FROM entry")[0][0]
    served.post("reopen", today="2013-03-20", task="1", reason="回头看")
    week = ("week", "--format", "json")
    past = json.loads(clerk(*where, *week, "--as-of", before.replace("Z", "+00:00")).out)
    now = json.loads(clerk(*where, *week).out)
    assert (past["totals"]["reopened"], now["totals"]["reopened"]) == (0, 1)


def test_a_reader_keeps_one_snapshot_and_cannot_write(served: Book) -> None:
    with served.reading() as reader:
        before = reader.rows("SELECT count(*) FROM task")
        served.post("add", title="乙", unit="综合组")
        assert reader.rows("SELECT count(*) FROM task") == before == [(1,)]
        with pytest.raises(StoreUnusable, match="只读"):
            reader.rows("DELETE FROM task")
    assert served.rows("SELECT count(*) FROM task") == [(2,)]


def test_what_is_no_ledger(database: Location, clerk: Clerk) -> None:
    empty = ("--db", str(database.url))
    assert clerk(*empty, "week").code == 7
    assert clerk(*empty, "close", "1").code == 7
    with psycopg.connect(str(database.url).replace("+psycopg", "")) as connection:
        connection.execute(b"CREATE TABLE others (id int)")
    answer = clerk(*empty, "add", "甲", "--unit", "综合组")
    assert (answer.code, "不是台账" in answer.err) == (7, True)


def test_a_ledger_is_founded_once(served: Book) -> None:
    with pytest.raises(Refused, match="已经存在"):
        served.found()


def test_a_ledger_of_a_newer_program(served: Book) -> None:
    with connected(served) as connection:
        connection.execute(b"UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnusable, match="9999"), served.reading():
        pass
    with pytest.raises(StoreUnusable, match="9999"):
        served.post("close", task="1")


@pytest.mark.parametrize("command", [("week",), ("list",), ("check",), ("add", "甲", "--unit", "乙"), ("close", "1")])
def test_a_server_that_does_not_answer_is_one_sentence(command: tuple[str, ...], clerk: Clerk) -> None:
    answer = clerk("--db", "postgresql+psycopg://clerk:secret@127.0.0.1:1/ledger", *command)
    assert (answer.code, answer.out) == (7, "")
    assert answer.err.startswith("错误:连不上台账 postgresql+psycopg://127.0.0.1/ledger 所在的数据库。")
    assert answer.err.count("\n") == 1
    assert "secret" not in answer.err


def test_a_server_that_goes_away_while_reading(served: Book) -> None:
    with served.reading() as reader:
        with connected(served) as other:
            other.execute(b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                          b"WHERE pid <> pg_backend_pid() AND datname = current_database()")  # fmt: skip
        with pytest.raises(StoreUnusable, match="连不上"):
            reader.rows("SELECT * FROM task")


def test_a_writer_that_waits_too_long_is_told_so(served: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.store.server.PATIENCE", 1)
    with served.journal(), pytest.raises(StoreUnusable, match="正被别的程序占用"):
        served.post("add", title="乙", unit="综合组")


@pytest.mark.parametrize(
    ("operation", "options", "exit_code"),
    [
        ("undo", {"seq": 2**40}, 4),
        ("close", {"task": "甲\0"}, 4),
        ("add", {"title": "甲\0", "unit": "乙"}, 2),
    ],
)
def test_values_that_only_postgresql_refuses_are_told_as_on_sqlite(
    served: Book, book: Book, operation: str, options: dict[str, Any], exit_code: int
) -> None:
    codes = []
    for place in (served, book):
        try:
            place.post(operation, **options)
        except Exception as error:
            codes.append(getattr(error, "exit_code", error))
    assert codes == [exit_code, exit_code]


@pytest.mark.parametrize("url", ["postgresql://h:x/d", "postgresql+psycopg://[", "mysql://h/d"])
def test_a_malformed_address(url: str) -> None:
    with pytest.raises(BadValue):
        location_of(url)


WRITER = """
import sys
from datetime import UTC, date, datetime
from ledger.services.tasks import add
from ledger.store.journal import Stamp, open_journal
from ledger.store.location import location_of
for number in range(25):
    stamp = Stamp(date(2013, 3, 19), datetime.now(UTC), sys.argv[2], "clerk")
    with open_journal(location_of(sys.argv[1]), stamp) as journal:
        task = add(journal, {"title": f"{sys.argv[2]}{number}", "unit": "综合组"})
    print(task.id, task.code, task.title)
"""


def test_two_writers_at_once_lose_and_double_nothing(served: Book) -> None:
    words = [sys.executable, "-c", WRITER, str(served.location.url)]
    with ExitStack() as running:
        writers = [
            running.enter_context(started([*words, name], stdout=subprocess.PIPE, encoding="utf-8")) for name in "甲乙"
        ]
        said = [line.split() for one in writers for line in one.communicate(timeout=LIMIT)[0].splitlines()]
    assert [one.returncode for one in writers] == [0, 0]
    assert len(said) == 50
    stored = served.rows("SELECT id, code, title FROM task WHERE id > 1")
    assert sorted(stored) == sorted((int(number), code, title) for number, code, title in said)
    assert len({code for _, code, _ in stored}) == 50
    assert served.faults() == []


def test_a_ledger_on_a_server_is_backed_up_as_an_export(
    clerk: Clerk, database: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    url = str(database.url)
    clerk("--db", url, "init")
    clerk("--db", url, "add", "制定方案", "--unit", "综合组")
    answer = clerk("--db", url, "backup")
    assert (answer.code, answer.err) == (0, "")
    (target,) = tmp_path.glob("ledger_*-备份-*.jsonl")
    assert clerk("--db", "moved.db", "import", target.name).code == 0
    assert clerk("--db", "moved.db", "export").out == clerk("--db", url, "export").out == target.read_text("utf-8")
    for words, code in ((("backup", "-o", "备份.db"), 2), (("restore", target.name), 2)):
        answer = clerk("--db", url, *words)
        assert (answer.code, answer.out, answer.err.count("\n")) == (code, "", 1)
    assert "pg_dump" in clerk("--db", url, "backup", "-o", "备份.db").err


def test_a_task_is_put_on_file_with_its_evidence(
    clerk: Clerk, database: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("纪要.txt").write_text("会议纪要", "utf-8")
    url = str(database.url)
    clerk("--db", url, "init")
    clerk("--db", url, "add", "召开会议", "--unit", "综合组")
    assert clerk("--db", url, "close", "1", "--evidence", "纪要.txt").code == 0
    answer = clerk("--db", url, "archive", "1", "-o", "案卷.zip")
    assert answer.code == 0, answer.err
    assert clerk("verify", "案卷.zip").code == 0
    with ZipFile("案卷.zip") as archive:
        (name,) = (one for one in archive.namelist() if one.endswith("纪要.txt"))
        assert archive.read(name).decode() == "会议纪要"
