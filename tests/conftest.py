"""What all tests share: golden files (rewritten by `pytest --update-golden`), a real ledger, the program in process,
how often a property is tried."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings

from ledger.model.task import Task
from ledger.reports.figures import Figures
from ledger.services import combing, holidays, mappings, series, slips, units
from ledger.services.batch import OPERATIONS
from ledger.services.check import check
from ledger.services.publishing import publish, withdraw
from ledger.services.settings import Founding, begin, set_rule, set_stage
from ledger.services.undo import undo
from ledger.store import naming, queries
from ledger.store.journal import Journal, Stamp, open_journal
from ledger.store.location import Location
from ledger.store.opening import open_reader
from ledger.store.reader import Reader

TODAY = "2013-03-19"
GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = int(os.environ.get("LEDGER_EXAMPLES", "0"))
"""How many times every property is tried at least, by the environment (make test-properties)."""

# One profile for all: nothing here may fail because the machine is busy. Nor may it be luck whether a change lands:
# under CI the same code is tried with the same examples, elsewhere with new ones each time.
settings.register_profile(
    "ledger",
    settings.get_profile("default"),
    max_examples=max(EXAMPLES, 100),
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ledger")


def examples(usual: int, asked: int = EXAMPLES) -> settings:
    """A property that is tried so many times, or as often as the environment asks for: of a dear one a part of that."""
    return settings(max_examples=max(asked, usual))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files with what is printed now")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)`: `text` is to the letter what `tests/golden/<name>` holds, line ends included."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), f"no golden file {name}: run pytest --update-golden, and read what it wrote"
        assert text == path.read_bytes().decode()

    return compare


class Book:
    """A ledger at a location, as the floors below the command line work with it."""

    def __init__(self, location: Location) -> None:
        self.location = location

    @contextmanager
    def journal(
        self, today: str = TODAY, actor: str = "张三", now: datetime | None = None, **how: Any
    ) -> Iterator[Journal]:
        """One command's transaction; `now` is nine in the morning of `today` in China unless given."""
        day = date.fromisoformat(today)
        stamp = Stamp(day, now or datetime(day.year, day.month, day.day, 1, tzinfo=UTC), actor, "clerk")
        with open_journal(self.location, stamp, **how) as journal:
            yield journal

    def found(self, name: str = "学创台账") -> "Book":
        with self.journal("2013-02-01", create=True, must_be_new=True) as journal:
            begin(journal, Founding(name))
        return self

    def post(self, operation: str, *, today: str = TODAY, actor: str = "张三", now: Any = None, **options: Any) -> Task:
        """One operation of a batch as a command of its own; gives the task it names (that of an undo: the first)."""
        with self.journal(today, actor, now) as journal:
            task = OPERATIONS[operation][0](journal, {name.rstrip("_"): value for name, value in options.items()})
        assert task is not None
        return task

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        reader = open_reader(self.location)
        try:
            yield reader
        finally:
            reader.close()

    def task(self, reference: str | int) -> Task:
        with self.reading() as reader:
            if isinstance(reference, int):
                return queries.task_numbered(reader, reference)
            return naming.find(reader, reference, date.fromisoformat(TODAY), naming.ANY)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.reading() as reader:
            return reader.rows(sql)

    def faults(self) -> list[str]:
        """What `check` finds."""
        with self.reading() as reader:
            return list(check(reader))


def balanced(figures: Figures) -> bool:
    """Whether 期初 + 新增 + 恢复 − 销号 − 撤销 = 期末."""
    return figures.opening + figures.added + figures.reopened - figures.closed - figures.cancelled == figures.closing


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A fresh ledger in an SQLite file, founded on 2013-02-01."""
    return Book(Location(tmp_path / "ledger.db")).found()


@pytest.fixture
def every_action(book: Book) -> Book:
    """A ledger in whose journal each action stands, as the services record it: taken back ones, all fields, series."""
    given = dict.fromkeys(("owner", "leader", "activity", "stage", "source", "measure", "note"), "甲")
    due = {"due": "2013-03-20左右", "start": "2013-03-02", "on": "2013-03-01"}
    book.post("add", title="甲", unit="综合组", code="办-1", with_=["宣传组"], key=True, **given, **due)
    book.post("add", title="报信息", unit="宣传组", due="3月底前不少于3条", on="2013-03-01")
    book.post("note", task=1, text="过半", progress=50, on="2013-03-02")
    book.post("note", task=1, text="缺经费", problem=True, on="2013-03-02")
    book.post("note", task=1, text="有了", resolves=True, on="2013-03-03")
    book.post("note", task=1, text="无", report=True, on="2013-03-03")
    book.post("note", task=1, text="抓紧办", remark="张某", criticism=True, on="2013-03-03")
    book.post("extend", task=1, due="2013-03-29", reason="改期", on="2013-03-03")
    book.post("edit", task=1, owner="", key=False, with_=[], due="", code="办-2", note="更正", on="2013-03-02")
    life = ("submit", "return", "submit", "accept", "reopen", "close", "reopen", "cancel", "reopen", "pause", "resume")
    for step in life:
        book.post(step, task=1, reason="照办", by="李四", method="现场", highlight=True, on="2013-03-05")
    book.post("urge", task=1, method="电话", to="李四", reply="即办", level="橙单", on="2013-03-05")
    with book.journal() as journal:
        slips.issue(journal, [1, 2], {"kind": "交办", "on": "2013-03-05"})
    book.post("slip", task=1, received="2013-03-06", by="李四")
    book.post("flag", task=1, until="2013-04-30", on="2013-03-05")
    book.post("unflag", task=1, on="2013-03-06")
    book.post("rate", task=1, percent="96.5", sample=20, on="2013-03-06")
    with book.journal() as journal:
        OPERATIONS["rate"][0](journal, {"name": "宣传组", "satisfied": 9, "basically": 1})
    for count in (1, 2):
        book.post("tally", task=2, count=count, on="2013-03-06")
    with book.journal() as journal:
        undo(journal, None, "多记")
    book.post("add", title="例会", unit="综合组", due="每月25日前", on="2013-03-01", code="会", note="按时")
    with book.journal() as journal:
        for name, value in (("year", "2013"), ("yellow_days", "5"), ("rest_day", "after"), ("year", "")):
            set_rule(journal, name, value)
        set_stage(journal, "推进", "3月初", "11月底")
        holidays.add_day(journal, "2013-05-02", "休")
        mappings.save(journal, "宣传组的表", {"事项": "title"})
        units.order(journal, ["宣传组", "综合组"])
        units.rename(journal, "综合组", "办公室")
        journal.cite({name: [None, value] for name, value in {"file": "表.csv", "sha256": "0" * 64, "rows": 2}.items()})
    with book.journal() as journal:
        found = series.find(journal, 1)
        series.skip(journal, found, date(2013, 5, 1))
        series.pause(journal, series.find(journal, 1))
    with book.journal() as journal:
        series.edit(journal, series.find(journal, 1), {"due": "每月20日前", "title": "月例会"})
        series.end(journal, series.find(journal, 1), date(2013, 12, 10))
    paper = Path(str(book.location.path)).with_name("纪要.pdf")
    paper.write_bytes(b"%PDF-1.4")
    book.post("evidence", task=1, evidence=[str(paper)], note="会议纪要")
    with book.journal() as journal:
        combing.record(journal, 12, 37)
        publish(journal, "week", "2013-W12", {"value": {}}, "学创办〔2013〕1号", None)
        publish(journal, "week", "2013-W12", {"value": {}}, None, 1)
        withdraw(journal, 2, "数字有误")
    with book.journal() as journal:
        undo(journal, None, None)
    return book


class Answer(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Clerk = Callable[..., Answer]


@pytest.fixture
def clerk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clerk:
    """Run a command of the program in this process, with no settings of the machine's."""
    from ledger.cli.app import command
    from ledger.cli.run import run

    for name in ("LEDGER_DB", "LEDGER_TZ", "LEDGER_FORMAT", "LEDGER_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path / "settings.json"))
    monkeypatch.setenv("LEDGER_TODAY", TODAY)
    monkeypatch.setenv("LEDGER_ACTOR", "张三")

    def work(*argv: str) -> Answer:
        code = run(command(), argv)
        return Answer(code, *capsys.readouterr())

    return work
