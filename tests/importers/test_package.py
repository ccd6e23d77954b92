"""Nothing reaches a parser that could hurt: other encodings, DTDs, XML without end, rows that lie."""

from pathlib import Path

import pytest

from ledger.base.errors import BadValue
from ledger.importers.package import Package, open_package
from ledger.importers.reading import read_sheets
from tests.importers.test_hostile_files import HEAD, MAIN, TASK, book, row, swift, titles

ENTITY = f"<!DOCTYPE x [<!ENTITY a '开会'>]><worksheet {MAIN}><sheetData>{HEAD}{TASK}</sheetData></worksheet>"


def package(tmp_path: Path, content: bytes) -> Package:
    path = book(tmp_path, "", sheet=content.decode("latin-1"))
    return open_package(path, path.read_bytes())


@pytest.mark.parametrize(
    "content",
    [
        ENTITY.encode(),
        b"\xef\xbb\xbf" + ENTITY.encode(),
        f"<!--{'x' * 8180}-->{ENTITY}".encode(),
        ENTITY.encode("utf-16"),
        ENTITY.encode("utf-16-le"),
        ENTITY.encode("utf-32"),
        b"<?xml version='1.0' encoding='cp037'?>" + ENTITY.encode("cp037", "replace"),
        "<?xml version='1.0' encoding='cp037'?>".encode("cp037"),
        b"<?xml version=\"encoding='utf-8'\" encoding='utf-7'?>" + ENTITY.encode("utf-7"),
    ],
    ids=["plain", "bom", "across", "utf-16", "utf-16-le", "utf-32", "declared", "ebcdic", "utf-7"],
)
def test_a_dtd_in_whatever_dress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    found = package(tmp_path, b"")
    monkeypatch.setattr(found._archive, "open", lambda name: (tmp_path / "part").open("rb"))
    (tmp_path / "part").write_bytes(content)
    with pytest.raises(BadValue, match=r"已损坏\((含有文档类型声明|内容不是 UTF-8 编码的 XML)\)"):
        list(found.chunks("xl/worksheets/sheet1.xml"))


@pytest.mark.parametrize(
    "rows",
    [
        f"<row>{'<c/>' * 200_000}</row>",
        f"<row>{'<c><row></row>' * 50_000}",
        f"<row><c t='inlineStr'><is><t>{'x' * 2_000_000}</t></is></c></row>",
        f"<row {'x' * 2_000_000}/>",
    ],
    ids=["cells", "nested", "text", "tag"],
)
def test_a_row_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: str) -> None:
    monkeypatch.setattr("ledger.importers.package._MOST_HELD", 400_000)
    path = book(tmp_path, HEAD + TASK + rows + row(5, "写稿", "综合组"))
    with pytest.raises(BadValue, match="大得反常"):
        swift(lambda: read_sheets(path))


def test_what_is_no_row_is_let_go(tmp_path: Path) -> None:
    """150,000 elements with an attribute would take more than the 60 MB allowed."""
    path = book(tmp_path, HEAD + TASK + "<x a='1'/>" * 150_000 + row(5, "写稿", "综合组"))
    assert swift(lambda: titles(path)) == ["开会", "写稿"]


def test_a_last_row_followed_by_formatted_cells(tmp_path: Path) -> None:
    """They are more than is parsed at once: the row ends long after its last value."""
    empty = "".join(
        f"<c r='{chr(65 + at // 676)}{chr(65 + at // 26 % 26)}{chr(65 + at % 26)}2'/>" for at in range(9000)
    )
    path = book(tmp_path, HEAD + TASK.replace("</row>", f"{empty}</row>") + "<row><c s='0'/></row>" * 90_000)
    assert [one.options for one in read_sheets(path)[0].rows] == [{"title": "开会", "unit": "综合组"}]


def test_a_formula_without_a_result_in_the_last_row(tmp_path: Path) -> None:
    path = book(tmp_path, HEAD + TASK + "<row r='3'><c r='A3'><f t='shared' si='0'/></c></row>" + "<row/>" * 90_000)
    ((line, _, error),) = read_sheets(path)[0].refusals
    assert (line, error.what) == (3, "公式没有算出结果")
