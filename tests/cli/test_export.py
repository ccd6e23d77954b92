"""What `export` writes where, and what it refuses to write."""

import zipfile
from pathlib import Path

import pytest

from tests.conftest import Book, Clerk


@pytest.fixture
def ledger(book: Book, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    book.post("add", title="制定方案", unit="综合组", on="2013-03-01")
    monkeypatch.chdir(tmp_path)
    return lambda *words: clerk("--db", str(book.location), *words)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("--template --split --unit 综合组", 2, "填报表要写明单位"),
        ("--unit 综合组", 2, "填报表要写明单位"),
        ("--template --unit 没有的组 -o 无.xlsx", 4, "没有单位“没有的组”"),
        ("--template --split", 2, "没有写明填报表写到哪里"),
        ("--template --unit 综合组 -o 填报.csv -f csv", 2, "填报表只有 xlsx 格式"),
        ("--template --unit 综合组 -o 填报.docx", 2, "填报表只有 xlsx 格式"),
        ("--template --unit 综合组 -o 链接", 7, "它是符号链接"),
        ("-o 链接", 7, "它是符号链接"),
        ("-o 台账.dbf", 2, "看不出文件“台账.dbf”要用哪种格式"),
    ],
)
def test_refused_and_nothing_written(ledger: Clerk, tmp_path: Path, words: str, code: int, said: str) -> None:
    (tmp_path / "原件").write_text("原来的")
    (tmp_path / "链接").symlink_to("原件")
    before = sorted(tmp_path.iterdir())
    answer = ledger("export", *words.split())
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert (sorted(tmp_path.iterdir()), (tmp_path / "原件").read_text()) == (before, "原来的")


def test_the_form_of_the_only_unit_needs_no_name(ledger: Clerk, book: Book, tmp_path: Path) -> None:
    assert ledger("export", "--template", "-o", "填报.xlsx").err == "综合组 1 件 → 填报.xlsx\n"
    assert zipfile.is_zipfile(tmp_path / "填报.xlsx")
    book.post("add", title="开设专栏", unit="宣传组", on="2013-03-01")
    several = ledger("export", "--template", "-o", "再.xlsx")
    assert (several.code, (tmp_path / "再.xlsx").exists()) == (2, False)
    assert "有在办事项的单位有 2 家,没有写明哪一家" in several.err
    for number in ("1", "2"):
        book.post("close", task=number)
    none = ledger("export", "--template", "-o", "再.xlsx")
    assert (none.code, (tmp_path / "再.xlsx").exists()) == (2, False)
    assert "没有在办事项,不用填报" in none.err


def test_a_ledger_that_is_not_there_leaves_no_file(clerk: Clerk, tmp_path: Path) -> None:
    answer = clerk("--db", str(tmp_path / "没有.db"), "export", "-o", str(tmp_path / "无.jsonl"))
    assert answer.code == 7
    assert "没有台账" in answer.err
    assert not (tmp_path / "无.jsonl").exists()
