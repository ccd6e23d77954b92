"""A whole document of Word by its outline; what the outline leaves out is the same throughout."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx.oxml.ns import qn
from lxml import etree

from ledger.reports.report import Issue
from tests.documents.xml import lines
from tests.render.documents_of import made, summary


def body() -> Any:
    """That of a summary which is issued."""
    issue = Issue("学创办〔2013〕5号", date(2013, 3, 20), "学创办公室")
    return made(replace(summary(), issue=issue)).element.body


def outline(body: Any) -> Iterator[str]:
    """What a document consists of: a paragraph or a row of a table a line, each text behind the name of its style."""
    for one in body:
        if one.tag == qn("w:tbl"):
            yield "table " + " ".join(one.xpath("w:tblGrid/w:gridCol/@w:w"))
            yield from (f"  {' | '.join(map(said, row.xpath('w:tc/w:p')))}" for row in one.xpath("w:tr"))
        elif one.tag == qn("w:p"):
            yield said(one)
        for page in one.xpath("w:pPr/w:sectPr | self::*[not(self::w:p or self::w:tbl)]"):
            yield from lines(etree.tostring(page)).splitlines()


def said(paragraph: Any) -> str:
    style, text = paragraph.xpath("string(w:pPr/w:pStyle/@w:val)"), paragraph.xpath("string(w:r/w:t)")
    return f"{style}: {text}" if text else str(style)


def test_a_summary(golden: Callable[[str, str], None]) -> None:
    golden("render/document-summary.txt", "".join(f"{line}\n" for line in outline(body())))


ODD = (
    "w:p/*[not(self::w:pPr or self::w:r)] | .//w:p[count(w:r) > 1]",
    "w:pPr/*[not(self::w:pStyle or self::w:sectPr or self::w:keepNext[ancestor::w:tr[following-sibling::w:tr]])]",
    "w:r[count(*) != 2 or not(w:t) or count(w:rPr/*) != 1 or not(w:rPr/w:rFonts[@w:hint = 'eastAsia'][count(@*) = 1])]",
    "w:t[not(@xml:space = 'preserve') and normalize-space() != .]",
    "w:tbl[not(w:tblPr[count(*) = 3]/w:tblStyle/@w:val = 'LedgerTable' and w:tblPr/w:tblLayout/@w:type = 'fixed')]",
    "w:tbl[not(w:tblPr/w:tblW[@w:type = 'dxa']/@w:w = sum(w:tblGrid/w:gridCol/@w:w))]",
    "w:tbl/*[not(self::w:tblPr or self::w:tblGrid or self::w:tr)]",
    "w:tr[count(w:trPr/w:cantSplit) != 1 or count(w:trPr/w:tblHeader) != not(preceding-sibling::w:tr)]",
    "w:tr[count(w:trPr/*) != 1 + not(preceding-sibling::w:tr) or count(w:tc) != count(../w:tblGrid/*)]",
    "w:tc[count(*) != 2 or count(w:p) != 1 or count(w:tcPr/*) != 2 or not(w:tcPr/w:vAlign/@w:val = 'center')]",
)


@pytest.mark.parametrize("odd", ODD)
def test_what_the_outline_of_a_summary_leaves_out(odd: str) -> None:
    """Nothing is set by hand beside the styles save which rows stay together, tables are as wide as their columns, and
    rows stay whole."""
    assert body().xpath(f".//{odd}") == []


def test_cells_are_as_wide_as_their_columns() -> None:
    for table in body().xpath("w:tbl"):
        widths = table.xpath("w:tblGrid/w:gridCol/@w:w")
        found = [row.xpath("w:tc/w:tcPr/w:tcW[@w:type = 'dxa']/@w:w") for row in table.tr_lst]
        assert found == [widths] * len(found)
