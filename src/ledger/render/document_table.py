"""The tables of a document as WordprocessingML: the header repeated on each page, no row torn by one.

A display cell is taken as somewhat more than half a character of 五号; what the columns leave of the line goes to the
texts. How a table looks is for the template's styles to say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape

from ledger.base.lines import balanced
from ledger.base.text import visible, width
from ledger.dates.day import long_day, month_day
from ledger.render import sheet_grid
from ledger.render.cells import Day, aligns_right, kept_columns, words
from ledger.render.sheet_grid import Widths, ample, broken, in_twips, pieces
from ledger.reports.report import Bar, Cell, Column, Row, Section

UPRIGHT, ACROSS = 8844, 12755
"""The line of a page in twips, upright and across."""

_CELL = 108  # twips of a display cell in 五号; half a character has 105
_PADDING = 124  # of a cell, on both sides
_SET = ("name", "state")  # kinds whose lines are broken here
_LEAST_NAME, _SHORT_TITLE = 10, 6  # cells
_TOGETHER = 8  # rows of figures that stay on one page

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

    Those of the same columns align. What does not fit is set all the same: whoever does a task stands below its unit,
    and every column gives way.
    """
    found: dict[int, str] = {}
    fit = True
    plain = [_without_bars(section) for section in sections]
    for of, places in kept_columns(plain).items():
        same = {at: one for at, one in enumerate(plain) if one.columns == of and one.rows}
        if not same:
            continue
        set_ = _of_texts if any(of[at].kind == "text" for at in places) else _of_figures
        widths, fits = set_(list(same.values()), places, line, day)
        if not fits and set_ is _of_texts:
            same = {at: _with_owners(one) for at, one in same.items()}
            widths, _ = set_(list(same.values()), places, line, day)
        found |= {at: "".join(_table(one, widths, day, styles)) for at, one in same.items()}
        fit = fit and fits
    return [found.get(at, "") for at in range(len(plain))], fit


def _with_owners(section: Section) -> Section:
    """The section with its column of owners in that of the units."""
    names = [column.name for column in section.columns]
    if "unit" not in names or "owner" not in names or not any(row[names.index("owner")] for row in section.rows):
        return section
    unit, owner = names.index("unit"), names.index("owner")
    title = f"{section.columns[unit].title}/{section.columns[owner].title}"
    rows: list[Row] = [
        type(row)(
            "\n".join(str(name) for name in (row[unit], row[owner]) if name) if at == unit else cell
            for at, cell in enumerate(row)
            if at != owner
        )
        for row in section.rows
    ]
    columns = tuple(
        column._replace(title=title) if at == unit else column
        for at, column in enumerate(section.columns)
        if at != owner
    )
    return replace(section, columns=columns, rows=rows)


def _of_texts(same: Sequence[Section], places: Sequence[int], line: int, day: Day) -> tuple[Widths, bool]:
    """The columns of lists in twips: codes and days whole, names too while the texts can be read beside them."""
    whole = replace(same[0], rows=[row for section in same for row in section.rows])
    room = (line - len(places) * _PADDING) // _CELL
    found = sheet_grid.widths(whole, room, day, ample)
    return in_twips(whole, found, line, _CELL, _PADDING), sheet_grid.fits(whole, room, day, ample)


def _of_figures(same: Sequence[Section], places: Sequence[int], line: int, day: Day) -> tuple[Widths, bool]:
    """Those of figures, which are never broken: long titles give way first, then names."""
    room = (line - len(places) * _PADDING) // _CELL
    names = [at for at in places if same[0].columns[at].kind == "name"]
    for halved in (False, True):
        found = {at: _needed(same, at, day, halved) for at in places}
        if sum(found.values()) <= room:
            break
    spare = room - sum(cells for at, cells in found.items() if at not in names)
    found |= {at: min(found[at], max(_LEAST_NAME, spare // len(names))) for at in names}
    return in_twips(same[0], found, line, _CELL, _PADDING), sum(found.values()) <= room


def _without_bars(section: Section) -> Section:
    """A bar is its number here."""
    columns = tuple(one._replace(kind="number") if one.kind == "bar" else one for one in section.columns)
    rows: list[Row] = [type(row)(cell.value if isinstance(cell, Bar) else cell for cell in row) for row in section.rows]
    return replace(section, columns=columns, rows=rows)


def _needed(same: Sequence[Section], at: int, day: Day, halved: bool) -> int:
    """The cells of the longest piece in the column, its title in one line or, if it is a long one, in two."""
    column = same[0].columns[at]
    longest = max(ample(piece) for section in same for row in section.rows for piece in pieces(row[at], column, day))
    title = width(column.title)
    return max(longest, (title + 2) // 4 * 2 if halved and title > _SHORT_TITLE else title)


def _table(section: Section, widths: Mapping[int, int], day: Day, styles: Styles) -> Iterator[str]:
    head = _opened(styles, "表头")
    cells = {at: f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
             for at, twips in widths.items()}  # fmt: skip
    look = styles.get("公文表格")
    style = f'<w:tblStyle w:val="{look}"/>' if look else ""
    total = sum(widths.values())
    yield f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    grid = "".join(f'<w:gridCol w:w="{twips}"/>' for twips in widths.values())
    yield f"<w:tblGrid>{grid}</w:tblGrid>"
    titles = (f"{cells[at]}{head}{_titled(section.columns[at], widths[at])}{CLOSED}" for at in widths)
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(titles)}</w:tr>"
    few = len(section.rows) <= _TOGETHER and all(section.columns[at].kind != "text" for at in widths)
    kept = len(section.rows) - 1 if few else 0
    for place, row in enumerate(section.rows):
        more = "<w:keepNext/>" if place < kept else ""
        text, number = (_opened(styles, name, more) for name in ("表格文字", "表格数字"))
        body = "".join(
            f"{cells[at]}{number if aligns_right(section.columns[at]) else text}"
            f"{lines_of(row[at], section.columns[at], (wide - _PADDING) // _CELL, day)}{CLOSED}"
            for at, wide in widths.items()
        )
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{body}</w:tr>"
    yield "</w:tbl>"


def _titled(column: Column, twips: int) -> str:
    """A title in lines of like length."""
    return BREAK.join(map(said, balanced(column.title, max(4, (twips - _PADDING) // _CELL))))


def lines_of(cell: Cell, column: Column, cells: int, day: Day) -> str:
    """A cell in a column so wide: where a break would spoil a name, or leave a title uneven, it is set; other texts run
    on, for whoever goes on writing them."""
    if column.kind == "number":
        whole = words(cell, day)
        lines = [whole] if ample(whole) <= cells else pieces(cell, column, day)
    elif column.kind in _SET or column.name == "title":
        lines = broken(cell, column, max(2, cells - 2 * (column.kind == "text")), day)
    else:
        lines = cell.split("\n") if isinstance(cell, str) else [words(cell, day)]
    return BREAK.join(map(said, lines))


BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
CLOSED = "</w:t></w:r></w:p></w:tc>"


def _opened(styles: Styles, name: str, more: str = "") -> str:
    style = f'<w:pStyle w:val="{styles[name]}"/>' if name in styles else ""
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return f'<w:p><w:pPr>{style}{more}</w:pPr><w:r>{hint}<w:t xml:space="preserve">'
