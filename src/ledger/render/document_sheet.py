"""The weekly list of a document as WordprocessingML: one table, its head repeated on each page, no row torn by one, no
band apart from the rows that it heads.

Its type is 小五: a week has forty tasks, and three pages are what a leader reads.
"""

from collections.abc import Iterator, Mapping, Sequence

from ledger.base.lines import packed, phrases
from ledger.render.cells import FULL_WIDTH, Day, words
from ledger.render.document_table import BREAK, CLOSED, Styles, lines_of, said
from ledger.render.sheet_grid import ample, fits, in_twips, widths
from ledger.reports.report import Band, Column, Section

_CELL = 93  # twips of a display cell in 小五, and somewhat more: fonts that stand in for 仿宋 are wider
_PADDING = 120  # of a cell, on both sides
_HEAD, _BAND, _TEXT = ("清单表头", "表头"), ("清单栏目", "表头"), ("清单文字", "表格文字")
"""The styles of the sheet, with those that stand in for them in a template of before."""

_KEPT = "<w:keepNext/>"

_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>'


def sheet(section: Section, line: int, day: Day, styles: Styles) -> str:
    """The table across a line of so many twips."""
    found = in_twips(section, widths(section, _room(section, line), day, ample), line, _CELL, _PADDING)
    return "".join(_table(section, found, day, styles))


def fits_upright(section: Section, line: int, day: Day) -> bool:
    """Whether a page upright, a line of which has so many twips, has room for the table."""
    return fits(section, _room(section, line), day, ample)


def _room(section: Section, line: int) -> int:
    return (line - len(section.columns) * _PADDING) // _CELL


def _table(section: Section, twips: Mapping[int, int], day: Day, styles: Styles) -> Iterator[str]:
    look = styles.get("公文表格")
    style = f'<w:tblStyle w:val="{look}"/>' if look else ""
    total = sum(twips.values())
    yield f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in twips.values())
    yield f"<w:tblGrid>{grid}</w:tblGrid>"
    head, band = (_paragraph(styles, names, _KEPT) for names in (_HEAD, _BAND))
    text, centred = (_paragraph(styles, _TEXT, more) for more in ("", '<w:jc w:val="center"/>'))
    titles = (f"{_opened(wide)}{head}{_titled(section.columns[at], wide)}{CLOSED}" for at, wide in twips.items())
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(titles)}</w:tr>"
    whole = _opened(total, f'<w:gridSpan w:val="{len(twips)}"/>', _SHADE)
    for row in section.rows:
        if isinstance(row, Band):
            body = f"{whole}{band}{said(words(row[0], day).translate(FULL_WIDTH))}{CLOSED}"
        else:
            body = "".join(
                f"{_opened(wide)}{centred if section.columns[at].kind in ('code', 'date') else text}"
                f"{lines_of(row[at], section.columns[at], (wide - _PADDING) // _CELL, day)}{CLOSED}"
                for at, wide in twips.items()
            )
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{body}</w:tr>"
    yield "</w:tbl>"


def _titled(column: Column, twips: int) -> str:
    """The title of a column; one of two names is broken between them."""
    return BREAK.join(map(said, packed(phrases(column.title), (twips - _PADDING) // _CELL)))


def _opened(twips: int, *more: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/>{"".join(more)}<w:vAlign w:val="center"/></w:tcPr>'


def _paragraph(styles: Styles, names: Sequence[str], more: str = "") -> str:
    """A paragraph begun in the first of these styles that there is. A band, and the head, stay with what follows
    whatever the template says."""
    used = next(filter(None, map(styles.get, names)), None)
    style = f'<w:pStyle w:val="{used}"/>' if used else ""
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return f'<w:p><w:pPr>{style}{more}</w:pPr><w:r>{hint}<w:t xml:space="preserve">'
