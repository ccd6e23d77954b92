"""What `import` takes beside sheets of tasks: whole ledgers and forms, known by their content."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from ledger.store.location import Location
from tests.conftest import Book, Clerk


@pytest.fixture
def office(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    book.post("add", title="制定方案", unit="综合组", on="2013-03-01", due="2013-03-20")
    monkeypatch.chdir(tmp_path)
    return book


@pytest.fixture
def ledger(office: Book, clerk: Clerk) -> Clerk:
    return lambda *words: clerk("--db", str(office.location), *words)


@pytest.fixture
def form(ledger: Clerk) -> Path:
    """A form of 综合组 with progress filled in."""
    path = Path("填报.xlsx")
    assert ledger("export", "--template", "--unit", "综合组", "-o", str(path)).code == 0
    filled = load_workbook(path)
    filled["填报"]["G5"] = "方案已印发"
    filled.save(path)
    return path


def _without_second(lines: list[bytes]) -> list[bytes]:
    return [*lines[:1], *lines[2:]]


def _of_a_newer_program(lines: list[bytes]) -> list[bytes]:
    return [lines[0].replace(b'"format": 2', b'"format": 9'), *lines[1:]]


def _cut_short(lines: list[bytes]) -> list[bytes]:
    return [lines[0], lines[1][:200]]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda lines: lines[:2], "第3行:文件不完整:应有 2 条记录,只有 1 条"),
        (_without_second, "第2行:应为第1号记录,现为“2”,有缺少或错乱"),
        (_of_a_newer_program, "第1行:文件的格式(9)比本程序所知的(2)新"),
        (_cut_short, "第2行:不是一个完整的 JSON 对象"),
    ],
)
def test_a_spoilt_ledger_is_refused_by_its_line_and_leaves_nothing(
    ledger: Clerk, clerk: Clerk, spoil: Callable[[list[bytes]], list[bytes]], said: str
) -> None:
    sent = Path("台账.jsonl")
    assert ledger("export", "-o", str(sent)).code == 0
    sent.write_bytes(b"".join(spoil(sent.read_bytes().splitlines(keepends=True))))
    answer = clerk("--db", "新.db", "import", str(sent))
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert not Path("新.db").exists()


def test_a_whole_ledger_answers_as_json_and_is_never_tried(ledger: Clerk, clerk: Clerk, office: Book) -> None:
    assert ledger("export", "-o", "台账.jsonl").code == 0
    answer = clerk("--db", "新.db", "import", "台账.jsonl", "--dry-run")
    assert answer.code == 2
    assert "整本台账须单独导入,不能试算" in answer.err
    answer = clerk("--db", "新.db", "import", "台账.jsonl", "--json")
    ((head,),) = office.rows("SELECT hash FROM entry ORDER BY seq DESC LIMIT 1")
    assert json.loads(answer.out) == {"ledger": "学创台账", "entries": 2, "tasks": 1, "head": head, "evidence": 0}


@pytest.mark.parametrize("option", ["--map=甲=title", "--on=2013-03-01", "--all-sheets", "--save-mapping=甲"])
def test_options_of_sheets_mean_nothing_to_a_form_or_a_ledger(ledger: Clerk, form: Path, option: str) -> None:
    assert ledger("export", "-o", "台账.jsonl").code == 0
    for file in (str(form), "台账.jsonl"):
        answer = ledger("import", file, option)
        assert answer.code == 2
        assert f"选项 {option.split('=')[0]} 只用于一般的表格" in answer.err


def test_what_was_recorded_of_a_form_goes_where_it_was_asked_for(ledger: Clerk, form: Path, office: Book) -> None:
    before = office.rows("SELECT count(*) FROM entry")
    assert ledger("import", str(form), "--report", "没有/记录.json").code == 7
    assert office.rows("SELECT count(*) FROM entry") == before
    assert ledger("import", str(form), "--report", "记录.json").code == 0
    assert [one["note"] for one in json.loads(Path("记录.json").read_text())] == [None, "方案已印发"]


def test_who_is_expected_stands_alone_on_stdout_as_json(ledger: Clerk, form: Path) -> None:
    answer = ledger("import", str(form), "--expect", "--json")
    assert json.loads(answer.out) == {"round": "2013-03-19/2", "returned": ["综合组"], "missing": []}
    assert answer.err == "已导入 1 份填报表(综合组):更新 1 件,申请销号 0 件\n"


def test_a_sheet_is_not_expected(ledger: Clerk, office: Book) -> None:
    Path("表.csv").write_text("工作任务,牵头单位\n开设专栏,宣传组\n")
    answer = ledger("import", "表.csv", "--expect")
    assert (answer.code, answer.out) == (2, "")
    assert "--expect 只用于填报表" in answer.err
    assert office.rows("SELECT count(*) FROM task") == [(1,)]


def test_a_sheet_comes_by_standard_input(ledger: Clerk, office: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.BytesIO("工作任务,牵头单位\n开设专栏,宣传组\n".encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stdin, isatty=lambda: False))
    assert ledger("import", "-").out == "已导入 1 件事项\n"
    assert "据 标准输入(1 行)" in ledger("log").out
    assert office.task("2").title == "开设专栏"


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content), isatty=lambda: False))


@pytest.mark.parametrize("line", [b'{"op": "add", "title": "x"}\n', b'{"ledger": 1}\n', b"{\n"])
def test_what_is_piped_as_json_is_told_from_a_sheet(
    ledger: Clerk, monkeypatch: pytest.MonkeyPatch, line: bytes
) -> None:
    piped(monkeypatch, line)
    answer = ledger("import", "-")
    assert answer.code == 2
    assert "是 JSON,不是表格" in answer.err


def test_a_whole_ledger_comes_by_standard_input(
    ledger: Clerk, clerk: Clerk, office: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    piped(monkeypatch, ledger("export").out.encode())
    assert clerk("--db", "又一本.db", "import", "-").out == "已导入整本台账:2 条记录,1 件事项\n"
    assert Book(Location(tmp_path / "又一本.db")).rows("SELECT hash FROM entry") == office.rows(
        "SELECT hash FROM entry"
    )


def test_a_form_comes_by_standard_input(ledger: Clerk, form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, form.read_bytes())
    assert ledger("import", "-").out == "已导入 1 份填报表(综合组):更新 1 件,申请销号 0 件\n"


def test_a_report_on_stdout_comes_after_the_commit(ledger: Clerk, office: Book) -> None:
    """Who reads it slowly keeps no one from writing."""
    Path("表.csv").write_text("工作任务,牵头单位,完成时限\n开设专栏,宣传组,3月底前\n")
    answer = ledger("import", "表.csv", "--report", "-")
    assert answer.code == 0
    assert answer.out.startswith("已导入 1 件事项\n")
    assert "3月底前" in answer.out
