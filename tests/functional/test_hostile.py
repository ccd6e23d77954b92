"""Hostile text and values: refused in one line with nothing written, or shown harmlessly as typed."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

Clerk = Callable[..., tuple[int, str, str]]

HARMLESS = [
    "[link=https://example.org]点这里[/link]",
    "[/]",
    "[red]红[/red] [bold",
    "=1+1",
    "@SUM(A1)",
    "`rm -rf /` $(id) ${HOME} %s {0}",
    "<script>alert(1)</script> & | 竖线 \\ 反斜",
    '"引号",逗号;分号',
    "👨‍👩‍👧 emoji 🏳️‍🌈",
    "-1",
    "长" * 500,
]
HARMFUL = [
    "\x1b[31m红",
    "\x07响铃",
    "\x00空",
    "\u202e倒过来",
    "\u2066隔离",
    "\x9b31mC1",
    "两\n行",
    "分\u2028段",
    "\ufeff头",
    "\ud800半个",
    "长" * 501,
    "长" * 200_000,
    " \u3000 ",
]
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def office(clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """`clerk` in `tmp_path` with one task registered."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEDGER_DB", "ledger.db")
    assert clerk("add", "第一件", "-u", "综合组")[0] == 0
    return clerk


def posted(office: Clerk, *lines: object) -> tuple[int, str, str]:
    """A batch of these operations, or of these lines as they stand."""
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    Path("batch.jsonl").write_text(text, "utf-8")
    return office("batch", "batch.jsonl")


def entries(office: Clerk) -> int:
    return len(json.loads(office("log", "-f", "json")[1]))


@pytest.mark.parametrize("text", HARMLESS, ids=lambda text: ascii(text)[:20])
def test_shown_as_typed(office: Clerk, text: str) -> None:
    added = {"op": "add", "title": text, "unit": text[:100], "owner": text[:100], "note": text, "ref": text}
    assert posted(office, added, {"op": "note", "task": text, "text": text, "problem": True})[0] == 0
    (task,) = json.loads(office("list", "--unit", text[:100], "-f", "json")[1])
    assert (task["title"], task["unit"], task["note"]) == (text, text[:100], text)
    for format in ("table", "plain", "md", "csv"):
        for command in ("week", "list", "show", "log", "month"):
            code, out, err = office(command, *(["2"] if command == "show" else []), "--format", format)
            assert (code, err) == (0, "")
            assert not CONTROLS.search(out.replace("\r\n", "\n"))
    assert text in office("list")[1]
    sheet = list(csv.reader(office("list", "-f", "csv")[1].splitlines()))
    assert {row[1] for row in sheet} & {text, f"'{text}"}
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in sheet for cell in row)


@pytest.mark.parametrize("field", ["title", "unit", "owner", "activity", "code", "note"])
@pytest.mark.parametrize("text", HARMFUL, ids=lambda text: ascii(text)[:20])
def test_refused(office: Clerk, text: str, field: str) -> None:
    before = entries(office)
    fine = field == "note" and (text in ("两\n行", "长" * 501))
    code, out, err = posted(office, {"op": "add", "title": "好", "unit": "组"} | {field: text})
    if fine:
        assert code == 0
        return
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"错误:第1行 {field}:")
    assert "未写入任何内容" in err
    assert len(err) < 400
    assert not CONTROLS.search(err.removesuffix("\n"))
    assert entries(office) == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"op": "close", "task": 10**400}, 4),
        ({"op": "close", "task": -1}, 4),
        ({"op": "close", "task": 1.0}, 2),
        ({"op": "close", "task": True}, 2),
        ({"op": "close", "task": None}, 2),
        ({"op": "close", "task": "\ud800"}, 2),
        ({"op": "close", "task": ""}, 4),
        ('{"op":"close","task":1e400}', 2),
        ('{"op":"close","task":NaN}', 2),
        ({"op": "undo", "seq": 10**400}, 4),
        ({"op": "undo", "seq": 0}, 4),
        ({"op": "note", "task": 1, "text": "x", "progress": 10**400}, 2),
        ({"op": "note", "task": 1, "text": "x", "progress": "0.5"}, 2),
        ({"op": "note", "task": 1, "text": "x", "progress": 50.5}, 2),
        ({"op": "note", "task": 1, "text": "x", "problem": 1}, 2),
        ({"op": "add", "title": ["x"], "unit": "组"}, 2),
        ({"op": "add", "title": "x", "unit": {}}, 2),
        ({"op": "add", "title": "x", "unit": "组", "with": "宣传组"}, 2),
        ({"op": "add", "title": "x", "unit": "组", "with": [1]}, 2),
        ({"op": "add", "title": "x", "unit": "组", "ref": "\udfff"}, 2),
        ({"op": "add", "title": "x", "unit": "组", "id": 7}, 2),
        ({"op": "add", "title": "x", "unit": "组", "\ud800": 7}, 2),
        ({"op": "add", "title": "x"}, 2),
        ({"op": "close", "task": 1, "on": "2" * 200_000}, 2),
        ({"op": "close", "task": 1, "on": 20130319}, 2),
        ({"op": "\x1b[31m"}, 2),
        ({"op": ["add"]}, 2),
        ({}, 2),
        ([], 2),
        ("null", 2),
        ("1", 2),
        ('"add"', 2),
        ("[" * 200_000, 2),
        ('{"op":' * 50_000, 2),
        ('{"op":"add"', 2),
        ("9" * 5000, 2),
        ({"op": "reopen", "task": 1, "reason": "没有办结"}, 5),
        ({"op": "close", "task": 1, "on": "2013-03-20"}, 5),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_wrong_values(office: Clerk, line: object, code: int) -> None:
    before = entries(office)
    ended, out, err = posted(office, {"op": "add", "title": "前一行", "unit": "综合组"}, line)
    assert (ended, out, err.count("\n")) == (code, "", 1), err
    assert err.startswith("错误:第2行")
    assert "未写入任何内容;" in err
    assert len(err) < 500
    assert not CONTROLS.search(err.removesuffix("\n"))
    assert entries(office) == before


def test_references(office: Clerk) -> None:
    """A ref may look like anything; in its batch it comes before codes and numbers; used twice it is refused."""
    add = {"op": "add", "title": "新件", "unit": "组", "ref": "1"}
    assert posted(office, add, add)[0] == 2
    assert posted(office, add, {"op": "close", "task": "1"})[0] == 0
    assert [task["title"] for task in json.loads(office("list", "--status", "closed", "-f", "json")[1])] == ["新件"]
    assert posted(office, {"op": "close", "task": "1"})[0] == 0
    assert json.loads(office("show", "1", "-f", "json")[1])["status"] == "closed"


def test_an_empty_batch(office: Clerk) -> None:
    assert posted(office, "", "  ") == (0, "已办理 0 项操作\n", "")


@pytest.mark.parametrize(
    "args",
    [
        ("show", "\x1b[31m"),
        ("list", "--unit", "[red]\u202e"),
        ("list", "--sort", "\x1b]0;x\x07"),
        ("list", "--format", "[/]"),
        ("week", "\u202e2013"),
        ("close", "长" * 3000),
        ("add", "x", "-u", "组", "--due", "\x1b[2J"),
        ("undo", "9" * 400),
        ("undo", "9" * 5000),
        ("note", "1", "x", "--progress", "9" * 5000),
        ("--actor", "\x1b[31m", "close", "1"),
        ("--db", "\x1b[31m.db", "list"),
        ("\x1b[31m",),
        ("list", "--\x1b[31m"),
        ("-o\x1b",),
    ],
    ids=lambda args: ascii(args)[:40],
)
def test_hostile_arguments(office: Clerk, args: tuple[str, ...]) -> None:
    before = entries(office)
    code, out, err = office(*args)
    assert code in (2, 4, 7)
    assert (out, err.count("\n")) == ("", 1)
    assert len(err) < 500
    assert not CONTROLS.search(err.removesuffix("\n"))
    assert entries(office) == before


def test_a_hostile_sheet(office: Clerk) -> None:
    before = entries(office)
    rows = ["工作任务,牵头单位", "\x1b[31m红,综合组", "倒\u202e,综合组", f"{'长' * 501},综合组", "好的,综合组"]
    Path("sheet.csv").write_text("\n".join(rows), "utf-8")
    code, out, err = office("import", "sheet.csv")
    assert (code, out) == (2, "")
    assert [line[:3] for line in err.splitlines()] == ["第2行", "第3行", "第4行", "错误:"]
    assert not CONTROLS.search(err.replace("\n", ""))
    assert entries(office) == before
