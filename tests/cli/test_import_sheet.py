"""What `import` asks of sheets, and how it goes on with the answer."""

import io
import sys
from pathlib import Path

import pytest

from ledger.cli import clerk as asking
from tests.conftest import Book, Clerk

MERGED = "工作任务,牵头单位,完成时限\n开会,综合组,2013-03-29\n发文,,\n"


@pytest.mark.parametrize(("typed", "code", "units"), [("y\n", 0, [("综合组",), ("综合组",)]), ("\n", 2, [])])
def test_blanks_of_merged_cells(
    book: Book,
    clerk: Clerk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    code: int,
    units: list[object],
) -> None:
    path = tmp_path / "合并.csv"
    path.write_text(MERGED, encoding="utf-8")
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    ran = clerk("--db", str(book.location), "import", str(path))
    assert ran.code == code
    assert "第3行的“牵头单位”“完成时限”空着" in ran.err
    assert book.rows("SELECT unit FROM task ORDER BY id") == units
