"""The tables of a document as WordprocessingML: the header repeated on each page, no row torn by one.

Widths are those of the terminal's grid, a display cell taken as somewhat more than half a character of 五号; what the
columns leave of the line goes to the texts. How a table looks is for the template's styles to say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape

from ledger.base.text import visible, width
from ledger.dates.day import long_day, month_day
from ledger.render.cells import Day, aligns_right, kept_columns, words
from ledger.render.grid import GAP, Grid, grids
from ledger.render.sheet_grid import broken, pieces
from ledger.reports.report import Bar, Cell, Column, Row, Section, State

UPRIGHT, ACROSS = 8844, 12755
"""The line of a page in twips, upright and across."""

_CELL = 112  # twips; half a character has 105, and fonts that stand in for 仿宋 are wider
_UNBROKEN = ("code", "date", "state")
_TEXT, _NAMES = 18, (18, 14, 12, 10, 8)  # cells of what can be broken, where room is short
_PADDING = 100  # twips that a cell leaves free

Styles = Mapping[str, str]
"""Style ids by name: Word gives styles new ids when it saves a template, the names stay."""


def said(text: str) -> str:
    """Users' text as XML, escaped where harmful; braces too, for docxtpl takes `{_{` for an escape of its own."""
    return escape(visible(text), quote=False).replace("{", "&#123;").replace("}", "&#125;")


def formal(today: date) -> Day:
    """Days as documents say them: 3月20日, in another year than today's 2014年1月31日."""
    return lambda day: month_day(day) if day.year == today.year else long_day(day)


def tables(sections: Sequence[Section], line: int, day: Day, styles: Styles) -> tuple[list[str], bool]:
    """A table for each section that has rows, else an empty string; and whether all fit a line of so many twips.

    Those of the same columns align. What does not fit is set all the same, every column giving way.
    """
    plain = [_without_bars(section) for section in sections]
    kept = kept_columns(plain)
    found = {
        of: grids([section for section in plain if section.columns == of], places, _room(of, places, line), day)
        for of, places in kept.items()
    }
    widths = {
        of: _widths(_best(fit, [section for section in plain if section.columns == of], kept[of], day, line), of, line)
        for of, fit in found.items()
    }
    fits = all(len(fit) == 1 for of, fit in found.items() if any(s.rows for s in plain if s.columns == of))
    return ["".join(_table(one, widths[one.columns], day, styles)) if one.rows else "" for one in plain], fits


def _without_bars(section: Section) -> Section:
    """A bar is its number here."""
    columns = tuple(one._replace(kind="number") if one.kind == "bar" else one for one in section.columns)
    rows: list[Row] = [type(row)(cell.value if isinstance(cell, Bar) else cell for cell in row) for row in section.rows]
    return replace(section, columns=columns, rows=rows)


def _room(columns: Sequence[Column], kept: list[int], line: int) -> int:
    """The display cells of a line as the grid counts them, one kept back for each column that must not be broken."""
    return line // _CELL - 1 - sum(columns[at].kind in _UNBROKEN for at in kept)


def _best(fit: Sequence[Grid], sections: Sequence[Section], kept: list[int], day: Day, line: int) -> Grid:
    """What fits, or where there is no room for what the columns ask, what a break would spoil gets what it needs, the
    rest little; names have what the line can spare."""
    fitting = [(at, cells + GAP) for at, cells in fit[0]] if len(fit) == 1 else []
    names = sum(cells for at, cells in fitting if sections[0].columns[at].kind == "name")
    for most in _NAMES:
        grid = [(at, _needed(sections, at, day, most) + GAP) for at in kept]
        more = sum(cells for at, cells in grid if sections[0].columns[at].kind == "name") > names
        if sum(cells for _, cells in grid) <= _room(sections[0].columns, kept, line) and (more or not fitting):
            return grid
    return fitting or grid


def _needed(sections: Sequence[Section], at: int, day: Day, names: int) -> int:
    """The cells of the longest line in the column, its title in two."""
    column = sections[0].columns[at]
    cells = (row[at] for section in sections for row in section.rows)
    lines = (
        line for cell in cells for line in (pieces(cell, column, day) if column.kind == "name" else _lines(cell, day))
    )
    most = {"text": _TEXT, "name": names}.get(column.kind, 24)
    return min(most, max(4, (width(column.title) + 2) // 4 * 2, *map(width, lines)))


def _widths(grid: Grid, columns: Sequence[Column], line: int) -> dict[int, int]:
    """Position → twips, together the whole line."""
    widths = {at: (cells + (columns[at].kind in _UNBROKEN)) * _CELL for at, cells in grid}
    texts = [at for at in widths if columns[at].kind == "text"] or list(widths)
    left = line - sum(widths.values())
    if left < 0:
        widths = {at: twips * line // (line - left) for at, twips in widths.items()}
        left = line - sum(widths.values())
    for place, at in enumerate(texts):
        widths[at] += left * (place + 1) // len(texts) - left * place // len(texts)
    return widths


def _table(section: Section, widths: Mapping[int, int], day: Day, styles: Styles) -> Iterator[str]:
    head, text, number = (_opened(styles, name) for name in ("表头", "表格文字", "表格数字"))
    cells = {at: f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
             for at, twips in widths.items()}  # fmt: skip
    look = styles.get("公文表格")
    style = f'<w:tblStyle w:val="{look}"/>' if look else ""
    total = sum(widths.values())
    yield f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    grid = "".join(f'<w:gridCol w:w="{twips}"/>' for twips in widths.values())
    yield f"<w:tblGrid>{grid}</w:tblGrid>"
    titles = (f"{cells[at]}{head}{said(section.columns[at].title)}{CLOSED}" for at in widths)
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(titles)}</w:tr>"
    begun = [(at, cells[at] + (number if aligns_right(section.columns[at]) else text)) for at in widths]
    for row in section.rows:
        body = "".join(f"{start}{_cell(row[at], section.columns[at], day, widths[at])}{CLOSED}" for at, start in begun)
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{body}</w:tr>"
    yield "</w:tbl>"


def _cell(cell: Cell, column: Column, day: Day, twips: int) -> str:
    text = words(cell, day)
    if column.kind == "name":
        return BREAK.join(map(said, broken(cell, column, max(2, (twips - _PADDING) // _CELL), day)))
    return said(text) if width(text) * _CELL <= twips else BREAK.join(map(said, _lines(cell, day)))


def _lines(cell: Cell, day: Day) -> list[str]:
    """A state breaks between its parts: 「红 逾期19天」 over 「结转3次」."""
    if not isinstance(cell, State):
        return [words(cell, day)]
    first = 2 if cell.word else 1
    return [visible(" ".join(line)) for line in (cell.parts[:first], cell.parts[first:]) if line]


BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
CLOSED = "</w:t></w:r></w:p></w:tc>"


def _opened(styles: Styles, name: str) -> str:
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return f'<w:p>{_style(styles, name)}<w:r>{hint}<w:t xml:space="preserve">'


def _style(styles: Styles, name: str) -> str:
    return f'<w:pPr><w:pStyle w:val="{styles[name]}"/></w:pPr>' if name in styles else ""
