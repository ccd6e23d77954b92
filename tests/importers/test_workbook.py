"""Workbooks as other programs write them: what openpyxl alone would refuse, drop or take for something else."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from ledger.importers.cells import Cells, Number
from ledger.importers.package import open_package
from ledger.importers.workbook import Workbook
from ledger.importers.worksheet import rows_of


def written(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        fill(book)
    return made.getvalue()


def changed(raw: bytes, *changes: tuple[str, str]) -> bytes:
    """The same with texts replaced in all its parts, each of them somewhere."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as source, zipfile.ZipFile(made, "w") as target:
        parts = {name: source.read(name).decode() for name in source.namelist()}
        for old, new in changes:
            assert any(old in part for part in parts.values())
            parts = {name: part.replace(old, new) for name, part in parts.items()}
        for name, part in parts.items():
            target.writestr(name, part)
    return made.getvalue()


def opened(raw: bytes) -> Workbook:
    return Workbook(open_package(Path("表.xlsx"), raw))


def rows(raw: bytes) -> dict[int, Cells]:
    book = opened(raw)
    return dict(rows_of(book, book.sheets[0].part))


def some(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("任务")
    sheet.write_row(0, 0, ["工作任务", 3, True])
    sheet.write(1, 0, 41364, book.add_format({"num_format": "yyyy-mm-dd", "align": "center"}))
    book.define_name("名称", "=任务!$A$1")


SOME = {1: {0: "工作任务", 1: Number(3), 2: "是"}, 2: {0: Number(41364, "yyyy-mm-dd")}}


@pytest.mark.parametrize(
    "changes",
    [
        (
            ("schemas.openxmlformats.org/spreadsheetml/2006/main", "purl.oclc.org/ooxml/spreadsheetml/main"),
            ("schemas.openxmlformats.org/officeDocument/2006/rel", "purl.oclc.org/ooxml/officeDocument/rel"),
        ),
        (('horizontal="center"', 'horizontal="middle"'),),
        (("<sz val=", "<sz v="), ("patternFill", "patternfill")),
        (("<definedName ", "<definedName broken='1' "),),
        (("<workbookView ", "<workbookView tabRatio='?' "),),
        (("<dc:creator>", "<dc:creator/><x>"), ("</dc:creator>", "</x>")),
        (('<dimension ref="A1:C2"/>', ""),),
        (("<row", "<x:row xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"), ("</row", "</x:row")),
        (('"/xl/', '"xl/'), ('Target="xl/workbook.xml"', 'Target="/xl/workbook.xml"')),
    ],
    ids=["strict", "alignment", "fonts", "name", "view", "author", "no dimension", "prefix", "absolute"],
)
def test_read_whoever_wrote_it(changes: tuple[tuple[str, str], ...]) -> None:
    assert rows(changed(written(some), *changes)) == SOME


def test_worksheets_hidden_ones_and_what_is_none() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=一!$A$1:$A$3"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("一")
        book.add_worksheet("二").hide()
        book.add_worksheet("三").very_hidden()

    found = opened(written(fill)).sheets
    assert [(one.name, one.hidden) for one in found] == [("一", False), ("二", True), ("三", True)]


@pytest.mark.parametrize("text", ["_x000D_", "x005F_", "_x005F_", "a_x0041_b", "&lt;b&gt; & <b>"])
@pytest.mark.parametrize("shared", [True, False])
def test_texts_that_look_like_escapes(text: str, shared: bool) -> None:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"constant_memory": not shared}) as book:
        book.add_worksheet().write_string(0, 0, text)
    assert rows(made.getvalue()) == {1: {0: text}}


def test_rich_text_without_its_reading_aids() -> None:
    raw = written(lambda book: book.add_worksheet().write_string(0, 0, "东京") and None)
    item = "<si><r><rPr><b/></rPr><t>东</t></r><r><t>京</t></r><rPh sb='0' eb='1'><t>とうきょう</t></rPh></si>"
    assert rows(changed(raw, ("<si><t>东京</t></si>", item))) == {1: {0: "东京"}}


def test_a_format_of_the_file_over_the_one_of_that_number() -> None:
    raw = written(lambda book: book.add_worksheet().write(0, 0, 3, book.add_format({"num_format": 57})) and None)
    own = "<numFmts count='1'><numFmt numFmtId='57' formatCode='000'/></numFmts><fonts"
    assert rows(raw) == {1: {0: Number(3, "yyyy-mm-dd")}}
    assert rows(changed(raw, ("<fonts", own))) == {1: {0: Number(3, "000")}}
