"""What a command works with: which store, which day, who acts, where and when."""

import json
import os
import pwd
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ledger.base.errors import BadValue
from ledger.cli.context import Context, Globals
from ledger.store.location import Location
from tests.conftest import Book, Clerk


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the machine's."""
    for name in ("DB", "TZ", "TODAY", "ACTOR"):
        monkeypatch.delenv(f"LEDGER_{name}", raising=False)
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path / "settings.json"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def settle(tmp_path: Path, **settings: str) -> None:
    (tmp_path / "settings.json").write_text(json.dumps(settings))


def test_the_store_typed_then_the_environment_then_the_settings_then_the_user_s_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert Context(Globals()).location.path == tmp_path / "data" / "ledger" / "ledger.db"
    settle(tmp_path, db="settings.db")
    assert Context(Globals()).location == Location(Path("settings.db"))
    monkeypatch.setenv("LEDGER_DB", "environment.db")
    assert Context(Globals()).location == Location(Path("environment.db"))
    assert Context(Globals(db="typed.db")).location == Location(Path("typed.db"))


def test_the_actor_likewise_and_at_last_the_account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Context(Globals()).actor == pwd.getpwuid(os.getuid()).pw_name
    settle(tmp_path, actor="李四")
    assert Context(Globals()).actor == "李四"
    monkeypatch.setenv("LEDGER_ACTOR", "王五")
    assert Context(Globals()).actor == "王五"
    assert Context(Globals(actor=" 张三 ")).actor == "张三"


@pytest.mark.parametrize("actor", ["张\n三", "\x1b[31m", "长" * 101, "  "])
def test_an_actor_that_cannot_be(actor: str) -> None:
    with pytest.raises(BadValue, match="经办人"):
        _ = Context(Globals(actor=actor)).actor


def at(moment: str, **given: str) -> Context:
    context = Context(Globals(**given))
    context.now = datetime.fromisoformat(moment)
    return context


@pytest.mark.parametrize(
    ("moment", "zone", "today"),
    [
        ("2013-03-19T15:59:59Z", None, date(2013, 3, 19)),
        ("2013-03-19T16:00:00Z", None, date(2013, 3, 20)),
        ("2013-03-19T16:00:00Z", "UTC", date(2013, 3, 19)),
        ("2013-12-31T16:00:00Z", None, date(2014, 1, 1)),
    ],
)
def test_today_is_the_day_in_the_ledger_s_time_zone(
    monkeypatch: pytest.MonkeyPatch, moment: str, zone: str | None, today: date
) -> None:
    if zone:
        monkeypatch.setenv("LEDGER_TZ", zone)
    assert at(moment).today == today


@pytest.mark.parametrize("told", ["2013-03-19", "20130319", "2013年3月19日", "3月19日", "昨天"])
def test_today_as_told(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    now = "2013-03-20T01:00:00Z"
    assert at(now, today=told).today == date(2013, 3, 19)
    monkeypatch.setenv("LEDGER_TODAY", told)
    assert at(now).today == date(2013, 3, 19)


def test_the_clock_is_real(tmp_path: Path) -> None:
    before = datetime.now(UTC)
    assert before <= Context(Globals(today="2013-03-19")).now <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("as_of", "counted", "today"),
    [
        ("2013-03-18", 1, "2013-03-18"),
        ("2013-03-19", 2, "2013-03-19"),
        ("2013-03-19T08:59:59+08:00", 1, "2013-03-19"),
        ("2013-03-19T09:00:00+08:00", 2, "2013-03-19"),
        ("2013-03-19T01:00:00Z", 2, "2013-03-19"),
        ("2013-03-18T16:30:00Z", 1, "2013-03-19"),
        ("2013-03-19 08:59", 1, "2013-03-19"),
        ("2013-03-19 09:00", 2, "2013-03-19"),
    ],
)
def test_as_of_a_moment_or_the_end_of_a_day(book: Book, as_of: str, counted: int, today: str) -> None:
    book.post("add", title="甲", unit="综合组", today="2013-03-18")
    book.post("add", title="乙", unit="综合组", today="2013-03-19")
    with Context(Globals(db=str(book.location.path))).reading(as_of) as view:
        assert view.reader.rows("SELECT count(*) FROM task") == [(counted,)]
        assert (str(view.today), view.rules.name) == (today, "学创台账")
        assert view.as_of is not None
        assert view.as_of.endswith("+08:00")


@pytest.mark.parametrize(
    "as_of", ["2013-03-19T25:00:00", "昨天下午", "2013-02-30", "", "\x1b", "0001-01-01T00:00+08:00"]
)
def test_a_moment_that_cannot_be_read(book: Book, as_of: str) -> None:
    with pytest.raises(BadValue), Context(Globals(db=str(book.location.path))).reading(as_of):
        pass


def test_a_new_ledger_and_remarks_are_told_after_the_commit(clerk: Clerk, tmp_path: Path) -> None:
    answer = clerk("--db", str(tmp_path / "new.db"), "add", "甲", "--unit", "综合组")
    assert (answer.code, answer.err) == (0, f"已建立台账 {tmp_path / 'new.db'}\n")
    failed = clerk("--db", str(tmp_path / "other.db"), "add", "甲", "--unit", "综合组", "--due", "x")
    assert (failed.code, "已建立" in failed.err, (tmp_path / "other.db").exists()) == (2, False, False)


def test_the_default_place_is_made_where_it_is_needed(clerk: Clerk, tmp_path: Path) -> None:
    assert clerk("week").code == 7
    assert not (tmp_path / "data").exists()
    assert clerk("init").code == 0
    assert (tmp_path / "data" / "ledger" / "ledger.db").exists()
    assert clerk("week").code == 0


def test_the_format_of_the_settings_gives_way_to_what_is_typed(clerk: Clerk, book: Book, tmp_path: Path) -> None:
    settle(tmp_path, format="json", db=str(book.location.path))
    assert json.loads(clerk("list").out) == []
    assert clerk("list", "--format", "plain").out.startswith("任务清单")
    assert clerk("list", "-o", str(tmp_path / "清单.md")).code == 0
    assert (tmp_path / "清单.md").read_text("utf-8").startswith("#")


def test_a_trial_leaves_nothing(book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (book.location.path, tmp_path / "none.db"):
        with Context(Globals(db=str(path), today="2013-03-19")).trying() as journal:
            journal.cite({"file": [None, "a.csv"], "rows": [None, 1]})
            journal.remark("不用说")
            journal.flush()
    assert book.rows("SELECT count(*) FROM entry") == [(1,)]
    assert not (tmp_path / "none.db").exists()
    assert capsys.readouterr() == ("", "")
    with pytest.raises(BadValue), Context(Globals(db=str(book.location.path))).trying():
        raise BadValue("读不懂")


@pytest.mark.parametrize(("count", "left"), [(20, []), (21, ["另有 1 条提示"]), (5000, ["另有 4980 条提示"])])
def test_of_very_many_remarks_the_first_are_told(
    book: Book, capsys: pytest.CaptureFixture[str], count: int, left: list[str]
) -> None:
    with Context(Globals(db=str(book.location.path), today="2013-03-19")).writing() as journal:
        for number in range(count):
            journal.remark(f"提示{number}")
    assert capsys.readouterr().err.splitlines() == [*(f"提示{number}" for number in range(20)), *left]
