"""Renderers take no text apart: whatever a task is called, it is set as any other."""

import ast
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

import ledger.render
from ledger.render.layout import lines
from ledger.render.output import emit
from ledger.reports.columns import TASK_COLUMNS
from ledger.reports.report import Column, Rate, Report, Row, Section, State, Total
from tests.render.pages import Page
from tests.render.workbooks_of import read, sheet, values

TODAY = date(2013, 3, 19)
NAMES = (
    "合计",
    "小计",
    "一、",
    "三、本周到期(2)",
    "甲 ｜ 乙",
    "—",
    "期初在办",
    "牵头单位",
    "期末",
    "逾期 5",
    "12%(3/25)",
)


def report(name: str) -> Report:
    """A list and a table of figures with a total, in which `name` stands wherever users write."""
    state = State("red", "红", ("逾期3天",))
    tasks: list[Row] = [("2013-001", "首项", "综合组", "张三", TODAY, state), (name, name, name, name, name, state)]
    figures = (Column("牵头单位", "name", "unit"), Column("期末", "number", "closing"), Column("销号率", "number"))
    units: list[Row] = [(name, 1, Rate(1, 3)), ("综合组", 2, Rate(0, 0)), Total(("合计", 3, Rate(1, 3)))]
    sections = [
        Section("本周到期", TASK_COLUMNS, tasks, name="due", count=2, number=1),
        Section("分单位情况", figures, units, name="by_unit", number=2, figures=True),
    ]
    return Report(name, name, "截至今日", TODAY, name, (((name,),),), sections, "week")


def file_of(found: Report, format: str, path: Path) -> bytes:
    emit(format, path, lambda: found, dict)
    return path.read_bytes()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format", ["table", "plain", "md"])
def test_in_a_text_every_row_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    text = file_of(report(name), format, tmp_path / "x").decode().replace("\\", "").replace("─", "")
    whole = file_of(report("另一项"), format, tmp_path / "y").decode().replace("另一项", name).replace("─", "")
    assert sorted(text.split()) == sorted(whole.split())


@pytest.mark.parametrize("name", NAMES)
def test_only_a_total_is_brought_out_on_a_terminal(name: str) -> None:
    bold = [[text.strip() for text, style in line if style == "bold"] for line in lines(report(name), 120)]
    named = [line for line in bold if line and line[0] in (name, "合计") and len(line) > 1]
    assert named == [["合计", "3", "33%(1/3)"]]


@pytest.mark.parametrize("name", NAMES)
def test_in_csv_every_row_stands_under_its_section(tmp_path: Path, name: str) -> None:
    written = file_of(report(name), "csv", tmp_path / "x").decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(written, newline=""))
    assert [row[0] for row in rows] == [*["本周到期"] * 2, *["分单位情况"] * 3]
    assert [rows[1][head.index(title)] for title in ("编号", "工作任务", "完成时限")] == [name] * 3
    assert [rows[2][head.index(title)] for title in ("牵头单位", "期末", "销号率")] == [name, "1", "33.33%"]


@pytest.mark.parametrize("name", NAMES)
def test_on_a_page_only_a_total_is_a_foot(tmp_path: Path, name: str) -> None:
    page = Page(file_of(report(name), "html", tmp_path / "x").decode())
    body = [row.text for row in page.all("tr") if "tbody" in row.path]
    assert (len(body), [text.startswith(name) for text in (body[1], body[2])]) == (4, [True, True])
    assert [row.text for row in page.all("tr") if "tfoot" in row.path] == ["合计333%(1/3)"]


@pytest.mark.parametrize("name", NAMES)
def test_in_a_workbook_only_a_total_is_bold(name: str) -> None:
    book = read(report(name))
    figures, due = sheet(book, "数字"), sheet(book, "本周到期")
    assert [name in row[:3] for row in values(due)][-2:] == [False, True]
    assert due.auto_filter.ref == f"A{due.max_row - 2}:F{due.max_row}"
    assert [row[0].value for row in figures.iter_rows() if row[0].font.b] == ["合计"]


@pytest.mark.parametrize("name", NAMES)
def test_in_a_document_every_row_stands(tmp_path: Path, name: str) -> None:
    found = report(name)
    found = replace(found, sheet=found.sections[0])
    document = Document(io.BytesIO(file_of(found, "docx", tmp_path / "x")))
    assert [row.cells[0].text for table in document.tables for row in table.rows[1:]] == [
        "2013-001", name, name, "综合组", "合计"
    ]  # fmt: skip


# --- and their source says so --------------------------------------------------------------------------------------

_APART = {"split", "rsplit", "partition", "rpartition", "startswith", "endswith", "removeprefix", "removesuffix",
          "find", "index", "strip", "replace", "match", "fullmatch", "search", "sub", "compile"}  # fmt: skip
_TEXTS = {"title", "heading", "period", "ledger", "moment"}


def _is_chinese(value: object) -> bool:
    return isinstance(value, str) and any("\u2e80" <= letter <= "\u9fff" or letter in "｜—" for letter in value)


def readings(source: str) -> Iterator[int]:
    """The lines of a module that compare with Chinese words, look for them, or take apart what a report says."""
    tree = ast.parse(source)
    named = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and _is_chinese(node.value.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    def speaks(node: ast.AST) -> bool:
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            return any(map(speaks, node.elts))
        return (
            (isinstance(node, ast.Constant) and _is_chinese(node.value))
            or (isinstance(node, ast.Name) and node.id in named)
            or (isinstance(node, ast.Attribute) and node.attr in _TEXTS)
        )

    for node in ast.walk(tree):
        looked: list[ast.expr] = []
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Compare):
            looked = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _APART:
            looked = [node.func.value, *node.args]
        if any(map(speaks, looked)):
            yield line


_MODULES = sorted(Path(ledger.render.__file__).parent.glob("*.py"))
_OWN = {"document_templates.py", "document_layout.py", "form.py"}
"""What writes Chinese texts of its own, and has no report to read."""


@pytest.mark.parametrize("module", [path for path in _MODULES if path.name not in _OWN], ids=lambda path: path.stem)
def test_no_renderer_reads_what_a_report_says(module: Path) -> None:
    assert [*readings(module.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "source",
    [
        'TOTAL = "合计"\nx = row[0] == TOTAL', 'x = row[0] in ("合计",)', 'x = line.split(" ｜ ")',
        'x = line.startswith("期初")', "x = column.title == name", 'x = section.title.partition("(")',
        'import re\nx = re.compile("[一二三]、")',
    ],
)  # fmt: skip
def test_what_would_be_such_a_reading(source: str) -> None:
    assert [*readings(source)]


def test_a_total_keeps_what_it_is(listing: Callable[..., Report]) -> None:
    assert isinstance(Total(("合计", 1)), tuple)
    assert [isinstance(row, Total) for row in listing(("合计",), Total(("合计",))).sections[0].rows] == [False, True]
