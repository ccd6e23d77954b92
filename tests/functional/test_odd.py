"""Odd arguments, days and surroundings, for every command: an answer or a sentence, never an internal error."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.cli.app import Root
from tests.conftest import Book, Clerk

Office = Callable[..., None]

COMMANDS = {
    "add": "add", "edit": "edit 2 --note", "note": "note 2", "extend": "extend 2 --reason 会议改期 --due",
    "close": "close", "reopen": "reopen 1 --reason", "cancel": "cancel 2 --reason", "tally": "tally 4 --count",
    "undo": "undo", "comb": "comb --stale",
    "submit": "submit 2 --on", "accept": "accept 3 --method", "return": "return 3 --reason",
    "pause": "pause 2 --reason", "resume": "resume 2 --note", "urge": "urge 2 --method",
    "slip": "slip 2 --kind 交办 -o", "flag": "flag 2 --until",
    "unflag": "unflag 2 --note", "rate": "rate 2 --percent", "evidence": "evidence",
    "problems": "problems --unit", "list": "list --due", "show": "show",
    "overdue": "overdue --within", "week": "week", "month": "month", "quarter": "quarter", "half": "half",
    "year": "year", "rank": "rank", "diff": "diff", "bulletin": "bulletin",
    "publish": "publish week", "publications": "publications", "reprint": "reprint",
    "when": "when", "log": "log --limit",
    "import": "import", "export": "export -o",
    "batch": "batch", "series": "series preview", "init": "init --name", "check": "check",
    "verify": "verify --anchor", "archive": "archive 1 -o", "backup": "backup -o",
    "restore": "restore", "upgrade": "upgrade", "config": "config set name",
}  # fmt: skip
"""Every command with what an odd value may stand behind."""

MORE = [
    "list --as-of", "list --format", "list -o", "list --unit", "list --sort", "list --group", "list",
    "week --split-by unit -o", "week --leader", "urge 2 --method 电话 --level", "urge --method 电话 --unit",
    "archive", "archive --year", "archive --activity 学创 --year 2013 -o", "verify",
    "slip 2 --kind", "slip --unreceived -o", "slip 2 --by 甲 --received", "slip 2 --kind 交办 -o 单.docx --template",
    "diff now", "diff now --period", "diff now --unit",
    "rate", "rate 综合组 --sample 3 --percent", "rate --period",
    "extend --reason 改期 --due 4月底 --unit", "edit --owner 甲 --due-in", "config limits", "config view",
    "config field", "config groups set", "week -f html -o", "week --template",
    "evidence add 2", "evidence get 2", "evidence get 2 1 -o", "close 2 --evidence", "note 2 甲 --evidence",
    "import 空 --encoding", "import 空 --map", "import 空 --mapping", "import 空 --report", "import --expect --report",
    "export --template --unit", "export --template --split -o", "config template -o", "config holidays import",
    "config holidays add", "config stage x --start 3月 --end", "config units order", "config units rename 综合组",
    "config get", "config set", "config set timezone", "config set docx_template", "config mappings remove",
    "series end 1 --on", "series skip 1", "series edit 1 --due", "add x -u 综合组 --due", "add x -u 综合组 --year",
    "--today", "--actor", "--db",
]  # fmt: skip
ODD = {
    "nothing": "", "blanks": " \u3000", "stdin": "-", "dashes": "--", "digits": "9" * 30, "long": "长" * 5000,
    "long name": "x" * 300 + ".csv", "root": "/", "here": ".", "directory": "目录", "in a file": "空/甲.csv",
    "in nowhere": "无/甲.csv", "empty": "空", "bytes": "乱", "a surrogate": "\ud800", "undecodable": "\udcff",
    "NUL": "甲\0乙", "an escape": "\x1b[31m", "last day": "9999-12-31", "first day": "0001-01-01",
    "last week": "9999-W52", "beyond": "+99999", "no home": "~无此人", "help": "--help",
}  # fmt: skip


@pytest.fixture
def office(clerk: Clerk, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Run a command on a small ledger as it was before, and hold it to an answer or a sentence."""
    book.post("add", title="甲", unit="综合组", due="2013-03-10", on="2013-02-01", activity="学创", stage="启动")
    book.post("add", title="乙", unit="宣传组", due="2013-03-20", with_=["综合组"])
    book.post("add", title="月报", unit="督导组", due="每月25日前", until="2014-12-31")
    book.post("add", title="信息", unit="综合组", due="年底前不少于3条")
    book.post("close", task="1")
    monkeypatch.chdir(tmp_path)
    kept = shutil.copyfile("ledger.db", "kept")
    monkeypatch.setenv("LEDGER_DB", "ledger.db")
    monkeypatch.setenv("HOME", str(tmp_path))

    def run(*argv: str) -> None:
        shutil.copyfile(kept, "ledger.db")
        Path("目录").mkdir(exist_ok=True)
        Path("空").write_bytes(b"")
        Path("乱").write_bytes(bytes(range(256)) * 20)
        with open("空") as nothing:
            monkeypatch.setattr("sys.stdin", nothing)
            code, _, err = clerk(*argv)
        assert code in (0, 2, 3, 4, 5, 6, 7), (argv, err)
        assert "Traceback" not in err
        assert "内部错误" not in err
        if code in (2, 4, 5, 7):
            assert err.splitlines()[-1].startswith("错误:"), (argv, err)

    yield run
    assert not set(os.listdir()) & {".ledger.db"}


def test_every_command_is_tried() -> None:
    assert list(COMMANDS) == [entry.name for entry in Root.table]


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_values(office: Office, odd: str) -> None:
    for command in (*COMMANDS.values(), *MORE):
        if command == "backup -o" and odd == "/":
            continue  # a folder that root may write to: it would be taken at its word
        office(*command.split(), odd, *(["list"] if command.startswith("--") else []))


DAILY = [
    "", "week", "week +1", "week -1", "month", "month +1", "quarter -1", "half +1", "year", "year +1", "rank",
    "bulletin", "bulletin +1", "bulletin -1",
    "overdue --within 400", "list --due 下周", "list --overdue", "log", "check", "export", "series list",
    "series preview 1", "series pause 1", "when 每月25日前", "when 15日内", "when 下周五", "when 三天前", "when 春节前",
    "add x -u 综合组 --due 20个工作日内", "add x -u 综合组 --due 每周五", "add x -u 综合组 --due 3月20日左右",
    "close 2", "note 2 x", "tally 4", "undo", "config stage x --start 今天 --end 明天",
]  # fmt: skip


@pytest.mark.parametrize("today", ["0001-01-01", "0001-12-31", "9998-12-31", "9999-12-27", "9999-12-31"])
def test_today_at_the_calendar_s_ends(office: Office, monkeypatch: pytest.MonkeyPatch, today: str) -> None:
    monkeypatch.setenv("LEDGER_TODAY", today)
    for command in DAILY:
        office(*command.split())


PERIODS = ["9999-W52", "9999-W53", "9999-12", "9999-Q4", "9999-H2", "9999", "9999-12-31"]
PERIODS += ["0001-W01", "0001-01", "0001-Q1", "0001-H1", "0001", "0000", "+99999", "-99999"]


@pytest.mark.parametrize("period", PERIODS)
def test_periods_at_the_calendar_s_ends(office: Office, period: str) -> None:
    for command in ("week", "month", "quarter", "half", "year", "rank", "bulletin"):
        for format in ("plain", "json", "html"):
            office(command, period, "--format", format)


MOMENTS = ["9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59+14:00", "9999-12-31"]
MOMENTS += ["0001-01-01", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00-12:00"]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Etc/GMT+12", "Pacific/Kiritimati", "America/New_York"])
def test_moments_at_the_calendar_s_ends(office: Office, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("LEDGER_TZ", zone)
    for moment in MOMENTS:
        for command in ("week", "list", "log", "rank"):
            office(command, "--as-of", moment)
        monkeypatch.delenv("LEDGER_TODAY", raising=False)


VALUES = ["", " ", "x" * 5000, "\udcff", "..", "/", "../../../etc/passwd", "Asia", "localtime", "~", "~无此人", "-1"]
VALUES += ["目录", "空", "乱", "http://x", "sqlite:///", "postgresql://x:y@[", "9999-12-31", "\x1b[31m"]
VARIABLES = ["LEDGER_TZ", "LEDGER_TODAY", "LEDGER_ACTOR", "LEDGER_CONFIG", "COLUMNS", "TERM", "TZ", "USER", "USERNAME"]


@pytest.mark.parametrize("name", [*VARIABLES, "LEDGER_DB", "HOME"])
def test_odd_variables(office: Office, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for value in VALUES:
        monkeypatch.setenv(name, value)
        for command in ("week", "add 丙 -u 综合组", "config show", "list -f table", "when 3月", "log --as-of 今天", ""):
            office(*command.split())


def emptied(rows: sqlite3.Connection) -> None:
    rows.execute("DELETE FROM alembic_version")


def doubled(rows: sqlite3.Connection) -> None:
    rows.execute("INSERT INTO alembic_version VALUES ('0000')")


def of_null(rows: sqlite3.Connection) -> None:
    rows.executescript("DROP TABLE alembic_version; CREATE TABLE alembic_version (version_num TEXT)")
    rows.execute("INSERT INTO alembic_version VALUES (NULL)")


def of_bytes(rows: sqlite3.Connection) -> None:
    rows.execute("UPDATE alembic_version SET version_num = x'ff00'")


def of_another_shape(rows: sqlite3.Connection) -> None:
    rows.executescript("DROP TABLE alembic_version; CREATE TABLE alembic_version (a, b)")


def seen_through(rows: sqlite3.Connection) -> None:
    rows.executescript("DROP TABLE alembic_version; CREATE VIEW alembic_version AS SELECT 1 AS version_num, 2 AS b")


def marked_only(rows: sqlite3.Connection) -> None:
    found = rows.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall()
    for (name,) in found:
        rows.execute(f"DROP TABLE {name}")


def without_a_table(rows: sqlite3.Connection) -> None:
    rows.execute("DROP TABLE span")


def without_a_column(rows: sqlite3.Connection) -> None:
    rows.execute("ALTER TABLE task DROP COLUMN note")


def harmed(book: Book, monkeypatch: pytest.MonkeyPatch, harm: Callable[[sqlite3.Connection], None]) -> None:
    book.post("add", title="甲", unit="综合组", due="2013-03-10", on="2013-02-01")
    monkeypatch.setenv("LEDGER_DB", str(book.location))
    with sqlite3.connect(str(book.location)) as connection:
        harm(connection)
    connection.close()


UNREADABLE = [emptied, doubled, of_null, of_bytes, of_another_shape, seen_through]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE code SET number = '乙'",
        "UPDATE task SET title = x'ff00fe'",
        "UPDATE task SET unit = x'ff00fe'",
        "UPDATE setting SET value = '5' WHERE name = 'name'",
        "UPDATE setting SET value = '[]' WHERE name = 'name'",
        "INSERT INTO setting VALUES ('yellow_days', '\"三\"')",
        "INSERT INTO setting VALUES ('year', 'true')",
        "INSERT INTO setting VALUES ('rest_day', '7')",
        "INSERT INTO setting VALUES ('units', '5')",
        "INSERT INTO setting VALUES ('stage:启动', '[1, 2]')",
    ],
)
def test_a_store_that_another_hand_wrote_in(clerk: Clerk, book: Book, tmp_path: Path, harm: str) -> None:
    book.post("add", title="甲", unit="综合组", due="2013-03-10", on="2013-02-01")
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute(harm)
    connection.close()
    where = ("--db", str(tmp_path / "ledger.db"))
    for words in (("add", "乙", "-u", "综合组"), ("close", "1"), ("list",), ("week",), ("show", "1"), ("check",)):
        answer = clerk(*where, *words)
        assert answer.code in (0, 6, 7), answer
        assert "内部错误" not in answer.err
    assert clerk(*where, "check").code in (6, 7)


@pytest.mark.parametrize("harm", UNREADABLE)
def test_a_store_of_no_known_revision(
    clerk: Clerk, book: Book, monkeypatch: pytest.MonkeyPatch, harm: Callable[[sqlite3.Connection], None]
) -> None:
    harmed(book, monkeypatch, harm)
    for command in ("week", "list", "note 1 x", "add 乙 -u 综合组", "export", "check", "init"):
        code, _, err = clerk(*command.split())
        assert code in ((5, 7) if command == "init" else (7,)), (command, err)
        assert err.splitlines()[-1].startswith("错误:")


@pytest.mark.parametrize("harm", [marked_only, without_a_table, without_a_column])
def test_a_store_that_lacks_something(
    clerk: Clerk, book: Book, monkeypatch: pytest.MonkeyPatch, harm: Callable[[sqlite3.Connection], None]
) -> None:
    harmed(book, monkeypatch, harm)
    for command in ("week", "close 1", "check"):
        code, _, err = clerk(*command.split())
        assert code in ((6, 7) if command == "check" else (7,)), (command, err)
        assert err.splitlines()[-1].startswith("错误:")
