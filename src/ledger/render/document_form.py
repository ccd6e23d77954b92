"""Forms of fields, one a page (督办单): made for the program's templates, and kept on their page once filled in."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml.ns import qn
from docx.shared import Twips

from ledger.base.text import width
from ledger.render.document_layout import add_run

if TYPE_CHECKING:
    from docx.document import Document as Made

TEXT, SMALL = "单据文字", "单据小字"
"""The styles of a field: the usual one, and that of a form which has too much to say for it."""

_LABEL, _LINE = 1580, 8844
"""Twips of the label of a field, and of the whole line."""

_LOWEST, _LOW, _TALL = 500, 560, 1500
_ROOM = 9700
"""Twips of a page that the form has, below its title, colour and number and above its signature."""

_CELL, _ROW, _AROUND, _INSET = 140, 420, 80, 240
"""Twips of half a character, of a line, of what stands above and below the lines, and beside them."""


def add_form(made: "Made", rows: Sequence[tuple[bool, Sequence[str]]]) -> None:
    """A table of fields: each row has one over the whole line or two, a label and a text each. A tall one keeps room
    for writing."""
    half = _LINE // 2
    table = made.add_table(0, 4, style="公文表格")
    table.autofit = False
    for column, twips in zip(table.columns, (_LABEL, half - _LABEL) * 2, strict=True):
        column.width = Twips(twips)
    for tall, texts in rows:
        row = table.add_row()
        row.height = Twips(_TALL if tall else _LOW)
        cells = row.cells
        if len(texts) == 2:
            cells[1].merge(cells[3])
        for place, text in enumerate(texts):
            cells[place].vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            paragraph = cells[place].paragraphs[0]
            paragraph.style = TEXT if place % 2 else "单据栏目"
            if text:
                add_run(paragraph, text)


def keep_on_pages(document: "Made", styles: Mapping[str, str]) -> None:
    """Set the fields of each form that would not stay on its page in small letters, without room to spare; what is too
    much for these too goes on to the next page."""
    usual, small = styles.get(TEXT), styles.get(SMALL)
    for table in document.element.body.iter(qn("w:tbl")) if usual and small else ():
        fields = [one for one in table.iter(qn("w:pStyle")) if one.val == usual]
        if fields and sum(map(_height, table.tr_lst)) > _ROOM:
            for one in fields:
                one.val = small
            for one in table.iter(qn("w:trHeight")):
                one.set(qn("w:val"), str(_LOWEST))


def _height(row: Any) -> int:
    """How high a row of a form will be, in twips."""
    least = max((int(one.get(qn("w:val"))) for one in row.iter(qn("w:trHeight"))), default=_LOW)
    return max(least, *(_lines(cell) * _ROW + _AROUND for cell in row.tc_lst))


def _lines(cell: Any) -> int:
    twips = next((int(one.get(qn("w:w"))) for one in cell.iter(qn("w:tcW"))), _LINE)
    room = max(2, (twips - _INSET) // _CELL)
    texts = (
        "".join("\n" if node.tag == qn("w:br") else node.text or "" for node in one.iter(qn("w:t"), qn("w:br")))
        for one in cell.iter(qn("w:p"))
    )
    return sum(max(1, -(-width(line) // room)) for text in texts for line in text.split("\n"))
